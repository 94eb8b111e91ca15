"""From a folder to everything known of it: the one way, for commands, notebooks, servers and many reviews at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.findings.study import Study
    from kg.model.problem import Problem
    from loaders import Loaded


def open_review(folder: Path, *, join: bool = True) -> Loaded:
    """Read a review folder; ``join`` as in ``loaders.load``. Raises NotAReview, in words for people, where it is none."""
    from loaders import load

    return _with_codes(load(folder, join=join))


def _with_codes(loaded: Loaded) -> Loaded:
    """A review with the reviewer's codes laid over it, and what is to be said of them."""
    if not loaded.review.codes:
        return loaded
    from kg.coding.laid_over import code_problems, with_codes

    problems = (*loaded.problems, *code_problems(loaded.review))
    return replace(loaded, review=with_codes(loaded.review), problems=problems)


def study(folder: Path, reading: str, *, suggested: bool = False) -> tuple[Study, tuple[Problem, ...]]:
    """Everything computed of a review, with every problem met on the way; those that hide findings come first.

    ``suggested`` counts codes that words suggest and nobody has judged, marked so. Raises as ``open_review``.
    """
    from kg.decisions.episodes import stale_choices
    from kg.decisions.standing import decision_problems
    from kg.decisions.storyboard import stale_steps
    from kg.findings.study import find_gaps
    from kg.office.whole_returns import return_problems
    from kg.people.unlisted import nobody_listed
    from kg.terms.reader import load as load_terms

    loaded = open_review(folder)
    terms, review = load_terms(), loaded.review
    if suggested:
        from kg.coding.gathered import own_patterns
        from kg.coding.laid_over import with_suggestions
        from kg.coding.proposals import proposals

        review = with_suggestions(review, proposals(review, terms))
        loaded = replace(loaded, problems=(*loaded.problems, *own_patterns(review, terms)[1]))
    gaps = find_gaps(review, terms, reading=reading)
    decided = decision_problems(gaps, loaded.judgements, loaded.notes)
    unlisted = nobody_listed(loaded.review, loaded.judgements)
    return gaps, (
        *unlisted,
        *loaded.problems,
        *return_problems(loaded.review),
        *gaps.problems,
        *decided,
        *stale_choices(gaps),
        *stale_steps(gaps),
    )
