"""Which reader serves which kind of file, and what to do about a kind that none serves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.model.problem import Problem
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
