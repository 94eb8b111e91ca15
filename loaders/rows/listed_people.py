"""The listed people of a review, found again where a return writes a title, birth date, age, number or role beside a name.

A declared name with only such words beside it is that person; the cell stays as written. Words that do not fit (another
birth date, another role, a man's title for a mother) leave the name unfound, for the reviewer to judge, and so does
everything else: a forename alone, a surname first without a comma, another spelling.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.base.folding import spelling
from kg.dates.reader import DateReader
from kg.dates.when import When, day_of
from kg.model.review import Person
from kg.people.kinship import clash, kin_in, same_tie, says_several
from kg.people.names import GROWN, TITLES
from kg.terms.tables import Terms
from loaders.rows.cues import of_part
from loaders.rows.roster import Roster

LONGEST = 200
"""Words longer than this, in characters, name nobody."""

TIGHT = 7
"""Names shorter than this, in letters, are not recognised with their spaces put aside."""

_LISTED = re.compile(r"[;\n\r]+")
_JOINED = re.compile(r"(,|\s+(?:and|&|\+)\s+)", re.IGNORECASE)
_INSIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|\{([^{}]*)\}")
_DATE = r"\d{1,4}\s*[./\-\s]\s*(?:\d{1,2}|[A-Za-z]{3,9})\s*[./\-\s]\s*\d{2,4}|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\s+\d{2,4}"
_UNIT = r"(?:years?|yrs?|y\s*/?\s*o|y|months?|mths?|mos?|weeks?|wks?|days?|/12|/52)"
_AGE = re.compile(
    rf"\b(?:aged?:?\s*|(?=\d))(\d{{1,3}})\s*(?P<unit>{_UNIT}(?:\s*old)?)?(?:\s*\d{{1,2}}\s*{_UNIT}(?:\s*old)?)?(?![\w/])",
    re.IGNORECASE,
)
_APART = re.compile(r"\s+[-\u2013\u2014]+\s+|\s*[:|]\s*|\s*,\s*")


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside a name: its kind ("title", "born", "age", "number", "role", "initials") and its words."""

    kind: str
    words: str


class ListedPeople(Roster):
    """The people of a review, by name, alias, and either of them with the particulars that services write beside it."""

    def __init__(self, people: Sequence[Person], terms: Terms, dates: DateReader, period: When) -> None:
        super().__init__((person.name, person.aliases) for person in people)
        self._forenames = {word for name in self.names for word in spelling(name).split()}
        self._words = {word for words in self.declared() for word in words.split()}
        self._known: dict[str, str | None] = {}
        tight: dict[str, set[str]] = {}
        for words, name in self.declared().items():
            tight.setdefault(words.replace(" ", ""), set()).add(name)
        self._tight = {words: min(names) for words, names in tight.items() if len(names) == 1 and len(words) >= TIGHT}
        self._person = {person.name: person for person in people}
        self._terms = terms
        self._dates = dates
        self._period = period
        cues = {cue.notation: frozenset(map(spelling, cue.words)) for cue in of_part(terms, "role", "subject")}
        self._neutral = cues.get("beside-a-name", frozenset())
        births = "|".join(_loosely(words) for words in cues.get("birth-date", ()))
        numbers = "|".join(
            _loosely(words) for words in sorted(cues.get("number-beside-a-name", ()), key=len, reverse=True)
        )
        self._born = re.compile(rf"\b(?:{births})\b[\s.:]*({_DATE}|\d{{4}})", re.IGNORECASE)
        self._number = re.compile(
            rf"\b(?:{numbers})\b[\s.:#]*[A-Za-z]{{0,4}}\d[\w/-]*(?:\s\d[\w/-]*)*|#\s*\w*\d\w*|\b[A-Za-z]{{0,3}}\d{{4,}}\w*\b",
            re.IGNORECASE,
        )

    def find(self, words: str) -> str | None:
        """The listed person whom these words name, particulars beside the name put aside, or None."""
        if words not in self._known:
            self._known[words] = self._found_beside(words)
        return self._known[words]

    def _found_beside(self, words: str) -> str | None:
        found = self._plain(words)
        if found is not None or len(words) > LONGEST or self._words.isdisjoint(spelling(html.unescape(words)).split()):
            return found
        return next((name for name, beside in self._bare(html.unescape(words)) if self._fits(name, beside)), None)

    def _plain(self, words: str) -> str | None:
        """The declared name or alias that the words are, with spaces and surname first put aside."""
        found = super().find(words)
        return found if found is not None else self._tight.get(spelling(words).replace(" ", ""))

    def read(self, cell: str) -> tuple[tuple[str, str | None], ...]:
        """Each name that a cell lists, as written, with the listed person it is (or None).

        A list with commas or "and" is taken apart where a piece is a listed person and no other piece could be the
        forename or surname that belongs to the one beside it.
        """
        listed: list[tuple[str, str | None]] = []
        for part in _LISTED.split(html.unescape(cell) if "&" in cell else cell):
            words = " ".join(part.split())
            if words:
                listed += self._listed(words)
        return tuple(listed)

    def _listed(self, words: str) -> list[tuple[str, str | None]]:
        whole = self.find(words)
        if whole is not None or len(words) > 2 * LONGEST:
            return [(words, whole)]
        hidden = _INSIDE.sub(lambda inside: inside[0].replace(",", "\0").replace("&", "\1"), words)
        parts = [part.replace("\0", ",").replace("\1", "&") for part in _JOINED.split(hidden)]
        each: list[tuple[str, str | None]] = []
        loose = False
        for piece, before in zip(parts[::2], ["", *parts[1::2]], strict=True):
            piece = piece.strip()
            if not piece:
                continue
            name = self.find(piece)
            if name is None and each and each[-1][1] is not None and before.strip() == ",":
                together = f"{each[-1][0]}, {piece}"
                if self.find(together) == each[-1][1]:
                    each[-1] = (together, each[-1][1])
                    continue
            loose = loose or (name is None and before.strip() in ("", ",") and not _by_itself(piece))
            each.append((piece, name))
        known = [name for _, name in each if name is not None]
        return each if len(each) > 1 and known and (not loose or len(known) == len(each)) else [(words, None)]

    # --- what stands beside a name ------------------------------------------------------------------------------------

    def _bare(self, words: str) -> Iterator[tuple[str, tuple[_Beside, ...]]]:
        """Listed names that remain of some words once particulars are put aside, with these."""
        text, beside = self._without_brackets(words)
        if text is None:
            return
        for kind, pattern in (("born", self._born), ("number", self._number)):
            for match in pattern.finditer(text):
                beside.append(_Beside(kind, match[1] or "" if kind == "born" else match[0]))
            text = pattern.sub(" , ", text)
        pieces = [piece.strip(" .") for piece in _APART.split(text) if piece.strip(" .")]
        kept: list[str] = []
        for piece in pieces:
            said = self._particular(piece) if kept else None
            if said is None:
                kept.append(piece)
            else:
                beside.append(said)
        yield from self._trimmed(", ".join(kept), tuple(beside))

    def _without_brackets(self, words: str) -> tuple[str | None, list[_Beside]]:
        """The words without brackets, and what stood in them; None where something else stood there."""
        beside: list[_Beside] = []
        for groups in _INSIDE.findall(words):
            inside = next((group for group in groups if group), "")
            for piece in re.split(r"[,;]|\s+-\s+", inside):
                if not piece.strip():
                    continue
                said = self._particular(piece.strip())
                if said is None and self._plain(piece) is not None:
                    said = _Beside("name", piece)
                if said is None:
                    return None, beside
                beside.append(said)
        return " ".join(_INSIDE.sub(" ", words).split()), beside

    def _particular(self, words: str) -> _Beside | None:
        """What some words say beside a name: a birth date, an age, a number, a role, initials."""
        born = self._born.fullmatch(words) or re.fullmatch(f"({_DATE})", words)
        if born is not None:
            return _Beside("born", born[1])
        if _AGE.fullmatch(words):
            return _Beside("age", words)
        if self._number.fullmatch(words):
            return _Beside("number", words)
        plain = spelling(words)
        if plain in self._neutral or plain in TITLES:
            return _Beside("role" if plain in self._neutral else "title", words)
        if self._terms.match("role", words) or kin_in(plain)[2] == "":
            return _Beside("role", words)
        whose = re.fullmatch(r"(.+?)\s+(?:of|to)\s+(.+)", words)
        if whose and kin_in(spelling(whose[1]))[2] == "" and self._plain(whose[2]):
            return _Beside("role", whose[1])
        initials = re.fullmatch(r"[A-Z]\.?\s?[A-Z]\.?(?:\s?[A-Z]\.?)?", words)
        return _Beside("initials", words) if initials and plain not in self._forenames else None

    def _trimmed(self, text: str, beside: tuple[_Beside, ...]) -> Iterator[tuple[str, tuple[_Beside, ...]]]:
        """The listed name that a text is, or becomes without a title, role, age or initials at either end."""
        name = self._plain(text)
        if name is not None:
            yield name, beside
            return
        tokens = text.split()
        for size in range(min(3, len(tokens) - 1), 0, -1):
            for said, rest in ((tokens[:size], tokens[size:]), (tokens[-size:], tokens[:-size])):
                words = " ".join(said).strip(" .,'-")
                if said[0].endswith(("'s", "\u2019s")) or rest[-1].endswith(("'s", "\u2019s")):
                    continue
                title = size == 1 and said is not tokens and spelling(words) in TITLES
                found = _Beside("title", words) if title else self._particular(words)
                if found is not None:
                    bare = " ".join(rest).strip(" ,-")
                    if bare and len(beside) < 6:
                        sure = found if found.kind != "role" else _Beside("own role", words)
                        yield from self._trimmed(bare, (*beside, sure))

    # --- whether it fits the person -------------------------------------------------------------------------------------

    def _fits(self, name: str, beside: Sequence[_Beside]) -> bool:
        person = self._person[name]
        return all(self._one_fits(person, each) for each in beside)

    def _one_fits(self, person: Person, beside: _Beside) -> bool:
        if beside.kind == "born":
            when, _ = self._dates.read(beside.words)
            born = person.born
            return born is None or not when.closed or (when.earliest <= born.latest and born.earliest <= when.latest)
        if beside.kind == "age":
            return self._of_age(person, beside.words)
        if beside.kind == "title":
            own = kin_in(spelling(person.role))[0]
            title = spelling(beside.words)
            sex = TITLES[title]
            child = own is not None and own.generation == 0
            return not (own and own.sex and sex and own.sex != sex) and not (child and title in GROWN)
        if beside.kind == "initials":
            letters = re.sub(r"[^A-Z]", "", beside.words)
            return letters == "".join(word[0].upper() for word in spelling(person.name).split())
        if beside.kind == "name":
            return self._plain(beside.words) == person.name
        return beside.kind == "number" or self._role_fits(person, beside)

    def _of_age(self, person: Person, words: str) -> bool:
        match = _AGE.fullmatch(words)
        born, period = person.born, self._period
        in_years = match is not None and not re.match(r"mo|mth|m|w|d|/", match["unit"] or "y", re.IGNORECASE)
        if match is None or not in_years or born is None or not born.closed or not period.closed:
            return True
        low = day_of(period.earliest).year - day_of(born.latest).year - 1
        return low <= int(match[1]) <= day_of(period.latest).year - day_of(born.earliest).year

    def _role_fits(self, person: Person, beside: _Beside) -> bool:
        """Whether a role is what review.toml says of the person, or says nothing of the family at all."""
        plain = spelling(beside.words)
        kin, own = kin_in(plain)[0], kin_in(spelling(person.role))[0]
        if kin is not None and own is not None and clash(kin, own):
            return False
        if kin is not None and own is not None and own.generation == 0 and "may-be-a-child" in kin.marks:
            return True
        if plain in self._neutral and (kin is None or "tells-no-tie" in kin.marks):
            return True
        if not person.role and not person.relations:
            return beside.kind == "role"
        said, known = self._terms.match("role", beside.words), self._terms.match("role", person.role)
        broader = self._terms.broader
        if said and known and (said in broader("role", known) or known in broader("role", said)):
            return True
        ties = [own, *(kin_in(spelling(relation.partition(" of ")[0]))[0] for relation in person.relations)]
        return kin is not None and any(tie is not None and same_tie(kin, tie) for tie in ties)


def _by_itself(piece: str) -> bool:
    """Whether a piece of a list names somebody, or some, by itself: it is no forename or surname left over."""
    plain = spelling(piece)
    return " " in plain or says_several(plain) or kin_in(plain)[0] is not None


def _loosely(words: str) -> str:
    return r"[\s.]*".join(map(re.escape, words.split())) + r"\.?"
