"""Where the Kodo under test is, and that it is built."""

import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
MODULES = ("kernel", "exporter", "workers")


def commit_of(folder):
    said = subprocess.run(
        ["git", "-C", str(folder), "describe", "--always", "--dirty", "--abbrev=10"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False,
    )
    return said.stdout.strip() or "unknown"


def checkout(against, cache):
    """The folder of a checkout: this one, another, or a commit of this repository in a worktree in the cache."""
    if against is None:
        return REPOSITORY
    if Path(against).is_dir() and (Path(against) / "kodo").is_file():
        return Path(against).resolve()
    known = subprocess.run(
        ["git", "-C", str(REPOSITORY), "rev-parse", "--verify", "--quiet", against + "^{commit}"],
        stdout=subprocess.PIPE, text=True, check=False,
    )
    if known.returncode != 0:
        raise SystemExit(f"--against must be a checkout or a commit of this repository (was {against}).")
    commit = known.stdout.strip()
    folder = Path(cache) / "checkouts" / commit[:12]
    if not (folder / "kodo").is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["git", "-C", str(REPOSITORY), "worktree", "prune"], check=True)
        subprocess.run(["git", "-C", str(REPOSITORY), "worktree", "add", "--detach", str(folder), commit], check=True)
    return folder


def build(folder):
    """Builds what is missing; a jar that is there is taken as it is, except in this very checkout."""
    jars = [folder / module / "target" / f"kodo-{module}.jar" for module in MODULES]
    if all(jar.is_file() for jar in jars) and not stale(folder, jars):
        return
    print(f"building {folder} …", flush=True)
    (folder / "target").mkdir(exist_ok=True)
    with open(folder / "target" / "bench-build.log", "wb") as log:
        done = subprocess.run(
            ["mvn", "-B", "-q", "-DskipTests", "-pl", "!search", "package"], cwd=folder, stdin=subprocess.DEVNULL,
            stdout=log, stderr=subprocess.STDOUT, check=False,
        )
    if done.returncode != 0:
        raise SystemExit(f"The build failed. Read {folder / 'target' / 'bench-build.log'}.")
    for jar in jars:
        jar.touch()


def stale(folder, jars):
    oldest = min(jar.stat().st_mtime for jar in jars)
    for module in MODULES:
        for file in (folder / module / "src" / "main").rglob("*"):
            if file.is_file() and file.stat().st_mtime > oldest:
                return True
    return False
