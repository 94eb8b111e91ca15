"""The words of a review and the rules behind it, as tables: columns, vocabularies, needs, duties, conventions.

Everything here is looked up, nothing is computed from a review, and every question is a look-up in a dictionary, so
that it can be asked of every cell of every return. ``kg.terms.reader`` fills the tables from the Turtle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kg.base.folding import plain
from kg.base.nearest import nearest
from kg.terms.concepts import UNITS, Attribute, Concept, Limit, Scheme
from kg.terms.sources import RestsOn

__all__ = [
    "UNITS",
    "Attribute",
    "Concept",
    "Convention",
    "Doubt",
    "Duty",
    "KindMatch",
    "Limit",
    "Property",
    "Scheme",
    "Standing",
    "Terms",
    "Word",
    "plain",
]


@dataclass(frozen=True, slots=True)
class Property:
    """A column that a return may have, and how it is read.

    ``notation`` is its kebab-case name ("shared-with"), ``headings`` every heading it is known by, its label first;
    ``stand_ins`` are headings taken for it only where no surer column is found. ``field`` is the field of
    ``kg.model.record.Entry`` that it fills ("" if it travels in ``cells`` only). ``predicate`` is the IRI that RDF uses and
    ``graph_key`` the key in Cypher and networkx. ``kind`` is "text", "when", "time", "people", "agencies", "concept",
    "refs", "seen" or "name"; ``scheme`` is the scheme of a "concept" or "seen" column. ``many``: a cell may hold
    several.
    """

    iri: str
    notation: str
    headings: tuple[str, ...]
    field: str
    predicate: str
    graph_key: str
    kind: str
    scheme: str
    many: bool
    label: str = ""
    definition: str = ""
    example: str = ""
    stand_ins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindMatch:
    """A statement that a finding of ours may say the same as a published one: our own judgement, with its reason.

    ``published`` is a notation of the scheme "finding-kind", ``ours`` a kind of our findings. ``side`` says which agency
    of ours must be the published one: "agency" (whom it is about), "holder" (who held or told it), or "every" (it speaks
    of every agency with a return).
    """

    published: str
    ours: str
    side: str
    why: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A rule that asks something of an agency: on a trigger, an expected response, within a time, by someone.

    ``family`` joins successive editions of one rule. ``nations`` and ``areas`` say where it holds ("" areas: the whole
    nation), ``since`` and ``until`` (inclusive; None: still) when. ``trigger`` holds notations of indicators, contacts
    or responses, ``trigger_count`` how many are needed. ``holder`` and ``by`` are types of agency; empty means any.
    ``within`` is the source's own number, or None. ``verified``: a passage that backs the duty was read. ``force``
    is its standing ("statute", "statutory guidance", ...), ``local`` true for a habit of an area or a scheme that not
    all had joined. ``clock`` says from what the time runs, ``condition`` and ``threshold`` what the record must show
    first, ``window`` within what time the triggers count together, ``order`` "before" if the response must come first.
    ``evidence_grade`` says what was read (a word of "evidence-grade"). ``age_from`` and ``age_below`` bound the age of which
    it asks, ``mobile`` whether of children who move by themselves (None: of any); where a rule gives both, either is enough.
    """

    id: str
    family: str
    nations: tuple[str, ...]
    areas: tuple[str, ...]
    applies_to: tuple[str, ...]
    since: date
    until: date | None
    trigger: tuple[str, ...]
    trigger_count: int
    holder: tuple[str, ...]
    expected: tuple[str, ...]
    within: Limit | None
    by: tuple[str, ...]
    source: str
    note: str = ""
    verified: bool = False
    force: str = ""
    local: bool = False
    clock: str = ""
    condition: str = ""
    window: Limit | None = None
    order: str = ""
    threshold: str = ""
    lead: str = ""
    duration: str = ""
    evidence: str = ""
    evidence_grade: str = ""
    age_from: Limit | None = None
    age_below: Limit | None = None
    mobile: bool | None = None
    provision: str = ""
    version_read: str = ""
    changes_outstanding: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the rule stood on that day, both ends included."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Standing:
    """How long an answer of one kind stands for later openings: a ``limit``, or ``until`` one of these is recorded."""

    response: str
    limit: Limit | None
    until: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Convention:
    """A number that is our own choice and said to be so: how long, for what, and why."""

    name: str
    limit: Limit
    label: str
    definition: str
    note: str


@dataclass(frozen=True, slots=True)
class Cue:
    """Words by which cells of a column are read where they are no word of its vocabulary (ontology/cues.ttl).

    ``part`` is "cue" (the first that fits turns what the rest of the cell says), "short" (another writing of the word
    ``reads``), "place" (words that say where or with whom), "topic" (words after which the matter is named) or "subject"
    (words for the person whom a review is about), or "house" (whole cells as one type of service means them). Those ``used_by``
    some types of agency are read so in their returns alone. A cue holds only ``beside`` some kinds, where it names any, and
    ``leaves`` others as they are; it ``reads`` a notation of the ``scheme``, or leaves the cell unread ("").
    """

    notation: str
    part: str
    scheme: str
    label: str
    words: tuple[str, ...]
    reads: str = ""
    beside: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    used_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A class or property of the ontology that is not a column: what it is called and what it means.

    A property that leads to another thing is a ``relation``; of any other, ``range`` is the IRI of the type of what it
    holds ("" for text). ``many``: one thing may have several of it. ``in_graph`` is false for what stands in no review's
    graph: it speaks of the ontology's own files.
    """

    iri: str
    name: str
    kind: str
    label: str
    alt: tuple[str, ...]
    definition: str
    example: str
    parents: tuple[str, ...]
    relation: bool = False
    range: str = ""
    many: bool = False
    in_graph: bool = True


@dataclass(frozen=True, slots=True)
class CellSign:
    """A way in which cells are alike ("date"), and for which columns it speaks, with which weight.

    It ``speaks`` where at least ``least`` of a column's filled cells bear it; where fewer than ``hardly`` do, its lack
    does.
    """

    name: str
    label: str
    least: float
    speaks: Mapping[str, int]
    hardly: float
    lack_speaks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in the Turtle that cannot be what it says: ``about`` a thing, under ``predicate``, the ``words`` there.

    ``kind`` is "dead" (it names what no file describes) or "unread" (a date, number or unit that is none).
    """

    about: str
    predicate: str
    words: str
    kind: str


@dataclass(frozen=True)
class Terms:
    """The whole ontology as tables: columns, vocabularies, needs, duties, and our own conventions.

    ``properties`` are the columns in the order a return has them; ``schemes`` the vocabularies by notation; ``duties``
    the rules that may judge agencies, ``process_duties`` those about reviews themselves, which never do. ``kind_matches``
    is the map of kinds by which findings are compared with published ones. ``heading_words`` (words of headings, each with
    the weights of the columns it speaks for) and ``cell_signs`` tell what a column is whose heading is not known.
    ``sources`` are what words and needs rest on, ``version`` that of the ontology.
    ``history`` says what changed of a term, by its IRI, each note with the version from which it holds.
    """

    properties: tuple[Property, ...]
    schemes: Mapping[str, Scheme]
    duties: tuple[Duty, ...]
    process_duties: tuple[Duty, ...]
    conventions: Mapping[str, Convention]
    standings: Mapping[str, Standing]
    needs_of: Mapping[str, tuple[str, ...]]
    words: tuple[Word, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    kind_matches: tuple[KindMatch, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    cues: tuple[Cue, ...] = ()
    heading_words: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    cell_signs: tuple[CellSign, ...] = ()
    sources: tuple[RestsOn, ...] = ()
    version: str = ""
    history: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _concepts: dict[tuple[str, str], Concept] = field(default_factory=dict, init=False, repr=False)
    _matches: dict[str, dict[str, str]] = field(default_factory=dict, init=False, repr=False)
    _headings: dict[str, Property] = field(default_factory=dict, init=False, repr=False)
    _stand_ins: dict[str, Property] = field(default_factory=dict, init=False, repr=False)
    _above: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, init=False, repr=False)
    _below: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, init=False, repr=False)
    _pointed_to: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, init=False, repr=False)
    _shown_by: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, init=False, repr=False)
    _needs: set[tuple[str, str]] = field(default_factory=set, init=False, repr=False)

    def __post_init__(self) -> None:
        for column in self.properties:
            for heading in (*column.headings, column.notation):
                self._headings.setdefault(plain(heading), column)
            for heading in column.stand_ins:
                self._stand_ins.setdefault(plain(heading), column)
        for scheme in self.schemes.values():
            table = self._matches.setdefault(scheme.notation, {})
            for concept in scheme.concepts:
                self._concepts[scheme.notation, concept.notation] = concept
                table[concept.notation] = concept.notation
            for concept in scheme.concepts:
                for words in (concept.notation, concept.label, *concept.alt):
                    table.setdefault(words, concept.notation)
                    table.setdefault(plain(words) or words, concept.notation)
            self._climb(scheme)
            self._point(scheme)
        for indicator, agencies in self.needs_of.items():
            for narrow in self.shown_by("indicator", indicator):
                for agency in agencies:
                    self._needs.update((narrow, part) for part in self.narrower("agency", agency))

    def _climb(self, scheme: Scheme) -> None:
        below: dict[str, set[str]] = {concept.notation: set() for concept in scheme.concepts}
        for concept in scheme.concepts:
            above: set[str] = set()
            ahead = [concept.notation]
            while ahead:
                notation = ahead.pop()
                if notation not in above:
                    above.add(notation)
                    found = self._concepts.get((scheme.notation, notation))
                    ahead += found.broader if found else ()
            self._above[scheme.notation, concept.notation] = frozenset(above)
            for notation in above:
                below.setdefault(notation, set()).add(concept.notation)
        for notation, narrow in below.items():
            self._below[scheme.notation, notation] = frozenset(narrow)

    def _point(self, scheme: Scheme) -> None:
        shown: dict[str, set[str]] = {}
        for concept in scheme.concepts:
            found, ahead = set(self.broader(scheme.notation, concept.notation)), [concept.notation]
            ahead += found - {concept.notation}
            for notation in ahead:
                word = self._concepts.get((scheme.notation, notation))
                for kind in word.sign_of if word else ():
                    more = self.broader(scheme.notation, kind) - found
                    found |= more
                    ahead += sorted(more)
            self._pointed_to[scheme.notation, concept.notation] = frozenset(found)
            for notation in found:
                shown.setdefault(notation, set()).add(concept.notation)
        for notation, words in shown.items():
            self._shown_by[scheme.notation, notation] = frozenset(words)

    def concept(self, scheme: str, notation: str) -> Concept | None:
        """The word of that notation in that vocabulary, or None if the vocabulary has none."""
        return self._concepts.get((scheme, notation))

    def match(self, scheme: str, words: str) -> str | None:
        """The notation that an agency's words stand for, or None.

        A notation, a label or another name counts, with case, spaces, punctuation and plural s put aside. Nothing is
        guessed: for a near miss ask ``suggest``. Of a word no longer in use it is the one that replaced it (``former``
        says so). Raises KeyError for a scheme that does not exist.
        """
        found = self._found(scheme, words)
        concept = self._concepts.get((scheme, found)) if found else None
        return concept.replaced_by if concept is not None and concept.replaced_by else found

    def former(self, scheme: str, words: str) -> Concept | None:
        """The word no longer in use that an agency's words stand for, or None: ``match`` takes it for its successor."""
        found = self._found(scheme, words)
        concept = self._concepts.get((scheme, found)) if found else None
        return concept if concept is not None and concept.replaced_by else None

    def _found(self, scheme: str, words: str) -> str | None:
        table = self._matches[scheme]
        return table.get(words) or table.get(plain(words))

    def suggest(self, scheme: str, words: str) -> str | None:
        """The notation that was perhaps meant ("did you mean ..."), or None. For a person to decide."""
        table = self._matches[scheme]
        near = nearest(plain(words), table, like=0.75)
        return table[near] if near else None

    def heading(self, words: str) -> Property | None:
        """The column that a heading names, or None. Stand-ins do not count here: see ``columns``."""
        return self._headings.get(plain(words))

    def stand_in(self, words: str) -> Property | None:
        """The column for which a heading may stand in where a table has no surer one, or None."""
        return self._stand_ins.get(plain(words))

    def columns(self, headings: Sequence[str]) -> tuple[Property | None, ...]:
        """What each heading of one table is, all read together: one column to one property, the first of two.

        Headings that are sure come first; then a heading that may also mean a column which the table otherwise lacks
        stands in for it ("Date logged" for Date, where there is no other date). None: an unknown heading, or a second
        one for the same property.
        """
        found: list[Property | None] = []
        taken: set[str] = set()
        for words in headings:
            column = self._headings.get(plain(words))
            if column is not None and column.notation in taken:
                column = None
            if column is not None:
                taken.add(column.notation)
            found.append(column)
        for place, words in enumerate(headings):
            column = self._stand_ins.get(plain(words))
            if column is not None and column.notation not in taken:
                taken.add(column.notation)
                found[place] = column
        return tuple(found)

    def suggest_heading(self, words: str) -> str | None:
        """The label of the column that was perhaps meant ("did you mean ..."), or None."""
        near = nearest(plain(words), self._headings, like=0.75)
        return self._headings[near].label if near else None

    def broader(self, scheme: str, notation: str) -> frozenset[str]:
        """A word and every word it is a case of. Of a word that the scheme lacks: itself."""
        return self._above.get((scheme, notation)) or frozenset((notation,))

    def narrower(self, scheme: str, notation: str) -> frozenset[str]:
        """A word and every word that is a case of it. Of a word that the scheme lacks: itself."""
        return self._below.get((scheme, notation)) or frozenset((notation,))

    def points_to(self, scheme: str, notation: str) -> frozenset[str]:
        """A word, every word it is a case of, and every kind that one of these is a sign of, with what that is a case of.

        Whom these concern, it concerns; what these open, it opens. To hold it is not to hold what it is a sign of: for
        that ask ``broader``. Of a word that the scheme lacks: itself.
        """
        return self._pointed_to.get((scheme, notation)) or frozenset((notation,))

    def shown_by(self, scheme: str, notation: str) -> frozenset[str]:
        """A word, every case of it, and every sign of one of these: all that ``points_to`` it."""
        return self._shown_by.get((scheme, notation)) or frozenset((notation,))

    def marked(self, scheme: str, mark: str) -> frozenset[str]:
        """The words of a vocabulary that are marked so: "declines" of responses, "bears-by-default" of roles."""
        return frozenset(concept.notation for concept in self.schemes[scheme].concepts if mark in concept.flags)

    def attribute(self, notation: str) -> Attribute | None:
        """What the vocabularies may say of a word under that name, or None if the Turtle declares none."""
        return next((each for each in self.attributes if each.notation == notation), None)

    def needs(self, indicator: str, agency_type: str) -> bool:
        """Whether an agency of that type needs to know of that indicator: our own judgement of proportionate need.

        Who needs a concept needs its narrower ones and its signs; what a type of agency needs, its narrower types need.
        """
        return (indicator, agency_type) in self._needs

    def standing_for(self, response: str) -> Standing:
        """How long an answer of this kind stands: its own rule, or the one for any other kind (14 days)."""
        return self.standings.get(response) or self.standings["*"]

    def window_days(self, name: str) -> int:
        """The number of one of our conventions: "linking" (7), "linking-letters" (28), "limit" (14), "standing" (14),
        "notice" (1 working day). Raises KeyError for a name that does not exist.
        """
        return self.conventions[name].limit.number

    def duty(self, id: str) -> Duty | None:
        """The rule of that id, whether it judges agencies or not, or None."""
        for duty in (*self.duties, *self.process_duties):
            if duty.id == id:
                return duty
        return None
