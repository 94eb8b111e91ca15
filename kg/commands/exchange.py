"""Commands that carry the graph out of a review, and a review in again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.output import file_to_write, folder_to_write, new_folder
from kg.commands.shared import (
    FOLDER,
    reading_option,
    review_argument,
    say,
    say_unread,
    suggested_option,
)
from kg.folder import open_review, study

if TYPE_CHECKING:
    pass
LARGEST = 2_000_000_000
"""Bytes of a TriG file that is taken in."""

FORMS = {
    "turtle": (".ttl",),
    "trig": (".trig",),
    "jsonld": (".jsonld", ".json"),
    "graphml": (".graphml", ".xml"),
    "cypher": (".cypher", ".cql"),
    "csv": (),
    "qdpx": (".qdpx",),
    "qdc": (".qdc",),
}
"""How the name of a file ends, by its form; csv is a folder of two tables."""


# --- out, and back ----------------------------------------------------------------------------------------------


@click.command()
@review_argument
@click.option("--format", "form", type=click.Choice([*FORMS]), default="trig", show_default=True, help="In which form.")
@click.option("-o", "--output", type=FOLDER, metavar="PATH", help="The file to write; for csv a folder. Else printed.")
@click.option("--record", is_flag=True, help="What the agencies wrote alone, without what is computed.")
@suggested_option
@reading_option
def export(review: Path, form: str, output: Path | None, record: bool, suggested: bool, reading: str) -> None:
    """Write the whole of a review for other programs: every entry, and everything computed.

    TriG keeps each return apart, and `kg import` makes a review of it again. GraphML is for programs that draw networks;
    csv is two tables, nodes and relations. qdpx is a REFI-QDA project for programs of qualitative coders, with every code on
    its words, and qdc the vocabulary as a codebook. The same review gives the same bytes.

    \b
    Examples:
      kg export my-review --format trig -o my-review.trig
      kg export my-review --format graphml -o my-review.graphml
      kg export my-review --format csv -o tables
    """
    from kg.base.files import write_atomically
    from kg.graph.export import export as written

    if output is not None and form == "csv":
        folder_to_write(output, ("nodes.csv", "relations.csv"))
    elif output is not None:
        fits = next((each for each, endings in FORMS.items() if output.suffix.casefold() in endings), "")
        file_to_write(output, FORMS[form], otherwise=fits and f"For what its name says, give --format {fits}.")
    if form in ("qdpx", "qdc"):
        _for_coders(review, form, output)
        return
    gaps, problems = study(review, reading, suggested=suggested)
    say_unread(review, problems)
    files = written(gaps, form, record=record)
    if output is None:
        if len(files) > 1:
            raise click.UsageError(f"{form} is several tables: name a folder for them with -o FOLDER.")
        click.echo(files[""], nl=False)
        return
    try:
        if len(files) > 1:
            output.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            write_atomically(output / name if name else output, text)
    except OSError as wrong:
        raise click.UsageError(f"{output} could not be written: {wrong.strerror}.") from None
    say(f"Wrote {', '.join(str(output / name if name else output) for name in files)}.")


def _for_coders(review: Path, form: str, output: Path | None) -> None:
    """Write a codebook, or a project with every narrative and the codes on its words."""
    from kg.base.files import write_atomically
    from kg.office.refi_qda import codebook, project
    from kg.terms.reader import load

    if output is None:
        raise click.UsageError(f"{form} is a file for another program: name it with -o FILE.{form}.")
    written = open_review(review).review
    write_atomically(output, codebook(load()) if form == "qdc" else project(written, load()))
    say(f"Wrote {output}.")


@click.command(name="import")
@click.argument("file", type=FOLDER, metavar="FILE.trig")
@click.argument("folder", type=FOLDER)
def import_command(file: Path, folder: Path) -> None:
    """Make a review folder from a TriG file that `kg export` wrote.

    Returns come as CSV, whatever they were. Judgements and notes are no part of such a file.

    \b
    Examples:
      kg import my-review.trig again
    """
    from kg.base.files import bytes_of
    from kg.graph.rdf.read_back import NotOurTriG, review_from_trig
    from loaders.write_review import differences, write_review

    try:
        text = bytes_of(file, LARGEST).decode().replace("\r\n", "\n")
    except OSError as wrong:
        raise click.UsageError(f"{file} could not be read: {wrong.strerror}. Nothing was written.") from None
    except UnicodeDecodeError:
        raise click.UsageError(f"{file} is not text in UTF-8. Nothing was written.") from None
    try:
        read = review_from_trig(text)
    except NotOurTriG as wrong:
        raise click.UsageError(f"{file}: {wrong}\n  Nothing was written.") from None
    new_folder(folder)
    try:
        write_review(read, folder)
    except OSError as wrong:
        raise click.UsageError(f"{folder} could not be written: {wrong.strerror}.") from None
    say(f"Made {folder}: {len(read.returns)} returns, {len(read.entries)} entries.")
    for said in differences(read, open_review(folder).review):
        say(f"  {said}")
