"""What kg check prints for people: what each return covers, then the problems, those of one kind together.

Problems are of one kind where they say the same of one column, quoted words and numbers put aside. Each distinct wording
stands once, with how often and where; ``everything`` gives every problem in its five parts. Those come first that change
what can be found: what was not read at all, then what has no date, no account or no owner, then codes, then the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.findings.study import Study
from kg.model.problem import Problem
from kg.reports.check import coverage_table, problem_report
from kg.reports.lines import Line, flow

WORDINGS = 8
"""How many distinct wordings of one kind are shown; --all shows the rest."""

LONGEST = 320
"""How many signs of a long reason are shown; --all shows the rest."""

PLACES = 6
"""How many rows are named of one wording."""

_QUOTED = re.compile(r'"[^"]*"')
_NUMBER = re.compile(r"\d[\d,./:]*")
_FIRST = (
    re.compile(
        r"was not read|could not be opened|is empty|no row of headings|no chronology|above the headings|file is damaged"
    ),
    re.compile(r"no column|no date|not a date|agenc|whose|no account"),
    re.compile(r"read as|second column|confirmed|settles"),
    re.compile(r"doubtful|date|lies before|years? away"),
    re.compile(r"vocabulary|neither \"yes\"|listed|nobody"),
)
_SEVERITIES = (("error", "Errors"), ("warning", "To check"), ("note", "Notes"))


def check_report(gaps: Study, problems: Sequence[Problem], *, everything: bool = False) -> Iterator[Line]:
    """Coverage return by return, then the problems by kind, the gravest first; ``everything``: each by itself."""
    yield from coverage_table(gaps)
    hidden = False
    for severity, heading in _SEVERITIES:
        some = [problem for problem in problems if problem.severity == severity]
        if not some:
            continue
        kinds = [[problem] for problem in some] if everything else together(some)
        yield "", ""
        several = f", of {len(kinds)} kind{'' if len(kinds) == 1 else 's'}" if len(kinds) < len(some) else ""
        yield "title", f"{heading}: {len(some)}{several}"
        for kind in kinds:
            if everything:
                yield from problem_report(kind[0])
            else:
                lines = list(_kind(kind, brief=severity == "note"))
                hidden = True
                yield from lines
    if hidden:
        yield "", ""
        yield "quiet", "Every row of every problem, with what was done and how to mend it: kg check REVIEW --all"
    if not problems:
        yield "", "No problems."


def together(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Problems of one kind together: the kinds that change what can be found first, then those with most rows."""
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(_kind_of(problem), []).append(problem)
    return sorted(kinds.values(), key=lambda kind: (_rank(kind[0]), -len(kind)))


def _kind_of(problem: Problem) -> tuple[str, str]:
    what = _NUMBER.sub("#", _QUOTED.sub('"…"', problem.what))
    # What is said of a heading is one kind, whichever heading; what is said of cells goes by their column.
    return what, "" if what.startswith("the heading") else problem.place.column


def _rank(problem: Problem) -> int:
    return next((at for at, words in enumerate(_FIRST) if words.search(problem.what)), len(_FIRST))


def _kind(kind: Sequence[Problem], *, brief: bool) -> Iterator[Line]:
    first = kind[0]
    if len(kind) == 1:
        yield from _folded(str(first.place), "grave", 0)
        yield from _folded(f"{first.what}: {_cut(first.why)}", "", 2)
        if not brief:
            yield from _folded(f"{first.done} {first.remedy}", "", 2)
        return
    where = f", column {first.place.column}" if _kind_of(first)[1] else ""
    yield from _folded(f"{len(kind)} times{where}: {_plural(first)}", "grave", 0)
    wordings: dict[str, list[Problem]] = {}
    for problem in kind:
        wordings.setdefault(problem.what, []).append(problem)
    if len(wordings) > 1 or _QUOTED.search(first.what):
        for what, some in list(wordings.items())[:WORDINGS]:
            yield from _folded(f"{what} ({_places(some)})", "", 2)
        if len(wordings) > WORDINGS:
            yield from _folded(f"and {len(wordings) - WORDINGS} more wordings", "", 2)
    else:
        yield from _folded(_places(kind), "", 2)
    if not brief:
        reasons = dict.fromkeys(problem.why for problem in kind)
        if len(reasons) == 1:
            yield from _folded(_cut(first.why), "", 2)
        yield from _folded(first.remedy, "", 2)


def _plural(problem: Problem) -> str:
    return _QUOTED.sub("…", problem.what)


def _places(problems: Sequence[Problem]) -> str:
    """Where problems stand: each file once, with its rows."""
    rows: dict[str, dict[int, None]] = {}
    for problem in problems:
        place = problem.place
        name = (place.file.rpartition("/")[2] or "the review folder") + (f", {place.sheet}" if place.sheet else "")
        rows.setdefault(name, {})[place.row] = None
    said = []
    for name, numbers in rows.items():
        some = [str(number) for number in numbers if number]
        more = f" and {len(some) - PLACES} more" if len(some) > PLACES else ""
        said.append(f"{name} row{'s' if len(some) > 1 else ''} {', '.join(some[:PLACES])}{more}" if some else name)
    return f"{'; '.join(said[:PLACES])}" + (f"; and {len(said) - PLACES} more" if len(said) > PLACES else "")


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}… (whole with --all)"


def _folded(words: str, style: str, indent: int) -> Iterator[Line]:
    for line in flow(words, indent, 2):
        yield style, line
