"""Entries in order, one entry in full, and what was held on a day, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.base.grammar import listed
from kg.findings.study import Study
from kg.knowledge.as_of import Known
from kg.model.record import Entry
from kg.reports.lines import Line, flow
from kg.wording.labels import label


def entry_report(entry: Entry) -> Iterator[Line]:
    """An entry word for word, with where it stands."""
    yield "", ""
    yield "grave", f"  {entry.name}, {entry.when.plain()}"
    yield "quiet", f"  {entry.place}"
    for column, words in entry.cells.items():
        if words.strip() and column != "ref":
            for at, paragraph in enumerate(words.splitlines() or [""]):
                for line in flow(paragraph if at else f"{column}: {paragraph}", 4, 2):
                    yield "", line
    if entry.accepted:
        yield from (("quiet", line) for line in flow(f"Read by the reviewer: {', '.join(entry.accepted)}", 4, 2))
    elif entry.passed:
        yield "quiet", "    Read by the reviewer."


def chronology_report(entries: Iterable[tuple[Entry, Sequence[Entry]]], gaps: Study) -> Iterator[Line]:
    """One order over all agencies, each entry with its date as read and the rows linked to it."""
    for entry, linked in entries:
        kind = label(gaps, "contact", entry.contact) if entry.contact else "kind not stated"
        seen = {"yes": " · seen", "no": " · not seen", "alone": " · seen alone", "names": " · seen"}.get(entry.seen, "")
        yield from (("grave", line) for line in flow(f"{entry.when.plain()}  {entry.agency} ({entry.ref})", 0, 4))
        yield "quiet", f"    {kind}{seen}"
        for line in flow(" ".join(entry.narrative.split()), 4):
            yield "", line
        if entry.said:
            for line in flow(f"Said: {' '.join(entry.said.split())}", 4):
                yield "", line
        for word, names in (("told", entry.shared_with), ("heard from", entry.received_from)):
            if names:
                yield from (("quiet", line) for line in flow(f"{word} {listed(names)}", 4, 2))
        if linked:
            same = f"the same event: {listed([other.name for other in linked])}"
            yield from (("quiet", line) for line in flow(same, 4, 2))


def knew_report(gaps: Study, on: str, known: Iterable[Known]) -> Iterator[Line]:
    """Who held what at the end of a day, agency by agency."""
    yield "title", f"{gaps.review.title}: held at the end of {on}"
    agency = ""
    several = len(gaps.review.subjects) > 1
    said: set[str] = set()
    for each in known:
        if each.agency != agency:
            agency, said = each.agency, set()
            yield "grave", f"  {agency}"
        about = f" ({each.person})" if each.person != each.subject else (f" ({each.subject})" if several else "")
        path = " → ".join(gaps.review.entries[row].name for row in each.path)
        sure = "" if each.certainty == "sure" else "possibly "
        text = f"{sure}{label(gaps, 'indicator', each.indicator).lower()}{about}, {each.since.known.plain()}: {path}"
        if text in said:  # what bears on several subjects is held once
            continue
        said.add(text)
        for line in flow(text, 4, 2):
            yield "", line
    if not agency:
        yield "", "  No agency has any record that is coded and dated by then."
