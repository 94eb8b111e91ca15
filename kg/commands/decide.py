"""Commands by which the reviewer decides, notes, and asks agencies back: accept, dismiss, note and questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.output import FILE, file_to_write
from kg.commands.shared import agency_named, entry_named, format_option, review_argument, say, show, show_json
from kg.folder import study

if TYPE_CHECKING:
    from kg.findings.finding import Finding
    from kg.findings.study import Study


WRITTEN_AS = {"text": (".txt",), "markdown": (".md", ".markdown"), "csv": (".csv",), "json": (".json",)}
"""How the name of a list of questions ends, by its format."""


def _some_words(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """The words of an option, which may not be blank."""
    if not value.strip():
        why = {"by": "somebody decides", "why": "a decision gives its reason"}
        raise click.BadParameter(f"it is blank, and {why[parameter.name or 'by']}. Nothing was written.")
    return value.strip()


def _by_option(command: Callable[..., None]) -> Callable[..., None]:
    """By whom, and on which day."""
    command = click.option(
        "--on", help="The day it was decided or noted, day first (06/08/1999) or ISO. Today, if not given."
    )(command)
    return click.option("--by", required=True, callback=_some_words, help="Who decides or notes: a name.")(command)


def _why_option(command: Callable[..., None]) -> Callable[..., None]:
    """For what reason."""
    return click.option("--why", required=True, callback=_some_words, help="The reason, in a sentence.")(command)


@click.command()
@review_argument
@click.argument("id")
@_by_option
@_why_option
def accept(review: Path, id: str, by: str, on: str | None, why: str) -> None:
    """Accept a finding, best after the agency's reply. The accepted ones are those to publish.

    The decision is added to judgements.csv in the review's folder; nothing there is taken away, and the last decision
    on a finding stands.

    \b
    Example:
      kg accept my-review chance-1a2b3c4d5e --by "A. Reviewer" --why "The agency confirms there is no record."
    """
    _decide(review, id, "accepted", by, on, why)


@click.command()
@review_argument
@click.argument("id")
@_by_option
@_why_option
def dismiss(review: Path, id: str, by: str, on: str | None, why: str) -> None:
    """Dismiss a finding that does not hold, with the reason. It stays in sight as dismissed.

    The decision is added to judgements.csv in the review's folder; nothing there is taken away, and the last decision
    on a finding stands.

    \b
    Example:
      kg dismiss my-review chance-1a2b3c4d5e --by "A. Reviewer" --why "The enquiry is on another file."
    """
    _decide(review, id, "dismissed", by, on, why)


@click.command()
@review_argument
@click.argument("entry", required=False)
@_by_option
@click.option("--text", help="The note.")
@click.option(
    "--from",
    "working_copy",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Take in the new notes of this working copy, which kg chronology -o made.",
)
def note(review: Path, entry: str | None, by: str, on: str | None, text: str | None, working_copy: Path | None) -> None:
    """Note something beside an entry: a doubt, a line of enquiry. The entry itself is never touched.

    The note is added to notes.csv in the review's folder, and is found again when the agency sends a corrected return.
    With --from, every new note of a working copy is added, each once; ENTRY and --text are then not given.

    \b
    Examples:
      kg note my-review "Riverside Hospital/RH-002" --by "A. Reviewer" --text "Ask who took the call."
      kg note my-review --from working-copy.xlsx --by "A. Reviewer"
    """
    if working_copy is not None:
        from kg.commands.office import take_notes

        if entry is not None or text is not None:
            raise click.UsageError("--from takes the notes from the file: give neither ENTRY nor --text with it.")
        take_notes(review, working_copy, by, the_day(on).isoformat())
        return
    if entry is None or text is None:
        raise click.UsageError("name the entry and give --text, or take notes from a working copy with --from.")
    if not text.strip():
        raise click.BadParameter("it is blank, and a note is some words. Nothing was written.", param_hint="--text")
    text = text.strip()
    from kg.decisions.notes import entry_mark
    from kg.model.reviewer import NOTED

    gaps, _ = study(review, "recorded")
    row = entry_named(gaps, entry)
    cells = {"Entry": entry_mark(gaps.review, row), "Note": text, "By": by, "On": the_day(on).isoformat()}
    line = append_to(review / "notes.csv", NOTED, cells)
    say(f"Noted beside {gaps.review.entries[row].name}, by {by}. It stands in notes.csv, row {line}.")


@click.command()
@review_argument
@click.option("--agency", "agencies", multiple=True, help="Only for this agency (may be repeated).")
@click.option("--all", "everything", is_flag=True, help="Also those answered, accepted or dismissed.")
@click.option(
    "-o",
    "--output",
    type=FILE,
    help="Write to this file. One that exists is never written over: it may hold answers.",
)
@format_option("markdown", "csv", "json")
def questions(review: Path, agencies: tuple[str, ...], everything: bool, output: Path | None, form: str) -> None:
    """One list of questions for each agency: its entry, what was known then, the rule, and the question.

    An answer comes back as a row of the agency's return, with the question's id under Answers; the next run shows it.

    \b
    Examples:
      kg questions my-review
      kg questions my-review --agency "Riverside Hospital" --format markdown -o riverside.md
      kg questions my-review --format csv -o questions.csv
    """
    import json

    from kg.office.enquiries import questions as ask
    from kg.reports.enquiries import questions_csv, questions_json, questions_markdown, questions_text

    if output is not None:
        form_of = "text without --format" if form == "text" else form
        file_to_write(output, WRITTEN_AS[form], new="answers", otherwise=f"(It is written as {form_of}.)")
    gaps, _ = study(review, "recorded")
    wanted = {agency_named(gaps, name) for name in agencies}
    asked = [each for each in ask(gaps, everything=everything) if not wanted or each.agency in wanted]
    if form == "text" and output is None:
        show(questions_text(gaps, asked))
        return
    if form == "json" and output is None:
        show_json(questions_json(gaps, asked))
        return
    if form == "csv":
        text = questions_csv(asked)
    elif form == "markdown":
        text = questions_markdown(gaps, asked)
    elif form == "json":
        text = json.dumps(questions_json(gaps, asked), ensure_ascii=False, indent=2) + "\n"
    else:
        text = "".join(f"{line}\n" for _, line in questions_text(gaps, asked))
    if output is None:
        (say if form == "markdown" else click.echo)(text, nl=False)
        return
    _write(output, f"\ufeff{text}" if form == "csv" else text)
    say(f"Wrote {output}: {len(asked)} {'question' if len(asked) == 1 else 'questions'}.")


def _decide(review: Path, id: str, verdict: str, by: str, on: str | None, why: str) -> None:
    from kg.decisions.standing import SETTLED, last_decisions
    from kg.model.reviewer import JUDGED
    from kg.wording.findings import title

    gaps, _ = study(review, "recorded")
    finding = _finding_named(gaps, id)
    if finding.kind == SETTLED:
        raise click.UsageError(
            f"{finding.id} is a response that is recorded: there is nothing to decide. Nothing was written."
        )
    cells = {"Id": finding.id, "Verdict": verdict, "By": by, "On": the_day(on).isoformat(), "Why": why}
    line = append_to(review / "judgements.csv", JUDGED, cells)
    say(f"{verdict.capitalize()} by {by}: {title(gaps, finding)}  [{finding.id}]")
    say(f"It stands in judgements.csv, row {line}.")
    before = last_decisions(gaps.review.judgements).get(finding.id)
    if before is not None:
        say(f"It was {before.verdict} by {before.by} before, on row {before.place.row}; the last decision stands.")
    say(_so_far(gaps, finding, verdict))


def _so_far(gaps: Study, decided: Finding, verdict: str) -> str:
    """How many findings of the kind just decided are accepted and dismissed by now."""
    statuses: Mapping[str, str] = {
        finding.id: verdict if finding.id == decided.id else finding.status
        for finding in gaps.findings
        if finding.kind == decided.kind
    }
    said = [*statuses.values()]
    return (
        f"Of {len(said)} findings of this kind ({decided.kind}), {said.count('accepted')} accepted, "
        f"{said.count('dismissed')} dismissed, {said.count('open')} open."
    )


def _finding_named(gaps: Study, id: str) -> Finding:
    from kg.base.nearest import meant

    for finding in gaps.findings:
        if finding.id == id.strip():
            return finding
    hint = (
        meant(id, (finding.id for finding in gaps.findings), like=0.5) or " kg find-gaps REVIEW --all prints the ids."
    )
    raise click.UsageError(f'no finding has the id "{id}".{hint} Nothing was written.')


def the_day(words: str | None, done: str = "Nothing was written.") -> date:
    """The day that some words name; today without any. Raises UsageError, with what was ``done``, where they name none."""
    from kg.dates.reader import DateReader
    from kg.dates.when import DAY, day_of

    if words is None:
        return date.today()
    when, wrong = DateReader().read(words)
    if wrong or not when.closed or when.latest - when.earliest >= DAY:
        raise click.UsageError(f'"{words}" is not one day. Write it day first, as 06/08/1999. {done}')
    return day_of(when.earliest)


def append_to(path: Path, columns: Sequence[str], row: Mapping[str, str]) -> int:
    """Add a row to a file of the reviewer's own; the line on which it stands."""
    from kg.base.append import NotKept, append_row

    try:
        return append_row(path, columns, row)
    except NotKept as wrong:
        raise click.ClickException(str(wrong)) from None


def _write(path: Path, text: str) -> None:
    from kg.base.files import write_new

    try:
        write_new(path, text)
    except FileExistsError:
        raise click.UsageError(f"{path} exists already, and may hold answers: nothing was written.") from None
    except OSError as wrong:
        why = (wrong.strerror or "it could not be written").casefold()
        raise click.ClickException(f"{path} could not be written ({why}). Nothing was written.") from None
