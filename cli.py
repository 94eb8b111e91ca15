"""The command line: ``kg`` and its commands. Heavy libraries are imported inside the commands that need them."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from kg.cli_common import FOLDER, Sturdy, format_option, review_argument, say, show, show_json, show_table, study

ELSEWHERE = {
    "chronology": "kg.cli_ask:chronology",
    "find-gaps": "kg.cli_ask:find_gaps_command",
    "who-knew": "kg.cli_ask:who_knew_command",
    "explain": "kg.cli_ask:explain",
    "link": "kg.cli_link:link",
    "accept": "kg.cli_decide:accept",
    "dismiss": "kg.cli_decide:dismiss",
    "note": "kg.cli_decide:note",
    "template": "kg.cli_office:template",
    "replace": "kg.cli_office:replace",
    "merge-returns": "kg.cli_office:merge_returns",
    "questions": "kg.cli_decide:questions",
    "compare": "kg.cli_compare:compare_command",
    "diff": "kg.cli_compare:diff_command",
    "counts": "kg.cli_compare:counts_command",
    "timeline": "kg.cli_draw:timeline",
    "network": "kg.cli_network:network",
    "matrix": "kg.cli_network:matrix",
    "query": "kg.cli_query:query",
    "export": "kg.cli_query:export",
    "import": "kg.cli_query:import_command",
    "serve": "kg.cli_serve:serve",
    "push": "kg.cli_neo4j:push",
    "drop": "kg.cli_neo4j:drop",
}
"""Commands that live in rooms of their own, imported when they are called or listed."""


MANY = 3000
"""Entries from which a check is said to take a while."""


class Commands(Sturdy):
    """The commands in the order in which a reviewer meets them, each imported only when it is needed."""

    order = ("demo", "new", "template", "check", "replace", "merge-returns", "chronology", "find-gaps", "who-knew",
             "explain", "link", "accept", "dismiss", "note", "questions", "timeline", "network", "matrix", "compare",
             "diff", "counts", "query", "serve", "export", "import", "push", "drop", "ontology", "schema")  # fmt: skip

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in order."""
        known = {*self.commands, *ELSEWHERE}
        return [name for name in self.order if name in known] + sorted(known - {*self.order})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """A command by its name."""
        if name in ELSEWHERE:
            module, attribute = ELSEWHERE[name].split(":")
            command: click.Command = getattr(import_module(module), attribute)
            return command
        return super().get_command(ctx, name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kg-review", prog_name="kg")
def main() -> None:
    """Who knew what, when, in a safeguarding review; and what never arrived.

    A review is a folder: review.toml and one return an agency. Nothing leaves this computer.

    \b
    Examples:
      kg demo
      kg new my-review
      kg check my-review
      kg find-gaps my-review
    """
    # A pipe to a program that stops reading is not an error of ours.
    if hasattr(os, "devnull") and sys.stdout.encoding.lower() not in ("utf-8", "utf8"):
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


@main.command()
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

    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty: nothing was written. Name a folder that does not exist yet.")
    try:
        written = make_blank(folder, title=title, nation=nation, kind=kind)
    except OSError as wrong:
        raise click.UsageError(f"{folder} could not be made: {wrong.strerror}. Nothing was written.") from None
    say(f"Made {folder}. Next:")
    for path, what in written:
        say(f"  {path}: {what}")
    say(f"  kg check {folder}")


@main.command()
@review_argument
@click.option("--dates", is_flag=True, help="Every date as written beside as read.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="End with exit code 1 if there is a problem at least this serious.",
)
@format_option("json", "csv", "markdown")
def check(review: Path, dates: bool, fail_on: str, form: str) -> None:
    """Say what can be read, what cannot, and what each return covers.

    \b
    Examples:
      kg check my-review
      kg check my-review --dates
    """
    from kg.contract import coverage_json, problem_json
    from kg.report import check_report, dates_report
    from kg.shapes import check_shapes

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
        show(check_report(gaps, problems))
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


@main.command()
def schema() -> None:
    """Print the JSON Schema of what find-gaps prints for machines.

    \b
    Example:
      kg schema > find-gaps.schema.json
    """
    from kg.schema import SCHEMA

    show_json(SCHEMA)


@main.command()
@click.option("--keep", type=FOLDER, help="Copy the example to this folder, to try things on.")
def demo(keep: Path | None) -> None:
    """Find the gaps of the packaged example, drawn from the public record of an inquiry.

    \b
    Examples:
      kg demo
      kg demo --keep try-this
    """
    import shutil

    from kg.gaps_report import gaps_report
    from loaders.blank import example_folder

    folder = example_folder()
    if keep is not None:
        if keep.exists():
            raise click.UsageError(f"{keep} exists already: nothing was written. Name a folder that does not.")
        shutil.copytree(folder, keep)
        folder = keep
    gaps, problems = study(folder, "recorded")
    show(gaps_report(gaps, gaps.findings, problems, everything=False))
    if keep is not None:
        say(f"The example is in {keep}: try kg find-gaps {keep} --all")


@main.command()
@click.argument("term", required=False)
@click.option(
    "--check", "checking", is_flag=True, help="Look for dead notations, cycles and overlapping dates in force."
)
@click.option("--folder", type=FOLDER, help="Another copy of the ontology's files.")
def ontology(term: str | None, checking: bool, folder: Path | None) -> None:
    """List or explain the words and rules that kg uses, with their sources.

    \b
    Examples:
      kg ontology
      kg ontology bruising
      kg ontology ENG-CA1989-S47
      kg ontology --check
    """
    from kg.explain_terms import explain_term, list_terms
    from kg.ontology_check import check_ontology
    from kg.ontology_headers import check_headers
    from kg.terms import NotTurtle, load

    try:
        terms = load(folder)
    except NotTurtle as wrong:
        raise click.UsageError(str(wrong)) from None
    if checking:
        problems = (*check_headers(folder), *check_ontology(terms))
        for problem in problems:
            say(str(problem))
        say("The ontology is sound." if not problems else f"{len(problems)} problems.")
        if problems:
            sys.exit(1)
        return
    lines = list_terms(terms) if term is None else explain_term(terms, term)
    if not lines:
        near = next((near for scheme in terms.schemes if (near := terms.suggest(scheme, term or ""))), None)
        raise click.UsageError(f'"{term}" is not a word of the ontology.' + (f" Did you mean {near}?" if near else ""))
    for line in lines:
        say(line)


if __name__ == "__main__":
    main()
