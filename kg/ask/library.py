"""The library of questions: what reviewers ask again and again, each in words, in SPARQL and in Cypher.

A question is one small file in ``questions/``. Whatever answers it (SPARQL on either engine, Cypher on either, or the
plain Python of ``kg.ask.in_python``) gives the same rows; a test holds them to that.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.ask.refusal import NotAsked, near
from kg.dates.when import BEGINNING, DAY, END, day_of
from kg.findings.study import Study

if TYPE_CHECKING:
    from kg.ask.cypher.server import Server
    from kg.ask.sparql.engine import Stop
from kg.ask.engines import Material, Row, Unstudied, by_cypher, by_python, by_rdflib, by_server, by_sparql
from kg.ask.limits import TIMEOUT
from kg.ask.question import Parameter, Question

HOME = Path(__file__).with_name("questions")


@cache
def library() -> tuple[Question, ...]:
    """Every question, in the order in which a review comes to ask them."""
    read = [(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in HOME.glob("*.toml")]
    return tuple(_question(name, told) for name, told in sorted(read, key=lambda each: (each[1]["turn"], each[0])))


def _question(name: str, told: Mapping[str, Any]) -> Question:
    return Question(
        name,
        told["title"],
        " ".join(told["about"].split()),
        told["layer"],
        tuple(told["columns"]),
        tuple(Parameter(**each) for each in told.get("parameters", ())),
        told["sparql"].strip() + "\n",
        told["cypher"].strip() + "\n",
        told.get("many_reviews", False),
    )


def question(name: str) -> Question | None:
    """The question of that name, or None if there is none."""
    return next((each for each in library() if each.name == name.strip()), None)


def named(name: str) -> Question:
    """The question of that name. Raises NotAsked, with the one perhaps meant, if there is none."""
    found = question(name)
    if found is None:
        raise NotAsked(
            f"No question is called {name}.{near(name, [each.name for each in library()])} Nothing was asked.\n"
            "  kg query --list lists them."
        )
    return found


def answer(
    gaps: Material | Sequence[Material],
    asked: Question,
    given: Mapping[str, str] | None = None,
    *,
    engine: str = "sparql",
    server: Server | None = None,
    timeout: float = TIMEOUT,
    stop: Stop | None = None,
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """The columns and rows of a question's answer, from one review, or from several where the question may be.

    ``given`` are the parameters in words, ``engine`` one of ``ENGINES``; each gives the same rows, in the same order.
    What is ``Unstudied`` can be asked questions of the record layer, in Python and in SPARQL. With a ``server`` that one
    answers. ``timeout`` (seconds) ends SPARQL on Oxigraph and Cypher, ``stop`` SPARQL on Oxigraph; the other two run in
    this process, to their end. Raises NotAsked, also for an agency or indicator that does not exist, and TookTooLong as
    the engines do, and NotServed for a server.
    """
    studied = (gaps,) if isinstance(gaps, Study | Unstudied) else tuple(gaps)
    if len(studied) > 1 and not asked.many_reviews:
        many = ", ".join(each.name for each in library() if each.many_reviews)
        raise NotAsked(f"{asked.name} is asked of one review at a time. Nothing was asked.\n  Of several: {many}.")
    bound = values(asked, {name: _meant(name, words, studied) for name, words in (given or {}).items()}, studied)
    if server is not None:
        return asked.columns, by_server(asked, studied, bound, server, timeout=timeout)
    if engine == "python":
        return asked.columns, by_python(asked, studied, bound)
    if engine == "rdflib":
        return asked.columns, by_rdflib(asked, studied, bound)
    if engine == "cypher":
        return asked.columns, by_cypher(asked, studied, bound, timeout=timeout)
    return asked.columns, by_sparql(asked, studied, bound, timeout=timeout, stop=stop)


def _meant(name: str, words: str, studied: Sequence[Material]) -> str:
    """The agency or indicator that words name, in any case of letters: what nobody is called would be read as silence.

    Raises NotAsked for a name that no agency of the reviews has, and for an indicator that the vocabulary lacks.
    """
    if name == "agency":
        found = next((agency for each in studied if (agency := each.review.find_agency(words)) is not None), None)
        if found is not None:
            return found.name
        known = {agency.name.casefold(): agency.name for each in studied for agency in each.review.agencies}
        what = "No agency of the review is called"
    elif name == "indicator" and studied:
        concepts = studied[0].terms.schemes["indicator"].concepts
        known = {called.casefold(): each.notation for each in concepts for called in (each.notation, each.label)}
        what = "No indicator is called"
    else:
        return words
    meant = known.get(words.strip().casefold(), "") if words.strip() else words
    if words.strip() and not meant:
        raise NotAsked(f'{what} "{words}".{near(words, [*known.values()])} Nothing was asked.')
    return meant


def values(asked: Question, given: Mapping[str, str], studied: Sequence[Material]) -> dict[str, str | date]:
    """The value of every parameter: as given in words, else the one that leaves nothing out.

    Raises NotAsked for a name that the question does not take, and for words that are not what its kind wants.
    """
    names = [each.name for each in asked.parameters]
    for name in given:
        if name not in names:
            takes = f"It takes {', '.join(names)}." if names else "It takes none."
            raise NotAsked(f"{asked.name} takes no {name}.{near(name, names)} Nothing was asked.\n  {takes}")
    return {each.name: _value(each, given.get(each.name, ""), studied) for each in asked.parameters}


def _value(parameter: Parameter, words: str, studied: Sequence[Material]) -> str | date:
    if parameter.kind != "day":
        return words
    if words.strip():
        return _day(words, studied)
    ends = [gaps.review.incident.earliest for gaps in studied if BEGINNING < gaps.review.incident.earliest < END]
    ends += [entry.when.latest for gaps in studied for entry in gaps.review.entries if entry.when.latest < END]
    return day_of(ends[0]) if ends else date.max


def _day(words: str, studied: Sequence[Material]) -> date:
    from kg.dates.reader import DateReader

    when, wrong = (DateReader(studied[0].review.period) if studied else DateReader()).read(words)
    if wrong or not when.closed or when.latest - when.earliest >= DAY:
        why = wrong or "one day is wanted, and these words leave several open"
        raise NotAsked(f'"{words}" is not a day: {why}. Nothing was asked.\n  Write it day first, as 06/08/1999.')
    return day_of(when.earliest)
