"""Reports for people: plain text, at most 100 columns, the gravest first and about forty lines.

Lines are yielded as (style, text); the command line colours them on a terminal and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from kg.asof import Known
from kg.chronology import Coverage, NotSeen, Sightings
from kg.differ import Differing
from kg.gaps import Finding, Gaps
from kg.missed import MissedShare
from kg.model import Entry, Judgement, Note, Problem, Review
from kg.opportunities import Opportunity, lead
from kg.pooled import Pooled
from kg.receipts import OneSided
from kg.rule_words import OUTCOMES, answered, asks_for, limit_arithmetic, otherwise_rule, rule_line
from kg.when import say_day
from kg.wording import because, title
from kg.words import count, label, listed

WIDTH = 100
"""Columns of a report."""

NAME = 31
"""Columns of an agency's name in a table; a longer one is cut."""

THIN = 10
"""Contacts below which a record is said to be thin."""


Line = tuple[str, str]
"""A line of a report: its style ("", "title", "grave", "quiet") and its text."""


def flow(text: str, indent: int = 0, hang: int = 0, width: int = WIDTH) -> Iterator[str]:
    """A paragraph folded at the width of the report. ``hang`` indents all lines but the first further."""
    yield from wrap(
        text,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


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
    unstated = sum(each.kind_not_stated for each in coverage)
    if unstated:
        said.append(f"{unstated} without a kind of contact")
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


def explain_report(gaps: Gaps, finding: Finding) -> Iterator[Line]:
    """What ``kg explain`` prints: the finding, its sentences, and its entries word for word."""
    yield from (("title", line) for line in flow(f"{title(gaps, finding)}  [{finding.id}]"))
    yield "quiet", f"{finding.kind} · {finding.certainty}"
    yield "", ""
    for sentence in because(gaps, finding):
        for line in flow(sentence, 2, 2):
            yield "", line
    if isinstance(finding.detail, Opportunity):
        yield from _rules_report(gaps, finding.detail)
    yield "", ""
    yield "title", "What would have made it otherwise"
    for sentence in otherwise(gaps, finding):
        for line in flow(sentence, 2, 2):
            yield "", line
    yield "", ""
    yield "title", "The entries, as written"
    for row in rows_of(finding):
        yield from entry_report(gaps.review.entries[row])


def _rules_report(gaps: Gaps, each: Opportunity) -> Iterator[Line]:
    """Every rule that applied, with its outcome, its limit day by day, and what was looked for."""
    yield "", ""
    yield "title", "Every rule that applied that day"
    for outcome in each.outcomes:
        yield "grave", f"  {outcome.duty.id}: {OUTCOMES[outcome.outcome]} ({outcome.strength})"
        for sentence in (rule_line(gaps, outcome.duty), *limit_arithmetic(gaps, outcome)):
            for line in flow(sentence, 4, 2):
                yield "", line
        found = f"Found: {gaps.review.entries[outcome.answer].name}." if outcome.answer is not None else ""
        looked = (
            f"Looked for: {asks_for(gaps, outcome.duty)}, of {outcome.opening.subject}. {found or 'Nothing found.'}"
        )
        for line in flow(looked, 4, 2):
            yield "quiet", line


def otherwise(gaps: Gaps, finding: Finding) -> Iterator[str]:
    """What record would have kept a finding from being made."""
    detail = finding.detail
    if isinstance(detail, Opportunity):
        yield from otherwise_rule(gaps, lead(detail))
        return
    if isinstance(detail, Differing):
        yield "Rows that say the same, or a word from the agencies on which of them stands."
        return
    if isinstance(detail, Pooled):
        yield "Rows by which one agency held as much, or was told it, by then."
        return
    if isinstance(detail, MissedShare):
        what = label(gaps, "indicator", detail.indicator).lower()
        yield (
            f"A row of {detail.agency} that records receiving it (Received from), or records {what} of the same event, "
            f"dated on or before {gaps.review.entries[detail.contacts[-1]].when.plain()}; or a row of a holder with "
            f"{detail.agency} in Shared with, which would make it at most possible."
        )
    elif isinstance(detail, OneSided):
        heading = "Received from" if detail.kind == "not-received" else "Shared with"
        yield f"A row of {detail.agency} with {detail.other} under {heading}, within {detail.days} days."
    elif isinstance(detail, NotSeen):
        yield f"A contact of any agency in this time that states {detail.subject} was seen."


def rows_of(finding: Finding) -> tuple[int, ...]:
    """The entries a finding names, in the order to read them."""
    detail = finding.detail
    if isinstance(detail, MissedShare):
        rows = [held.row for held in detail.holders]
        rows += [held.knew_subject[0] for held in detail.holders if held.knew_subject]
        rows += [*detail.path, *detail.contacts]
        rows += [held.learnt[0] for held in detail.holders if held.learnt]
        return tuple(dict.fromkeys(rows))
    if isinstance(detail, OneSided):
        return (detail.row,)
    if isinstance(detail, Opportunity):
        shown = [detail.row]
        for outcome in detail.telling:
            shown += [*outcome.opening.held_rows, *outcome.asked]
            shown += [] if outcome.answer is None else [outcome.answer]
        return tuple(dict.fromkeys(shown))
    if isinstance(detail, Differing):
        return detail.rows
    if isinstance(detail, Pooled):
        return tuple(dict.fromkeys(piece.row for piece in detail.pieces))
    return tuple(row for row in (detail.after, detail.until) if row is not None)


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


def replies_report(entries: Iterable[Entry]) -> Iterator[Line]:
    """What an agency answered to a question about a finding."""
    for entry in entries:
        yield "", ""
        yield from (("", line) for line in flow(answered(entry), 2, 2))


def judged_report(judgements: Iterable[Judgement]) -> Iterator[Line]:
    """What the reviewer decided of a finding, in the order decided; the last stands."""
    for judgement in judgements:
        yield "", ""
        text = f"{judgement.verdict.capitalize()} by {judgement.by} on {say_day(judgement.on)}: {judgement.why}"
        yield from (("grave", line) for line in flow(text, 2, 2))


def notes_report(notes: Iterable[Note]) -> Iterator[Line]:
    """The reviewer's own notes on an entry: kept apart from the record, never read by a rule."""
    for note in notes:
        yield "", ""
        day = f" on {say_day(note.on)}" if note.on else ""
        text = f"Note by {note.by}{day}: {note.note}"
        yield from (("quiet", line) for line in flow(text, 2, 2))


def chronology_report(entries: Iterable[tuple[Entry, Sequence[Entry]]], gaps: Gaps) -> Iterator[Line]:
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


def knew_report(gaps: Gaps, on: str, known: Iterable[Known]) -> Iterator[Line]:
    """Who held what at the end of a day, agency by agency."""
    yield "title", f"{gaps.review.title}: held at the end of {on}"
    agency = ""
    several = len(gaps.review.subjects) > 1
    for each in known:
        if each.agency != agency:
            agency = each.agency
            yield "grave", f"  {agency}"
        about = f" ({each.person})" if each.person != each.subject else (f" ({each.subject})" if several else "")
        path = " → ".join(gaps.review.entries[row].name for row in each.path)
        sure = "" if each.certainty == "sure" else "possibly "
        text = f"{sure}{label(gaps, 'indicator', each.indicator).lower()}{about}, {each.since.known.plain()}: {path}"
        for line in flow(text, 4, 2):
            yield "", line
    if not agency:
        yield "", "  No agency has any record that is coded and dated by then."


def coverage_table(gaps: Gaps) -> Iterator[Line]:
    """What each return covers, a line an agency."""
    yield "title", gaps.review.title
    width = min(NAME, max((len(each.agency) for each in gaps.coverage), default=10))
    yield "quiet", f"  {'':{width}}  rows coded doubtful undated contacts seen alone not-seen unstated"
    for each in gaps.coverage:
        seen = each.sightings
        if each.has_return:
            yield (
                "",
                f"  {_cut(each.agency, width):{width}}  {each.rows:4} {each.coded:5} {each.doubtful:8} {each.undated:7} "
                f"{seen.contacts:8} {seen.seen:4} {seen.alone:5} {seen.not_seen:8} {seen.not_stated:8}",
            )
        else:
            yield "", f"  {_cut(each.agency, width):{width}}  no return: its silence says nothing"


def problem_report(problem: Problem) -> Iterator[Line]:
    """A problem in its five parts, folded: the place first, then what was written and why it cannot be, and the rest."""
    for line in str(problem).splitlines():
        inner = line.startswith(" ")
        for folded in flow(line.strip(), 2 if inner else 0, 2):
            yield ("" if inner else "grave"), folded


def _cut(name: str, width: int) -> str:
    return name if len(name) <= width else name[: width - 1] + "…"


def dates_report(review: Review) -> Iterator[Line]:
    """Every date as written beside as read, in the order of the returns."""
    for entry in review.entries:
        words = entry.when.words or "(blank)"
        mark = f"  [{entry.when.hedge}]" if entry.when.hedge not in ("", "none") else ""
        yield from (("", line) for line in flow(f"{entry.name}: {words} → {entry.when.plain()}{mark}", 0, 4))
