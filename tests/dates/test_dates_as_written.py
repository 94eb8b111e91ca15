"""Dates as people in many services write them, each with the one right reading; and figures that are no date at all.

A reading is right, or wider than right, or none: never another day. ``READ`` gives the bounds; ``UNREAD`` what has to be
left undated, because it says no day, or may say two.
"""

from __future__ import annotations

from datetime import date, time

import pytest
from helpers.examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.dates.reader import read_date
from kg.dates.when import BEGINNING, DAY, END, minute_of

PERIOD = (2016, 2022)

READ = """
12/03/2018 | 2018-03-12
12/3/18 | 2018-03-12
12.03.2018 | 2018-03-12
12-03-2018 | 2018-03-12
12 03 2018 | 2018-03-12
12/03/2018. | 2018-03-12
12 / 03 / 2018 | 2018-03-12
12/ 03/2018 | 2018-03-12
12//03/2018 | 2018-03-12
12\\03\\2018 | 2018-03-12
12_03_2018 | 2018-03-12
12,03,2018 | 2018-03-12
12/03.2018 | 2018-03-12
12.3.'18 | 2018-03-12
2018-03-12 | 2018-03-12
2018/03/12 | 2018-03-12
2018.03.12 | 2018-03-12
2018-3-12 | 2018-03-12
20180312 | 2018-03-12
12032018 | 2018-03-12
12Mar2018 | 2018-03-12
12MAR18 | 2018-03-12
12-Mar-18 | 2018-03-12
12/Mar/2018 | 2018-03-12
12 March, 2018 | 2018-03-12
12 March '18 | 2018-03-12
12th March 2018 | 2018-03-12
12 th March 2018 | 2018-03-12
the 12th of March 2018 | 2018-03-12
12th day of March 2018 | 2018-03-12
March 12th 2018 | 2018-03-12
March 12, 2018 | 2018-03-12
Mar-12-2018 | 2018-03-12
2018 March 12 | 2018-03-12
2018-Mar-12 | 2018-03-12
12 Febuary 2018 | 2018-02-12
3rd Septemeber 2018 | 2018-09-03
Mon 12/03/2018 | 2018-03-12
Mon12/03/2018 | 2018-03-12
Mon, 12/03/2018 | 2018-03-12
Monday 12th March 2018 | 2018-03-12
Monday, March 12, 2018 | 2018-03-12
Weds 14/03/2018 | 2018-03-14
Thurs. 15.3.18 | 2018-03-15
Tues the 13th March 2018 | 2018-03-13
12/03/2018 Mon | 2018-03-12
12/03/2018 (Monday) | 2018-03-12
12.3.18 Mon. | 2018-03-12
On 12 March 2018 | 2018-03-12
on the 12th March 2018 | 2018-03-12
dated 12/03/2018 | 2018-03-12
Date: 12/03/2018 | 2018-03-12
Date of visit: 12/03/2018 | 2018-03-12
[12/03/2018] | 2018-03-12
(12/03/2018) | 2018-03-12
"12/03/2018" | 2018-03-12
'12/03/2018 | 2018-03-12
- 12/03/2018 | 2018-03-12
*12/03/2018* | 2018-03-12
12/03/2018: | 2018-03-12
12 Mawrth 2018 | 2018-03-12
12fed o Fawrth 2018 | 2018-03-12
1af Medi 2018 | 2018-09-01
Dydd Llun 12 Mawrth 2018 | 2018-03-12
Dydd Mawrth 13 Mawrth 2018 | 2018-03-13
Gorffennaf 2018 | 2018-07
canol Mehefin 2018 | 2018-06-11..2018-06-20
3 Rhag 2018 | 2018-12-03
12/03/2018 09:15 | 2018-03-12 09:15
12/03/2018 0915 | 2018-03-12 09:15
12/03/2018 0915hrs | 2018-03-12 09:15
12/03/2018 09.15 hrs | 2018-03-12 09:15
12/03/2018 9.15am | 2018-03-12 09:15
12/03/2018 9.15 a.m. | 2018-03-12 09:15
12/03/2018 at 9:15 | 2018-03-12 09:15
12/03/2018 @ 09:15 | 2018-03-12 09:15
12/03/2018@09:15hrs | 2018-03-12 09:15
12/03/2018, 09:15 | 2018-03-12 09:15
12/03/2018 - 09:15 | 2018-03-12 09:15
12/03/2018; 09:15 | 2018-03-12 09:15
12/03/2018 (09:15) | 2018-03-12 09:15
12/03/2018(09:15) | 2018-03-12 09:15
12/03/2018 09:15:33 | 2018-03-12 09:15
12/03/2018 Time: 09:15 | 2018-03-12 09:15
Date: 12/03/2018 Time: 09:15 | 2018-03-12 09:15
12/03/2018 14h30 | 2018-03-12 14:30
12/03/2018 2.30pm | 2018-03-12 14:30
12/03/2018 2pm | 2018-03-12 14:00
12/03/2018 noon | 2018-03-12 12:00
12/03/2018 midday | 2018-03-12 12:00
12/03/2018 24:00 | 2018-03-12 23:59
0915hrs 12.3.18 | 2018-03-12 09:15
09:15 12/03/2018 | 2018-03-12 09:15
9am 12/03/2018 | 2018-03-12 09:00
9.15am on 12/03/2018 | 2018-03-12 09:15
at 2pm on 12 March 2018 | 2018-03-12 14:00
2.30pm - 12/03/2018 | 2018-03-12 14:30
2.30pm, Mon 12th March 2018 | 2018-03-12 14:30
Mon 12 Mar 2018 1:40pm | 2018-03-12 13:40
12.30 12.3.18 | 2018-03-12 12:30
1430hrs on the 12th March 2018 | 2018-03-12 14:30
12/03/2018 14:00 - 14:45 | 2018-03-12 14:00..14:45
12/03/2018 1.30-2pm | 2018-03-12 13:30..14:00
12/03/2018 11-2pm | 2018-03-12 11:00..14:00
12/03/2018 10-11.30am | 2018-03-12 10:00..11:30
12/03/2018 9am to 5pm | 2018-03-12 09:00..17:00
12/03/2018 0900-1700hrs | 2018-03-12 09:00..17:00
12/03/2018 between 2 and 3pm | 2018-03-12 14:00..15:00
12/03/2018 c. 2pm | 2018-03-12 13:00..15:00
12/03/2018 approx 14:00 | 2018-03-12 13:00..15:00
12/03/2018 2pm ish | 2018-03-12 13:00..15:00
12/03/2018 after 5pm | 2018-03-12 17:00..23:59
12/03/2018 before 9am | 2018-03-12 00:00..09:00
12/03/2018 1.30 | 2018-03-12 01:30..13:30
12/03/2018 am | 2018-03-12 00:00..11:59
12/03/2018 (pm) | 2018-03-12 12:00..23:59
12/03/2018 a.m. | 2018-03-12 00:00..11:59
12/03/2018 evening | 2018-03-12 17:00..23:59
12/03/2018 late evening | 2018-03-12 17:00..23:59
morning of 12/03/2018 | 2018-03-12 05:00..11:59
12/03/2018 after school | 2018-03-12 14:00..20:59
2018-03-12T09:15 | 2018-03-12 09:15
2018-03-12T09:15:33.120Z | 2018-03-12 09:15
2018-03-12 09:15:33+00:00 | 2018-03-12 09:15
2018-07-12T09:15:00+01:00 | 2018-07-12 09:15
20180312T091500 | 2018-03-12 09:15
20180312T0915Z | 2018-03-12 09:15
Mon Mar 12 09:15:00 GMT 2018 | 2018-03-12 09:15
2018-03-12 00:00:00 | 2018-03-12
12/03/2018 00:00:00 | 2018-03-12
March 2018 | 2018-03
Mar 2018 | 2018-03
Mar-18 | 2018-03
Mar '18 | 2018-03
03/2018 | 2018-03
2018-03 | 2018-03
in March 2018 | 2018-03
during March 2018 | 2018-03
some time in March 2018 | 2018-03
sometime in March 2018 | 2018-03
month of March 2018 | 2018-03
March 2018 - date unclear | 2018-03
March 2018 (exact date not known) | 2018-03
March 2018, no day recorded | 2018-03
2018 - exact date unknown | 2018-01..2018-12
2018 | 2018-01..2018-12
early March 2018 | 2018-03-01..2018-03-10
beginning of March 2018 | 2018-03-01..2018-03-10
start March 2018 | 2018-03-01..2018-03-10
mid-Mar 18 | 2018-03-11..2018-03-20
middle of March 2018 | 2018-03-11..2018-03-20
end of March 2018 | 2018-03-21..2018-03-31
end March 2018 | 2018-03-21..2018-03-31
Mar/Apr 2018 | 2018-03..2018-04
March-April 2018 | 2018-03..2018-04
March and April 2018 | 2018-03..2018-04
w/c 12/03/2018 | 2018-03-12..2018-03-18
w/c Monday 12th March 2018 | 2018-03-12..2018-03-18
W/C 12.3.18 | 2018-03-12..2018-03-18
wk beg 12/03/2018 | 2018-03-12..2018-03-18
wk com 12/03/2018 | 2018-03-12..2018-03-18
week beginning 12 March 2018 | 2018-03-12..2018-03-18
w.b. 12/03/2018 | 2018-03-12..2018-03-18
week ending 18/03/2018 | 2018-03-12..2018-03-18
During w/e 18 March 2018 | 2018-03-12..2018-03-18
weekend of 17/18 March 2018 | 2018-03-17..2018-03-18
weekend of 17 March 2018 | 2018-03-17..2018-03-18
12-14 March 2018 | 2018-03-12..2018-03-14
12th - 14th March 2018 | 2018-03-12..2018-03-14
12 to 14 March 2018 | 2018-03-12..2018-03-14
12/03/18 to 14/03/18 | 2018-03-12..2018-03-14
12/03/18-14/03/18 | 2018-03-12..2018-03-14
12.3 - 14.3.18 | 2018-03-12..2018-03-14
12/3-14/3/18 | 2018-03-12..2018-03-14
Mon 12 - Wed 14 March 2018 | 2018-03-12..2018-03-14
12 March 2018 - 14th | 2018-03-12..2018-03-14
29 Dec - 3 Jan 2018 | 2017-12-29..2018-01-03
2018-03-12 - 2018-03-14 | 2018-03-12..2018-03-14
2018-03-12-2018-03-14 | 2018-03-12..2018-03-14
2018-03-12/2018-03-14 | 2018-03-12..2018-03-14
2018-03-12/14 | 2018-03-12..2018-03-14
2018-03-12T09:00/10:30 | 2018-03-12 09:00..10:30
from 12/03/2018 to 14/03/2018 | 2018-03-12..2018-03-14 lasts
12/03/2018 to 14/03/2018 inclusive | 2018-03-12..2018-03-14
admitted 12/03/2018 discharged 14/03/2018 | 2018-03-12..2018-03-14 lasts
throughout March 2018 | 2018-03 lasts
from 12/03/2018 | 2018-03-12.. lasts
12/03/2018 onwards | 2018-03-12.. lasts
12/03/2018 - ongoing | 2018-03-12.. lasts
12/03/2018 - present | 2018-03-12.. lasts
since 12/03/2018 | 2018-03-12.. lasts
until 12/03/2018 | ..2018-03-12 lasts
before 12/03/2018 | ..2018-03-11
prior to March 2018 | ..2018-02-28
on or before 12/03/2018 | ..2018-03-12
by 12/03/2018 | ..2018-03-12
after 12/03/2018 | 2018-03-13..
on or after 12/03/2018 | 2018-03-12..
between 12 and 14 March 2018 | 2018-03-12..2018-03-14
between 12/03/2018 & 14/03/2018 | 2018-03-12..2018-03-14
12 & 14 March 2018 | 2018-03-12..2018-03-14
12, 13 and 16 March 2018 | 2018-03-12..2018-03-16
12/03/2018, 14/03/2018 | 2018-03-12..2018-03-14
12/03/2018 and 14/03/2018 | 2018-03-12..2018-03-14
c. 12/03/2018 | 2018-03-05..2018-03-19
circa March 2018 | 2018-02..2018-04
~12/03/2018 | 2018-03-05..2018-03-19
12/03/2018 approx | 2018-03-05..2018-03-19
12/03/2018 (approx.) | 2018-03-05..2018-03-19
approx. March 2018 | 2018-02..2018-04
on or about 12/03/2018 | 2018-03-05..2018-03-19
?12/03/2018? | 2018-03-05..2018-03-19
12/03/2018?? | 2018-03-05..2018-03-19
probably 12/03/2018 | 2018-03-05..2018-03-19
12/03/2018 (tbc) | 2018-03-05..2018-03-19
12/03/2018 - date unconfirmed | 2018-03-05..2018-03-19
spring 2018 | 2018-03..2018-05
Summer holidays 2018 | 2018-07-15..2018-09-10
Autumn term 2018 | 2018-09..2018-12
academic year 2017/18 | 2017-09..2018-08
2017/18 school year | 2017-09..2018-08
2017/18 | 2017-01..2018-12
2017/2018 | 2017-01..2018-12
2011/12 | 2011-01..2012-12
Christmas Day 2018 | 2018-12-25
12/03/2018 (seen by HV) | 2018-03-12
12/03/2018 - social worker | 2018-03-12
12/03/2018 HV 1 | 2018-03-12
12/03/2018-HV | 2018-03-12
HV visit 12/03/2018 | 2018-03-12
HV visit on 12/03/2018 | 2018-03-12
s47 12/03/2018 | 2018-03-12
S.47 strategy mtg 12.3.18 | 2018-03-12
12/03/2018 letter to GP | 2018-03-12
12/03/2018 not seen | 2018-03-12
12/03/2018 time not recorded | 2018-03-12
12/03/2018 (no time given) | 2018-03-12
Fri 6 Aug 2021 (holiday club) 10.20 | 2021-08-06 10:20
23rd Feb 2021 (11.30) HV 1 | 2021-02-23 11:30
12/03/2018 am visit | 2018-03-12 00:00..11:59
12/03/2018 call at 2pm from school | 2018-03-12 14:00
14:30 phone call 12/03/2018 | 2018-03-12 14:30
12/03/2018 no reply | 2018-03-12
case conference 12/03/2018 | 2018-03-12
LAC review 12/03/2018 | 2018-03-12
planned visit 12/03/2018 | 2018-03-12
12/03/2018 appt cancelled | 2018-03-12
12/03/2018 08:30, 16:30 | 2018-03-12 08:30..16:30
31.12.18/1.1.19 | 2018-12-31..2019-01-01
Jul-19 visit | 2019-07
1st week July 2019 | 2019-07-01..2019-07-13
April 2021, HV 1 | 2021-04
Between 1 and 5 Nov 2021, HV 2 | 2021-11-01..2021-11-05
12/03/2018 DNA | 2018-03-12
12 Mar 22 ? 20.00 | 2022-03-12
"""

UNREAD = """
31/02/2018 | 31/6/2018 | 29/2/2019 | 12/13/2018 | 00/03/2018 | 31/6 | 12/3 | 12 March | 12th | Monday | March
3/12 | 2/7 | 1/52 | 6/12 old | 1/2 | 120/80 | BP 120/80 | s47 | S.47 | section 47 | s.17 | v1.2 | v12.3.18 | version 12.3.18
2.5mg | 12.5 | 37.8 | 01792 123456 | 07700 900123 | 12345678 | CS/12/03/2018 | ref 12/03/2018 | case 12/3/18 | no. 12/3/18
12/03/2018/001 | 12.03.18.1 | aged 3/12 | 3/12 12/03/2018 | Easter | half term | Christmas | TBC | tbc | ongoing | n/k | N/A
unknown | not recorded | ? | - | various | see above | 24:00 | 09:15 | 2pm | morning | Xmas | summer | term time | last week
DOB 12/03/2018 | d.o.b. 12/03/18 | born 12/03/2018 | date of birth: 12/03/2018 | due 12/03/2018 | EDD 12/03/2018
not 12/03/2018 | recorded 12/03/2018 | typed up 12/03/2018 | next review 12/03/2018 | rescheduled to 12/03/2018
12/03/2018 (amended from 10/03/2018) | 12/03/2018 letter dated 10/03/2018 | letter 10/3/18 rec'd 12/3/18
day after 12/03/2018 | two weeks before 12/03/2018 | week before 12/03/2018 | few days after 12/03/2018
night before 12/03/2018 | Moved to 12/03/2018 from 10/03/2018 | 12 March 2018 (not 13th)
12/03/2018 (3 days later) | 12/03/2018 or later | 12, 14/03/2018 HV | 12/03/2018 and 14 | 12/03/2018 then 14/3
16/07/2018 - 14/07/2018 | 120318 | 310318 | 12.03 14.03.2018 | 12/03/2018 2018 | 12/03/2018 ?HV
12/03/2018 (review 12/06/2018) | 12 March - 18 | Mar 18 | 5/6 visits | Unit 2018 | Room 12.3 | page 12/13 | 2018 visits
Act 2014 s9 | £12.03 | 12.3% | Q3 | week 12 | 1.2.3 | 10.0.0.1 | 99/99/9999 | 00/00/0000 | 12/03/20 18 | 3 x 12/03
12/03/2018 cancelled, moved to 19th | 12/03/2018 (error) | 36355 | 12-13/2018 | 12/03/218
"""


def _day(words: str, end: bool) -> date:
    parts = [int(part) for part in words.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts
    if not end:
        return date(year, month, 1)
    return date.fromordinal((date(year + month // 12, month % 12 + 1, 1)).toordinal() - 1)


def bounds(said: str) -> tuple[int, int, bool]:
    """The bounds that a line of the table says."""
    lasts = said.endswith(" lasts")
    said = said.removesuffix(" lasts")
    if " " in said:
        day, clocks = said.split(" ")
        first, _, last = clocks.partition("..")
        minutes = [int(clock[:2]) * 60 + int(clock[3:]) for clock in (first, last or first)]
        return minute_of(_day(day, False), minutes[0]), minute_of(_day(day, False), minutes[1]), lasts
    a, dots, b = said.partition("..")
    first = minute_of(_day(a, False)) if a else BEGINNING
    until = b if dots else a
    return first, minute_of(_day(until, True), DAY - 1) if until else END, lasts


def table(text: str) -> list[tuple[str, str]]:
    found = []
    for line in text.strip().splitlines():
        words, _, said = line.rpartition(" | ")
        found.append((words, said))
    return found


@pytest.mark.parametrize(("words", "said"), table(READ))
def test_a_date_is_read_as_it_was_meant(words: str, said: str) -> None:
    when, why = read_date(words, about=PERIOD)
    if said == "-":
        assert when.undated
        assert why
        return
    assert (when.earliest, when.latest, when.lasts) == bounds(said), (when.plain(), why)
    assert when.words == words


@pytest.mark.parametrize(
    "words", [words.strip() for words in UNREAD.replace("\n", " | ").split(" | ") if words.strip()]
)
def test_what_is_no_one_date_is_unread_with_a_reason(words: str) -> None:
    when, why = read_date(words, about=PERIOD)
    assert when.undated, when.plain()
    assert why
    assert when.words == words


# --- any day, in any of many ways, with words around it ------------------------------------------------------------

ANY_DAY = st.dates(date(2016, 1, 1), date(2022, 12, 31))
WELSH = (
    "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
)  # fmt: skip
WAYS = """
{d}/{m}/{y}
{d:02}/{m:02}/{y}
{d:02}.{m:02}.{yy:02}
{d}.{m}.{yy:02}
{d:02}-{m:02}-{y}
{d} {m} {y}
{y}-{m:02}-{d:02}
{y}/{m:02}/{d:02}
{y}{m:02}{d:02}
{d} {month} {y}
{d}{th} {month} {y}
{d}{th} of {month} {y}
{d} {mon} {yy:02}
{d}-{mon}-{yy:02}
{d}{mon}{y}
{month} {d}{th}, {y}
{y} {month} {d}
{weekday} {d} {month} {y}
{wd} {d:02}/{m:02}/{y}
{wd}. {d}{th} {mon} {y}
{d}/{m}/{y} ({wd})
{d} {welsh} {y}
[{d}/{m}/{y}]
{d}/ {m}/{y}
the {d}{th} of {month}, {y}
on {d}.{m}.{y}
Date: {d}/{m}/{y}
{d}/{m}/{y}?
c. {d} {mon} {y}
{d}/{m}/{y} approx
""".strip().splitlines()
CLOCKS = """
{h:02}:{n:02}
{h:02}{n:02}
{h:02}{n:02}hrs
{h:02}.{n:02} hrs
at {h:02}:{n:02}
@ {h:02}:{n:02}
({h:02}:{n:02})
{h:02}h{n:02}
am
pm
evening
approx {h:02}:{n:02}
- {h:02}:{n:02}
{h}.{n:02}
""".splitlines()
BESIDE = """
HV|HV 1|(seen by HV)|- social worker|visit|call from school|not seen|DNA|s47|S.47|ward 4|x2|No. 4|(mum present)
strategy meeting|early help|letter to GP|BP 120/80|aged 3/12|2/7|3/7 visit|6/52|37.8|T/C|A&E|@ home|12|14th|, 14|& 15|- 16
01792 123456|PC 1234|v2.1|5mg|2.30|14:45|9-5|10%|£12.50|after school|review|and|or|to|from|between|2018|March|Mon|week
"""
WORDS = st.sampled_from(BESIDE.replace("\n", "|").split("|"))


def written(day: date, way: str) -> str:
    ending = "th" if 10 <= day.day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return way.format(
        d=day.day, m=day.month, y=day.year, yy=day.year % 100, th=ending, month=f"{day:%B}", mon=f"{day:%b}",
        weekday=f"{day:%A}", wd=f"{day:%a}", welsh=WELSH[day.month - 1],
    )  # fmt: skip


def holds(words: str, day: date) -> bool:
    """Whether the words are unread, or their reading holds some moment of the day."""
    when, _ = read_date(words, about=PERIOD)
    return when.earliest <= minute_of(day, DAY - 1) and minute_of(day) <= when.latest


@given(ANY_DAY, st.sampled_from(WAYS))
def test_a_day_alone_is_read_however_it_is_written(day: date, way: str) -> None:
    when, _ = read_date(written(day, way), about=PERIOD)
    assert not when.undated
    assert when.earliest <= minute_of(day) <= minute_of(day, DAY - 1) <= when.latest


@settings(max_examples=examples(600))
@given(ANY_DAY, st.sampled_from(WAYS), st.sampled_from(CLOCKS), st.times(), WORDS, WORDS)
def test_words_beside_a_day_never_make_it_another(
    day: date, way: str, clock: str, time: time, before: str, after: str
) -> None:
    said = clock.format(h=time.hour, n=time.minute)
    words = " ".join(f"{before} {written(day, way)} {said} {after}".split())
    assert holds(words, day), (words, read_date(words, about=PERIOD)[0].plain())


@settings(max_examples=examples(600))
@given(ANY_DAY, ANY_DAY, st.sampled_from(WAYS), st.sampled_from(WAYS), WORDS, WORDS, WORDS)
def test_of_two_days_in_one_cell_none_is_passed_over(
    one: date, two: date, way: str, other: str, before: str, middle: str, after: str
) -> None:
    words = " ".join(f"{before} {written(one, way)} {middle} {written(two, other)} {after}".split())
    assert holds(words, one), (words, read_date(words, about=PERIOD)[0].plain())
    assert holds(words, two), (words, read_date(words, about=PERIOD)[0].plain())


@given(st.lists(WORDS.filter(lambda words: not words.startswith(("20", "March"))), max_size=4, unique=True))
def test_figures_without_a_year_are_never_a_date(words: list[str]) -> None:
    assert read_date(" ".join(words), about=PERIOD)[0].undated
