"""Commands that draw a review: timeline, network, matrix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.base.pinned import INSTALL
from kg.commands.output import FILE, file_to_write
from kg.commands.shared import (
    format_option,
    moment,
    reading_option,
    review_argument,
    say,
    say_unread,
    show,
    show_json,
    show_table,
    suggested_option,
)
from kg.folder import study
from kg.pages.timeline.lanes import BY

if TYPE_CHECKING:
    from kg.findings.study import Study

SUFFIXES = (".html", ".svg", ".png", ".pdf")
"""What a timeline can be written as, by the end of the file's name."""


@click.command()
@review_argument
@click.option(
    "-o",
    "--output",
    required=True,
    type=FILE,
    help="The file to write: .html, .svg, .png or .pdf.",
)
@click.option(
    "--by", type=click.Choice(BY), default="agency", show_default=True, help="What the lanes stand for at first."
)
@click.option(
    "--marking", default="OFFICIAL-SENSITIVE", show_default=True, help="The protective marking of every page."
)
@suggested_option
@reading_option
def timeline(review: Path, output: Path, by: str, marking: str, suggested: bool, reading: str) -> None:
    """Draw the review: what each agency did and held, day by day, and what never arrived.

    A page (.html) opens in any browser, from disk, with no network: everything is inside it. A picture (.svg, .png, .pdf)
    is the same figure as one A3 sheet.

    \b
    Examples:
      kg timeline my-review -o timeline.html
      kg timeline my-review -o timeline.html --by person
      kg timeline my-review -o timeline.png --marking "OFFICIAL"
    """
    file_to_write(output, SUFFIXES)
    gaps, _ = study(review, reading, suggested=suggested)
    content = _drawn(gaps, output.suffix.casefold(), by, marking)
    _write(output, content)
    say(f"Wrote {output} ({len(content) / 1e6:.1f} MB), marked {marking}.")


def _drawn(gaps: Study, suffix: str, by: str, marking: str) -> bytes:
    """The bytes of the file that was asked for."""
    from kg.pages.timeline.data import timeline_data

    data = timeline_data(gaps, by=by, marking=marking)
    if suffix == ".html":
        from kg.pages.timeline.page import timeline_page

        return timeline_page(data).encode()
    from kg.pages.figure.sheet import figure_svg

    svg = figure_svg(data)
    if suffix == ".svg":
        return svg.encode("utf-8", "replace")
    from kg.pages.figure.dots import figure_pdf, figure_png

    if suffix == ".png":
        return figure_png(svg)
    words = " ".join([marking, data["title"], *(agency["name"] for agency in data["agencies"])])
    return figure_pdf([svg], data["title"], words)


@click.command()
@review_argument
@click.option("-o", "--output", required=True, type=FILE, help="The page to write (.html).")
@click.option("--marking", default="OFFICIAL-SENSITIVE", show_default=True, help="The protective marking of the page.")
@reading_option
def network(review: Path, output: Path, marking: str, reading: str) -> None:
    """Draw who told whom: agencies, professionals and people, day by day, and the ways news could have come.

    The page opens in any browser, from disk, with no network: everything is inside it.

    \b
    Examples:
      kg network my-review -o network.html
      kg network my-review -o network.html --marking "OFFICIAL"
    """
    from kg.pages.network.data import network_data
    from kg.pages.network.page import NoPictures, network_page

    file_to_write(output, (".html", ".htm"))
    gaps, problems = study(review, reading)
    say_unread(review, problems)
    try:
        page = network_page(network_data(gaps, marking=marking)).encode()
    except NoPictures:
        raise click.UsageError(
            f"the drawing needs the package pyvis 0.3, which is not installed here: nothing was written. {INSTALL}"
        ) from None
    _write(output, page)
    say(f"Wrote {output} ({len(page) / 1e6:.1f} MB), marked {marking}.")


@click.command()
@review_argument
@click.option("--on", metavar="DATE", help="The day, day first: 06/08/1999. With -o, the whole record if not given.")
@click.option(
    "-o",
    "--output",
    type=FILE,
    help="A picture of how far each kind travelled, day by day: .pdf has every kind, .svg and .png the first sheet.",
)
@click.option(
    "--paper", type=click.Choice(["a4", "a3"]), default="a4", show_default=True, help="The sheet of a picture."
)
@click.option("--marking", default="OFFICIAL-SENSITIVE", show_default=True, help="The protective marking of a picture.")
@suggested_option
@reading_option
@format_option("json", "csv", "markdown")
def matrix(
    review: Path,
    on: str | None,
    output: Path | None,
    paper: str,
    marking: str,
    suggested: bool,
    reading: str,
    form: str,
) -> None:
    """One table of what every agency held at the end of a day: kinds of information down, agencies across by a letter.

    With -o it is drawn over time: a ribbon for each agency and kind, solid while it was held, an empty dashed band while
    others held it and it did not, and a ring at each contact without it.

    \b
    Examples:
      kg matrix my-review --on 06/08/1999
      kg matrix my-review --on 06/08/1999 --format csv > held.csv
      kg matrix my-review -o ribbons.pdf
      kg matrix my-review -o ribbons.png --paper a3 --on 06/08/1999
    """
    if output is not None:
        file_to_write(output, SUFFIXES[1:])
    elif on is None:
        raise click.UsageError("the table is of a day: give --on, day first, as 06/08/1999; or -o to draw every day.")
    gaps, problems = study(review, reading, suggested=suggested)
    say_unread(review, problems)
    until = None if on is None else moment(gaps, on, last=True)
    if output is not None:
        _ribbons(gaps, output, paper, marking, until)
    elif until is not None:
        _table(gaps, until, form)


def _table(gaps: Study, until: int, form: str) -> None:
    """Print what every agency held at the end of a day."""
    from kg.dates.when import day_of, say_day
    from kg.reports import matrix as tables

    table = tables.matrix(gaps, until)
    if form == "text":
        show(tables.matrix_report(gaps, table, say_day(day_of(until))))
    elif form == "json":
        show_json(tables.matrix_json(table, day_of(until).isoformat()))
    else:
        show_table(form, *tables.matrix_rows(table))


def _ribbons(gaps: Study, output: Path, paper: str, marking: str, until: int | None) -> None:
    """Draw how far each kind of information travelled, as the end of the file's name says."""
    from kg.chronology.order import in_order
    from kg.pages.figure.dots import figure_pdf, figure_png
    from kg.pages.figure.ribbons import ribbons_sheets
    from kg.pages.timeline.data import timeline_data
    from kg.pages.timeline.ribbons import ribbons_json

    place = {row: at for at, row in enumerate(in_order(gaps.review))}
    data = timeline_data(gaps, marking=marking)
    kinds = ribbons_json(gaps, (), place, until=until)
    sheets = ribbons_sheets(data, kinds, paper=paper, until=until)
    suffix = output.suffix.casefold()
    if suffix == ".svg":
        content = sheets[0].encode("utf-8", "replace")
    elif suffix == ".png":
        content = figure_png(sheets[0])
    else:
        content = figure_pdf(
            sheets, data["title"], " ".join([marking, data["title"], *(each["headline"] for each in kinds)])
        )
    _write(output, content)
    say(f"Wrote {output} ({len(content) / 1e6:.1f} MB), marked {marking}.")
    if suffix != ".pdf" and len(sheets) > 1:
        say(f"It is the first of {len(sheets)} sheets: end the name in .pdf for all of them.")


def _write(output: Path, content: bytes) -> None:
    from kg.base.files import write_atomically

    try:
        write_atomically(output, content)
    except OSError as wrong:
        raise click.UsageError(f"{output} could not be written: {wrong.strerror}. Nothing was written.") from None
