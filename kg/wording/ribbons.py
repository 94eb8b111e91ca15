"""How far one kind of information travelled, in one sentence over its ribbons."""

from __future__ import annotations

from kg.base.grammar import count
from kg.dates.when import day_of, say_day
from kg.findings.ribbons import Band, Ribbons
from kg.findings.study import Study
from kg.wording.labels import label, silence


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


def band_words(gaps: Study, each: Ribbons, band: Band, *, whole: bool = True) -> str:
    """What stands beside one agency's ribbon: "3 contacts without it · held from 4 August 1999".

    ``whole`` false: the record is shown as of a day, on which nobody knows yet what never arrived.
    """
    said = []
    surely = sum(1 for one in band.without if one.surely is not None)
    more = len(band.without) - surely
    if surely:
        said.append(f"{count(surely, 'contact')} without it" + (f", possibly {more} more" if more else ""))
    elif more:
        said.append(f"possibly {count(more, 'contact')} without it")
    if band.possibly is not None:
        sure = band.surely is not None
        since = band.surely if band.surely is not None else band.possibly
        possibly = "" if sure else "possibly "
        if band.agency == each.bands[0].agency:
            said.append(f"{possibly}first to hold it")
        else:
            day = say_day(day_of(since)) if since > 0 else "a day that is not known"
            said.append(f"{possibly}held from {day}")
    elif band.empty is not None:
        said.append("no record it ever arrived" if whole else "no record of it by then")
    note = next((silence(covered) for covered in gaps.coverage if covered.agency == band.agency), "")
    if band.silent and said:
        said.append(note or "mostly unread")
    return " · ".join(said)
