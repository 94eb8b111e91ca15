"""Questions back to the agencies: one list for each, the gravest first, each resting on an entry and a rule.

A question says what is recorded, what was known then, which rule asked for what, and asks. It supposes nothing. Another
agency's words are not sent on: only that it held or told something, when, and of what kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch

from kg.base.grammar import count, listed
from kg.dates.when import BEGINNING, END, day_of, say_day
from kg.duties.outcomes import DECIDED, LATE, Outcome
from kg.duties.replies import answered_questions
from kg.findings.finding import Detail, Finding
from kg.findings.kinds import kinds
from kg.findings.machine_drafts import ASKED, unchecked_rows
from kg.findings.missed_share import MissedShare
from kg.findings.one_sided import OneSided
from kg.findings.opportunity import Opportunity, lead
from kg.findings.study import Study
from kg.model.record import Entry
from kg.terms.reader import Duty
from kg.wording.labels import answer_label, label, named, short
from kg.wording.rules import answered, asks_for, rule_line, said_limit, what_was_known

KINDS = tuple(kind.notation for kind in sorted(kinds(), key=lambda kind: kind.asked) if kind.asked)
"""The kinds of findings that agencies are asked about, the gravest first; what is only possible comes after them all."""

Replies = Mapping[str, Sequence[int]]
"""The rows that answer a question, by its id."""

HOLDERS = 2
"""How many holders of one kind of information a question names."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to one agency.

    ``id`` is that of the finding it comes from, under which the agency answers; ``covers`` the ids of every finding it
    asks about, gravest first. ``entry`` is the entry's name and ``when`` its date in words; ``recorded``, ``known`` and
    ``rule`` are sentences, ``settles`` for each rule the names of the responses that would meet it. ``status`` is "open", what
    the reviewer decided, or "answered", with the ``answers`` that came.
    """

    id: str
    kind: str
    agency: str
    entry: str
    when: str
    recorded: str
    known: tuple[str, ...]
    rule: tuple[str, ...]
    question: str
    settles: tuple[tuple[str, ...], ...] = ()
    covers: tuple[str, ...] = ()
    status: str = "open"
    answers: tuple[str, ...] = ()


def questions(gaps: Study, *, everything: bool = False) -> tuple[Question, ...]:
    """Every question that the findings of a review raise, by agency as in review.toml, the gravest first.

    Asked are: opportunities with no response recorded, decisions to look at, what only the agency can tell, information
    that did not arrive (one question for all of a broad kind), and messages that the agency's return has no record of.
    What is answered, or accepted or dismissed by the reviewer, is asked no more; ``everything`` shows it all the same.
    """
    replies = answered_questions(gaps.review)
    asked: dict[str, list[tuple[int, Question]]] = {agency.name: [] for agency in gaps.review.agencies}
    shares: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding, detail in gaps.of(MissedShare, "missed-share"):
        state, _ = _state(gaps, (finding,), replies)
        kind = _broadest(gaps, detail.indicator)
        shares.setdefault((finding.agency, detail.subject, kind, state), []).append(finding)
    grouped = {group[0].id: group for group in shares.values()}
    for finding in gaps.findings:
        if finding.id in grouped:
            group = grouped[finding.id]
            question: Question | None = _of_shares(gaps, group, replies)
            certain = any(each.certainty == "sure" for each in group)
        else:
            question, certain = _of_one(finding.detail, gaps, finding, replies), True
        for each in _of_drafts(gaps, finding, question, replies):
            if everything or each.status == "open":
                asked[each.agency].append((len(KINDS), each))
        if question is not None and (everything or question.status == "open"):
            rank = KINDS.index(question.kind) if certain else len(KINDS)
            asked[question.agency].append((rank, question))
    return tuple(question for each in asked.values() for _, question in sorted(each, key=lambda ranked: ranked[0]))


@singledispatch
def _of_one(detail: Detail, gaps: Study, finding: Finding, replies: Replies) -> Question | None:
    """The question that one finding raises, if it raises one by itself."""
    return None


@_of_one.register
def _(detail: Opportunity, gaps: Study, finding: Finding, replies: Replies) -> Question | None:
    outcome: Outcome | None = lead(detail)
    if finding.kind == "question":
        outcome = next((each for each in detail.telling if _depends(each)), None)
    if outcome is None or finding.kind not in KINDS:
        return None
    entry = gaps.review.entries[detail.row]
    rules = {each.duty.id: each for each in (outcome, *detail.telling)}
    status, answers = _state(gaps, (finding,), replies)
    return Question(
        finding.id,
        finding.kind,
        finding.agency,
        entry.name,
        entry.when.plain(),
        entry.narrative,
        (what_was_known(gaps, outcome),),
        tuple(_rule(gaps, each) for each in rules.values()),
        _ask(gaps, outcome, detail.telling),
        tuple(
            dict.fromkeys(
                tuple(answer_label(gaps, notation) for notation in each.duty.expected)
                for each in (outcome, *detail.telling)
            )
        ),
        (finding.id,),
        status,
        answers,
    )


def _of_drafts(gaps: Study, finding: Finding, asked: Question | None, replies: Replies) -> Iterator[Question]:
    """Questions to the agencies on whose rows a finding rests, where a machine drafted all of them unchecked."""
    if asked is None and finding.kind not in KINDS:
        return
    status, answers = _state(gaps, (finding,), replies)
    seen: set[str] = set()
    for row in unchecked_rows(gaps, finding):
        entry = gaps.review.entries[row]
        if entry.agency not in seen:
            seen.add(entry.agency)
            yield Question(
                finding.id, "question", entry.agency, entry.name, entry.when.plain(), entry.narrative,
                ("A finding rests on this row, and on no row that somebody wrote or checked.",), (), ASKED, (),
                (finding.id,), status, answers,
            )  # fmt: skip


def _ask(gaps: Study, outcome: Outcome, telling: Sequence[Outcome]) -> str:
    row = gaps.review.entries[outcome.answer] if outcome.answer is not None else None
    if outcome.outcome == DECIDED and row is not None:
        done = listed([answer_label(gaps, response) for response in row.responses]) or "a decision"
        return (
            f"The record is of: {done} ({named(row)}). What led to that decision, who made it, and what did they have "
            "before them?"
        )
    if _depends(outcome):
        return (
            f"Whether this rule applied rests on something that only you can tell ({outcome.why}). Did it apply here? If "
            f"so, do you hold a record of {asks_for(gaps, outcome.duty)}?"
        )
    late = [each for each in telling if each.outcome == LATE and each.answer is not None]
    none = dict.fromkeys(f"{asks_for(gaps, each.duty)}{_by(each)}" for each in telling if each not in late)
    said = []
    if none:
        said.append(
            f"We found no record of {'; nor of '.join(none)}. Do you hold one, or a record of something done in its place? "
            "If so, please send the row as it stands. If not, please tell us what was considered at the time."
        )
    for each in late[:1]:
        answer = gaps.review.entries[each.answer or 0]
        limit = _by(each).replace(" by", " to")
        said.append(
            f"We found {asks_for(gaps, each.duty)} recorded on {short(answer)}; the limit ran{limit}. "
            "What led to the time it took, and was anything done meanwhile?"
        )
    return " ".join(said)


def _by(outcome: Outcome) -> str:
    if outcome.due is None or not BEGINNING < outcome.due < END:
        return ""
    return f" by {say_day(day_of(outcome.due))}"


def _depends(outcome: Outcome) -> bool:
    """Whether an outcome rests on a condition or threshold that the record cannot show."""
    duty = outcome.duty
    return bool(outcome.why) and outcome.why in (duty.condition, f"threshold: {duty.threshold}")


def _rule(gaps: Study, outcome: Outcome) -> str:
    return f"{rule_line(gaps, outcome.duty)} {_limit(outcome.duty)}"


def _limit(duty: Duty) -> str:
    if duty.within is None:
        return "It gives no number; where a limit is needed we use 14 days, which is our own convention."
    return f"Its limit is {said_limit(duty.within)}."


@_of_one.register
def _(gap: OneSided, gaps: Study, finding: Finding, replies: Replies) -> Question | None:
    entry = gaps.review.entries[gap.row]
    how = label(gaps, "contact", entry.contact) if entry.contact else "the kind of contact is not stated"
    told = finding.kind == "not-received"
    about = listed([name for name in (*entry.people, *entry.about) if name]) or "nobody by name"
    concepts = _concepts(gaps, entry)
    status, answers = _state(gaps, (finding,), replies)
    return Question(
        finding.id,
        finding.kind,
        gap.agency,
        entry.name,
        entry.when.plain(),
        f"{gap.other} records {'telling' if told else 'hearing from'} you ({how}), about {about}.",
        (f"It concerned: {listed(concepts)}." if concepts else "What it concerned is not coded.",),
        (
            f"No rule is applied: the two returns are read side by side, and rows of one message are looked for within "
            f"{gap.days} days, which is our own convention.",
        ),
        f"We found no record in your return of {'hearing this from' if told else 'telling this to'} {gap.other} on or near "
        f"{entry.when.plain()}. Do you hold one? If so, please send the row as it stands; if not, please say so.",
        (),
        (finding.id,),
        status,
        answers,
    )


def _concepts(gaps: Study, entry: Entry) -> list[str]:
    """What an entry told, in plain names: the indicators it says it conveyed, else its own."""
    said = [word for word in entry.shared_what if gaps.terms.concept("indicator", word)]
    return [label(gaps, "indicator", word).lower() for word in said or entry.indicators]


def _of_shares(gaps: Study, group: Sequence[Finding], replies: Mapping[str, Sequence[int]]) -> Question:
    """One question for all information of one broad kind that had not reached an agency."""
    own = {finding.id for finding in group}
    details = [gap for finding, gap in gaps.of(MissedShare) if finding.id in own]
    entries = gaps.review.entries
    rows = sorted({row for gap in details for row in gap.contacts}, key=lambda row: _moment(entries[row]))
    first, last = entries[rows[0]], entries[rows[-1]]
    subject, agency = details[0].subject, group[0].agency
    when = f"dated {short(first)}" if len(rows) == 1 else f"the first {short(first)}, the last {short(last)}"
    status, answers = _state(gaps, group, replies)
    certain = any(finding.certainty == "sure" for finding in group)
    return Question(
        group[0].id,
        "missed-share",
        agency,
        first.name,
        first.when.plain(),
        f"{count(len(rows), 'contact')} about {subject}, {when}. Some of what other agencies held then, of the kinds named "
        "here, does not appear in your return by that time.",
        tuple(_held(gaps, gap) for gap in details),
        (
            "No source is claimed: that an agency of your kind needs this kind of information is our own judgement of "
            f"what is proportionate.{'' if certain else ' In some readings of the record you did hold it.'}",
        ),
        f"Did you know of this by {'then' if len(rows) == 1 else 'any of these contacts'}? If so, since when and from whom "
        "(please send the row as it stands)? If not, please say so; not to have been told is a finding about no one.",
        (),
        tuple(finding.id for finding in group),
        status,
        answers,
    )


def _held(gaps: Study, gap: MissedShare) -> str:
    by = dict.fromkeys((held.agency, held.since.plain()) for held in gap.holders)
    agencies = dict.fromkeys(agency for agency, _ in by)
    firsts = [next(f"{who} from {since}" for who, since in by if who == agency) for agency in agencies]
    more = f", and {count(len(firsts) - HOLDERS, 'other')}" if len(firsts) > HOLDERS else ""
    people = sorted({gaps.facts.all[held.fact].person for held in gap.holders for fact in held.facts} - {gap.subject})
    about = f" (about {listed(people)})" if people else ""
    held = "" if gap.grade == "novel" else " You held other information of this kind."
    return f"{label(gaps, 'indicator', gap.indicator)}{about}: held by {', '.join(firsts[:HOLDERS])}{more}.{held}"


def _moment(entry: Entry) -> tuple[int, int, str]:
    return entry.when.earliest, entry.when.latest, entry.name


def _state(gaps: Study, group: Sequence[Finding], replies: Mapping[str, Sequence[int]]) -> tuple[str, tuple[str, ...]]:
    """Where a question stands, and the agency's answers to it. What the reviewer decided weighs more than an answer."""
    rows = sorted({row for finding in group for row in replies.get(finding.id, ())})
    decided = next((finding.status for finding in group if finding.status != "open"), "")
    return decided or ("answered" if rows else "open"), tuple(answered(gaps.review.entries[row]) for row in rows)


def _broadest(gaps: Study, indicator: str) -> str:
    """The broadest concept an indicator is a case or a sign of; of several, the first by notation."""
    above = sorted(gaps.terms.points_to("indicator", indicator))
    tops = [word for word in above if gaps.terms.points_to("indicator", word) == {word}]
    return tops[0] if tops else indicator


def by_agency(asked: Sequence[Question]) -> Iterator[tuple[str, list[Question]]]:
    """The questions of each agency, in their order."""
    lists: dict[str, list[Question]] = {}
    for question in asked:
        lists.setdefault(question.agency, []).append(question)
    yield from lists.items()
