"""What came of a run, in numbers. All of them come from files, the database and the server, not from Kodo's words."""

import collections
import re

from . import text
from .table import FIRST_THEME

PIECES = ("think", "observe", "create", "other")
LEAST_BODY = 120
REPAIR = re.compile(r"^The answer (.*?)\. Answer the question again", re.S)


def judge(home, records, server_totals, seconds):
    beats = home.rows(
        "select * from heartbeat where state <> 'open' order by closing_number nulls last, opened_at"
    )
    calls = home.rows("select * from model_call order by finished_at")
    themes = home.rows("select theme_id, folder, source, title from theme order by started_at")
    folders = {theme["theme_id"]: theme["folder"] for theme in themes}
    name_calls(records, calls)
    for beat in beats:
        judge_beat(home, beat, folders, records, calls)
    first = themes[0]["theme_id"] if themes else None
    return {
        "beats": len(beats),
        "did_their_work": sum(beat["did"] for beat in beats),
        "not_done": [
            {"beat": beat["heartbeat_id"], "activity": beat["activity"], "state": beat["state"],
             "error": beat["error_code"], "why": beat["why"]}
            for beat in beats if not beat["did"]
        ],
        "activities": dict(collections.Counter(beat["activity"] or "none" for beat in beats)),
        "themes": [{"id": theme["theme_id"], "source": theme["source"], "title": theme["title"]} for theme in themes],
        "choices": choices(beats, calls),
        "choice_faults": dict(collections.Counter(generic(beat["choice_fault"]) for beat in beats if beat.get("choice_fault"))),
        "nothing_worth_keeping": sum(bool(beat.get("nothing_kept")) for beat in beats),
        "cut_pieces": cut_pieces(home, beats),
        "copied": copied(home, beats, records),
        "did_not_fit": did_not_fit(records, calls, beats),
        "calls": spending(records, calls, beats, server_totals, seconds),
        "first_theme": first_theme(beats, records, first),
        "out_of_bounds": out_of_bounds(home),
    }


def name_calls(records, calls):
    """Each record of the proxy gets the purpose and the verdict of the row that was written just after it."""
    rows = list(calls)
    for record in records:
        record.row = None
        near = [row for row in rows if -1.5 <= row["finished_at"].timestamp() - record.ended <= 20]
        if near:
            record.row = min(near, key=lambda row: abs(row["finished_at"].timestamp() - record.ended))
            rows.remove(record.row)
        record.purpose = record.row["purpose"] if record.row else purpose_of(record)


def purpose_of(record):
    schema = ((record.request or {}).get("response_format") or {}).get("json_schema") or {}
    names = set((schema.get("schema") or {}).get("properties") or {})
    if "activity" in names:
        return "choose-activity"
    if "arrangement" in names:
        return "expert-context"
    if "score" in names:
        return "introspect"
    if {"title", "summary", "body"} <= names:
        return "work"
    if {"title", "text"} <= names:
        return "own-theme"
    return "unknown"


def judge_beat(home, beat, folders, records, calls):
    beat["from"], beat["to"] = beat["opened_at"].timestamp(), (beat["closed_at"] or beat["opened_at"]).timestamp()
    beat["records"] = [record for record in records if beat["from"] <= record.began <= beat["to"]]
    beat["cut_answer"], beat["why"], beat["did"] = False, "", beat["state"] == "closed"
    if not beat["did"]:
        beat["why"] = (beat["error_message"] or "")[:300]
    folder = folders.get(beat["theme_id"])
    path = beat["promised_artifact"]
    piece = None
    if path and home.file(path).is_file():
        fields, body = text.front_matter(home.file(path).read_text())
        piece = beat["piece"] = text.without_notes(body)
        # A work whose answer was cut and yet used has to say so; whether it does, the files tell.
        beat["cut_answer"] = any(
            record.row and record.row["state"] in ("answered", "repaired") and (record.finish == "length" or record.cut_by == "client")
            for record in beat["records"] if record.purpose == beat["activity"]
        )
    if beat["did"] and beat["activity"] in PIECES:
        length = len(piece) if piece else 0
        in_folder = bool(folder and path and path.startswith(folder + "/"))
        beat["did"] = length >= LEAST_BODY and in_folder
        if not beat["did"]:
            beat["why"] = f"the piece has {length} characters" + ("" if in_folder else ", and none is in the theme's folder")


def cut_pieces(home, beats):
    """Every file that says of itself that it was cut, and those that should."""
    found = {}
    for file in sorted(home.workspace.rglob("*.md")):
        relative = file.relative_to(home.workspace).as_posix()
        if "/histories/" in relative or relative.startswith(".git/"):
            continue
        fields, body = text.front_matter(file.read_text())
        before, mark, _ = text.cut_mark(body)
        if "cut" in fields or mark:
            found[relative] = cut_piece(relative, fields.get("cut"), bool(mark), before if mark else body)
    for beat in beats:
        path = beat["promised_artifact"]
        if beat["cut_answer"] and path and beat.get("piece") and path not in found:
            found[path] = cut_piece(path, None, False, beat["piece"])
    return list(found.values())


def cut_piece(path, why, mark, body):
    return {
        "file": path, "why": why, "marked": bool(why) and mark, "ends_whole": text.ends_whole(body),
        "characters": len(text.without_notes(body)), "ended": body.strip()[-60:],
    }


def choices(beats, calls):
    asked, model = set(), set()
    for call in calls:
        if call["purpose"] == "choose-activity":
            asked.add(call["heartbeat_id"])
            if call["state"] in ("answered", "repaired"):
                model.add(call["heartbeat_id"])
    told = {beat["heartbeat_id"] for beat in beats}
    # What Kodo wrote down of itself has to agree; where it does not, the stricter number counts.
    model -= {beat["heartbeat_id"] for beat in beats if beat.get("chosen_by") == "table"}
    asked, model = asked & told, model & told
    chosen = {beat["heartbeat_id"] for beat in beats if beat["activity"]}
    return {
        "asked": len(asked), "by_model": len(model), "by_table": len((asked - model) & chosen),
        "failed": len(asked - model - chosen), "not_asked": len(told - asked),
    }


def copied(home, beats, records):
    """Sentences of the pieces that stand word for word in the prompt of their call or in an earlier piece."""
    total = from_prompt = from_pieces = 0
    earlier = set()
    for beat in beats:
        piece = beat.get("piece")
        if not piece or beat["activity"] not in PIECES:
            continue
        prompt = text.normal(" ".join(prompt_text(record) for record in beat["records"] if record.purpose != "choose-activity"))
        own = list(text.sentences(piece))
        for sentence in own:
            total += 1
            if sentence in earlier:
                from_pieces += 1
            elif sentence in prompt:
                from_prompt += 1
        earlier.update(own)
    share = (from_prompt + from_pieces) / total if total else 0
    return {"sentences": total, "from_earlier_pieces": from_pieces, "from_prompt": from_prompt, "share": round(share, 3)}


def prompt_text(record):
    parts = []
    for message in (record.request or {}).get("messages") or []:
        content = message.get("content")
        parts.append(content if isinstance(content, str) else " ".join(part.get("text", "") for part in content or []))
    return "\n".join(parts)


def repair_reason(record):
    messages = (record.request or {}).get("messages") or []
    last = messages[-1].get("content") if messages else ""
    found = REPAIR.match(last) if isinstance(last, str) and len(messages) > 2 else None
    return found.group(1) if found else None


def did_not_fit(records, calls, beats):
    """By contract: how many answers, and why, in the words that the next call told the model."""
    found = collections.Counter()
    for record in records:
        reason = repair_reason(record)
        if reason:
            found[(record.purpose, generic(reason))] += 1
        if record.status and record.status >= 400:
            found[(record.purpose, f"the server answered {record.status}")] += 1
    # The last answer of a question has no call behind it that could tell.
    for row in calls:
        if row["state"] == "invalid" and row["call_id"].rsplit("/", 1)[-1].startswith("repair"):
            found[(row["purpose"], "the repair did not fit either")] += 1
        if row["state"] == "unknown":
            found[(row["purpose"], "no complete answer: time-out or cut")] += 1
    return [{"contract": purpose, "reason": reason, "answers": count} for (purpose, reason), count in found.most_common()]


def generic(reason):
    reason = re.sub(r"\d+", "N", reason)
    return re.sub(r"\s+", " ", reason)[:160]


def spending(records, calls, beats, totals, seconds):
    used = [record for record in records if record.row and record.row["state"] in ("answered", "repaired")]
    wasted = [record for record in records if record not in used]
    prompt = sum(record.prompt_tokens for record in records)
    cached = sum(record.cached_tokens for record in records)
    written = sum(record.written for record in records)
    count = max(1, len(beats))
    return {
        "calls": len(records), "calls_per_beat": round(len(records) / count, 2),
        "seconds_per_beat": round(seconds / count, 1),
        "seconds_in_beats_per_beat": round(sum(beat["to"] - beat["from"] for beat in beats) / count, 1),
        "prompt_tokens": prompt, "cached_tokens": cached, "cached_share": round(cached / prompt, 3) if prompt else 0,
        "tokens_written": written, "tokens_thrown_away": sum(record.written for record in wasted),
        "calls_without_usage": sum(not record.counted for record in records),
        "server_counted": totals,
        "written_for_nobody": max(0, totals["tokens_written"] - written) if totals else None,
        "states": dict(collections.Counter(row["state"] for row in calls)),
    }


def first_theme(beats, records, theme):
    """The 20 work beats of the first theme, all their calls and repairs counted, by the server's own word."""
    work = [beat for beat in beats if beat["theme_id"] == theme and beat["activity"] not in ("theme-start", "theme-end")]
    work = work[:FIRST_THEME]
    inside = [record for beat in work for record in beat["records"]]
    prompt = sum(record.prompt_tokens for record in inside)
    cached = sum(record.cached_tokens for record in inside)
    count = max(1, len(work))
    return {
        "work_beats": len(work), "calls": len(inside), "prompt_tokens_per_beat": round(prompt / count),
        "new_tokens_per_beat": round((prompt - cached) / count),
        "cached_share": round(cached / prompt, 3) if prompt else 0,
        "by_purpose": {
            purpose: {
                "calls": len(group), "prompt": round(sum(one.prompt_tokens for one in group) / len(group)),
                "new": round(sum(one.prompt_tokens - one.cached_tokens for one in group) / len(group)),
                "written": round(sum(one.written for one in group) / len(group)),
            }
            for purpose, group in grouped(inside).items()
        },
    }


def grouped(records):
    groups = collections.defaultdict(list)
    for record in records:
        groups[record.purpose].append(record)
    return groups


def out_of_bounds(home):
    found = []
    for file in sorted(home.workspace.rglob("*.md")):
        relative = file.relative_to(home.workspace).as_posix()
        if relative.startswith((".git/", "themebox/")) and "own." not in relative:
            continue
        if relative in ("AGENTS.md", "SOUL.md"):
            continue
        try:
            content = file.read_text()
        except (OSError, UnicodeDecodeError) as unreadable:
            found.append({"file": relative, "what": str(unreadable)})
            continue
        found += [{"file": relative, "what": what} for what in text.faults(content)]
    return found
