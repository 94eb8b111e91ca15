"""The story of an episode, in sentences a chair could read aloud, in the order in which a panel thinks.

What each agency held as it began; what was seen, told and decided; what others held that was not there; what the rules of
the day asked, and what is recorded; what became of it; the pattern. Nothing later than the episode is in it. No sentence
is longer than thirty words; the rows it rests on stand behind it, never in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.base.grammar import count, listed, nth
from kg.chronology.sightings import sightings
from kg.dates.when import When
from kg.duties.outcomes import LATE, MET, Outcome
from kg.findings.episodes import WEEK, Episode, details
from kg.findings.missed_share import MissedShare
from kg.findings.opportunity import Opportunity, lead
from kg.findings.stretches import WIDEST, width
from kg.findings.study import Study
from kg.knowledge.bits import bits_of
from kg.model.record import Entry
from kg.terms.marks import ends_answers
from kg.wording.labels import plain
from kg.wording.rules import asks_for

MOST_WORDS, QUOTED, ONE_LINE = 30, 18, 87
"""The longest sentence that can be read aloud in one breath, how much of what was said is quoted at once, and the signs of a
sentence that takes one line of a story."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a story: its word ("Held", "Seen" ...), its sentences, and the rows they rest on."""

    word: str
    sentences: tuple[str, ...]
    rows: tuple[int, ...] = ()


def few(words: Sequence[str], most: int = 2, last: str = "and") -> str:
    """Some words as a list, and how many more there are: "neglect, hunger and 2 more"."""
    if len(words) <= most + 1:
        return listed(words, last)
    return f"{', '.join(words[:most])} and {len(words) - most} more"


def aloud(*forms: str) -> str:
    """The first of some sentences that is short enough to read aloud, or the last."""
    said = next((form for form in forms if len(form.split()) <= MOST_WORDS), forms[-1])
    return said[0].upper() + said[1:]


def number(many: int, one: str, more: str = "") -> str:
    """A number with its noun as people say it: "one other agency", "12 other agencies"."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    said = count(many, one, more)
    return said if many >= len(words) else f"{words[many]} {said.partition(' ')[2]}"


def episode_when(gaps: Study, each: Episode) -> str:
    """When an episode was, as people say it; "some time in" where no date in it is closer than a month."""
    first, last = each.first(gaps.review), each.last(gaps.review)
    widest = max(width(entry.when) for entry in each.dated(gaps.review))
    said = When("", first, last, "range", lasts=widest <= WEEK).plain()
    if widest <= WIDEST:
        return said
    whole = said.partition(" - ")
    return f"some time between {whole[0]} and {whole[2]}" if whole[1] else f"some time in {said}"


def episode_title(gaps: Study, each: Episode, *, most: int = 2) -> str:
    """The reviewer's name for it, or its gravest signs or decision as the agency of its gravest row recorded them.

    ``most`` signs are named; with 0 one, and the number of agencies is left out.
    """
    if each.name:
        return each.name
    agencies = agencies_of(gaps, each)
    signs = signs_of(gaps, each, each.rows, agency=agencies[0])
    what = listed([plain(gaps, notation) for notation in signs[: max(most, 1)]])
    if not what:
        entries = [gaps.review.entries[row] for row in each.seeds]
        words = dict.fromkeys(
            plain(gaps, word) for entry in entries for word in (*entry.responses, entry.contact) if word
        )
        what = next(iter(words), "a contact")
    of = f" ({len(agencies)} agencies)" if len(agencies) > 1 and most else ""
    return f"{what[0].upper()}{what[1:]}, recorded by {agencies[0]}{of}"


def agencies_of(gaps: Study, each: Episode) -> list[str]:
    """The agencies with a row in it, that of its gravest row first, then by number of rows; the public last."""
    entries, public = gaps.review.entries, gaps.knowledge.chronology.public
    rows = Counter(entries[row].agency for row in each.rows)
    anchor = entries[each.anchor].agency
    return sorted(rows, key=lambda name: (name in public, name != anchor, -rows[name], name))


def signs_of(gaps: Study, each: Episode, rows: Iterable[int], *, agency: str = "") -> list[str]:
    """What some rows record of a subject: events before states, the gravest first, then the one recorded most."""
    found: Counter[str] = Counter()
    for row in rows:
        if agency and gaps.review.entries[row].agency != agency:
            continue
        facts = [gaps.facts.all[number] for number in bits_of(gaps.facts.possibly[row])]
        found.update({fact.indicator for fact in facts if fact.person in gaps.review.subjects})
    return gravest_first(gaps, found)


def gravest_first(gaps: Study, notations: Iterable[str]) -> list[str]:
    """Indicators, the gravest first; of equal gravity events before states, then by how often, then by name."""
    often = notations if isinstance(notations, Counter) else Counter(notations)

    def turn(notation: str) -> tuple[object, ...]:
        concept = gaps.terms.concept("indicator", notation)
        gravity, event = (concept.gravity, concept.nature == "event") if concept else (0, False)
        return (-gravity, not event, -often[notation], notation)

    return sorted(often, key=turn)


def story(gaps: Study, each: Episode) -> list[Part]:
    """The parts of an episode's story, in the order in which a panel thinks; one that has nothing to say is left out."""
    parts = (_held, _seen, _said, _told, decided, elsewhere, asked, _became, pattern)
    return [said for part in parts if (said := part(gaps, each)).sentences]


def _held(gaps: Study, each: Episode) -> Part:
    """What the agencies involved surely held of the subjects as it began."""
    public, facts = gaps.knowledge.chronology.public, gaps.facts
    inside = {gaps.links.event[row][0] for row in each.rows}
    sentences: list[str] = []
    rows: list[int] = []
    for agency in agencies_of(gaps, each):
        held = [
            (number, fact)
            for number in bits_of(gaps.knowledge.sure[agency].held(each.first(gaps.review) - 1))
            if (fact := facts.all[number]).origin not in inside and fact.person in gaps.review.subjects
        ]
        if not held or agency in public:
            continue
        signs = gravest_first(gaps, Counter(fact.indicator for _, fact in held))
        words = [plain(gaps, notation) for notation in signs]
        sentences.append(aloud(f"{agency} already knew of {few(words)}.", f"{agency} already knew of {few(words, 1)}."))
        holding = gaps.knowledge.sure[agency].of(next(number for number, fact in held if fact.indicator == signs[0]))
        rows += [holding.gain.row] if holding else []
    if len(sentences) > 2:
        rest = number(len(sentences) - 2, "other agency", "other agencies")
        sentences[2:] = [f"So did {rest}, of one sign or another."]
    if not sentences:
        sentences = ["No earlier sign is surely recorded with any agency involved."]
    return Part("Held", tuple(sentences), tuple(rows[:2]))


def _seen(gaps: Study, each: Episode) -> Part:
    sentences: list[str] = []
    rows: list[int] = []
    for agency in agencies_of(gaps, each):
        signs = signs_of(gaps, each, each.rows, agency=agency)
        if signs:
            words = [plain(gaps, notation) for notation in signs]
            sentences.append(aloud(f"{agency} recorded {few(words)}.", f"{agency} recorded {few(words, 1)}."))
            rows += [
                row
                for row in each.rows
                if gaps.review.entries[row].agency == agency and signs[0] in gaps.review.entries[row].indicators
            ][:1]
    rest = len(sentences) - 2
    sentences = sentences[:2]
    if rest > 0:
        sentences.append(aloud(f"{number(rest, 'other agency', 'other agencies')} recorded signs too."))
    public = gaps.knowledge.chronology.public
    own = [row for row in each.rows if gaps.review.entries[row].agency not in public]
    made = sightings(gaps.review, own, gaps.terms)
    if made.contacts:
        sentences.append(
            seen_sentence(gaps, made.contacts, made.contacts - made.not_seen - made.not_stated, made.alone)
        )
    return Part("Seen", tuple(sentences), tuple(rows[:2]))


def seen_sentence(gaps: Study, contacts: int, seen: int, alone: int, *, of: str = "") -> str:
    """How often a subject was seen: "Sam was seen at 3 of 5 contacts, alone at none"."""
    who = few(gaps.review.subjects, 2, "or")
    lonely = f"alone at {alone}" if alone else "with no record of being seen alone"
    if not seen:
        return aloud(f"No record says that {who} was seen at {_of(contacts)}.")
    where = f"{seen} of {of or f'{contacts} contacts'}" if contacts > 1 else "the one contact"
    return aloud(f"{who} was seen at {where}, {lonely}.")


def _of(contacts: int) -> str:
    return "its one contact" if contacts == 1 else f"any of {contacts} contacts"


def quoted(words: str) -> str:
    """What was recorded as said, its first words where it is long: in quotation marks only where the record has them.

    A cell may hold the person's words or tell of them ("She explained that ..."). Only the record's own marks tell which,
    so none are added; marks that were opened in the words shown are closed.
    """
    some = words.split()
    text = " ".join(some[:QUOTED])
    if len(some) > QUOTED:
        return f"{text} …{_to_close(text)}"
    return text if text.rstrip("\"”'\u2019)")[-1:] in (".", "?", "!", "…") else f"{text}."


def _to_close(text: str) -> str:
    """The mark that closes a quotation which the words shown leave open."""
    if text.count("“") > text.count("”"):
        return "”"
    if text.count('"') % 2:
        return '"'
    return "\u2019" if text.count("\u2018") > text.count("\u2019") else ""


def _said(gaps: Study, each: Episode) -> Part:
    """The first words recorded as said at a row that names a subject."""
    subjects = {*gaps.review.subjects}
    for row in each.rows:
        entry = gaps.review.entries[row]
        if entry.said.strip() and subjects & {*entry.people, *entry.about}:
            return Part("Said", (f"Recorded as said, by {entry.agency}: {quoted(entry.said)}",), (row,))
    return Part("Said", ())


def _told(gaps: Study, each: Episode) -> Part:
    told: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in (gaps.review.entries[row] for row in each.rows):
        if not _of_subject(gaps, entry):
            continue
        for other in entry.shared_with:
            if other not in entry.either_way and other != entry.agency:
                told[entry.agency][other] = None
        for other in entry.received_from:
            if other != entry.agency:
                told[other][entry.agency] = None
    sentences = [
        aloud(f"{teller} told {few([*heard])}.", f"{teller} told {few([*heard], 1)}.") for teller, heard in told.items()
    ]
    if len(sentences) > 2:
        sentences[2:] = [f"{count(len(sentences) - 2, 'other agency', 'other agencies')} told others too."]
    return Part("Told", tuple(sentences))


def decided(gaps: Study, each: Episode) -> Part:
    """The decisions to close or to do nothing more that stand in it, by agency."""
    by_words: dict[str, dict[str, int]] = defaultdict(dict)
    for row in each.rows:
        entry = gaps.review.entries[row]
        if entry.agency in gaps.knowledge.chronology.public or not _of_subject(gaps, entry):
            continue
        for word in _closing(gaps, entry):
            by_words[word].setdefault(entry.agency, row)
    rows = dict.fromkeys(row for agencies in by_words.values() for row in agencies.values())
    sentences = [
        aloud(f"{few([*agencies])} recorded: {word}.", f"{few([*agencies], 1)} recorded: {word}.")
        for word, agencies in by_words.items()
    ]
    return Part("Decided", tuple(sentences), tuple(rows)[:3])


def _of_subject(gaps: Study, entry: Entry) -> bool:
    return bool(gaps.knowledge.chronology.household.subjects_named(entry))


def _closing(gaps: Study, entry: Entry) -> list[str]:
    """The words of a row that close the matter or decline to act."""
    if not ends_answers(entry, gaps.terms):
        return []
    said = []
    for scheme, words in (("response", entry.responses), ("contact", (entry.contact,))):
        for word in words:
            concept = gaps.terms.concept(scheme, word) if word else None
            if concept is not None and concept.flags & {"declines", "closes"}:
                said.append(plain(gaps, word))
    return said


def elsewhere(gaps: Study, each: Episode, most: int = 2) -> Part:
    """What others held that was not there: the gravest first, kinds of one holder and one seeker together."""
    sentences: list[str] = []
    rows: list[int] = []
    groups = gathered(gaps, (gap for finding, gap in details(each, MissedShare) if finding.kind == "missed-share"))
    for (holder, agency), gaps_of in groups[:most]:
        words = [plain(gaps, notation) for notation in gravest_first(gaps, (gap.indicator for gap in gaps_of))]
        surely = any(gap.certainty == "sure" for gap in gaps_of)
        held = "knew of" if surely else "possibly knew of"
        tail = f"no record of it with {agency}."
        sentences.append(
            aloud(
                f"{holder} {held} {few(words)}; {tail}",
                f"{holder} {held} {few(words, 1)}; {tail}",
                f"{holder} {held} more than is recorded with {agency}.",
            )
        )
        rows.append(gaps_of[0].holders[0].row)
        rows.append(gaps_of[0].contacts[0])
    if len(groups) > most:
        sentences.append(f"The same is so between {count(len(groups) - most, 'other pair')} of agencies.")
    return Part("Elsewhere", tuple(sentences), tuple(dict.fromkeys(rows[:4])))


Groups = list[tuple[tuple[str, str], list[MissedShare]]]


def gathered(gaps: Study, shares: Iterable[MissedShare]) -> Groups:
    """Missed shares told together: of one holder, one seeker and one grade and certainty; the gravest first.

    What an agency lacks whose rows are mostly not coded comes last: it is unread, and its silence says little.
    """
    unread = {each.agency for each in gaps.coverage if each.unread}
    found: dict[tuple[str, str, str, str, str], list[MissedShare]] = defaultdict(list)
    for gap in shares:
        found[gap.holders[0].agency, gap.agency, gap.subject, gap.grade, gap.certainty].append(gap)
    for some in found.values():
        some.sort(key=lambda gap: share_turn(gaps, gap))
    ordered = sorted(found.items(), key=lambda each: (each[0][1] in unread, *share_turn(gaps, each[1][0]), each[0]))
    return [((key[0], key[1]), some) for key, some in ordered]


def share_turn(gaps: Study, gap: MissedShare) -> tuple[object, ...]:
    """The order in which missed information serves: novel and sure, the gravest, with a path, most contacts, first."""
    concept = gaps.terms.concept("indicator", gap.indicator)
    return (
        gap.grade != "novel",
        gap.certainty != "sure",
        -(concept.gravity if concept else 0),
        ("unsaid", "silent", "unlinked").index(gap.channel),
        -len(gap.contacts),
        gaps.review.entries[gap.contacts[0]].when.earliest,
        gap.agency,
        gap.indicator,
    )


def asked(gaps: Study, each: Episode, *, counted: bool = False) -> Part:
    """What the rules of the day asked, and what is recorded of it; ``counted``: which times these were of how many."""
    found: dict[tuple[str, str], list[tuple[str, Opportunity]]] = defaultdict(list)
    for finding, detail in details(each, Opportunity):
        if finding.kind in ("missed-opportunity", "decision-to-look-at"):
            outcome = lead(detail)
            found[asks_for(gaps, outcome.duty), _recorded(finding.kind, outcome)].append((finding.agency, detail))
    sentences: list[str] = []
    rows: list[int] = []
    for (what, recorded), some in sorted(found.items(), key=lambda each: (-len(each[1]), each[0])):
        agencies = [*dict.fromkeys(agency for agency, _ in some)]
        sentences.append(
            aloud(
                f"By the rules of the day: {what}; {recorded} with {few(agencies)}.",
                f"By the rules of the day: {what}; {recorded} with {few(agencies, 1)}.",
                f"By the rules of the day: {what}; {recorded}.",
                f"By the rules of the day: {what.partition(', ')[0]}, or another response; {recorded}.",
            )
        )
        longest = max((detail.chain for _, detail in some), key=lambda chain: (chain.of, chain.subject))
        if longest.of > 1 and counted:
            numbers = {detail.chain.ordinal for _, detail in some if detail.chain.rows == longest.rows}
            sentences[-1] += f" {_which(sorted(numbers), longest.of)} such times."
        rows += [detail.row for _, detail in some]
    if len(sentences) > 2:
        rest = number(len(sentences) - 2, "other thing")
        verb = "has" if len(sentences) == 3 else "have"
        sentences[2:] = [aloud(f"{rest} that the rules asked for {verb} no record in time either.")]
    return Part("Asked", tuple(sentences), tuple(dict.fromkeys(rows))[:3])


def _recorded(kind: str, outcome: Outcome) -> str:
    if kind == "decision-to-look-at":
        return "another decision is recorded"
    return "recorded only after the limit" if outcome.outcome == LATE else "no record of it in time"


def _became(gaps: Study, each: Episode) -> Part:
    met: dict[str, dict[str, None]] = defaultdict(dict)
    rows: list[int] = []
    for _, detail in details(each, Opportunity):
        for outcome in detail.outcomes:
            if outcome.outcome == MET and outcome.answer is not None and outcome.answer in each.rows:
                for word in outcome.duty.expected:
                    entry = gaps.review.entries[outcome.answer]
                    if word in entry.responses or word == entry.contact:
                        met[entry.agency][plain(gaps, word)] = None
                        rows.append(outcome.answer)
    sentences = [
        aloud(f"{agency} recorded {few([*words])} in answer.", f"{agency} recorded an answer.")
        for agency, words in met.items()
    ]
    return Part("Became", tuple(sentences[:2]), tuple(dict.fromkeys(rows))[:2])


def pattern(gaps: Study, each: Episode) -> Part:
    """Which times these were of those that came again and again: "the 3rd to 10th of 11"."""
    chains: dict[tuple[str, str, str], list[Opportunity]] = defaultdict(list)
    for finding, detail in details(each, Opportunity):
        if finding.kind in ("missed-opportunity", "decision-to-look-at") and detail.chain.of > 1:
            chains[finding.kind, detail.chain.family, detail.chain.subject].append(detail)
    ordered = sorted(chains.items(), key=lambda chain: (-chain[1][0].chain.of, chain[0]))
    sentences = []
    for (kind, _, _), some in ordered[:1]:
        numbers = sorted({detail.chain.ordinal for detail in some})
        what = asks_for(gaps, lead(some[0]).duty)
        which = _which(numbers, some[0].chain.of)
        if kind == "decision-to-look-at":
            forms = (f"{which} such decisions, where {what} was called for.", f"{which} such decisions.")
        else:
            forms = (f"{which} times that {what} was called for.", f"{which} such times.")
        sentences.append(next((form for form in forms if len(form) <= ONE_LINE), forms[-1]))
    return Part("Pattern", tuple(sentences))


def _which(numbers: Sequence[int], of: int) -> str:
    if len(numbers) == of:
        return f"All {of}"
    return f"The {'last' if [*numbers] == [of] else _ordinals(numbers)} of {of}"


def _ordinals(numbers: Sequence[int]) -> str:
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{nth(numbers[0])} to {nth(numbers[-1])}"
    return few([nth(number) for number in numbers], 3)


def behind(gaps: Study, rows: Sequence[int]) -> Iterator[str]:
    """The rows behind a sentence by Ref, or by full name where the Ref is a bare number or stands in two returns."""
    known = Counter(entry.ref for entry in gaps.review.entries)
    for row in rows:
        entry = gaps.review.entries[row]
        yield entry.ref if known[entry.ref] == 1 and any(sign.isalpha() for sign in entry.ref) else entry.name
