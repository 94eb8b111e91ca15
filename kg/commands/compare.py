"""Commands that set reviews beside something else: a published report, an earlier state, other reviews."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.shared import (
    FOLDER,
    each_review,
    format_option,
    reading_option,
    review_argument,
    reviews_argument,
    say,
    show,
    show_json,
    show_table,
)
from kg.folder import study

if TYPE_CHECKING:
    from kg.terms.reader import Terms


@click.command("compare")
@review_argument
@click.option("--kind", "kinds", multiple=True, help="Only this kind of published finding (may be repeated).")
@click.option(
    "--all", "everything", is_flag=True, help="Every pair and every finding of one side, and the map's reasons."
)
@reading_option
@format_option("json", "csv", "markdown")
def compare_command(review: Path, kinds: tuple[str, ...], everything: bool, reading: str, form: str) -> None:
    """Our findings beside those of a published report (findings.csv), and what chance alone would give.

    \b
    Examples:
      kg compare my-review
      kg compare my-review --kind missed-opportunity
      kg compare my-review --format json
    """
    from kg.compare.published import compare
    from kg.compare.strict import strict
    from kg.reports import strictly
    from kg.reports.comparison import COLUMNS, compare_json, compare_report, compare_rows, figures
    from kg.terms.reader import load as load_terms

    terms = load_terms()
    wanted = [_published_kind(terms, words) for words in kinds]
    gaps, _ = study(review, reading)
    if not gaps.review.published:
        raise click.UsageError(
            f"{review / 'findings.csv'} has no published finding, so there is nothing to compare with. Write there what the "
            "report concluded, a row each, under the headings Id, Date, Agency, Kind, Finding, Source."
        )
    comparison = compare(gaps, gaps.review.published, wanted)
    noted = {each.id for each in gaps.review.published if not wanted or each.kind in wanted}
    found = strict(gaps, [each for each in gaps.review.pairs if each.id in noted]) if gaps.review.pairs else None
    if form == "text":
        show([("title", gaps.review.title), *strictly.strict_report(gaps, found, everything=everything)])
        say()
        show(compare_report(gaps, comparison, everything=everything))
    elif form == "json":
        show_json({**compare_json(gaps, comparison), "strict": strictly.strict_json(found)})
    else:
        if form == "markdown":
            show_table(form, ["figure", ""], ({"figure": name, "": words} for name, words in figures(comparison)))
            say()
            if found is not None:
                show_table(form, strictly.COLUMNS, strictly.strict_rows(gaps, found))
                say()
        show_table(form, COLUMNS, compare_rows(gaps, comparison))


def _published_kind(terms: Terms, words: str) -> str:
    notation = terms.match("finding-kind", words)
    if notation is None:
        near = terms.suggest("finding-kind", words)
        known = ", ".join(concept.notation for concept in terms.schemes["finding-kind"].concepts)
        hint = f" Did you mean {near}?" if near else f" The kinds are {known}."
        raise click.UsageError(f'"{words}" is no kind of published finding.{hint}')
    return notation


@click.command("diff")
@click.argument("before", type=FOLDER, metavar="EARLIER")
@click.argument("after", type=FOLDER, metavar="LATER")
@click.option("--all", "everything", is_flag=True, help="Every difference, not only the first few of each sort.")
@click.option(
    "--fail-on",
    type=click.Choice(["never", "any"]),
    default="never",
    show_default=True,
    help="End with exit code 1 if any finding differs.",
)
@reading_option
@format_option("json", "csv", "markdown")
def diff_command(before: Path, after: Path, everything: bool, fail_on: str, reading: str, form: str) -> None:
    """What changed between two states of a review: findings that came, went or changed, and why.

    \b
    Examples:
      kg diff my-review-in-may my-review
      kg diff my-review-in-may my-review --format json
    """
    from kg.compare.states import diff
    from kg.reports.states import COLUMNS, diff_json, diff_report, diff_rows

    (a, _), (b, _) = study(before, reading), study(after, reading)
    found = diff(a, b)
    if form == "text":
        show(diff_report(a, b, found, everything=everything))
    elif form == "json":
        show_json(diff_json(a, b, found))
    else:
        show_table(form, COLUMNS, diff_rows(a, b, found))
    if fail_on == "any" and not found.same:
        sys.exit(1)


@click.command("counts")
@reviews_argument
@reading_option
@format_option("json", "csv", "markdown")
def counts_command(reviews: tuple[Path, ...], reading: str, form: str) -> None:
    """The table a panel asks for first, a row for each review: entries, contacts, seen, findings.

    \b
    Examples:
      kg counts my-review
      kg counts reviews/* --format csv
    """
    from dataclasses import asdict

    from kg.findings.counts import COLUMNS, counts, counts_json, total
    from kg.reports.counts import counts_report

    rows = [counts(study(folder, reading)[0]) for folder in each_review(reviews)]
    if form == "text":
        show(counts_report(rows))
    elif form == "json":
        show_json(counts_json(rows))
    else:
        table = [asdict(each) for each in rows] + ([total(rows)] if len(rows) > 1 else [])
        show_table(form, COLUMNS, ({name: "" if row[name] is None else row[name] for name in COLUMNS} for row in table))
