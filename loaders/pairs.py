"""pairs.csv: a reader's own note of what each published finding speaks of, for a comparison with reason."""

from __future__ import annotations

from pathlib import Path

from kg.model.problem import Problem
from kg.model.reviewer import PAIRED, Pairing
from loaders.published import doubt, rows_of
from loaders.rows.roster import Roster


def read_pairs(path: Path, agencies: Roster) -> tuple[tuple[Pairing, ...], list[Problem]]:
    """The notes in a pairs.csv, in their order; cells hold several things parted by semicolons.

    A row without an Id is not used; an agency that the review does not list is kept as written; both are Problems. Raises
    OSError where the file may not be read.
    """
    problems: list[Problem] = []
    found: list[Pairing] = []
    for place, row in rows_of(path, PAIRED, problems):
        if not row["id"].strip():
            problems.append(doubt(place, "Id", "", "a note is on one finding of findings.csv", "The row is not used."))
            continue
        named: dict[str, tuple[str, ...]] = {}
        for column in ("Holders", "Seekers"):
            names = []
            for words in _several(row[column.casefold()]):
                name = agencies.find(words)
                if name is None:
                    why = "review.toml lists no agency of that name or alias"
                    problems.append(doubt(place, column, words, why, "The name is kept as written."))
                names.append(name or words)
            named[column] = tuple(names)
        found.append(
            Pairing(
                row["id"].strip(),
                _several(row["entries"]),
                named["Holders"],
                named["Seekers"],
                _several(row["indicators"]),
                _several(row["duties"]),
                place,
            )
        )
    return tuple(found), problems


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for words in cell.split(";") if (part := words.strip()))
