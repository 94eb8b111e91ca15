"""Boxes to tick: the choice that was taken is read, the cell keeps every box and word."""

from __future__ import annotations

import pytest

from loaders.rows.boxes import chosen
from loaders.rows.doubts import Doubt


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("☒ Yes ☐ No", "Yes"),
        ("☐ Yes ☑ No", "No"),
        ("Yes ☒ No ☐", "Yes"),
        ("Seen: ☐ Yes ☑ No", "No"),
        ("[x] Yes [ ] No", "Yes"),
        ("Yes [ ] No [X]", "No"),
        ("(x) yes ( ) no", "yes"),
        ("☒ Yes ☑ No", "No"),
        ("✗ Yes ✓ No", "No"),
        ("☑ bruising\n☐ hunger\n☑ neglect", "bruising; neglect"),
        ("☒ Yes ☒ No", "Yes; No"),
        ("✓", "yes"),
        ("✗", "no"),
        ("☐", ""),
    ],
)
def test_the_ticked_choice_is_read(cell: str, read: str) -> None:
    assert chosen("Seen", cell, []) == read


@pytest.mark.parametrize(
    "cell", ["yes", "Home visit (unannounced)", "home visit (x)", "✗ No", "a bruise [see map]", ""]
)
def test_cells_without_a_plain_choice_stay_as_they_are(cell: str) -> None:
    pending: list[Doubt] = []
    assert chosen("Seen", cell, pending) == cell
    assert not pending


@pytest.mark.parametrize(("cell", "words"), [("☐ Yes ☐ No", "none of the boxes"), ("☒", "a box with a cross")])
def test_what_is_doubtful_about_a_box_is_said(cell: str, words: str) -> None:
    pending: list[Doubt] = []
    chosen("Seen", cell, pending)
    assert words in pending[0].what
