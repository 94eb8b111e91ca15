"""How dates are read: the day first, nothing invented, everything as wide as the words allow and no wider."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.dates.reader import DateReader, read_date
from kg.dates.spans import MONTHS, WEEKDAYS
from kg.dates.when import BEGINNING, DAY, END, When, day_of, minute_of

PERIOD = (1999, 2000)
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


def days(words: str, time: str = "") -> tuple[str, str] | None:
    """The first and last day that the words can mean, or None if they are undated."""
    when, _ = read_date(words, time, about=PERIOD)
    if when.undated:
        return None
    first = "" if when.earliest == BEGINNING else day_of(when.earliest).isoformat()
    last = "" if when.latest == END else day_of(when.latest).isoformat()
    return first, last


def why(words: str, time: str = "") -> str:
    return read_date(words, time, about=PERIOD)[1] or ""


def clock(time: str, words: str = "14/07/1999") -> tuple[int, int] | None:
    when, _ = read_date(words, time, about=PERIOD)
    return (when.earliest % DAY, when.latest % DAY) if when.timed else None


@pytest.mark.parametrize(
    "words",
    [
        "14/07/1999", "14.07.1999", "14-07-1999", "14 07 1999", "14/7/99", "14.07.99", "1999-07-14", "14 July 1999",
        "14th July 1999", "14th of July 1999", "14 Jul 99", "14-Jul-1999", "14-Jul-99", "July 14, 1999",
        "Wednesday 14 July 1999", "Wed 14/07/1999", "Wed. 14/07/99", "14/07/1999 (Wed)", "  14/07/1999. ",
        "14\N{NON-BREAKING HYPHEN}07\N{NON-BREAKING HYPHEN}1999", "14\N{NO-BREAK SPACE}July 1999",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(words: str) -> None:
    assert days(words) == ("1999-07-14", "1999-07-14")
    assert not why(words)


@pytest.mark.parametrize("words", ["03/08/1999", "3.8.99", "3-8-1999", "before 03/08/1999", "c. 03/08/1999"])
def test_month_is_never_read_first(words: str) -> None:
    first, last = days(words) or ("", "")
    assert "1999-03" not in first + last
    assert "1999-07" in first + last or "1999-08" in first + last


def test_a_month_that_does_not_exist_is_not_turned_round() -> None:
    assert days("12/13/1999") is None
    assert why("12/13/1999").startswith("there is no 13th month")


def test_a_day_that_never_was_is_undated_and_told_why() -> None:
    when, reason = read_date("31/02/2001")
    assert (when.undated, when.hedge, when.words) == (True, "unread", "31/02/2001")
    assert reason == "February 2001 ended on the 28th"
    assert why("31/04/1999") == "April 1999 ended on the 30th"
    assert why("29/02/1999") == "February 1999 ended on the 28th"
    assert days("29/02/2000") == ("2000-02-29", "2000-02-29")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("July 1999", "1999-07-01", "1999-07-31"),
        ("Jul-99", "1999-07-01", "1999-07-31"),
        ("Jul '99", "1999-07-01", "1999-07-31"),
        ("07/1999", "1999-07-01", "1999-07-31"),
        ("1999-07", "1999-07-01", "1999-07-31"),
        ("1999", "1999-01-01", "1999-12-31"),
        ("early June 2008", "2008-06-01", "2008-06-10"),
        ("mid June 2008", "2008-06-11", "2008-06-20"),
        ("mid-June 2008", "2008-06-11", "2008-06-20"),
        ("late June 2008", "2008-06-21", "2008-06-30"),
        ("late February 2000", "2000-02-21", "2000-02-29"),
        ("early 1999", "1999-01-01", "1999-04-30"),
        ("mid-1999", "1999-05-01", "1999-08-31"),
        ("late 1999", "1999-09-01", "1999-12-31"),
        ("spring 1999", "1999-03-01", "1999-05-31"),
        ("summer 1999", "1999-06-01", "1999-08-31"),
        ("autumn 1999", "1999-09-01", "1999-11-30"),
        ("winter 1999", "1998-12-01", "2000-02-29"),
        ("winter 1999/2000", "1999-12-01", "2000-02-29"),
        ("14/07/1999 - 16/07/1999", "1999-07-14", "1999-07-16"),
        ("14/07/1999-16/07/1999", "1999-07-14", "1999-07-16"),
        ("14/07/1999\N{EN DASH}16/07/1999", "1999-07-14", "1999-07-16"),
        ("14 July 1999 to 16 July 1999", "1999-07-14", "1999-07-16"),
        ("14 July 1999 until 16 July 1999", "1999-07-14", "1999-07-16"),
        ("14-16 July 1999", "1999-07-14", "1999-07-16"),
        ("14 July - 16 August 1999", "1999-07-14", "1999-08-16"),
        ("29 December - 3 January 2000", "1999-12-29", "2000-01-03"),
        ("14 July 1999 - 16 August", "1999-07-14", "1999-08-16"),
        ("July - August 1999", "1999-07-01", "1999-08-31"),
        ("June 2007 - July 2007", "2007-06-01", "2007-07-31"),
        ("2008 - 2010", "2008-01-01", "2010-12-31"),
        ("between 14/07/1999 and 16/07/1999", "1999-07-14", "1999-07-16"),
        ("between 14 and 16 July 1999", "1999-07-14", "1999-07-16"),
        ("week of 12/07/1999", "1999-07-12", "1999-07-18"),
        ("before 03/08/1999", "", "1999-08-02"),
        ("before August 1999", "", "1999-07-31"),
        ("after 03/08/1999", "1999-08-04", ""),
        ("after August 1999", "1999-09-01", ""),
        ("by 03/08/1999", "", "1999-08-03"),
        ("c. 14/07/1999", "1999-07-07", "1999-07-21"),
        ("circa March 2006", "2006-02-01", "2006-04-30"),
        ("about July 1999", "1999-06-01", "1999-08-31"),
        ("approx 1998", "1997-01-01", "1999-12-31"),
        ("c.1998", "1997-01-01", "1999-12-31"),
        ("before c. March 2006", "", "2006-03-31"),
        ("?22/05/2006", "2006-05-15", "2006-05-29"),
        ("22/05/2006?", "2006-05-15", "2006-05-29"),
        ("?July 1999", "1999-06-01", "1999-08-31"),
    ],
)
def test_words_reach_as_far_as_they_say(words: str, first: str, last: str) -> None:
    assert days(words) == (first, last)


def test_two_digit_years_lie_within_ten_years_of_the_period() -> None:
    assert days("14/07/09") == ("2009-07-14", "2009-07-14")
    assert days("14/07/89") == ("1989-07-14", "1989-07-14")
    assert days("14/07/55") is None
    assert "within 10 years" in why("14/07/55")
    assert read_date("14/07/99")[0].undated


def test_a_range_that_runs_backwards_is_not_turned_round() -> None:
    assert days("16/07/1999 - 14/07/1999") is None
    assert "before its start" in why("16/07/1999 - 14/07/1999")


def test_what_may_be_a_month_or_two_years_is_both() -> None:
    assert days("2008-10") == ("2008-01-01", "2010-12-31")
    assert "October 2008" in why("2008-10")
    assert days("July 14") is None


def test_weekdays_are_checked_and_the_date_stands() -> None:
    assert days("Monday 14 July 1999") == ("1999-07-14", "1999-07-14")
    assert why("Monday 14 July 1999") == "14 July 1999 was a Wednesday, not a Monday"


@pytest.mark.parametrize(
    ("time", "minute"),
    [
        ("13:45", 825), ("13.45", 825), ("1.45pm", 825), ("1:45 p.m.", 825), ("1345", 825), ("1345hrs", 825),
        ("13:45 hrs", 825), ("0930", 570), ("09:30", 570), ("9am", 540), ("12am", 0), ("12pm", 720), ("12 noon", 720),
        ("00:00", 0), ("24:00", 1439), ("13:45:30", 825),
    ],
)  # fmt: skip
def test_a_time_narrows_its_day(time: str, minute: int) -> None:
    assert clock(time) == (minute, minute)
    assert clock("", f"14/07/1999 {time}") == (minute, minute)


def test_a_time_may_have_two_ends_or_be_half_a_day() -> None:
    assert clock("10:00-11:30") == (600, 690)
    assert clock("", "14/07/1999 10:00 - 11:30") == (600, 690)
    assert clock("am") == (0, 719)
    assert clock("pm") == (720, 1439)


@pytest.mark.parametrize("time", ["25:00", "19:75", "teatime", "13pm", "11:00-10:00", "9" * 500])
def test_a_time_that_cannot_be_read_leaves_the_day_alone(time: str) -> None:
    when, reason = read_date("14/07/1999", time)
    assert (when.earliest, when.latest, when.timed) == (
        minute_of(date(1999, 7, 14)),
        minute_of(date(1999, 7, 14), 1439),
        False,
    )
    assert reason is not None
    assert time in when.words


def test_a_time_needs_a_day_to_belong_to() -> None:
    when, reason = read_date("July 1999", "13:45")
    assert not when.timed
    assert reason is not None
    assert read_date("", "13:45")[0].undated


def test_a_spreadsheets_empty_clock_is_no_time() -> None:
    assert not read_date("1999-07-14 00:00:00")[0].timed
    assert read_date("1999-07-14T13:45:00")[0].timed


@pytest.mark.parametrize(
    "words",
    [
        "sometime in July", "14 July", "14/07", "July", "unknown", "n/k", "?", "-", "36355", "1/2/3", "32/01/1999",
        "00/07/1999", "1999-13-01", "31-04-2001", "1 Jan 0207", "week of July 1999", "x" * 1_000_000, "14/07/19999",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_undated_with_a_reason_and_its_words(words: str) -> None:
    when, reason = read_date(words, about=PERIOD)
    assert when.undated
    assert when.hedge == "unread"
    assert reason
    assert when.words == words


def test_a_blank_cell_is_undated_without_a_reason() -> None:
    assert read_date("  ")[0].hedge == "none"
    assert read_date("")[1] is None


def test_the_reader_takes_the_century_from_the_period() -> None:
    period = When("", minute_of(date(1899, 1, 1)), minute_of(date(1899, 12, 31)))
    assert day_of(DateReader(period).read("14/07/99")[0].earliest).year == 1899


@given(
    DAYS, st.sampled_from(["{d:02}/{m:02}/{y}", "{d}.{m}.{y}", "{y}-{m:02}-{d:02}", "{d} {name} {y}", "{d}-{abc}-{y}"])
)
def test_every_calendar_day_reads_back_to_itself(day: date, form: str) -> None:
    name = MONTHS[day.month - 1]
    words = form.format(d=day.day, m=day.month, y=f"{day.year:04}", name=name, abc=name[:3])
    when, reason = read_date(words)
    assert (when.earliest, when.latest, reason) == (minute_of(day), minute_of(day, DAY - 1), None)


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_right_on_one_day_of_seven(day: date, weekday: int) -> None:
    _, reason = read_date(f"{WEEKDAYS[weekday]} {day:%d/%m}/{day.year}")
    assert (reason is None) == (day.weekday() == weekday)


@given(DAYS.filter(lambda day: 1001 < day.year < 2990), st.integers(0, 500))
def test_a_range_reaches_from_its_start_to_its_end(day: date, length: int) -> None:
    end = day + timedelta(days=length)
    when, _ = read_date(f"{day:%d/%m}/{day.year} - {end:%d/%m}/{end.year}")
    assert (when.earliest, when.latest) == (minute_of(day), minute_of(end, DAY - 1))


WORDS = """1 2 14 31 07 99 1999 2000-01 2999 1000 / - . , ? c. about before after by between and to week of
early mid late winter summer July Feb Mon Wednesday 13:45 1.45pm 0930 at ( ) ' T"""
PIECES = st.sampled_from(WORDS.split())
JUMBLES = st.lists(PIECES, max_size=8)


@given(st.one_of(st.text(max_size=40), JUMBLES.map(" ".join), JUMBLES.map("".join)), st.text(max_size=12))
@example("٣/٣/1999", "")
@example("1²/03/1999", "")
@example("after winter 2999", "")
@example("c. before 1000", "24:00")
def test_reading_is_total_and_its_bounds_are_ordered(words: str, time: str) -> None:
    when, reason = read_date(words, time, about=PERIOD)
    assert when.earliest <= when.latest
    assert (when.hedge == "unread") <= (reason is not None and when.undated)
    assert words.strip() in when.words
    assert when.plain()
    when.edtf()


@given(DAYS.filter(lambda day: 1002 < day.year < 2990), st.sampled_from(["c. ", "?", "about "]))
def test_doubt_never_narrows(day: date, doubt: str) -> None:
    for words in (f"{day:%d/%m}/{day.year}", f"{MONTHS[day.month - 1]} {day.year}", f"{day.year}"):
        plain, wide = read_date(words)[0], read_date(doubt + words)[0]
        assert wide.earliest < plain.earliest <= plain.latest < wide.latest
