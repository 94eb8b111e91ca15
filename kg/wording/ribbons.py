"""How far one kind of information travelled, in one sentence over its ribbons."""

from __future__ import annotations

from kg.base.grammar import count
from kg.findings.ribbons import Ribbons
from kg.findings.study import Study
from kg.wording.labels import label


def ribbons_title(gaps: Study, each: Ribbons) -> str:
    """The kind of information, as the vocabulary calls it: "Poor home conditions"."""
    return label(gaps, "indicator", each.indicator)


def first_recorded(gaps: Study, each: Ribbons) -> str:
    """When and by whom it was first recorded: "first recorded 17 June 1999 by Family and Community"."""
    entry = gaps.review.entries[each.first]
    return f"first recorded {entry.known.plain()} by {entry.agency}"


def went_without(agencies: int, times: int, more: int) -> str:
    """How often agencies met or decided without it: surely so many, and possibly ``more`` times.

    "8 agencies then met or decided 32 times with no record of it"; accounts of one event count once.
    """
    if not times and not more:
        return "no contact without it was found"
    who = count(agencies, "agency", "agencies")
    if not times:
        return f"{who} possibly met or decided {_often(more)} with no record of it"
    possibly = f", possibly {_often(more)} more" if more else ""
    return f"{who} then met or decided {_often(times)} with no record of it{possibly}"


def _often(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def ribbons_headline(gaps: Study, each: Ribbons) -> str:
    """The sentence over the ribbons of one kind of information.

    "Poor home conditions: first recorded 17 June 1999 by Family and Community; 7 agencies then met or decided 22 times with
    no record of it, possibly 8 more". It says nothing of whose fault that was.
    """
    agencies, surely = each.times(gaps, surely=True)
    among, times = each.times(gaps, surely=False)
    without = went_without(agencies or among, surely, times - surely)
    return f"{ribbons_title(gaps, each)}: {first_recorded(gaps, each)}; {without}"
