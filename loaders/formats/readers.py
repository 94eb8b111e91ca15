"""Which reader serves which kind of file, and what to do about a kind that none serves."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from kg.base import wall
from kg.base.wall import Over, behind_wall
from kg.model.problem import Place, Problem
from loaders.formats.excel import read_excel
from loaders.formats.signs import mended
from loaders.formats.tables import Score, Sheet, read_csv
from loaders.formats.word import read_word

Reader = Callable[[Path, str, Score], tuple[tuple[Sheet, ...], list[Problem]]]
"""Takes a path, the file's name for messages and the scoring of headings; gives its tables and the problems met."""


def _with_signs_mended(reader: Reader) -> Reader:
    def read(path: Path, file: str, score: Score) -> tuple[tuple[Sheet, ...], list[Problem]]:
        sheets, problems = reader(path, file, score)
        sheets, found = mended(sheets, file)
        return sheets, problems + found

    return read


_EXCEL, _WORD = map(_with_signs_mended, (read_excel, read_word))

READERS: dict[str, Reader] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": _EXCEL,
    ".xlsm": _EXCEL,
    ".docx": _WORD,
    ".docm": _WORD,
}
"""The reader of each kind of file, by the end of its name."""

CONVERT = {
    ".xls": ("old Excel files are not read", "Open it in Excel and save it as an Excel workbook (.xlsx)."),
    ".xlsb": ("binary Excel files are not read", "Open it in Excel and save it as an Excel workbook (.xlsx)."),
    ".doc": ("old Word files are not read", "Open it in Word and save it as a Word document (.docx)."),
    ".rtf": ("this older kind of text file is not read", "Open it in Word and save it as a Word document (.docx)."),
    ".ods": ("OpenDocument files are not read", "Open it and save it as an Excel workbook (.xlsx)."),
    ".odt": ("OpenDocument files are not read", "Open it and save it as a Word document (.docx)."),
    ".pdf": ("a PDF holds pages, not rows", "Ask the agency for the table itself, in Word, Excel or CSV."),
    ".txt": ("a plain text is not known to hold a table", "If it holds cells with commas or tabs, name it .csv."),
}
"""Why a kind of file is not read, and what to do about it, by the end of its name."""


def read_apart(path: Path, score: Score) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The tables of a file of a kind that is read, worked out behind the wall; ``score`` is a function of a module.

    Raises OSError where the file may not be opened. One that goes over the limits gives no sheet and a Problem.
    """
    try:
        return behind_wall(_read, path.absolute(), score)
    except Over as over:
        return (), [went_over(path.name, over, "Nothing was read from it.")]


def _read(path: Path, score: Score) -> tuple[tuple[Sheet, ...], list[Problem]]:
    return READERS[os.path.splitext(path.name)[1].casefold()](path, path.name, score)


def went_over(file: str, over: Over, done: str) -> Problem:
    """The Problem of a file that could not be read within the limits of the wall."""
    limits = wall.LIMITS
    why = {
        "time": f"after {limits.seconds:g} seconds it was not read to its end, and no table needs so long",
        "memory": f"it asks for more than {limits.memory >> 20:,} MB of memory, and no table needs so much",
        "answer": f"what it says fills more than {limits.answer >> 20:,} MB, and no table holds so much",
        "mistake": "it is written in a way that the program does not expect",
    }
    return Problem(
        Place(file),
        "error",
        "the file was given up",
        why.get(over.what, "what reads it broke off in the middle"),
        done,
        "Ask for the table alone as CSV UTF-8; if nobody made the file so, tell whoever looks after your computers.",
    )
