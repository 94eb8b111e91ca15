"""The episodes of a review as `kg episodes` prints them: the story of each in at most twelve lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.base.grammar import count
from kg.base.tables import Json
from kg.findings.episodes import Episode, Episodes
from kg.findings.study import Study
from kg.reports.lines import WIDTH, Line, flow
from kg.wording.episodes import Part, behind, episode_title, episode_when, story

LINES, MARGIN, LONG = 12, 13, 45
"""The lines of one story, its heading included; the columns before its sentences; and where rows behind them take too much
room, so that only the first is named."""

COLUMNS = ("episode", "title", "from", "until", "gravity", "part", "said", "entries")
"""The columns of the stories as one table, a row for each part."""


def episodes_report(gaps: Study, found: Episodes) -> Iterator[Line]:
    """Every episode in its order, each told in at most twelve lines."""
    yield "title", gaps.review.title
    yield "quiet", f"{count(len(found.all), 'episode')}, {order_of(found)}; the gravest marked ■."
    for number, each in enumerate(found.all, 1):
        yield "", ""
        yield from story_lines(gaps, each, number)
    if not found.all:
        yield "", "No row records an event about a subject, opens a duty, or closes or declines: there is no episode."


def order_of(found: Episodes) -> str:
    """In which order episodes stand: of time, or the reviewer's."""
    return "in the reviewer's order" if any(each.place is not None for each in found.all) else "in time"


def story_lines(gaps: Study, each: Episode, number: int) -> list[Line]:
    """One episode: its heading, then its parts; where they take more than twelve lines, sentences of the longest go."""
    head: list[Line] = [("grave", line) for line in heading(gaps, each, number)]
    return [*head, *fitted(gaps, story(gaps, each), LINES - len(head))]


def heading(gaps: Study, each: Episode, number: int, *, id: bool = True) -> list[str]:
    """The first line or two of an episode: number, mark of gravity, when, title, and its id."""
    mark = " ■" if each.gravity >= 3 else ""
    end = f"  [{each.id}]" if id else ""
    titles = [episode_title(gaps, each, most=most) for most in (2, 1, 0)]
    forms = [f"{number}{mark}  {episode_when(gaps, each)}  {words}{end}" for words in titles]
    return list(flow(next((form for form in forms if len(form) <= WIDTH), forms[-1]), 0, 4))


SPARED = ("Told", "Became", "Said", "Pattern", "Held", "Seen", "Decided", "Asked", "Elsewhere")
"""The parts of a story, in the order in which they are shortened where a story is too long: what matters most, last."""


def fitted(gaps: Study, parts: Sequence[Part], most: int) -> list[Line]:
    """The lines of some parts, at most so many: first every part is shortened to one sentence, then parts are left out."""
    kept = {part.word: part for part in parts}
    cuts = [(word, times) for times in (2, 1) for word in SPARED] + [(word, 0) for word in SPARED]
    lines = _lines(gaps, kept.values())
    for word, sentences in cuts:
        if len(lines) <= most:
            break
        if word in kept and len(kept[word].sentences) > sentences:
            part = kept[word]
            behind_each = 1 if word in ("Held", "Seen") else 2
            kept[word] = Part(word, part.sentences[:sentences], part.rows[: sentences * behind_each])
            lines = _lines(gaps, kept.values())
    return lines


def _lines(gaps: Study, parts: Iterable[Part]) -> list[Line]:
    return [line for part in parts if part.sentences for line in part_lines(gaps, part)]


def part_lines(gaps: Study, part: Part) -> Iterator[Line]:
    """One part: its word in the margin, its sentences, and the rows behind them in brackets at the end."""
    names = list(behind(gaps, part.rows))
    refs = ", ".join(names)
    if len(refs) > LONG:
        refs = names[0]
    text = " ".join(part.sentences) + (f" [{refs}]" if refs else "")
    for at, line in enumerate(flow(text, width=WIDTH - MARGIN)):
        yield "", f"   {part.word if not at else '':{MARGIN - 3}}{line}"


def episode_json(gaps: Study, each: Episode) -> Json:
    """One episode as the contract has it."""
    first, last = each.days(gaps.review)
    return {
        "id": each.id,
        "title": episode_title(gaps, each),
        "from": first,
        "until": last,
        "gravity": each.gravity,
        "entries": [gaps.review.entries[row].name for row in each.rows],
        "findings": [finding.id for finding in each.findings],
    }


def story_json(gaps: Study, each: Episode) -> Json:
    """One episode with its story."""
    parts = [
        {"part": part.word.lower(), "said": list(part.sentences), "entries": _names(gaps, part)}
        for part in story(gaps, each)
    ]
    return {**episode_json(gaps, each), "story": parts}


def story_rows(gaps: Study, found: Episodes) -> Iterator[dict[str, str]]:
    """The stories as one table, for spreadsheets and Markdown."""
    for each in found.all:
        first, last = each.days(gaps.review)
        head = {"episode": each.id, "title": episode_title(gaps, each), "from": first, "until": last}
        for part in story(gaps, each):
            yield {
                **head,
                "gravity": str(each.gravity),
                "part": part.word,
                "said": " ".join(part.sentences),
                "entries": "; ".join(_names(gaps, part)),
            }


def _names(gaps: Study, part: Part) -> list[str]:
    return [gaps.review.entries[row].name for row in part.rows]
