"""On what the vocabularies and the table of needs rest, where that is no rule: a document read, or our own judgement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.terms.namespace import NAMESPACE


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A source of words or needs: what it is called, where it is found, and what was read of it.

    ``grade`` is a word of "evidence-grade"; ``address`` is "" where there is none. ``schemes`` are the vocabularies whose
    words rest on it, ``needs`` those whose needs do.
    """

    iri: str
    title: str
    address: str
    grade: str
    schemes: tuple[str, ...]
    needs: tuple[str, ...]


def sources_of(
    subjects: Iterable[str], text: Callable[[str, str], str], names: Callable[[str, str], tuple[str, ...]]
) -> tuple[RestsOn, ...]:
    """The sources among the subjects of the Turtle, by what the Turtle says of each: ``text`` and ``names`` by property."""
    return tuple(
        RestsOn(
            iri=subject,
            title=text(subject, NAMESPACE + "title"),
            address=text(subject, NAMESPACE + "address"),
            grade="".join(names(subject, NAMESPACE + "evidenceGrade")),
            schemes=names(subject, NAMESPACE + "sourceOfWords"),
            needs=names(subject, NAMESPACE + "sourceOfNeeds"),
        )
        for subject in subjects
    )
