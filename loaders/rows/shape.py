"""What a row of a table is by its shape: headings, a row of the record, a line that belongs to no row.

Nothing here knows a heading. A row that holds a date or a sentence beside other cells is a row of the record; the
headings are several short cells, each another, above the first of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

LOOKED_AT = 60
"""How many rows from the top are searched for the headings."""

HEADING = 160
"""No heading is longer than this, in characters."""

SENTENCE = 7
"""Cells of at least so many words are sentences; a heading that asks a question is one too."""

Score = Callable[[Sequence[str]], int]
"""How many headings of a return a row of cells names."""

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)(?![^\W\d_])"
)
_MONTH = rf"\b{_MONTHS}"
_YEAR = r"'?(?:(?:19|20)\d\d|\d\d)(?!\d)"
_DATE = re.compile(
    r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?:\s*[./-]\s*|\s+(?:of\s+)?)(?:\d{1,2}|[^\W\d_]{3,10})\.?"
    r"(?:\s*[./-]\s*|,?\s+'?)(?:\d{4}|\d{2})(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d-?[01]\d-?[0-3]\d(?!\d)"
    r"|^\W*\d{5}(?:\.\d+)?\W*$"
    rf"|{_MONTH}\.?,?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?{_YEAR}"
    rf"|{_MONTH}[/-]?{_YEAR}"
    rf"|(?<!\d)\d{{1,2}}{_MONTHS}{_YEAR}",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(r"\W*(?:year\s*)?(?:19|20)\d\d\W*", re.IGNORECASE)
_LABEL = re.compile(
    r":\s*$|^\W*(?:date|dated|dob|d\.o\.b|born|period|time ?frame|scope)\b[^.]{0,40}$|\bdate\W*$", re.IGNORECASE
)
_EXAMPLE = re.compile(r"\be\.?\s?g\b|\bfor example\b|\bexample\b|\bformat\b", re.IGNORECASE)
_HINT = re.compile(
    r"\bdd\b|\bmm\b|\byy(?:yy)?\b|\bhh\b|\b24[ -]?(?:hr|hour)|\by\s*/\s*n\b|\byes\s*/\s*no\b|\be\.?g\b|\bi\.e\b|\bplease\b"
    r"|\bif known\b|\bif applicable\b|\bsee (?:guidance|notes?)\b|\bdelete as\b|^\s*[(\[].*[)\]]\s*$",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"\W*(?:signed|sign(?:ed)?[- ]?off|signature|author\b|printed\b|date (?:completed|of report|printed|signed)"
    r"|(?:completed|compiled|prepared|approved|authorised|reviewed|checked|produced|exported|generated|extracted"
    r"|quality assured|created|submitted|received)\s+(?:by|on|from|at)\b"
    r"|end of\b|(?:grand |sub[- ]?)?totals?\b|count\b|number of (?:rows|records|entries|contacts)"
    r"|\d+ (?:rows?|records?|entries|contacts|results?)\b|page \d|sheet \d|key\b|legend\b|abbreviations?\b|glossary"
    r"|note[s:]|n\.?b\.?\b|official\b|confidential|restricted|sensitive|protect\b|version \d|continued|cont'?d|as at\b"
    r"|(?:report|extract|export|data|search|print(?:out)?) (?:date|run|generated|produced|taken|as at|from|by|on)\b"
    r"|run (?:date|on|by)|this (?:chronology|document|report)|\*+ )",
    re.IGNORECASE,
)
_SURELY = re.compile(
    r"\W*(?:(?:signed|signature|total|grand total|sub[- ]?total)s?\W*$"
    r"|(?:signed|completed|compiled|prepared|approved|authorised|checked|produced|exported|printed)\s+(?:by|on)\b"
    r"|(?:grand |sub[- ]?)?totals? (?:number of )?(?:rows|records|entries|contacts|events|visits|calls)\b"
    r"|end of (?:report|record|records|chronology|extract|export|document|table)\b|page \d+ of \d+"
    r"|\d+ (?:rows?|records?|entries)\W*$)",
    re.IGNORECASE,
)
"""How a line begins that no cell of people or codes begins with."""


def dated(cell: str) -> bool:
    """Whether a day or a month with its year stands in a cell that is short enough to be a date with words beside it."""
    if not 3 < len(cell) <= 80 or not any(sign.isdigit() for sign in cell) or _DATE.search(cell) is None:
        return False
    return _EXAMPLE.search(cell) is None


def filled(row: Sequence[str]) -> list[str]:
    """The cells of a row that hold words."""
    return [cell for cell in row if cell and not cell.isspace()]


def is_record(row: Sequence[str]) -> bool:
    """Whether a row surely is one of the record: a date, or a sentence that asks nothing, beside another cell."""
    cells = filled(row)
    if len(cells) < 2 or _labelled(cells):
        return False
    return any(dated(cell) for cell in cells) or any(_told(cell) for cell in cells)


def _told(cell: str) -> bool:
    return len(cell) > HEADING or (cell.count(" ") >= SENTENCE and cell.rstrip().endswith("."))


def _labelled(cells: Sequence[str]) -> bool:
    """Whether cells are a label and what it says, as on a cover: "Date of birth: | 11/06/2014"."""
    label = cells[0].strip()
    return len(cells) == 2 and not dated(label) and len(label) <= 60 and (label.endswith((":", "?")) or dated(cells[1]))


def on_cover(row: Sequence[str]) -> bool:
    """Whether each date of a row stands beside a label for it, as on a cover: "Completed by | A Smith | Date | 01/03/2022"."""
    cells = filled(row)
    with_dates = [at for at, cell in enumerate(cells) if dated(cell)]
    return len(cells) <= 4 and bool(with_dates) and all(at and _LABEL.search(cells[at - 1]) for at in with_dates)


def could_head(row: Sequence[str]) -> bool:
    """Whether a row could be headings: two or more cells, each another, short, none of them a date."""
    cells = filled(row)
    if len(cells) < 2:
        return False
    several = 2 * len({cell.strip().casefold() for cell in cells}) > len(cells)
    worded = sum(1 for cell in cells if any(sign.isalpha() for sign in cell))
    return several and 2 * worded > len(cells) and not any(dated(cell) or _told(cell) for cell in cells)


def heading_row(rows: Sequence[Sequence[str]], score: Score, hint: Score | None = None) -> int:
    """Which row holds the headings; -1 if none does.

    Of the rows above the first row of the record, the one that names most columns; where none names two, the nearest
    that could hold headings. ``hint`` counts the headings that are known by their words only.
    """
    looked = rows[:LOOKED_AT]
    plain = _plainly(looked, score)
    if plain >= 0:
        return plain
    first = _first_record(looked, score)
    best, chosen, nearest, named = 0, -1, -1, -1
    for at, row in enumerate(looked[:first]):
        cells = filled(row)
        exact, near = score(row), hint(row) if hint is not None else 0
        if exact and named < 0:
            named = at
        if not could_head(row) and (len(cells) < 3 or 2 * (exact + near) < len(cells)):
            continue
        if 2 * exact + near > best:
            best, chosen = 2 * exact + near, at
        nearest = at
    if best >= 3:
        return chosen
    return nearest if nearest >= 0 and first < len(looked) else named


def _plainly(rows: Sequence[Sequence[str]], score: Score) -> int:
    """The first row that plainly is headings, guidance above it or not: most of its cells are known, and three or all.

    Of two such rows, one right below the other, the one that names more.
    """
    known = [(score(row), len(filled(row))) for row in rows]
    plain = [count >= 2 and 2 * count >= cells and (count >= 3 or count == cells) for count, cells in known]
    for at, row in enumerate(rows):
        if is_record(row) and any(dated(cell) for cell in row) and not on_cover(row):
            return -1
        if plain[at]:
            below = at + 1 < len(rows) and plain[at + 1] and known[at + 1][0] > known[at][0]
            return at + 1 if below else at
    return -1


def _first_record(rows: Sequence[Sequence[str]], score: Score) -> int:
    """The first row of the record as wide as others are: one with a date, else one with a sentence; else past the last."""
    widths = sorted(len(filled(row)) for row in rows)
    usual = widths[3 * len(widths) // 4] if widths else 0
    found = [at for at, row in enumerate(rows) if is_record(row) and score(row) < 3 and not on_cover(row)]
    found = [at for at in found if len(filled(rows[at])) > 2 or usual <= 4]
    with_date = [at for at in found if any(dated(cell) for cell in rows[at])]
    return next(iter([*with_date, *found]), len(rows))


def goes_on(row: Sequence[str], above: Sequence[str], known: Score) -> bool:
    """Whether the row below the headings belongs to them: how to fill them in, their second line, or their numbers."""
    cells = filled(row)
    if len(cells) < 2 or is_record(row) or any(len(cell) > HEADING for cell in cells):
        return False
    numbers = [cell.strip(" ().") for cell in cells]
    if len(cells) > 2 and numbers in (
        [str(n) for n in range(1, len(cells) + 1)],
        [chr(65 + n) for n in range(len(cells))],
        [chr(97 + n) for n in range(len(cells))],
    ):
        return True
    hints = sum(1 for cell in cells if _HINT.search(cell))
    if hints and 2 * (hints + known(cells)) >= len(cells):
        return True
    under = [
        cell for cell, over in zip(row, [*above, *[""] * len(row)], strict=False) if cell.strip() and not over.strip()
    ]
    return bool(under) and 3 * known(cells) >= 2 * len(cells) and known(cells) > 1


def begins_a_line(words: str) -> bool:
    """Whether words begin as a sign-off, a total, a page number, a key or a marking does."""
    return _LINE.match(words) is not None


def is_line(row: Sequence[str], coded: Collection[int], date: int = -1) -> bool:
    """Whether a row without an account is no row of the record but a line below or between: a total, a signature, a key.

    Such a row has one or two cells, the first of them under none of the columns that are ``coded`` (or hold accounts),
    unless it stands first and surely begins as a sign-off or a total does ("Signed", "Total contacts: 12"). A lone
    date in the column ``date`` is no line.
    """
    at = [place for place, cell in enumerate(row) if cell and not cell.isspace()]
    if not 0 < len(at) <= 2:
        return False
    first = row[at[0]].strip()
    if at[0] in coded:
        return at[0] == 0 and _SURELY.match(first) is not None and not any(place in coded for place in at[1:])
    if begins_a_line(first) or (len(at) == 1 and _YEAR_ALONE.fullmatch(first)):
        return True
    return len(at) == 1 and at[0] <= 1 and first.count(" ") >= 2 and not (at[0] == date and dated(first))
