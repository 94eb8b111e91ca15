"""The command that walks a reviewer through the codes that narratives suggest: code."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.output import FILE
from kg.commands.shared import reviews_argument, show
from kg.folder import open_review


@click.command()
@reviews_argument
@click.option("--by", default="", help="Who judges: a name. Needed to judge; a list needs none.")
@click.option("--on", help="The day of judging, day first (06/08/1999) or ISO. Today, if not given.")
@click.option(
    "--format", "form", type=click.Choice(["walk", "text", "csv", "xlsx"]), default="walk", show_default=True,
    help="Walk through them, only say how far the rows are read, or list every suggestion for a spreadsheet.",
)  # fmt: skip
@click.option("-o", "--output", type=FILE, help="Write the list to this file (csv, xlsx).")
@click.option(
    "--from", "filled", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Take in a list that was filled in, or suggestions made elsewhere (entry, field, notation, words, by).",
)  # fmt: skip
@click.option(
    "--evaluate", is_flag=True, help="How good the suggestions are, against the codes that stand in the review."
)
@click.option(
    "--against", multiple=True, type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="With --evaluate: a table of true codes to measure against; one for each review, in their order.",
)  # fmt: skip
@click.option("--agreement", is_flag=True, help="Where two readers judged the same codes, and how far they agree.")
@click.option("--teach", is_flag=True, help="Write the wordings you added as patterns into patterns.ttl of the review.")
@click.option("--blind", is_flag=True, help="Hide how sure each suggestion is until it is judged.")
def code(
    reviews: tuple[Path, ...], by: str, on: str | None, form: str, output: Path | None, filled: Path | None, evaluate: bool,
    against: tuple[Path, ...], agreement: bool, teach: bool, blind: bool,
) -> None:  # fmt: skip
    """Read narratives into codes: accept or reject what their words suggest, one key each.

    Nothing that words suggest counts until you accept it. Each decision is added to codes.csv at once, so you may stop
    and go on another day; the returns are never written into. A row that you pass counts as read.

    \b
    Examples:
      kg code my-review --format text
      kg code my-review --by "A. Reviewer"
      kg code my-review --format csv -o codes-to-judge.csv
      kg code my-review --from codes-to-judge.csv --by "A. Reviewer"
      kg code my-review --evaluate --against true-codes.csv
    """
    if evaluate:
        from kg.commands.code_measures import measure

        measure(reviews, against)
        return
    if against:
        raise click.UsageError("--against goes with --evaluate.")
    if len(reviews) > 1:
        raise click.UsageError("only --evaluate takes several reviews at once: name one.")
    review, by = reviews[0], by.strip()
    if agreement:
        from kg.commands.code_measures import agree

        agree(review)
    elif teach:
        from kg.commands.code_measures import write_patterns

        write_patterns(review)
    elif filled is not None:
        from kg.commands.code_table import take_in

        take_in(review, filled, by, on)
    elif form in ("csv", "xlsx"):
        from kg.commands.code_table import give_out

        give_out(review, form, output)
    elif form == "text":
        _how_far(review)
    else:
        from kg.commands.code_walk import walk

        if not by:
            raise click.UsageError("somebody judges: say who with --by NAME. To look only, use --format text.")
        walk(review, by, on, blind=blind)


def _how_far(folder: Path) -> None:
    """How far each return is read, and what waits."""
    from kg.coding.gathered import own_patterns
    from kg.coding.stopping import left_unread
    from kg.reports.check import problem_report
    from kg.reports.coding import reading_report, state_of
    from kg.terms.reader import load

    review = open_review(folder).review
    state = state_of(review, load())
    show(reading_report(review, state, left_unread(review, state.made, state.coded)))
    for problem in own_patterns(review, load())[1]:
        show(problem_report(problem))
