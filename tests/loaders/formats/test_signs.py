"""Signs that came to harm on the way are read as they were meant, and said with their rows."""

# ruff: noqa: RUF001  # signs that look alike are what is tested

from __future__ import annotations

from collections.abc import Callable

import pytest
from helpers.office_files import workbook
from helpers.returns import entry, said

import loaders

HEAD = "Ref,Date,People,Contact,What happened,Seen,Indicators"
Read = Callable[..., loaders.Loaded]


@pytest.fixture
def read(write_review: Callable[..., object]) -> Read:
    from helpers.returns import TOML

    def read(content: str | bytes, file: str = "town-police.csv") -> loaders.Loaded:
        return loaders.load(write_review(TOML, {file: content}))  # type: ignore[arg-type]

    return read


def row(**cells: str) -> str:
    usual = {"ref": "P1", "date": "14/07/1999", "people": "Kit", "contact": "home-visit", "told": "He was well"}
    usual |= {"seen": "yes", "codes": "bruising"} | cells
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in usual.values())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ms Oâ€™Dair", "Ms O’Dair"),
        ("JosÃ© Marsh", "José Marsh"),
        ("Â£5 owed", "£5 owed"),
        ("â€œHe fellâ€\x9d", "“He fell”"),
        ("SiÃ¢n Å´yn", "Siân Ŵyn"),
    ],
)
def test_text_encoded_twice_is_read_as_it_was(read: Read, written: str, meant: str) -> None:
    loaded = read(f"{HEAD}\n{row(told=written)}\n")
    assert entry(loaded).narrative == meant
    problem = said(loaded, "encoded twice")
    assert (problem.severity, "row 2" in problem.done) == ("warning", True)


@pytest.mark.parametrize("words", ["café at 38°C", "Siân Ŵyn", "SÃO PAULO", "½ hour – “ok”…", "naïve â bête", "Łukasz"])
def test_text_that_is_right_stays_word_for_word(read: Read, words: str) -> None:
    loaded = read(f"{HEAD}\n{row(told=words)}\n")
    assert entry(loaded).narrative == words
    assert not [problem for problem in loaded.problems if "cell holds" in problem.what]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ms O&#39;Dair", "Ms O'Dair"),
        ("Tom &amp; Ann", "Tom & Ann"),
        ("&amp;quot;No&quot;", '"No"'),
        ("B&B; A&E", "B&B; A&E"),
    ],
)
def test_web_escapes_are_read_as_their_signs(read: Read, written: str, meant: str) -> None:
    assert entry(read(f"{HEAD}\n{row(told=written)}\n")).narrative == meant


def test_a_name_with_a_web_escape_is_one_name(read: Read) -> None:
    loaded = read(f"{HEAD}\n{row(people='Rose O&#39;Dair; Kit')}\n")
    assert entry(loaded).people == ("Rose O'Dair", "Kit")
    assert "row 2" in said(loaded, "as on web pages").done


@pytest.mark.parametrize(
    "written",
    [
        "\u200e14/\u200e07/\u200e1999",
        "14\u206007\u20601999",
        "14\u204407\u20441999",
        "14\u221507\u22151999",
        "14/07/1999\u200b",
    ],
)
def test_signs_that_nobody_sees_do_not_cost_a_date(read: Read, written: str) -> None:
    line = row(date=written, codes="bruis\u00ading")
    loaded = read(f"{HEAD}\n{line}\n")
    assert (entry(loaded).when.plain(), entry(loaded).indicators) == ("14 July 1999", ("bruising",))
    assert "row 2" in said(loaded, "cannot be seen").done


@pytest.mark.parametrize("prompt", ["Choose an item.", "Click or tap here to enter text.", "[Select one option]"])
def test_a_prompt_is_no_answer_in_any_file(read: Read, prompt: str) -> None:
    loaded = read(workbook({"R": [HEAD.split(","), row(contact=prompt).split(",")]}), "town-police.xlsx")
    assert (entry(loaded).contact, entry(loaded).cells["contact"]) == ("", "")
    assert said(loaded, "prompt of a form").severity == "note"


@pytest.mark.parametrize("way", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_older_programs_bytes_are_told_apart(read: Read, way: str, end: str) -> None:
    text = f"{HEAD}\n{row(told='She said “he fell” – £5, O’Dair, café')}\n".replace("\n", end)
    assert entry(read(text.encode(way))).narrative == "She said “he fell” – £5, O’Dair, café"


def test_dos_bytes_are_read_too(read: Read) -> None:
    assert (
        entry(read(f"{HEAD}\n{row(told='£5 for the café, José')}\n".encode("cp850"))).narrative
        == "£5 for the café, José"
    )


def test_joined_files_may_be_written_in_two_ways(read: Read) -> None:
    first, second = row(told="O’Dair, café"), row(ref="P2", told="£5 – José")
    loaded = read(f"{HEAD}\n{first}\n".encode() + f"{second}\n".encode("cp1252"))
    assert [each.narrative for each in loaded.review.entries] == ["O’Dair, café", "£5 – José"]


def test_a_joined_file_is_read_under_its_own_headings(read: Read) -> None:
    other = "Date,Ref,People,Contact,What happened,Seen,Indicators\n15/07/1999,P2,Kit,home-visit,Again,no,hunger\n"
    loaded = read(f"\ufeff{HEAD}\n{row()}\n\ufeff{other}")
    assert [(each.ref, each.when.plain()) for each in loaded.review.entries] == [
        ("P1", "14 July 1999"),
        ("P2", "15 July 1999"),
    ]
    assert "row 3" in said(loaded, "files are joined").why


@pytest.mark.parametrize("guard", ['="{}"', '"=""{}"""', "'{}"])
def test_guards_against_spreadsheets_are_taken_off(read: Read, guard: str) -> None:
    loaded = read(f"{HEAD}\n{row(ref=guard.format('00123'), date=guard.format('14/07/1999'))}\n")
    assert (entry(loaded).ref, entry(loaded).when.plain()) == ("00123", "14 July 1999")
    assert said(loaded, "guarded against a spreadsheet").severity == "note"


def test_an_account_that_begins_like_a_guard_keeps_its_signs(read: Read) -> None:
    assert entry(read(f'{HEAD}\n{row(told="""=""A bruise""")}\n')).narrative.startswith('="')


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("heads", [HEAD, "Number,On,Who,How,Account,Child,Codes"])
def test_the_sign_between_cells_is_found_with_and_without_known_headings(read: Read, sign: str, heads: str) -> None:
    told = "One, two; three, four, five, six, seven and eight, nine".replace(sign, " ")
    lines = [
        heads.replace(",", sign),
        *(f"P{n}{sign}14/07/1999{sign}Kit{sign}visit{sign}{told}{sign}yes{sign}" for n in "12"),
    ]
    loaded = read("\n".join(lines) + "\n")
    assert [len(each.cells) for each in loaded.review.entries] == [7, 7]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("sep=;\n" + HEAD.replace(",", ";") + "\n" + row().replace(",", ";") + "\n", "He was well"),
        (f'{HEAD}\nP1, 14/07/1999, Kit, home-visit, "Well, and fed", yes, bruising\n', "Well, and fed"),
        (
            f'{HEAD}\nP1,14/07/1999,Kit,home-visit,"He said \\"no, never\\", then left",yes,bruising\n',
            'He said "no, never", then left',
        ),
        (f'"{HEAD}"\n"P1,14/07/1999,Kit,home-visit,""Well, and fed"",yes,bruising"\n', "Well, and fed"),
    ],
)
def test_odd_ways_of_quoting_are_followed(read: Read, lines: str, told: str) -> None:
    found = entry(read(lines))
    assert (found.ref, found.narrative, found.seen, found.indicators) == ("P1", told, "yes", ("bruising",))
