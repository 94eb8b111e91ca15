"""What a column of a return is where no heading is known word for word: the words of its heading, and its cells.

Both witnesses are linear and their weights are data (``ontology/headings.ttl``): what each word and each sign of the cells
speaks for is added up, and the column of a return with most is taken if it has enough, and more than the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.base.folding import singular, spelling
from kg.terms.tables import Terms
from loaders.rows.contact_words import ContactWords
from loaders.rows.partners import Partners
from loaders.rows.roster import Roster
from loaders.rows.shape import SENTENCE, dated

ENOUGH = 3
"""What a column must have in all to be taken."""

MARGIN = 1
"""By how much it must be ahead of the next."""

NONE = "none"
"""What is no column of a return: an address, a status."""

LOOKED_AT = 40
"""How many filled cells of a column are looked at."""

REMEMBERED = 20_000
"""How many cells are remembered with their signs."""

_CLOCK = re.compile(
    r"\W*(?:[01]?\d|2[0-4])(?:[:.][0-5]\d(?:[:.][0-5]\d)?\s*(?:hrs?|hours|[ap]\.?m\.?)?|\s*(?:hrs?|hours|[ap]\.?m\.?))\W*"
    r"|\W*(?:[01]\d|2[0-3])[0-5]\d\s*(?:hrs?|hours)?\W*|(?:early|late|mid)?\W*(?:morning|afternoon|evening|night|noon|midday|midnight|a\.?m|p\.?m|n/?k)\W*",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Za-z]{0,12}[-/. ]?(?:[A-Za-z0-9]{1,12}[-/. ])*[A-Za-z]{0,4}\d[\w./-]*", re.ASCII)
_LISTED = re.compile(r"[;,\n\r/&+()]+|\band\b")
_TICKED = re.compile(r"\s*[☑✓✔✅🗸🗹☒⊠✗✘❌☐□]")
_PHRASE = re.compile(
    r"[^\W\d_][\w/'.-]*,?(?: [\w/'.-]+,?)*? (?!and\b|de\b|van\b|von\b|der\b|bin\b|al\b|el\b|ap\b)[^\W\d_A-Z]{3,}\b"
)
"""Words of which a later one begins small: no name, though perhaps a post."""

_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
"""Where a heading written as one word ("dateOfContact") begins its next word."""

_SHORT = 80


@dataclass(slots=True)
class Likeness:
    """What the filled cells of one column are like: how many, in what share of them each sign stands, and their words."""

    filled: int = 0
    shares: Mapping[str, float] = field(default_factory=dict)
    words: float = 0.0
    distinct: float = 0.0

    def share(self, sign: str) -> float:
        """In what share of the cells, of 1, a sign stands."""
        return self.shares.get(sign, 0.0)


@dataclass(frozen=True, slots=True)
class Listed:
    """Whom a review lists: its people and its agencies, to be known again in the cells."""

    people: Roster
    agencies: Partners
    known: dict[str, bool] = field(default_factory=dict)

    def names_agency(self, cell: str) -> bool:
        """Whether a cell names an agency of the review; remembered."""
        found = self.known.get(cell)
        if found is None:
            found = self.known[cell] = any(partner.agency for partner in self.agencies.read(cell))
        return found


class Witnesses:
    """The two witnesses of one ontology: its words for headings, and what its vocabularies make of cells."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._words = {tuple(_folded(words, digits=True)): weights for words, weights in terms.heading_words.items()}
        self._longest = max(map(len, self._words), default=0)
        self._staff = {words for words, weights in self._words.items() if weights.get("professional", 0) >= 3}
        self._contacts = _cues(terms, "contact", ("response", "indicator", "agency", "seen"))
        self._said: dict[str, dict[str, int]] = {}
        self._signs: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _kinds(self) -> ContactWords:
        return ContactWords(self.terms)

    # --- the words of a heading -------------------------------------------------------------------------------------

    def words(self, heading: str) -> dict[str, int]:
        """What the words of a heading speak for, the longest known phrase first; a word counts once."""
        known = self._said.get(heading)
        if known is None:
            known = self._said[heading] = self._spoken(heading) if len(heading) <= 2 * _SHORT else {}
        return known

    def _spoken(self, heading: str) -> dict[str, int]:
        apart = heading if " " in heading.strip() else _HUMPS.sub(" ", heading)
        tokens, said = _folded(apart, digits=True), dict[str, int]()
        used: set[tuple[str, ...]] = set()
        at = 0
        while at < len(tokens):
            for size in range(min(self._longest, len(tokens) - at), 0, -1):
                words = tuple(tokens[at : at + size])
                if words in self._words:
                    if words not in used:
                        used.add(words)
                        for column, weight in self._words[words].items():
                            said[column] = said.get(column, 0) + weight
                    at += size
                    break
            else:
                at += 1
        return said

    def hint(self, cells: Sequence[str]) -> int:
        """How many cells of a row are headings by their words alone."""
        return sum(1 for cell in cells if cell.strip() and max(self.words(cell).values(), default=0) >= ENOUGH)

    # --- the cells of a column --------------------------------------------------------------------------------------

    def cells(self, cells: Iterable[str], listed: Listed) -> Likeness:
        """What the filled cells of a column are like; the first of them are looked at."""
        some: list[str] = []
        for cell in cells:
            if cell and not cell.isspace():
                some.append(cell.strip())
                if len(some) >= LOOKED_AT:
                    break
        if not some:
            return Likeness()
        found = dict.fromkeys((sign.name for sign in self.terms.cell_signs), 0)
        counts = Counter(some)
        for cell, count in counts.items():
            for sign in (*self._borne(cell), *self._named(cell, listed)):
                found[sign] = found.get(sign, 0) + count
        distinct = len(counts) / len(some)
        if distinct < 0.7:
            found["code"] = 0
        lengths = [cell.count(" ") + 1 for cell in some]
        shares = {sign: count / len(some) for sign, count in found.items()}
        return Likeness(len(some), shares, sum(lengths) / len(lengths), distinct)

    def _borne(self, cell: str) -> tuple[str, ...]:
        """The signs of a cell that are the same in every review; remembered."""
        known = self._signs.get(cell)
        if known is None:
            known = tuple(self._signs_of(cell))
            if len(self._signs) < REMEMBERED:
                self._signs[cell] = known
        return known

    def _signs_of(self, cell: str) -> Iterable[str]:
        if cell.count(" ") + 1 >= SENTENCE:
            yield "prose"
        if len(cell) > _SHORT:
            return
        if dated(cell):
            yield "date"
        elif _CLOCK.fullmatch(cell):
            yield "clock"
        elif _CODE.fullmatch(cell):
            yield "code"
        if self._seen(cell):
            yield "seen"
        if self._is_staff(cell):
            yield "staff"
        elif _PHRASE.match(cell):
            yield "phrase"
        elif self._is_contact(cell):
            yield "contact"
        if cell.count(" ") + 1 < SENTENCE and self._kinds.read(cell) is not None:
            yield "contact-read"
        pieces = [piece.strip() for piece in re.split(r"[;,\n]", cell) if piece.strip()]
        for scheme in ("indicator", "response"):
            if any(self.terms.match(scheme, piece) for piece in pieces):
                yield scheme

    def _named(self, cell: str, listed: Listed) -> Iterable[str]:
        """Whether a cell names people or agencies of the review; sentences, dates and words of a vocabulary name neither."""
        if len(cell) > _SHORT or not {"date", "clock", "code", "prose", "indicator"}.isdisjoint(self._borne(cell)):
            return
        if _person(cell, listed.people):
            yield "person"
        elif listed.names_agency(cell):
            yield "agency"

    def _seen(self, cell: str) -> bool:
        if _TICKED.match(cell):
            return True
        head = re.split(r"[-\u2013\u2014(,.;:]", cell, maxsplit=1)[0].strip()
        if not head:
            return False
        first = head.split()
        return any(self.terms.match("seen", words) for words in (cell, head, first[0], " ".join(first[:2])))

    def vocabulary(self, choices: Sequence[str], *, of_all: bool = False) -> str:
        """The column of whose vocabulary at least half of some words are (or all); "" where there is none."""
        contact = sum(1 for words in choices if self._kinds.read(words) is not None)
        seen = sum(1 for words in choices if self._seen(words))
        most, column = max((seen, "seen"), (contact, "contact"))
        return column if most >= (len(choices) if of_all else (len(choices) + 1) // 2) else ""

    def _is_staff(self, cell: str) -> bool:
        tokens = _folded(cell)
        if len(tokens) > 6:
            return False
        return any(
            tuple(tokens[at : at + size]) in self._staff for size in (1, 2) for at in range(len(tokens) - size + 1)
        )

    def _is_contact(self, cell: str) -> bool:
        if self.terms.match("contact", cell):
            return True
        tokens = _folded(cell)
        return len(tokens) <= 6 and any(token in self._contacts for token in tokens)

    def spoken_by(self, like: Likeness) -> dict[str, int]:
        """What the cells of a column speak for, and against. Fewer than two cells speak for little: half."""
        said: dict[str, int] = {}
        for sign in self.terms.cell_signs if like.filled else ():
            share = like.share(sign.name)
            weights = sign.speaks if share >= sign.least else sign.lack_speaks if share < sign.hardly else {}
            for column, weight in weights.items():
                said[column] = said.get(column, 0) + (weight if like.filled > 1 or weight < 0 else max(weight - 1, 1))
        return said

    def why(self, like: Likeness) -> str:
        """What the cells are like, in words: the signs that at least half of them bear."""
        said = [sign.label for sign in self.terms.cell_signs if like.filled and like.share(sign.name) >= sign.least]
        return " and ".join(said)


def best(said: Mapping[str, int], allowed: Iterable[str] | None = None) -> tuple[str, int, int]:
    """The column with most weight, its weight, and how far it is ahead of the next; ("", 0, 0) where there is none."""
    among = said if allowed is None else {column: said[column] for column in allowed if column in said}
    ordered = sorted(among.items(), key=lambda pair: -pair[1])
    if not ordered:
        return "", 0, 0
    second = ordered[1][1] if len(ordered) > 1 else 0
    return ordered[0][0], ordered[0][1], ordered[0][1] - max(second, 0)


def _person(cell: str, people: Roster) -> bool:
    if people.find(cell) is not None or any(name for _, name in people.read(cell)):
        return True
    return any(people.find(piece) for piece in _LISTED.split(cell) if piece.strip())


def _folded(words: str, *, digits: bool = False) -> list[str]:
    return [singular(word) for word in spelling(words).split() if digits or not word.isdigit()]


def _cues(terms: Terms, scheme: str, others: Sequence[str]) -> frozenset[str]:
    """The words that stand in the names of one vocabulary and hardly in those of others."""

    def tokens(name: str) -> list[str]:
        concepts = terms.schemes[name].concepts if name in terms.schemes else ()
        return [word for c in concepts for words in {c.label, *c.alt} for word in set(_folded(words))]

    own, beside = tokens(scheme), [word for other in others for word in tokens(other)]
    counts: dict[str, int] = {}
    for word in own:
        counts[word] = counts.get(word, 0) + 1
    against: dict[str, int] = {}
    for word in beside:
        against[word] = against.get(word, 0) + 1
    return frozenset(
        word for word, count in counts.items() if len(word) > 2 and count > 1 and count >= 2 * against.get(word, 0)
    )
