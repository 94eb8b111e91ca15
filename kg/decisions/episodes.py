"""Which of the reviewer's choices of episodes no longer find what they are about: shown, never dropped."""

from __future__ import annotations

from dataclasses import replace

from kg.findings.episodes import episodes
from kg.findings.study import Study
from kg.model.problem import Problem


def stale_choices(gaps: Study) -> tuple[Problem, ...]:
    """A Problem for each row of episodes.csv that names an episode or entry that is not in the review now.

    A choice is kept by entry: it is found again for as long as the entry stands in any episode.
    """
    if not gaps.review.episodes:
        return ()
    return tuple(
        Problem(
            replace(choice.place, column="Value" if choice.what in ("join", "part") else "Episode"),
            "warning",
            f'"{choice.what}" of {choice.id}, {choice.value}, finds no such episode or entry',
            "an entry it was known by was corrected or taken out, lies in no episode, or the id was never one",
            "The decision is not applied; the row stays in the file.",
            "Look with kg episodes which episode is meant, and add a row with its id.",
        )
        for choice in episodes(gaps).unknown
    )
