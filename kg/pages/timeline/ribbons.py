"""The ribbons of a review as the page and the sheets draw them: moments in minutes, rows as the page numbers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.base.tables import Json
from kg.findings.ribbons import Band, Ribbons, by_then, ribbons
from kg.findings.study import Study
from kg.wording.ribbons import band_words, first_recorded, ribbons_headline, ribbons_title


def ribbons_json(
    gaps: Study, kinds: Sequence[tuple[str, str]], place: Mapping[int, int], *, until: int | None = None
) -> list[Json]:
    """Every kind of information with its ribbons, in the order in which they are read.

    ``kinds`` are (subject, indicator) as the page numbers them; ``place`` numbers the rows as the page does. ``until`` leaves
    out what came after a moment (minutes).
    """
    number = {kind: at for at, kind in enumerate(kinds)}
    agencies = {agency.name: at for at, agency in enumerate(gaps.review.agencies)}
    all_ = ribbons(gaps)
    shown = all_ if until is None else by_then(gaps, all_, until)
    whole = until is None
    return [_ribbons(gaps, each, (number, agencies, place), whole=whole) for each in shown]


def _ribbons(
    gaps: Study,
    each: Ribbons,
    numbers: tuple[Mapping[tuple[str, str], int], Mapping[str, int], Mapping[int, int]],
    *,
    whole: bool,
) -> Json:
    number, agencies, place = numbers
    return {
        "kind": number.get((each.subject, each.indicator), -1),
        "subject": each.subject,
        "title": ribbons_title(gaps, each),
        "headline": ribbons_headline(gaps, each),
        "first": first_recorded(gaps, each),
        "row": place[each.first],
        "gravity": each.gravity,
        "unread": [agencies[name] for name in each.unread],
        "bands": [
            {**_band(gaps, band, agencies, place), "words": band_words(gaps, each, band, whole=whole)}
            for band in each.bands
        ],
    }


def _band(gaps: Study, band: Band, agencies: Mapping[str, int], place: Mapping[int, int]) -> Json:
    return {
        "agency": agencies[band.agency],
        "fact": band.fact,
        "held": [band.possibly, band.surely],
        "empty": None if band.empty is None else [band.empty, band.surely_empty, band.until],
        # The contact, the event it is an account of, and since when it possibly and surely went without.
        "without": [
            [place[each.row], place[gaps.links.event[each.row][0]], each.possibly, each.surely] for each in band.without
        ],
        "silent": int(band.silent),
    }
