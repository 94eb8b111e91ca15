"""The command that tells a review's episodes, and keeps what the reviewer makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.decide import append_to, the_day
from kg.commands.shared import format_option, reading_option, review_argument, say, show, show_json, show_table
from kg.folder import study

if TYPE_CHECKING:
    from kg.findings.study import Study


@click.command("episodes")
@review_argument
@click.option(
    "--choose",
    nargs=3,
    metavar="EPISODE WHAT VALUE",
    help="Name, join, part or order an episode: added to episodes.csv, where the last word stands.",
)
@click.option("--by", default="", help="Who chooses: a name. Needed with --choose.")
@click.option("--on", help="The day it was chosen, day first. Today, if not given.")
@click.option("--why", default="", help="The reason, in a sentence.")
@reading_option
@format_option("json", "csv", "markdown")
def episodes_command(
    review: Path, choose: tuple[str, str, str] | None, by: str, on: str | None, why: str, reading: str, form: str
) -> None:
    """What a panel talks about: each event or decision with its accounts, told in at most twelve lines.

    \b
    Examples:
      kg episodes my-review
      kg episodes my-review --format markdown
      kg episodes my-review --choose episode-1a2b3c4d5e name "The first stay" --by "A. Reviewer"
      kg episodes my-review --choose episode-1a2b3c4d5e part "Riverside Hospital/RH-004" --by "A. Reviewer"
    """
    from kg.findings.episodes import episodes
    from kg.reports.episodes import COLUMNS, episodes_report, story_json, story_rows

    gaps, _ = study(review, reading)
    if choose is not None:
        _choose(gaps, review, choose, (by.strip(), on, why.strip()))
        return
    found = episodes(gaps)
    if form == "text":
        show(episodes_report(gaps, found))
    elif form == "json":
        show_json([story_json(gaps, each) for each in found.all])
    else:
        show_table(form, COLUMNS, story_rows(gaps, found))


def _choose(gaps: Study, review: Path, choose: tuple[str, str, str], said: tuple[str, str | None, str]) -> None:
    """Add a choice to episodes.csv, if it can be applied to the review as it stands."""
    from kg.findings.episodes import episodes
    from kg.model.problem import Place
    from kg.model.reviewer import CHOICES, EPISODES, EpisodeChoice

    id, what, value = (words.strip() for words in choose)
    by, on, why = said
    if not by:
        raise click.UsageError("a choice is made by somebody: give --by. Nothing was written.")
    if what not in CHOICES:
        raise click.UsageError(f'"{what}" is none of {", ".join(CHOICES)}. Nothing was written.')
    if not value or (what == "order" and not value.isdecimal()):
        raise click.UsageError(f'"{value}" cannot be used with {what}. Nothing was written.')
    day = the_day(on)
    made = EpisodeChoice(id, what, value, by, day, why, Place("episodes.csv"))
    if made in episodes(gaps, (*gaps.review.episodes, made)).unknown:
        raise click.UsageError(
            f"no episode or entry of this review is meant by {id}, {value}. Nothing was written. kg episodes prints the ids."
        )
    cells = {"Episode": id, "What": what, "Value": value, "By": by, "On": day.isoformat(), "Why": why}
    line = append_to(review / "episodes.csv", EPISODES, cells)
    say(f"Chosen by {by}: {what} {value}. It stands in episodes.csv, row {line}.")
