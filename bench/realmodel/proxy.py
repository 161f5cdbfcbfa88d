"""A transparent proxy between the guard and the server: it passes on and writes down, byte by byte.

Whoever leaves, the other side learns it at once. Nothing is changed but the header Connection: one
request has one connection, so that a record begins and ends with it."""

import json
import select
import socket
import threading
import time

from .recipe import slot_at

LONGEST_WAIT = 3600


class Proxy:
    def __init__(self, server_port, on_record=None):
        self.server = ("127.0.0.1", server_port)
        self.records = []
        self.open_call = None
        self.lock = threading.Lock()
        self.on_record = on_record
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        upstream = None
        try:
            head, body = read_message(client)
            if head is None:
                return
            upstream = socket.create_connection(self.server, 5)
            upstream.sendall(closing(head) + body)
            record = Record(head, body, self)
            if record.is_call:
                self.open_call = record
            try:
                record.cut_by = carry(client, upstream, record)
            finally:
                record.end()
                if self.open_call is record:
                    self.open_call = None
                if record.is_call:
                    with self.lock:
                        self.records.append(record)
                    if self.on_record:
                        self.on_record(record)
        except OSError:
            pass
        finally:
            for one in (client, upstream):
                if one is not None:
                    one.close()

    def calls(self):
        with self.lock:
            return sorted(self.records, key=lambda record: record.began)

    def current(self):
        """The call under way, or None."""
        return self.open_call

    def close(self):
        self.listener.close()


def read_message(sock):
    """One request, head and body as they came; (None, None) when the peer left before."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = sock.recv(65536)
        if not part:
            return None, None
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    fields = header_fields(head)
    if "chunked" in fields.get("transfer-encoding", "").lower():
        while not body.endswith(b"0\r\n\r\n"):
            part = sock.recv(65536)
            if not part:
                return None, None
            body += part
    else:
        length = int(fields.get("content-length", 0))
        while len(body) < length:
            part = sock.recv(65536)
            if not part:
                return None, None
            body += part
    return head + b"\r\n\r\n", body


def header_fields(head):
    lines = head.decode("latin-1").split("\r\n")[1:]
    return {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def closing(head):
    lines = head[:-4].split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith((b"connection:", b"keep-alive:"))]
    return b"\r\n".join(kept + [b"Connection: close"]) + b"\r\n\r\n"


def carry(client, upstream, record):
    """Passes the answer on until one side leaves; says who left too early, or None."""
    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until:
        ready, _, _ = select.select([client, upstream], [], [], 5)
        if upstream in ready:
            try:
                part = upstream.recv(65536)
            except OSError:
                return "server"
            if not part:
                return None
            record.answer(part)
            try:
                client.sendall(part)
            except OSError:
                return "client"
        if client in ready:
            try:
                more = client.recv(65536)
            except OSError:
                more = b""
            if not more:
                return "client"
            upstream.sendall(more)
    return "proxy"


class Record:
    """One call: what was asked, what came, when, and what the server counted."""

    def __init__(self, head, body, proxy):
        self.began = time.time()
        self.first_byte = None
        self.ended = None
        self.cut_by = None
        self.status = None
        self.raw = bytearray()
        self.proxy = proxy
        self.slot = None
        self.path = head.split(b" ", 2)[1].decode("latin-1")
        self.is_call = head.startswith(b"POST") and self.path.endswith(("/chat/completions", "/messages", "/completions"))
        try:
            self.request = json.loads(body) if self.is_call else None
        except ValueError:
            self.request = None

    def answer(self, part):
        if self.first_byte is None:
            self.first_byte = time.time()
        self.raw += part
        if self.is_call and self.slot is None and b"data:" in self.raw:
            # A stream that is left says nothing of its prompt; the slot does.
            self.slot = {}
            threading.Thread(target=self._look, daemon=True).start()

    def writes(self):
        return self.pieces_so_far() > 0

    def pieces_so_far(self):
        return self.raw.count(b'"content":"')

    def _look(self):
        try:
            self.slot = slot_at("http://%s:%d" % self.proxy.server, 5)
        except (OSError, ValueError):
            pass

    def end(self):
        self.ended = time.time()
        if not self.is_call:
            return
        if self.cut_by == "client" and not self.slot:
            self._look()
        head, _, body = bytes(self.raw).partition(b"\r\n\r\n")
        words = head.split(b" ", 2)
        self.status = int(words[1]) if len(words) > 1 and words[1].isdigit() else None
        if "chunked" in header_fields(head).get("transfer-encoding", "").lower():
            body = unchunked(body)
        self.body = body.decode("utf-8", "replace")
        self._read()

    def _read(self):
        self.text, self.thought, self.finish, self.pieces = "", "", None, 0
        usage, timings, self.error = {}, {}, None
        for event in events(self.body):
            usage = event.get("usage") or usage
            timings = event.get("timings") or timings
            self.error = event.get("error") or self.error
            for choice in event.get("choices") or []:
                said = choice.get("delta") or choice.get("message") or {}
                self.text += said.get("content") or ""
                self.thought += said.get("reasoning_content") or ""
                self.pieces += 1 if said.get("content") or said.get("reasoning_content") else 0
                self.finish = choice.get("finish_reason") or self.finish
        details = usage.get("prompt_tokens_details") or {}
        self.counted = bool(usage)
        slot = self.slot or {}
        self.prompt_tokens = usage.get("prompt_tokens", slot.get("prompt", 0))
        self.cached_tokens = details.get("cached_tokens", slot.get("cached", 0))
        # A call that was left has no usage: what came through is known, what the server wrote on is not.
        self.written = usage.get("completion_tokens", self.pieces)
        self.read_ms, self.write_ms = timings.get("prompt_ms"), timings.get("predicted_ms")

    def shown(self):
        """For the file of results and recordings."""
        return {
            "began": self.began, "first_byte": self.first_byte, "ended": self.ended, "path": self.path,
            "request": self.request, "status": self.status, "text": self.text, "thought": self.thought,
            "finish_reason": self.finish, "cut_by": self.cut_by, "error": self.error,
            "prompt_tokens": self.prompt_tokens, "cached_tokens": self.cached_tokens,
            "written_tokens": self.written, "counted_by_usage": self.counted,
            "read_ms": self.read_ms, "write_ms": self.write_ms,
        }


def unchunked(data):
    out, rest = b"", data
    while rest:
        size, found, rest = rest.partition(b"\r\n")
        try:
            length = int(size.split(b";")[0], 16)
        except ValueError:
            break
        if not found or length == 0:
            break
        out, rest = out + rest[:length], rest[length + 2:]
    return out


def events(body):
    """The JSON objects of an answer: one, or those of its stream."""
    if "data:" not in body.split("\n", 1)[0] and not body.startswith((":", "event:")):
        texts = [body]
    else:
        texts = [line[5:].strip() for line in body.splitlines() if line.startswith("data:")]
    for text in texts:
        try:
            event = json.loads(text)
        except ValueError:
            continue
        if isinstance(event, dict):
            yield event
