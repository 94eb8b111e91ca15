"""Commands about files that go to agencies and come back: template, replace and merge-returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.output import FILE, file_to_write, folder_to_write
from kg.commands.shared import agency_named, review_argument, say, show, typed
from kg.folder import open_review, study

if TYPE_CHECKING:
    from kg.findings.study import Study
    from kg.model.review import Agency, Review
    from kg.office.form import Filled
    from kg.office.replacing import Replaced
    from kg.reports.lines import Line
    from kg.terms.reader import Terms


@click.command()
@review_argument
@click.option(
    "-o",
    "--output",
    required=True,
    type=FILE,
    help="The folder to write to; it is made if it is not there.",
)
@click.option("--agency", "agencies", multiple=True, help="Only for this agency (may be repeated).")
def template(review: Path, output: Path, agencies: tuple[str, ...]) -> None:
    """A blank Excel workbook and a blank Word document for each agency that has no form of its own.

    Each bears the agency's name, so that it is known again when it is put into returns/ filled in. A file that exists is
    never written over.

    \b
    Examples:
      kg template my-review -o to-send
      kg template my-review -o to-send --agency "Riverside Hospital"
    """
    from kg.base.files import clear_left_over, write_new
    from kg.base.grammar import count
    from kg.office.form import file_name
    from kg.terms.reader import load as load_terms

    terms = load_terms()
    known = open_review(review).review
    wanted = _agencies(known, agencies)
    if not wanted:
        raise click.UsageError("review.toml lists no agency yet: nothing was written. List them under [[agencies]].")
    paths = [(agency, ending, output / file_name(agency, ending)) for agency in wanted for ending in _WRITERS]
    folder_to_write(output, [path.name for _, _, path in paths])
    names = [path.name.casefold() for _, _, path in paths]
    for _, _, path in paths:
        if path.exists():
            raise click.UsageError(f"{path} exists already, and may be filled in: nothing was written.")
        if names.count(path.name.casefold()) > 1:
            raise click.UsageError(f"two agencies would share the file {path.name}: name one with --agency.")
    written = 0
    try:
        output.mkdir(parents=True, exist_ok=True)
        clear_left_over(output)
        for agency, ending, path in paths:
            write_new(path, _WRITERS[ending](known, terms, agency, ()))
            written += 1
    except FileExistsError as wrong:
        raise click.UsageError(
            f"{wrong.filename2 or wrong.filename} is there now: another program wrote it at the same moment, and it was "
            f"kept. {count(written, 'file')} of {len(paths)} {'was' if written == 1 else 'were'} written."
        ) from None
    except OSError as wrong:
        raise _unwritten(output, wrong) from None
    say(f"Wrote {len(paths)} files to {output}: a workbook and a Word document for {_agencies_in_words(wanted)}.")
    say("Send each agency the one it prefers. What comes back goes into returns/ as it is.")


@click.command()
@review_argument
@click.argument("agency")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--look", is_flag=True, help="Only say what would change; nothing is moved.")
def replace(review: Path, agency: str, file: Path, look: bool) -> None:
    """Put a corrected return in place of an agency's old one, and say what that changes.

    The old file is kept in the folder superseded/, never lost. Decisions and notes on unchanged rows stand; decisions on
    findings that rest on a changed row are listed, to be looked at again. FILE itself stays where it is.

    \b
    Examples:
      kg replace my-review "Riverside Hospital" corrected.xlsx --look
      kg replace my-review "Riverside Hospital" corrected.xlsx
    """
    from kg.office.replacing import Busy, one_at_a_time

    open_review(review)
    try:
        with nullcontext() if look else one_at_a_time(review):
            _replace(review, agency, file, look)
    except Busy as wrong:
        raise click.ClickException(str(wrong)) from None


def _replace(review: Path, agency: str, file: Path, look: bool) -> None:
    from datetime import date

    from kg.base.files import bytes_of
    from kg.office.replacing import compared, put_in_place, trial

    before, _ = study(review, "recorded")
    name = agency_named(before, agency)
    if file.resolve().parent == (review / "returns").resolve():
        raise click.UsageError(
            f"{file} is in returns/ already. Move it out first, then name it here. Nothing was moved."
        )
    old = _file_of(before.review, name, file)
    new = _name_for(old, file)
    if new != old and (review / "returns" / new).exists():
        raise click.UsageError(f"returns/{new} is there already, as another return: rename {file}. Nothing was moved.")
    try:
        same = old and bytes_of(review / "returns" / old) == bytes_of(file)
    except OSError as wrong:
        raise _unwritten(file, wrong) from None
    if same:
        say(f"{file} is the return of {name} that is there already, byte for byte. Nothing was moved.")
        return
    try:
        with trial(review, old, file, new) as folder:
            after, problems = study(Path(folder), "recorded")
    except OSError as wrong:
        raise _unwritten(review, wrong) from None
    read = [each for each in after.review.returns if each.file == f"returns/{new}"]
    if not read or not read[0].rows:
        said = next((str(each) for each in problems if each.place.file == f"returns/{new}"), "it holds no rows.")
        raise click.UsageError(f"{file} cannot take the place of the old return. Nothing was moved.\n\n{said}")
    if read[0].agency != name:
        raise click.UsageError(
            f'returns/{new} would be read as the return of "{read[0].agency}". Nothing was moved. '
            f'Write file = "{new}" under {name} in review.toml, or give the file a name that bears the agency\'s.'
        )
    found = compared(before, after, before.review.judgements)
    show(_replaced_report(name, old, found, before))
    if look:
        say("\nNothing was moved.")
        return
    try:
        kept = put_in_place(review, old, file, new, date.today())
    except OSError as wrong:
        raise _unwritten(review, wrong) from None
    where = f" The old return is kept as {kept.relative_to(review)}." if kept else ""
    say(f"\n{file.name} is now returns/{new}.{where}")


@click.command("merge-returns")
@review_argument
@click.argument("agency")
@click.option("-o", "--output", required=True, type=FILE, help="The file to write: .xlsx or .docx. Never written over.")
def merge_returns(review: Path, agency: str, output: Path) -> None:
    """One return of an agency from its own and those of its parts, with who wrote what under Unit.

    Its parts are the agencies with part_of in review.toml. Rows are copied word for word, in the order of their dates.

    \b
    Example:
      kg merge-returns my-review "Riverside Trust" -o "Riverside Trust.xlsx"
    """
    from kg.base.files import write_new
    from kg.office.form_workbook import TooLong
    from kg.office.merging import merged_return, parts_of
    from kg.terms.reader import load as load_terms

    file_to_write(output, [*_WRITERS], new="a return")
    known = open_review(review).review
    whole = _agencies(known, (agency,))[0]
    parts = parts_of(known, whole.name)
    if not parts:
        raise click.UsageError(f'no agency is part of {whole.name}: write part_of = "{whole.name}" under its services.')
    write = _WRITERS[output.suffix.casefold()]
    merged = merged_return(known, whole.name)
    if not merged.rows:
        raise click.UsageError(f"there is no return of {whole.name} or any part of it: nothing was written.")
    try:
        write_new(output, write(known, load_terms(), whole, merged.rows))
    except FileExistsError:
        raise click.UsageError(f"{output} exists already: nothing was written. Name another file.") from None
    except TooLong as wrong:
        raise click.ClickException(f"{wrong} Nothing was written.") from None
    except OSError as wrong:
        raise _unwritten(output, wrong) from None
    say(f"Wrote {output}: {len(merged.rows)} rows.")
    for name, number in merged.parts:
        say(f"  {name}: {number}")
    for name, was, now in merged.renamed:
        say(f'  The Ref {was} of {name} is "{now}" there, for another part uses {was} as well.')


def take_notes(review: Path, file: Path, by: str, on: str) -> None:
    """Keep the new notes of a working copy in notes.csv, each once, and say what was kept and what could not be."""
    from kg.base.append import NotKept, append_row
    from kg.base.grammar import count
    from kg.model.reviewer import NOTED
    from kg.office.working_copy import NOTE, SO_FAR, heads, notes_written
    from loaders.formats.readers import READERS, read_apart

    gaps, _ = study(review, "recorded")
    if file.suffix.casefold() not in READERS:
        raise click.UsageError(f"{file} is no working copy: it should end with .xlsx. Nothing was noted.")
    try:
        sheets, problems = read_apart(file, heads)
    except OSError as wrong:
        why = (wrong.strerror or "it could not be read").casefold()
        raise click.UsageError(f"{file} could not be opened ({why}). Nothing was noted.") from None
    found = next(
        (each for sheet in sheets if (each := notes_written(gaps, gaps.review.notes, sheet.rows)) is not None), None
    )
    if found is None:
        said = f"\n\n{problems[0]}" if problems else ""
        raise click.UsageError(
            f'{file} has no table with the columns Entry and "{NOTE}": take notes from the file that '
            f"kg chronology -o made. Nothing was noted.{said}"
        )
    for at, (entry, words) in enumerate(found.new):
        try:
            append_row(review / "notes.csv", NOTED, {"Entry": entry, "Note": words, "By": by, "On": on})
        except NotKept as wrong:
            kept = f" The {count(at, 'note')} before it {'are' if at > 1 else 'is'} kept." if at else ""
            raise click.ClickException(f"{wrong}{kept}") from None
        say(f"Noted beside {entry}: {words}")
    known = f" {count(found.known, 'note')} stood there already." if found.known else ""
    say(f"{count(len(found.new), 'note')} added to notes.csv.{known}")
    if found.lost:
        say(f'Not taken in ("{SO_FAR}" and unknown entries):')
    for line in found.lost:
        say(f"  {line}")


def write_working_copy(gaps: Study, rows: Sequence[int], review: Path, output: Path) -> None:
    """Write rows of a review as a working copy, and say where; one that exists is never written over."""
    from kg.base.files import write_new
    from kg.office.working_copy import NOTE, working_copy

    try:
        write_new(output, working_copy(gaps, rows, gaps.review.notes))
    except FileExistsError:
        raise click.UsageError(f"{output} exists already, and may hold notes: nothing was written.") from None
    except OSError as wrong:
        raise _unwritten(output, wrong) from None
    say(f"Wrote {output}: {len(rows)} of {len(gaps.review.entries)} entries.")
    say(f'Write under "{NOTE}", then: kg note {typed(review)} --from {typed(output)} --by "Your name"')


def _workbook(review: Review, terms: Terms, agency: Agency, filled: Filled) -> bytes:
    from kg.office.form_workbook import workbook_template

    return workbook_template(review, terms, agency, filled)


def _document(review: Review, terms: Terms, agency: Agency, filled: Filled) -> bytes:
    from kg.office.form_document import document_template

    return document_template(review, terms, agency, filled)


_WRITERS: dict[str, Callable[[Review, Terms, Agency, Filled], bytes]] = {".xlsx": _workbook, ".docx": _document}


def _agencies(review: Review, names: Sequence[str]) -> list[Agency]:
    """The agencies of these names or aliases, or all of them; a sentence says which there are if one is not known."""
    if not names:
        return [*review.agencies]
    found = []
    for words in names:
        agency = review.find_agency(words)
        if agency is None:
            known = ", ".join(each.name for each in review.agencies)
            raise click.UsageError(f'no agency is named "{words}". The agencies are {known}.')
        if agency not in found:
            found.append(agency)
    return found


def _agencies_in_words(agencies: Sequence[Agency]) -> str:
    return agencies[0].name if len(agencies) == 1 else f"each of {len(agencies)} agencies"


def _file_of(review: Review, agency: str, file: Path) -> str:
    """The name of the agency's return in returns/, "" if it has none; of several the one named like the new file."""
    names = [each.file.rpartition("/")[2] for each in review.returns if each.agency == agency]
    if len(names) < 2:
        return names[0] if names else ""
    same = [name for name in names if name.casefold() == file.name.casefold()]
    if not same:
        raise click.UsageError(
            f"{agency} has {len(names)} returns ({', '.join(names)}). "
            "Give the new file the name of the one it takes the place of. Nothing was moved."
        )
    return same[0]


def _name_for(old: str, file: Path) -> str:
    """The old return's name, so that review.toml still finds it; with another ending where the new file has one."""
    if not old:
        return file.name
    stem, dot, ending = old.rpartition(".")
    return old if dot and f".{ending}".casefold() == file.suffix.casefold() else f"{stem or old}{file.suffix}"


def _replaced_report(agency: str, old: str, found: Replaced, before: Study) -> Iterator[Line]:
    from kg.base.grammar import count
    from kg.office.replacing import decided
    from kg.reports.lines import flow
    from kg.wording.findings import title

    entries = found.entries
    numbers = f"{len(entries.added)} added, {len(entries.removed)} removed, {len(entries.changed)} changed"
    yield "title", f"{agency}: rows {numbers}" if old else f"{agency} had no return until now: {numbers}"
    for heading, some in (
        ("Added", [each.name for each in entries.added]),
        ("Removed", [each.name for each in entries.removed]),
        ("Changed", [f"{each.after.name} ({', '.join(each.columns)})" for each in entries.changed]),
    ):
        for at, name in enumerate(some):
            for line in flow(f"{heading + ':' if not at else '':9}{name}", 2, 9):
                yield "quiet", line
    if found.asked:
        yield "", ""
        yield "title", f"To be decided again, because what they rest on has changed: {len(found.asked)}"
        for each in found.asked:
            said = title(before, each.finding) if each.finding else ""
            for line in flow(f"{said}  [{each.judgement.id}]", 2, 2):
                yield "grave", line
            rests = f"rests on {', '.join(each.rows)}" if each.rows else "is no longer found"
            why = f" Reason then: {each.judgement.why}" if each.judgement.why else ""
            for line in flow(f"{decided(each.judgement)}; it {rests}.{why}", 6):
                yield "", line
    yield "", ""
    yield "", f"{count(found.kept, 'decision')} on unchanged rows {'stands' if found.kept == 1 else 'stand'}."


def _unwritten(path: Path, wrong: OSError) -> click.ClickException:
    why = (wrong.strerror or "it could not be written").casefold()
    return click.ClickException(f"{path} could not be written ({why}). Nothing was changed.")
