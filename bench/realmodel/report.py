"""The figures of a run as lines for people."""


def lines(name, run):
    calls, theme, choices, copied = run["calls"], run["first_theme"], run["choices"], run["copied"]
    yield f"{name}: {run['did_their_work']} of {run['beats']} beats did their work ({run['minutes']} minutes, {run['server']})"
    if run["stopped"]:
        yield f"  ended early: {run['stopped']}"
    for beat in run["not_done"]:
        yield f"  not done: {beat['beat']} {beat['activity']} {beat['state']} {beat['error'] or ''} {beat['why']}"
    yield f"  activities: {pairs(run['activities'])}; themes: {', '.join(t['source'] + ' “' + t['title'][:60] + '”' for t in run['themes'])}"
    yield (
        f"  choices: asked in {choices['asked']} beats, by the model {choices['by_model']}, by the table {choices['by_table']},"
        f" failed {choices['failed']}; not asked in {choices['not_asked']}"
    )
    for fault, count in run["choice_faults"].items():
        yield f"    {count:3}  by the table: {fault}"
    if run["nothing_worth_keeping"]:
        yield f"  nothing worth keeping, said in {run['nothing_worth_keeping']} beats"
    cuts = run["cut_pieces"]
    bad = [cut for cut in cuts if not (cut["ends_whole"] and cut["marked"])]
    yield f"  cut pieces: {len(cuts)}, of which {len(cuts) - len(bad)} end with a whole sentence and are marked"
    for cut in bad:
        yield f"    {cut['file']}: {'marked' if cut['marked'] else 'not marked'}, ends “{cut['ended']}”"
    yield (
        f"  copied sentences: {percent(copied['share'])} of {copied['sentences']}"
        f" ({copied['from_earlier_pieces']} from earlier pieces, {copied['from_prompt']} from the prompt)"
    )
    yield f"  answers that did not fit: {sum(one['answers'] for one in run['did_not_fit'])}"
    for one in run["did_not_fit"]:
        yield f"    {one['answers']:3}  {one['contract']}: {one['reason']}"
    yield (
        f"  calls: {calls['calls']} ({calls['calls_per_beat']} a beat, {pairs(calls['states'])});"
        f" {calls['seconds_per_beat']} s a beat, of which {calls['seconds_in_beats_per_beat']} s inside it"
    )
    yield (
        f"  tokens: prompt {calls['prompt_tokens']}, cached {percent(calls['cached_share'])};"
        f" written {calls['tokens_written']}, thrown away {calls['tokens_thrown_away']},"
        f" written for nobody {calls['written_for_nobody']}; calls without usage {calls['calls_without_usage']}"
    )
    yield (
        f"  first theme, {theme['work_beats']} work beats: cached {percent(theme['cached_share'])},"
        f" {theme['new_tokens_per_beat']} new and {theme['prompt_tokens_per_beat']} prompt tokens a beat"
    )
    for purpose, one in sorted(theme["by_purpose"].items()):
        yield f"    {purpose:16} {one['calls']:3} calls, prompt {one['prompt']}, new {one['new']}, written {one['written']}"
    yield f"  out-of-bounds text in files: {len(run['out_of_bounds']) or 'none'}"
    for one in run["out_of_bounds"]:
        yield f"    {one['file']}: {one['what']}"


def together(runs):
    beats = sum(run["beats"] for run in runs)
    wanted = sum(run["wanted"] for run in runs)
    asked = sum(run["choices"]["asked"] for run in runs)
    model = sum(run["choices"]["by_model"] for run in runs)
    yield (
        f"together: {sum(run['did_their_work'] for run in runs)} of {wanted} beats did their work ({beats} ended);"
        f" the model's own choice stands in {percent(model / asked if asked else 0)} of {asked}"
    )


def percent(share):
    return f"{100 * share:.1f} %"


def pairs(numbers):
    return ", ".join(f"{name} {number}" for name, number in sorted(numbers.items(), key=lambda pair: -pair[1]))
