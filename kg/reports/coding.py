"""Codes and narratives for people: the narrative with the words lit, how far the rows are read, how good suggestions are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.base.grammar import count
from kg.chronology.coverage import is_coded
from kg.coding.agreement import Agreement
from kg.coding.evaluate import Score, by_field, report
from kg.coding.gathered import suggestions
from kg.coding.proposals import Reading, proposals, reading
from kg.coding.stopping import Left, in_words
from kg.coding.suggestion import Suggestion
from kg.decisions.telling import Change
from kg.model.record import Entry
from kg.model.review import Review
from kg.reports.lines import NAME, Line, cut, flow
from kg.terms.reader import Terms

BEFORE = 40
"""How many characters of the narrative stand around a wording that is shown by itself."""

WORST = 10
"""How many errors of each kind are shown."""


@dataclass(frozen=True, slots=True)
class State:
    """Where the coding of a review stands: every suggestion, those that wait, and which rows the agencies coded."""

    made: tuple[Suggestion, ...]
    waiting: tuple[Suggestion, ...]
    coded: frozenset[str]
    returns: tuple[Reading, ...]


def state_of(review: Review, terms: Terms) -> State:
    """Where the coding of a review stands now."""
    made = suggestions(review, terms)
    waiting = proposals(review, terms, made)
    coded = {entry.name: is_coded(entry) for entry in review.entries}
    return State(
        made,
        waiting,
        frozenset(name for name, yes in coded.items() if yes),
        reading(review, waiting, coded),
    )


def reading_report(review: Review, state: State, left: Left) -> Iterator[Line]:
    """How far each return is read, what waits, and what may be left out; never that it is complete."""
    yield "title", f"{review.title}: narratives and codes"
    width = min(NAME, max((len(each.agency) for each in state.returns), default=10))
    yield "quiet", f"  {'':{width}}  rows  coded by the agency  read by the reviewer  suggested only  unread"
    for each in state.returns:
        yield (
            "",
            f"  {cut(each.agency, width):{width}}  {each.rows:4}  {each.coded:19}  {each.read:20}  {each.suggested:14}  "
            f"{each.unread:6}",
        )
    asked = [each for each in state.waiting if each.present and not each.repeats]
    yield "", ""
    yield from (
        ("", line)
        for line in flow(f"{count(len(asked), 'suggestion')} in {count(len({e.entry for e in asked}), 'row')} wait.")
    )
    for said in in_words(left):
        yield from (("", line) for line in flow(said))


def lit(entry: Entry, each: Sequence[tuple[int, int]], width: int = 100) -> Iterator[str]:
    """A narrative with some of its words between brackets, as every terminal and screen reader can show them."""
    text, at = "", 0
    for start, end in _apart(each):
        text += f"{entry.narrative[at:start]}[{entry.narrative[start:end]}]"
        at = end
    text += entry.narrative[at:]
    for paragraph in text.splitlines() or [""]:
        yield from flow(paragraph, 4, 0, width)


def _apart(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans in order, those that overlap made one."""
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last is None:
            last = (start, end)
        elif start <= last[1]:
            last = (last[0], max(last[1], end))
        else:
            yield last
            last = (start, end)
    if last is not None:
        yield last


def around(entry: Entry, each: Suggestion) -> str:
    """The words of a suggestion in the line they stand in."""
    start, end = max(0, each.start - BEFORE), min(len(entry.narrative), each.end + BEFORE)
    before, after = "…" if start else "", "…" if end < len(entry.narrative) else ""
    said = f"{entry.narrative[start : each.start]}[{entry.narrative[each.start : each.end]}]{entry.narrative[each.end : end]}"
    return " ".join(f"{before}{said}{after}".split())


def name_of(each: Suggestion, terms: Terms) -> str:
    """A suggestion in a few words: its field and its label."""
    from kg.model.record import MARKS

    concept = terms.concept(MARKS[each.field], each.value)
    return f"{MARKS[each.field].replace('-', ' ')}: {concept.label.lower() if concept else each.value}"


def suggestion_lines(each: Suggestion, change: Change, terms: Terms, *, blind: bool) -> Iterator[str]:
    """What is asked of one suggestion: the code, on which words, how sure, what was heard, and what it would change."""
    sure = "" if blind else f"  ({each.strength})"
    yield from flow(f'{name_of(each, terms)}   "{" ".join(each.words.split())}"{sure}', 2, 2)
    if each.heard and not blind:
        yield f"    heard around it: {', '.join(each.heard)}"
    if each.whose:
        yield f"    whose: {', '.join(each.whose)}"
    if change.opens:
        yield from flow(f"can open: {', '.join(change.opens)}", 4, 2)
    if change.ends:
        yield from flow(f"may answer: {', '.join(change.ends)}", 4, 2)


def in_brief(each: Suggestion, terms: Terms) -> Iterator[str]:
    """A suggestion beside another in its row: the code, its words, and whose it is."""
    whose = f", whose: {', '.join(each.whose)}" if each.whose else ""
    said = f' "{" ".join(each.words.split())}"' if each.field != "said" else ""
    yield from flow(f"{name_of(each, terms)}{said}{whose}", 6, 2)


def measure_report(score: Score, whole: Score) -> Iterator[Line]:
    """How good suggestions are: by field, then hearing, then examples of each kind of error.

    ``score`` is of those that are sure or likely; ``whole`` also of those that are only to be looked at.
    """
    yield "quiet", "Sure and likely:"
    for line in report(score):
        yield "", line
    yield "", ""
    yield "quiet", "With those of the class look, which a person should look at:"
    for line in by_field(whole):
        yield "", line
    for heading, errors in (
        ("Suggested and not true", score.wrong),
        ("True and not suggested", score.missed),
        ("Not so, and suggested as so", score.negated_as_present),
        ("So, and heard as not so", score.true_left_out),
    ):
        if errors:
            yield "", ""
            yield "title", f"{heading}: {len(errors)}" + (f", the first {WORST}" if len(errors) > WORST else "")
            yield from (("", line) for each in errors[:WORST] for line in flow("  ".join(each), 2, 4))


def agreement_report(found: Iterable[Agreement]) -> Iterator[Line]:
    """Where readers who read the same rows accepted different codes, and how far they agree beyond chance."""
    some = list(found)
    if not some:
        yield "", "No row was read by two readers."
        return
    yield "quiet", f"  {'code':40} {'rows':>5} {'alpha':>6}  differ on"
    for each in some:
        how = "-" if each.alpha is None else f"{each.alpha:.2f}"
        names = ", ".join(each.differ[:3]) + (f" and {len(each.differ) - 3} more" if len(each.differ) > 3 else "")
        yield "", f"  {cut(f'{each.field} {each.value}', 40):40} {each.rows:5} {how:>6}  {names}".rstrip()
    yield from (
        ("quiet", line)
        for line in flow(
            "alpha is Krippendorff's: 1 where readers always agree, 0 where no more than by chance; - where nobody ever "
            "accepted the code, or all always did. Few rows make it unsteady."
        )
    )
