"""Who is written where: the names in returns that review.toml does not declare, and whom each of them may mean.

A suggestion is for the reviewer to judge, with its score and the reasons in sentences; no two names are ever joined by
it. Only names and aliases that review.toml declares are recognised without being asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.base.folding import spelling
from kg.dates.ages import whole_years
from kg.dates.when import BEGINNING, DAY, END, day_of
from kg.model.record import Entry
from kg.model.review import Person, Review
from kg.model.reviewer import Judgement
from kg.people.kinship import Kin, kin_in, says_parent
from kg.people.likeness import FITS, SAME, SLIP, TIE, Clue, first_letters, likeness, score_of
from kg.people.names import Named, named
from kg.people.roll import parts_of, written_names
from kg.people.verdicts import Verdicts

WORTH_ASKING = 0.3
"""Pairs below this score are not suggested: our own convention."""

MOST = 3
"""How many persons at most are suggested for one written name."""

FAR_BEHIND = 0.25
"""A person whose score is so far below the likeliest is not suggested beside it."""

OBVIOUS = 0.9
"""Suggestions from this score on, of one listed person only, may be accepted together: our own convention."""

EXPECTING = 280 * DAY
"""Minutes before a birth within which a child is expected."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two names that may be one person's, for the reviewer to judge.

    ``words`` is a name as written that no list declares; ``person`` a listed person's name, or another such name where
    ``listed`` is false. ``score`` lies between 0 and 1; ``why`` are the reasons for and against. ``entries`` are the
    entries in which the words stand. ``verdict`` is "" or "unsure".
    """

    id: str
    words: str
    person: str
    listed: bool
    score: float
    why: tuple[str, ...]
    entries: tuple[str, ...]
    verdict: str = ""


@dataclass(frozen=True)
class _Writing:
    """One written name: its forms, the rows in which it stands, and its parts."""

    words: str
    rows: tuple[int, ...]
    parts: Named
    born: tuple[int, int] | None = None
    listed: bool = False

    @cached_property
    def key(self) -> str:
        return spelling(self.words)


_Ranked = tuple[float, _Writing, tuple[Clue, ...]]


def suggestions(review: Review, judgements: Sequence[Judgement] = ()) -> tuple[Suggestion, ...]:
    """The names that no list declares, each with the persons it may mean: the likeliest first, then by name.

    ``review`` is the review as the agencies wrote it, not as ``joined``. Pairs judged same or different are left out;
    a name judged the same as a listed person is not asked about again. A name for several people, or for nobody known,
    is never suggested. Groups are not formed here: each suggestion stands by itself.
    """
    return _People(review, judgements).suggested()


def obvious(found: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """The suggestions that a reviewer may accept together once they were seen together.

    Each is the only one for its words, of a listed person, scores 0.9 or more, was not judged unsure, and nothing speaks
    against it.
    """
    asked = Counter(each.words for each in found)
    return tuple(
        each
        for each in found
        if each.listed
        and each.score >= OBVIOUS
        and asked[each.words] == 1
        and not each.verdict
        and not any("(-" in reason for reason in each.why)
    )


class _People:
    def __init__(self, review: Review, judgements: Sequence[Judgement]) -> None:
        self.review = review
        self.verdicts = Verdicts(review, judgements)
        self.roll = self.verdicts.roll
        rows: dict[str, list[int]] = defaultdict(list)
        for row, entry in enumerate(review.entries):
            for name in {*entry.people, *entry.about}:
                rows[name].append(row)
        self.listed = [_listed(person, review, tuple(rows[person.name])) for person in review.people]
        self.household = frozenset(s for each in self.listed for s in each.parts.surnames if len(s) > 1)
        forms = written_names(review, self.roll)
        self.written = [
            _Writing(words, tuple(sorted({row for rows in spelt.values() for row in rows})), named(words))
            for words, spelt in sorted(forms.items())
        ]
        self.written = [each for each in self.written if not each.parts.several]
        self._together = self._named_together()
        self._both = self._both_surnames()

    def suggested(self) -> tuple[Suggestion, ...]:
        open_names = [each for each in self.written if not self._settled(each)]
        known = {one.key: self._ranked(one, self.listed) for one in self.written}
        # A name that means one listed person, if anybody listed, is as grown and of the same sex as that person.
        meant = {key: ranked[0][1] for key, ranked in known.items() if len(ranked) == 1}
        near = _Index([_like_person(each, meant.get(each.key)) for each in self.written])
        found: list[Suggestion] = []
        for one in open_names:
            ranked = known[one.key]
            persons = {other.key for _, other, _ in ranked}
            fuller = [
                other
                for other in near.like(one)
                if _rank(other) > _rank(one) and not (other.key in meant and meant[other.key].key in persons)
            ]
            ranked = _trimmed(ranked + self._apart(self._ranked(one, fuller)))
            found += self._asked(one, ranked)
        return tuple(sorted(found, key=lambda each: (-each.score, each.words.casefold(), each.person.casefold())))

    def _ranked(self, one: _Writing, others: Sequence[_Writing]) -> list[_Ranked]:
        """Those of some names that one may mean, the likeliest first."""
        found = [(score_of(clues), other, clues) for other in others if (clues := self._clues(one, other))]
        return _trimmed([each for each in found if each[0] >= WORTH_ASKING])

    def _apart(self, ranked: list[_Ranked]) -> list[_Ranked]:
        """Of unlisted names that may be one person's, the first; the others will be asked about by themselves."""
        kept: list[_Ranked] = []
        for each in ranked:
            if all(score_of(self._clues(each[1], other)) < WORTH_ASKING for _, other, _ in kept):
                kept.append(each)
        return kept

    def _settled(self, one: _Writing) -> bool:
        person = self.verdicts.person(one.words)
        return person is not None and (self.roll.listed(person) is not None or spelling(person) != one.key)

    def _asked(self, one: _Writing, ranked: list[_Ranked]) -> Iterator[Suggestion]:
        for _, other, clues in ranked[:MOST]:
            id = self.roll.pair(one.words, other.words)
            judged = self.verdicts.of.get(id)
            if judged is not None and judged.verdict in ("same", "different"):
                continue
            rivals = [each.words for _, each, _ in ranked if each is not other]
            if rivals:
                clues = (*clues, Clue(-FITS, f"it may as well mean {' or '.join(rivals[:2])}"))
            why = tuple(
                _sentence(clue) for clue in sorted(clues, key=lambda clue: (clue.weight < 0, -abs(clue.weight)))
            )
            names_in = tuple(self.review.entries[row].name for row in one.rows)
            verdict = "unsure" if judged is not None and judged.verdict == "unsure" else ""
            yield Suggestion(id, one.words, other.words, other.listed, score_of(clues), why, names_in, verdict)

    def _clues(self, one: _Writing, other: _Writing) -> tuple[Clue, ...]:
        if one.key == other.key:
            return ()
        clues = [*likeness(one.parts, other.parts, household=self.household)]
        clues += self._by_age(one, other)
        clues += self._unborn(one, other)
        if not any(clue.weight > 0 for clue in clues):
            return ()
        clues += self._alone(one, other, clues)
        if one.parts.whose and one.parts.kin is not None and other.listed:
            tie = self._tied(one.parts.kin, other.words)
            if tie:
                clues.append(Clue(TIE, tie))
        clues += self._namesakes(one, other)
        clues += self._by_rows(one, other)
        return tuple(clues)

    def _namesakes(self, one: _Writing, other: _Writing) -> Iterator[Clue]:
        """That the forename is, letter for letter, somebody else's who is listed: look-alikes stay apart."""
        own, theirs = set(one.parts.forenames), set(other.parts.forenames)
        if own & theirs or not any(len(n) > 1 for n in own) or not any(len(n) > 1 for n in theirs):
            return
        for each in self.listed:
            if each is not other and own & set(each.parts.forenames):
                yield Clue(-SAME, f'"{min(own).title()}" is the forename of {each.words}, who is listed')
                return

    def _unborn(self, one: _Writing, other: _Writing) -> Iterator[Clue]:
        """What "unborn", or "baby" without a forename, says of somebody listed as unborn, and of anybody else."""
        kin, parts = one.parts.kin, one.parts
        if kin is None or not kin.marks & {"unborn", "baby"} or (len(parts.forenames) > 1 or parts.surnames):
            return
        if parts.whose and self.roll.listed(parts.whose) is None and not says_parent(parts.whose, "f"):
            return
        expected = [e for e in self.listed if e.parts.kin is not None and "unborn" in e.parts.kin.marks]
        if other in expected:
            alone = len(expected) == 1
            said = f"{other.words} is listed as an unborn child" + (", and nobody else" if alone else "")
            yield Clue(SAME + FITS if alone else TIE, said)
        elif "unborn" in kin.marks and (expected or other.parts.forenames) and other.born is None:
            yield Clue(-SAME, f"{other.words} is not listed as an unborn child")

    def _alone(self, one: _Writing, other: _Writing, clues: Sequence[Clue]) -> Iterator[Clue]:
        """What it tells that a title and surname, initials or a family word fit one listed person only."""
        parts = one.parts
        if parts.forenames or parts.age is not None or (parts.kin is not None and parts.kin.generation == 0):
            return
        if parts.surnames and not parts.initials:
            yield Clue(-2 * FITS, "only the surname is shared")
        if other.listed and sum(clue.weight for clue in clues) >= SLIP:
            fits = sum(sum(c.weight for c in likeness(parts, each.parts)) >= SLIP for each in self.listed)
            if fits == 1:
                yield Clue(2 * FITS, "nobody else who is listed could be meant so")

    # --- what the entries say ------------------------------------------------------------------------------------------

    def _by_rows(self, one: _Writing, other: _Writing) -> Iterator[Clue]:
        entry = ""
        namesakes = any(each is not other and _letter_for_letter(one.parts, each.parts) for each in self.listed)
        for pair in () if namesakes else ((one.parts, other.parts), (other.parts, one.parts)):
            entry = self._one_with_both(*pair)
            if entry:
                yield Clue(SAME + 2 * FITS, f"{entry} writes both surnames for one person")
                break
        rows = self._together.get((one.key, other.key))
        if rows:
            others = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
            said = f"both are named in one entry ({self.review.entries[rows[0]].name}{others})"
            yield Clue(-3.0 if entry else -SAME - 2 * FITS, said)
        agencies = {self.review.entries[row].agency for row in other.rows}
        same = [e.agency for row in one.rows if (e := self.review.entries[row]).agency in agencies]
        if same:
            yield Clue(FITS, f"{same[0]} names both")

    def _by_age(self, one: _Writing, other: _Writing) -> list[Clue]:
        """Ages and "baby" or "unborn" held against a date of birth on the days of the entries."""
        kin, born = one.parts.kin, other.born
        if born is None or (one.parts.age is None and (kin is None or kin.generation is None)):
            return []
        whens = [self.review.entries[row].when for row in one.rows]
        whens = [when for when in whens if when.earliest != BEGINNING and when.latest != END]
        if not whens or one.parts.whose:
            return []
        first, last = min(when.earliest for when in whens), max(when.latest for when in whens)
        if kin is not None and "unborn" in kin.marks:
            if born[1] < first or born[0] - last > EXPECTING:
                return [Clue(-2 * SAME, f"{other.words} was not expected then")]
            alone = sum(each.born is not None and first - DAY <= each.born[1] and each.born[0] - last <= EXPECTING
                        for each in self.listed) == 1  # fmt: skip
            said = f"{other.words} was expected then" + (", and no other listed child" if alone else "")
            return [Clue(SAME + FITS if alone else TIE, said)]
        if last < born[0]:
            return [Clue(-2 * SAME, f"{other.words} was not yet born")]
        low, high = _years(born[1], first), _years(born[0], last)
        if one.parts.age is not None:
            if low - 1 <= one.parts.age <= high + 1:
                exact = low <= one.parts.age <= high
                return [Clue(SAME if exact else 2 * FITS, f"{other.words} was {_said_age(low, high)} then")]
            return [Clue(-SAME, f"{other.words} was {_said_age(low, high)} then")]
        if kin is not None and "baby" in kin.marks:
            if low >= 2:
                return [Clue(-2 * SAME, f"{other.words} was {_said_age(low, high)} then, and no baby")]
            alone = sum(each.born is not None and each.born[0] <= last and _years(each.born[1], first) < 2
                        for each in self.listed) == 1  # fmt: skip
            said = f"{other.words} was a baby then" + (", and no other listed child" if alone else "")
            return [Clue(SAME if alone else 2 * FITS, said)]
        if kin is not None and kin.generation == 0 and low >= 18:
            return [Clue(-2 * SAME, f"{other.words} was grown up then")]
        return []

    def _named_together(self) -> Mapping[tuple[str, str], list[int]]:
        """The rows in which two names stand side by side, by both spellings either way round."""
        known, found = {spelling(each.words) for each in self.listed}, defaultdict(list)
        for row, entry in enumerate(self.review.entries):
            keys = {spelling(self.roll.listed(part) or part) for words in (*entry.people, *entry.about)
                    for part in parts_of(words, self.roll)}  # fmt: skip
            if len(keys) > 1 and not keys <= known:
                for a in keys:
                    for b in keys - {a}:
                        if a not in known or b not in known:
                            found[a, b].append(row)
        return found

    def _both_surnames(self) -> list[tuple[frozenset[str], frozenset[str], str]]:
        """Where one name is written with two surnames: its forenames, its surnames, and the first entry."""
        return [
            (frozenset(each.parts.forenames), frozenset(each.parts.surnames), self.review.entries[each.rows[0]].name)
            for each in self.written
            if len(each.parts.surnames) > 1 and each.parts.forenames
        ]

    def _one_with_both(self, one: Named, other: Named) -> str:
        if set(one.surnames) & set(other.surnames) or not set(one.forenames) & set(other.forenames):
            return ""
        for forenames, surnames, entry in self._both:
            if forenames & set(one.forenames) and surnames & set(one.surnames) and surnames & set(other.surnames):
                return entry
        return ""

    def _tied(self, kin: Kin, person: str) -> str:
        listed = self.review.person(person)
        for relation in listed.relations if listed is not None else ():
            tie, _, whom = relation.partition(" of ")
            said = kin_in(spelling(tie))[0]
            if said is not None and said.tie == kin.tie:
                return f"review.toml says {person} is {kin.tie} of {whom.strip()}"
        own = named(listed.role).kin if listed is not None and listed.role else None
        if listed is not None and not listed.relations and own is not None and own.tie == kin.tie and kin.generation:
            return f"review.toml says {person} is {kin.tie}"
        return ""


class _Index:
    """Written names by the letters they begin with, so that not every name is held against every other."""

    def __init__(self, written: Sequence[_Writing]) -> None:
        self._by: dict[str, list[_Writing]] = defaultdict(list)
        for each in written:
            for key in self._keys(each, partly=True):
                self._by[key].append(each)

    def like(self, one: _Writing) -> list[_Writing]:
        """The names that may be fuller forms of one: the same first letters, or those of a pet form."""
        keys = self._keys(one, partly=not one.parts.full)
        found = {id(other): other for key in keys for other in self._by[key] if other.key != one.key}
        return sorted(found.values(), key=lambda other: other.key)

    def _keys(self, each: _Writing, *, partly: bool) -> set[str]:
        parts = each.parts
        fore = {sign for name in parts.forenames for sign in first_letters(name)}
        sur = {name[0] for name in parts.surnames}
        keys = {f"{f} {s}" for f in fore for s in sur}
        if partly:
            keys |= {f"{f} -" for f in fore} | {f"- {s}" for s in sur}
            keys |= {f"- {f}" for f in fore} if parts.alone else set()
            keys |= {f"{sign} -" for sign in parts.initials[:1]}
        if parts.kin is not None and "known-by-house" in parts.kin.marks:
            keys.add("neighbour")
        return keys


def _letter_for_letter(one: Named, other: Named) -> bool:
    """Whether two whole names are the same forename and surname."""
    return (
        one.full and other.full and one.forenames[:1] == other.forenames[:1] and one.surnames[:1] == other.surnames[:1]
    )


def _trimmed(ranked: list[_Ranked]) -> list[_Ranked]:
    """In order, listed people first where the score is the same, without those far behind the first."""
    ranked = sorted(ranked, key=lambda each: (-each[0], not each[1].listed, each[1].key))
    return [each for each in ranked if each[0] > ranked[0][0] - FAR_BEHIND]


def _like_person(each: _Writing, person: _Writing | None) -> _Writing:
    if person is None:
        return each
    parts = each.parts
    grown = parts.grown if parts.grown is not None else person.parts.grown
    return replace(each, parts=replace(parts, sex=parts.sex or person.parts.sex, grown=grown))


def _listed(person: Person, review: Review, rows: tuple[int, ...]) -> _Writing:
    """A listed person with every name that review.toml gives, and the surnames of their parents as earlier ones."""
    parts = named(person.name)
    role = named(person.role) if person.role else Named("")
    for alias in person.aliases:
        other = named(alias)
        if other.forenames and not other.several and not other.kin:
            parts = replace(
                parts,
                forenames=tuple(dict.fromkeys((*parts.forenames, *other.forenames))),
                surnames=tuple(dict.fromkeys((*parts.surnames, *other.surnames))),
            )
    earlier = [s for parent in _parents(person, review) for s in named(parent.name).surnames if s not in parts.surnames]
    kin = role.kin
    parts = replace(
        parts,
        words=person.name,
        alone=False,
        kin=kin,
        kin_word=spelling(person.role) if kin else "",
        sex=parts.sex or role.sex,
        grown=kin.generation > 0 if kin is not None and kin.generation is not None else parts.grown,
        earlier=tuple(dict.fromkeys(earlier)),
    )
    born = (person.born.earliest, person.born.latest) if person.born is not None and person.born.closed else None
    return _Writing(person.name, rows, parts, born, True)


def _parents(person: Person, review: Review) -> Iterator[Person]:
    """The listed people who are said to be a parent of someone, on either side of the relation."""
    own = [spelling(name) for name in (person.name, *person.aliases)]
    for other in review.people:
        for relation in other.relations:
            tie, _, whom = spelling(relation).partition(" of ")
            if says_parent(tie) and any(f" {name} " in f" {whom} " for name in own):
                yield other
        for relation in person.relations:
            tie, _, whom = spelling(relation).partition(" of ")
            said = kin_in(tie)[0]
            if said is not None and said.of_a_parent and f" {spelling(other.name)} " in f" {whom} ":
                yield other


def _rank(each: _Writing) -> tuple[bool, int, int, str]:
    """How full a name is: the fuller of two stands for both."""
    parts = each.parts
    letters = sum(map(len, (*parts.forenames[:1], *parts.surnames[:1])))
    return parts.full, min(letters, 10), len(each.rows), each.key


def _years(born: int, moment: int) -> int:
    if moment < born:
        return 0
    return whole_years(day_of(born), day_of(moment))


def _said_age(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low} to {high}"


def _sentence(clue: Clue) -> str:
    sign = "+" if clue.weight >= 0 else "-"
    return f"{clue.said[0].upper()}{clue.said[1:]} ({sign}{abs(clue.weight):g})"


def agencies_of(suggestion: Suggestion, entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """The agencies that write the words of a suggestion, in the order of its entries."""
    return tuple(dict.fromkeys(entries[name].agency for name in suggestion.entries))
