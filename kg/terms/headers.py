"""What every file of the ontology says of itself: its title, makers, licence, version, dates and language; checked.

A file that says none of this cannot be cited, nor told from an older copy of itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kg.model.problem import Place, Problem
from kg.terms.reader import FILES, home
from kg.terms.turtle import statements

OWL = "http://www.w3.org/2002/07/owl#"
DCTERMS = "http://purl.org/dc/terms/"
WANTED: Mapping[str, str] = {
    DCTERMS + "title": "title",
    DCTERMS + "description": "description",
    DCTERMS + "creator": "creator",
    DCTERMS + "license": "licence",
    DCTERMS + "created": "day of its making",
    DCTERMS + "modified": "day of its last change",
    DCTERMS + "language": "language",
    OWL + "versionIRI": "version as an address",
    OWL + "versionInfo": "version",
}
"""What a file must say of itself, and how that is called."""

ALL = (*FILES, "patterns.ttl", "context.ttl", "shapes.ttl")


def check_headers(folder: Path | None = None) -> tuple[Problem, ...]:
    """What a file of the ontology does not say of itself, or says otherwise than the others; nothing if all is well.

    Every file has a name as an ontology, and WANTED; the version and licence are one for all; dates are days, and the
    last change is not before the making. Raises as ``kg.terms.load``.
    """
    problems: list[Problem] = []
    headers = {name: _header((folder or home()) / name) for name in ALL}
    for name, said in headers.items():
        for iri, what in WANTED.items():
            if not said.get(iri, "").strip():
                problems.append(_problem(name, f"the file says no {what}", "what cannot be cited cannot be relied on"))
        made, changed = (_day(said.get(DCTERMS + each, "")) for each in ("created", "modified"))
        if made and changed and changed < made:
            problems.append(
                _problem(name, f"the file was changed on {changed} and made on {made}", "it was made first")
            )
        version = said.get(OWL + "versionInfo", "")
        if version and not said.get(OWL + "versionIRI", "").endswith("/" + version):
            problems.append(_problem(name, f"the address of its version does not end in {version}", "they are one"))
    for iri in (OWL + "versionInfo", DCTERMS + "license"):
        first = headers[FILES[0]].get(iri, "")
        for name, said in headers.items():
            if said.get(iri, first) != first:
                what = f"its {WANTED[iri]} is {said[iri]}, that of {FILES[0]} {first}"
                problems.append(_problem(name, what, "the files belong together"))
    return tuple(problems)


def versions(folder: Path | None = None) -> Mapping[str, str]:
    """The version of each file of the ontology, by its name."""
    return {name: _header((folder or home()) / name).get(OWL + "versionInfo", "") for name in ALL}


def _header(path: Path) -> Mapping[str, str]:
    """What a file says of itself, by property: all that it says of the thing that it calls an ontology."""
    said: dict[str, dict[str, str]] = {}
    named = ""
    for subject, predicate, value in statements([path]):
        said.setdefault(subject, {}).setdefault(predicate, value.value)
        if value.value == OWL + "Ontology":
            named = named or subject
    return said.get(named, {})


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _problem(file: str, what: str, why: str) -> Problem:
    return Problem(
        Place(file=f"ontology/{file}"), "warning", what, why, "The file is used all the same.", "Mend it at its head."
    )
