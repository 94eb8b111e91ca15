"""What every command shares: arguments, reading a review, printing, and names as people type them."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from kg.base.nearest import meant
from kg.base.signs import visible
from kg.commands.ending import tidily
from kg.model.problem import NotAReview

if TYPE_CHECKING:
    from kg.findings.study import Study
    from kg.model.problem import Problem
    from kg.reports.lines import Line

STYLES: dict[str, dict[str, Any]] = {"title": {"bold": True}, "grave": {"fg": "yellow"}, "quiet": {"dim": True}, "": {}}

FOLDER = click.Path(path_type=Path)

OWN = (
    "review.toml", "judgements.csv", "notes.csv", "findings.csv", "episodes.csv", "storyboard.csv", "pairs.csv", "codes.csv",
    "patterns.ttl",
)  # fmt: skip
"""Files that a review is made of, beside its returns."""


def review_argument(command: Callable[..., None]) -> Callable[..., None]:
    """One review folder; a folder that is none is said to be so, in words for people."""
    return click.argument("review", type=FOLDER)(_of_reviews(command))


def reviews_argument(command: Callable[..., None]) -> Callable[..., None]:
    """One review folder or several."""
    return click.argument("reviews", nargs=-1, required=True, type=FOLDER, metavar="REVIEW...")(of_several(command))


def of_several(command: Callable[..., None]) -> Callable[..., None]:
    """A command of several reviews: a folder that is none is told at once, and the others are done; exit code 2 then."""

    @wraps(command)
    def answered(*given: Any, **named: Any) -> None:
        kept: list[Path] = []
        wrong = ""
        for folder in named["reviews"]:
            try:
                _opened(folder)
            except NotAReview as reason:
                wrong = str(reason)
                if len(named["reviews"]) > 1:
                    say(f"Passed over: {wrong}", err=True)
            else:
                kept.append(folder)
        if wrong and not kept:
            raise click.UsageError(wrong if len(named["reviews"]) == 1 else "none of the folders is a review.")
        try:
            _of_reviews(command)(*given, **{**named, "reviews": tuple(kept)})
        except SystemExit:
            if not wrong:
                raise
        if wrong:
            sys.exit(2)

    return answered


def _opened(folder: Path) -> None:
    """Raise NotAReview where the folder is none."""
    from loaders.folder import told

    told(folder)


def _of_reviews(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def answered(*given: Any, **named: Any) -> None:
        try:
            command(*given, **named)
        except NotAReview as wrong:
            raise click.UsageError(str(wrong)) from None

    return answered


def format_option(*formats: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """How to print: text for people, or a format for programs."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", *formats]),
        default="text",
        show_default=True,
        help="How to print.",
    )


def reading_option(command: Callable[..., None]) -> Callable[..., None]:
    """Which reading of talk to take."""
    return click.option(
        "--reading",
        type=click.Choice(["recorded", "generous"]),
        default="recorded",
        show_default=True,
        help="Only what is recorded as said, or any recorded talk as having passed on everything.",
    )(command)


def suggested_option(command: Callable[..., None]) -> Callable[..., None]:
    """Whether codes count that words only suggest."""
    return click.option(
        "--suggested",
        is_flag=True,
        help="Count also codes that words only suggest, as prompts marked so (see kg code).",
    )(command)


def say_unread(folder: Path, problems: Iterable[Problem]) -> None:
    """Say beside an answer that part of the review could not be read, where it could not: its silence says nothing."""
    number = sum(problem.severity == "error" for problem in problems)
    if number:
        what = "1 thing in this review" if number == 1 else f"{number} things in this review"
        say(f"{what} could not be read, and say nothing here by their silence: kg check {typed(folder)}", err=True)


class Sturdy(click.Group):
    """Commands that end with a sentence where what they print cannot be written, or says something a terminal obeys."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the command line; help is printed here."""
        if parent is None and sys.stdout is None:
            raise _Unprinted("the output is closed, so nothing can be printed: nothing was done.")
        with _in_words():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. Raises click.ClickException, in words for people, where it cannot be done."""
        with _in_words(), tidily():
            return super().invoke(ctx)


class _Unprinted(click.ClickException):
    """What cannot even be said where it is asked for."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it on the error stream, if there is one."""
        if sys.stderr is not None:
            super().show(file)


class Seconds(click.FloatRange):
    """So many seconds, up to a day; what is no number of seconds (inf, nan) is refused."""

    name = "seconds"

    def __init__(self) -> None:
        super().__init__(min=0, max=86_400, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number. Raises click.BadParameter."""
        found = super().convert(value, param, ctx)
        if found != found:
            self.fail(f"{value} is no number of seconds.", param, ctx)
        return found


@contextmanager
def _in_words() -> Iterator[None]:
    """What goes wrong with files or the output, said to a person."""
    try:
        yield
    except click.ClickException as wrong:
        vars(wrong)["message"] = visible(wrong.message)
        raise
    except OSError as wrong:
        if wrong.errno == errno.EPIPE:  # the program that reads has read enough
            raise
        why = (wrong.strerror or "the system gave no reason").casefold()
        if wrong.filename is not None:
            raise click.ClickException(visible(f"{wrong.filename} could not be read or written ({why}).")) from None
        _no_more_output()
        raise click.ClickException(
            f"what is to be printed could not be written ({why}). It is cut off: do not use it."
        ) from None


def _no_more_output() -> None:
    """Let nothing of what could not be printed be tried again at the end of the program."""
    if sys.stdout is sys.__stdout__:
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.close(nowhere)


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print words for a person, on the error stream if ``err``; signs that a terminal obeys are made visible."""
    click.echo(visible(text), err=err, nl=nl)


def show(lines: Iterable[Line]) -> None:
    """Print a report, in colour only on a terminal and never where NO_COLOR is set."""
    colour = None if not os.environ.get("NO_COLOR") else False
    for style, text in lines:
        for line in _folded(visible(text)) if style == "title" else [visible(text)]:
            click.echo(click.style(line, **STYLES[style]) if style and line else line, color=colour)


def _folded(text: str) -> list[str]:
    from kg.reports.lines import flow

    return [*flow(text, len(text) - len(text.lstrip()), 2)]


def show_json(value: object, *, line: bool = False) -> None:
    """Print JSON: indented, or on one line where several reviews follow each other."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=None if line else 2))


def show_table(form: str, columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    """Print rows as CSV or Markdown."""
    from kg.base.tables import as_csv, as_markdown

    if form == "csv":
        click.echo(as_csv(columns, rows), nl=False)
    else:
        say(as_markdown(columns, rows), nl=False)


@contextmanager
def progress(number: int) -> Iterator[Callable[[int], object]]:
    """A progress bar on a terminal's error stream; nothing where there is no terminal or only one review."""
    if number == 1 or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=number, label="Reviews", file=sys.stderr) as bar:
        yield bar.update


def each_review(reviews: Sequence[Path]) -> Iterator[Path]:
    """The folders in turn, with a progress bar when there are several."""
    with progress(len(reviews)) as step:
        for folder in reviews:
            yield folder
            step(1)


def moment(gaps: Study, words: str, *, last: bool) -> int:
    """The first or last minute of a date written on the command line."""
    from kg.dates.reader import DateReader

    when, wrong = DateReader(gaps.review.period).read(words)
    if wrong or not when.closed:
        raise click.UsageError(f'"{words}" is not a date: {wrong or "it is open"}. Write it day first, as 06/08/1999.')
    return when.latest if last else when.earliest


def agency_named(gaps: Study, words: str) -> str:
    """The agency with this name or alias, or a sentence that says which there are."""
    agency = gaps.review.find_agency(words)
    if agency is not None:
        return agency.name
    raise click.UsageError(
        f'no agency is named "{words}".{meant(words, [a.name for a in gaps.review.agencies], like=0.5)}'
    )


def person_named(gaps: Study, words: str) -> str:
    """The person with this name or alias; a name that no list holds must stand in some entry."""
    sought = words.casefold().strip()
    person = gaps.review.find_person(words)
    if person is not None:
        return person.name
    written = {name for entry in gaps.review.entries for name in (*entry.people, *entry.about)}
    for name in sorted(written):
        if name.casefold() == sought:
            return name
    raise click.UsageError(f'no person is named "{words}".{meant(words, sorted(written), like=0.5)}')


def kind_named(gaps: Study, words: str) -> str:
    """The notation of a kind of contact, indicator or response, from its notation or label."""
    for scheme in ("contact", "indicator", "response"):
        notation = gaps.terms.match(scheme, words)
        if notation:
            return notation
    known = [n.notation for scheme in ("contact", "indicator", "response") for n in gaps.terms.schemes[scheme].concepts]
    raise click.UsageError(f'"{words}" is no kind of contact, indicator or response.{meant(words, known, like=0.5)}')


def entry_named(gaps: Study, words: str, what: str = "entry") -> int:
    """The position of the entry with this name, or with this Ref if only one entry has it."""
    entries = gaps.review.entries
    rows = [row for row, entry in enumerate(entries) if words in (entry.name, entry.ref)]
    named = [row for row in rows if entries[row].name == words]
    if len(named or rows) == 1:
        return (named or rows)[0]
    if rows:
        raise click.UsageError(f'"{words}" names several entries: {", ".join(entries[row].name for row in rows)}.')
    ids = [finding.id for finding in gaps.findings] if "finding" in what else []
    raise click.UsageError(
        f'no {what} is named "{words}".{meant(words, [*ids, *(entry.name for entry in entries)], like=0.5)}'
    )


def typed(path: Path) -> str:
    """A path as it is typed in a command: between quotation marks where it holds a space."""
    return f'"{path}"' if " " in str(path) else str(path)
