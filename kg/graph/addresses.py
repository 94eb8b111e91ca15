"""What everything in a review is called outside the program: the ids of its things, the names of its properties.

Ids are IRIs made from keys and Refs, never from ranks, so that they survive a corrected return; property names come from
the ontology, one for RDF and one for graphs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePath
from urllib.parse import quote

from kg.model.review import Review
from kg.terms.namespace import NAMESPACE
from kg.terms.tables import Property, Terms

SKOS = "http://www.w3.org/2004/02/skos/core#"
DATA = NAMESPACE + "data/"
"""Where the names of things drawn begin: this, the review, the kind of thing, its own key."""


@dataclass(frozen=True, slots=True)
class Name:
    """A word of the ontology under both its names: ``iri`` in RDF, ``key`` in networkx and Cypher."""

    iri: str
    key: str


CONCEPT = Name(SKOS + "Concept", "Concept")
NOTATION = Name(SKOS + "notation", "notation")
LABEL = Name(SKOS + "prefLabel", "label")
IN_SCHEME = Name(SKOS + "inScheme", "in_scheme")
BROADER = Name(SKOS + "broader", "broader")
SCHEME = Name(SKOS + "ConceptScheme", "ConceptScheme")
RELATED = Name(SKOS + "related", "related")
ALT = Name(SKOS + "altLabel", "alt_label")
DEFINITION = Name(SKOS + "definition", "definition")
SCOPE_NOTE = Name(SKOS + "scopeNote", "scope_note")
EXAMPLE = Name(SKOS + "example", "example")
OUTSIDE = (NOTATION, LABEL, IN_SCHEME, BROADER, RELATED, ALT, DEFINITION, SCOPE_NOTE, EXAMPLE)
"""Words of other vocabularies that a drawing uses as they are."""


@lru_cache(1 << 14)
def in_ascii(words: str) -> str:
    """Words as one part of an IRI: every letter beyond ASCII and every mark percent-encoded."""
    return quote(words.encode("utf-8", "surrogatepass"), safe="")


class Addresses:
    """The id of everything in a review: from keys and Refs, never from a rank."""

    def __init__(self, review: Review) -> None:
        self.review = DATA + in_ascii(review.title.strip() or PurePath(review.folder).name)
        self._agencies = _keys((agency.name, agency.key) for agency in review.agencies)
        self._people = _keys((person.name, person.key) for person in review.people)

    def _of(self, kind: str, *parts: str) -> str:
        return "/".join((self.review, kind, *map(in_ascii, parts)))

    def agency(self, name: str) -> str:
        """The id of an agency of that name; of one that no list holds, apart from all that are listed."""
        key = self._agencies.get(name)
        return self._of("named-agency", name) if key is None else self._of("agency", key)

    def person(self, name: str) -> str:
        """The id of a person of that name; of one that no list holds, apart from all that are listed."""
        key = self._people.get(name)
        return self._of("named-person", name) if key is None else self._of("person", key)

    def entry(self, agency: str, ref: str) -> str:
        """The id of an agency's entry."""
        return self._of("entry", self._agencies.get(agency, agency), ref)

    def returned(self, agency: str, file: str) -> str:
        """The id of an agency's return."""
        return self._of("return", self._agencies.get(agency, agency), file)

    def professional(self, agency: str, *parts: str) -> str:
        """The id of somebody who acts for an agency: by name, by role and number, or by role alone."""
        return self._of("professional", self._agencies.get(agency, agency), *parts)

    def membership(self, professional: str, role: str) -> str:
        """The id of a professional's part in an agency, in one role."""
        return f"{self._of('membership')}/{self._tail(professional, 'professional')}/{in_ascii(role)}"

    def source(self, key: str) -> str:
        """The id of a source listed in review.toml."""
        return self._of("source", key)

    def input(self, file: str) -> str:
        """The id of a file that the review was read from."""
        return self._of("file", file)

    # --- what is computed ---------------------------------------------------------------------------------------

    def computed(self) -> str:
        """The id of the computation itself, and of the named graph that holds all that it found."""
        return f"{self.review}/computed"

    def fact(self, person: str, indicator: str, origin: str) -> str:
        """The id of a fact: whom it is about, the indicator, and the id of the entry that it comes from."""
        return (
            f"{self._of('fact')}/{self._tail(self.person(person))}/{in_ascii(indicator)}/{self._tail(origin, 'entry')}"
        )

    def holding(self, agency: str, fact: str) -> str:
        """The id of an agency's holding of a fact."""
        return f"{self._of('holding')}/{self._tail(self.agency(agency))}/{self._tail(fact, 'fact')}"

    def telling(self, sender: str, receiver: str, row: str) -> str:
        """The id of a telling that the entry with id ``row`` records, both agencies' accounts of it taken together."""
        ends = f"{self._tail(self.agency(sender))}/{self._tail(self.agency(receiver))}"
        return f"{self._of('telling')}/{self._tail(row, 'entry')}/{ends}"

    def opening(self, row: str, family: str, subject: str) -> str:
        """The id of an opening: at which entry, under which family of rules, for whom."""
        return f"{self._of('opening')}/{self._tail(row, 'entry')}/{in_ascii(family)}/{self._tail(self.person(subject))}"

    def finding(self, id: str) -> str:
        """The id of a finding, from the one by which it is accepted or dismissed."""
        return self._of("finding", id)

    @staticmethod
    def duty(id: str) -> str:
        """The id of a duty, which is the ontology's and belongs to no review."""
        return f"{NAMESPACE}duty/{in_ascii(id)}"

    @staticmethod
    def rule_source(*parts: str) -> str:
        """The id of the source of a rule, from what it is called, where it is found and what was read of it."""
        return f"{NAMESPACE}source/{in_ascii(parts[0])}/{sha256(chr(31).join(parts).encode()).hexdigest()[:10]}"

    def coverage(self, agency: str) -> str:
        """The id of what an agency's return covers."""
        return f"{self._of('coverage')}/{self._tail(self.agency(agency))}"

    def _tail(self, id: str, kind: str = "") -> str:
        """What stands in an id after the review, and after the kind of thing."""
        return id[len(self.review) + 1 :].removeprefix(f"{kind}/" if kind else "")


def _keys(listed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The key of each name: its own, unless another has the same; then the name."""
    keys = {name: key or name for name, key in listed}
    used = Counter(keys.values())
    return {name: key if used[key] == 1 else name for name, key in keys.items()}


class Words:
    """The words of the ontology that a drawing uses, found by name; a column by its row in the table of properties."""

    def __init__(self, terms: Terms) -> None:
        self._of = {word.iri: word.name for word in terms.words}
        self._names = {word.name: Name(word.iri, _key(word.name, word.kind)) for word in terms.words}
        self._columns = terms.properties

    def __getitem__(self, name: str) -> Name:
        found = self._names.get(name)
        if found is None:
            raise LookupError(f'kg.ttl has no class or property "{name}", and a review cannot be drawn without it')
        return found

    def of(self, iri: str) -> Name:
        """The name of a class or property by its IRI."""
        return self[self._of.get(iri, iri)]

    def keys(self) -> dict[str, str]:
        """The key in graphs of every IRI that a drawing may use for a value or an edge."""
        columns = [name for column in self._columns for name in (self.column(column), self.written(column))]
        return {name.iri: name.key for name in (*self._names.values(), *columns, *OUTSIDE)}

    @staticmethod
    def column(column: Property) -> Name:
        """What was read from a column's cells."""
        return Name(column.predicate, column.graph_key)

    @staticmethod
    def written(column: Property) -> Name:
        """A column's cells word for word, where what was read from them is something else."""
        return Name(column.iri + "AsWritten", column.graph_key + "_as_written")


def _key(name: str, kind: str) -> str:
    """A word as a key in a graph: classes as they are, properties in lower case with underscores."""
    return name if kind == "class" else "".join("_" + c.lower() if c.isupper() else c for c in name)
