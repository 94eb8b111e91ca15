"""Whether the shapes allow the words of the vocabularies and no others: what is added in one is missed in the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.model.problem import Place, Problem
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import home, shapes
from kg.terms.tables import Terms
from kg.terms.turtle import statements


def check_allowed(terms: Terms, folder: Path | None = None) -> tuple[Problem, ...]:
    """Each vocabulary whose words a shape lists otherwise than the vocabulary has them; nothing if all is well.

    A property of kg.ttl says by ``kg:scheme`` from which vocabulary its words come. Columns are not asked: a cell may hold
    what is no word (names, under Seen). Raises as ``kg.terms.load``.
    """
    return tuple(_unlike(terms, folder))


def _unlike(terms: Terms, folder: Path | None) -> Iterator[Problem]:
    from rdflib import SH, URIRef
    from rdflib.collection import Collection

    asked = shapes(folder)
    columns = {column.predicate.removeprefix(NAMESPACE) for column in terms.properties}
    for name, scheme in _schemes(folder).items():
        if scheme not in terms.schemes or name in columns:
            continue
        words = [concept.notation for concept in terms.schemes[scheme].concepts if not concept.replaced_by]
        for shape in asked.subjects(SH.path, URIRef(NAMESPACE + name)):
            head = asked.value(shape, SH["in"])
            if head is None:
                continue
            allowed = [str(word) for word in Collection(asked, head)]
            for lacks, has, these in (
                ("the shape", "the vocabulary", [word for word in words if word not in allowed]),
                ("the vocabulary", "the shape", [word for word in allowed if word not in words]),
            ):
                if these:
                    yield Problem(
                        Place(file="ontology/shapes.ttl"),
                        "error",
                        f"{lacks} of {name} lacks {', '.join(these)}",
                        f"{has} of {scheme} has {'it' if len(these) == 1 else 'them'}, and both say what may be said",
                        "A review that says so is called wrong, or is found by nobody.",
                        "Write the same words in ontology/vocabulary.ttl and in the shape's sh:in.",
                    )


def _schemes(folder: Path | None) -> dict[str, str]:
    """The vocabulary of each property that is said in words of one, by the names of both."""
    said = statements([(folder or home()) / "kg.ttl"])
    return {
        subject.removeprefix(NAMESPACE): value.value.rsplit("/", 1)[-1]
        for subject, predicate, value in said
        if predicate == NAMESPACE + "scheme"
    }
