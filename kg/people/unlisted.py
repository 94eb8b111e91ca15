"""Coded rows that concern nobody whom the review lists: their facts bear on no subject, and no finding rests on them.

Said for each return, loudly where the names are likely a listed person's: such rows look as if nothing had been recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.model.problem import Place, Problem
from kg.model.record import Entry
from kg.model.review import Review
from kg.model.reviewer import Judgement
from kg.people.suggestions import Suggestion, suggestions
from kg.people.verdicts import Verdicts

LIKELY = 0.5
"""From which score on a listed person is named as likely: as likely as not, by our own weights."""

NAMED = 3
"""How many written names and rows a problem shows at most."""


def nobody_listed(review: Review, judgements: Sequence[Judgement] = ()) -> tuple[Problem, ...]:
    """For each return, how many coded rows concern nobody listed, and whom they perhaps mean.

    A row with a name that the reviewer judged to be somebody else counts no more. An error where a listed person is
    likely, else a warning. Order: by file. Raises nothing.
    """
    listed = {person.name for person in review.people}
    rows: dict[str, list[Entry]] = defaultdict(list)
    for entry in review.entries:
        named = {*entry.people, *entry.about}
        if entry.indicators and named and listed.isdisjoint(entry.about or entry.people):
            rows[entry.place.file].append(entry)
    if not rows:
        return ()
    verdicts = Verdicts(review, judgements)
    apart = {
        verdicts.roll.key(name) for each in verdicts.of.values() if each.verdict == "different" for name in each.names
    }
    likely: dict[str, Suggestion] = {}
    for each in suggestions(review, judgements):
        if each.listed and each.score >= LIKELY:
            likely.setdefault(verdicts.roll.key(each.words), each)
    found = []
    for file, entries in sorted(rows.items()):
        still = [entry for entry in entries if not all(verdicts.roll.key(n) in apart for n in _names(entry))]
        if still:
            found.append(_problem(file, still, {n: likely.get(verdicts.roll.key(n)) for e in still for n in _names(e)}))
    return tuple(found)


def _names(entry: Entry) -> tuple[str, ...]:
    return entry.about or entry.people


def _problem(file: str, entries: Sequence[Entry], likely: Mapping[str, Suggestion | None]) -> Problem:
    number = len(entries)
    persons = list(dict.fromkeys(each.person for each in likely.values() if each is not None))
    perhaps = f", perhaps {' or '.join(persons[:NAMED])}" if persons else ""
    names = list(dict.fromkeys(f'"{name}"' for entry in entries for name in _names(entry)))
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    places = ", ".join(str(entry.place.row) for entry in entries[:NAMED])
    others = f" and {number - NAMED} more" if number > NAMED else ""
    return Problem(
        Place(file, entries[0].place.sheet, entries[0].place.row, "People"),
        "error" if persons else "warning",
        f"{number} coded row{'s' if number > 1 else ''} concern{'' if number > 1 else 's'} nobody listed{perhaps}",
        f"{'they name' if number > 1 else 'it names'} {', '.join(names[:NAMED])}{more}, which review.toml does not list "
        f"(row{'s' if number > 1 else ''} {places}{others})",
        "What they record is kept, and counts for no subject: no finding rests on it.",
        f"Judge the names with kg link{', or' if persons else '; or'} add them as aliases in review.toml.",
    )
