"""A review's codes for programs of qualitative coders, in the REFI-QDA exchange form: a codebook (qdc) or a project (qdpx).

Each entry is a text of its own, word for word, and the entries of an agency are a set. What the reviewer accepted stands
on exactly the words it rests on, with who and when; what the agency coded stands on the entry as a whole, in its name.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from kg.coding.laid_over import standing
from kg.model.record import MARKS, Entry
from kg.model.review import Review
from kg.model.reviewer import Coded
from kg.office.form import steady
from kg.terms.concepts import Concept, Scheme
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import Terms

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
"""The namespaces of the two forms."""

CODED_BY = ("indicators", "responses", "contact", "seen")
"""The fields whose codes are words of the vocabulary, and so of the codebook."""


def code_id(scheme: str, notation: str) -> str:
    """The lasting id of a word of the vocabulary, the same in every file."""
    return _id(f"{NAMESPACE}{scheme}/{notation}")


def codebook(terms: Terms) -> bytes:
    """The vocabulary as a codebook: indicators, responses, kinds of contact and whether seen, kinds below what they are of."""
    root = Element("CodeBook", {"xmlns": CODEBOOK, "origin": "kg"})
    _codes(root, terms)
    return _written(root)


def project(review: Review, terms: Terms) -> bytes:
    """A review as a project: every narrative, and the codes that agencies gave and the reviewer accepted.

    The review has the reviewer's codes laid over it. The same review gives the same bytes.
    """
    decided = {row: [each for each in some if each.verdict == "accepted"] for row, some in standing(review).items()}
    readers = dict.fromkeys(each.by for some in decided.values() for each in some)
    root = Element("Project", {"xmlns": PROJECT, "name": review.title, "origin": "kg"})
    users = SubElement(root, "Users")
    for name in (*(agency.name for agency in review.agencies), *readers):
        SubElement(users, "User", {"guid": _user(name), "name": name})
    _codes(SubElement(root, "CodeBook"), terms)
    sources = SubElement(root, "Sources")
    texts: dict[str, bytes] = {}
    for row, entry in enumerate(review.entries):
        id = _source(entry)
        texts[f"sources/{id}.txt"] = entry.narrative.encode("utf-8", "replace")
        source = SubElement(
            sources,
            "TextSource",
            {
                "guid": id,
                "name": entry.name,
                "plainTextPath": f"internal://{id}.txt",
                "creatingUser": _user(entry.agency),
            },
        )
        for number, each in enumerate(_on_words(decided.get(row, ()))):
            _selection(source, entry, each, number)
        for field, value in _given(entry):
            coding = SubElement(
                source, "Coding", {"guid": _id(f"{id}/{field}/{value}"), "creatingUser": _user(entry.agency)}
            )
            SubElement(coding, "CodeRef", {"targetGUID": code_id(MARKS[field], value)})
    sets = SubElement(root, "Sets")
    for agency in review.agencies:
        members = [entry for entry in review.entries if entry.agency == agency.name]
        if members:
            group = SubElement(sets, "Set", {"guid": _id(f"set/{agency.name}"), "name": agency.name})
            for entry in members:
                SubElement(group, "MemberSource", {"targetGUID": _source(entry)})
    return _packed({"project.qde": _written(root), **texts})


def _on_words(decided: list[Coded] | tuple[()]) -> Iterator[Coded]:
    return (each for each in decided if each.field in CODED_BY and each.end)


def _selection(source: Element, entry: Entry, each: Coded, number: int) -> None:
    """One span of the narrative with its code. Positions count signs from 0, the end is the sign after the last."""
    start = entry.narrative.find(each.words, max(0, each.start - len(each.words)))
    start = each.start if entry.narrative[each.start : each.end] == each.words else start
    if start < 0:
        return
    who = {"creatingUser": _user(each.by), "creationDateTime": f"{each.on.isoformat()}T00:00:00Z"}
    id = _id(f"{entry.name}/{number}/{each.field}/{each.value}/{start}")
    chosen = SubElement(
        source,
        "PlainTextSelection",
        {
            "guid": id,
            "name": each.words[:60],
            "startPosition": str(start),
            "endPosition": str(start + len(each.words)),
            **who,
        },
    )
    coding = SubElement(chosen, "Coding", {"guid": _id(f"{id}/coding"), **who})
    SubElement(coding, "CodeRef", {"targetGUID": code_id(MARKS[each.field], each.value)})


def _given(entry: Entry) -> Iterator[tuple[str, str]]:
    """The codes of an entry that are the agency's own."""
    for field in CODED_BY:
        held = getattr(entry, field)
        for value in held if isinstance(held, tuple) else (held,):
            if value and value != "names" and f"{MARKS[field]}:{value}" not in entry.accepted:
                yield field, value


def _codes(book: Element, terms: Terms) -> None:
    codes = SubElement(book, "Codes")
    for field in CODED_BY:
        scheme = terms.schemes[MARKS[field]]
        top = SubElement(
            codes,
            "Code",
            {"guid": _id(f"{NAMESPACE}scheme/{scheme.notation}"), "name": scheme.label, "isCodable": "false"},
        )
        _below(top, scheme, "", {concept.notation for concept in scheme.concepts})


def _below(parent: Element, scheme: Scheme, broad: str, known: set[str]) -> None:
    for concept in scheme.concepts:
        if _above(concept, known) == broad:
            code = SubElement(
                parent,
                "Code",
                {"guid": code_id(scheme.notation, concept.notation), "name": concept.label, "isCodable": "true"},
            )
            SubElement(code, "Description").text = concept.definition or concept.label
            _below(code, scheme, concept.notation, known)


def _above(concept: Concept, known: set[str]) -> str:
    return next((each for each in concept.broader if each in known), "")


def _packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return steady(out.getvalue())


def _written(root: Element) -> bytes:
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data


def _source(entry: Entry) -> str:
    return _id(f"entry/{entry.name}")


def _user(name: str) -> str:
    return _id(f"user/{name}")


def _id(words: str) -> str:
    return str(uuid5(NAMESPACE_URL, words)).upper()
