"""The storyboard as `kg storyboard` prints it: three sentences, then each step with its caption and the name it is known by."""

from __future__ import annotations

from collections.abc import Iterator

from kg.base.grammar import count
from kg.base.tables import Json
from kg.dates.when import day_of
from kg.findings.study import Study
from kg.reports.lines import Line, flow
from kg.wording.storyboard import Step, Storyboard

COLUMNS = ("step", "part", "as_of", "caption", "notes", "view", "entries")
"""The columns of the steps as one table."""


def storyboard_report(gaps: Study, told: Storyboard) -> Iterator[Line]:
    """The sentences and the steps, in order."""
    yield "title", gaps.review.title
    for sentence in told.sentences:
        for line in flow(sentence):
            yield "", line
    yield "quiet", f"{count(len(told.steps), 'step')}; kg timeline shows each: the button Storyboard, or the key s."
    for number, step in enumerate(told.steps, 1):
        yield "", ""
        yield "grave", f"{number}  {step.part}  [{step.key}]"
        for line in flow(step.caption):
            yield "", line


def storyboard_json(gaps: Study, told: Storyboard) -> Json:
    """The storyboard for programs."""
    return {"sentences": list(told.sentences), "steps": [_step(gaps, step) for step in told.steps]}


def storyboard_rows(gaps: Study, told: Storyboard) -> Iterator[dict[str, str]]:
    """The steps as one table, a row each."""
    for step in told.steps:
        made = _step(gaps, step)
        yield {**made, "notes": " ".join(made["notes"]), "entries": "; ".join(made["entries"])}


def _step(gaps: Study, step: Step) -> Json:
    return {
        "step": step.key,
        "part": step.part,
        "as_of": day_of(step.at).isoformat() if step.at > 0 else "",
        "caption": step.caption,
        "notes": list(step.notes),
        "view": step.view,
        "entries": [gaps.review.entries[row].name for row in step.rows],
    }
