"""In which language every label, definition, example and note of the ontology is written: each says so itself; checked.

Words without their language cannot be put beside those of another language, nor be asked for in one.
"""

from __future__ import annotations

from pathlib import Path

from kg.model.problem import Place, Problem
from kg.terms.headers import ALL, DCTERMS
from kg.terms.reader import home
from kg.terms.turtle import statements

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SPOKEN = {
    RDFS + "label": "label",
    RDFS + "comment": "comment",
    SKOS + "prefLabel": "label",
    SKOS + "definition": "definition",
    SKOS + "example": "example",
    SKOS + "scopeNote": "scope note",
    SKOS + "note": "note",
    SKOS + "historyNote": "note on its history",
    SKOS + "changeNote": "note on a change",
    DCTERMS + "title": "title",
    DCTERMS + "description": "description",
}
"""What is said to a reader and so has a language. Words that agencies write (synonyms, headings) are data, in whatever
language or shorthand they come, and are not asked."""


def check_languages(folder: Path | None = None) -> tuple[Problem, ...]:
    """Every term with words for the reader that do not say their language, one problem a term; nothing if all is well.

    Raises as ``kg.terms.load``.
    """
    problems: list[Problem] = []
    for file in ALL:
        without: dict[str, dict[str, None]] = {}
        for subject, predicate, value in statements([(folder or home()) / file]):
            what = SPOKEN.get(predicate)
            if what and not getattr(value, "language", None):
                without.setdefault(subject, {})[what] = None
        problems += (_problem(file, subject, tuple(parts)) for subject, parts in without.items())
    return tuple(problems)


def _problem(file: str, subject: str, parts: tuple[str, ...]) -> Problem:
    term = "/".join(subject.removeprefix("https://w3id.org/kg-review/").split("/")[-2:])
    return Problem(
        Place(file=f"ontology/{file}"),
        "warning",
        f"{term}: its {', '.join(parts)} does not say in which language it is",
        "words that do not say so cannot be set beside those of another language",
        "It is read as English.",
        'Write @en behind the closing quotation mark: "Bruising"@en.',
    )
