"""The command that walks a reviewer through names that may be one person's: link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.base.grammar import count
from kg.base.signs import unstilled
from kg.commands.decide import the_day
from kg.commands.filled_list import filled_rows
from kg.commands.shared import say, show_json, show_table
from kg.folder import open_review

if TYPE_CHECKING:
    from kg.model.review import Review
    from kg.model.reviewer import Judgement
    from kg.people.suggestions import Suggestion
    from loaders import Loaded

COLUMNS = ("Id", "Of", "As", "Score", "Why it may be", "Entries", "Verdict", "By", "On", "Why")
"""The columns of the list for a spreadsheet; the reviewer fills in Verdict, By and Why."""

KEYS = {"a": "same", "r": "different", "u": "unsure"}
HELP = "a accept: one person   r reject: two people   u unsure   s skip   z undo the last   q stop"
BY_EYE = "Judged from the entries."
SHOWN = 3
MORE = "Nothing more was written."


@click.command()
@click.argument("review", type=click.Path(path_type=Path))
@click.option("--by", default="", help="Who judges: a name. Needed to judge; a list needs none.")
@click.option("--on", help="The day of judging, day first (06/08/1999) or ISO. Today, if not given.")
@click.option(
    "--together", is_flag=True, help="Show the obvious ones in one list first, to accept all of them at once."
)
@click.option("--again", is_flag=True, help="Also those judged unsure before.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    help="Only list the suggestions, for reading or for a spreadsheet; nothing is asked.",
)
@click.option(
    "--from",
    "filled",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read judgements from a list that was filled in, and add them.",
)
def link(
    review: Path, by: str, on: str | None, together: bool, again: bool, form: str | None, filled: Path | None
) -> None:
    """Judge which names in the returns are one person: accept, reject, unsure, skip, undo.

    Each suggestion comes with its score, the reasons, and the entries. Every judgement is added to judgements.csv at
    once, so you may stop and go on another day; nothing is joined without one. Undoing adds a row as well.

    \b
    Examples:
      kg link my-review --by "A. Reviewer"
      kg link my-review --by "A. Reviewer" --together
      kg link my-review --format csv > names.csv
      kg link my-review --from names.csv --by "A. Reviewer"
    """
    from kg.people.suggestions import suggestions

    loaded = open_review(review, join=False)
    if filled is not None:
        _read_back(review, loaded, filled, by.strip(), on)
        return
    found = [each for each in suggestions(loaded.review, loaded.judgements) if again or form or not each.verdict]
    if form == "json":
        show_json([_json(each) for each in found])
    elif form == "csv":
        show_table("csv", COLUMNS, map(_row, found))
    elif form == "text":
        for at, each in enumerate(found, 1):
            say("\n".join(_lines(each, f"{at}", loaded.review)) + "\n")
        say(f"{count(len(found), 'suggestion')}.")
    else:
        if not by.strip():
            raise click.UsageError("somebody judges: say who with --by NAME. To look only, use --format text.")
        judgements = (
            _all_at_once(review, found, by.strip(), the_day(on or None, MORE), loaded.review) if together else []
        )
        if judgements:
            still = {each.id for each in suggestions(loaded.review, [*loaded.judgements, *judgements])}
            found = [each for each in found if each.id in still]
        _walk(review, loaded, found, by.strip(), the_day(on or None, MORE), judgements)


def _all_at_once(folder: Path, found: Sequence[Suggestion], by: str, on: date, review: Review) -> list[Judgement]:
    """The judgements made where the reviewer accepts the obvious suggestions together, having seen them in one list."""
    from kg.people.suggestions import obvious

    plain = obvious(found)
    if len(plain) < 2:
        say("There are not two obvious suggestions to accept together.\n")
        return []
    say(f"{count(len(plain), 'obvious suggestion')}:\n")
    for at, each in enumerate(plain, 1):
        say("\n".join(_lines(each, f"{at}", review)) + "\n")
    try:
        accepted = click.confirm(
            f"Is each of these {len(plain)} the person it is said to be? Accept all", default=False
        )
    except click.Abort:
        say()
        return []
    if not accepted:
        say("None of them was judged; they come one by one.\n")
        return []
    judged = [
        _judge(folder, each, "same", by, on, "; ".join(each.why[:2]) + " (seen and accepted together)")
        for each in plain
    ]
    say(f"Kept: same, {len(judged)} times. Any of them can be judged anew.\n")
    return judged


def _walk(
    folder: Path, loaded: Loaded, found: Sequence[Suggestion], by: str, on: date, made: Sequence[Judgement]
) -> None:
    from kg.people.suggestions import suggestions

    say(f"{count(len(found), 'suggestion')} to look at.\n{HELP}\n")
    judged: list[tuple[Suggestion, str]] = []
    judgements = [*loaded.judgements, *made]
    waiting, done = list(found), 0
    while waiting:
        each = waiting.pop(0)
        say("\n".join(_lines(each, f"{done + 1} of {done + 1 + len(waiting)}", loaded.review)))
        key = _asked()
        if key == "q":
            break
        if key == "z":
            waiting.insert(0, each)
            if not judged:
                say("There is nothing to undo in this sitting.\n")
                continue
            last, _ = judged.pop()
            judgements.append(_judge(folder, last, "open", by, on, "Undone."))
            say(f'Undone: "{last.words}" and "{last.person}" are open again.\n')
            waiting.insert(0, last)
            done -= 1
            continue
        done += 1
        if key == "s":
            continue
        why = click.prompt("Why", default="; ".join(each.why[:2]) if key == "a" else BY_EYE, show_default=False)
        judgements.append(_judge(folder, each, KEYS[key], by, on, why.strip()))
        judged.append((each, key))
        say(f"Kept: {KEYS[key]}.\n")
        # A name once joined to somebody listed is not asked about again.
        still = {one.id for one in suggestions(loaded.review, judgements)}
        waiting = [one for one in waiting if one.id in still]
    say(
        f"{count(len(judged), 'judgement')} kept in judgements.csv; {count(len(waiting), 'suggestion')} left for another day."
    )


def _asked() -> str:
    while True:
        try:
            key: str = click.prompt("a/r/u/s/z/q", prompt_suffix="? ").strip().casefold()[:1]
        except click.Abort:  # the end of the input, or Ctrl+C: what was judged is kept already
            say()
            return "q"
        if key in (*KEYS, "s", "z", "q"):
            return key
        say(HELP)


def _read_back(folder: Path, loaded: Loaded, filled: Path, by: str, on: str | None) -> None:
    """Add the judgements of a filled list; those that cannot be used are said, and the others are kept."""
    from kg.model.reviewer import OF_NAMES
    from kg.people.suggestions import suggestions
    from kg.people.verdicts import Verdicts

    verdicts = Verdicts(loaded.review, loaded.judgements)
    known = {each.id: each for each in suggestions(loaded.review, loaded.judgements)}
    kept = same = wrong = 0
    for line, row in filled_rows(filled, ("Id", "Verdict"), "kg link"):
        verdict = row.get("Verdict", "").strip().casefold()
        if not verdict:
            continue
        id, who = row.get("Id", "").strip(), row.get("By", "").strip() or by
        standing = verdicts.of.get(id)
        one, other = unstilled(row.get("Of", "").strip()), unstilled(row.get("As", "").strip())
        pair = (known[id].words, known[id].person) if id in known else (one, other)
        why_not = ""
        if verdict not in OF_NAMES:
            why_not = f'"{row["Verdict"]}" is none of {", ".join(OF_NAMES)}'
        elif id not in known and verdicts.roll.pair(one, other) != id:
            why_not = f'"{id}" is no suggestion of this review, and not the id of the two names in its row'
        elif not who:
            why_not = "nobody is named under By, and no --by was given"
        if why_not:
            wrong += 1
            say(f"{filled.name}, row {line}: {why_not}. This row was not used.", err=True)
        elif standing is not None and standing.verdict == verdict and row.get("By", "").strip() in ("", standing.by):
            same += 1
        else:
            day = the_day(unstilled(row.get("On", "").strip()) or on or None, MORE)
            _append(folder, id, pair, verdict, who, day, unstilled(row.get("Why", "").strip()))
            kept += 1
    say(
        f"{count(kept, 'judgement')} kept in judgements.csv"
        + (f"; {same} stood there already" if same else "")
        + (f"; {wrong} could not be used" if wrong else "")
        + "."
    )
    if wrong:
        raise SystemExit(1)


def _judge(folder: Path, each: Suggestion, verdict: str, by: str, on: date, why: str) -> Judgement:
    from kg.model.problem import Place
    from kg.model.reviewer import Judgement

    line = _append(folder, each.id, (each.words, each.person), verdict, by, on, why)
    place = Place("judgements.csv", row=line)
    return Judgement(each.id, verdict, by, on, why, place, (each.words, each.person))


def _append(folder: Path, id: str, pair: tuple[str, str], verdict: str, by: str, on: date, why: str) -> int:
    from kg.base.append import NotKept, append_row
    from kg.model.reviewer import JUDGED, PAIR

    cells = {"Id": id, "Verdict": verdict, "By": by, "On": on.isoformat(), "Why": why}
    try:
        return append_row(folder / "judgements.csv", JUDGED, cells | dict(zip(PAIR, pair, strict=True)), optional=PAIR)
    except NotKept as wrong:
        raise click.ClickException(str(wrong)) from None


def _lines(each: Suggestion, number: str, review: Review) -> Iterable[str]:
    from kg.reports.lines import flow

    listed = "" if each.listed else ", also in no list"
    yield from flow(f'{number}.  "{each.words}": is this {each.person}{listed}?   ({each.score:.2f})', 0, 5)
    for reason in each.why:
        yield from flow(reason, 5, 2)
    entries = {entry.name: entry for entry in review.entries}
    for name in each.entries[:SHOWN]:
        entry = entries[name]
        text = " ".join(entry.narrative.split())
        yield from flow(f"{name}, {entry.when.plain()}: {text if len(text) <= 160 else text[:159] + '…'}", 5, 2)
    if len(each.entries) > SHOWN:
        yield f"     and {len(each.entries) - SHOWN} more entries"


def _json(each: Suggestion) -> dict[str, object]:
    return {
        "id": each.id,
        "of": each.words,
        "as": each.person,
        "listed": each.listed,
        "score": each.score,
        "why": list(each.why),
        "entries": list(each.entries),
        "verdict": each.verdict,
    }


def _row(each: Suggestion) -> dict[str, object]:
    cells = (each.id, each.words, each.person, f"{each.score:.2f}", "; ".join(each.why), "; ".join(each.entries),
             each.verdict, "", "", "")  # fmt: skip
    return dict(zip(COLUMNS, cells, strict=True))
