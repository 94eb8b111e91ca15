"""Lists of questions as files to send: plain text, Markdown, a table to fill in, and JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kg.base.grammar import count, listed
from kg.base.signs import in_markdown
from kg.base.tables import as_csv
from kg.findings.study import Study
from kg.office.enquiries import Question, by_agency
from kg.reports.lines import Line, flow

COLUMNS = ("Id", "Agency", "Entry", "Date", "What is recorded", "What was known then", "The rule", "Question", "Answer")
"""The columns of the table; the last is blank, for the agency."""

INTRODUCTION = (
    "These questions come from reading the agencies' returns side by side. They say what we found no record of, and are "
    "findings about no one: things may have been done and not written down, or written down and not sent. Nothing learnt "
    "later was used to choose them. Thank you for looking."
)
ANSWERING = (
    "An answer comes back as a row of your return: under Date the day of what it tells, or of the answer; under What "
    "happened your words; under Response what was done, if anything was; under Answers the question's id, as printed here."
)

_AT_START = re.compile(r"^(\s*)(\d+)([.)]\s)|^(\s*)([-+=#])", re.MULTILINE)


def questions_text(gaps: Study, asked: Sequence[Question]) -> Iterator[Line]:
    """The lists for people: one an agency, each question with its entry, what was known, the rule and its id."""
    yield "title", f"{gaps.review.title}: questions to agencies"
    if not asked:
        yield "", "There are no questions to ask."
        return
    for paragraph in (INTRODUCTION, ANSWERING):
        yield "", ""
        for line in flow(paragraph):
            yield "", line
    for agency, some in by_agency(asked):
        yield "", ""
        yield "title", f"{agency}: {count(len(some), 'question')}"
        for number, question in enumerate(some, 1):
            yield "", ""
            for line in flow(f"{number}. {question.when}, {question.entry}  [{question.id}]", 2, 3):
                yield "grave", line
            for paragraph in question.recorded.splitlines() or [""]:
                for line in flow(paragraph, 5):
                    yield "", line
            for name, sentences in (("Known then", question.known), ("Rule", question.rule)):
                for sentence in sentences:
                    for line in flow(f"{name}: {sentence}", 5, 2):
                        yield "quiet", line
            for line in flow(f"Question: {question.question}", 5, 2):
                yield "", line
            for sentence in _afterwards(question):
                for line in flow(sentence, 5, 2):
                    yield "quiet", line


def questions_markdown(gaps: Study, asked: Sequence[Question]) -> str:
    """The lists as a Markdown document: a heading for each agency and each question."""
    lines = [f"# {_plain(gaps.review.title)}: questions to agencies", ""]
    if not asked:
        return "\n".join([*lines, "There are no questions to ask.", ""])
    lines += [INTRODUCTION, "", ANSWERING, ""]
    for agency, some in by_agency(asked):
        lines += [f"## {_plain(agency)}", ""]
        for number, question in enumerate(some, 1):
            lines += [
                f"### {number}. {_plain(question.when)}, {_plain(question.entry)}",
                "",
                f"Id: `{question.id}`",
                "",
            ]
            lines += [f"> {_plain(line)}".rstrip() for line in question.recorded.splitlines() or [""]] + [""]
            lines += [f"- Known then: {_plain(sentence)}" for sentence in question.known]
            lines += [f"- Rule: {_plain(sentence)}" for sentence in question.rule]
            lines += ["", f"**Question.** {_plain(question.question)}", ""]
            for sentence in _afterwards(question):
                lines += [_plain(sentence), ""]
    return "\n".join(lines)


def questions_csv(asked: Sequence[Question]) -> str:
    """The lists as one table with a column for the answers."""
    return as_csv(
        COLUMNS,
        (
            {
                "Id": question.id,
                "Agency": question.agency,
                "Entry": question.entry,
                "Date": question.when,
                "What is recorded": question.recorded,
                "What was known then": " ".join(question.known),
                "The rule": " ".join(question.rule),
                "Question": question.question,
                "Answer": " ".join(question.answers),
            }
            for question in asked
        ),
    )


def questions_json(gaps: Study, asked: Sequence[Question]) -> dict[str, Any]:
    """The lists for programs, by agency as in review.toml."""
    return {
        "review": gaps.review.title,
        "agencies": [
            {
                "agency": agency,
                "questions": [
                    {
                        "id": question.id,
                        "kind": question.kind,
                        "entry": question.entry,
                        "when": question.when,
                        "recorded": question.recorded,
                        "known": list(question.known),
                        "rule": list(question.rule),
                        "question": question.question,
                        "settles": [list(names) for names in question.settles],
                        "covers": list(question.covers),
                        "status": question.status,
                        "answers": list(question.answers),
                    }
                    for question in some
                ],
            }
            for agency, some in by_agency(asked)
        ],
    }


def _afterwards(question: Question) -> Iterator[str]:
    """What settles a question, and where it stands."""
    if question.settles and question.kind != "decision-to-look-at":
        each = [listed([f'"{name}"' for name in names], "or") for names in question.settles]
        yield f"If it was done: {question.id} under Answers, and under Response {'; and '.join(each)}."
    yield from question.answers
    if question.status not in ("open", "answered"):
        yield f"The reviewer has {question.status} it."


def _plain(text: str) -> str:
    """Words that Markdown shows as they are."""
    return _AT_START.sub(_shielded, in_markdown(text))


def _shielded(found: re.Match[str]) -> str:
    if found[2] is not None:
        return f"{found[1]}{found[2]}\\{found[3]}"
    return f"{found[4]}\\{found[5]}"
