"""What a word of the vocabulary owes its reader: what it is, where it ends, how agencies write it, and its place."""

from __future__ import annotations

from collections import defaultdict

from kg.terms.reader import FILES, home, load
from kg.terms.turtle import statements

TERMS = load()
SKOS = "http://www.w3.org/2004/02/skos/core#"
KG = "https://w3id.org/kg-review/"
SYNONYMS = 8


def said() -> dict[str, dict[str, list[str]]]:
    """Everything that the files say, by thing and by property."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in statements(home() / file for file in FILES):
        found[subject][predicate].append(value.value)
    return found


SAID = said()


def test_every_indicator_says_what_it_is_where_it_ends_and_how_agencies_write_it() -> None:
    for concept in TERMS.schemes["indicator"].concepts:
        assert concept.definition, concept.notation
        assert concept.note, f"{concept.notation} has no scope note"
        assert concept.note != concept.definition
        assert concept.example, f"{concept.notation} has no example"
        assert len(set(concept.alt)) >= SYNONYMS, f"{concept.notation} has {len(concept.alt)} synonyms"


def test_a_note_names_no_word_that_is_not_there() -> None:
    """What a note writes with a hyphen and in small letters is a notation, or ordinary English."""
    notations = {concept.notation for scheme in TERMS.schemes.values() for concept in scheme.concepts}
    english = {"part-time"}
    for concept in TERMS.schemes["indicator"].concepts:
        for word in concept.note.replace("(", " ").replace(")", " ").split():
            bare = word.strip(".,;:'\"")
            if "-" in bare and bare == bare.lower() and bare not in english:
                assert bare in notations, f"{concept.notation}: {bare}"


def test_a_word_without_a_broader_one_stands_at_the_top_of_its_scheme_and_no_other_does() -> None:
    for scheme in TERMS.schemes.values():
        for concept in scheme.concepts:
            top = SAID[concept.iri][SKOS + "topConceptOf"]
            assert top == ([] if concept.broader else SAID[concept.iri][SKOS + "inScheme"]), concept.iri


def test_a_collection_holds_words_that_are_there() -> None:
    concepts = {concept.iri for scheme in TERMS.schemes.values() for concept in scheme.concepts}
    of = {name.rsplit("/", 1)[-1]: values[SKOS + "member"] for name, values in SAID.items() if values[SKOS + "member"]}
    assert len(of["care-act-types"]) == len(TERMS.schemes["care-act-type"].concepts) == 10
    assert {"care-act-types", "dfe-factors", "dfe-categories"} <= set(of)
    for name, members in of.items():
        assert len(members) == len(set(members)), name
        assert set(members) <= concepts, name


def test_an_official_code_is_matched_to_one_word_or_to_none() -> None:
    """Exactly, as wider or as narrower; an exact match is the only one of its code and of its word."""
    exact: dict[tuple[str, str], str] = {}
    for scheme in ("dfe-factor", "care-act-type"):
        for code in TERMS.schemes[scheme].concepts:
            matched = {part: SAID[code.iri][SKOS + part] for part in ("exactMatch", "broadMatch", "narrowMatch")}
            words = [word for values in matched.values() for word in values]
            assert set(words) <= {each.iri for each in TERMS.schemes["indicator"].concepts}, code.notation
            assert len(words) == len(set(words)), code.notation
            for word in matched["exactMatch"]:
                assert exact.setdefault((scheme, word), code.iri) == code.iri, f"{word} is two codes at once"
