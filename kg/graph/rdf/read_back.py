"""A review read back from the TriG that ``kg.graph.rdf.trig`` writes: equal to the one that was written, but for its folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.dates.when import BEGINNING, END, UNDATED, When, minute_of
from kg.graph.addresses import NOTATION
from kg.graph.rdf.quads import RDF_TYPE
from kg.graph.rdf.trig import IN_ORDER, listed
from kg.model.problem import Place
from kg.model.record import MARKS, Entry, InputFile, Return, Source
from kg.model.review import Agency, Person, Review
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import load
from kg.terms.tables import Terms

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode

_RDF = RDF_TYPE.removesuffix("type")


class NotOurTriG(ValueError):
    """A file from which no review can be read; the message says where and why."""


def review_from_trig(text: str, terms: Terms | None = None) -> Review:
    """The review that a TriG file of ``kg export`` holds; what was computed is left aside, for it is computed again.

    ``terms`` is the ontology (by default the program's own). The folder is "". Judgements and notes are not in such a
    file. Raises NotOurTriG where the text is not TriG, or holds no review, or several, or lacks the order of things.
    """
    from pyoxigraph import RdfFormat, parse

    about: _About = {}
    try:
        for quad in parse(text, format=RdfFormat.TRIG):
            subject: Any = quad.subject
            said = about.setdefault(subject.value, {}).setdefault(quad.predicate.value, [])
            said.append(quad.object)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise NotOurTriG(f"this is not TriG{f', from line {line}' if line else ''}: {error}") from None
    reviews = [
        id for id, said in about.items() if any(_value(kind) == _kg("Review") for kind in said.get(RDF_TYPE, ()))
    ]
    if len(reviews) != 1:
        held = "no review" if not reviews else f"{len(reviews)} reviews"
        raise NotOurTriG(f"it holds {held}, and one is wanted. Write it with: kg export REVIEW --format trig")
    try:
        return _Reading(about, terms or load()).review(reviews[0])
    except KeyError as lacking:
        raise NotOurTriG(
            f"the review in it is not whole: {lacking.args[0]} is not there. Write it anew with kg export."
        ) from None
    except NotOurTriG:
        raise
    except (IndexError, ValueError):
        raise NotOurTriG(
            "the review in it is not whole: something lacks a value, or has one of another kind. Write it anew with kg export."
        ) from None


_About = dict[str, dict[str, list[Any]]]


def _kg(name: str) -> str:
    return NAMESPACE + name


def _value(thing: NamedNode | BlankNode | Literal) -> str:
    return thing.value


class _Reading:
    """One reading of a file's statements, by thing and property."""

    def __init__(self, about: _About, terms: Terms) -> None:
        self.about, self.terms = about, terms

    def review(self, id: str) -> Review:
        people = tuple(self._person(each) for each in self._listed(id, "people"))
        return Review(
            title=self._text(id, "title"),
            folder="",
            jurisdiction=self._text(id, "jurisdiction"),
            area=self._text(id, "area"),
            kind=self._text(id, "kindOfReview"),
            period=self._when(id, _kg("period")) or UNDATED,
            incident=self._when(id, _kg("incident")) or UNDATED,
            subjects=tuple(self._text(each, "name") for each in self._listed(id, "subjects")),
            people=people,
            agencies=tuple(self._agency(each) for each in self._listed(id, "agencies")),
            sources=tuple(self._source(each) for each in self._listed(id, "sources")),
            returns=tuple(self._return(each) for each in self._listed(id, "returns")),
            entries=tuple(self._entry(each) for each in self._listed(id, "entries")),
            inputs=tuple(InputFile(self._text(each, "file"), self._text(each, "sha256")) for each in self._inputs(id)),
        )

    # --- what is said of a thing --------------------------------------------------------------------------------

    def _values(self, id: str, iri: str) -> list[str]:
        return [_value(each) for each in self.about.get(id, {}).get(iri, ())]

    def _text(self, id: str, name: str) -> str:
        values = self._values(id, _kg(name))
        return values[0] if values else ""

    def _yes(self, id: str, name: str) -> bool:
        return self._text(id, name) == "true"

    def _listed(self, id: str, key: str) -> list[str]:
        heads = self.about.get(id, {}).get(listed(key))
        if heads is None:
            raise KeyError(f"the order of its {key}")
        return list(self._members(heads[0]))

    def _inputs(self, id: str) -> list[str]:
        """The files that a review was read from; a file written by an earlier version tells of none."""
        return self._listed(id, "inputs") if listed("inputs") in self.about.get(id, {}) else []

    def _members(self, head: Any) -> Iterator[str]:
        seen: set[str] = set()
        while _value(head) != _RDF + "nil":
            if _value(head) in seen:
                raise NotOurTriG("a list in it leads back to itself. Write it anew with kg export.")
            seen.add(_value(head))
            link = self.about[_value(head)]
            yield _value(link[_RDF + "first"][0])
            head = link[_RDF + "rest"][0]

    def _several(self, id: str, iri: str, key: str = "") -> tuple[str, ...]:
        """What stands under a property, in its order, where the file tells one."""
        heads = self.about.get(id, {}).get(listed(key) if key else iri + IN_ORDER)
        return tuple(self._members(heads[0])) if heads else tuple(self._values(id, iri))

    def _when(self, id: str, iri: str) -> When | None:
        moments = self._values(id, iri)
        if not moments:
            return None
        earliest, latest = (self._text(moments[0], name) for name in ("earliest", "latest"))
        return When(
            self._text(moments[0], "asWritten"),
            _minute(earliest) if earliest else BEGINNING,
            _minute(latest) if latest else END,
            self._text(moments[0], "hedge"),
            self._yes(moments[0], "timed"),
            self._yes(moments[0], "lasts"),
        )

    def _notation(self, id: str) -> str:
        values = self._values(id, NOTATION.iri)
        return values[0] if values else ""

    # --- the things themselves ----------------------------------------------------------------------------------

    def _agency(self, id: str) -> Agency:
        kinds, wholes = self._values(id, _kg("agencyType")), self._values(id, _kg("partOf"))
        return Agency(
            name=self._text(id, "name"),
            type=self._notation(kinds[0]) if kinds else "",
            aliases=self._several(id, _kg("alias"), "aliases"),
            file=self._text(id, "file"),
            part_of=self._text(wholes[0], "name") if wholes else "",
            key=self._text(id, "key"),
            has_return=self._yes(id, "hasReturn"),
        )

    def _person(self, id: str) -> Person:
        stated = self._several(id, _kg("bearsOnAsWritten"), "bearsOn")
        return Person(
            name=self._text(id, "name"),
            aliases=self._several(id, _kg("alias"), "aliases"),
            role=self._text(id, "role"),
            born=self._when(id, _kg("born")),
            relations=self._several(id, "", "relations") or tuple(self._ties.get(id, ())),
            bears_on=stated if self._yes(id, "bearsOnStated") else None,
            key=self._text(id, "key"),
        )

    @cached_property
    def _ties(self) -> dict[str, list[str]]:
        """The words of every relation, by whose it is."""
        found: dict[str, list[str]] = {}
        for id, said in self.about.items():
            for of in said.get(_kg("relationOf"), ()):
                found.setdefault(_value(of), []).extend(self._values(id, _kg("relationWords")))
        return {of: list(dict.fromkeys(words)) for of, words in found.items()}  # one of two people is one for each

    def _source(self, id: str) -> Source:
        return Source(*(self._text(id, name) for name in ("name", "title", "body", "year", "address")))

    def _return(self, id: str) -> Return:
        return Return(
            self._text(self._values(id, _kg("agency"))[0], "name"), self._text(id, "file"),
            int(self._text(id, "rows") or 0), self._text(id, "signedOff"),
        )  # fmt: skip

    def _entry(self, id: str) -> Entry:
        if id not in self.about:
            raise KeyError(f"the entry {id}")
        read: dict[str, Any] = {}
        cells = self._cells(id)
        for column in self.terms.properties:
            if not column.field or column.field in ("ref", "time", "seen"):
                continue
            if column.kind == "when":
                read[column.field] = self._when(id, column.predicate)
            elif column.kind in ("text", "name"):
                words = self._values(id, column.predicate)
                written = cells.get(column.notation, words[0] if words else "")
                read[column.field] = written.strip() if column.kind == "name" else written
            else:
                several = self._several(id, column.predicate)
                if column.kind in ("people", "agencies"):
                    several = tuple(self._text(each, "name") for each in several)
                elif column.kind == "concept":
                    several = tuple(self._notation(each) or each for each in several)
                read[column.field] = several if column.many else (several or ("",))[0]
        accepted = (*self._several(id, "", "accepted"), *self._several(id, "", "onlySuggested"))
        read = _without(read, accepted)
        name, agency = self._text(id, "entryName"), self._text(self._values(id, _kg("agency"))[0], "name")
        seen, joined = self._values(id, _kg("seen")), self._several(id, "", "recognised")
        return Entry(
            name=name,
            agency=agency,
            ref=name[len(agency) + 1 :],
            place=Place(self._text(id, "file"), self._text(id, "sheet"), int(self._text(id, "row") or 0), "", name),
            when=read.pop("when") or UNDATED,
            seen=seen[0] if seen and f"seen:{seen[0]}" not in accepted else "",
            seen_people=tuple(self._text(each, "name") for each in self._several(id, _kg("personSeen"), "personSeen")),
            either_way=tuple(self._text(each, "name") for each in self._several(id, _kg("eitherWay"), "eitherWay")),
            cells=cells,
            joined=tuple(zip(joined[::2], joined[1::2], strict=True)),
            **read,
        )

    def _cells(self, id: str) -> Mapping[str, str]:
        """Every cell of a row as written, blank ones too."""
        blank = self._several(id, "", "blankCells")
        spaces = dict(zip(blank[::2], blank[1::2], strict=True))
        others = {
            self._text(cell, "cellHeading"): self._text(cell, "asWritten") for cell in self._values(id, _kg("cell"))
        }
        columns = {column.notation: column for column in self.terms.properties}
        cells: dict[str, str] = {}
        for heading in self._listed(id, "cells"):
            column = columns.get(heading)
            if column is None:
                cells[heading] = others.get(heading, "")
                continue
            words = self._values(id, column.iri + "AsWritten") or (
                self._values(id, column.predicate) if column.kind in ("text", "name", "time") else []
            )
            cells[heading] = words[0] if words else ""
        return cells | spaces


def _minute(words: str) -> int:
    at = datetime.fromisoformat(words)
    return minute_of(at.date(), at.hour * 60 + at.minute)


def _without(read: Mapping[str, Any], accepted: Iterable[str]) -> dict[str, Any]:
    """The fields of an entry without the codes that are the reviewer's: these come with codes.csv, not with the return."""
    left = dict(read)
    fields = {scheme: field for field, scheme in MARKS.items()}
    for code in accepted:
        scheme, _, value = code.partition(":")
        field = fields.get(scheme, "")
        if isinstance(left.get(field), tuple):
            left[field] = tuple(each for each in left[field] if each != value)
        elif left.get(field) == value:
            left[field] = ""
    return left
