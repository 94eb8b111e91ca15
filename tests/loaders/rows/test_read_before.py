"""What was read before, in another return or another review, changes nothing of what a cell says."""

from __future__ import annotations

from helpers.small import WriteReview

from loaders import load

TWO = """title = "Two services"

[[people]]
name = "Sam"
role = "subject"

[[agencies]]
name = "Hill School"
type = "school"

[[agencies]]
name = "Town Police"
type = "police"
"""
ROWS = "Ref,Date,People,Contact,What happened\n"
SCHOOL = ROWS + "S-1,13/01/2025,Sam,{cell},Talked about his week.\n"
POLICE = ROWS + "P-1,14/01/2025,Sam,{cell},Talked about his week.\n"


def contacts(write_review: WriteReview, name: str, cell: str) -> tuple[str, ...]:
    """The kinds of contact of a review with one such cell from a school and then one from the police."""
    returns = {"Hill School.csv": SCHOOL.format(cell=cell), "Town Police.csv": POLICE.format(cell=cell)}
    return tuple(entry.contact for entry in load(write_review(TWO, returns, name=name)).review.entries)


def test_a_service_keeps_its_own_words_when_another_review_was_read_before(write_review: WriteReview) -> None:
    contacts(write_review, "before", "Visit")  # the police send the last return of it
    assert contacts(write_review, "after", "1:1") == ("school-contact", "")
