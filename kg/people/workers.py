"""Professionals by their role in each agency, and how often the worker changed.

Returns name workers by role ("Social worker 2", "SW2", "Health visitor") or by name. A family that meets a new worker has
to begin again, and what the last one knew may not be passed on; this counts the changes and blames nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.base.folding import spelling
from kg.dates.when import BEGINNING, END
from kg.model.record import Entry
from kg.model.review import Review

SHORT: Final = {
    "sw": "social worker", "asw": "assistant social worker", "hv": "health visitor", "mw": "midwife", "sn": "school nurse",
    "tm": "team manager", "pc": "police constable", "ds": "detective sergeant", "dc": "detective constable",
    "di": "detective inspector", "po": "probation officer", "ho": "housing officer", "cpn": "community psychiatric nurse",
    "ta": "teaching assistant", "dsl": "designated safeguarding lead", "fsw": "family support worker", "gp": "gp",
    "idva": "idva", "edt": "emergency duty team", "iro": "independent reviewing officer",
}  # fmt: skip
"""Short forms of roles in common use, and the role in full."""

_NUMBERED = re.compile(r"(?P<role>.*?[^\d\s])(?:\s+(?:no\.?|number|#)?\s*(?P<which>\d{1,2}|[A-H]))?")
_STUCK = re.compile(r"(?P<role>[a-z]+)(?P<which>\d{1,2})", re.IGNORECASE)
_ROLE_BESIDE = re.compile(r"(?P<a>[^()]+?)\s*(?:\((?P<b>[^()]+)\)|\s[-\u2013]\s(?P<c>.+)|,\s(?P<d>.+))")
_LISTED = re.compile(r"\s*(?:;|\n|/|&|\+|\sand\s)\s*")
_ROLE_WORDS = re.compile(
    r"\b(?:worker|visitor|nurse|midwife|doctor|gp|officer|constable|sergeant|inspector|manager|teacher|head|lead|adviser"
    r"|advisor|clerk|secretary|administrator|admin|assistant|consultant|paediatrician|registrar|practitioner|coordinator"
    r"|person|staff|team|handler|governor|supervisor|psychologist|psychiatrist|therapist|dentist|pharmacist|paramedic)\b"
)


@dataclass(frozen=True, slots=True)
class Worker:
    """One professional as a return names them: the role in full and in small letters, and which of that role.

    ``which`` is a number, a letter or a name; "" where the return says only the role.
    """

    role: str
    which: str = ""

    def __str__(self) -> str:
        return f"{self.role} {self.which}".strip()


@dataclass(frozen=True, slots=True)
class Change:
    """One worker after another in the same role of an agency.

    ``last`` is the last entry of the one and ``first`` the first of the other, by name; ``sure`` is false where their
    dates overlap, so that the order is not certain.
    """

    agency: str
    before: Worker
    after: Worker
    last: str
    first: str
    sure: bool


def workers_in(cell: str) -> tuple[Worker, ...]:
    """The professionals that a cell names, each with role and number or name.

    ``SW2``, ``Social worker 2`` and ``social worker no. 2`` are one; ``Jo Hart (health visitor)`` is the health visitor
    of that name. Words with no role known to us are kept as they are, as a role.
    """
    return tuple(dict.fromkeys(worker for part in _LISTED.split(cell) if (worker := _worker(part.strip())) is not None))


def changes_of_worker(review: Review) -> tuple[Change, ...]:
    """Every change of worker that the returns show, by agency and in time order.

    A change is seen where two dated entries of one agency, next to each other among those of one role, name different
    numbers or names in that role. A role without number or name changes nothing; nor does a duty worker, whose role is
    another. Entries whose date is open at an end or lies wholly outside the review's period (perhaps a slip of the year)
    are left out. Where two workers write in turn, each turn is counted.
    """
    found: list[Change] = []
    for agency in review.agencies:
        by_role: dict[str, list[tuple[Entry, Worker]]] = defaultdict(list)
        for entry, worker in _named(review, agency.name):
            by_role[worker.role].append((entry, worker))
        changes = []
        for met in by_role.values():
            met.sort(key=lambda each: (each[0].when.earliest, each[0].when.latest, each[0].name, each[1].which))
            for (last, before), (first, after) in pairwise(met):
                if before != after and last is not first:
                    sure = last.when.surely_before(first.when)
                    change = Change(agency.name, before, after, last.name, first.name, sure)
                    changes.append((first.when.earliest, first.name, change))
        found += [change for _, _, change in sorted(changes, key=lambda each: (each[0], each[1], str(each[2].after)))]
    return tuple(found)


def workers_by_agency(review: Review) -> dict[str, tuple[Worker, ...]]:
    """The different workers that each agency's return names, in the order of review.toml and of the rows."""
    found: dict[str, dict[Worker, None]] = {agency.name: {} for agency in review.agencies}
    for entry in review.entries:
        found.setdefault(entry.agency, {}).update(dict.fromkeys(workers_in(entry.cells.get("professional", ""))))
    return {agency: tuple(workers) for agency, workers in found.items() if workers}


def _named(review: Review, agency: str) -> Iterator[tuple[Entry, Worker]]:
    for entry in review.entries:
        when, period = entry.when, review.period
        if entry.agency != agency or when.earliest == BEGINNING or when.latest == END:
            continue
        if when.latest >= period.earliest and when.earliest <= period.latest:
            for worker in workers_in(entry.cells.get("professional", "")):
                if worker.which:
                    yield entry, worker


def _worker(words: str) -> Worker | None:
    if not spelling(words):
        return None
    beside = _ROLE_BESIDE.fullmatch(words)
    if beside is not None:
        one, other = beside["a"], beside["b"] or beside["c"] or beside["d"]
        if not _is_role(one) and _is_role(other):
            return Worker(_role(other).role, " ".join(one.split()))
        if _is_role(one) and not _is_role(other) and other[:1].isupper() and not other.isupper() and " " in other:
            return Worker(_role(one).role, " ".join(other.split()))
        words = one
    return _role(words)


def _is_role(words: str) -> bool:
    plain = spelling(words)
    return bool(_ROLE_WORDS.search(plain)) or re.sub(r"\s*\d+$", "", plain) in SHORT


def _role(words: str) -> Worker:
    words = " ".join(words.split())
    stuck = _STUCK.fullmatch(words)
    if stuck is not None and stuck["role"].casefold() in SHORT:
        return Worker(SHORT[stuck["role"].casefold()], stuck["which"])
    found = _NUMBERED.fullmatch(words)
    role, which = (spelling(found["role"]), found["which"] or "") if found is not None else (spelling(words), "")
    return Worker(SHORT.get(role, role) or spelling(words), which)
