"""Which agency of the review a cell names: by its name or alias, by a part of it, or by what kind of agency it is.

Agencies seldom write each other's names. "Police DA unit", "midwife" and "ward 4, Riverside Hospital" each name one
agency of a review all the same, where only one fits. Whatever is not a declared name or alias is a reading of ours: the
caller says so. Words that fit two agencies, or that say that nobody was told, name none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from kg.base.folding import spelling
from kg.model.review import Agency
from kg.terms.tables import Terms
from loaders.rows.cues import Token, folded, tokens_of
from loaders.rows.liaison_words import LiaisonWords
from loaders.rows.roster import Roster

LONGEST = 200
"""Words longer than this, in characters, are an account and name no agency."""

_LISTED = re.compile(r"[;\n\r]+")
_JOINED = re.compile(r",|\s+(?:and|&|\+)\s+|\s/\s|(?<=[a-z])/(?=[A-Za-z])", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_NOT = re.compile(
    r"\b(?:no|not|none|never|nobody|no one|nil|unsent|undelivered|returned|refused|declined|unable|tried|attempted|awaiting"
    r"|message left|left a? ?message|voicemail)\b"
)
_SPEAKS = re.compile(
    r"\b(?:tells?|told|informs?|informed|rang|rung|called|phoned|telephoned|asked|e?mailed|emailed|wrote|contacted|notified|advised"
    r"|requested|sent|referred|shared|reported|said|says|copied|passed|spoke|spoken|discussed|liaised|received|from|by|to|with"
    r"|cc|letter|report|update|updated|alerted|email|e mail|call|incoming|outgoing|inbound|outbound|was|were|aware)\b"
)


@dataclass(frozen=True, slots=True)
class Partner:
    """Words of a cell and the agency they name, or None.

    ``read``: a reading of ours, no declared name or alias. ``public``: the words mean the family or the public.
    """

    words: str
    agency: str | None
    read: bool = False
    public: bool = False


class Partners:
    """The agencies of one review, to be found again in what others wrote."""

    def __init__(self, agencies: Sequence[Agency], terms: Terms) -> None:
        self.roster = Roster((agency.name, agency.aliases) for agency in agencies)
        self._terms = terms
        self._liaison = LiaisonWords(terms)
        self._types: dict[str, list[str]] = {}
        for agency in agencies:
            self._types.setdefault(agency.type, []).append(agency.name)
        self._called: list[tuple[str, str]] = []
        starts: dict[str, dict[str, None]] = {}
        for agency in agencies:
            for name in (agency.name, *agency.aliases):
                words = spelling(name)
                if words and self.roster.find(name) == agency.name:
                    self._called.append((words, agency.name))
                for count in range(2, words.count(" ") + 1):
                    starts.setdefault(" ".join(words.split()[:count]), {})[agency.name] = None
        self._called += [(start, next(iter(owners))) for start, owners in starts.items() if len(owners) == 1]
        self._called.sort(key=lambda pair: -len(pair[0]))

    def type_of(self, name: str) -> str:
        """The type of one of the review's agencies, "" where it has none."""
        return next((kind for kind, names in self._types.items() if name in names), "")

    def suggest(self, words: str) -> str | None:
        """The agency that was perhaps meant, or None. For a person to decide."""
        return self.roster.suggest(words)

    def read(self, cell: str) -> tuple[Partner, ...]:
        """Each agency that a cell lists, in its order; words that name none stand with None."""
        found: list[Partner] = []
        for part in _LISTED.split(cell):
            words = " ".join(part.split())
            if words:
                found += self._part(words)
        return tuple(found)

    def _part(self, words: str) -> Iterable[Partner]:
        declared = self.roster.read(words)
        if len(words) > LONGEST or all(name is not None for _, name in declared):
            return [Partner(piece, name) for piece, name in declared]
        pieces = [piece.strip() for piece in _JOINED.split(_ASIDE.sub(self._unjoined, words)) if piece.strip()]
        if len(pieces) > 1 and not _NOT.search(spelling(words)):
            each = [self._one(piece.replace("\0", ",")) for piece in pieces]
            if len({partner.agency for partner in each}) == 1 and each[0].agency:
                return [Partner(words, each[0].agency, True)]
            if all(partner.agency for partner in each):
                return each
            whole = self._one(words)
            if whole.agency and all(partner.agency in (None, whole.agency) for partner in each):
                return [whole]
            return each
        return [self._one(words)]

    def _unjoined(self, aside: re.Match[str]) -> str:
        return aside[0].replace(",", "\0").replace("/", " ").replace("&", " ")

    def _one(self, words: str) -> Partner:
        name = self.roster.find(words)
        if name is not None:
            return Partner(words, name)
        if _NOT.search(spelling(words)):
            return Partner(words, None)
        for said in dict.fromkeys((words, _ASIDE.sub(" ", words))):
            read = self._within(said)
            if read is not None:
                return Partner(words, read, True)
        return Partner(words, None, public=self._public(words))

    def _within(self, words: str) -> str | None:
        """The one agency whose name or kind stands within the words; None where none or several do.

        Nor is one named where words beside its name mean another kind of agency: a school nurse is not the school.
        """
        whole = self._fitting(words.strip())
        if whole:
            return whole[0] if len(whole) == 1 else None
        tokens = spelling(words).split()
        found = self._places(tokens)
        names = {name for _, _, name in found}
        if len(names) != 1:
            return None
        (name,) = names
        taken = {at for start, end, _ in found for at in range(start, end)}
        return name if all(name in fitting for _, _, fitting in self._kinds(tokens, taken)) else None

    def _places(self, tokens: Sequence[str]) -> list[tuple[int, int, str]]:
        """Where words name an agency: from and to which word, and which. Names and aliases go before kinds."""
        taken: set[int] = set()
        found: list[tuple[int, int, str]] = []
        for called, name in self._called:
            size = called.count(" ") + 1
            for at in range(len(tokens) - size + 1):
                if " ".join(tokens[at : at + size]) == called and not taken.intersection(range(at, at + size)):
                    found.append((at, at + size, name))
                    taken.update(range(at, at + size))
        if not found:
            found = [(at, end, name) for at, end, fitting in self._kinds(tokens, taken) for name in fitting]
        return sorted(found)

    def _kinds(self, tokens: Sequence[str], taken: Set[int]) -> list[tuple[int, int, list[str]]]:
        """Where words that are not yet ``taken`` mean a kind of agency, the longest first, and which agencies are."""
        found: list[tuple[int, int, list[str]]] = []
        used = set(taken)
        for size in range(min(5, len(tokens)), 0, -1):
            for at in range(len(tokens) - size + 1):
                words = " ".join(tokens[at : at + size])
                if used.intersection(range(at, at + size)) or words.isdigit():
                    continue
                fitting = self._fitting(words)
                if fitting is not None and not self._public(words):  # "community midwife" is not the community
                    used.update(range(at, at + size))
                    found.append((at, at + size, fitting))
        return found

    def _fitting(self, words: str) -> list[str] | None:
        """The agencies of the kind that some words mean ("midwife"); None if they mean no kind of agency.

        Where the review has none of just that kind, those of the broader kind: "A&E" is the hospital's.
        """
        terms = self._terms
        kinds = [kind for kind in (terms.match("agency", words), terms.match("agency", f"adult {words}")) if kind]
        if not kinds:
            return None
        for around in (terms.narrower, terms.broader):
            near = {notation for kind in kinds for notation in around("agency", kind)}
            names = [name for kind, agencies in self._types.items() if kind in near for name in agencies]
            if names:
                return names
        return []

    def _public(self, words: str) -> bool:
        kind = self._terms.match("agency", words) if len(words) <= LONGEST else None
        concept = self._terms.concept("agency", kind) if kind else None
        return concept is not None and "public" in concept.flags

    # --- who told whom ------------------------------------------------------------------------------------------------

    def liaison(self, cell: str) -> tuple[tuple[Partner, ...], tuple[Partner, ...], tuple[str, ...]]:
        """Whom a cell of a column for both ways says was told, who told, and with whom its words leave the way open.

        Those with whom it is open stand among the told as well. Who was rung without answer was not told.
        """
        told: list[Partner] = []
        heard: list[Partner] = []
        either: list[str] = []
        for part in _LISTED.split(cell):
            words = " ".join(part.split())
            if not words:
                continue
            plain = spelling(words)
            at = self._places(plain.split()) if len(words) <= LONGEST and not _NOT.search(plain) else []
            if not at or not self._directed(plain):
                found = list(self._part(words))
                told += found
                either += [partner.agency for partner in found if partner.agency]
                continue
            tokens = tokens_of(plain)
            if len(tokens) != len(plain.split()):  # a word of signs only
                tokens = tuple(Token(folded(word), word) for word in plain.split())
            ways = self._liaison.ways(tokens, [(start, end) for start, end, _ in at])
            said: dict[str, str] = {}
            for (_, _, name), way in zip(at, ways, strict=True):
                said[name] = way if said.get(name, "either") == "either" else said[name]
            for name, way in said.items():
                (heard if way == "heard" else told).append(Partner(words, name, True))
                if way == "either":
                    either.append(name)
        sure = {partner.agency for partner in heard}
        return tuple(told), tuple(heard), tuple(dict.fromkeys(name for name in either if name not in sure))

    def _directed(self, plain: str) -> bool:
        """Whether some words say anything beside the names of agencies."""
        return any(partner.agency is None for partner in self._part(plain)) or bool(_SPEAKS.search(plain))
