"""Sentences, front matter, and what must never stand in a file."""

import re

SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]+|[^.!?。！？\n]+(?=\n|$)")
WHOLE_END = re.compile(r"[.!?。！？…][\"'”’)\]*_`»]*$")
TURN_MARK = re.compile(r"<\|[a-z_]{2,40}\|>|<\|?(?:im_start|im_end|eot_id)|</?think>|<(?:start|end)_of_turn>|\[/?INST\]")
DIGITS = re.compile(r"\d{25,}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ANSWER_JSON = re.compile(r'\{\s*"(?:title|summary|reason|activity|score|arrangement|comparison|expert|body|text)"\s*:')

CUT_MARK = re.compile(r"\n\s*\*\[(?:Cut here: [^\]\n]*|[^\]\n]*ここまで)\]\*[ \t]*(?=\n|$)")


def cut_mark(body):
    """(text before the mark of a cut piece, the mark, what follows); no mark is an empty one."""
    found = CUT_MARK.search(body)
    return (body[: found.start()], found.group().strip(), body[found.end():]) if found else (body, "", "")


def normal(text):
    return re.sub(r"\W+", " ", text.lower()).strip()


def sentences(text):
    """Those of at least four words; headings and list marks do not count."""
    for match in SENTENCE.finditer(text):
        one = normal(match.group())
        if len(one.split()) >= 4:
            yield one


def front_matter(text):
    """(fields, body) of a file that Kodo wrote."""
    if not text.startswith("---\n"):
        return {}, text
    head, found, body = text[4:].partition("\n---\n")
    if not found:
        return {}, text
    fields = {}
    for line in head.splitlines():
        name, _, value = line.partition(":")
        fields[name.strip()] = value.strip().strip("\"'")
    return fields, body


def heading(body):
    for line in body.splitlines():
        if line.startswith("# "):
            return line[2:].strip()
    return ""


def without_notes(body):
    """The piece alone: without its heading and without lines that Kodo itself adds in italics or quotes."""
    lines = [line for line in body.strip().splitlines()]
    if lines and lines[0].startswith("# "):
        lines = lines[1:]
    while lines and (not lines[-1].strip() or re.match(r"^(\*[^*].*\*|_[^_].*_|> .*|---)$", lines[-1].strip())):
        lines.pop()
    return "\n".join(lines).strip()


def ends_whole(text):
    return bool(WHOLE_END.search(text.rstrip()))


def faults(text, longest_title=200):
    """What no file of an agent may hold, whatever a model says."""
    fields, body = front_matter(text)
    found = []
    title = heading(body)
    if len(title) > longest_title:
        found.append(f"a title of {len(title)} characters")
    if DIGITS.search(body):
        found.append("a run of 25 digits or more")
    if CONTROL.search(text):
        found.append("a control character")
    if TURN_MARK.search(body):
        found.append("a mark of a chat template or of a thought")
    if ANSWER_JSON.search(body):
        found.append("JSON of an answer")
    score = fields.get("score")
    if score is not None and not (score.isdigit() and 1 <= int(score) <= 10):
        found.append(f"the score {score[:20]}")
    arrangement = fields.get("arrangement")
    if arrangement is not None and arrangement not in ("one-expert", "several-experts"):
        found.append(f"the arrangement {arrangement[:20]}")
    return found
