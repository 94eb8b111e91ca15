"""Which of the reviewer's choices for the storyboard no longer find their step: shown, never dropped."""

from __future__ import annotations

from dataclasses import replace

from kg.findings.episodes import episodes
from kg.findings.study import Study
from kg.model.problem import Problem
from kg.wording.storyboard import storyboard


def stale_steps(gaps: Study) -> tuple[Problem, ...]:
    """A Problem for each row of storyboard.csv that names a step which the review does not have now."""
    if not gaps.review.storyboard:
        return ()
    return tuple(
        Problem(
            replace(choice.place, column="Step"),
            "warning",
            f'"{choice.what}" of {choice.step} finds no such step',
            "what the step showed is no longer in the record, or the name was never one",
            "The choice is not applied; the row stays in the file.",
            "Look with kg storyboard which step is meant, and add a row with its name.",
        )
        for choice in storyboard(gaps, episodes(gaps)).unknown
    )
