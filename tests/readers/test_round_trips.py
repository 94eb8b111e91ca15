"""What leaves the program and comes back is what it was, letter by letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.returns import TOML
from helpers.small import WriteReview
from hypothesis import given, settings
from hypothesis import strategies as st

import loaders
from kg.graph.rdf.read_back import review_from_trig
from kg.graph.rdf.trig import record_trig
from kg.terms.reader import load
from loaders.write_review import differences, write_review

TERMS = load()
ENDS = ["one\rtwo", "\rone", "one\r", "one\r\rtwo", "one\r\ntwo", "one\r\n\rtwo", "one\n\r\ntwo", 'a"\r"b', "a,\rb;\tc"]


def again(read: loaders.Loaded, folder: Path) -> loaders.Loaded:
    write_review(review_from_trig(record_trig(read.review, TERMS)), folder, TERMS)
    return loaders.load(folder, TERMS)


@pytest.mark.parametrize("words", ENDS)
def test_line_ends_within_a_cell_survive_export_and_import(
    words: str, write_review: WriteReview, tmp_path: Path
) -> None:
    quoted = words.replace('"', '""')
    rows = (
        f'Ref,Date,People,What happened\nX1,1/2/1999,Kit,"{quoted}"\n,2/2/1999,Kit,"{quoted}"\nX3,3/2/1999,Kit,last\n'
    )
    read = loaders.load(write_review(TOML, {"Town Police.csv": rows}), TERMS)
    assert [entry.cells["what-happened"] for entry in read.review.entries] == [words, words, "last"]
    back = again(read, tmp_path / "again")
    assert [entry.cells["what-happened"] for entry in back.review.entries] == [words, words, "last"]
    assert [entry.name for entry in back.review.entries] == [entry.name for entry in read.review.entries]
    assert [*differences(read.review, back.review)] == []


signs = st.text(st.sampled_from("ab ,;\"'\r\n\t|=\\"), min_size=1, max_size=12).filter(
    lambda words: words.strip() == words
)


@settings(max_examples=40)
@given(st.lists(signs, min_size=1, max_size=4))
def test_whatever_signs_a_cell_is_made_of_it_comes_back(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("made")
    (folder / "returns").mkdir()
    (folder / "review.toml").write_text(TOML, encoding="utf-8")
    lines = [f'X{number},1/2/1999,Kit,"{words.replace(chr(34), chr(34) * 2)}"' for number, words in enumerate(cells)]
    data = "\n".join(["Ref,Date,People,What happened", *lines]) + "\n"
    (folder / "returns" / "Town Police.csv").write_bytes(data.encode())
    read = loaders.load(folder, TERMS)
    back = again(read, folder / "again")
    assert [each.cells for each in back.review.entries] == [each.cells for each in read.review.entries]
