"""The first page of `kg find-gaps`: what a chair would read aloud, in at most forty-five lines.

Three sentences; the gravest episodes, in time; the person's own words and the longest time not seen; and, never left out,
what is not known. No sentence is longer than thirty words; rows stand in brackets behind what rests on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.base.grammar import count, listed
from kg.findings.counts import counts
from kg.findings.episodes import Episode, Episodes, by_gravity
from kg.findings.study import Study
from kg.model.problem import Problem
from kg.people.unlisted import nobody_listed
from kg.reports.episodes import fitted, heading, order_of, part_lines
from kg.reports.lines import Line, cut, flow
from kg.wording.episodes import (
    Part,
    aloud,
    asked,
    decided,
    elsewhere,
    few,
    number,
)
from kg.wording.opening import (
    capital,
    longest_unseen,
    their_own_words,
    what_came_again,
    what_did_not_arrive,
    who_was_seen,
)

LINES, EPISODE, THIN = 45, 9, 10
"""The lines of the page, and of one episode on it; contacts that make a record thin."""


def first_page(gaps: Study, found: Episodes, problems: Sequence[Problem]) -> list[Line]:
    """What ``kg find-gaps`` prints for people: at most forty-five lines."""
    head: list[Line] = [("title", line) for line in flow(cut(gaps.review.title, 180))]
    for part in (_unlisted(gaps), who_was_seen(gaps), what_did_not_arrive(gaps), what_came_again(gaps)):
        head += part_lines(gaps, part) if part.sentences else ()
    tail = [("", ""), *_tail(gaps, found, problems)]
    grave = [each for each in sorted(found.all, key=lambda each: by_gravity(gaps, each)) if _telling(each)]
    shown: list[Episode] = []
    room = LINES - len(head) - len(tail) - 2
    for each in grave:
        needed = len(_episode(gaps, each, 1))
        if needed > room:
            break
        shown.append(each)
        room -= needed
    body = [line for number, each in enumerate(found.all, 1) if each in shown for line in _episode(gaps, each, number)]
    if body:
        of = "all"
        if len(shown) < len(found.all):
            of = (
                f"the gravest of {len(found.all)}"
                if len(shown) == 1
                else f"the {len(shown)} gravest of {len(found.all)}"
            )
        head += [
            ("", ""),
            ("title", f"What a panel would talk about: {of}, {order_of(found)} (kg episodes tells each)"),
        ]
    return [*head, *body, *tail]


def _telling(each: Episode) -> bool:
    return bool(each.of("missed-opportunity", "decision-to-look-at", "missed-share"))


def _episode(gaps: Study, each: Episode, place: int) -> list[Line]:
    """One episode on the page: a sentence each for what was decided, what others held, and what the rules asked."""
    head: list[Line] = [("grave", line) for line in heading(gaps, each, place, id=False)]
    parts = [decided(gaps, each), elsewhere(gaps, each, 1), asked(gaps, each, counted=True)]
    said = [Part(part.word, part.sentences[:1], part.rows[:2]) for part in parts if part.sentences]
    return [*head, *fitted(gaps, said, EPISODE - len(head))]


def _unlisted(gaps: Study) -> Part:
    """What hides findings, before any of them: coded rows under names that are likely a listed person's."""
    said = [each.what for each in nobody_listed(gaps.review, gaps.review.judgements) if each.severity == "error"]
    if not said:
        return Part("First", ())
    left = len(said) - 1
    more = capital(f"{number(left, 'other return')} {'has' if left == 1 else 'have'} such rows.")
    rest = (more,) if left > 0 else ()
    return Part("First", (f"{said[0]}.", *rest, "No finding rests on them: kg link says whose they are."))


# --- what stands below ------------------------------------------------------------------------------------------


def _tail(gaps: Study, found: Episodes, problems: Sequence[Problem]) -> Iterator[Line]:
    yield from part_lines(gaps, their_own_words(gaps, found))
    unseen = longest_unseen(gaps)
    if unseen.sentences:
        yield from part_lines(gaps, unseen)
    for style, line in part_lines(gaps, _not_known(gaps, problems)):
        yield style or "quiet", line
    for line in flow(
        "kg find-gaps REVIEW --all prints everything; kg explain REVIEW ID shows what any of it rests on."
    ):
        yield "quiet", line


def _not_known(gaps: Study, problems: Sequence[Problem]) -> Part:
    """What could not be read, and whose silence says nothing: never left out."""
    errors = sum(problem.severity == "error" for problem in problems)
    doubtful = sum(each.doubtful for each in gaps.coverage)
    undated = sum(each.undated for each in gaps.coverage)
    rows = sum(each.rows for each in gaps.coverage)
    said = []
    if errors:
        said.append(f"{count(errors, 'thing')} could not be read: kg check says which.")
    dates = [f"{doubtful} of wide or doubtful date" if doubtful else "", f"{undated} undated" if undated else ""]
    if any(dates):
        said.append(f"{count(rows, 'row')}: {listed([words for words in dates if words])}.")
    made = counts(gaps)
    if made.contacts < THIN or gaps.sightings.not_stated == made.contacts:
        said.append(f"The record is thin: {count(made.contacts, 'contact')}. Little can be concluded from it.")
    unread = [each.agency for each in gaps.coverage if each.unread]
    if unread:
        said.append(aloud(f"Unread, not blameless, since most rows carry no code: {few(unread, 2)}.",
                          f"Unread, not blameless, since most rows carry no code: {few(unread, 1)}."))  # fmt: skip
    without = [each.agency for each in gaps.coverage if not each.has_return]
    if without:
        said.append(aloud(f"No return came from {few(without, 3)}: their silence says nothing.",
                          f"No return came from {few(without, 1)}: their silence says nothing."))  # fmt: skip
    one_sided = made.not_received + made.not_sent
    if one_sided:
        said.append(
            f"{count(one_sided, 'message')} {'stands' if one_sided == 1 else 'stand'} in one side's return only."
        )
    return Part("Not known", tuple(said) or ("Every row that came could be read.",))
