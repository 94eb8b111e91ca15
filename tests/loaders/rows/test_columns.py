"""What the headings of a table are read as, where they stand, and what is no row: laws on small tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.examples import examples
from helpers.office_files import document, workbook
from hypothesis import given, settings
from hypothesis import strategies as st

import loaders
from kg.model.problem import Problem

TOML = """
title = "Headings"
jurisdiction = "England"
kind = "child"
period = ["2020-01-01", "2022-12-31"]
subjects = ["Kit"]

[[people]]
name = "Kit"
role = "child"

[[people]]
name = "Ann"
role = "mother"

[[agencies]]
name = "Town Police"
type = "police"

[[agencies]]
name = "Green School"
type = "school"
"""
Write = Callable[..., Path]
Read = Callable[..., loaders.Loaded]


@pytest.fixture
def read(write_review: Write) -> Read:
    """A function that reads one return of the police, or several by name; ``more`` is added to review.toml."""

    def read(
        content: str | bytes | dict[str, str | bytes], more: str = "", name: str = "town-police.csv"
    ) -> loaders.Loaded:
        returns = content if isinstance(content, dict) else {name: content}
        return loaders.load(write_review(TOML + more, returns))

    return read


def table(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def roles(loaded: loaders.Loaded) -> dict[str, str]:
    """What each heading of the return is read as; "" for nothing."""
    return {
        heading: reading.column.notation if reading.column else ""
        for each in loaded.tables
        for heading, reading in zip(each.columns.headings, each.columns.readings, strict=True)
    }


def accounts(loaded: loaders.Loaded) -> list[str]:
    return [entry.narrative for entry in loaded.review.entries]


def said(loaded: loaders.Loaded, words: str) -> Problem:
    (only,) = [problem for problem in loaded.problems if words in f"{problem.what} {problem.why} {problem.done}"]
    return only


VISIT = "Kit was seen at home with his mother and was well."
CALL = "The mother rang to say that he had not slept for two nights."

# --- where the headings stand ---------------------------------------------------------------------------------------


def test_the_headings_are_the_row_above_the_first_date_even_where_none_is_known(read: Read) -> None:
    loaded = read(
        table("Noted on,Nature,Wording,Init.", f"03/02/2021,Visit,{VISIT},KP", "05/02/2021,Response,Again.,LM")
    )
    assert accounts(loaded) == [VISIT, "Again."]
    assert roles(loaded) == {
        "Noted on": "date",
        "Nature": "contact",
        "Wording": "what-happened",
        "Init.": "professional",
    }


def test_a_row_of_data_whose_cells_are_known_headings_is_a_row_of_data(read: Read) -> None:
    loaded = read(
        table("System,No,When,What was recorded", f"CRM,1,01/02/2021,{VISIT}", f"System,No,03/02/2021,{CALL}")
    )
    assert accounts(loaded) == [VISIT, CALL]


def test_a_cover_above_the_headings_is_no_entry_and_is_quoted(read: Read) -> None:
    cover = (
        "Chronology,,",
        "Author:,A Smith,",
        "Period:,01/01/2020 to 31/12/2020,",
        "Child:,Kit (DOB 01/02/2015),",
        ",,",
    )
    loaded = read(table(*cover, "Occ no,When it occurred,Summary", f"A1,01/02/2021,{VISIT}", f"A2,03/02/2021,{CALL}"))
    assert accounts(loaded) == [VISIT, CALL]
    assert "Kit (DOB 01/02/2015)" in said(loaded, "above the headings").why


def test_a_cover_of_labels_and_dates_is_no_table(read: Read) -> None:
    cover = ("Review,,,", "Name of agency,Town Police,,", "Completed by,A Smith,Date,01/03/2022", "Period,2020,,")
    loaded = read(
        table(*cover, "No.,When,Where,What took place", f"1,01/02/2021,Home,{VISIT}", f"2,Feb 2021,School,{CALL}")
    )
    assert accounts(loaded) == [VISIT, CALL]


def test_a_year_alone_is_a_caption(read: Read) -> None:
    loaded = read(table("Date,Source,Event", f"01/02/2020,CRM,{VISIT}", "2021,,", f"01/02/2021,CRM,{CALL}"))
    assert accounts(loaded) == [VISIT, CALL]
    assert "2021" in said(loaded, "between the rows").why


def test_two_tables_one_below_the_other_are_both_read(read: Read) -> None:
    loaded = read(
        table(
            "Log 2020", "Date,What happened", f"01/02/2020,{VISIT}", f"05/03/2020,{CALL}", "",
            "Log 2021", "Date,What happened,Indicators", f"03/01/2021,{VISIT},bruising", f"04/01/2021,{CALL},",
        )
    )  # fmt: skip
    assert accounts(loaded) == [VISIT, CALL, VISIT, CALL]
    assert loaded.review.entries[2].indicators == ("bruising",)


def test_headings_on_two_rows_are_joined(read: Read) -> None:
    loaded = read(
        table("Ref,Contact,,Details", ",Date,Type,", f"1,01/02/2021,Visit,{VISIT}", f"2,02/02/2021,Visit,{CALL}")
    )
    assert accounts(loaded) == [VISIT, CALL]
    assert roles(loaded) == {
        "Ref": "ref", "Contact Date": "date", "Contact Type": "contact", "Details": "what-happened",
    }  # fmt: skip


@pytest.mark.parametrize("hints", ["(dd/mm/yyyy),(24 hr),e.g. a visit,Y/N", "1,2,3,4"])
def test_a_row_that_says_how_to_fill_the_columns_in_is_quoted_and_no_entry(read: Read, hints: str) -> None:
    loaded = read(table("Date,Time,Event,Seen", hints, f"01/02/2021,10:00,{VISIT},yes"))
    assert accounts(loaded) == [VISIT]
    assert hints.split(",")[0] in said(loaded, "second row").why


def test_an_undated_row_below_the_headings_is_an_entry(read: Read) -> None:
    assert len(read(table("Date,Event,Seen", ",Known since birth,", f"01/02/2021,{VISIT},yes")).review.entries) == 2


def test_a_table_that_stands_on_its_side_is_read_block_by_block(read: Read) -> None:
    blocks = [
        f"Date:,0{n}/02/2021\nContact:,Home visit\nDetails:,{text}\nSeen:,yes" for n, text in ((1, VISIT), (2, CALL))
    ]
    loaded = read(table(*blocks))
    assert accounts(loaded) == [VISIT, CALL]
    assert [entry.contact for entry in loaded.review.entries] == ["home-visit"] * 2


# --- what is no row -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["Total contacts: 2,,", "Signed: A Smith,,", "Page 1 of 2,,", "Printed 03/04/2022 by asmith,,", "OFFICIAL,,",
             "Key: NS = not seen,,", "Extract run by the information team 05/07/2022,,"],
)  # fmt: skip
@pytest.mark.parametrize("place", [1, 2])
def test_a_line_between_or_below_the_rows_is_quoted_and_no_entry(read: Read, line: str, place: int) -> None:
    rows = [f"1,01/02/2021,{VISIT}", f"2,03/02/2021,{CALL}"]
    rows.insert(place, line)
    loaded = read(table("Ref,Date,What happened", *rows))
    assert accounts(loaded) == [VISIT, CALL]
    assert line.rstrip(",") in said(loaded, "between the rows").why


@pytest.mark.parametrize(
    "words", ["Totally withdrawn; new bruise", "End of placement: moved", "Signed agreement that he leaves"]
)
def test_an_account_is_an_entry_whatever_it_begins_with(read: Read, words: str) -> None:
    loaded = read(table("Ref,Date,What happened,Indicators", f"1,01/02/2021,{VISIT},", f",,{words},"))
    assert accounts(loaded) == [VISIT, words]


# --- columns by their words and their cells ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "role"),
    [("Occurrence Number", "ref"), ("Created Date/Time", "written"), ("Date raised", "date"),
     ("Who did you tell?", "shared-with"),
     ("What did the young person say?", "said"), ("Clinician", "professional"), ("Dyddiad cyswllt", "date"),
     ("Manylion y cyswllt", "what-happened"),
     ("Added by", "professional"),
     ("Category / Sub-category", "contact"), ("What did you do next?", "action"), ("Date of birth", "none"),
     ("Address", "none"), ("Date closed", "none"), ("NHS no", "none"), ("How recorded", "none")],
)  # fmt: skip
def test_a_heading_that_nobody_listed_is_read_by_its_words(heading: str, role: str) -> None:
    from kg.terms.reader import load
    from loaders.rows.witnesses import ENOUGH, MARGIN, Witnesses, best

    notation, weight, ahead = best(Witnesses(load()).words(heading))
    assert notation == role
    assert weight >= ENOUGH
    assert ahead >= MARGIN


def test_cells_overrule_a_heading(read: Read) -> None:
    loaded = read(table("Date,Child,Event", f"01/02/2021,Y,{VISIT}", f"02/02/2021,N,{CALL}", f"03/02/2021,Y,{VISIT}"))
    assert roles(loaded)["Child"] == "seen"
    assert said(loaded, '"Child" is read as').severity == "warning"


def test_the_account_is_the_column_of_the_longest_cells(read: Read) -> None:
    loaded = read(table("Date,Vorgang,Ort", f"01/02/2021,{VISIT},home", f"02/02/2021,{CALL},school"))
    assert accounts(loaded) == [VISIT, CALL]
    assert said(loaded, '"Vorgang" is read as').severity == "warning"


def test_staff_are_not_people(read: Read) -> None:
    loaded = read(table("Date,Seen by,Worker,Event", f"01/02/2021,HV 1,Social worker,{VISIT}"))
    assert loaded.review.entries[0].people == ()


def test_yes_and_no_alone_do_not_make_a_column_of_seen(read: Read) -> None:
    loaded = read(table("Date,Validated,Event", f"01/02/2021,Yes,{VISIT}", f"02/02/2021,No,{CALL}"))
    assert roles(loaded)["Validated"] == ""


def test_two_columns_of_accounts_are_read_together_and_kept_apart(read: Read) -> None:
    loaded = read(table("Date,Summary,Details", f"01/02/2021,A visit,{VISIT}"))
    (entry,) = loaded.review.entries
    assert entry.narrative == f"A visit\n{VISIT}"
    assert set(entry.cells.values()) == {"01/02/2021", "A visit", VISIT}


def test_seen_and_seen_alone_are_one(read: Read) -> None:
    loaded = read(
        table("Date,Event,Child seen,Seen alone", "01/02/2021,A,Yes,No", "02/02/2021,B,Yes,Yes", "03/02/2021,C,No,No")
    )
    assert [entry.seen for entry in loaded.review.entries] == ["yes", "alone", "no"]


def test_a_column_for_the_end_is_not_the_date(read: Read) -> None:
    loaded = read(table("Date from,Date to,Event", f"01/02/2021,05/02/2021,{VISIT}"))
    assert roles(loaded) == {"Date from": "date", "Date to": "date-until", "Event": "what-happened"}


@pytest.mark.parametrize("heading", ["Week ending", "Date entered", "Letzter Stand"])
def test_the_only_day_of_a_table_is_its_date(heading: str) -> None:
    assert _date_of(heading) == "date"


def _date_of(heading: str) -> str:
    from kg.terms.reader import load
    from loaders.rows.partners import Partners
    from loaders.rows.readings import Reader, SettledColumns
    from loaders.rows.roster import Roster
    from loaders.rows.witnesses import Listed

    terms = load()
    cells = (["01/02/2021", "08/02/2021", "15/02/2021"], [VISIT, CALL, VISIT])
    listed = Listed(Roster(()), Partners((), terms))
    first, _ = Reader(terms).read([heading, "Event"], SettledColumns(), listed, lambda place: cells[place])
    return first.column.notation if first.column else ""


# --- what a person settled --------------------------------------------------------------------------------------------

SETTLED = '\n[returns."{}".columns]\n"{}" = "{}"\n'


def test_what_is_settled_for_one_return_is_remembered_for_another(read: Read) -> None:
    rows = table("Date,Zettel,Event", f"01/02/2021,seen,{VISIT}")
    more = SETTLED.format("town-police.csv", "Zettel", "source")
    loaded = read({"town-police.csv": rows, "green-school.csv": rows}, more)
    assert [each.columns.readings[1].witness for each in loaded.tables] == ["elsewhere", "confirmed"]
    assert {entry.cells["source"] for entry in loaded.review.entries} == {"seen"}


def test_a_heading_settled_as_no_column_is_left_alone(read: Read) -> None:
    loaded = read(table("Date,Worker,Event", f"01/02/2021,HV,{VISIT}"), SETTLED.format("town-police.csv", "Worker", ""))
    assert roles(loaded)["Worker"] == ""


def test_a_settled_heading_that_the_file_no_longer_has_is_said(read: Read) -> None:
    loaded = read(table("Date,Event", f"01/02/2021,{VISIT}"), SETTLED.format("town-police.csv", "Narrative 2", "said"))
    assert "Narrative 2".casefold() in said(loaded, "does not have").what.casefold()


def test_two_headings_settled_as_one_thing_are_an_error(read: Read) -> None:
    more = SETTLED.format("town-police.csv", "A", "date") + '"B" = "date"\n'
    loaded = read(table("A,B,Event", f"01/02/2021,02/02/2021,{VISIT}"), more)
    assert said(loaded, "two headings of one table").severity == "error"
    assert loaded.review.entries[0].when.words == "01/02/2021"


# --- whose the rows are -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["Agency", "Organisation", "Source"])
@pytest.mark.parametrize("name", ["combined.csv", "town police combined.csv"])
def test_rows_go_to_the_agency_that_a_column_names(read: Read, heading: str, name: str) -> None:
    loaded = read(
        table(f"{heading},Date,Event", f"Town Police,01/02/2021,{VISIT}", f"Green School,02/02/2021,{CALL}"), "", name
    )
    assert [(entry.agency, entry.narrative) for entry in loaded.review.entries] == [
        ("Town Police", VISIT), ("Green School", CALL),
    ]  # fmt: skip
    assert not [problem for problem in loaded.problems if problem.severity == "error"]


def test_a_row_of_an_agency_that_nobody_listed_is_nobody_elses(read: Read) -> None:
    loaded = read(table("Agency,Date,Event", f"Town Police,01/02/2021,{VISIT}", f"Town Police,03/02/2021,{VISIT}",
                        f"The Clinic,02/02/2021,{CALL}"), "", "combined.csv")  # fmt: skip
    assert {entry.agency for entry in loaded.review.entries} == {"Town Police", "The Clinic"}
    assert said(loaded, '"The Clinic" is no agency').severity == "error"


def test_a_column_that_names_only_other_agencies_is_an_error_and_moves_no_row(read: Read) -> None:
    loaded = read(table("Agency,Date,Event", f"Green School,01/02/2021,{VISIT}", f"Green School,02/02/2021,{CALL}"))
    assert {entry.agency for entry in loaded.review.entries} == {"Town Police"}
    assert said(loaded, "names agencies, and not Town Police").severity == "error"


def test_a_sheet_goes_to_the_agency_whose_name_it_bears(read: Read) -> None:
    head = ["Ref", "Date", "What happened"]
    made = workbook(
        {"Town Police": [head, ["P1", "01/02/2021", VISIT]], "Green School": [head, ["S1", "02/02/2021", CALL]]}
    )
    loaded = read({"town police and others.xlsx": made})
    assert [entry.name for entry in loaded.review.entries] == ["Town Police/P1", "Green School/S1"]


# --- Word ---------------------------------------------------------------------------------------------------------------

HEAD = ["Ref", "Date", "What happened", "Indicators", "Comment"]


def test_a_word_table_goes_on_after_a_break_with_a_column_blank(read: Read) -> None:
    first = [HEAD, ["1", "01/02/2021", VISIT, "bruising", "seen by manager"]]
    loaded = read({"town police.docx": document([first, [["2", "05/02/2021", CALL, "bruising", ""]]])})
    assert accounts(loaded) == [VISIT, CALL]


def test_cells_of_the_record_joined_with_their_heading_stay_in_the_record(read: Read) -> None:
    rows = [HEAD, ["1", "01/02/2021", VISIT, "bruising", ""], ["2", "03/02/2021", CALL, "bruising", ""]]

    def join(made: object) -> None:
        tables = made.tables  # type: ignore[attr-defined]
        tables[0].cell(0, 4).merge(tables[0].cell(2, 4))

    loaded = read({"town police.docx": document([rows], join)})
    assert accounts(loaded) == [VISIT, CALL]


# --- words in, words out ----------------------------------------------------------------------------------------------

CELL = st.sampled_from(
    ["", "", "yes", "N/A", "bruising", "01/02/2021", "03.04.21 HV 1", "Total 3", "Signed: A Smith", "Date", "Event", "Seen",
     "No", "System", VISIT, CALL, "End of placement: moved", "Page 1 of 2", "2021", "Kit", "HV 1", "Town Police", "10:30"]
)  # fmt: skip
HEADS = st.lists(
    st.sampled_from(["Ref", "Date", "Event", "Seen", "Worker", "Noted on", "Wording", "Indicators", "Comment",
                     "Agency", "Zettel", ""]),
    min_size=2, max_size=6, unique=True,
)  # fmt: skip


@settings(max_examples=examples(120))
@given(
    heads=HEADS, rows=st.lists(st.lists(CELL, min_size=1, max_size=6), max_size=9), before=st.lists(CELL, max_size=2)
)
def test_words_in_are_words_in_entries_and_words_quoted(
    tmp_path_factory: pytest.TempPathFactory, heads: list[str], rows: list[list[str]], before: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    (folder / "returns").mkdir()
    (folder / "review.toml").write_text(TOML)
    out = io.StringIO()
    csv.writer(out).writerows([before, heads, *rows] if before else [heads, *rows])
    (folder / "returns" / "town-police.csv").write_text(out.getvalue())
    loaded = loaders.load(folder)
    kept = {words for entry in loaded.review.entries for words in entry.cells.values()}
    quoted = " ".join(" ".join((p.what, p.why)) for p in loaded.problems)
    named = {heading for each in loaded.tables for heading in each.columns.headings}
    for row in ([before] if before else []) + rows:
        again = [cell for cell in row if cell]
        if set(again) <= named:
            continue  # the headings once more
        for words in again:
            assert words in kept or words in quoted or words in named, (words, row)
