"""From a folder to everything known of it: the one way, for commands, notebooks, servers and many reviews at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.findings.study import Study
    from kg.model.problem import Problem
    from loaders import Loaded


def open_review(folder: Path, *, join: bool = True) -> Loaded:
    """Read a review folder; ``join`` as in ``loaders.load``. Raises NotAReview, in words for people, where it is none."""
    from loaders import load

    return load(folder, join=join)


def study(folder: Path, reading: str) -> tuple[Study, tuple[Problem, ...]]:
    """Everything computed of a review, with every problem met on the way; those that hide findings come first.

    Raises as ``open_review``.
    """
    from kg.decisions.episodes import stale_choices
    from kg.decisions.standing import decision_problems
    from kg.findings.study import find_gaps
    from kg.office.whole_returns import return_problems
    from kg.people.unlisted import nobody_listed
    from kg.terms.reader import load as load_terms

    loaded = open_review(folder)
    gaps = find_gaps(loaded.review, load_terms(), reading=reading)
    decided = decision_problems(gaps, loaded.judgements, loaded.notes)
    unlisted = nobody_listed(loaded.review, loaded.judgements)
    return gaps, (
        *unlisted,
        *loaded.problems,
        *return_problems(loaded.review),
        *gaps.problems,
        *decided,
        *stale_choices(gaps),
    )
