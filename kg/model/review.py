"""What a review holds: people, agencies, their returns, and every entry word for word.

Nothing here is computed. Entries are what agencies wrote, read into the dozen fields that rules use, beside every cell
as written. All values are frozen; what is derived from them lives in the rooms further down the house.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.dates.when import When
from kg.model.record import Entry, InputFile, Return, Source
from kg.model.reviewer import Coded, EpisodeChoice, Judgement, Note, Pairing, Proposed, Published, StoryChoice


@dataclass(frozen=True, slots=True)
class Person:
    """Someone listed in review.toml. ``key`` is what ids are made of: the name, unless review.toml gives a ``key``.

    ``bears_on`` names the subjects whom facts about this person concern; None means all of them.
    """

    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    born: When | None = None
    relations: tuple[str, ...] = ()
    bears_on: tuple[str, ...] | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of the review. ``type`` is a notation of the ontology's scheme "agency" ("" if not known).

    ``has_return`` is false where no return was found: then its silence says nothing.
    """

    name: str
    type: str = ""
    aliases: tuple[str, ...] = ()
    file: str = ""
    part_of: str = ""
    key: str = ""
    has_return: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """A whole review: who and what it is about, and every entry of every return, in the order they were read.

    ``jurisdiction`` is a nation ("England", "Wales", "Scotland", "Northern Ireland"), ``area`` a local area or "".
    ``kind`` is "child" or "adult". ``period`` and ``incident`` are bounds of the review; contacts on or after
    ``incident`` are not judged. ``published``, ``judgements``, ``notes`` and ``episodes`` are what stands beside the returns: a
    report's conclusions, and the reviewer's decisions, notes and choices of episodes in the order in which they were made;
    ``codes`` what the reviewer decided of codes, laid over the entries by ``kg.coding.laid_over``; ``proposed`` what words
    suggest beside them, if that is counted. ``inputs`` are the files from which it was read, with the checksum of each; the
    same review read from others is the same.
    """

    title: str
    folder: str
    jurisdiction: str
    area: str
    kind: str
    period: When
    incident: When
    subjects: tuple[str, ...]
    people: tuple[Person, ...]
    agencies: tuple[Agency, ...]
    sources: tuple[Source, ...] = ()
    returns: tuple[Return, ...] = ()
    entries: tuple[Entry, ...] = ()
    published: tuple[Published, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    notes: tuple[Note, ...] = ()
    episodes: tuple[EpisodeChoice, ...] = ()
    storyboard: tuple[StoryChoice, ...] = ()
    pairs: tuple[Pairing, ...] = ()
    codes: tuple[Coded, ...] = ()
    inputs: tuple[InputFile, ...] = field(default=(), compare=False)
    proposed: tuple[Proposed, ...] = ()

    def agency(self, name: str) -> Agency:
        """The agency of that name. Raises KeyError if the review has none."""
        for agency in self.agencies:
            if agency.name == name:
                return agency
        raise KeyError(name)

    def find_agency(self, words: str) -> Agency | None:
        """The agency that somebody means by these words: its name or another of its names, letters' case aside."""
        sought = words.strip().casefold()
        return next((each for each in self.agencies if sought in _called(each.name, each.aliases)), None)

    def find_person(self, words: str) -> Person | None:
        """The listed person whom somebody means by these words, as with ``find_agency``."""
        sought = words.strip().casefold()
        return next((each for each in self.people if sought in _called(each.name, each.aliases)), None)

    def person(self, name: str) -> Person | None:
        """The listed person of that name, or None for someone the review does not list."""
        for person in self.people:
            if person.name == name:
                return person
        return None


def _called(name: str, aliases: tuple[str, ...]) -> frozenset[str]:
    return frozenset((name.casefold(), *(alias.casefold() for alias in aliases)))
