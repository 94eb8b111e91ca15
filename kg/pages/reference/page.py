"""Every term of the ontology on one page that opens from disk, can be searched, and reaches for nothing.

What is said of a term is what ``kg ontology TERM`` prints; the page only sets it out. Without its script the page is whole:
the script hides what is not sought.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from kg.pages.one_file import filled, piece, policy
from kg.terms.explain import Told, tell_column, tell_concept, tell_convention, tell_duty, tell_word
from kg.terms.headers import versions
from kg.terms.tables import Terms


@dataclass(frozen=True, slots=True)
class Section:
    """Terms that belong together: ``key`` in the page's addresses, a title, what they are, and each with its own key."""

    key: str
    title: str
    about: str
    terms: tuple[tuple[str, Told], ...]


def sections(terms: Terms) -> Iterator[Section]:
    """Everything that can be explained, in the order of the page: columns, vocabularies, our conventions, rules, the rest."""
    columns = ((column.notation, tell_column(column)) for column in terms.properties)
    yield Section("column", "Columns of a return", "What a return may say of a contact.", tuple(columns))
    for scheme in terms.schemes.values():
        words = ((concept.notation, tell_concept(terms, concept)) for concept in scheme.concepts)
        yield Section(scheme.notation, scheme.label, scheme.definition, tuple(words))
    conventions = ((each.name, tell_convention(each)) for each in terms.conventions.values())
    yield Section("convention", "Our own conventions", "Numbers that no source gives, chosen here.", tuple(conventions))
    for key, title, about, duties in (
        ("duty", "Rules", "What was asked of agencies, by which source, and how that source was read.", terms.duties),
        (
            "process-duty",
            "Rules about reviews",
            "They are about reviews themselves and judge no agency.",
            terms.process_duties,
        ),
    ):
        yield Section(key, title, about, tuple((duty.id, tell_duty(terms, duty)) for duty in duties))
    for kind, title in (("class", "Classes"), ("property", "Properties")):
        held = ((word.name, tell_word(word)) for word in terms.words if word.kind == kind)
        yield Section(kind, title, "What graphs of a review are made of.", tuple(held))


def reference_page(terms: Terms, folder: Path | None = None) -> str:
    """The whole page. The same ontology gives the same text. Raises as ``kg.terms.load`` for a folder it cannot read."""
    found = tuple(each for each in sections(terms) if each.terms)
    script, style = piece("reference", "reference.js"), piece("reference", "reference.css")
    parts: Mapping[str, str] = {
        "policy": policy([script], style),
        "version": escape(versions(folder)["vocabulary.ttl"]),
        "count": str(sum(len(each.terms) for each in found)),
        "contents": "\n".join(_link(each) for each in found),
        "changes": "\n".join(_changes(found)),
        "sections": "\n".join(line for each in found for line in _section(each)),
        "style": style,
        "script": script,
    }
    return filled(piece("reference", "reference.html"), parts)


def _link(section: Section) -> str:
    return f'<li><a href="#{section.key}">{escape(section.title)}</a> <span>{len(section.terms)}</span></li>'


def _changes(found: Iterable[Section]) -> Iterator[str]:
    """What changed, term by term: the notes on their history, in the order of the page."""
    for section in found:
        for key, told in section.terms:
            for name, words in told.items:
                if name in ("History", "Not used"):
                    yield f'<li><a href="#{_id(section, key)}">{escape(told.name)}</a>: {escape(words)}</li>'


def _section(section: Section) -> Iterator[str]:
    yield f'<section id="{section.key}" aria-labelledby="{section.key}-title">'
    yield f'<h2 id="{section.key}-title">{escape(section.title)}</h2>'
    yield f"<p>{escape(section.about)}</p>"
    for key, told in section.terms:
        yield f'<article id="{_id(section, key)}">'
        yield f"<h3>{escape(told.name)} <small>{escape(told.kind)}</small></h3>"
        if told.definition:
            yield f"<p>{escape(told.definition)}</p>"
        if told.items:
            yield "<dl>"
            yield from (_item(name, words) for name, words in told.items)
            yield "</dl>"
        yield "</article>"
    yield "</section>"


def _item(name: str, words: str) -> str:
    return f"<div><dt>{escape(name) or 'And'}</dt><dd>{escape(words)}</dd></div>"


def _id(section: Section, key: str) -> str:
    return f"{section.key}/{escape(key.replace(' ', '-'))}"
