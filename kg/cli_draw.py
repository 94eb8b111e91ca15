"""Commands that draw a review: timeline."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli_common import (
    outside,
    reading_option,
    review_argument,
    say,
    study,
)
from kg.lanes import BY

SUFFIXES = (".html", ".svg", ".png", ".pdf")
"""What a timeline can be written as, by the end of the file's name."""


@click.command()
@review_argument
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write: .html, .svg, .png or .pdf.",
)
@click.option(
    "--by", type=click.Choice(BY), default="agency", show_default=True, help="What the lanes stand for at first."
)
@click.option(
    "--marking", default="OFFICIAL-SENSITIVE", show_default=True, help="The protective marking of every page."
)
@reading_option
def timeline(review: Path, output: Path, by: str, marking: str, reading: str) -> None:
    """Draw the review: what each agency did and held, day by day, and what never arrived.

    A page (.html) opens in any browser, from disk, with no network: everything is inside it. A picture (.svg, .png, .pdf)
    is the same figure as one A3 sheet.

    \b
    Examples:
      kg timeline my-review -o timeline.html
      kg timeline my-review -o timeline.html --by person
      kg timeline my-review -o timeline.png --marking "OFFICIAL"
    """
    from kg.files import write_atomically

    suffix = output.suffix.casefold()
    if suffix not in SUFFIXES:
        raise click.UsageError(
            f"{output} does not say what to draw: end its name in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}. "
            "Nothing was written."
        )
    if not output.parent.is_dir():
        raise click.UsageError(f"there is no folder {output.parent}: nothing was written. Make it first.")
    outside(review, output)
    content = _drawn(review, suffix, by, marking, reading)
    try:
        write_atomically(output, content)
    except OSError as wrong:
        raise click.UsageError(f"{output} could not be written: {wrong.strerror}. Nothing was written.") from None
    say(f"Wrote {output} ({len(content) / 1e6:.1f} MB), marked {marking}.")


def _drawn(review: Path, suffix: str, by: str, marking: str, reading: str) -> bytes:
    """The bytes of the file that was asked for."""
    from kg.timeline_data import timeline_data

    gaps, _ = study(review, reading)
    data = timeline_data(gaps, by=by, marking=marking)
    if suffix == ".html":
        from kg.timeline import timeline_page

        return timeline_page(data).encode()
    from kg.figure import figure_svg

    svg = figure_svg(data)
    if suffix == ".svg":
        return svg.encode("utf-8", "replace")
    from kg.figure_dots import figure_pdf, figure_png

    if suffix == ".png":
        return figure_png(svg)
    return figure_pdf(svg, " ".join([marking, data["title"], *(agency["name"] for agency in data["agencies"])]))
