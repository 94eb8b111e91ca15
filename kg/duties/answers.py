"""Answers: the recorded responses that settle an opening, and how long they stand.

An answer is looked for wherever it may have been written: in the entry itself, in later entries of the agency (or of
another, where the rule names another), in a share that conveyed the trigger, in the receiver's own row of it. Its
quality is not assessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from kg.chronology.order import in_order
from kg.dates.nearby import Near
from kg.dates.when import BEGINNING, DAY, END, day_of, minute_of
from kg.duties.limits import due, last_day
from kg.duties.openings import SHARED, Opening, asks_to_tell
from kg.duties.responses import ALONE, Answer, acts_of
from kg.duties.rules import Rules
from kg.knowledge.bits import bits_of
from kg.knowledge.ledger import Knowledge
from kg.knowledge.shares import Share
from kg.model.record import Entry
from kg.terms.marks import declines, declines_or_closes, ends_answers, is_meeting
from kg.terms.reader import Duty, Standing

Reach = Callable[[Opening, str], int]
"""From when an answer of one kind to an opening is looked for."""


class Answers:
    """Every recorded response of a review, indexed by agency and notation."""

    def __init__(self, knowledge: Knowledge, rules: Rules) -> None:
        self.review = self._review = review = knowledge.review
        self._facts, self._knowledge = knowledge.facts, knowledge
        self.links = self._links = knowledge.chronology.links
        self.rules = self._rules = rules
        self.terms = self._terms = terms = knowledge.chronology.terms
        self._types = {agency.name: terms.broader("agency", agency.type) for agency in review.agencies}
        acts: dict[tuple[str, str], list[int]] = defaultdict(list)
        meetings: dict[tuple[str, str], list[int]] = defaultdict(list)
        declining: dict[str, list[int]] = defaultdict(list)
        closing: dict[str, list[int]] = defaultdict(list)
        withholds = terms.marked("response", "withholds")
        self._withholding: dict[str, list[int]] = defaultdict(list)
        for row, entry in enumerate(review.entries):
            for act in acts_of(entry):
                acts[entry.agency, act].append(row)
                if is_meeting(entry, terms):
                    for other in dict.fromkeys((*entry.shared_with, *entry.received_from)):
                        meetings[other, act].append(row)
            if withholds & {*entry.responses}:
                self._withholding[entry.agency].append(row)
            if declines(entry, terms):
                declining[entry.agency].append(row)
            if ends_answers(entry, terms):
                closing[entry.agency].append(row)
        self._declining = {agency: Near(in_order(review, rows), self._bounds) for agency, rows in declining.items()}
        self._closing = {agency: Near(rows, self._bounds) for agency, rows in closing.items()}
        self._acts = {key: Near(rows, self._bounds) for key, rows in acts.items()}
        self._meetings = {key: Near(rows, self._bounds) for key, rows in meetings.items()}
        shares: dict[str, list[Share]] = defaultdict(list)
        for share in knowledge.shares:
            shares[share.sender].append(share)
        self._shares = {
            sender: Near(some, lambda share: (share.earliest, share.latest)) for sender, some in shares.items()
        }
        self._sightings = [row for row, entry in enumerate(review.entries) if entry.seen in ("yes", "alone", "names")]
        # What is asked again and again, of each row, is worked out once.
        self._found: dict[tuple[int, str, str, str], list[Answer]] = {}
        self._about: dict[tuple[int, str], bool] = {}
        self._ends: dict[tuple[int, str], int] = {}
        self._alike: dict[int, int] = {}
        self._firsts: dict[tuple[str, str, str], tuple[int, int]] = {}

    def to(self, opening: Opening, duty: Duty) -> list[Answer]:
        """The answers to an opening under one edition of its duty, in order of time and name.

        All that may still stand at the opening, all within the limit, and the first of each kind beyond it.
        """
        key = (opening.row, opening.subject, opening.by, duty.id)
        answers = self._found.get(key)
        if answers is None:
            answers = self._found[key] = self._look_for(opening, duty)
        return answers

    def any_between(self, opening: Opening, duty: Duty, since: int, until: int) -> bool:
        """Whether any answer to a point of decision may lie between two moments, as ``to`` would find it.

        Stops at the first: what an agency held for years may have been answered many times.
        """

        def reach(_: Opening, __: str) -> int:
            return since

        for row, _ in chain(self._written(opening, duty, reach, until), self._told(opening, duty, reach, until)):
            when = self._review.entries[row].known
            if when.latest >= since and when.earliest <= until:
                return True
        return False

    def newest(self, opening: Opening) -> int:
        """When the agency first held the newest of the concepts that a point of decision rests on, at the earliest."""
        agency = self._review.entries[opening.row].agency
        return max((self._first(agency, opening, concept) for concept in opening.concepts), default=BEGINNING)

    def _first(self, agency: str, opening: Opening, concept: str) -> int:
        held = opening.facts & self._facts.owed(opening.subject, concept)
        if not held:
            return BEGINNING
        # What an agency holds grows from one decision to the next: only what is new is looked at.
        key = (agency, opening.subject, concept)
        before, first = self._firsts.get(key, (0, END))
        if before & ~held:
            before, first = 0, END
        ledger = self._knowledge.sure[agency]
        for number in bits_of(held & ~before):
            holding = ledger.of(number)
            if holding is not None:
                first = min(first, self._review.entries[holding.gain.row].known.earliest)
        self._firsts[key] = (held, first)
        return first

    def _look_for(self, opening: Opening, duty: Duty) -> list[Answer]:
        wanted = self._rules.answers(duty)
        found: dict[int, str] = {}
        unsure: set[int] = set()
        until = self._until(opening, duty)
        # What had to come first may have come long before the opening, but not before what called for it was held.
        since = partial(self._since, held=duty.order == "before")
        for row, notation in self._written(opening, duty, since, until):
            found.setdefault(row, notation)
        for row, notation in self._told(opening, duty, since, until):
            found.setdefault(row, notation)
        for row, notation in self._told(opening, duty, since, until, word_for_word=False):
            if row not in found:
                found[row] = notation
                unsure.add(row)
        event = {*self._links.event[opening.row]}
        answers = []
        for row, notation in found.items():
            if row in event and notation in self._opened_by(opening, duty):
                continue
            when = self._review.entries[row].known
            if when.earliest >= self._review.incident.earliest:
                continue  # what was done on or after the incident answers nothing
            stands = self._stands(row, wanted.get(notation, notation))
            untold = notation == SHARED and row != opening.row and self._says_nothing(row)
            sure = row not in unsure and not untold
            answers.append(Answer(row, notation, when, stands, sure))
        answers.sort(
            key=lambda answer: (answer.when.earliest, answer.when.latest, self._review.entries[answer.row].name)
        )
        return answers

    def declined(self, opening: Opening, duty: Duty, until: int) -> int | None:
        """The row by which the agency decided to do nothing more of an opening, by a moment: itself, or a later one.

        Where sharing is asked for, a decision not to share, with its reason, is one. Where nothing else is asked for, it is
        the only one: to take no further action is not to decide that nobody be told. An undated row decides nothing: no day
        is invented for it.
        """
        entry = self._review.entries[opening.row]
        if SHARED in duty.expected:
            for row in self._withholding.get(entry.agency, ()):
                known = self._review.entries[row].known
                in_turn = row == opening.row or opening.when.possibly_before(known)
                about = self.concerns(self._review.entries[row], row, opening.subject)
                if in_turn and about and known.earliest <= until and not known.undated:
                    return row
        if asks_to_tell(duty):
            return None
        if opening.by == "response":
            # The response that opened a rule is no decision on it, nor is a later one on something else.
            apart = any(
                word not in opening.concepts for word in entry.responses if declines_or_closes(word, self._terms)
            )
            return opening.row if apart else None
        if declines(entry, self._terms):
            return opening.row
        later = self._declining.get(entry.agency)
        for row in later.between(opening.when.earliest, until) if later else ():
            other = self._review.entries[row]
            follows = not other.known.undated and opening.when.possibly_before(other.known)
            if follows and self._facts.is_about(other, row, opening.subject):
                return row
        return None

    def holds_over(self, answer: Answer, opening: Opening) -> bool:
        """Whether an earlier answer still stands for a later opening of the same duty.

        It must not have run out or been ended by a closing or declining response in between, and every trigger concept
        of the opening must have been held when it was given: a new one reopens the duty. So does a new event: an enquiry
        into one injury is no answer to the next.
        """
        entry = self._review.entries[opening.row]
        if answer.stands_until < opening.when.earliest:
            return False
        answering = self._review.entries[answer.row]
        closings = self._closing.get(answering.agency)
        for row in closings.between(answer.when.latest, opening.when.earliest) if closings else ():
            closing = self._review.entries[row]
            if (
                answer.when.surely_before(closing.known)
                and closing.known.surely_before(opening.when)
                and self._facts.is_about(closing, row, opening.subject)
            ):
                return False
        if opening.by == "response":
            return True
        held = self._knowledge.possible[entry.agency].held(answer.when.latest) & ~self._facts.possibly[opening.row]
        held |= self._facts.possibly[answer.row]
        new = opening.facts & self._facts.possibly[opening.row]
        if any(self._is_new_event(number, answer, opening) for number in bits_of(new & ~held)):
            return False
        return all(
            held & self._facts.owed(opening.subject, self._facts.all[number].indicator) for number in bits_of(new)
        )

    def _is_new_event(self, number: int, answer: Answer, opening: Opening) -> bool:
        """Whether a fact tells of something that happened after an answer was given, and not of what goes on."""
        fact = self._facts.all[number]
        concept = self._terms.concept("indicator", fact.indicator)
        if concept is None or concept.nature != "event":
            return False
        rows = self._links.event[opening.row]
        return answer.row not in rows and answer.when.latest < opening.when.latest

    def _opened_by(self, opening: Opening, duty: Duty) -> frozenset[str]:
        words = self._rules.triggers(duty)
        entry = self._review.entries[opening.row]
        return frozenset(act for act in acts_of(entry) if act in words) if opening.by == "response" else frozenset()

    def _bounds(self, row: int) -> tuple[int, int]:
        known = self._review.entries[row].known
        return known.earliest, known.latest

    def _since(self, opening: Opening, notation: str, *, held: bool) -> int:
        """From when an answer of one kind could still stand at an opening, or, if asked, answer what was held before it."""
        standing = self._terms.standing_for(notation)
        if standing.limit is None or opening.when.earliest <= BEGINNING:
            return BEGINNING
        # Twice the number in days, and a fortnight for holidays, is longer than any limit in working days.
        days = 31 if standing.limit.unit.startswith(("week", "month")) else 2
        since = opening.when.earliest - (standing.limit.number * days + 14) * DAY
        return min(since, self._held_since(opening)) if held else since

    def _held_since(self, opening: Opening) -> int:
        """The first moment of what was held at a point of decision; END for any other opening."""
        if opening.by != "decision":
            return END
        return min((self._review.entries[row].known.earliest for row in opening.held_rows), default=END)

    def _until(self, opening: Opening, duty: Duty) -> int:
        """The end of the limit in its latest reading: beyond it only the first answer matters."""
        moment = opening.when.latest
        if moment >= END:
            return END
        return due(duty.within or self._terms.conventions["limit"].limit, moment, self._review.jurisdiction)

    def _written(self, opening: Opening, duty: Duty, reach: Reach, until: int) -> Iterator[tuple[int, str]]:
        """Rows that record an expected response: the agency's own, or a named agency's where the rule names others."""
        agency = self._review.entries[opening.row].agency
        yield from self._in_the_row(opening, duty)
        writers = self.writers(agency, duty)
        for notation, expected in sorted(self._rules.answers(duty).items()):
            since = reach(opening, expected)
            for writer in writers:
                for row in self._some(self._acts.get((writer, notation)), opening, since, until):
                    entry = self._review.entries[row]
                    if notation == SHARED and entry.shared_with and opening.facts and entry.agency == agency:
                        continue  # what it conveyed is looked at as a share
                    yield row, notation
            # A meeting that another agency records, naming this one, is this one's meeting too.
            for row in self._some(self._meetings.get((agency, notation)), opening, since, until):
                yield row, notation

    def writers(self, agency: str, duty: Duty) -> list[str]:
        """The agencies whose rows may record a response: the one at whose entry it was called for, or those a rule names."""
        if not duty.by or self._types[agency] & {*duty.by}:
            return [agency]
        return [name for name, kinds in self._types.items() if kinds & {*duty.by}]

    def _in_the_row(self, opening: Opening, duty: Duty) -> Iterator[tuple[int, str]]:
        """The entry's own responses, whoever the rule names; and, of a child too small to speak, that it was seen."""
        entry, expected = self._review.entries[opening.row], self._rules.answers(duty)
        for notation in acts_of(entry):
            if notation in expected and not (notation == SHARED and entry.shared_with and opening.facts):
                yield opening.row, notation
        if ALONE in duty.expected and self._too_small_to_speak(opening):
            agency = entry.agency
            own = not duty.by or bool(self._types[agency] & {*duty.by})
            for row in self._sightings:
                other = self._review.entries[row]
                by = other.agency == agency if own else bool(self._types[other.agency] & {*duty.by})
                if by and self._saw(other, opening.subject) and self.concerns(other, row, opening.subject):
                    yield row, ALONE

    def _too_small_to_speak(self, opening: Opening) -> bool:
        months = self._facts.household.months(opening.subject, opening.when.earliest)
        return months is not None and months < self._terms.conventions["speaking"].limit.number

    def _saw(self, entry: Entry, subject: str) -> bool:
        return entry.seen != "names" or subject in entry.seen_people

    def _some(self, rows: Near[int] | None, opening: Opening, since: int, until: int) -> Iterator[int]:
        """The rows about the subject that may lie within a stretch of time, and the first beyond it."""
        if rows is None:
            return
        for earliest, row in rows.since(since):
            if self.concerns(self._review.entries[row], row, opening.subject):
                yield row
                if earliest > until:
                    return

    def _after(self, rows: Near[int] | None, entry: Entry) -> Iterator[tuple[int, int]]:
        """The rows that surely follow an entry."""
        for earliest, row in rows.since(entry.known.latest) if rows else ():
            if entry.known.surely_before(self._review.entries[row].known):
                yield earliest, row

    def _told(
        self, opening: Opening, duty: Duty, reach: Reach, until: int, *, word_for_word: bool = True
    ) -> Iterator[tuple[int, str]]:
        """Shares of the agency that conveyed the trigger to an agency that needs it, or is the one to refer to.

        ``word_for_word`` false asks for those that told something of the same event, or were told in the very row.
        """
        agency = self._review.entries[opening.row].agency
        referrals = [word for word in duty.expected if self._rules.is_referral(word)]
        shares = self._shares.get(agency)
        if shares is None or not (referrals or SHARED in duty.expected):
            return
        for earliest, share in shares.since(reach(opening, SHARED)):
            receiver = self._types[share.receiver]
            addressed = next((word for word in referrals if receiver & {*self._rules.addressees(word)}), None)
            if addressed is None and SHARED not in duty.expected:
                continue
            row = share.row if self._review.entries[share.row].agency == agency else share.heard
            if row is None or not self.concerns(self._review.entries[share.row], share.row, opening.subject):
                continue
            if not (self._conveys(share, opening) if word_for_word else self._touches(share, opening)):
                continue
            if addressed is not None:
                yield row, addressed
            elif self._needs(share.receiver, opening):
                yield row, SHARED
            else:
                continue
            if earliest > until:
                return

    def _conveys(self, share: Share, opening: Opening) -> bool:
        """Whether a share told the trigger: the fact itself, one of its concept, one narrower or broader, or another sign
        of the same kind.

        A referral whose row codes nothing at all is given the benefit of the doubt; any other telling that codes nothing
        conveyed nothing that the record shows.
        """
        if not opening.facts or not share.exact:
            return True
        if (share.exact | share.alike) & opening.facts:
            return True
        alike = self._alike.get(share.exact)
        if alike is None:
            alike = 0
            for _, fact in self._facts.numbered(share.exact):
                for kind in self._terms.points_to("indicator", fact.indicator):
                    alike |= self._facts.pointing_to(fact.person, kind)
            self._alike[share.exact] = alike
        return bool(alike & opening.facts)

    def _says_nothing(self, row: int) -> bool:
        """Whether a row that tells names nothing of what it told."""
        entry = self._review.entries[row]
        return bool(entry.shared_with) and not entry.shared_what and not self._facts.possibly[row]

    def told_those_to_act(self, opening: Opening, duty: Duty, until: int) -> int | None:
        """The row by which an agency told those whom a rule has act, where it is not itself one of them."""
        agency = self._review.entries[opening.row].agency
        if not duty.by or self._types[agency] & {*duty.by}:
            return None
        shares = self._shares.get(agency)
        for share in shares.between(opening.when.earliest, until) if shares else ():
            row = share.row if self._review.entries[share.row].agency == agency else share.heard
            if row is None or not self._types[share.receiver] & {*duty.by} or not share.exact:
                continue
            if self._conveys(share, opening) and self.concerns(self._review.entries[row], row, opening.subject):
                return row
        return None

    def _touches(self, share: Share, opening: Opening) -> bool:
        """Whether a share told something of what opened a duty, under whatever word."""
        events = {self._facts.all[number].origin for number in bits_of(opening.facts)}
        told = share.exact | share.alike
        return share.row == opening.row or any(told & self._facts.of_event(self._links.event[row]) for row in events)

    def _needs(self, receiver: str, opening: Opening) -> bool:
        kind = self._review.agency(receiver).type
        if not opening.facts:
            return True
        return any(self._terms.needs(fact.indicator, kind) for _, fact in self._facts.numbered(opening.facts))

    def concerns(self, entry: Entry, row: int, subject: str) -> bool:
        """Whether an entry may be about what was called for: it is about the subject, or names somebody who bears on them."""
        key = (row, subject)
        about = self._about.get(key)
        if about is None:
            about = self._about[key] = self._facts.is_about(entry, row, subject) or any(
                subject in self._facts.household.bears_on(person) for person in (*entry.people, *entry.about)
            )
        return about

    def _stands(self, row: int, notation: str) -> int:
        key = (row, notation)
        until = self._ends.get(key)
        if until is None:
            until = self._ends[key] = self._stands_until(row, notation)
        return until

    def _stands_until(self, row: int, notation: str) -> int:
        entry = self._review.entries[row]
        standing: Standing = self._terms.standing_for(notation)
        if entry.known.latest >= END:
            return END
        if standing.limit is not None:
            day = last_day(standing.limit, day_of(entry.known.latest), self._review.jurisdiction)
            return minute_of(day, DAY - 1)
        ends = [
            self._review.entries[other].known.latest
            for word in standing.until
            for _, other in self._after(self._acts.get((entry.agency, word)), entry)
        ]
        return min(ends, default=END)
