"""Commands that ask a review: chronology, find-gaps, who-knew and explain."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.commands.output import FILE, file_to_write
from kg.commands.shared import (
    agency_named,
    each_review,
    entry_named,
    format_option,
    kind_named,
    moment,
    person_named,
    progress,
    reading_option,
    review_argument,
    reviews_argument,
    say,
    show,
    show_json,
    show_table,
    suggested_option,
)
from kg.folder import study


@click.command()
@review_argument
@click.option("--agency", "agencies", multiple=True, help="Only this agency (may be repeated).")
@click.option("--person", "people", multiple=True, help="Only entries that name this person.")
@click.option("--kind", "kinds", multiple=True, help="Only this kind of contact, indicator or response (a notation).")
@click.option("--since", help="Only entries possibly on or after this date, day first.")
@click.option("--until", help="Only entries possibly on or before this date, day first.")
@click.option("--text", default="", help="Only entries with these words anywhere.")
@click.option(
    "-o",
    "--output",
    type=FILE,
    help="Write an Excel working copy to this file (.xlsx), to filter, print and note in. Never written over.",
)
@format_option("json", "csv", "markdown")
def chronology(
    review: Path,
    agencies: tuple[str, ...],
    people: tuple[str, ...],
    kinds: tuple[str, ...],
    since: str | None,
    until: str | None,
    text: str,
    output: Path | None,
    form: str,
) -> None:
    """All agencies' entries in one order, with the rows that are accounts of one event.

    \b
    Examples:
      kg chronology my-review
      kg chronology my-review --agency "Riverside Hospital" --since 01/07/1999
      kg chronology my-review --kind bruising --format csv
      kg chronology my-review -o working-copy.xlsx
    """
    from kg.chronology.order import in_order
    from kg.chronology.selection import Selection
    from kg.dates.when import BEGINNING, END
    from kg.reports.chronology import chronology_report
    from kg.reports.contract import entry_json

    if output is not None:
        file_to_write(output, [".xlsx"], new="notes", otherwise="(The working copy is an Excel workbook.)")
    gaps, _ = study(review, "recorded")
    wanted = Selection(
        frozenset(agency_named(gaps, name) for name in agencies),
        frozenset(person_named(gaps, name) for name in people),
        frozenset(kind_named(gaps, name) for name in kinds),
        moment(gaps, since, last=False) if since else BEGINNING,
        moment(gaps, until, last=True) if until else END,
        text,
    )
    entries = gaps.review.entries
    rows = [row for row in in_order(gaps.review) if wanted.keeps(entries[row])]
    if output is not None:
        from kg.commands.office import write_working_copy

        write_working_copy(gaps, rows, review, output)
        return
    linked = {row: [entries[other] for other in gaps.links.event[row] if other != row] for row in rows}
    if form == "text":
        show(chronology_report(((entries[row], linked[row]) for row in rows), gaps))
        say(f"{len(rows)} of {len(entries)} entries", err=True)
    elif form == "json":
        show_json([{**entry_json(entries[row]), "linked": [other.name for other in linked[row]]} for row in rows])
    else:
        columns = ["entry", "date", "as written", "agency", "contact", "what happened", "seen", "said", "indicators",
                   "response", "shared with", "received from", "linked"]  # fmt: skip
        table = (
            {
                "entry": e.name, "date": e.when.plain(), "as written": e.when.words, "agency": e.agency,
                "contact": e.contact, "what happened": e.narrative, "seen": e.cells.get("seen", ""), "said": e.said,
                "indicators": "; ".join(e.indicators), "response": "; ".join(e.responses),
                "shared with": "; ".join(e.shared_with), "received from": "; ".join(e.received_from),
                "linked": "; ".join(other.name for other in linked[row]),
            }
            for row, e in ((row, entries[row]) for row in rows)
        )  # fmt: skip
        show_table(form, columns, table)


@click.command("find-gaps")
@reviews_argument
@reading_option
@click.option("--kind", "kinds", multiple=True, help="Only this kind of finding, as missed-share (may be repeated).")
@click.option("--agency", "agencies", multiple=True, help="Only findings that this agency is part of.")
@click.option("--person", "people", multiple=True, help="Only findings about this person.")
@click.option("--since", help="Only findings whose entries possibly lie on or after this date, day first.")
@click.option("--until", help="Only findings whose entries possibly lie on or before this date, day first.")
@click.option("--certainty", type=click.Choice(["sure", "possible"]), help="Only findings so certain.")
@click.option("--strength", type=click.Choice(["firm", "expected", "prompt"]), help="Only opportunities so strong.")
@click.option(
    "--grade", type=click.Choice(["novel", "more"]), help="Only information that did not arrive, of this grade."
)
@click.option("--all", "everything", is_flag=True, help="Every finding, not only those a reviewer needs first.")
@click.option(
    "--by",
    type=click.Choice(["episode", "kind"]),
    default="episode",
    show_default=True,
    help="Told by episodes on one page, or in lists by kind (as with --all, or any choice of findings).",
)
@suggested_option
@click.option(
    "--fail-on",
    type=click.Choice(["never", "problems", "sure", "any"]),
    default="never",
    show_default=True,
    help="End with exit code 1 if there are problems, sure findings, or any finding.",
)
@format_option("json", "csv", "markdown")
def find_gaps_command(
    reviews: tuple[Path, ...],
    reading: str,
    kinds: tuple[str, ...],
    agencies: tuple[str, ...],
    people: tuple[str, ...],
    since: str | None,
    until: str | None,
    certainty: str | None,
    strength: str | None,
    grade: str | None,
    everything: bool,
    by: str,
    suggested: bool,
    fail_on: str,
    form: str,
) -> None:
    """What never arrived, which opportunities have no response recorded, and how often they came again.

    \b
    Examples:
      kg find-gaps my-review
      kg find-gaps my-review --by kind
      kg find-gaps my-review --all
      kg find-gaps my-review --kind missed-opportunity --strength expected
      kg find-gaps my-review --agency "Riverside Hospital" --since 01/07/1999
      kg find-gaps reviews/* --format json
    """
    from kg.dates.when import BEGINNING, END
    from kg.findings.choice import Wanted
    from kg.findings.episodes import episodes
    from kg.findings.kinds import kinds as known_kinds
    from kg.reports.contract import FLAT, flat, gaps_json
    from kg.reports.first_page import first_page
    from kg.reports.gaps import gaps_report

    known = [kind.notation for kind in known_kinds()]
    for kind in kinds:
        if kind not in known:
            raise click.UsageError(f'"{kind}" is no kind of finding: it is one of {", ".join(known)}.')
    failed = False
    whole = not (kinds or agencies or people or since or until or certainty or strength or grade or suggested)
    if form == "json" and whole and len(reviews) > 1:
        many(reviews, reading, fail_on)
        return
    for at, folder in enumerate(each_review(reviews)):
        gaps, problems = study(folder, reading, suggested=suggested)
        wanted = Wanted(
            frozenset(kinds),
            frozenset(agency_named(gaps, name) for name in agencies),
            frozenset(person_named(gaps, name) for name in people),
            moment(gaps, since, last=False) if since else BEGINNING,
            moment(gaps, until, last=True) if until else END,
            certainty or "",
            strength or "",
            grade or "",
        )
        findings = [finding for finding in gaps.findings if wanted.keeps(gaps, finding)]
        if form == "text":
            if at:
                say()
            if by == "episode" and not everything and wanted == Wanted():
                show(first_page(gaps, episodes(gaps), problems))
            else:
                show(gaps_report(gaps, findings, problems, everything=everything or wanted != Wanted()))
        elif form == "json":
            show_json(gaps_json(gaps, findings, problems), line=len(reviews) > 1)
        else:
            show_table(form, FLAT, flat(gaps, findings))
        failed |= fail_on == "problems" and any(problem.severity != "note" for problem in problems)
        failed |= fail_on == "any" and bool(findings)
        failed |= fail_on == "sure" and any(finding.certainty == "sure" for finding in findings)
    if failed:
        sys.exit(1)


def many(reviews: tuple[Path, ...], reading: str, fail_on: str) -> None:
    """Several reviews, a line of JSON each, worked on side by side."""
    from kg.many.each import study_each

    failed = False
    with progress(len(reviews)) as step:
        for studied in study_each(reviews, reading):
            click.echo(studied.text)
            step(1)
            failed |= bool({"problems": studied.problems, "sure": studied.sure, "any": studied.findings}.get(fail_on))
    if failed:
        sys.exit(1)


@click.command("who-knew")
@review_argument
@click.option("--on", required=True, help="The day, day first (06/08/1999) or ISO (1999-08-06).")
@click.option("--agency", help="Only this agency.")
@click.option("--entry", "ref", help="Who held what this entry records, and since when.")
@reading_option
@format_option("json", "csv", "markdown")
def who_knew_command(review: Path, on: str, agency: str | None, ref: str | None, reading: str, form: str) -> None:
    """What each agency held at the end of a day, surely or possibly, and how it came to know it.

    \b
    Examples:
      kg who-knew my-review --on 06/08/1999
      kg who-knew my-review --on 06/08/1999 --agency "Riverside Hospital"
      kg who-knew my-review --on 06/08/1999 --entry "Riverside Hospital/RH-002"
    """
    from kg.dates.when import day_of, say_day
    from kg.knowledge.as_of import who_knew
    from kg.reports.chronology import knew_report
    from kg.reports.contract import who_knew_json

    gaps, _ = study(review, reading)
    until = moment(gaps, on, last=True)
    row = entry_named(gaps, ref) if ref else None
    known = list(who_knew(gaps.knowledge, until, origin=row))
    if agency:
        name = agency_named(gaps, agency)
        known = [each for each in known if each.agency == name]
    if form == "text":
        show(knew_report(gaps, say_day(day_of(until)), known))
    elif form == "json":
        show_json(who_knew_json(gaps, day_of(until).isoformat(), known))
    else:
        names = gaps.review.entries
        columns = [
            "agency",
            "subject",
            "person",
            "indicator",
            "certainty",
            "since",
            "surely_from",
            "possibly_from",
            "path",
        ]
        table = (
            {
                "agency": k.agency, "subject": k.subject, "person": k.person, "indicator": k.indicator,
                "certainty": k.certainty, "since": k.since.known.plain(),
                "surely_from": k.surely_from, "possibly_from": k.possibly_from,
                "path": " > ".join(names[r].name for r in k.path),
            }
            for k in known
        )  # fmt: skip
        show_table(form, columns, table)


@click.command()
@review_argument
@click.argument("id")
@reading_option
@format_option("json")
def explain(review: Path, id: str, reading: str, form: str) -> None:
    """One finding or entry in full: its entries word for word, its rule, and what would have made it otherwise.

    \b
    Examples:
      kg explain my-review share-1a2b3c4d5e
      kg explain my-review "Riverside Hospital/RH-002"
    """
    from kg.decisions.notes import notes_by_entry
    from kg.duties.replies import answered_questions
    from kg.reports.chronology import entry_report
    from kg.reports.contract import entry_json, finding_json
    from kg.reports.decided import judged_report, notes_report, replies_report
    from kg.reports.finding import explain_report, rows_of

    gaps, _ = study(review, reading)
    entries = gaps.review.entries
    replies = answered_questions(gaps.review).get(id, [])
    finding = next((finding for finding in gaps.findings if finding.id == id), None)
    if finding is not None:
        if form == "json":
            rows = dict.fromkeys((*rows_of(finding), *replies))
            show_json({**finding_json(gaps, finding), "entries": [entry_json(entries[row]) for row in rows]})
        else:
            show(explain_report(gaps, finding))
            show(replies_report(entries[row] for row in replies if row not in rows_of(finding)))
            show(judged_report(each for each in gaps.review.judgements if each.id == id))
        return
    row = entry_named(gaps, id, what="finding or entry")
    if form == "json":
        show_json(entry_json(entries[row]))
    else:
        show(entry_report(entries[row]))
        show(notes_report(notes_by_entry(gaps.review, gaps.review.notes).get(row, ())))
