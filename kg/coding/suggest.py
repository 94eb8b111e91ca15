"""Codes suggested from narratives: found by the lexicon, weighed by what is heard around them, one for each row and code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.coding.agencies_told import told
from kg.coding.alleged import SCHEME as ALLEGATION
from kg.coding.alleged import Telling, alleged
from kg.coding.contacts import also_done, one_contact, one_seen, talk_in_passing
from kg.coding.counted import counted
from kg.coding.hearing import Heard, Hearing, hear, make_hearing
from kg.coding.matching import Found, Index, make_index
from kg.coding.naming import AgencyWords, People, agency_words, marks_of, people_of
from kg.coding.sentences import Marks, Sentence, sentences
from kg.coding.speech import speech
from kg.coding.suggestion import REMOVES, Suggestion
from kg.coding.whose import Whose, spoken_of, whose
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.lexicon import CLASSES, EXCEPT, SAYS_NOT, Lexicon, Line, load_lexicon
from kg.terms.reader import Terms

_HEADING = 12
"""How many characters at a row's beginning are its heading ("Ward."); the sentence after a heading opens the row too."""

FIELDS = {"indicator": "indicators", "response": "responses", "contact": "contact", "seen": "seen"}


@dataclass(slots=True)
class Coder:
    """The lexicon made ready for one review. ``allowed`` holds, by type of agency, which lines are its idiom."""

    lexicon: Lexicon
    terms: Terms
    review: Review
    index: Index
    hearing: Hearing
    people: People
    marks: Marks
    agencies: AgencyWords
    allowed: dict[str, int]
    capitals: frozenset[str]

    def lines_for(self, agency: str) -> int:
        """The lines that may speak in an agency's return, as a set of bits."""
        kind = self.review.agency(agency).type if agency else ""
        known = self.allowed.get(kind)
        if known is None:
            foreign = self.lexicon.traits["only of children" if self.review.kind == "adult" else "only of adults"]
            known = sum(
                1 << number
                for number, line in enumerate(self.lexicon.lines)
                if (not line.agencies or kind in line.agencies)
                and (not line.kinds or self.review.kind in line.kinds)
                and line.code.removeprefix("indicator:") not in foreign
            )
            self.allowed[kind] = known
        return known


_INDEXES: dict[int, tuple[Lexicon, Index, Hearing]] = {}


def make_coder(review: Review, terms: Terms, lexicon: Lexicon | None = None) -> Coder:
    """The lexicon made ready for a review: its people, its agencies, its kind."""
    lexicon = lexicon or load_lexicon()
    if id(lexicon) not in _INDEXES:
        index = make_index([line.words for line in lexicon.lines], lexicon.groups)
        _INDEXES[id(lexicon)] = (lexicon, index, make_hearing(lexicon))
    _, index, hearing = _INDEXES[id(lexicon)]
    capitals = index.capitals | hearing.index.capitals | _agency_capitals(lexicon)
    agencies = agency_words(review, terms, lexicon, capitals)
    people = people_of(review, terms, lexicon)
    return Coder(lexicon, terms, review, index, hearing, people, marks_of(review, terms), agencies, {}, capitals)


def _agency_capitals(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word for words in lexicon.agencies.values() for word in words if word.isupper() and word.isalpha())


def suggest(review: Review, terms: Terms, lexicon: Lexicon | None = None) -> tuple[Suggestion, ...]:
    """Every code that the narratives of a review suggest, in the order of its entries and of the text.

    Nothing that an agency coded is taken into account: what is already there is for the caller to leave out. Missed
    appointments and repeated calls are counted from the rows. Deterministic; raises nothing.
    """
    coder = make_coder(review, terms, lexicon)
    made = [each for entry in review.entries for each in suggest_for(coder, entry)]
    return tuple(_said_again([*made, *counted(review, made, coder.lexicon.counts)], review))


def suggest_for(coder: Coder, entry: Entry) -> tuple[Suggestion, ...]:
    """What one row's narrative suggests."""
    allowed = coder.lines_for(entry.agency)
    before = Whose(coder.people.of_row(entry), "")
    made: list[Suggestion] = []
    shares: list[Suggestion] = []
    tellings: list[Telling] = []
    since, named, opening = 0, False, 0
    kinds: list[str] = []
    said = sentences(entry.narrative, coder.lexicon.spellings, coder.capitals, coder.marks)
    for at, sentence in enumerate(said):
        marked = coder.agencies.mark(sentence)
        found = coder.index.find(sentence, marked, allowed)
        heard = hear(coder.hearing, sentence) if found or made else None
        if opening < _HEADING and sentence.spans:
            opening = sentence.spans[-1][1]
        if heard is not None:
            made[since:] = [_heard_later(each, heard.of_earlier) for each in made[since:]]
        here = any(coder.people.kind(word) == "s" for word in sentence.words)
        kinds.extend(coder.people.kind(word) for word in sentence.words)
        since, named = (len(made) if here or named else since), here
        if heard is not None:
            for each in _standing(coder.lexicon.lines, found, heard):
                line = coder.lexicon.lines[each.number]
                if line.code.startswith("share:"):
                    shares.extend(told(coder.agencies, entry, marked, each, line, heard))
                elif line.code.startswith(ALLEGATION):
                    if line.code.endswith("third-party-allegation") or not _of_carer(coder, sentence, each, before):
                        tellings.extend(_telling(line, sentence, each, heard, said[at + 1 : at + 2]))
                else:
                    made.append(_suggestion(coder, entry, sentence, each, line, heard, before))
        before = spoken_of(coder.people, sentence.words, before)
    made.extend(alleged(entry, tellings, made, coder.lexicon.traits["harm"]))
    made = list(talk_in_passing(made, opening, coder.lexicon.traits))
    seen = [each for each in made if each.field == "seen"]
    contacts = [each for each in made if each.field == "contact"]
    codes = [each for each in made if each.field in ("indicators", "responses")]
    contact = one_contact(contacts, coder.lexicon.outranks)
    codes.extend(also_done(contact, coder.lexicon.traits, _service(coder, entry)))
    of_adult = coder.review.kind == "child" and kinds[:1] == ["c"] and "s" not in kinds
    said_seen = one_seen(seen, contact, codes, coder.lexicon.traits, of_adult=of_adult)
    narrowest = _narrowest(list(_gathered(codes)), coder.terms)
    whole = [*contact, *said_seen, *narrowest, *_gathered(shares)]
    whole.extend(speech(coder.people, entry))
    return tuple(sorted(whole, key=lambda each: (each.field, each.start, each.value)))


def _of_carer(coder: Coder, sentence: Sentence, found: Found, before: Whose) -> bool:
    """Whether it is a carer who tells: named in the words of telling, or the one last spoken of."""
    named = [kind for word in sentence.words[: found.last] if (kind := coder.people.kind(word))]
    return (named[-1] if named else before.kind) == "c"


def _telling(
    line: Line, sentence: Sentence, found: Found, heard: Heard, following: Sequence[Sentence]
) -> Iterator[Telling]:
    """A way of telling that is not denied, planned or another's."""
    if line.standing == SAYS_NOT or any(each in REMOVES for each in heard.around(found.first, found.last)):
        return
    end = sentence.spans[-1][1]
    reach = following[0].spans[-1][1] if following and following[0].spans else end
    yield Telling(line.code.partition(":")[2], sentence.spans[found.first][0], end, reach, line.words)


def _heard_later(each: Suggestion, heard: Sequence[str]) -> Suggestion:
    """An indicator with what the next sentence says of it; sentences that do not name the subject count as one."""
    new = tuple(one for one in heard if one not in each.heard)
    return replace(each, heard=(*each.heard, *new)) if new and each.field == "indicators" else each


def _service(coder: Coder, entry: Entry) -> str:
    return coder.review.agency(entry.agency).type if entry.agency else ""


def _standing(lines: Sequence[Line], found: list[Found], heard: Heard) -> list[Found]:
    """What is found, without what an exception covers and without words that a line which denies the code covers.

    A line that denies and is denied itself ("not appropriately dressed") says nothing.
    """
    found = [
        each
        for each in found
        if lines[each.number].standing != SAYS_NOT or "negated" not in heard.around(each.first, each.last)
    ]
    false = [each for each in found if lines[each.number].standing == EXCEPT]
    kept = [
        each
        for each in found
        if lines[each.number].standing != EXCEPT
        and not any(
            lines[other.number].code == lines[each.number].code and other.first < each.last and each.first < other.last
            for other in false
        )
    ]
    denying = [each for each in kept if lines[each.number].standing == SAYS_NOT]
    return [each for each in kept if each in denying or not any(_covers(lines, other, each) for other in denying)]


def _covers(lines: Sequence[Line], outer: Found, inner: Found) -> bool:
    """Whether words that deny a code reach over words that say it: not where these begin before them ("no food in")."""
    return lines[outer.number].code == lines[inner.number].code and outer.first <= inner.first < outer.last


def _suggestion(
    coder: Coder, entry: Entry, sentence: Sentence, found: Found, line: Line, heard: Heard, before: Whose
) -> Suggestion:
    start, end = sentence.spans[found.first][0], sentence.spans[found.last - 1][1]
    said = whose(coder.people, sentence.words, found.first, found.last, before)
    around = list(heard.around(found.first, found.last, lists=not line.code.startswith("response:")))
    if line.standing == SAYS_NOT:
        around = [*around, "negated"]
    code = _code(line, said, coder.lexicon.groups["infant"])
    scheme, _, value = code.partition(":")
    if scheme == "indicator" and _someone_elses(line, said) and "someone else's" not in around:
        around.append("someone else's")
    if scheme != "indicator":
        around = [each for each in around if each != "someone else's"]
    return Suggestion(
        entry=entry.name,
        field=FIELDS.get(scheme, scheme),
        value=value,
        words=entry.narrative[start:end],
        start=start,
        end=end,
        pattern=f"{line.code} {line.words}",
        strength="likely" if line.standing == SAYS_NOT else _as_sure(line.standing, around),
        heard=tuple(around),
        whose=(coder.people.name(said.word, entry),) if said.word else (),
        lasting=line.lasting,
    )


def _as_sure(standing: str, around: Sequence[str]) -> str:
    """The class of words: what is itself in doubt ("? fracture") is one class less sure."""
    return CLASSES[min(CLASSES.index(standing) + ("doubted" in around), len(CLASSES) - 1)]


def _code(line: Line, said: Whose, infants: Sequence[str]) -> str:
    """The code of a line, or what it means of a carer or a subject: an infant's drinking or depression is the carer's."""
    if said.kind == "c" and line.of_carer:
        return line.of_carer
    if said.kind == "s" and line.of_subject and said.word.removesuffix("'s") not in infants:
        return line.of_subject
    return line.code


def _someone_elses(line: Line, said: Whose) -> bool:
    return said.outside or (said.kind == "o" and bool(line.of_carer or line.of_subject))


def _rank(each: Suggestion) -> tuple[bool, int, int, int]:
    return not each.present, CLASSES.index(each.strength), each.start, -each.end


def _gathered(made: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """One suggestion for each field and value: the plainest, with the other places beside it."""
    by_value: dict[tuple[str, str], list[Suggestion]] = {}
    for each in made:
        by_value.setdefault((each.field, each.value), []).append(each)
    for several in by_value.values():
        ranked = sorted(several, key=_rank)
        best = ranked[0]
        also = sorted({(each.start, each.end) for each in ranked[1:]} - {(best.start, best.end)})
        yield replace(best, also=tuple(also))


def _narrowest(made: Sequence[Suggestion], terms: Terms) -> Iterator[Suggestion]:
    """Of a row's codes the narrowest: who says the narrower says the broader.

    A broader one is left out where the same words say a narrower one, and only to be looked at where other words do.
    """
    present = [each for each in made if each.present]
    broader = {each.value: terms.broader(each.field.removesuffix("s"), each.value) - {each.value} for each in present}
    for each in made:
        narrower = [other for other in present if other.field == each.field and each.value in broader[other.value]]
        if not each.present or not narrower:
            yield each
        elif not any(other.start < each.end and each.start < other.end for other in narrower):
            yield replace(each, strength="look")


def _said_again(made: Iterable[Suggestion], review: Review) -> Iterator[Suggestion]:
    """Suggestions of lasting conditions marked, after the first, with the row that first suggested them."""
    first: dict[tuple[str, tuple[str, ...]], str] = {}
    order = {entry.name: at for at, entry in enumerate(review.entries)}
    for each in sorted(made, key=lambda each: (order[each.entry], each.field, each.start, each.value)):
        if each.lasting and each.present and each.whose:
            earlier = first.setdefault((each.value, each.whose), each.entry)
            yield each if earlier == each.entry else replace(each, repeats=earlier)
        else:
            yield each
