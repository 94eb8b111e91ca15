"""A list comes back as it was given out, whatever a spreadsheet made of it in between."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.base.signs import still, unstilled
from kg.commands.filled_list import filled_rows


@given(cell=st.text(st.sampled_from("=+-@'a1")))
def test_a_cell_made_safe_comes_back(cell: str) -> None:
    if cell[:2] not in ("'=", "'+", "'-", "'@"):  # these stand in a list as they are
        assert unstilled(still(cell)) == cell


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("code", ["utf-8-sig", "cp1252"])
def test_rows_come_back_whatever_the_spreadsheet_wrote(sign: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"Id {sign}Verdict\r\n7{sign}Zoë\r\n".encode(code))
    assert list(filled_rows(path, ("Id", "Verdict"), "kg link")) == [(2, {"Id": "7", "Verdict": "Zoë"})]
    with pytest.raises(click.UsageError, match=r'no columns "id" and "Verdict".*not a list that kg link made'):
        list(filled_rows(path, ("id", "Verdict"), "kg link"))
    assert [row for _, row in filled_rows(path, ("id", "verdict"), "kg columns", str.casefold)] == [
        {"id": "7", "verdict": "Zoë"}
    ]
