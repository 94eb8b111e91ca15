"""Whatever bytes are in a return or in review.toml, reading ends in entries and Problems, and counts every row."""

from __future__ import annotations

import csv
import io
import random
import re
from pathlib import Path

import pytest
from helpers.examples import examples
from helpers.returns import HEAD, ROW, TOML, sound
from hypothesis import given, settings
from hypothesis import strategies as st

import loaders
from kg.terms import reader as terms
from loaders import review_toml
from loaders.rows.roster import Roster
from loaders.told import KEYS


@pytest.mark.parametrize("case", ["climbie", "connelly", "hayter"])
def test_damaged_cases_are_still_read(case: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder: Path = request.getfixturevalue(case)
    chance = random.Random(case)
    (tmp_path / "returns").mkdir()
    files = [folder / "review.toml", *sorted((folder / "returns").iterdir())]
    for _ in range(12):
        for file in files:
            data = bytearray(file.read_bytes())
            for _ in range(chance.randint(0, 6)):
                at = chance.randrange(len(data))
                what = chance.randrange(4)
                if what == 0:
                    data[at] = chance.randrange(256)
                elif what == 1:
                    del data[at : at + chance.randint(1, 40)]
                elif what == 2:
                    data[at:at] = chance.choice([b'"', b"\n", b",", b";", b"\0", b"\xff", b"\xef\xbb\xbf", b"]", b"="])
                else:
                    data[at:at] = data[at - 30 : at]
                if not data:
                    data = bytearray(b"x")
            (tmp_path / file.relative_to(folder)).write_bytes(data)
        sound(loaders.load(tmp_path))


HARMED = "\0'&=" + "".join(map(chr, range(0x80, 0xA0)))
"""Signs that came to harm on the way, which are put right and said; like those that nobody sees."""

YEAR = re.compile(r"\W*(?:19|20)\d\d\W*")
CELL = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cf"], exclude_characters=HARMED), max_size=20),
    st.sampled_from(
        [
            "",
            "1900",
            "14/07/1999",
            "?1999",
            "Kit;Ann",
            "yes",
            "bruising;alcohol",
            "Town Hospital",
            "=1",
            "P1",
            '"',
            "a\nb",
        ]
    ),
)


@settings(max_examples=examples(150))
@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=12), max_size=8), sign=st.sampled_from(",;\t"))
def test_rows_in_are_entries_out(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], sign: str) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "returns").mkdir()
    (folder / "review.toml").write_text(TOML)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=sign)
    writer.writerow(HEAD.split(","))
    writer.writerow(ROW.split(","))
    writer.writerows(rows)
    writer.writerow(ROW.split(","))
    (folder / "returns" / "town police.csv").write_bytes(text.getvalue().encode())
    loaded = loaders.load(folder)
    sound(loaded)
    written = [row for row in rows if any(cell.strip() for cell in row)]
    entries = list(loaded.review.entries[1:-1])
    for row in written:
        cells = [cell for cell in row if cell.strip()]
        if entries and [cell for cell in entries[0].cells.values() if cell.strip()] == cells:
            del entries[0]
        else:  # a year that stands alone parts the rows: it is no entry, and it is said
            assert YEAR.fullmatch("".join(cells)), row
            assert any("".join(cells).strip() in problem.why for problem in loaded.problems)
    assert not entries


@settings(max_examples=examples(150))
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "returns").mkdir()
    (folder / "review.toml").write_text(TOML)
    (folder / "returns" / "town police.csv").write_bytes(data)
    (folder / "returns" / "town hospital.csv").write_bytes(f"{HEAD}\n".encode() + data)
    sound(loaders.load(folder))


VALUE = st.recursive(
    st.one_of(
        st.booleans(), st.integers(-9, 3000), st.floats(allow_nan=False), st.text("abc \\'é", max_size=5).map(repr)
    ),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
KEY = st.sampled_from(sorted({key for keys in KEYS.values() for key in keys}))


@settings(max_examples=examples(200))
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "[[people]]", "[[agencies]]", "[returns.x]", "[[sources]]"]), KEY, VALUE),
        max_size=6,
    )
)
def test_any_values_in_review_toml_are_read_or_named(told: list[tuple[str, str, object]]) -> None:
    text = "".join(
        f"{table}\n{key} = {str(value).lower() if isinstance(value, bool) else value}\n" for table, key, value in told
    )
    opening = review_toml.read(text, terms.load())
    assert all(all((p.what, p.why, p.done, p.remedy)) for p in opening.problems)
    assert opening.problems


@given(st.text(max_size=40), st.lists(st.text(max_size=12), max_size=4))
def test_a_name_is_found_or_its_words_are_kept(cell: str, names: list[str]) -> None:
    roster = Roster((name, ()) for name in names)
    for words, found in roster.read(cell):
        assert words.strip()
        assert found is None or found in names
