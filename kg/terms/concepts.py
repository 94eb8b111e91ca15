"""The words of a vocabulary, and what a vocabulary may say of them: indicators, kinds of contact, responses, roles.

And lengths of time as sources count them.
"""

from __future__ import annotations

from dataclasses import dataclass

UNITS = ("hours", "days", "working days", "school days", "weeks", "months", "years", "same day")
"""The units in which a rule may count."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time as its source counts it: ``number`` of ``unit``.

    ``unit`` is "hours", "days", "working days", "school days", "weeks", "months", "years" or "same day"
    (``number`` is then 0).
    """

    number: int
    unit: str

    def __str__(self) -> str:
        if self.unit == "same day":
            return "the same day"
        return f"{self.number} {self.unit[:-1] if self.number == 1 else self.unit}"


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that a vocabulary says of its words, declared in the Turtle: gravity, of whom it speaks, that it engages.

    ``notation`` names it ("gravity"), ``of`` the schemes whose words may have it. ``range`` is the IRI of the type of what
    it holds, ``scheme`` the vocabulary from which its words come ("" for text, numbers, yes and no). ``many``: a word may
    have several. ``inherited``: the cases of a word that has it have it too. ``reads`` is how a mark is said to a reader.
    """

    iri: str
    notation: str
    label: str
    of: tuple[str, ...]
    range: str
    scheme: str = ""
    many: bool = False
    inherited: bool = False
    reads: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """One word of a vocabulary: an indicator, a kind of contact, a response, a type of agency.

    ``notation`` is its code ("strategy-discussion"), unique in its ``scheme``; ``alt`` the words agencies write for it;
    ``broader`` the notations it is directly a case of. ``about`` says of whom an indicator speaks: "subject", "carer",
    "household" or "". ``codes`` are official codes as (list, code); ``bears`` the outcomes for a child that it touches;
    ``addressees`` the types of agency to which a referral of this name goes; ``entails`` the responses without which it
    cannot have been made; ``goes_with`` kinds of contact that may be another agency's account of the same. ``sign_of``
    are the kinds of harm that an indicator may point to and is not; ``related`` words to look at beside it.
    ``replaced_by`` is the notation used instead of a word no longer in use ("" for one in use). ``age_from`` is the age from
    which a response can be asked for at all: nobody is asked to speak with a baby. ``history`` says what changed of it, and
    in which version.

    ``attributes`` are all that the Turtle says of it under the attributes declared there, by name, in that order; ``flags``
    those that are a plain yes: "contact", "engages", "decision", "meeting", "letter", "public", "child", "declines" (a
    decision to look at), "closes" (ends an answer), and any that is added.
    """

    iri: str
    scheme: str
    notation: str
    label: str
    alt: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    definition: str = ""
    note: str = ""
    about: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    bears: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    entails: tuple[str, ...] = ()
    goes_with: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    sign_of: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    example: str = ""
    replaced_by: str = ""
    age_from: Limit | None = None
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    history: tuple[str, ...] = ()

    def said(self, attribute: str) -> tuple[str, ...]:
        """What the vocabulary says of the word under an attribute of that name, or nothing."""
        return next((values for name, values in self.attributes if name == attribute), ())

    @property
    def nature(self) -> str:
        """ "event" (it happens on a day), "state" (it lasts), or "" where the vocabulary does not say."""
        return "".join(self.said("nature"))

    @property
    def gravity(self) -> int:
        """How grave it is by itself, from 1 to 3, by our own judgement; 0 where the vocabulary does not say."""
        number = "".join(self.said("gravity"))
        return int(number) if number.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Scheme:
    """A list of words that belong together, in the order of the vocabulary."""

    notation: str
    label: str
    definition: str
    concepts: tuple[Concept, ...]
