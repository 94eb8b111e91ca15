"""What ``kg find-gaps`` prints for people: the gravest first, in about forty lines, chains drawn as chains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.base.grammar import count, listed, nth
from kg.chronology.order import turn
from kg.dates.when import day_of, say_day
from kg.findings.finding import Finding
from kg.findings.kinds import kinds
from kg.findings.missed_share import MissedShare
from kg.findings.opportunity import STRENGTHS, Opportunity, lead
from kg.findings.own_reading import accepted as accepted_of
from kg.findings.own_reading import suggested as only_suggested
from kg.findings.pieces import Piece, pieces
from kg.findings.study import Study
from kg.model.problem import Problem
from kg.model.record import Entry
from kg.reports.check import coverage_in_brief
from kg.reports.lines import WIDTH, Line, flow
from kg.wording.findings import title
from kg.wording.headline import headline
from kg.wording.labels import label, short
from kg.wording.rules import asks_for

CHAINS, LINKS, PAIRS, KINDS, OTHERS = 3, 5, 5, 1, 3
"""How many chains, entries of a chain, pairs of agencies, lines a pair, and other findings a short report shows."""

SHORT = ("sharing-refused", "accounts-differ", "not-received", "not-sent", "not-seen", "pooled-threshold")
"""The kinds of which a short report shows some; of the others it gives the number."""

LONG = ("question", "response-recorded")
"""Those others."""


def gaps_report(
    gaps: Study, findings: Sequence[Finding], problems: Sequence[Problem], *, everything: bool
) -> Iterator[Line]:
    """What ``kg find-gaps`` prints: headline, coverage, then what a reviewer needs first."""
    yield "title", gaps.review.title
    for line in flow(headline(gaps)):
        yield "", line
    for line in coverage_in_brief(gaps.coverage, problems):
        yield "quiet", line
    yield from _errors(problems)
    heading_of = {kind.notation: kind.heading for kind in kinds()}
    for kind in ("missed-opportunity", "decision-to-look-at"):
        some = [finding for finding in findings if finding.kind == kind]
        if some:
            yield "", ""
            yield from _chains_report(gaps, some, heading_of[kind], everything)
    missed = [finding for finding in findings if finding.kind == "missed-share"]
    if missed:
        yield "", ""
        yield from _missed_report(gaps, missed, everything)
    for kind in (*SHORT, *(LONG if everything else ())):
        some = [finding for finding in findings if finding.kind == kind]
        if some:
            yield "", ""
            yield "title", f"{heading_of[kind]}: {len(some)}"
            shown = some if everything else some[:OTHERS]
            for finding in shown:
                for line in flow(f"{title(gaps, finding)}  [{finding.id}]", 2, 2):
                    yield "", line
            if len(shown) < len(some):
                yield "quiet", f"  ... {len(some) - len(shown)} more with --all"
    yield "", ""
    met = sum(1 for finding in findings if finding.kind == "response-recorded")
    asked = sum(1 for finding in findings if finding.kind == "question")
    for line in flow(
        f"Responses recorded in time at {count(met, 'other entry', 'other entries')}; {count(asked, 'entry', 'entries')} "
        "of which only the agency can tell (--all, kg questions)."
    ):
        yield "quiet", line
    for line in flow(
        "Each finding says what no record shows, not what nobody did. `kg explain REVIEW ID` gives its entries, its rule "
        "and what would have made it otherwise."
    ):
        yield "quiet", line


def _errors(problems: Sequence[Problem]) -> Iterator[Line]:
    """What could not be read at all, before anything that rests on the rest."""
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        yield "", ""
        yield "title", f"Could not be read: {len(errors)}"
        for problem in errors[:OTHERS]:
            for line in str(problem).splitlines():
                yield from (("grave", text) for text in flow(line, 2, 2))
        if len(errors) > OTHERS:
            yield "quiet", f"  ... {len(errors) - OTHERS} more: kg check"


@dataclass(slots=True)
class _Chain:
    """One rule that called again and again: the opportunities counted on it."""

    findings: list[tuple[Finding, Opportunity]] = field(default_factory=list)

    def weight(self) -> tuple[object, ...]:
        strongest = min(STRENGTHS.index(each.strength) for _, each in self.findings)
        sure = any(each.sure for _, each in self.findings)
        return (strongest, not sure, -self.findings[0][1].chain.of)


def _chains_report(gaps: Study, findings: Sequence[Finding], heading: str, everything: bool) -> Iterator[Line]:
    chains: dict[tuple[str, str], _Chain] = {}
    opportunities = {finding.id: each for finding, each in gaps.of(Opportunity)}
    for finding in findings:
        each = opportunities[finding.id]
        chains.setdefault((each.chain.family, each.chain.subject), _Chain()).findings.append((finding, each))
    yield "title", f"{heading}: {count(len(findings), 'entry', 'entries')}"
    ordered = sorted(chains.items(), key=lambda chain: (*chain[1].weight(), chain[0]))
    shown = ordered if everything else ordered[:CHAINS]
    several = len(gaps.review.subjects) > 1
    for (_, subject), chain in shown:
        yield from _chain_report(gaps, chain, f", {subject}" if several else "", everything)
    if len(shown) < len(ordered):
        rest = ordered[len(shown) :]
        number = sum(len(chain.findings) for _, chain in rest)
        yield (
            "quiet",
            f"  ... {count(number, 'more entry', 'more entries')} under {count(len(rest), 'other rule')}: --all",
        )


def _chain_report(gaps: Study, chain: _Chain, about: str, everything: bool) -> Iterator[Line]:
    entries = gaps.review.entries
    some = sorted(chain.findings, key=lambda pair: turn(entries[pair[1].row]))
    duty = lead(some[0][1]).duty
    of = some[0][1].chain.of
    times = f"{of} times" if of > 1 else "once"
    for line in flow(f"{asks_for(gaps, duty)}{about}: {times} ({duty.source})", 2, 4):
        yield "grave", line
    shown = some if everything or len(some) <= LINKS + 1 else some[:LINKS]
    for at, (finding, each) in enumerate(shown):
        entry = entries[each.row]
        mark = "└" if at == len(some) - 1 else "├"
        outcome = lead(each)
        what = _some([label_of(gaps, notation) for notation in outcome.opening.concepts])
        how = "at a decision, already held: " if outcome.opening.by == "decision" else ""
        sure = "" if each.sure else ", possible"
        said = "" if finding.status == "open" else f" {finding.status.upper()}"
        place = f"{nth(each.chain.ordinal)} " if of > 1 else ""
        sure += ", suggested" if only_suggested(gaps, finding) else ""
        sure += ", read by the reviewer" if accepted_of(gaps, finding) else ""
        text = f"{place}{entry.agency}, {short(entry)}: {how}{what} [{each.strength}{sure}]{said} {finding.id}"
        for number, line in enumerate(flow(text, 0, 2, width=WIDTH - 6)):
            branch = mark if number == 0 else "│" if mark == "├" else " "
            yield "", f"    {branch} {line}"
    if len(shown) < len(some):
        yield "quiet", f"    └ ... {len(some) - len(shown)} more with --all"
    listed_here = {each.row for _, each in some}
    elsewhere = [entries[row].ref or entries[row].name for row in some[0][1].chain.rows if row not in listed_here]
    if elsewhere:  # an entry stands under the rule that it meets most often, and is counted under each
        shown_refs = elsewhere if everything else elsewhere[:LINKS]
        more = f" and {len(elsewhere) - len(shown_refs)} more" if len(shown_refs) < len(elsewhere) else ""
        for line in flow(f"also counted here, listed under another rule: {', '.join(shown_refs)}{more}", 6, 8):
            yield "quiet", line


def _some(words: Sequence[str]) -> str:
    return listed(words) if len(words) < 3 else f"{words[0]} and {len(words) - 1} more"


def label_of(gaps: Study, notation: str) -> str:
    """The plain name of an indicator, response or contact, in small letters."""
    for scheme in ("indicator", "response", "contact"):
        if gaps.terms.concept(scheme, notation) is not None:
            return label(gaps, scheme, notation).lower()
    return notation


@dataclass(slots=True)
class _Pair:
    """What one agency had no record of and another held: pieces told together."""

    pieces: list[Piece] = field(default_factory=list)

    def weight(self) -> tuple[object, ...]:
        novel = [
            gap for piece in self.pieces for _, gap in piece.lead if gap.grade == "novel" and gap.certainty == "sure"
        ]
        unsaid = any(gap.channel == "unsaid" for gap in novel)
        reach = sum(len(gap.contacts) for gap in novel)
        return (not novel, not unsaid, -reach, -len(self.pieces))


def _missed_report(gaps: Study, findings: Sequence[Finding], everything: bool) -> Iterator[Line]:
    pairs: dict[tuple[str, str], _Pair] = {}
    shares = {finding.id: gap for finding, gap in gaps.of(MissedShare)}
    told = pieces((finding, shares[finding.id]) for finding in findings)
    for piece in told:
        pairs.setdefault((piece.agency, piece.holder), _Pair()).pieces.append(piece)
    ordered = sorted(pairs.items(), key=lambda pair: (*pair[1].weight(), pair[0]))
    sure = sum(1 for piece in told if piece.certainty == "sure")
    of = f"{count(len(told), 'line')} ({sure} sure)"
    title = f"Information that did not arrive: {of}, between {count(len(ordered), 'pair')} of agencies"
    yield from (("title", line) for line in flow(title))
    shown = ordered if everything else ordered[:PAIRS]
    for (agency, holder), pair in shown:
        text = f"{holder} held, no record with {agency}:"
        yield from (("grave", line) for line in flow(text, 2, 2))
        yield from _pair_report(gaps, pair, everything)
    if len(shown) < len(ordered):
        rest = ordered[len(shown) :]
        number = sum(len(pair.pieces) for _, pair in rest)
        yield "quiet", f"  ... {count(number, 'more line')} between {count(len(rest), 'other pair')} of agencies: --all"


def _pair_report(gaps: Study, pair: _Pair, everything: bool) -> Iterator[Line]:
    """The lines of a pair: a piece each, those that are sure first."""
    ordered = sorted(pair.pieces, key=lambda piece: piece.certainty != "sure")
    for piece in ordered if everything else ordered[:KINDS]:
        for line in flow(_piece(gaps, piece, everything), 4, 2):
            yield "", line
    if not everything and len(ordered) > KINDS:
        yield "quiet", f"    ... {count(len(ordered) - KINDS, 'more line')}"


def _piece(gaps: Study, piece: Piece, everything: bool) -> str:
    entries, gap = gaps.review.entries, piece.lead[0][1]
    names = [label(gaps, "indicator", kind[0][1].indicator).lower() for kind in piece.kinds]
    kinds = [f"{name}{_whose(gaps, kind)}" for name, kind in zip(names, piece.kinds, strict=True)]
    words = "had some record, but not this, of"
    if gap.novel:
        words = "no record of any" if not gap.more else "at first no record of any, then another but not this, of"
    held = min((lead_of(kind[0][1])[1] for kind in piece.kinds), key=lambda row: turn(entries[row]))
    text = f"{piece.certainty}: {words} {listed(kinds, 'or')}; held by {by_when(entries[held])}; {_missing_at(gaps, piece)}"
    path = next((each.path for kind in piece.kinds for _, each in kind if each.path), ())
    if path:
        whose = entries[path[0]].agency
        via = "could have come" if whose == piece.holder else f"could have come from {whose}:"
        text += f"; {via} {' → '.join(entries[row].ref for row in path)}"
    elif gap.channel == "unlinked":
        text += "; no holder had any record of the subject"
    ids = piece.ids()
    shown = ids if everything or len(ids) == 1 else [ids[0], f"and {len(ids) - 1} like it"]
    return f"{text}  [{' '.join(shown)}]"


def _missing_at(gaps: Study, piece: Piece) -> str:
    """At how many contacts it was missing, and about whom where the review has several subjects."""
    entries, (_, gap) = gaps.review.entries, piece.lead[0]
    rows = gap.contacts
    several = len(gaps.review.subjects) > 1
    about = f" about {gap.subject}" if several else ""
    missing = f"missing at a contact{about}, {short(entries[rows[0]])}"
    if len(rows) > 1:
        missing = f"missing at {len(rows)} contacts{about}, {short(entries[rows[0]])} to {short(entries[rows[-1]])}"
    for word, certainty in (("at", "sure"), ("possibly at", "possible")):
        others = [f"{len(gap.contacts)} about {gap.subject}" for _, gap in piece.lead[1:] if gap.certainty == certainty]
        if others:
            missing += f"; {'at' if piece.certainty == certainty else word} {listed(others)}"
    return missing


def _names_only(gaps: Study, gap: MissedShare) -> str:
    """Whom the first holder's row names, where it names people and no subject: it does not say whose a sign is."""
    entry = gaps.review.entries[gap.holders[0].row]
    people = tuple(dict.fromkeys((*entry.people, *entry.about)))
    return "" if not people or {*people} & {*gaps.review.subjects} else listed(people)


def _whose(gaps: Study, kind: Sequence[tuple[Finding, MissedShare]]) -> str:
    """Whose a sign is, where the contacts are about somebody else: " (her brother's)"."""
    if not gaps.facts.household.speaks_of_subject(kind[0][1].indicator):
        return ""
    _, gap = kind[0]
    people = sorted({gaps.facts.all[fact].person for held in gap.holders for fact in held.facts})
    only = _names_only(gaps, gap)
    if only:
        return f" (whose is not said: the row names only {only})"
    if len(gaps.review.subjects) == 1 and people == list(gaps.review.subjects):
        return ""
    owners = [f"{person}'s" for person in people]
    return f" ({listed(owners, 'or')})"


def lead_of(gap: MissedShare) -> tuple[str, int]:
    """The holder to name first for a missed share, and the row by which it held it: the first to hold it."""
    return gap.holders[0].agency, gap.holders[0].row


def by_when(entry: Entry) -> str:
    """When an agency surely held what an entry says: "14 July 1999 (RH-001)", "7 July 1999 at the latest (RH-002)"."""
    when = entry.known
    if not when.closed or day_of(when.earliest) == day_of(when.latest):
        return f"{when.plain()} ({entry.ref})"
    return f"{say_day(day_of(when.latest))} at the latest ({entry.ref})"
