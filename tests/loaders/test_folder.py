"""Returns as agencies send them: every row an entry, every cell word for word, whatever the file looks like."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from helpers.returns import HEAD, ROW, TOML, Read, Write, entry, said

import loaders


@pytest.mark.parametrize("case", ["climbie", "connelly", "hayter"])
def test_published_cases_are_read_whole(case: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(case)
    loaded = loaders.load(folder)
    assert not [problem for problem in loaded.problems if problem.severity == "error"]
    rows = {}
    for file in sorted((folder / "returns").iterdir()):
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows[f"returns/{file.name}"] = list(csv.DictReader(text))
    assert len(loaded.review.entries) == sum(map(len, rows.values()))
    by_place = {(e.place.file, e.ref): e for e in loaded.review.entries}
    for file_name, told in rows.items():
        for row in told:
            found = by_place[file_name, row["Ref"]]
            assert sorted(found.cells.values()) == sorted(row.values())
            assert found.narrative == row["What happened"]
    with (folder / "findings.csv").open(encoding="utf-8-sig", newline="") as text:
        assert len(loaded.published) == len(list(csv.DictReader(text)))


def test_a_row_becomes_an_entry(read: Read) -> None:
    people, told = '"Venner, Kit; jose marsh"', '"He said ""no""."'
    row = f"7,14/07/1999,13:45,{people},home-visit,{told},yes,bruising;poor-hygiene,,town hospital"
    found = entry(read(f"{HEAD}\n{row}\n"))
    assert (found.name, found.agency, found.ref) == ("Town Police/7", "Town Police", "7")
    assert (found.place.file, found.place.row) == ("returns/town-police.csv", 2)
    assert (found.when.words, found.when.timed) == ("14/07/1999 13:45", True)
    assert found.people == ("Kit", "José Marsh")
    assert (found.contact, found.narrative, found.seen) == ("home-visit", 'He said "no".', "yes")
    assert found.indicators == ("bruising", "poor-hygiene")
    assert found.shared_with == ("Town Hospital",)
    assert found.cells["people"] == "Venner, Kit; jose marsh"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_signs_encodings_and_line_ends_make_no_difference(read: Read, sign: str, encoding: str, end: str) -> None:
    text = f"{HEAD}\n{ROW.replace('well', 'wéll')}\n".replace(",", sign).replace("\n", end)
    found = entry(read(text.encode(encoding)))
    assert (found.ref, found.narrative, found.indicators) == ("7", "He was wéll", ("bruising",))


def test_lines_above_and_below_the_table_are_no_entries(read: Read) -> None:
    loaded = read(
        f"Chronology of Town Police\nOFFICIAL-SENSITIVE,,\n\n{HEAD}\n{ROW}\n,,,,\nSigned off by: A Smith 1/2/2000,,\n"
    )
    assert entry(loaded).place.row == 5
    assert loaded.review.returns[0].signed_off == "Signed off by: A Smith 1/2/2000"
    assert "OFFICIAL-SENSITIVE" in said(loaded, "above the headings").why


def test_blank_rows_are_counted_and_are_no_entries(read: Read) -> None:
    loaded = read(f"{HEAD}\n{ROW}\n,,, ,\n\n{ROW.replace('7,', '8,', 1)}\n")
    assert [e.place.row for e in loaded.review.entries] == [2, 5]
    assert said(loaded, "2 rows are blank")


def test_headings_that_stand_again_are_no_entry(read: Read) -> None:
    loaded = read(f"{HEAD}\n{ROW}\n{HEAD}\n{ROW.replace('7,', '8,', 1)}\n")
    assert len(loaded.review.entries) == 2
    assert said(loaded, "headings stand here again").place.row == 3


def test_rows_are_named_by_the_line_they_start_on(read: Read) -> None:
    loaded = read(f'{HEAD}\n1,,,,,"one\ntwo\nthree",,,,\n,,,,,four,,,,\n')
    assert [e.ref for e in loaded.review.entries] == ["1", "row-5"]


def test_a_column_no_one_knows_is_kept_under_its_own_heading(read: Read) -> None:
    loaded = read("Ref,Date,What happened,Weather\n1,14/07/1999,He was seen,rain\n")
    assert entry(loaded).cells["Weather"] == "rain"
    assert said(loaded, '"Weather" is not known').severity == "note"


def test_a_heading_that_comes_near_a_missing_column_is_taken_for_it_and_said(read: Read) -> None:
    loaded = read("Ref,Date,What happened,Indicatrs\n1,14/07/1999,He was seen,bruising\n")
    assert entry(loaded).indicators == ("bruising",)
    assert said(loaded, "Indicatrs").severity == "warning"


def test_a_heading_that_comes_near_a_column_already_there_is_left_alone(read: Read) -> None:
    loaded = read("Ref,Date,What happened,Indicators,Indicatrs\n1,14/07/1999,He was seen,alcohol,bruising\n")
    assert entry(loaded).indicators == ()
    assert entry(loaded).cells["Indicatrs"] == "bruising"
    assert 'did you mean "Indicators"?' in said(loaded, '"Indicatrs"').why


def test_review_toml_settles_what_a_heading_is(read: Read) -> None:
    toml = f'{TOML}\n[returns."town-police.csv".columns]\n"Zeta" = "indicators"\n'
    loaded = read("Ref,Date,What happened,Indicators,Zeta\n1,14/07/1999,He was seen,alcohol,bruising\n", toml)
    assert entry(loaded).indicators == ("bruising",)
    assert "alcohol" in entry(loaded).cells.values()


def test_of_two_columns_for_one_thing_the_first_counts_and_both_are_kept(read: Read) -> None:
    loaded = read("Ref,Date,What happened,Date\n1,14/07/1999,He was seen,15/07/1999\n")
    assert entry(loaded).when.words == "14/07/1999"
    assert "15/07/1999" in entry(loaded).cells.values()
    assert said(loaded, "second column for date")


def test_people_not_listed_keep_their_own_words(read: Read) -> None:
    found = entry(read(f"{HEAD}\n{ROW.replace('Kit', 'a man  called MARSH; KIT VENNER and Ann')}\n"))
    assert found.people == ("a man called MARSH", "Kit", "Ann")


def test_a_surname_written_first_is_never_taken_apart(read: Read) -> None:
    found = entry(read(f"{HEAD}\n{ROW.replace('Kit', chr(34) + 'MARSH, José;PELLOWE, Ann' + chr(34))}\n"))
    assert found.people == ("José Marsh", "PELLOWE, Ann")


@pytest.mark.parametrize(
    ("cell", "seen", "people"),
    [("", "", ()), ("Yes", "yes", ()), ("NO", "no", ()), ("alone", "alone", ()), ("kit; Ann", "names", ("Kit", "Ann"))],
)
def test_seen_is_yes_no_alone_or_names(read: Read, cell: str, seen: str, people: tuple[str, ...]) -> None:
    found = entry(read(f"{HEAD}\n{ROW.replace('yes', cell)}\n"))
    assert (found.seen, found.seen_people) == (seen, people)


def test_doubtful_words_about_seeing_count_as_not_stated(read: Read) -> None:
    loaded = read(f"{HEAD}\n{ROW.replace('yes', 'perhaps')}\n")
    assert entry(loaded).seen == ""
    assert entry(loaded).cells["seen"] == "perhaps"
    assert said(loaded, '"perhaps"')


def test_learnt_and_written_are_dates_of_their_own(read: Read) -> None:
    loaded = read("Ref,Date,Learnt,Written,What happened\n1,14/07/1999,20/07/1999,13/07/1999,He was seen\n")
    found = entry(loaded)
    assert found.known.words == "20/07/1999"
    assert found.written is not None
    assert said(loaded, "written down before it happens")


def test_what_was_told_is_named_by_refs_or_indicators(read: Read) -> None:
    head = "Ref,Date,What happened,Shared with,Shared what"
    loaded = read(
        f"{head}\nP1,14/07/1999,He was seen,Town Hospital,\nP2,15/07/1999,Told,Town Hospital,P1; Bruising; P9\n"
    )
    assert loaded.review.entries[1].shared_what == ("P1", "bruising", "P9")
    assert said(loaded, '"P9" is neither')


def test_entries_come_by_agency_then_row_whatever_the_files_are_called(read: Read) -> None:
    loaded = read({"a town hospital.csv": f"{HEAD}\n{ROW}\n", "b constabulary.csv": f"{HEAD}\n{ROW}\n"})
    assert [e.agency for e in loaded.review.entries] == ["Town Police", "Town Hospital"]


def test_a_return_goes_to_the_longest_name_that_fits_or_to_its_claimant(read: Read) -> None:
    toml = (
        TOML + '[[agencies]]\nname = "Police"\ntype = "police"\n[[agencies]]\nname = "Ward 3"\nfile = "returns/x.csv"\n'
    )
    files = ("Town_Police (final).csv", "police.csv", "x.csv", "TOWNHOSPITAL.csv")
    loaded = read(dict.fromkeys(files, f"{HEAD}\n{ROW}\n"), toml)
    assert {r.file.rpartition("/")[2]: r.agency for r in loaded.review.returns} == {
        "Town_Police (final).csv": "Town Police",
        "police.csv": "Police",
        "x.csv": "Ward 3",
        "TOWNHOSPITAL.csv": "Town Hospital",
    }


def test_two_returns_of_one_agency_share_its_refs(read: Read) -> None:
    loaded = read({"town police 1.csv": f"{HEAD}\n{ROW}\n", "town police 2.csv": f"{HEAD}\n{ROW}\n"})
    assert [e.ref for e in loaded.review.entries] == ["7", "7~2"]


def test_an_agency_without_a_return_is_said_to_be_silent(read: Read) -> None:
    loaded = read(f"{HEAD}\n{ROW}\n")
    assert [(a.name, a.has_return) for a in loaded.review.agencies] == [("Town Police", True), ("Town Hospital", False)]
    assert "silence says nothing" in said(loaded, "no return from").done


def test_judgements_are_read_with_the_day_they_were_made(write_review: Write) -> None:
    folder = write_review(TOML, {"town police.csv": f"{HEAD}\n{ROW}\n"})
    (folder / "judgements.csv").write_text(
        "Id,Verdict,By,On,Why\nab12,dismissed,A Reviewer,2001-03-04,answered\nx,accepted,B,,\n"
    )
    loaded = loaders.load(folder)
    (judgement,) = loaded.judgements
    assert (judgement.id, judgement.verdict, judgement.by, judgement.on.isoformat()) == (
        "ab12", "dismissed", "A Reviewer", "2001-03-04",
    )  # fmt: skip
    assert said(loaded, "On is blank").place.row == 3
