"""What stands beside the returns in a review's folder: a report's findings, and what the reviewer decided and noted."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.base.wall import Over, behind_wall, shared_value
from kg.dates.reader import DateReader
from kg.dates.when import When
from kg.model.problem import Place, Problem
from kg.model.review import Review
from kg.model.reviewer import OF_NAMES
from kg.people.verdicts import joined as with_names_joined
from kg.people.verdicts import name_problems
from kg.terms.tables import Terms
from loaders.codes import read_codes
from loaders.episodes import read_episodes
from loaders.formats.readers import went_over
from loaders.judgements import read_judgements, read_notes
from loaders.pairs import read_pairs
from loaders.published import read_published
from loaders.rows.roster import Roster
from loaders.storyboard import read_storyboard

BESIDE = ("findings.csv", "judgements.csv", "notes.csv", "episodes.csv", "storyboard.csv", "pairs.csv", "codes.csv")
"""The files that may stand beside the returns, in the order in which they are read."""


def with_what_stands_beside(folder: Path, review: Review, terms: Terms, problems: list[Problem], join: bool) -> Review:
    """The review with what stands beside its returns: a report's findings, and what the reviewer decided and noted."""
    roster = Roster((agency.name, agency.aliases) for agency in review.agencies)

    def beside(file: str) -> tuple[Any, ...]:
        if not os.path.lexists(folder / file):
            return ()
        rows: tuple[Any, ...] = ()
        try:
            rows, found = behind_wall(_read, file, folder.absolute() / file, roster, review.period, shared=terms)
        except OSError as reason:
            found = [closed(file, reason)]
        except Over as over:
            found = [went_over(file, over, "Nothing was read from it; everything else was.")]
        problems.extend(found)
        return rows

    published = beside("findings.csv")
    judgements = beside("judgements.csv")
    if any(judgement.verdict in OF_NAMES for judgement in judgements):
        problems += name_problems(review, judgements)
        review = with_names_joined(review, judgements) if join else review
    return replace(
        review,
        published=published,
        judgements=judgements,
        notes=beside("notes.csv"),
        episodes=beside("episodes.csv"),
        storyboard=beside("storyboard.csv"),
        pairs=beside("pairs.csv"),
        codes=beside("codes.csv"),
    )


def _read(file: str, path: Path, roster: Roster, period: When) -> tuple[tuple[Any, ...], list[Problem]]:
    """What one of these files says, read behind the wall. Raises OSError where it may not be read."""
    terms: Terms = shared_value()
    match file:
        case "findings.csv":
            return read_published(path, terms, roster, DateReader(period))
        case "judgements.csv":
            return read_judgements(path)
        case "notes.csv":
            return read_notes(path)
        case "episodes.csv":
            return read_episodes(path)
        case "storyboard.csv":
            return read_storyboard(path)
        case "pairs.csv":
            return read_pairs(path, roster)
        case _:
            return read_codes(path, terms, roster)


def closed(file: str, reason: OSError) -> Problem:
    """That a file could not be opened, and why."""
    remedy = {
        errno.EFBIG: "Part it into several files, or take out what is no text.",
        errno.EINVAL: "Put the table itself in its place, as a file.",
        errno.ELOOP: "Put the table itself in its place, as a file.",
    }.get(reason.errno or 0, "Close it in other programs, or ask for leave to read it.")
    return Problem(
        Place(file),
        "error",
        "the file could not be opened",
        in_words(reason),
        "Nothing was read from it.",
        remedy,
    )


def in_words(reason: OSError) -> str:
    if isinstance(reason, PermissionError):
        return "you have no permission to read it"
    if isinstance(reason, FileNotFoundError):
        return "it is no longer there"
    return (reason.strerror or "it could not be read").casefold()
