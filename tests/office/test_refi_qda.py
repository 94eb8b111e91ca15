"""Codes go to programs of qualitative coders on exactly their words, with who and when, and come back into codes.csv."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from helpers.asking import TERMS
from helpers.small import WriteReview

from kg.folder import open_review
from kg.office.refi_qda import codebook, project

TOML = (
    'title = "Sam"\njurisdiction = "England"\nkind = "child"\nperiod = ["01/01/2021", "31/12/2021"]\nsubjects = ["Sam"]\n'
    '[[people]]\nname = "Sam"\nrole = "child"\n[[agencies]]\nname = "School"\ntype = "school"\n'
)
RETURN = """Ref,Date,People,What happened,Indicators
S1,01/02/2021,Sam,Café: bruise to left arm.,
S2,02/02/2021,Sam,Hungry.,hunger
"""
QDE = "{urn:QDA-XML:project:1.0}"


def kg(*words: str | Path, keys: str = "") -> Result:
    import cli

    return CliRunner().invoke(cli.main, [*map(str, words)], input=keys)


@pytest.fixture
def folder(write_review: WriteReview) -> Path:
    folder = write_review(TOML, {"School.csv": RETURN})
    kg("code", folder, "--by", "A. Reviewer", keys="eeq")
    return folder


def test_a_code_stands_on_exactly_its_words_with_who_and_when(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "sam.qdpx"
    assert kg("export", folder, "--format", "qdpx", "-o", file).exit_code == 0
    with zipfile.ZipFile(file) as archive:
        root = ElementTree.fromstring(archive.read("project.qde"))
        names = {each.get("guid"): each.get("name") for each in root.iter(f"{QDE}Code")}
        users = {each.get("guid"): each.get("name") for each in root.iter(f"{QDE}User")}
        found = set()
        for source in root.iter(f"{QDE}TextSource"):
            text = archive.read(f"sources/{source.get('guid')}.txt").decode()
            for chosen in source.iter(f"{QDE}PlainTextSelection"):
                words = text[int(chosen.get("startPosition", "")) : int(chosen.get("endPosition", ""))]
                (ref,) = chosen.iter(f"{QDE}CodeRef")
                found.add((source.get("name"), names[ref.get("targetGUID")], words, users[chosen.get("creatingUser")]))
            for coding in source.findall(f"{QDE}Coding"):
                assert users[coding.get("creatingUser")] == "School"
    assert ("School/S1", "Bruising or marks", "bruise", "A. Reviewer") in found


def test_the_same_review_gives_the_same_bytes(folder: Path) -> None:
    review = open_review(folder).review
    assert project(review, TERMS) == project(review, TERMS)


def test_the_codebook_holds_every_code_once(folder: Path) -> None:
    root = ElementTree.fromstring(codebook(TERMS))
    ids = [each.get("guid") for each in root.iter("{urn:QDA-XML:codebook:1.0}Code")]
    number = sum(len(TERMS.schemes[scheme].concepts) for scheme in ("indicator", "response", "contact", "seen"))
    assert len(ids) == len({*ids}) == number + 4


def test_codings_come_back_as_the_coders_own_or_wait(folder: Path, tmp_path: Path, write_review: WriteReview) -> None:
    file = tmp_path / "sam.qdpx"
    kg("export", folder, "--format", "qdpx", "-o", file)
    for by, verdict in (("A. Reviewer", "accepted"), ("B", "suggested")):
        fresh = write_review(TOML, {"School.csv": RETURN}, name=f"by {by}")
        done = kg("code", fresh, "--from", file, "--by", by)
        assert done.exit_code == 0, done.output
        assert {each.verdict for each in open_review(fresh).review.codes} == {verdict}
        assert ("bruising" in open_review(fresh).review.entries[0].indicators) == (verdict == "accepted")
        assert "0 rows added" in kg("code", fresh, "--from", file, "--by", by).output


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", b"<xml/>"])
def test_a_file_that_is_no_project_is_said_to_be_none(folder: Path, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "bad.qdpx"
    file.write_bytes(data)
    done = kg("code", folder, "--from", file, "--by", "B")
    assert done.exit_code == 2
    assert "Nothing was kept" in done.output


def test_an_independent_reader_reads_the_project_and_the_codebook(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyrefiqda

    monkeypatch.chdir(tmp_path)  # it unpacks what it reads where it stands
    for form in ("qdpx", "qdc"):
        assert kg("export", folder, "--format", form, "-o", tmp_path / f"sam.{form}").exit_code == 0
    told = pyrefiqda.RefiProject.load(str(tmp_path / "sam.qdpx")).model_dump()
    assert [each["name"] for each in told["sources"]["text_source"]] == ["School/S1", "School/S2"]
    assert pyrefiqda.RefiCodebook.load(str(tmp_path / "sam.qdc")).codes is not None
