"""Cuts calls in all ways that Kodo knows, and looks how soon the server rests.

Deadline, time-out and panic cut a call that the bench makes at the guard, as the body would; a killed body dies in the
middle of a beat of its own."""

import datetime
import http.client
import json
import random
import threading
import time
from pathlib import Path

from .home import AGENT, Home
from .proxy import Proxy
from .recipe import MODEL_NAME, Server
from .themes import THEMES

IN_TIME = 1.0
LONGEST_LOOK = 240
WRITES_FOR = 12
READS_FOR = 6
WORDS = "sea stone crab tide limpet rain salt shade pool rock wave wind gull weed foam moon hunter shell sand light".split()


def all_ways(recipe, checkout, work, times, only):
    rows = []
    server = Server(recipe, Path(work) / "server.log")
    proxy = Proxy(server.port)
    # A model that was never asked has no known speed: its bound is not lowered to what fits into the time-out.
    hasty = {
        "hasty": (f", timeout: PT{WRITES_FOR}S", [f"w{number}" for number in range(3 * times)]),
        "slow-reader": (f", timeout: PT{READS_FOR}S", ["r"]),
    }
    home = Home(checkout, Path(work) / "cuts", recipe.cache, f"http://127.0.0.1:{proxy.port}", hasty)
    home.add_themes(THEMES)
    try:
        home.up()
        ways = {"deadline": Deadline, "timeout": Timeout, "panic": Panic, "body": Body}
        for cause, way in ways.items():
            if only and only != cause:
                continue
            for phase in ("writing", "reading"):
                row = cut(way(home, server, proxy), cause, phase, times)
                rows.append(row)
                print(line(row), flush=True)
    finally:
        if (home.home / "run").is_dir():
            home.kodo("resume")
            home.down()
        proxy.close()
        server.close()
    return rows


def cut(way, cause, phase, times):
    """Tries that did not come to a cut are told, not counted."""
    seconds, other = [], []
    way.prepare(phase)
    for number in range(3 * times):
        if len(seconds) == times:
            break
        rest(way.server)
        try:
            at = way.once(phase, number)
        except NotCut as why:
            other.append(str(why)[:200])
            continue
        seconds.append(round(rest(way.server) - at, 2))
        way.after()
    way.end()
    return {
        "cause": cause, "phase": phase, "cuts": len(seconds), "idle_in_time": sum(one <= IN_TIME for one in seconds),
        "seconds": seconds, "not_cut": other,
    }


def line(row):
    told = f"{row['cause']:8} while it {'writes' if row['phase'] == 'writing' else 'reads '}: {row['cuts']} cuts"
    if row["seconds"]:
        told += (
            f", idle within {IN_TIME:.0f} s {row['idle_in_time']} times; median {sorted(row['seconds'])[len(row['seconds']) // 2]} s,"
            f" slowest {max(row['seconds'])} s"
        )
    return told + (f"; {len(row['not_cut'])} tries without a cut ({row['not_cut'][0]})" if row["not_cut"] else "")


def rest(server):
    """The moment in which the server says that its slot is idle."""
    until = time.time() + LONGEST_LOOK
    while time.time() < until:
        try:
            if not server.slot(timeout=60)["busy"]:
                return time.time()
        except (OSError, ValueError):
            pass
        time.sleep(0.02)
    return time.time()


class NotCut(Exception):
    pass


class Call(threading.Thread):
    """One streamed call at the guard, as the body makes it."""

    def __init__(self, home, provider, model, user, headers=None, long=False):
        super().__init__(daemon=True)
        self.home, self.provider, self.model, self.user = home, provider, model, user
        self.more, self.long = headers or {}, long
        self.pieces, self.ended, self.how, self.failure = 0, None, None, None

    def run(self):
        try:
            self._call()
        except (OSError, http.client.HTTPException) as cut_off:
            self.failure = self.failure or repr(cut_off)
        self.ended = time.time()

    def _call(self):
        address = self.home.property("kodo.guard.address").removeprefix("http://")
        token = self.home.property("kodo.guard.token")
        connection = http.client.HTTPConnection(address, timeout=LONGEST_LOOK)
        connection.request("GET", "/constitution", headers={"Authorization": "Bearer " + token})
        constitution = connection.getresponse().read().decode()
        connection.close()
        body = {
            "model": self.model, "stream": True, "stream_options": {"include_usage": True}, "max_tokens": 2000,
            "messages": [
                {"role": "system", "content": constitution + "\n\nYou answer in JSON."},
                {"role": "user", "content": self.user},
            ],
        }
        if self.long:
            # Only a length that the server enforces makes this model write for long.
            text = {"type": "string", "minLength": 1500}
            names = ["first", "second", "third"]
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "long", "strict": True, "schema": {
                    "type": "object", "properties": dict.fromkeys(names, text), "required": names, "additionalProperties": False,
                }},
            }
        key = f"bench/{random.randrange(10**9)}/ask"
        headers = {
            "Authorization": "Bearer " + token, "Content-Type": "application/json", "Idempotency-Key": key,
            "Kodo-Call": key, "Kodo-Agent": AGENT, "Kodo-Heartbeat": "20260101000000", "Kodo-Process": "bench",
            "Kodo-Element": "Task_Bench", "Kodo-Purpose": "ask", **self.more,
        }
        connection = http.client.HTTPConnection(address, timeout=LONGEST_LOOK)
        connection.request("POST", f"/models/{self.provider}/chat/completions", json.dumps(body), headers)
        answer = connection.getresponse()
        if answer.status != 200:
            self.failure = f"{answer.status} {answer.read(400).decode('utf-8', 'replace')}"
            return
        for raw in answer:
            if raw.startswith(b"data:") and b'"ended"' in raw:
                self.how = json.loads(raw[5:]).get("ended")
            elif raw.startswith(b"data:") and b'"content"' in raw:
                self.pieces += 1

    def wait_until_it_writes(self):
        until = time.time() + LONGEST_LOOK
        while self.pieces < 5:
            if self.ended or time.time() > until:
                raise NotCut(f"the call ended before it wrote: {self.failure or self.how}")
            time.sleep(0.01)


class Way:
    def __init__(self, home, server, proxy):
        self.home, self.server, self.proxy = home, server, proxy

    def prepare(self, phase):
        wait_for(self.home, "running")

    def after(self):
        pass

    def end(self):
        pass

    def call(self, phase, number, provider="local", model=MODEL_NAME, headers=None):
        user = "Tell three long stories of the sea."
        if phase == "reading":
            chance = random.Random(number * 7919 + int(time.time()))
            user = " ".join(chance.choice(WORDS) + str(chance.randrange(100)) for _ in range(1800))
        made = Call(self.home, provider, model, user, headers, long=phase == "writing")
        made.start()
        return made


class Deadline(Way):
    def prepare(self, phase):
        super().prepare(phase)
        self.call("writing", 0).wait_until_it_writes()
        rest(self.server)

    def once(self, phase, number):
        at = time.time() + (WRITES_FOR if phase == "writing" else READS_FOR)
        word = datetime.datetime.fromtimestamp(at, datetime.timezone.utc).isoformat().replace("+00:00", "Z")
        made = self.call(phase, number, headers={"Kodo-Deadline": word})
        if phase == "writing":
            made.wait_until_it_writes()
        made.join(max(0, at - time.time()) + 30)
        if made.ended is not None and made.ended < at - 0.05:
            raise NotCut(f"it ended by itself: {made.failure or made.how}")
        if made.ended is None:
            raise NotCut("the guard did not cut it within 30 s of its deadline")
        return at


class Timeout(Way):
    def prepare(self, phase):
        super().prepare(phase)
        if phase == "reading":
            # The first call after a rest may load the model and has more time.
            warm = self.call("none", 0, "slow-reader", "r")
            warm.join(LONGEST_LOOK)

    def once(self, phase, number):
        began = time.time()
        if phase == "writing":
            made = self.call(phase, number, "hasty", f"w{number}")
            made.wait_until_it_writes()
            at = began + WRITES_FOR
        else:
            made = self.call(phase, number, "slow-reader", "r")
            at = began + READS_FOR
        made.join(LONGEST_LOOK)
        if made.ended is None or made.ended < at - 0.5 or made.how in ("complete",):
            raise NotCut(f"it ended by itself: {made.failure or made.how}")
        return made.ended


class Panic(Way):
    def once(self, phase, number):
        made = self.call(phase, number)
        if phase == "writing":
            made.wait_until_it_writes()
        else:
            time.sleep(1.5)
            if made.ended:
                raise NotCut(f"it ended by itself: {made.failure or made.how}")
        at = time.time()
        self.home.kodo("panic")
        return at

    def after(self):
        self.home.kodo("resume")
        wait_for(self.home, "running")

    def end(self):
        self.after()


class Body(Way):
    def once(self, phase, number):
        until = time.time() + 600
        while time.time() < until:
            record = self.proxy.current()
            if record is None:
                self._ask_for_a_beat()
                time.sleep(0.1)
            elif phase == "reading" and not record.writes() and time.time() - record.began > 0.2:
                return self._kill()
            elif phase == "writing" and record.writes() and record.pieces_so_far() > 5:
                return self._kill()
            else:
                time.sleep(0.02)
        raise NotCut("no call came within 10 minutes")

    def _kill(self):
        at = time.time()
        self.home.kill_body()
        return at

    def _ask_for_a_beat(self):
        if time.time() - getattr(self, "asked", 0) < 2:
            return
        self.asked = time.time()
        result = self.home.beat()
        if result == "stopped-for-review":
            self.home.answer_reviews()


def wait_for(home, state):
    """Until the agent's body answers again, and no beat of its own is under way."""
    until = time.time() + 900
    while time.time() < until:
        if any(agent.get("state") == state and not agent.get("beating") for agent in home.status().get("agents", [])):
            return
        time.sleep(0.5)
