"""What the reviewer decides is kept, whole, by id; what no longer applies is shown."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers.small import day, review, row
from hypothesis import given
from hypothesis import strategies as st

import loaders
from kg.base.append import NotKept, append_row
from kg.commands.decide import accept, dismiss, note
from kg.decisions.notes import entry_mark, notes_by_entry, stale_notes
from kg.decisions.standing import clashing_decisions, decision_problems, stale_decisions, unknown_answers
from kg.findings.study import Study, find_gaps
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.reviewer import JUDGED, NOTED, Judgement, Note
from kg.terms.reader import load as load_terms

Write = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[2]

TOML = """
title = "A small review"
jurisdiction = "England"
kind = "child"
period = ["2021-01-01", "2021-12-31"]
subjects = ["Kit"]

[[people]]
name = "Kit"
role = "child"

[[agencies]]
name = "Town Care"
type = "childrens-social-care"
"""
HEAD = "Ref,Date,People,Contact,What happened,Indicators,Response,Seen"
ROW = "7,01/02/2021,Kit,referral-received,A referral about a bruise.,physical-abuse,,"
DONE = ("section-47", "strategy-discussion", "information-shared")
CELLS = {"Id": "chance-1", "Verdict": "accepted", "By": "A", "On": "2021-03-04", "Why": "so"}


@pytest.fixture
def folder(write_review: Write) -> Path:
    return write_review(TOML, {"town care.csv": f"{HEAD}\n{ROW}\n"})


def judged(*, id: str, verdict: str = "accepted", by: str = "A", line: int = 2, why: str = "so") -> Judgement:
    return Judgement(id, verdict, by, date(2021, 3, 4), why, Place("judgements.csv", row=line))


def study(folder: Path) -> Study:
    loaded = loaders.load(folder)
    return find_gaps(loaded.review, load_terms(), judgements=loaded.judgements)


def chance(folder: Path) -> str:
    (id,) = [finding.id for finding in study(folder).findings if finding.kind == "missed-opportunity"]
    return id


def run(command: object, *words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])  # type: ignore[arg-type]


def rows(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))


def test_an_accepted_finding_is_accepted_on_the_next_run(folder: Path) -> None:
    id = chance(folder)
    done = run(accept, folder, id, "--by", "A. Reviewer", "--why", "They hold none.", "--on", "04/03/2021")
    assert done.exit_code == 0, done.output
    assert rows(folder / "judgements.csv") == [
        [*JUDGED],
        [id, "accepted", "A. Reviewer", "2021-03-04", "They hold none."],
    ]
    assert [finding.status for finding in study(folder).findings if finding.id == id] == ["accepted"]


def test_the_last_decision_stands_and_the_first_stays_in_the_file(folder: Path) -> None:
    id = chance(folder)
    run(accept, folder, id, "--by", "A", "--why", "first")
    done = run(dismiss, folder, id, "--by", "A", "--why", "second")
    assert "It was accepted by A before, on row 2" in done.output
    assert [cells[1] for cells in rows(folder / "judgements.csv")[1:]] == ["accepted", "dismissed"]
    assert [finding.status for finding in study(folder).findings if finding.id == id] == ["dismissed"]


def test_a_decision_survives_a_corrected_return(folder: Path) -> None:
    id = chance(folder)
    run(accept, folder, id, "--by", "A", "--why", "so")
    above = "6,31/01/2021,Kit,telephone-call,A call.,,,"
    (folder / "returns" / "town care.csv").write_text(
        f"{HEAD}\n{above}\n{ROW.replace('about a bruise', 'about two bruises')}\n"
    )
    assert [finding.status for finding in study(folder).findings if finding.id == id] == ["accepted"]


@pytest.mark.parametrize(("by", "why"), [("", "so"), ("  ", "so"), ("A", ""), ("A", "\t")])
def test_nobody_decides_and_no_decision_lacks_its_reason(folder: Path, by: str, why: str) -> None:
    done = run(accept, folder, chance(folder), "--by", by, "--why", why)
    assert done.exit_code == 2
    assert "it is blank" in done.output
    assert not (folder / "judgements.csv").exists()


def test_an_unknown_id_writes_nothing_and_is_met_with_the_nearest(folder: Path) -> None:
    id = chance(folder)
    done = run(dismiss, folder, id[:-1], "--by", "A", "--why", "so")
    assert done.exit_code == 2
    assert f"Did you mean {id}?" in done.output
    assert not (folder / "judgements.csv").exists()


def test_a_recorded_response_is_nothing_to_decide(folder: Path) -> None:
    done = ";".join(DONE)
    (folder / "returns" / "town care.csv").write_text(
        f"{HEAD}\n{ROW.replace('physical-abuse,,', f'physical-abuse,{done},alone')}\n"
    )
    (id,) = [finding.id for finding in study(folder).findings if finding.kind == "response-recorded"]
    refused = run(accept, folder, id, "--by", "A", "--why", "so")
    assert refused.exit_code == 2
    assert "nothing to decide" in refused.output


@pytest.mark.parametrize("words", ["31/02/2021", "March 2021", "soon"])
def test_a_decision_is_made_on_one_day(folder: Path, words: str) -> None:
    done = run(accept, folder, chance(folder), "--by", "A", "--why", "so", "--on", words)
    assert done.exit_code == 2
    assert "is not one day" in done.output


@pytest.mark.parametrize("why", ["=1+1", "+44", "-5", "@all", 'He said "no", twice', "two\nlines", "Zoë; £5"])
def test_what_is_written_is_read_back_word_for_word(folder: Path, why: str) -> None:
    assert run(accept, folder, chance(folder), "--by", "A", "--why", why).exit_code == 0
    (judgement,) = loaders.load(folder).judgements
    assert judgement.why == why


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")), min_size=5, max_size=5))
def test_any_row_comes_back_as_it_was(cells: list[str]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as there:
        file = Path(there) / "judgements.csv"
        append_row(file, JUDGED, CELLS)
        append_row(file, JUDGED, dict(zip(JUDGED, cells, strict=True)))
        append_row(file, JUDGED, CELLS)
        with file.open(encoding="utf-8-sig", newline="") as text:
            assert [*csv.reader(text)][1:] == [[*CELLS.values()], cells, [*CELLS.values()]]


@pytest.mark.parametrize(
    "old",
    [
        b"Id,Verdict,By,On,Why\nx,maybe,,,\n,,\nonly this",
        b"\xef\xbb\xbfId;Verdict;By;On;Why\r\nx;accepted;B;01/02/2021;so\r\n",
        b"why,on,by,verdict,id,extra\n\xa3,,,,x,y\n",
        "Id\tVerdict\tBy\tOn\tWhy\nx\taccepted\tB\t01/02/2021\tso\n".encode("utf-16"),
    ],
)
def test_rows_that_stand_in_the_file_are_kept_byte_for_byte(tmp_path: Path, old: bytes) -> None:
    file = tmp_path / "judgements.csv"
    file.write_bytes(old)
    append_row(file, JUDGED, CELLS)
    assert file.read_bytes().startswith(old)
    from loaders.judgements import read_judgements

    judgements, _ = read_judgements(file)
    assert (judgements[-1].id, judgements[-1].verdict, judgements[-1].why) == ("chance-1", "accepted", "so")


@pytest.mark.parametrize(
    ("old", "said"),
    [
        (b'Id,Verdict,By,On,Why\nx,accepted,B,01/02/2021,"so\n', "never closed"),
        (b"some words\n", "headings"),
        (b"Id,By,On,Why\n", "headings"),
        ("Id,Verdict,By,On,Why\n\u00a3\n".encode("cp1252"), "older Windows"),
    ],
)
def test_a_file_in_which_a_row_would_be_lost_is_left_as_it_was(tmp_path: Path, old: bytes, said: str) -> None:
    file = tmp_path / "judgements.csv"
    file.write_bytes(old)
    with pytest.raises(NotKept, match=said) as wrong:
        append_row(file, JUDGED, {**CELLS, "Why": "\u4f60"})
    assert "Nothing was written" in str(wrong.value)
    assert file.read_bytes() == old


def test_a_malformed_decision_is_a_problem_and_is_not_used(folder: Path) -> None:
    lines = [
        "Id,Verdict,By,On,Why",
        ",accepted,A,01/02/2021,x",
        "x,acepted,A,01/02/2021,x",
        "x,accepted,,01/02/2021,x",
        "x,accepted,A,,x",
        "y,Dismissed,A,01/02/2021,x",
    ]
    (folder / "judgements.csv").write_text("\n".join(lines) + "\n")
    loaded = loaders.load(folder)
    assert [(judgement.id, judgement.verdict) for judgement in loaded.judgements] == [("y", "dismissed")]
    said = [problem for problem in loaded.problems if problem.place.file == "judgements.csv"]
    assert [(problem.place.row, problem.place.column) for problem in said] == [
        (2, "Id"), (3, "Verdict"), (4, "By"), (5, "On"),
    ]  # fmt: skip
    assert 'did you mean "accepted"' in said[1].why


WRITER = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from kg.base.append import append_row
from kg.model.reviewer import JUDGED
if sys.argv[4] == "slow":
    def stuck(handle):
        print("writing", flush=True)
        time.sleep(60)
    os.fsync = stuck
for number in range(int(sys.argv[5])):
    row = {"Id": f"{sys.argv[3]}-{number}", "Verdict": "accepted", "By": "A", "On": "2021-03-04", "Why": "so"}
    append_row(Path(sys.argv[2]), JUDGED, row)
"""


def writer(file: Path, name: str, *, slow: bool = False, times: int = 1) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", WRITER, str(ROOT), str(file), name, "slow" if slow else "", str(times)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def test_a_writer_that_is_killed_leaves_the_old_file_whole_and_the_next_one_free(tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    append_row(file, JUDGED, CELLS)
    old = file.read_bytes()
    with writer(file, "cut", slow=True) as cut:
        assert cut.stdout is not None
        assert cut.stdout.readline() == "writing\n"
        cut.kill()
    assert file.read_bytes() == old
    assert len([*tmp_path.glob(".judgements.csv.*.new")]) <= 1  # none where what is being written has no name yet
    append_row(file, JUDGED, {**CELLS, "Id": "chance-2"}, patience=2)
    assert [cells[0] for cells in rows(file)] == ["Id", "chance-1", "chance-2"]
    assert not [*tmp_path.glob(".judgements.csv.*.new")]


def test_two_writers_at_once_lose_no_row(tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    writers = [writer(file, name, times=15) for name in "abcd"]
    for each in writers:
        with each:
            assert each.wait(timeout=60) == 0
    found = [cells[0] for cells in rows(file)[1:]]
    assert sorted(found) == sorted(f"{name}-{number}" for name in "abcd" for number in range(15))
    for name in "abcd":
        own = [id for id in found if id.startswith(name)]
        assert own == [f"{name}-{number}" for number in range(15)]


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    with writer(file, "busy", slow=True) as busy:
        assert busy.stdout is not None
        busy.stdout.readline()
        began = time.monotonic()
        with pytest.raises(NotKept, match="another program has been writing"):
            append_row(file, JUDGED, CELLS, patience=0.2)
        assert time.monotonic() - began < 10
        busy.kill()
    assert not file.exists()


def test_a_folder_that_may_not_be_written_is_said_in_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    id = chance(folder)
    monkeypatch.setattr("kg.base.append.write_atomically", refused)
    done = run(accept, folder, id, "--by", "A", "--why", "so")
    assert done.exit_code == 1
    assert "Nothing was written: judgements.csv could not be written (permission denied)" in done.output


def small(*entries: Entry) -> Study:
    return find_gaps(review(*entries), load_terms())


REFERRAL = row("Care/1", day(0), "physical-abuse", contact="referral-received")


def the_id(gaps: Study) -> str:
    return next(finding.id for finding in gaps.findings if finding.agency == "Care" and finding.kind != "missed-share")


def test_a_decision_whose_finding_is_gone_is_shown_with_who_decided_and_why() -> None:
    id = the_id(small(REFERRAL))
    assert stale_decisions(small(REFERRAL), [judged(id=id)]) == ()
    gone = small(row("Care/2", day(0), contact="telephone-call"))
    (problem,) = stale_decisions(gone, [judged(id=id, line=5, why="They hold none.")])
    assert (problem.severity, problem.place.row) == ("note", 5)
    assert f"{id} (accepted by A, 4 March 2021) no longer applies" in problem.what
    assert "corrected, or taken out" in problem.why
    assert "They hold none." in problem.remedy


def test_a_decision_says_if_its_entry_is_there_and_asks_for_nothing_now() -> None:
    id = the_id(small(REFERRAL))
    (problem,) = stale_decisions(small(replace(REFERRAL, indicators=(), contact="telephone-call")), [judged(id=id)])
    assert "still in the review" in problem.why
    (problem,) = stale_decisions(small(replace(REFERRAL, responses=DONE, seen="alone")), [judged(id=id)])
    assert "a response is recorded there now" in problem.why


def test_decisions_about_names_and_taken_back_ones_are_never_stale() -> None:
    some = [judged(id="a = b", verdict="same"), judged(id="chance-0", verdict="open")]
    assert stale_decisions(small(REFERRAL), some) == ()


def test_two_people_who_decide_differently_are_told_and_the_last_stands() -> None:
    first, second = judged(id="x", by="A"), judged(id="x", verdict="dismissed", by="B", line=3)
    (problem,) = clashing_decisions([first, second])
    assert "accepted by A" in problem.why
    assert "dismissed by B" in problem.why
    assert problem.done == "The last one stands: dismissed."
    assert clashing_decisions([first, judged(id="x", by="B", line=3)]) == ()
    assert clashing_decisions([first, second, judged(id="x", verdict="dismissed", by="A", line=4)]) == ()


def test_an_answer_to_no_question_is_a_problem_with_the_nearest_id() -> None:
    id = the_id(small(REFERRAL))
    reply = replace(row("Care/2", day(9), contact="record-only"), answers=id[:-1])
    (problem,) = unknown_answers(small(REFERRAL, reply))
    assert f'did you mean "{id}"' in problem.why
    assert (problem.place.column, problem.severity) == ("Answers", "warning")
    assert unknown_answers(small(REFERRAL, replace(reply, answers=id))) == ()


def test_an_answer_that_settled_its_question_is_no_problem() -> None:
    quiet = replace(REFERRAL, indicators=(), contact="telephone-call")
    reply = replace(row("Care/2", day(9), contact="record-only"), answers=the_id(small(REFERRAL)))
    assert unknown_answers(small(quiet, reply)) == ()


def test_an_answer_of_another_agency_is_doubted() -> None:
    reply = replace(row("Police/2", day(9), contact="record-only"), answers=the_id(small(REFERRAL)))
    (problem,) = unknown_answers(small(REFERRAL, reply))
    assert "this question was put to Care" in problem.why


def test_a_note_is_found_again_beside_its_entry(folder: Path) -> None:
    done = run(note, folder, "7", "--by", "A", "--text", "Ask who called.", "--on", "04/03/2021")
    assert done.exit_code == 0, done.output
    assert rows(folder / "notes.csv") == [[*NOTED], ["Town Care/7", "Ask who called.", "A", "2021-03-04"]]
    loaded = loaders.load(folder)
    assert [(at, each.note) for at, (each,) in notes_by_entry(loaded.review, loaded.notes).items()] == [
        (0, "Ask who called.")
    ]


def test_a_note_on_an_entry_without_a_ref_stays_with_its_words_when_rows_move(folder: Path) -> None:
    file = folder / "returns" / "town care.csv"
    bare = ROW.removeprefix("7")
    file.write_text(f"{HEAD}\n{bare}\n")
    run(note, folder, "Town Care/row-2", "--by", "A", "--text", "Look here.")
    file.write_text(f"{HEAD}\n{bare.replace('01/02', '31/01').replace('A referral', 'Another')}\n{bare}\n")
    loaded = loaders.load(folder)
    assert [*notes_by_entry(loaded.review, loaded.notes)] == [1]
    assert entry_mark(loaded.review, 1) != entry_mark(loaded.review, 0)


def test_a_note_without_its_entry_is_shown_and_stays(folder: Path) -> None:
    written = Note("Town Care/77", "Look here.", "A", None, Place("notes.csv", row=2))
    gaps = study(folder)
    (problem,) = stale_notes(gaps.review, [written])
    assert 'did you mean "Town Care/7"' in problem.why
    assert "Look here." in problem.done
    assert problem in decision_problems(gaps, [], [written])
    assert notes_by_entry(gaps.review, [written]) == {}


def test_a_note_without_words_is_a_problem_and_stays_in_the_file(folder: Path) -> None:
    (folder / "notes.csv").write_text("Entry,Note,By,On\nTown Care/7,,A,01/02/2021\nTown Care/7,Look.,,soon\n")
    loaded = loaders.load(folder)
    assert [(each.note, each.by, each.on) for each in loaded.notes] == [("Look.", "", None)]
    said = [problem.place.column for problem in loaded.problems if problem.place.file == "notes.csv"]
    assert said == ["Note", "By", "On"]


def test_an_unknown_entry_is_not_noted(folder: Path) -> None:
    done = run(note, folder, "Town Care/8", "--by", "A", "--text", "x")
    assert done.exit_code == 2
    assert "Did you mean" in done.output
    assert not (folder / "notes.csv").exists()
