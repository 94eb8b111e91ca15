"""A blank review folder to fill in, and the example that comes with the program."""

from __future__ import annotations

from pathlib import Path

from kg.base.files import write_atomically

REVIEW_TOML = """\
# What this review is about. Lines that begin with # are notes.
title = "{title}"
jurisdiction = "{nation}"     # England, Wales, Scotland or Northern Ireland
area = ""                  # a local area, only if its own procedures should count
kind = "{kind}"             # child or adult
# period = ["2019-01-01", "2021-06-30"]
# incident = "2021-06-28"    # contacts on or after this day are not judged
subjects = []              # names from the list below, e.g. ["Sam"]

# Everyone the review is about. A fact about any of them bears on every subject, unless bears_on says otherwise.
# [[people]]
# name = "Sam"
# aliases = ["Samuel", "Baby S"]
# role = "child"
# born = "2018-03-04"
# relations = ["child of Alex"]

# One for each agency. type is a word that `kg ontology` lists under "agency". file is needed only where
# the agency's name does not stand in the name of its return.
# [[agencies]]
# name = "Riverside Hospital"
# type = "hospital"
# aliases = ["RH"]
# file = "returns/riverside.csv"

# [[sources]]
# key = "file"
# title = "The agency's own records"

# Where an agency's headings are not understood (kg check says so):
# [returns."returns/riverside.csv".columns]
# "What the ward saw" = "what-happened"
"""

HEADINGS = (
    "Ref,Date,Time,Learnt,Written,Source,People,About,Professional,Contact,What happened,Seen,Said,Indicators,Response,"
    "Shared with,Shared what,Received from,Answers,Comment\n"
)


def make_blank(folder: Path, *, title: str, nation: str, kind: str) -> list[tuple[Path, str]]:
    """Make an empty review folder; answers each file with what to do with it.

    Writes review.toml, an empty ``returns`` folder and a blank return to send to agencies. Raises OSError where the
    folder cannot be written.
    """
    returns = folder / "returns"
    returns.mkdir(parents=True, exist_ok=True)
    safe = title.replace("\\", "\\\\").replace('"', '\\"')
    write_atomically(folder / "review.toml", REVIEW_TOML.format(title=safe, nation=nation, kind=kind))
    write_atomically(folder / "blank-return.csv", "﻿" + HEADINGS)
    return [
        (folder / "review.toml", "fill in the period, the people and the agencies"),
        (folder / "blank-return.csv", "send to agencies that have no form of their own"),
        (returns, "put each agency's return here, as it came"),
    ]


def example_folder() -> Path:
    """The packaged example: inside the installed program, else beside it in a checkout."""
    root = Path(__file__).resolve().parent.parent
    packaged = root / "kg" / "_examples" / "climbie"
    return packaged if packaged.is_dir() else root / "examples" / "climbie"
