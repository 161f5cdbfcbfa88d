"""One run: a fresh server, a fresh home, beat after beat."""

import shutil
import sys
import time
from pathlib import Path

from .home import Home
from .judge import judge
from .proxy import Proxy
from .recipe import Server
from .themes import THEMES

BEAT_PATIENCE = 2400
PAUSE = 0.5


def say(line):
    print(line, flush=True)


class Life:
    def __init__(self, recipe, checkout, folder, beats, timeout=None):
        self.recipe, self.checkout, self.folder, self.wanted = recipe, checkout, Path(folder), beats
        self.timeout = timeout
        self.home = self.server = self.proxy = None

    def run(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        began = time.time()
        try:
            self.server = Server(self.recipe, self.folder / "server.log")
            self.proxy = Proxy(self.server.port)
            self.home = Home(self.checkout, self.folder, self.recipe.cache, f"http://127.0.0.1:{self.proxy.port}", timeout=self.timeout)
            self.home.add_themes(THEMES)
            self.home.up()
            started = time.time()
            stopped = self._live()
            result = judge(self.home, self.proxy.calls(), self.server.totals(), time.time() - started)
            result["server"] = self.server.build()
            result["stopped"] = stopped
            result["minutes"] = round((time.time() - began) / 60, 1)
            result["calls_made"] = [record.shown() | {"purpose": record.purpose, "state": record.row and record.row["state"]} for record in self.proxy.calls()]
            return result
        finally:
            self._end()

    def _live(self):
        """Beats until there are enough of them; why it ended early, or None. Ctrl-C ends it early, and it is reported."""
        try:
            return self._beats()
        except KeyboardInterrupt:
            return "interrupted"

    def _beats(self):
        told = 0
        first_theme = None
        waiting_since = time.time()
        refusal_since = None
        while True:
            beats = self.home.ended_beats()
            for beat in beats[told:]:
                self._tell(told + 1, beat)
                told += 1
                waiting_since = time.time()
            if first_theme is None and beats and beats[0].get("theme"):
                first_theme = beats[0]["theme"]
                self.home.permit(first_theme)
                self.home.deploy()
            if told >= self.wanted:
                return None
            result = self.home.beat()
            if result in ("stopped-for-review", "stopped", "retired"):
                # The last beat may still be closing when the state is already written.
                if refusal_since is None:
                    refusal_since = time.time()
                elif time.time() - refusal_since > 10:
                    return f"the agent is {result} after {told} beats: {self._review()}"
            else:
                refusal_since = None
            if time.time() - waiting_since > BEAT_PATIENCE:
                return f"no beat ended for {BEAT_PATIENCE} s after {told} beats; the last answer was {result}"
            time.sleep(PAUSE)

    def _review(self):
        try:
            return "; ".join(decision.get("question", "")[:300] for decision in self.home.api("/decisions"))
        except OSError as failed:
            return str(failed)

    def _tell(self, number, beat):
        say(
            f"  {number:3}  {beat['outcome']:10} {beat['activity'] or '-':11} {beat['durationMs'] / 1000:6.1f} s  "
            f"{(beat.get('artifactPath') or '').rsplit('/', 1)[-1]}"
            f"{'  ' + beat['errorCode'] + ': ' + (beat['errorMessage'] or '')[:160] if beat.get('errorCode') else ''}"
        )

    def _end(self):
        if self.home is not None and (self.home.home / "run").is_dir():
            self.home.down()
        if self.proxy is not None:
            self.proxy.close()
        if self.server is not None:
            self.server.close()

    def forget(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def fail(line):
    print(line, file=sys.stderr)
    raise SystemExit(1)
