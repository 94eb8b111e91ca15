"""What the reviewer's decisions and notes mean now: which apply, and which no longer do and why.

Decisions and notes are kept by what they are about, so they survive a corrected return. One that no longer finds what it
was about is shown, never dropped: somebody decided it, and should know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.base.nearest import aside
from kg.dates.when import say_day
from kg.decisions.notes import stale_notes
from kg.duties.replies import answered_questions
from kg.findings.finding import Finding, Keys
from kg.findings.kinds import could_be
from kg.findings.opportunity import Opportunity
from kg.findings.study import Study
from kg.knowledge.readings import RECORDED
from kg.model.problem import Problem
from kg.model.record import Entry
from kg.model.reviewer import Judgement, Note

OF_FINDINGS = ("accepted", "dismissed", "open")
"""The verdicts that are about findings; others are about two names."""

SETTLED = "response-recorded"
"""The kind of a finding that asks nothing more of anybody, and that nobody needs to accept or dismiss."""


def last_decisions(judgements: Sequence[Judgement]) -> Mapping[str, Judgement]:
    """The decision that stands on each finding: the last one made, by its id."""
    return {judgement.id: judgement for judgement in judgements if judgement.verdict in OF_FINDINGS}


def stale_decisions(gaps: Study, judgements: Sequence[Judgement]) -> tuple[Problem, ...]:
    """The decisions that no longer have their finding, each with what was decided, by whom, and why that may be.

    Also those on an entry at which a response is recorded by now. Only the last decision on a finding is looked at, and
    only under the recorded reading of talk, under which decisions are made. Order: as in judgements.csv.
    """
    if gaps.reading != RECORDED:
        return ()
    found = {finding.id: finding for finding in gaps.findings}
    known = could_be(gaps.knowledge, Keys(gaps.review))
    said = []
    for id, judgement in sorted(last_decisions(judgements).items(), key=lambda each: each[1].place.row):
        finding = found.get(id)
        if judgement.verdict == "open" or (finding is not None and finding.kind != SETTLED):
            continue
        why = "nothing in the review has that id now: an entry or a name it was made of was corrected, or taken out"
        if finding is not None:
            why = "a response is recorded there now, in the return as it stands or in the agency's answer"
        elif id in known:
            why = "what it was about is still in the review, and this finding is no longer made of it"
        said.append(
            Problem(
                judgement.place,
                "note",
                f"{_decision(judgement)} no longer applies",
                why,
                "It counts for nothing at present. The row stays in the file, and applies again if the finding returns.",
                f"Reason given then: {judgement.why or 'none'}. Look whether it should be decided anew.",
            )
        )
    return tuple(said)


def clashing_decisions(judgements: Sequence[Judgement]) -> tuple[Problem, ...]:
    """The findings on which two people decided differently, as notes: the last decision stands until they agree."""
    by_id: dict[str, dict[str, Judgement]] = defaultdict(dict)
    for judgement in judgements:
        if judgement.verdict in OF_FINDINGS:
            by_id[judgement.id].pop(judgement.by.casefold(), None)
            by_id[judgement.id][judgement.by.casefold()] = judgement
    said = []
    for decided in by_id.values():
        last = [*decided.values()][-1]
        others = [each for each in decided.values() if each.verdict != last.verdict]
        if others:
            said.append(
                Problem(
                    last.place,
                    "note",
                    f"{last.id} was decided in two ways",
                    "; ".join(f"{_by(each)} on row {each.place.row}" for each in (*others, last)),
                    f"The last one stands: {last.verdict}.",
                    "Agree on it, and let the one who changes their mind decide once more.",
                )
            )
    return tuple(sorted(said, key=lambda problem: problem.place.row))


def unknown_answers(gaps: Study) -> tuple[Problem, ...]:
    """The rows of returns that answer a question nobody asked, with the question that was perhaps meant.

    A question that is settled by now is known, and no Problem. A row of another agency than the one asked is a warning.
    """
    found = {finding.id: finding for finding in gaps.findings}
    opened = {finding.id for finding, _ in gaps.of(Opportunity)}
    known: frozenset[str] | None = None
    said = []
    for id, rows in answered_questions(gaps.review).items():
        finding = found.get(id)
        if finding is None:
            known = known or could_be(gaps.knowledge, Keys(gaps.review))
            if id not in known:
                said += [(row, _nobody_asked(gaps.review.entries[row], id, found)) for row in rows]
        elif finding.id in opened:
            said += [
                (row, _another_agency(gaps.review.entries[row], finding))
                for row in rows
                if gaps.review.entries[row].agency != finding.agency
            ]
    return tuple(problem for _, problem in sorted(said, key=lambda each: each[0]))


def decision_problems(gaps: Study, judgements: Sequence[Judgement], notes: Sequence[Note] = ()) -> tuple[Problem, ...]:
    """Everything to be said of the reviewer's files and the agencies' answers: see the functions above, in their order."""
    return (
        *stale_decisions(gaps, judgements),
        *clashing_decisions(judgements),
        *stale_notes(gaps.review, notes),
        *unknown_answers(gaps),
    )


def _decision(judgement: Judgement) -> str:
    said = f"the decision on {judgement.id} ({judgement.verdict} by {judgement.by}, {say_day(judgement.on)})"
    return said


def _by(judgement: Judgement) -> str:
    return f"{judgement.verdict} by {judgement.by}, {say_day(judgement.on)},"


def _nobody_asked(entry: Entry, id: str, found: Mapping[str, Finding]) -> Problem:
    return Problem(
        replace(entry.place, column="Answers", entry=entry.ref),
        "warning",
        f'"{id}" is no question of this review',
        "no question with this id was asked, or its entry was corrected since" + aside(id, found),
        "The row is kept as an entry; it answers nothing.",
        "Copy the id from the list of questions into the cell.",
    )


def _another_agency(entry: Entry, finding: Finding) -> Problem:
    return Problem(
        replace(entry.place, column="Answers", entry=entry.ref),
        "warning",
        f"{entry.agency} answers {finding.id}",
        f"this question was put to {finding.agency}",
        "The row is read as an answer to it all the same.",
        "If another question was meant, correct the id.",
    )
