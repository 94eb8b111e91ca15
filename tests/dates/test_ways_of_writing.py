"""More ways of writing dates: weeks, two days at once, customs, parts of days, stamps, years left out, the row above."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from helpers.small import WriteReview
from hypothesis import given
from hypothesis import strategies as st

from kg.dates.customs import easter
from kg.dates.reader import read_date
from kg.dates.relative import read_beside
from kg.dates.when import BEGINNING, DAY, END, UNDATED, When, day_of
from loaders import load

PERIOD = (2016, 2018)
ANY_DAY = st.dates(date(2016, 1, 1), date(2018, 12, 31))


def days(words: str, time: str = "") -> tuple[str, str] | None:
    when, _ = read_date(words, time, about=PERIOD)
    if when.undated:
        return None
    first = "" if when.earliest == BEGINNING else day_of(when.earliest).isoformat()
    last = "" if when.latest == END else day_of(when.latest).isoformat()
    return first, last


def why(words: str, time: str = "") -> str:
    return read_date(words, time, about=PERIOD)[1] or ""


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("3rd Aug 2017", "2017-08-03", "2017-08-03"),
        ("w/c 6 March 2017", "2017-03-06", "2017-03-12"),
        ("W/C: 06/03/17", "2017-03-06", "2017-03-12"),
        ("w/e 12 March 2017", "2017-03-06", "2017-03-12"),
        ("week ending 12/03/2017", "2017-03-06", "2017-03-12"),
        ("03.02.17 and 05.02.17", "2017-02-03", "2017-02-05"),
        ("3, 4 and 5 March 2017", "2017-03-03", "2017-03-05"),
        ("14/15 March 2017", "2017-03-14", "2017-03-15"),
        ("Jan/Feb 2017", "2017-01-01", "2017-02-28"),
        ("Dec/Jan 2017", "2016-12-01", "2017-01-31"),
        ("between 4 and 8 Oct 2017", "2017-10-04", "2017-10-08"),
        ("end of March 2017", "2017-03-21", "2017-03-31"),
        ("Q1 2017/18", "2017-04-01", "2017-06-30"),
        ("Boxing Day 2016", "2016-12-26", "2016-12-26"),
        ("Good Friday 2017", "2017-04-14", "2017-04-14"),
    ],
)
def test_words_that_are_plain_to_people_are_read_without_a_doubt(words: str, first: str, last: str) -> None:
    assert days(words) == (first, last)
    assert not why(words)


@pytest.mark.parametrize(
    ("words", "within"),
    [
        ("Xmas 2016", "2016-12-25"),
        ("Christmas week 2016", "2016-12-22"),
        ("Easter 2017", "2017-04-16"),
        ("Easter holidays 2017", "2017-04-07"),
        ("New Year 2017", "2017-01-01"),
        ("half term Feb 2017", "2017-02-14"),
        ("autumn half term 2017", "2017-10-25"),
        ("May half-term 2017", "2017-05-31"),
        ("autumn term 2016/17", "2016-11-01"),
        ("spring term 2016/17", "2017-02-01"),
        ("summer term 2017", "2017-06-15"),
        ("summer holidays 2017", "2017-08-10"),
        ("Q1 2017", "2017-02-01"),
        ("Q1 2017", "2017-05-01"),
    ],
)
def test_what_rests_on_custom_is_wide_and_says_so(words: str, within: str) -> None:
    first, last = days(words) or ("", "")
    assert first < within < last
    assert why(words)


def test_before_and_after_a_feast_are_open_at_one_end() -> None:
    assert days("after Easter 2017") == ("2017-04-17", "")
    assert days("before Christmas 2017") == ("", "2017-12-24")


@pytest.mark.parametrize(
    ("year", "day"),
    [(1999, (4, 4)), (2000, (4, 23)), (2008, (3, 23)), (2011, (4, 24)), (2020, (4, 12)), (2024, (3, 31))],
)
def test_easter_falls_where_the_calendars_have_it(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


@given(st.integers(1600, 2900))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("time", "first", "last"),
    [("22:30hrs", (0, 1350), (0, 1350)), ("am", (0, 0), (0, 719)), ("evening", (0, 1020), (0, 1439)),
     ("overnight", (-1, 1200), (1, 479))],
)  # fmt: skip
def test_a_part_of_a_day_is_as_wide_as_people_mean_it(time: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    midnight = date(2017, 3, 14).toordinal() * DAY
    for when, reason in (read_date("14/03/2017", time), read_date(f"14 March 2017 {time}")):
        assert (when.earliest - midnight, when.latest - midnight) == (
            first[0] * DAY + first[1],
            last[0] * DAY + last[1],
        )
        assert when.timed
        assert reason is None


def test_the_part_of_a_day_may_stand_first() -> None:
    assert read_date("evening of 14 March 2017")[0].earliest == read_date("14 March 2017", "17:00")[0].earliest


def test_a_night_between_two_days_is_that_night() -> None:
    when, _ = read_date("overnight 14/15 March 2017")
    assert when.plain() == "14-15 March 2017"
    assert when.edtf() == "[2017-03-14..2017-03-15]"


@pytest.mark.parametrize(
    ("stamp", "doubted"),
    [("2017-03-14T22:30:00Z", False), ("2017-07-14T22:30:00+01:00", False), ("2017-07-14T22:30:00Z", True),
     ("2017-03-14T22:30+0200", True)],
)  # fmt: skip
def test_a_stamps_clock_is_kept_as_written_and_a_strange_offset_is_said(stamp: str, doubted: bool) -> None:
    when, reason = read_date(stamp)
    assert when.plain().endswith(" 22:30")
    assert (reason is not None) == doubted


@pytest.mark.parametrize(
    "words", ["4 Oct", "between 4 and 8 Oct", "early June", "w/c 7 Sept", "Xmas", "after Easter", "half term", "22/05"]
)
def test_a_missing_year_is_suggested_and_never_filled_in(words: str) -> None:
    assert days(words) is None
    reason = why(words)
    assert reason.startswith("no year is given; perhaps")
    assert all(str(year) in reason for year in range(2016, 2019))
    assert read_date(words)[0].undated


def test_a_weekday_tells_which_years_are_worth_suggesting() -> None:
    assert why("Tuesday 14 March") == "no year is given; perhaps 14 March 2017"


@given(ANY_DAY, st.sampled_from(["{d} {m}", "{d}/{n}", "early {m}", "w/c {d} {m}", "between {d} {m} and {d} {m}"]))
def test_no_year_is_ever_invented(day: date, form: str) -> None:
    words = form.format(d=day.day, n=day.month, m=f"{day:%B}")
    assert read_date(words, about=PERIOD)[0].undated


def above(words: str = "14/03/2017") -> When:
    return read_date(words)[0]


@pytest.mark.parametrize(
    ("words", "day"),
    [("the next day", "15 March 2017"), ("Same day", "14 March 2017"), ("the day before", "13 March 2017"),
     ("three days later", "17 March 2017"), ("that evening", "14 March 2017 17:00-23:59"),
     ("the following week", "20-26 March 2017"), ("later that week", "14-19 March 2017")],
)  # fmt: skip
def test_words_that_lean_on_the_row_above_are_our_reading_and_flagged(words: str, day: str) -> None:
    read = read_beside(words, "", above())
    assert read is not None
    assert read[0].plain() == day
    assert read[0].words == words
    assert "our own reading" in read[1]


@pytest.mark.parametrize("dated", [UNDATED, read_date("March 2017")[0], read_date("after 14/03/2017")[0]])
def test_the_next_day_of_no_one_day_is_no_day(dated: When) -> None:
    assert read_beside("the next day", "", dated) is None


def test_a_missing_year_beside_a_dated_row_is_still_only_suggested() -> None:
    read = read_beside("4 Jan", "", above("20/12/2016"), about=PERIOD)
    assert read is not None
    assert read[0].undated
    assert "after the row above it would be 4 January 2017" in read[1]


@given(ANY_DAY, st.integers(2, 10))
def test_days_later_are_counted_from_the_row_above(day: date, count: int) -> None:
    read = read_beside(f"{count} days later", "", above(f"{day:%d/%m/%Y}"))
    assert read is not None
    assert day_of(read[0].earliest) == day + timedelta(days=count)


REVIEW = """title = "Sam"
jurisdiction = "England"
kind = "child"
period = ["2017-01-01", "2017-12-31"]
subjects = ["Sam"]
[[people]]
name = "Sam"
[[agencies]]
name = "Police"
type = "police"
"""


def test_only_the_row_just_above_dates_the_next_day(write_review: WriteReview) -> None:
    rows = "Ref,Date,What happened\n1,14/03/2017,A\n2,the next day,B\n3,sometime,C\n4,the next day,D\n"
    loaded = load(write_review(REVIEW, {"Police.csv": rows}))
    assert [entry.when.plain() for entry in loaded.review.entries] == [
        "14 March 2017", "15 March 2017", "undated", "undated",
    ]  # fmt: skip
    assert [problem.place.row for problem in loaded.problems if problem.place.column == "Date"] == [3, 4, 5]
