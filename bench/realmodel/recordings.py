"""Writes real answers down, one file each, for the gate to replay."""

import json


def write(calls, folder, run):
    folder.mkdir(parents=True, exist_ok=True)
    for number, call in enumerate(calls, 1):
        if call["status"] != 200:
            continue
        name = f"{call['purpose']}-{run:02}-{number:03}.json"
        (folder / name).write_text(json.dumps(call, indent=1, ensure_ascii=False))
