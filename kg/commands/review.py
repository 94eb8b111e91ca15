"""Commands about a whole review or the program itself: a new one, what can be read of it, the example, the ontology."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.output import new_folder
from kg.commands.shared import FOLDER, format_option, review_argument, say, show, show_json, show_table, typed
from kg.folder import study

if TYPE_CHECKING:
    from kg.terms.tables import Terms

MANY = 3000
"""Entries from which a check is said to take a while."""


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--title", default="Untitled review", help="The review's title.")
@click.option(
    "--nation",
    type=click.Choice(["England", "Wales", "Scotland", "Northern Ireland"]),
    default="England",
    show_default=True,
    help="Whose rules and bank holidays count.",
)
@click.option(
    "--kind", type=click.Choice(["child", "adult"]), default="child", show_default=True, help="Of a child or an adult."
)
def new(folder: Path, title: str, nation: str, kind: str) -> None:
    """Make an empty review folder, with a review.toml to fill in.

    \b
    Example:
      kg new my-review --title "Sam" --nation England --kind child
    """
    from loaders.blank import make_blank

    new_folder(folder)
    try:
        written = make_blank(folder, title=title, nation=nation, kind=kind)
    except OSError as wrong:
        raise click.UsageError(f"{folder} could not be made: {wrong.strerror}. Nothing was written.") from None
    say(f"Made {folder}. Next:")
    for path, what in written:
        say(f"  {path}: {what}")
    say(f"  kg check {typed(folder)}")


@click.command()
@review_argument
@click.option(
    "--all", "everything", is_flag=True, help="Every problem by itself, in full; not those of a kind together."
)
@click.option("--dates", is_flag=True, help="Every date as written beside as read.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="End with exit code 1 if there is a problem at least this serious.",
)
@format_option("json", "csv", "markdown")
def check(review: Path, everything: bool, dates: bool, fail_on: str, form: str) -> None:
    """Say what can be read, what cannot, and what each return covers.

    \b
    Examples:
      kg check my-review
      kg check my-review --all
      kg check my-review --dates
    """
    from kg.graph.rdf.shape_check import check_shapes
    from kg.reports.check import dates_report
    from kg.reports.contract import coverage_json, problem_json
    from kg.reports.problems import check_report

    gaps, problems = study(review, "recorded")
    if len(gaps.review.entries) > MANY and sys.stderr.isatty():
        say(
            f"Asking {len(gaps.review.entries)} entries whether they are as they should be; this takes a while.",
            err=True,
        )
    problems = (*problems, *check_shapes(gaps))
    if dates:
        if form == "text":
            show(dates_report(gaps.review))
        else:
            rows = [
                {"entry": e.name, "written": e.when.words, "read": e.when.plain(), "edtf": e.when.edtf()}
                for e in gaps.review.entries
            ]
            show_json(rows) if form == "json" else show_table(form, ["entry", "written", "read", "edtf"], rows)
    elif form == "text":
        show(check_report(gaps, problems, everything=everything))
    elif form == "json":
        show_json(
            {
                "coverage": [coverage_json(each) for each in gaps.coverage],
                "problems": [problem_json(problem) for problem in problems],
            }
        )
    else:
        columns = ["severity", "place", "what", "why", "done", "remedy"]
        show_table(form, columns, ({**problem_json(p), "place": str(p.place)} for p in problems))
    ranks = ["error", "warning", "note"]
    if fail_on != "never" and any(ranks.index(p.severity) <= ranks.index(fail_on) for p in problems):
        sys.exit(1)


@click.command()
def schema() -> None:
    """Print the JSON Schema of what find-gaps prints for machines.

    \b
    Example:
      kg schema > find-gaps.schema.json
    """
    from kg.reports.schema import SCHEMA

    show_json(SCHEMA)


@click.command()
@click.option("--keep", type=FOLDER, help="Copy the example to this folder, to try things on.")
def demo(keep: Path | None) -> None:
    """Find the gaps of the packaged example, drawn from the public record of an inquiry.

    \b
    Examples:
      kg demo
      kg demo --keep try-this
    """
    import shutil

    from kg.reports.gaps import gaps_report
    from loaders.blank import example_folder

    folder = example_folder()
    if keep is not None:
        if os.path.lexists(keep):
            raise click.UsageError(f"{keep} exists already: nothing was written. Name a folder that does not.")
        shutil.copytree(folder, keep)
        folder = keep
    gaps, problems = study(folder, "recorded")
    show(gaps_report(gaps, gaps.findings, problems, everything=False))
    if keep is not None:
        say(f"The example is in {keep}: try kg find-gaps {typed(keep)} --all")


@click.command()
@click.argument("term", required=False)
@click.option(
    "--check", "checking", is_flag=True, help="Look for dead notations, cycles and overlapping dates in force."
)
@click.option("--page", type=FOLDER, metavar="FILE", help="Write all of it as one page that can be searched, offline.")
@click.option("--folder", type=FOLDER, help="Another copy of the ontology's files.")
def ontology(term: str | None, checking: bool, page: Path | None, folder: Path | None) -> None:
    """List or explain the words and rules that kg uses, with their sources.

    \b
    Examples:
      kg ontology
      kg ontology bruising
      kg ontology ENG-CA1989-S47
      kg ontology --check
      kg ontology --page words.html
    """
    from kg.terms.explain import explain_term, list_terms
    from kg.terms.reader import NotTurtle, load

    try:
        terms = load(folder)
    except NotTurtle as wrong:
        raise click.UsageError(str(wrong)) from None
    if checking:
        _check(terms, folder)
        return
    if page is not None:
        from kg.base.files import write_atomically
        from kg.pages.reference.page import reference_page

        if not page.parent.is_dir():
            raise click.UsageError(f"there is no folder {page.parent}: nothing was written. Make it first.")
        write_atomically(page, reference_page(terms, folder))
        say(f"Every word and rule is in {page}. It opens in a browser and loads nothing.")
        return
    lines = list_terms(terms) if term is None else explain_term(terms, term)
    if not lines:
        near = next((near for scheme in terms.schemes if (near := terms.suggest(scheme, term or ""))), None)
        raise click.UsageError(f'"{term}" is not a word of the ontology.' + (f" Did you mean {near}?" if near else ""))
    for line in lines:
        say(line)


def _check(terms: Terms, folder: Path | None) -> None:
    """Say everything that cannot be right in the ontology; exit with 1 if there is anything."""
    from kg.coding.lexicon_check import check_lexicon
    from kg.terms.allowed import check_allowed
    from kg.terms.check import check_ontology
    from kg.terms.headers import check_headers
    from kg.terms.languages import check_languages
    from kg.terms.lexicon import load_lexicon
    from kg.terms.reader import NotTurtle

    try:
        lexicon = load_lexicon(folder)
    except NotTurtle as wrong:
        raise click.UsageError(str(wrong)) from None
    problems = (
        *check_headers(folder),
        *check_languages(folder),
        *check_ontology(terms),
        *check_allowed(terms, folder),
        *check_lexicon(lexicon, terms),
    )
    for problem in problems:
        say(str(problem))
    say("The ontology is sound." if not problems else f"{len(problems)} problems.")
    if problems:
        sys.exit(1)
