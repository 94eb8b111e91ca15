"""What the reviewer decided of two names, and the review read with it: same, different, unsure.

A judgement is of two written names, wherever they stand. "Same" joins their entries for the reader; whether an agency
knew that two names are one person is another question, and ``Entry.joined`` keeps it apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.model.problem import Problem
from kg.model.record import Entry
from kg.model.review import Review
from kg.model.reviewer import OF_NAMES, Judgement
from kg.people.names import named
from kg.people.roll import Roll, parts_of, written_names


class Verdicts:
    """The judgements on names that stand: the last one of each pair, and the names that they join.

    ``of`` maps the id of a pair to the judgement that stands on it. ``person`` gives the name under which a written name
    is read. Where judgements contradict each other none of the names they touch is joined, and ``problems`` says so.
    """

    def __init__(self, review: Review, judgements: Sequence[Judgement]) -> None:
        self.roll = Roll(review)
        self.of: dict[str, Judgement] = {}
        self.problems: list[Problem] = []
        ruled = [judgement for judgement in judgements if judgement.verdict in (*OF_NAMES, "open")]
        self._same: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        if not any(judgement.verdict in OF_NAMES for judgement in ruled):
            return
        pairs = self._pairs(review, ruled)
        by_pair: dict[str, dict[str, Judgement]] = {}
        for judgement in ruled:
            if judgement.id in pairs or judgement.verdict in OF_NAMES:
                self.of.pop(judgement.id, None)
                self.of[judgement.id] = judgement
                by_pair.setdefault(judgement.id, {}).pop(judgement.by.casefold(), None)
                by_pair[judgement.id][judgement.by.casefold()] = judgement
        self._disagreements(by_pair, pairs)
        standing = [(judgement, pairs.get(id)) for id, judgement in self.of.items()]
        self.problems += [_no_longer(judgement) for judgement, pair in standing if pair is None]
        self._join([(j, pair) for j, pair in standing if pair is not None])

    def person(self, words: str) -> str | None:
        """The name under which the reviewer has some written name read, or None where nothing was decided."""
        root = self._same.get(self.roll.key(words))
        return None if root is None else self._shown[root]

    def _pairs(self, review: Review, ruled: Sequence[Judgement]) -> dict[str, tuple[str, str]]:
        """The two names of each judgement: as it says them, else found among all names by its id."""
        pairs: dict[str, tuple[str, str]] = {}
        missing: set[str] = set()
        for judgement in ruled:
            if len(judgement.names) == 2:
                one, other = judgement.names
                if self.roll.pair(one, other) == judgement.id:
                    pairs[judgement.id] = (one, other)
                    continue
            if judgement.id.startswith("names-"):
                missing.add(judgement.id)
        missing -= pairs.keys()
        if missing:
            written = {self.roll.key(words): words for words in (*written_names(review, self.roll), *self.roll.names)}
            names = [written[key] for key in sorted(written)]
            for at, one in enumerate(names):
                for other in names[at + 1 :]:
                    id = self.roll.pair(one, other)
                    if id in missing:
                        pairs[id] = (one, other)
        return pairs

    def _disagreements(
        self, by_pair: Mapping[str, Mapping[str, Judgement]], pairs: Mapping[str, tuple[str, str]]
    ) -> None:
        for id, decided in by_pair.items():
            last = self.of[id]
            others = [each for each in decided.values() if each.verdict != last.verdict and each.verdict in OF_NAMES]
            if others and last.verdict in OF_NAMES and id in pairs:
                one, other = pairs[id]
                rows = "; ".join(f"{each.verdict} by {each.by} on row {each.place.row}" for each in (*others, last))
                self.problems.append(
                    Problem(
                        last.place,
                        "note",
                        f'"{one}" and "{other}" were judged in two ways',
                        rows,
                        f"The last judgement stands: {last.verdict}.",
                        "Agree on it, and let the one who changes their mind judge once more.",
                    )
                )

    def _join(self, standing: Sequence[tuple[Judgement, tuple[str, str]]]) -> None:
        key, words = self.roll.key, {}
        parent: dict[str, str] = {}

        def root(of: str) -> str:
            while parent.setdefault(of, of) != of:
                of = parent[of]
            return of

        same = [(j, pair) for j, pair in standing if j.verdict == "same"]
        for _, (one, other) in same:
            words.update({key(one): one, key(other): other})
            a, b = sorted((root(key(one)), root(key(other))))
            parent[b] = a
        groups: dict[str, list[str]] = {}
        for each in sorted(words):
            groups.setdefault(root(each), []).append(each)
        broken: set[str] = set()
        for judgement, (one, other) in standing:
            if judgement.verdict == "different" and key(one) in words and root(key(one)) == root(key(other)):
                broken.add(root(key(one)))
                chain = [j for j, (a, _) in same if root(key(a)) == root(key(one))]
                self.problems.append(_contradiction(judgement, one, other, chain))
        for top, members in groups.items():
            persons = sorted({person for each in members if (person := self.roll.listed(words[each])) is not None})
            if len(persons) > 1:
                chain = [j for j, (a, _) in same if root(key(a)) == top]
                self.problems.append(_two_listed(persons, chain))
            elif top not in broken:
                shown = persons[0] if persons else max((words[m] for m in members), key=_fullness)
                self._shown[top] = shown
                self._same.update(dict.fromkeys(members, top))


def joined(review: Review, judgements: Sequence[Judgement]) -> Review:
    """The review as the reviewer reads it: names judged the same stand under one name, that of the listed person if any.

    The words stay in the entry's cells, and ``Entry.joined`` says which names only this judgement made one. Judgements
    that contradict each other join nothing (``name_problems`` says which). Nothing is joined without a judgement.
    """
    if not any(judgement.verdict == "same" for judgement in judgements):
        return review
    return _read_with(review, Verdicts(review, judgements))


def name_problems(review: Review, judgements: Sequence[Judgement]) -> tuple[Problem, ...]:
    """What is wrong with the judgements on names: contradictions, two minds on one pair, and names no longer written."""
    return tuple(sorted(Verdicts(review, judgements).problems, key=lambda problem: problem.place.row))


def _read_with(review: Review, verdicts: Verdicts) -> Review:
    roll, known = verdicts.roll, frozenset(verdicts.roll.names)
    read: dict[str, tuple[str, ...]] = {}

    def persons(words: str) -> tuple[str, ...]:
        found = read.get(words)
        if found is None:
            person = verdicts.person(words)
            found = (words,)
            if person is not None:
                found = (person,)
            else:
                parts = parts_of(words, roll)
                each = [verdicts.person(part) or roll.listed(part) for part in parts]
                if len(parts) > 1 and all(each):
                    found = tuple(name for name in each if name)
            read[words] = found
        return found

    def entry_read(entry: Entry) -> Entry:
        changed = [
            w for w in (*entry.people, *entry.about, *entry.seen_people) if w not in known and persons(w) != (w,)
        ]
        if not changed:
            return entry
        own = {name for name in (*entry.people, *entry.about) if name not in changed}
        own |= {person for words in changed for part in parts_of(words, roll) if (person := roll.listed(part))}
        recognised = [(w, person) for w in changed for person in persons(w) if person not in own]
        return replace(
            entry,
            people=_each(person for words in entry.people for person in persons(words)),
            about=_each(person for words in entry.about for person in persons(words)),
            seen_people=_each(person for words in entry.seen_people for person in persons(words)),
            joined=tuple(dict.fromkeys(recognised)),
        )

    entries = tuple(map(entry_read, review.entries))
    return (
        review
        if all(a is b for a, b in zip(entries, review.entries, strict=True))
        else replace(review, entries=entries)
    )


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _fullness(words: str) -> tuple[bool, int, str]:
    name = named(words)
    return name.full, len("".join((*name.forenames, *name.surnames[:1]))), words


def _rows(judgements: Iterable[Judgement]) -> str:
    return "; ".join(
        f"row {j.place.row} ({j.verdict} by {j.by})" for j in sorted(judgements, key=lambda j: j.place.row)
    )


def _contradiction(judgement: Judgement, one: str, other: str, chain: Sequence[Judgement]) -> Problem:
    return Problem(
        judgement.place,
        "error",
        f'"{one}" and "{other}" are judged different, and the same by way of other judgements',
        f"{_rows([judgement])}, against {_rows(chain)}",
        "None of these names is joined.",
        "Look at the entries again, and judge one of these pairs anew.",
    )


def _two_listed(persons: Sequence[str], chain: Sequence[Judgement]) -> Problem:
    last = max(chain, key=lambda judgement: judgement.place.row)
    return Problem(
        last.place,
        "error",
        f"{' and '.join(persons)} are made one person",
        f"review.toml lists them as {len(persons)} people: {_rows(chain)}",
        "None of these names is joined.",
        "Judge one of these pairs anew; if they are one person, list them once in review.toml.",
    )


def _no_longer(judgement: Judgement) -> Problem:
    names = " and ".join(f'"{name}"' for name in judgement.names) or judgement.id
    return Problem(
        judgement.place,
        "note",
        f"the judgement on {names} ({judgement.verdict} by {judgement.by}) no longer applies",
        "its two names are not those of its id, or stand in no return now",
        "It counts for nothing at present. The row stays in the file.",
        "Look whether it should be judged anew.",
    )
