"""What the days of a whole return say together: ends beside starts, months above rows, zero dates, slips and swaps."""

from __future__ import annotations

from datetime import date, timedelta

from helpers.small import WriteReview
from hypothesis import given
from hypothesis import strategies as st

from kg.dates.when import DAY, minute_of
from loaders import load

REVIEW = """title = "Sam"
jurisdiction = "England"
kind = "child"
period = ["2019-01-01", "2020-12-31"]
subjects = ["Sam"]
[[people]]
name = "Sam"
[[agencies]]
name = "Clinic"
type = "hospital"
"""


def read(write_review: WriteReview, rows: str) -> tuple[list[str], list[str]]:
    """The dates of a return as read, and what is said of its rows."""
    loaded = load(write_review(REVIEW, {"Clinic.csv": rows}))
    said = [
        f"{problem.place.row} {problem.severity}: {problem.what}" for problem in loaded.problems if problem.place.row
    ]
    return [entry.when.plain() for entry in loaded.review.entries], said


def test_a_start_and_an_end_column_are_one_date_that_lasts(write_review: WriteReview) -> None:
    rows = (
        "Ref,Date,Time,Date to,Time to,What happened\n"
        "1,01/03/2019,,20/03/2019,,In all these weeks\n"
        "2,21/03/2019,09:00,21/03/2019,17:00,All day\n"
        "3,21/03/2019,09:00,,17:00,All day\n"
        "4,22/03/2019,,,,No end\n"
        "5,22/03/2019,,22/03/2019,,One day\n"
    )
    dates, said = read(write_review, rows)
    assert dates == [
        "1 to 20 March 2019", "21 March 2019 09:00 to 17:00", "21 March 2019 09:00 to 17:00", "22 March 2019", "22 March 2019",
    ]  # fmt: skip
    assert said == []


def test_an_end_that_lies_before_its_start_or_cannot_be_read_is_said_and_the_start_stands(
    write_review: WriteReview,
) -> None:
    rows = (
        "Ref,Date,Date to,What happened\n1,05/03/2019,01/03/2019,A\n2,05/03/2019,31/02/2019,B\n3,,05/03/2019,C\n"
        "4,06/03/2019,ongoing,D\n"
    )
    dates, said = read(write_review, rows)
    assert dates == ["5 March 2019", "5 March 2019", "undated", "6 March 2019"]
    assert '2 warning: the end "01/03/2019" is not used' in said
    assert '3 error: "31/02/2019" is not a date that can be read' in said
    assert '4 warning: the end "05/03/2019" is not used' in said


def test_a_month_above_rows_is_their_heading_where_they_lean_on_it(write_review: WriteReview) -> None:
    rows = (
        "Ref,Date,What happened\n,March 2019,\n1,12th,A\n2,Mon 18,B\n3,19 2pm,C\n"
        ",April 2019,\n4,3/4,D\n5,12/05/2019,E\n6,31st,F\n"
    )
    dates, said = read(write_review, rows)
    assert dates == ["12 March 2019", "18 March 2019", "19 March 2019 14:00", "3 April 2019", "12 May 2019", "undated"]
    assert '2 note: "March 2019" stands alone above rows' in said
    assert '6 note: "April 2019" stands alone above rows' in said
    assert sum("doubtful date" in line for line in said) == 4


def test_a_month_that_no_row_leans_on_is_an_entry(write_review: WriteReview) -> None:
    dates, _ = read(write_review, "Ref,Date,What happened\n,March 2019,\n1,12/03/2019,A\n")
    assert dates == ["March 2019", "12 March 2019"]


def test_words_beside_dates_are_one_note_that_lists_them(write_review: WriteReview) -> None:
    rows = "Ref,Date,What happened\n" + "".join(f"{n},{n:02}/03/2019 HV {n},A\n" for n in range(1, 7))
    dates, said = read(write_review, rows)
    assert dates[0] == "1 March 2019"
    assert said == ["2 note: 6 cells hold other words beside their date"]


def test_a_systems_zero_date_is_undated_and_names_its_rows(write_review: WriteReview) -> None:
    rows = "Ref,Date,What happened\n1,01/01/1900,A\n2,01/01/1900,B\n3,02/03/2019,C\n4,31/12/2099,D\n5,01/01/1970,E\n"
    dates, said = read(write_review, rows)
    assert dates == ["undated", "undated", "2 March 2019", "undated", "undated"]
    assert sum("perhaps no date at all" in line for line in said) == 3


def test_the_first_of_january_within_a_review_is_a_day_like_others(write_review: WriteReview) -> None:
    dates, said = read(write_review, "Ref,Date,What happened\n1,01/01/2020,A\n2,02/01/2020,B\n")
    assert dates == ["1 January 2020", "2 January 2020"]
    assert said == []


def test_a_date_years_from_its_neighbours_keeps_its_words_and_proves_nothing_surely(write_review: WriteReview) -> None:
    rows = "Ref,Date,What happened\n1,02/03/2019,A\n2,05/03/2009,B\n3,07/03/2019,C\n"
    loaded = load(write_review(REVIEW, {"Clinic.csv": rows}))
    slipped = loaded.review.entries[1].when
    assert slipped.words == "05/03/2009"
    assert slipped.earliest == minute_of(date(2009, 3, 5))
    assert not slipped.surely_before(loaded.review.entries[0].when)
    assert any("stands far from the dates around it" in problem.what for problem in loaded.problems)


def rows_of(days: list[date], *, swapped: bool) -> str:
    """A return of these days, those that can be turned round turned round by a spreadsheet."""
    said = [f"{day:%m/%d/%Y}" if swapped and day.day <= 12 else f"{day:%d/%m/%Y}" for day in days]
    return "Ref,Date,What happened\n" + "".join(f"{n},{words},A\n" for n, words in enumerate(said, 1))


def in_steps(start: date, steps: list[int]) -> list[date]:
    days = [start]
    for step in steps:
        days.append(days[-1] + timedelta(step))
    return days


DAYS = [3, 4, 5, 2, 9, 1, 6, 8, 2, 5, 7, 11, 3, 6, 4, 9]


def test_days_turned_round_by_a_spreadsheet_are_either_day(write_review: WriteReview) -> None:
    days = in_steps(date(2019, 3, 1), DAYS)
    loaded = load(write_review(REVIEW, {"Clinic.csv": rows_of(days, swapped=True)}))
    for entry, day in zip(loaded.review.entries, days, strict=True):
        assert entry.when.earliest <= minute_of(day) <= minute_of(day, DAY - 1) <= entry.when.latest
    assert sum("may have day and month swapped" in problem.what for problem in loaded.problems) == 1


@given(st.lists(st.integers(0, 40), min_size=4, max_size=25), st.booleans())
def test_days_in_order_are_never_said_to_be_swapped(steps: list[int], latest_first: bool) -> None:
    from kg.dates.when import When
    from kg.model.problem import Place
    from kg.model.record import Entry
    from loaders.rows.day_doubts import doubted

    days = in_steps(date(2019, 1, 3), steps)
    entries = [
        Entry(str(n), "A", str(n), Place(), When(f"{day:%d/%m/%Y}", minute_of(day), minute_of(day, DAY - 1)))
        for n, day in enumerate(reversed(days) if latest_first else days)
    ]
    period = When("", minute_of(date(2019, 1, 1)), minute_of(date(2021, 12, 31), DAY - 1))
    assert not list(doubted(entries, period, "Date"))


def test_one_time_in_the_small_hours_of_a_service_that_works_by_day_is_flagged(write_review: WriteReview) -> None:
    by_day = "".join(f"{n},{n:02}/03/2019,{n + 7:02}:15,A\n" for n in range(1, 12))
    dates, said = read(write_review, f"Ref,Date,Time,What happened\n{by_day}12,12/03/2019,02:30,B\n")
    assert dates[-1] == "12 March 2019 02:30"
    assert sum("lies in the small hours" in line for line in said) == 1


def test_a_service_that_works_at_night_is_not_asked_about_its_nights(write_review: WriteReview) -> None:
    rows = "".join(f"{n},{n:02}/03/2019,{n * 2:02}:15,A\n" for n in range(1, 12))
    _, said = read(write_review, f"Ref,Date,Time,What happened\n{rows}")
    assert said == []
