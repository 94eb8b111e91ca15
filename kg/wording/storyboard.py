"""The storyboard: three sentences, then six to twelve steps by which a panel is led through a review.

Each step is a view of the timeline with a caption in plain words and notes for whoever presents it. Steps are made of the
gravest episodes and of what no single episode shows: what was known first, what did not travel, the first and the last of
what came again, the person's own words, the longest time not seen. The reviewer orders, words, drops and adds steps
(storyboard.csv). Captions speak of nothing later than their step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from kg.base.grammar import nth
from kg.chronology.order import begins
from kg.dates.when import DAY, END, day_of
from kg.findings.episodes import Episode, Episodes, by_gravity
from kg.findings.opportunity import Opportunity, lead
from kg.findings.ribbons import Ribbons, ribbons
from kg.findings.study import Study
from kg.model.reviewer import StoryChoice
from kg.wording.episodes import aloud, asked, decided, elsewhere, episode_title, episode_when, story
from kg.wording.labels import label, plain
from kg.wording.opening import longest_unseen, their_own_words, what_came_again, what_did_not_arrive, who_was_seen
from kg.wording.ribbons import band_words, first_recorded, ribbons_headline
from kg.wording.rules import asks_for

MOST, EPISODES, KINDS, AROUND = 12, 4, 2, 21
"""The most steps that are made, episodes and kinds of information among them, and the days shown around one entry."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a view with a caption.

    ``key`` is the name by which storyboard.csv knows it; ``part`` what it is for, in a few words; ``view`` the address of the
    view, as the page writes it behind the #; ``at`` the minute as of which it is shown; ``rows`` what it rests on; ``own``
    whether the reviewer added it.
    """

    key: str
    part: str
    caption: str
    view: str
    at: int
    notes: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Storyboard:
    """Three sentences and the steps, in order. ``unknown`` are choices that name no step."""

    sentences: tuple[str, ...]
    steps: tuple[Step, ...]
    unknown: tuple[StoryChoice, ...] = ()


def storyboard(gaps: Study, found: Episodes, choices: Sequence[StoryChoice] | None = None) -> Storyboard:
    """The storyboard of a review, as the reviewer chose it: by the review's own choices unless others are given.

    Steps stand in the order of time, those to which the reviewer gave a place before the others. The same review gives the
    same steps whatever the order of its rows.
    """
    made = {step.key: step for step in _made(gaps, found)}
    steps, places, unknown = _chosen(gaps, made, gaps.review.storyboard if choices is None else choices)
    ordered = sorted(steps, key=lambda step: (step.key not in places, places.get(step.key, 0), step.at, step.key))
    opening = (who_was_seen(gaps), what_did_not_arrive(gaps), what_came_again(gaps))
    return Storyboard(tuple(" ".join(part.sentences[:2]) for part in opening), tuple(ordered), unknown)


def _made(gaps: Study, found: Episodes) -> list[Step]:
    all_ = [each for each in ribbons(gaps) if each.times(gaps, surely=False)[1]]
    worst = sorted(all_, key=lambda each: (-each.gravity, -each.times(gaps, surely=True)[1]))
    steps = [*_first(gaps), *_travelled(gaps, [*all_[:1], *worst]), *_again(gaps), *_said(gaps, found), *_unseen(gaps)]
    grave = [each for each in sorted(found.all, key=lambda each: by_gravity(gaps, each)) if each.findings]
    room = min(EPISODES, MOST - len(steps))
    return [*steps, *(_episode(gaps, each) for each in grave[:room])]


def _view(main: str, **parts: object) -> str:
    return urlencode({"main": main, **{key: value for key, value in parts.items() if value not in ("", None)}})


def _day(moment: int) -> str:
    return day_of(moment).isoformat()


def _around(gaps: Study, row: int) -> Mapping[str, str]:
    """The view of the drawing around one entry, as of the end of its dates."""
    entry = gaps.review.entries[row]
    start, end = begins(entry), entry.when.latest if entry.when.latest < END else begins(entry)
    near = f"{_day(start - AROUND * DAY)}_{_day(end + AROUND * DAY)}"
    return {"on": _day(end), "view": near, "pane": "entry", "entry": entry.name}


def _first(gaps: Study) -> Iterator[Step]:
    """What was known first: the earliest kind of middle gravity or more that was recorded."""
    grave = [each for each in ribbons(gaps) if each.gravity > 1] or list(ribbons(gaps))
    if not grave:
        return
    entries = gaps.review.entries
    each = min(grave, key=lambda one: (entries[one.first].known.latest, entries[one.first].name, one.indicator))
    entry = entries[each.first]
    caption = f"{plain(gaps, each.indicator)}, {first_recorded(gaps, each)}."
    yield Step("first", "First known", aloud(caption), _view("drawing", **_around(gaps, each.first)), entry.known.latest,
               (f"{entry.name}: {entry.narrative}",), (each.first,))  # fmt: skip


def _travelled(gaps: Study, some: Iterable[Ribbons]) -> Iterator[Step]:
    """What did not travel: the kind most often lacking, and the gravest."""
    done: set[str] = set()
    for each in some:
        if each.indicator in done or len(done) == KINDS:
            continue
        done.add(each.indicator)
        rings = sorted(one.possibly for band in each.bands for one in band.without)
        at = rings[-1]
        notes = [f"{band.agency}: {band_words(gaps, each, band)}." for band in each.bands if band.without]
        yield Step(
            f"travelled-{each.indicator}",
            "What did not travel",
            f"{ribbons_headline(gaps, each)}.",
            _view("ribbons", k=label(gaps, "indicator", each.indicator)),
            at,
            (
                *notes,
                "A ring is a contact at which the agency had no record of it. It says nothing of whose fault that was.",
            ),
            tuple(dict.fromkeys(one.row for band in each.bands for one in band.without)),
        )


def _again(gaps: Study) -> Iterator[Step]:
    """The first and the last of what came most often."""
    some = list(gaps.of(Opportunity, "missed-opportunity", dismissed=False))
    longest = max(
        (each.chain for _, each in some), key=lambda chain: (chain.of, chain.family, chain.subject), default=None
    )
    if longest is None or longest.of < 2:
        return
    of_chain = [(finding, each) for finding, each in some if each.chain.rows == longest.rows]
    for which, (finding, each) in (
        ("first", min(of_chain, key=lambda one: one[1].chain.ordinal)),
        ("last", max(of_chain, key=lambda one: one[1].chain.ordinal)),
    ):
        entry, what = gaps.review.entries[each.row], asks_for(gaps, lead(each).duty)
        due = lead(each).due
        at = entry.when.latest if due is None or due >= END else max(entry.when.latest, due)
        which_ = f"the {nth(each.chain.ordinal)} time that {what} was called for"
        total = (
            f" All {longest.of} have no record in time." if which == "last" and each.chain.ordinal == longest.of else ""
        )
        caption = f"{entry.when.plain()}, {entry.agency}: {which_}; no record of it in time.{total}"
        view = {**_around(gaps, each.row), "on": _day(at), "finding": finding.id}
        yield Step(f"again-{which}", "The same opportunity again", caption, _view("drawing", **view), at,
                   (f"{entry.name}: {entry.narrative}",), (each.row,))  # fmt: skip


def _said(gaps: Study, found: Episodes) -> Iterator[Step]:
    part = their_own_words(gaps, found)
    for row in part.rows[:1]:
        if not gaps.review.entries[row].when.undated:
            view = _view("drawing", **_around(gaps, row))
            yield Step("words", "Recorded as said", part.sentences[0], view, gaps.review.entries[row].when.latest,
                       part.sentences[1:], (row,))  # fmt: skip


def _unseen(gaps: Study) -> Iterator[Step]:
    part = longest_unseen(gaps)
    rows = [row for row in part.rows if not gaps.review.entries[row].when.undated]
    if part.sentences and rows:
        at = max(gaps.review.entries[row].when.latest for row in rows)
        end = at if len(rows) > 1 or gaps.review.incident.earliest >= END else gaps.review.incident.earliest
        yield Step("unseen", "The longest time not seen", part.sentences[0], _view("drawing", lines="none", on=_day(end)),
                   end, part.sentences[1:], tuple(rows))  # fmt: skip


def _episode(gaps: Study, each: Episode) -> Step:
    """One of the gravest episodes: when, what, and the sentence that a panel would talk about."""
    parts = [part for part in (decided(gaps, each), elsewhere(gaps, each, 1), asked(gaps, each)) if part.sentences]
    sentence = f" {parts[0].sentences[0]}" if parts else ""
    last, first = each.last(gaps.review), each.first(gaps.review)
    view = _view(
        "drawing", on=_day(last), view=f"{_day(first - AROUND * DAY)}_{_day(last + AROUND * DAY)}", pane="entry",
        entry=gaps.review.entries[each.anchor].name,
    )  # fmt: skip
    notes = tuple(f"{part.word}: {' '.join(part.sentences)}" for part in story(gaps, each))
    caption = f"{episode_when(gaps, each)}. {episode_title(gaps, each)}.{sentence}"
    return Step(each.id, "What happened", caption[0].upper() + caption[1:], view, last, notes, each.rows)


def _chosen(
    gaps: Study, made: dict[str, Step], choices: Sequence[StoryChoice]
) -> tuple[list[Step], dict[str, int], tuple[StoryChoice, ...]]:
    """The steps as the reviewer chose them, choice by choice, the places given, and the choices that name no step."""
    steps, left_out = dict(made), set[str]()
    places: dict[str, int] = {}
    unknown = []
    for choice in choices:
        if choice.what == "view":
            step = steps.get(choice.step)
            view = choice.value.lstrip("#")
            if step is None:
                end = gaps.review.incident.earliest
                step = Step(choice.step, "Added by the reviewer", choice.step, view, end if end < END else 0, own=True)
            steps[choice.step] = replace(step, view=view)
        elif choice.step not in steps:
            unknown.append(choice)
        elif choice.what == "caption":
            steps[choice.step] = replace(steps[choice.step], caption=choice.value)
        elif choice.what == "notes":
            steps[choice.step] = replace(steps[choice.step], notes=(choice.value,))
        elif choice.what == "order":
            places[choice.step] = int(choice.value)
            left_out.discard(choice.step)
        else:
            (left_out.add if choice.value.casefold() in ("yes", "out") else left_out.discard)(choice.step)
    return [step for key, step in steps.items() if key not in left_out], places, tuple(unknown)
