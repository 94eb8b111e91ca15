"""What is computed of a review, drawn as the record is: who knew what since when, tellings, openings, findings.

It leads to the record's nodes and never changes them. Whatever of it rests on an event names the event's first account,
so that the order of rows and files changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import singledispatchmethod
from importlib.metadata import PackageNotFoundError, version
from itertools import chain

from kg.chronology.coverage import Coverage
from kg.chronology.order import turn
from kg.chronology.whose_code import fact_of
from kg.dates.when import BEGINNING, DAY, END, When, day_of
from kg.duties.outcomes import Outcome
from kg.findings.accounts_differ import Differing
from kg.findings.finding import Detail, Finding, no_form
from kg.findings.missed_share import MissedShare
from kg.findings.not_seen import NotSeen
from kg.findings.one_sided import OneSided
from kg.findings.opportunity import Opportunity
from kg.findings.own_reading import whose_codes
from kg.findings.pooled_threshold import Pooled
from kg.findings.study import Study
from kg.graph.drawing import Content, Edge, Node, Pen, moment
from kg.graph.drawing_words import draw_duty, draw_ontology
from kg.graph.record import draw
from kg.knowledge.bits import bits_of
from kg.knowledge.ledger import Holding, from_day
from kg.knowledge.shares import Share
from kg.terms.reader import Duty
from kg.wording.findings import because

CLASSES: Mapping[str, str] = {"missed-share": "MissedShare", "missed-opportunity": "MissedOpportunity"}
"""Kinds of findings that have a class of their own, narrower than Finding."""

Said = tuple[str, Content | Iterable[str]]


def draw_all(gaps: Study) -> Iterator[Node | Edge]:
    """The whole of a review, record first, then what is computed, then the rest of the ontology: no node twice."""
    drawn: set[str] = set()
    for each in chain(draw(gaps.review, gaps.terms), draw_computed(gaps)):
        if isinstance(each, Node):
            drawn.add(each.id)
        yield each
    yield from draw_ontology(gaps.review, gaps.terms, drawn)


def draw_computed(gaps: Study, *, sentences: bool = True) -> Iterator[Node | Edge]:
    """Everything computed of a review, each node before the edges that leave it, in one order; no node twice.

    Facts with the entries that reveal them; every agency's holding of each, surely and possibly since when (an open
    start has no moment), by which entries, and the teller's holding it came from; tellings with both accounts joined;
    accounts of one event; openings with their duties and outcomes; findings with their sentences; coverage. All under
    one reading of talk, that of ``gaps``. Findings come without their ``sentences`` if nobody will read them: these take
    longer to write than all the rest. Raises LookupError if the ontology lacks a word that is drawn.
    """
    yield from _Computed(gaps, sentences).drawing()


class _Computed(Pen):
    """The computed layer of one review being drawn."""

    def __init__(self, gaps: Study, sentences: bool) -> None:
        super().__init__(gaps.review, gaps.terms)
        self.gaps, self.sentences = gaps, sentences
        entries = gaps.review.entries
        self._rows = [self.at.entry(entry.agency, entry.ref) for entry in entries]
        self._first = [min(event, key=lambda row: turn(entries[row])) for event in gaps.links.event]
        self._facts = [
            self.at.fact(fact.person, fact.indicator, self._rows[self._first[fact.origin]]) for fact in gaps.facts.all
        ]

    def drawing(self) -> Iterator[Node | Edge]:
        yield self.node(
            self.at.computed(), "Computation", ("reading", self.gaps.reading), ("sense", ("sure", "possible")),
            ("programVersion", _program_version()), ("ontologyVersion", self.terms.version),
        )  # fmt: skip
        yield self.edge(self.at.computed(), "ofReview", self.at.review)
        for file in self.review.inputs:
            yield self.edge(self.at.computed(), "used", self.at.input(file.file))
        yield from self._events()
        yield from self._all_facts()
        for agency in self.review.agencies:
            yield from self._holdings(agency.name)
        for share in self.gaps.knowledge.shares:
            yield from self._telling(share)
        for finding in self.gaps.findings:
            yield from self._finding(finding)
        for coverage in self.gaps.coverage:
            yield from self._coverage(coverage)

    def _each(self, source: str, name: str, targets: Iterable[str]) -> Iterator[Edge]:
        for target in dict.fromkeys(targets):
            yield self.edge(source, name, target)

    # --- events, facts and who held them ------------------------------------------------------------------------

    def _events(self) -> Iterator[Edge]:
        for row, event in enumerate(self.gaps.links.event):
            yield from self._each(self._rows[row], "sameEvent", (self._rows[other] for other in event if other != row))

    def _all_facts(self) -> Iterator[Node | Edge]:
        facts = self.gaps.facts
        for number, fact in enumerate(facts.all):
            id = self._facts[number]
            yield self.node(id, "Fact", ("codedBy", fact_of(self.gaps.facts.chronology, fact.indicator, fact.origin)))
            yield self.edge(id, "person", self.at.person(fact.person))
            yield self.edge(id, "concept", self.concept("indicator", fact.indicator))
            yield self.edge(id, "origin", self._rows[self._first[fact.origin]])
            borne = facts.household.bears_on(fact.person)
            for subject in self.review.subjects:
                if subject in borne:
                    yield self.edge(id, "bearsOn", self.at.person(subject))
        for row, id in enumerate(self._rows):
            for name, masks in (("reveals", facts.possibly), ("surelyReveals", facts.surely)):
                for number in bits_of(masks[row]):
                    yield self.edge(id, name, self._facts[number])

    def _holdings(self, agency: str) -> Iterator[Node | Edge]:
        sure, possible = self.gaps.knowledge.sure[agency], self.gaps.knowledge.possible[agency]
        for number in bits_of(sure.facts | possible.facts):
            surely, possibly = sure.of(number), possible.of(number)
            id = self.at.holding(agency, self._facts[number])
            said: list[Said] = [("surelyFrom", from_day(surely)), ("possiblyFrom", from_day(possibly))]
            for name, since in (("surelySince", surely), ("possiblySince", possibly)):
                if since is not None and BEGINNING < since.moment < END:
                    said += [(name, moment(since.moment)), (name + "Day", day_of(since.moment))]
                    said.append((name + "DayNumber", since.moment // DAY))
            yield self.node(id, "Holding", *said)
            yield self.edge(id, "heldBy", self.at.agency(agency))
            yield self.edge(id, "holds", self._facts[number])
            yield from self._since(id, agency, number, possibly, "broughtBy", "cameFrom")
            yield from self._since(id, agency, number, surely, "surelyBroughtBy", "surelyCameFrom")

    def _since(
        self, id: str, agency: str, number: int, holding: Holding | None, brought: str, came: str
    ) -> Iterator[Edge]:
        """The entries by which a fact came to an agency, and the teller's holding of it in the same sense."""
        if holding is None:
            return
        gain = holding.gain
        rows = [gain.row]
        if gain.share is not None and gain.share.heard is not None:
            rows.append(gain.share.heard)
        yield from self._each(id, brought, (self._rows[row] for row in rows))
        if gain.share is not None and gain.share.receiver == agency:
            ledgers = self.gaps.knowledge.sure if came == "surelyCameFrom" else self.gaps.knowledge.possible
            if ledgers[gain.share.sender].of(number) is not None:
                yield self.edge(id, came, self.at.holding(gain.share.sender, self._facts[number]))

    def _telling(self, share: Share) -> Iterator[Node | Edge]:
        id = self.at.telling(share.sender, share.receiver, self._rows[share.row])
        if not self.new(id):
            return
        said: list[Said] = [("arrived", "surely" if share.arrived else "possibly")]
        if share.earliest != BEGINNING:
            said += [("earliest", moment(share.earliest)), ("earliestDay", day_of(share.earliest))]
        if share.latest != END:
            said += [("latest", moment(share.latest)), ("latestDay", day_of(share.latest))]
        yield self.node(id, "Telling", *said)
        yield self.edge(id, "sharedBy", self.at.agency(share.sender))
        yield self.edge(id, "sharedTo", self.at.agency(share.receiver))
        yield self.edge(id, "recordedIn", self._rows[share.row])
        if share.heard is not None:
            yield self.edge(id, "heardIn", self._rows[share.heard])
        yield from self._each(id, "conveyed", (self._facts[number] for number in bits_of(share.own | share.exact)))

    # --- findings -----------------------------------------------------------------------------------------------

    def _finding(self, finding: Finding) -> Iterator[Node | Edge]:
        id, again = self.at.finding(finding.id), 1
        while not self.new(id):  # editions of one rule may give one finding each, under one id
            again += 1
            id = self.at.finding(f"{finding.id}~{again}")
        said: list[Said] = [
            ("name", finding.id), ("findingKind", finding.kind), ("certainty", finding.certainty),
            ("status", finding.status), ("codedBy", whose_codes(self.gaps, finding)), *self._said(finding.detail),
            ("because", because(self.gaps, finding) if self.sentences else ()),
        ]  # fmt: skip
        yield self.node(id, "Finding", *said, more=CLASSES.get(finding.kind, ""))
        yield self.edge(id, "ofReview", self.at.review)
        yield self.edge(id, "computedBy", self.at.computed())
        if finding.agency:
            yield self.edge(id, "agency", self.at.agency(finding.agency))
        subjects = getattr(finding.detail, "subjects", (finding.subject,))
        yield from self._each(id, "subject", (self.at.person(subject) for subject in subjects if subject))
        yield from self._own(finding.detail, id)

    @singledispatchmethod
    def _own(self, detail: Detail, id: str) -> Iterator[Node | Edge]:
        """What one kind of finding draws of its own: of most, the rows it rests on."""
        yield from self._rests_on(id, detail.rows())

    @_own.register
    def _(self, detail: OneSided, id: str) -> Iterator[Node | Edge]:
        yield self.edge(id, "other", self.at.agency(detail.other))
        yield from self._rests_on(id, detail.rows())

    @_own.register
    def _(self, detail: Opportunity, id: str) -> Iterator[Node | Edge]:
        yield from self._rests_on(id, detail.rows())
        for outcome in detail.outcomes:
            yield from self._opening(id, outcome)

    @singledispatchmethod
    def _said(self, detail: Detail) -> Sequence[Said]:
        """What only one kind of finding says of itself."""
        raise no_form("words in the graph", detail)

    @_said.register
    def _(self, detail: MissedShare) -> Sequence[Said]:
        return (("grade", detail.grade), ("channel", detail.channel))

    @_said.register
    def _(self, detail: OneSided) -> Sequence[Said]:
        return (("days", detail.days),)

    @_said.register
    def _(self, detail: Opportunity) -> Sequence[Said]:
        chain = detail.chain
        return (("strength", detail.strength), ("family", chain.family), ("ordinal", chain.ordinal),
                ("ordinalOf", chain.of), ("agencyOrdinal", chain.agency_ordinal),
                ("agencyOrdinalOf", chain.agency_of))  # fmt: skip

    @_said.register
    def _(self, detail: Pooled) -> Sequence[Said]:
        alone: list[Said] = [] if detail.alone is None else [("alone", day_of(detail.alone))]
        return (("together", day_of(detail.together)), *alone, ("days", detail.days))

    @_said.register
    def _(self, detail: NotSeen) -> Sequence[Said]:
        return (("days", detail.at_least), ("atMostDays", detail.at_most))

    @_said.register
    def _(self, detail: Differing) -> Sequence[Said]:
        return (("differsOn", [each.what for each in detail.differences]),)

    def _rests_on(self, id: str, rows: Iterable[int]) -> Iterator[Edge]:
        yield from self._each(id, "restsOn", (self._rows[row] for row in rows))

    @_own.register
    def _(self, gap: MissedShare, id: str) -> Iterator[Node | Edge]:
        yield self.edge(id, "seeker", self.at.agency(gap.agency))
        yield self.edge(id, "concept", self.concept("indicator", gap.indicator))
        yield from self._each(id, "missedAt", (self._rows[row] for row in gap.contacts))
        yield from self._each(id, "holderOfFact", (self.at.agency(held.agency) for held in gap.holders))
        held = ((held.agency, held.fact) for held in gap.holders)
        yield from self._each(id, "fromHolding", (self.at.holding(agency, self._facts[fact]) for agency, fact in held))
        yield from self._rests_on(id, (held.row for held in gap.holders))
        yield from self._each(id, "along", (self._rows[row] for row in gap.path))

    def _opening(self, finding: str, outcome: Outcome) -> Iterator[Node | Edge]:
        opening = outcome.opening
        row = self._rows[opening.row]
        id = self.at.opening(row, outcome.duty.family, opening.subject)
        if self.new(id):
            said: list[Said] = [
                ("outcome", outcome.outcome), ("certainty", "sure" if outcome.sure else "possible"),
                ("strength", outcome.strength), ("openedHow", opening.by), ("ownLimit", outcome.own_limit),
                ("sign", opening.concepts),
            ]  # fmt: skip
            if outcome.due is not None and BEGINNING < outcome.due < END:
                said.append(("due", day_of(outcome.due)))
            yield self.node(id, "Opening", *said)
            yield self.edge(id, "openedBy", row)
            yield self.edge(id, "occasion", self._rows[self._first[opening.row]])
            yield self.edge(id, "agency", self.at.agency(self.review.entries[opening.row].agency))
            yield self.edge(id, "subject", self.at.person(opening.subject))
            yield from self._duty(id, outcome.duty)
            if outcome.answer is not None:
                yield self.edge(id, "answeredBy", self._rows[outcome.answer])
        yield self.edge(finding, "opens", id)

    def _duty(self, source: str, duty: Duty) -> Iterator[Node | Edge]:
        yield from draw_duty(self, duty)
        yield self.edge(source, "underDuty", self.at.duty(duty.id))

    @_own.register
    def _(self, pooled: Pooled, id: str) -> Iterator[Node | Edge]:
        yield from self._duty(id, pooled.duty)
        if pooled.first:
            yield self.edge(id, "firstAlone", self.at.agency(pooled.first))
        for number, piece in enumerate(pooled.pieces, 1):
            part = f"{id}/piece/{number}"
            yield self.node(part, "Piece", ("sign", piece.concept))
            yield self.edge(part, "heldBy", self.at.agency(piece.agency))
            yield self.edge(part, "recordedIn", self._rows[piece.row])
            yield self.edge(id, "piece", part)
        yield from self._rests_on(id, (piece.row for piece in pooled.pieces))

    # --- coverage -----------------------------------------------------------------------------------------------

    def _coverage(self, each: Coverage) -> Iterator[Node | Edge]:
        seen = each.sightings
        id = self.at.coverage(each.agency)
        yield self.node(
            id, "Coverage", ("rows", each.rows), ("codedRows", each.coded), ("readRows", each.by_reviewer),
            ("suggestedRows", each.suggested), ("kindNotStatedRows", each.kind_not_stated),
            ("doubtfulRows", each.doubtful), ("undatedRows", each.undated),
            ("machineDraftedRows", each.machine_drafted), ("contactsCounted", seen.contacts),
            ("seenCounted", seen.seen), ("seenAloneCounted", seen.alone), ("notSeenCounted", seen.not_seen),
            ("seenNotStated", seen.not_stated), *_last(each.last),
        )  # fmt: skip
        yield self.edge(id, "agency", self.at.agency(each.agency))
        yield self.edge(id, "computedBy", self.at.computed())


def _program_version() -> str:
    """The version of the installed program, or "" where it runs without being installed."""
    try:
        return version("kg-review")
    except PackageNotFoundError:
        return ""


def _last(when: When | None) -> list[Said]:
    return [] if when is None or when.latest == END else [("lastDay", day_of(when.latest))]
