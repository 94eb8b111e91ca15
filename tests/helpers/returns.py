"""A small review with the return of one agency, and what every reading of a return must keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import loaders
from kg.model.problem import Problem
from kg.model.record import Entry

TOML = """
title = "A small review"
jurisdiction = "England"
kind = "child"
period = ["1999-01-01", "1999-12-31"]
subjects = ["Kit"]

[[people]]
name = "Kit"
aliases = ["Kit Venner"]
role = "child"

[[people]]
name = "José Marsh"
role = "father"

[[people]]
name = "Ann"
role = "mother"

[[agencies]]
name = "Town Police"
type = "police"
aliases = ["Constabulary"]

[[agencies]]
name = "Town Hospital"
type = "hospital"
"""
HEAD = "Ref,Date,Time,People,Contact,What happened,Seen,Indicators,Response,Shared with"

Write = Callable[..., Path]
Read = Callable[..., loaders.Loaded]


ROW = "7,14/07/1999,,Kit,home-visit,He was well,yes,bruising,,Town Hospital"


def entry(loaded: loaders.Loaded) -> Entry:
    (only,) = loaded.review.entries
    return only


def said(loaded: loaders.Loaded, words: str) -> Problem:
    """The one problem of a return that says these words."""
    (only,) = [problem for problem in loaded.problems if words in f"{problem.what} {problem.why}"]
    for part in (only.what, only.why, only.done, only.remedy, str(only.place)):
        assert part
        assert "Error" not in part
    return only


def sound(loaded: loaders.Loaded) -> None:
    """Every entry has a name of its own and ordered bounds, every return counts its rows, every Problem its parts."""
    names = [entry.name for entry in loaded.review.entries]
    assert len(names) == len(set(names))
    assert sum(r.rows for r in loaded.review.returns) == len(names)
    agencies = {agency.name for agency in loaded.review.agencies}
    for entry in loaded.review.entries:
        assert entry.agency in agencies
        assert {*entry.shared_with, *entry.received_from} <= agencies
        assert entry.when.earliest <= entry.when.latest
    for problem in loaded.problems:
        assert isinstance(problem, Problem)
        assert all((problem.what, problem.why, problem.done, problem.remedy))
        assert problem.what != "the file was given up", "a mistake of the program, or far too slow"
        assert problem.severity in ("error", "warning", "note")
