"""The command that tells the storyboard of a review, and keeps what the reviewer makes of its steps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.decide import append_to, the_day
from kg.commands.shared import format_option, reading_option, review_argument, say, show, show_json, show_table
from kg.folder import study

if TYPE_CHECKING:
    from kg.findings.study import Study


@click.command("storyboard")
@review_argument
@click.option(
    "--choose",
    nargs=3,
    metavar="STEP WHAT VALUE",
    help="Caption, order, notes, view or out, for a step: added to storyboard.csv, where the last word stands.",
)
@click.option("--by", default="", help="Who chooses: a name. Needed with --choose.")
@click.option("--on", help="The day it was chosen, day first. Today, if not given.")
@click.option("--why", default="", help="The reason, in a sentence.")
@reading_option
@format_option("json", "csv", "markdown")
def storyboard_command(
    review: Path, choose: tuple[str, str, str] | None, by: str, on: str | None, why: str, reading: str, form: str
) -> None:
    """Lead a panel through a review: three sentences, then at most twelve steps, each a view with a caption.

    kg timeline shows them one by one, with notes for whoever presents, and prints a handout. A view under a new name adds a
    step of your own: what stands behind the # in the page's address.

    \b
    Examples:
      kg storyboard my-review
      kg storyboard my-review --choose words out yes --by "A. Reviewer"
      kg storyboard my-review --choose first caption "The first sign anyone wrote down." --by "A. Reviewer"
      kg storyboard my-review --choose the-closure view "main=drawing&on=2021-02-19" --by "A. Reviewer"
    """
    from kg.findings.episodes import episodes
    from kg.reports.storyboard import COLUMNS, storyboard_json, storyboard_report, storyboard_rows
    from kg.wording.storyboard import storyboard

    gaps, _ = study(review, reading)
    if choose is not None:
        _choose(gaps, review, choose, (by.strip(), on, why.strip()))
        return
    told = storyboard(gaps, episodes(gaps))
    if form == "text":
        show(storyboard_report(gaps, told))
    elif form == "json":
        show_json(storyboard_json(gaps, told))
    else:
        show_table(form, COLUMNS, storyboard_rows(gaps, told))


def _choose(gaps: Study, review: Path, choose: tuple[str, str, str], said: tuple[str, str | None, str]) -> None:
    """Add a choice to storyboard.csv, if it can be applied to the review as it stands."""
    from kg.findings.episodes import episodes
    from kg.model.problem import Place
    from kg.model.reviewer import STORY_CHOICES, STORYBOARD, StoryChoice
    from kg.wording.storyboard import storyboard

    step, what, value = (words.strip() for words in choose)
    by, on, why = said
    if not by:
        raise click.UsageError("a choice is made by somebody: give --by. Nothing was written.")
    if what not in STORY_CHOICES:
        raise click.UsageError(f'"{what}" is none of {", ".join(STORY_CHOICES)}. Nothing was written.')
    wrong = (what == "order" and not value.isdecimal()) or (what == "out" and value.casefold() not in ("yes", "no"))
    if not step or not value or wrong:
        raise click.UsageError(f'"{value}" cannot be used with {what}. Nothing was written.')
    day = the_day(on)
    made = StoryChoice(step, what, value, by, day, why, Place("storyboard.csv"))
    if made in storyboard(gaps, episodes(gaps), (*gaps.review.storyboard, made)).unknown:
        raise click.UsageError(
            f"no step of this review is called {step}. Nothing was written. kg storyboard prints the names."
        )
    cells = {"Step": step, "What": what, "Value": value, "By": by, "On": day.isoformat(), "Why": why}
    line = append_to(review / "storyboard.csv", STORYBOARD, cells)
    say(f"Chosen by {by}: {what} of {step}. It stands in storyboard.csv, row {line}.")
