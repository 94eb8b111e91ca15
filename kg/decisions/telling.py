"""What accepting a suggested code would change: which rule it can open at its row, which opportunity it can answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kg.coding.proposals import wording
from kg.coding.suggestion import Suggestion
from kg.dates.when import END
from kg.duties.rules import Rules, editions_for
from kg.findings.opportunity import Opportunity
from kg.findings.study import Study
from kg.model.record import Entry
from kg.terms.lexicon import CLASSES
from kg.terms.reader import Duty

_TRIGGERS = ("indicators", "contact", "responses")
_ACTS = ("responses", "contact")


@dataclass(frozen=True, slots=True)
class Change:
    """What one suggestion would change: the rules it can open for its agency on that day, and the findings it can end."""

    opens: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    @property
    def telling(self) -> bool:
        """Whether it changes any finding that can be foreseen."""
        return bool(self.opens or self.ends)


class Telling:
    """Looks up, for one review as it stands, what a suggestion would change."""

    def __init__(self, gaps: Study) -> None:
        self._gaps, self._rules = gaps, Rules(gaps.review, gaps.terms)
        self._entries = {entry.name: entry for entry in gaps.review.entries}
        self._missed: dict[str, list[tuple[str, Entry, Duty, int]]] = defaultdict(list)
        for finding, detail in gaps.of(Opportunity, "missed-opportunity", dismissed=False):
            entry = gaps.review.entries[detail.row]
            for outcome in detail.telling:
                due = END if outcome.due is None else outcome.due
                self._missed[entry.agency].append((finding.id, entry, outcome.duty, due))

    def change(self, each: Suggestion) -> Change:
        """What accepting a suggestion would change, as far as can be foreseen. One heard as not so changes nothing."""
        if not each.present:
            return Change()
        entry = self._entries[each.entry]
        return Change(self._opens(each, entry), self._ends(each, entry))

    def _opens(self, each: Suggestion, entry: Entry) -> tuple[str, ...]:
        if each.field not in _TRIGGERS or entry.known.undated:
            return ()
        if entry.known.earliest >= self._gaps.review.incident.earliest:
            return ()
        kind = self._gaps.review.agency(entry.agency).type
        found = []
        for rule in self._rules.all:
            editions, _ = editions_for(rule, entry.known)
            if any(self._rules.binds(duty, kind) and each.value in self._rules.triggers(duty) for duty in editions):
                found.append(rule.family)
        return tuple(found)

    def _ends(self, each: Suggestion, entry: Entry) -> tuple[str, ...]:
        if each.field not in (*_ACTS, "shared_with"):
            return ()
        found = []
        for id, opened, duty, due in self._missed.get(entry.agency, ()):
            in_time = opened.name == entry.name or (
                entry.known.latest >= opened.known.earliest and entry.known.earliest <= due
            )
            if in_time and (each.field == "shared_with" or each.value in self._rules.answers(duty)):
                found.append(id)
        return tuple(dict.fromkeys(found))


def in_turn(
    waiting: Iterable[Suggestion], telling: Telling, coded: Collection[str] = frozenset()
) -> list[tuple[Suggestion, ...]]:
    """What waits, in groups of one code on one wording, the most telling group first.

    First what can open a rule in force for its agency or end a miss, by the number of rows; then indicators, responses
    and the rest; surer words before less sure; last what changes no finding and stands in rows ``coded`` by their agency.
    What is heard as not so, or only says a lasting thing again, is not asked.
    """
    groups: dict[tuple[str, str, str], list[Suggestion]] = defaultdict(list)
    for each in waiting:
        if each.present and not each.repeats:
            groups[wording(each)].append(each)
    weight = {key: sum(telling.change(each).telling for each in some) for key, some in groups.items()}
    of_code: dict[tuple[str, str], int] = defaultdict(int)
    for key, number in weight.items():
        of_code[key[:2]] += number
    order = ("indicators", "responses", "shared_with", "received_from", "contact", "seen", "said")
    return [
        tuple(groups[key])
        for key in sorted(
            groups,
            key=lambda key: (
                not weight[key],
                not weight[key] and all(each.entry in coded for each in groups[key]),
                order.index(key[0]),
                -of_code[key[:2]],
                key[1],
                min(CLASSES.index(each.strength) for each in groups[key]),
                -len(groups[key]),
                key[2],
            ),
        )
    ]


def unsuggested(gaps: Study, waiting: Sequence[Suggestion]) -> list[Entry]:
    """The rows that nobody has read and of which nothing waits, in the order of time: to be read, mostly for nothing."""
    from kg.chronology.coverage import is_read
    from kg.chronology.order import in_order

    asked = {each.entry for each in waiting if each.present and not each.repeats}
    entries = (gaps.review.entries[row] for row in in_order(gaps.review))
    return [entry for entry in entries if not is_read(entry) and entry.name not in asked]
