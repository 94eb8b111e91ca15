"""The command that tells a review's episodes."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.shared import format_option, reading_option, review_argument, show, show_json, show_table
from kg.folder import study


@click.command("episodes")
@review_argument
@reading_option
@format_option("json", "csv", "markdown")
def episodes_command(review: Path, reading: str, form: str) -> None:
    """What a panel talks about: each event or decision with its accounts, told in at most twelve lines.

    \b
    Examples:
      kg episodes my-review
      kg episodes my-review --format markdown
    """
    from kg.findings.episodes import episodes
    from kg.reports.episodes import COLUMNS, episodes_report, story_json, story_rows

    gaps, _ = study(review, reading)
    found = episodes(gaps)
    if form == "text":
        show(episodes_report(gaps, found))
    elif form == "json":
        show_json([story_json(gaps, each) for each in found.all])
    else:
        show_table(form, COLUMNS, story_rows(gaps, found))
