"""What the ontology marks a word as: a contact, a meeting, a decision, an event. The only room that looks at a word's flags."""

from __future__ import annotations

from kg.model.record import Entry
from kg.model.review import Agency
from kg.terms.reader import Terms


def declines_or_closes(response: str, terms: Terms) -> bool:
    concept = terms.concept("response", response)
    return concept is not None and "declines" in concept.flags


def ends_answers(entry: Entry, terms: Terms) -> bool:
    """Whether an entry closes the matter or declines to act, so that an earlier answer no longer stands."""
    flags: set[str] = set()
    for scheme, words in (("response", entry.responses), ("contact", (entry.contact,))):
        for word in words:
            concept = terms.concept(scheme, word) if word else None
            if concept is not None:
                flags |= concept.flags
    return bool(flags & {"declines", "closes"})


def is_contact(entry: Entry, terms: Terms) -> bool:
    """Whether an entry is a contact: its kind is one the ontology marks so. A blank kind is not."""
    return _kind_is("contact", entry, terms)


def is_meeting(entry: Entry, terms: Terms) -> bool:
    """Whether the kind of contact is a meeting of several agencies, by the ontology."""
    return _kind_is("meeting", entry, terms)


def is_letter(entry: Entry, terms: Terms) -> bool:
    """Whether the kind of contact is one that travels slowly (a letter or e-mail), by the ontology."""
    return _kind_is("letter", entry, terms)


def is_talk(entry: Entry, terms: Terms) -> bool:
    """Whether both sides speak at once (a call, a conversation), by the ontology."""
    return _kind_is("talk", entry, terms)


def speaks_of_letter(entry: Entry, terms: Terms) -> bool:
    """Whether a row's words speak of a letter or e-mail, whatever its kind of contact is."""
    words = {word.strip(".,;:()\"'").casefold() for word in entry.narrative.split()}
    return any(
        name.casefold() in words
        for concept in terms.schemes["contact"].concepts
        if "letter" in concept.flags
        for name in (concept.label, *concept.alt)
    )


def is_public(agency: Agency, terms: Terms) -> bool:
    """Whether an "agency" is really the family or the public, which holds information but is not judged."""
    concept = terms.concept("agency", agency.type)
    return concept is not None and "public" in concept.flags


def engages(entry: Entry, terms: Terms) -> bool:
    """Whether an entry's kind of contact is one at which the agency sees, speaks or decides."""
    concept = terms.concept("contact", entry.contact) if entry.contact else None
    return concept is not None and {"contact", "engages"} <= concept.flags


def is_decision(entry: Entry, terms: Terms) -> bool:
    """Whether an entry is a point of decision: by its kind of contact, or because its response declines or closes."""
    kind = terms.concept("contact", entry.contact) if entry.contact else None
    return (kind is not None and "decision" in kind.flags) or declines(entry, terms)


def declines(entry: Entry, terms: Terms) -> bool:
    """Whether an entry's response is a decision to do nothing more: no further action, closed, accepted, not investigated."""
    return any(
        (concept := terms.concept("response", response)) is not None and "declines" in concept.flags
        for response in entry.responses
    )


def is_unchecked_draft(entry: Entry, terms: Terms) -> bool:
    """Whether a machine drafted a row and nobody is recorded to have checked it, by how the row was recorded."""
    return bool(entry.how_recorded) and bool(once_checked(entry.how_recorded, terms))


def once_checked(how: str, terms: Terms) -> str:
    """What a way of recording is called once somebody checked the draft; "" where it is no machine's draft."""
    concept = terms.concept("recording", how)
    return "".join(concept.said("once-checked")) if concept is not None else ""


def _kind_is(flag: str, entry: Entry, terms: Terms) -> bool:
    concept = terms.concept("contact", entry.contact) if entry.contact else None
    return concept is not None and flag in concept.flags
