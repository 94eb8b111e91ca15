"""Many reviews, one after another or several at once: each studied alone, answers in the order asked.

Nothing of one review is kept for the next, so that a thousand reviews need no more room than the largest few.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

AHEAD = 4
"""How many reviews are handed to each process before the first answer is awaited."""


@dataclass(frozen=True, slots=True)
class Studied:
    """What was found in one review: its JSON on one line, and the counts by which a command ends well or not.

    ``problems`` counts those that are more than notes, ``sure`` the findings that are sure, ``findings`` all of them.
    """

    folder: Path
    text: str
    problems: int
    sure: int
    findings: int


def study_each(
    folders: Iterable[Path], reading: str = "recorded", workers: int | None = None, *, counts_only: bool = False
) -> Iterator[Studied]:
    """Study each folder as ``kg find-gaps --format json`` does, several at once, and give the answers in order.

    ``reading`` is "recorded" or "generous"; ``workers`` is a number of processes (None: one a processor, and no second
    process for a single folder); ``counts_only`` leaves out findings, coverage and problems. Raises
    ``loaders.NotAReview`` when the turn comes of a folder that is none.
    """
    waiting = iter(folders)
    first = list(islice(waiting, 2))
    number = (os.cpu_count() or 1) if workers is None else workers
    if number < 2 or len(first) < 2:
        for folder in (*first, *waiting):
            yield study_one(folder, reading, counts_only=counts_only)
        return
    _prepare()
    with ProcessPoolExecutor(number, initializer=_prepare) as pool:
        ahead: deque[Future[Studied]] = deque()
        try:
            for folder in (*first, *islice(waiting, number * AHEAD - 2)):
                ahead.append(pool.submit(study_one, folder, reading, counts_only=counts_only))
            while ahead:
                done = ahead.popleft().result()
                for folder in islice(waiting, 1):
                    ahead.append(pool.submit(study_one, folder, reading, counts_only=counts_only))
                yield done
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def study_one(folder: Path, reading: str = "recorded", *, counts_only: bool = False) -> Studied:
    """Read one review folder and find what its record shows. Raises ``loaders.NotAReview`` where it is none."""
    import json

    from kg.folder import study
    from kg.reports.contract import counts_json, gaps_json

    gaps, problems = study(folder, reading)
    told: dict[str, Any]
    if counts_only:
        told = {"review": {"title": gaps.review.title}, "counts": counts_json(gaps)}
    else:
        told = gaps_json(gaps, gaps.findings, problems)
    return Studied(
        folder,
        json.dumps(told, ensure_ascii=False),
        sum(1 for problem in problems if problem.severity != "note"),
        sum(1 for finding in gaps.findings if finding.certainty == "sure"),
        len(gaps.findings),
    )


def _prepare() -> None:
    """Read the ontology once in a process, before the first review."""
    from kg.terms.reader import load as load_terms

    load_terms()
