"""What stands beside the returns in a review's folder: a report's findings, and what the reviewer decided and noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from kg.dates.reader import DateReader
from kg.model.problem import Place, Problem
from kg.model.review import Review
from kg.model.reviewer import OF_NAMES
from kg.people.verdicts import joined as with_names_joined
from kg.people.verdicts import name_problems
from kg.terms.tables import Terms
from loaders.codes import read_codes
from loaders.episodes import read_episodes
from loaders.judgements import read_judgements, read_notes
from loaders.pairs import read_pairs
from loaders.published import read_published
from loaders.rows.roster import Roster
from loaders.storyboard import read_storyboard

Read = TypeVar("Read")


def with_what_stands_beside(folder: Path, review: Review, terms: Terms, problems: list[Problem], join: bool) -> Review:
    """The review with what stands beside its returns: a report's findings, and what the reviewer decided and noted."""
    roster = Roster((agency.name, agency.aliases) for agency in review.agencies)

    def beside(file: str, reads: Callable[[Path], tuple[tuple[Read, ...], list[Problem]]]) -> tuple[Read, ...]:
        if not (folder / file).exists():
            return ()
        try:
            rows, found = reads(folder / file)
        except OSError as reason:
            rows, found = (), [closed(file, reason)]
        problems.extend(found)
        return rows

    dates = DateReader(review.period)
    published = beside("findings.csv", lambda path: read_published(path, terms, roster, dates))
    judgements = beside("judgements.csv", read_judgements)
    if any(judgement.verdict in OF_NAMES for judgement in judgements):
        problems += name_problems(review, judgements)
        review = with_names_joined(review, judgements) if join else review
    return replace(
        review,
        published=published,
        judgements=judgements,
        notes=beside("notes.csv", read_notes),
        episodes=beside("episodes.csv", read_episodes),
        storyboard=beside("storyboard.csv", read_storyboard),
        pairs=beside("pairs.csv", lambda path: read_pairs(path, roster)),
        codes=beside("codes.csv", lambda path: read_codes(path, terms, roster)),
    )


def closed(file: str, reason: OSError) -> Problem:
    """That a file could not be opened, and why."""
    return Problem(
        Place(file),
        "error",
        "the file could not be opened",
        in_words(reason),
        "Nothing was read from it.",
        "Close it in other programs, or ask for leave to read it.",
    )


def in_words(reason: OSError) -> str:
    if isinstance(reason, PermissionError):
        return "you have no permission to read it"
    if isinstance(reason, FileNotFoundError):
        return "it is no longer there"
    return (reason.strerror or "it could not be read").casefold()
