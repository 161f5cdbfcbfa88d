"""A Kodo of its own: a copied installation, a fresh home, free ports."""

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import table
from .ports import free_ports
from .recipe import MODEL_NAME

PORT_KEYS = [
    "engine.grpc-port", "engine.rest-port", "engine.command-port", "engine.internal-port",
    "engine.management-port", "database.port", "api.port", "guard.port",
    "operate.search-port", "operate.search-transport-port",
]
AGENT = "main"


class Home:
    def __init__(self, checkout, folder, cache, model_address, providers=None, timeout=None):
        self.folder = Path(folder)
        self.root = self.folder / "installation"
        self.home = self.folder / "home"
        self.ports = dict(zip(PORT_KEYS, free_ports(len(PORT_KEYS))))
        self.environment = dict(
            os.environ, KODO_HOME=str(self.home), KODO_BUILD="never",
            KODO_CACHE=str(Path(cache) / "kodo-cache"),
        )
        self._lay_out(Path(checkout))
        self._configure(model_address, providers or {}, f", timeout: {timeout}" if timeout else "")

    def _lay_out(self, checkout):
        self.root.mkdir(parents=True)
        shutil.copy2(checkout / "kodo", self.root / "kodo")
        for folder in ("processes", "forms"):
            shutil.copytree(checkout / folder, self.root / folder)
        for module in ("kernel", "exporter", "search", "workers"):
            target = self.root / module / "target"
            target.mkdir(parents=True)
            for name in (f"kodo-{module}.jar", "lib"):
                built = checkout / module / "target" / name
                if built.exists():
                    (target / name).symlink_to(built)
        self.permit(None)

    def _configure(self, model_address, providers, patience):
        self.home.mkdir(parents=True)
        settings = {key: str(port) for key, port in self.ports.items()}
        settings |= {"heartbeat.interval": "PT12H", "theme.settle": "PT0.2S", "time-zone": "UTC"}
        (self.home / "kodo.yml").write_text("".join(f"{key}: {value}\n" for key, value in settings.items()))
        address = model_address + "/v1"
        lines = ["providers:", f'  local: {{kind: openai, base-url: "{address}", free: true{patience}}}']
        best = [f"local/{MODEL_NAME}"]
        for name, (extra, models) in providers.items():
            lines.append(f'  {name}: {{kind: openai, base-url: "{address}", free: true{extra}}}')
            best += [f"{name}/{model}" for model in models]
        lines += ["classes:", f"  best: [{', '.join(best)}]"]
        (self.home / "models.yml").write_text("\n".join(lines) + "\n")

    def permit(self, first_theme):
        (self.root / "processes" / "permitted-activities.dmn").write_text(table.dmn(first_theme))

    def add_themes(self, themes):
        box = self.workspace / "themebox"
        box.mkdir(parents=True)
        for number, (name, text) in enumerate(themes):
            file = box / name
            file.write_text(text)
            # The oldest goes first; both are older than the time in which a file settles.
            at = time.time() - 3600 + 60 * number
            os.utime(file, (at, at))

    @property
    def workspace(self):
        return self.home / "workspace" / AGENT

    def kodo(self, *words, timeout=600):
        ran = subprocess.run(
            [str(self.root / "kodo"), *words], env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout, check=False,
        )
        return ran.returncode, ran.stdout

    def up(self):
        code, said = self.kodo("up", "-d")
        if code != 0:
            raise SystemExit(f"kodo up -d ended with {code}:\n{said}\nLogs: {self.home / 'logs'}")
        return said

    def deploy(self):
        code, said = self.kodo("deploy")
        if code != 0:
            raise SystemExit(f"kodo deploy ended with {code}:\n{said}")
        return said

    def down(self):
        return self.kodo("down")

    def property(self, key):
        for line in (self.home / "run" / "workers.properties").read_text().splitlines():
            name, _, value = line.partition("=")
            if name == key:
                return value.replace("\\\\", "\\")
        raise KeyError(key)

    def api(self, path, body=None, timeout=20):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.ports['api.port']}/api{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": "Bearer " + self.property("kodo.api-token"), "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return json.load(answer)

    def ended_beats(self):
        beats, after = [], 0
        while True:
            page = self.api(f"/heartbeats?limit=500&after={after}")
            if not page["heartbeats"]:
                return beats
            beats += page["heartbeats"]
            after = page["last"]

    def beat(self):
        """Asks for a beat; what came of it: beating, already-beating, stopped-for-review, …"""
        try:
            return self.api(f"/agents/{AGENT}/beat", {})["result"]
        except urllib.error.HTTPError as refused:
            return f"refused with {refused.code}: {refused.read().decode('utf-8', 'replace')[:300]}"
        except (OSError, ValueError) as failed:
            return f"not answered: {failed}"

    def status(self):
        try:
            return self.api("/status")
        except (OSError, ValueError):
            return {}

    def answer_reviews(self):
        for decision in self.api("/decisions"):
            try:
                self.api(f"/decisions/{decision['decisionId']}", {"approved": True, "hash": decision["hash"]})
            except OSError:
                pass

    def rows(self, sql):
        """What PostgreSQL answers, as dictionaries."""
        import pg8000.native

        address = self.property("spring.datasource.url").removeprefix("jdbc:postgresql://")
        where, _, name = address.partition("/")
        host, _, port = where.partition(":")
        connection = pg8000.native.Connection(
            self.property("spring.datasource.username"), host=host, port=int(port or 5432),
            database=name.partition("?")[0], password=self.property("spring.datasource.password"),
        )
        try:
            answered = connection.run(sql)
            names = [column["name"] for column in connection.columns]
            return [dict(zip(names, row)) for row in answered]
        finally:
            connection.close()

    def part(self, name):
        return json.loads((self.home / "run" / f"{name}.json").read_text())["pid"]

    def kill_body(self):
        """kill -9 of the body and all below it, by their ids."""
        for pid in reversed(descendants(self.part("workers"))):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def file(self, path):
        return self.workspace / path


def descendants(pid):
    found, queue = [], [pid]
    while queue:
        one = queue.pop(0)
        found.append(one)
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                queue += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            pass
    return found
