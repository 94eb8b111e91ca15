"""What could not be read or is doubtful, for people: the report of `kg check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.base.grammar import count, listed
from kg.chronology.coverage import Coverage
from kg.chronology.sightings import Sightings
from kg.findings.study import Study
from kg.model.problem import Problem
from kg.model.review import Review
from kg.reports.lines import NAME, THIN, Line, cut, flow


def coverage_in_brief(coverage: Sequence[Coverage], problems: Sequence[Problem]) -> Iterator[str]:
    """What the findings rest on, in a few lines: rows, coding, doubtful dates, agencies without a return or unread."""
    rows = sum(each.rows for each in coverage)
    coded = sum(each.coded for each in coverage)
    doubtful = sum(each.doubtful for each in coverage)
    undated = sum(each.undated for each in coverage)
    said = [
        f"Rests on {count(rows, 'row')} in {count(sum(each.has_return for each in coverage), 'return')}: "
        f"{coded} coded, {doubtful} of doubtful or wide date, {undated} undated"
    ]
    by_reviewer, suggested = sum(each.by_reviewer for each in coverage), sum(each.suggested for each in coverage)
    if by_reviewer:
        said.append(f"{by_reviewer} more read by the reviewer")
    if suggested:
        said.append(f"{suggested} with codes that words only suggest, counted here as prompts")
    unstated = sum(each.kind_not_stated for each in coverage)
    if unstated:
        said.append(f"{unstated} without a kind of contact")
    drafted = sum(each.machine_drafted for each in coverage)
    if drafted:
        said.append(f"{drafted} drafted by a machine with no check recorded")
    serious = sum(1 for problem in problems if problem.severity != "note")
    if serious:
        said.append(f"{count(serious, 'problem')} in reading (kg check)")
    yield from flow("; ".join(said) + ".")
    seen = sum((each.sightings for each in coverage), Sightings())
    if seen.contacts < THIN or seen.not_stated == seen.contacts:
        said_seen = ", and none says whether anyone was seen" if seen.not_stated == seen.contacts else ""
        yield from flow(
            f"The record is thin: {count(seen.contacts, 'contact')}{said_seen}. Little can be concluded from it."
        )
    without = [each.agency for each in coverage if not each.has_return]
    if without:
        yield from flow(f"No return from {listed(without)}: their silence says nothing.")
    unread = [each.agency for each in coverage if each.unread]
    if unread:
        yield from flow(f"Mostly not coded, so unread rather than blameless: {listed(unread)}.")


def coverage_table(gaps: Study) -> Iterator[Line]:
    """What each return covers, a line an agency."""
    yield "title", gaps.review.title
    width = min(NAME, max((len(each.agency) for each in gaps.coverage), default=10))
    yield "quiet", f"  {'':{width}}  rows coded doubtful undated contacts seen alone not-seen unstated"
    for each in gaps.coverage:
        seen = each.sightings
        if each.has_return:
            yield (
                "",
                f"  {cut(each.agency, width):{width}}  {each.rows:4} {each.coded:5} {each.doubtful:8} {each.undated:7} "
                f"{seen.contacts:8} {seen.seen:4} {seen.alone:5} {seen.not_seen:8} {seen.not_stated:8}",
            )
        else:
            yield "", f"  {cut(each.agency, width):{width}}  no return: its silence says nothing"
    read = [f"{each.agency} {each.by_reviewer}" for each in coverage_read(gaps)]
    if read:
        yield from (("quiet", line) for line in flow(f"Rows not coded and read by the reviewer: {listed(read)}.", 2, 2))


def coverage_read(gaps: Study) -> list[Coverage]:
    """The returns of which the reviewer read rows that their agency had not coded."""
    return [each for each in gaps.coverage if each.by_reviewer]


def problem_report(problem: Problem) -> Iterator[Line]:
    """A problem in its five parts, folded: the place first, then what was written and why it cannot be, and the rest."""
    for line in str(problem).splitlines():
        inner = line.startswith(" ")
        for folded in flow(line.strip(), 2 if inner else 0, 2):
            yield ("" if inner else "grave"), folded


def dates_report(review: Review) -> Iterator[Line]:
    """Every date as written beside as read, in the order of the returns."""
    for entry in review.entries:
        words = entry.when.words or "(blank)"
        mark = f"  [{entry.when.hedge}]" if entry.when.hedge not in ("", "none") else ""
        yield from (("", line) for line in flow(f"{entry.name}: {words} → {entry.when.plain()}{mark}", 0, 4))
