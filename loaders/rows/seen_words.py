"""Whether someone was seen, from an agency's own words: yes, no, alone, or not stated.

A cell is taken statement by statement. A plain yes or no at its beginning goes first; else the first cue of
ontology/cues.ttl that stands in a statement says what it means. "Alone" with "not" is seen, not unseen; where a heading asks
whether someone was seen *alone*, a bare "no" is not stated, since it does not say that nobody was seen. Where statements
disagree and none is plainly the child's or the patient's, nothing is stated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.base.folding import spelling
from kg.terms.tables import Terms
from loaders.rows.cues import Phrases, ShortForms, Token, of_part, plain_words, tokens_of
from loaders.rows.house_words import short_forms
from loaders.rows.roster import Roster

_STATEMENTS = re.compile(
    r"[;,\n\r()\[\]]+|(?<=\w\w)/|/(?=\w\w)|\s/\s|\s[-\u2013\u2014]+\s|\.\s+|\b(?:but|however|although)\b", re.IGNORECASE
)
_ANSWER_BEHIND = re.compile(
    r"\s?[-\u2013\u2014:=]\s?(?=(?:yes|no|y|n|[\u2713\u2714\u2717\u2718])(?:$|[\s,;/)]))", re.IGNORECASE
)
"""A dash between a name and its answer ("Kit - y"), which does not part the two."""

_NEXT_ANSWER = re.compile(
    r"\b[^\W\d]+\s(?:yes|no|y|n|[\u2713\u2714\u2717\u2718])(?=\s+[^\W\d]+\s(?:yes|no|y|n|[\u2713\u2714\u2717\u2718])(?:$|\W))",
    re.I,
)
"""A name with its answer before the next ("Kit y Tesni n")."""

_TWO_ANSWERS = re.compile(r"^\s*(y|n|yes|no)\s*[/,]\s*(y|n|yes|no)\s*$", re.IGNORECASE)

_DENIES = re.compile(r"\b(?:not|no|never|without|nor|neither|except|nid|ddim)\b", re.IGNORECASE)

_ALONE = re.compile(
    r"\b(?:alone|on (?:his|her|their|its|\w+'?s?)? ?own|separately|apart|in private|individually"
    r"|by (?:him|her|them)sel(?:f|ves)|one[ -]to[ -]one|1\s?(?::|-|to|-to-)\s?1|1-?2-?1|away from|without"
    r"|ar ei ph?en ei hun)\b",
    re.IGNORECASE,
)
_BESIDE_SEEN = re.compile(
    r"[/,(;|&+]\s*(?:and |or )?(?:was |were |if )?(?:seen |spoken to )?alone|\bor (?:seen )?alone", re.IGNORECASE
)
_WITH = re.compile(r"\b(?:with|by|in (?:the )?presence of|accompanied by)\b.*", re.IGNORECASE | re.DOTALL)
_COMPANY = re.compile(
    r"\b(?:stayed|remained|present|with|throughout|in (?:the )?room|in attendance|refused to leave)\b", re.IGNORECASE
)
_AFTER_PLAIN = frozenset((
    "at", "in", "as", "because", "due", "was", "out", "with", "only", "but", "she", "he", "child", "baby", "mother", "mum",
    "father", "dad", "too", "not", "on", "after", "since",
))  # fmt: skip
"""Words after which a yes or no at the beginning of a statement is still the answer ("no concerns" is none)."""

_PLAIN = {
    "yes": "yes", "y": "yes", "seen": "yes", "tick": "yes", "true": "yes", "no": "no", "n": "no", "false": "no",
    "cross": "no", "do": "yes", "ie": "yes", "oes": "yes", "naddo": "no", "nage": "no",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sighting:
    """Who was seen: "yes", "no", "alone", "" (not stated) or "names" with ``people``, and the words that say so.

    ``understood`` is false where the words say nothing that is known here.
    """

    seen: str
    people: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    understood: bool = True


@dataclass(slots=True)
class _Said:
    """What one statement says, of whom, and whether it is a plain yes or no."""

    verdict: str
    cue: str
    rests_on: tuple[str, ...]
    plain: bool = False
    subject: bool = False
    people: tuple[str, ...] = field(default=())


def asks_alone(heading: str) -> bool:
    """Whether a heading asks if someone was seen alone, and not also if they were seen at all."""
    return bool(_ALONE.search(heading)) and not _BESIDE_SEEN.search(heading)


class SeenWords:
    """Reads the words of a column that says who was seen, for the people of one review."""

    def __init__(self, terms: Terms, people: Roster, subjects: Sequence[str] = ()) -> None:
        self._terms = terms
        self._subjects = frozenset(subjects)
        self._short = ShortForms(short_forms(terms, ""))
        self._cues = of_part(terms, "seen", "cue")
        self._found = Phrases((self._words(w), at) for at, cue in enumerate(self._cues) for w in cue.words)
        self._of_subject = Phrases((plain_words(w), 0) for cue in of_part(terms, "seen", "subject") for w in cue.words)
        self._names = sorted(
            ((words, name) for words, name in people.declared().items() if len(words) > 1),
            key=lambda pair: -len(pair[0]),
        )

    def _words(self, words: str) -> tuple[str, ...]:
        return plain_words(words) if "*" in words else tuple(t.word for t in self._short.out(tokens_of(words)))

    def read(self, heading: str, cell: str) -> Sighting:
        """What a cell under a heading says."""
        if _BESIDE_SEEN.search(heading):
            cell = _TWO_ANSWERS.sub(r"\1 / \2", cell)
        if self._named(cell):
            cell = _NEXT_ANSWER.sub(r"\g<0>; ", _ANSWER_BEHIND.sub(" ", cell))
        said = [found for part in _STATEMENTS.split(cell) if part and (found := self._statement(part)) is not None]
        if not any(each.cue for each in said):
            named = tuple(dict.fromkeys(name for each in said for name in each.people))
            return (
                Sighting("names", named, (cell,))
                if named and not _DENIES.search(cell)
                else Sighting("", understood=False)
            )
        seen, people = self._together(said)
        if _BESIDE_SEEN.search(heading) and len(said) == 2 and all(each.plain for each in said):
            seen, people = ("alone" if said[1].verdict == "yes" else "yes") if said[0].verdict == "yes" else "no", ()
        if asks_alone(heading):
            seen, people = _asked_alone(seen, people, said, cell)
        rests = tuple(word for each in said if each.cue for word in each.rests_on)
        return Sighting(seen, people, rests)

    def _statement(self, words: str) -> _Said | None:
        people = self._named(words)
        tokens = self._short.out(tokens_of(words))
        if not tokens:
            return None
        if len(tokens) == 1 and tokens[0].word in _PLAIN:
            return _Said(_PLAIN[tokens[0].word], "plain", (tokens[0].written,), plain=True)
        own = self._short.out(tokens_of(_WITH.sub(" ", words))) if _WITH.search(words) else tokens
        subject = bool(self._of_subject.found(own)) or bool(self._subjects.intersection(people))
        places = self._found.found(tokens)
        for at in sorted(places):
            cue = self._cues[at]
            if cue.notation == "seen-others" and (subject or at not in self._found.found(own)):
                continue
            first, end = places[at]
            if cue.notation == "seen-others":
                return _Said("", "others", _written(tokens, first, end))
            told = () if cue.notation == "seen-only-others" else people
            return _Said(cue.reads, cue.notation, _written(tokens, first, end), subject=subject, people=told)
        first_word = tokens[0].word
        if len(tokens) > 1 and tokens[-1].word in _PLAIN and people:
            return _Said(_PLAIN[tokens[-1].word], "plain", (tokens[-1].written,), subject=subject, people=people)
        if tokens[-1].word == "not" and (subject or people):
            return _Said("no", "plain", (tokens[-1].written,), subject=subject, people=people)
        if len(tokens) > 1 and tokens[1].word not in _AFTER_PLAIN:
            return _Said("", "", (), people=people, subject=subject)
        if first_word in ("no", "n", "yes", "y", "cross", "naddo"):
            return _Said(_PLAIN[first_word], "plain", (tokens[0].written,), plain=True, subject=subject, people=people)
        return _Said("", "", (), people=people, subject=subject)

    def _named(self, words: str) -> tuple[str, ...]:
        """The listed people whose name or alias stands in the words, those after "with" or "by" aside."""
        text = f" {spelling(_WITH.sub(' ', words))} "
        found: dict[str, None] = {}
        for name, person in self._names:
            if f" {name} " in text:
                found[person] = None
                text = text.replace(f" {name} ", " | ")
        return tuple(found)

    def _together(self, said: Sequence[_Said]) -> tuple[str, tuple[str, ...]]:
        """All statements as one: of those that disagree, the first if it is plain, or the subject's."""
        telling = [each for each in said if each.cue and each.cue != "others"]
        if any(each.cue != "seen-circumstance" for each in telling):
            telling = [each for each in telling if each.cue != "seen-circumstance"]
        if not telling:
            return "", ()
        lead = telling[0]
        if lead.plain and any(each.plain and each.verdict != lead.verdict for each in telling[1:]):
            return self._parted(said)
        if lead.plain and said[0] is lead:
            if lead.verdict == "yes":
                return self._refined(telling)
            alone = any(each.cue == "seen-not-alone" for each in telling[1:])
            return ("yes" if alone else "no"), ()
        verdicts = {each.verdict for each in telling if each.verdict}
        if not verdicts or any(each.cue in ("seen-unknown", "seen-by-video") for each in telling):
            return "", ()
        if "no" in verdicts and verdicts != {"no"}:
            return self._parted(said)
        if verdicts == {"no"}:
            return self._not_seen(telling)
        return self._refined(telling)

    def _refined(self, telling: Sequence[_Said]) -> tuple[str, tuple[str, ...]]:
        """Seen: alone where a statement says so and none says not alone; those named, where others than all subjects are."""
        cues = {each.cue for each in telling}
        if cues & {"seen-by-video"}:
            return "", ()
        people = tuple(dict.fromkeys(name for each in telling if each.verdict != "no" for name in each.people))
        alone = "seen-alone" in cues and not cues & {"seen-not-alone", "seen-alone-no"}
        if people and set(people) != self._subjects:
            return "names", people
        if people and len(people) > 1:
            return "names", people
        return ("alone" if alone else "yes"), ()

    def _not_seen(self, telling: Sequence[_Said]) -> tuple[str, tuple[str, ...]]:
        named = {name for each in telling for name in each.people}
        if named and self._subjects and not named >= self._subjects:
            return "", ()
        return "no", ()

    def _parted(self, said: Sequence[_Said]) -> tuple[str, tuple[str, ...]]:
        """Statements that disagree: the subject's own, if just one side of them is; else nothing is stated."""
        own: list[str] = []
        people: list[str] = []
        verdict = ""
        for each in said:
            if each.cue == "others":
                verdict = ""
                continue
            verdict = each.verdict or verdict
            if each.subject and verdict:
                own.append(verdict)
            if verdict in ("yes", "alone"):
                people += each.people
        if people and self._subjects and not self._subjects.issubset(people):
            return "names", tuple(dict.fromkeys(people))
        return (own[0], ()) if len(set(own)) == 1 else ("", ())


def _asked_alone(seen: str, people: tuple[str, ...], said: Sequence[_Said], cell: str) -> tuple[str, tuple[str, ...]]:
    """What a reading says under a heading that asks whether someone was seen alone."""
    first = said[0]
    plainly = first.plain or cell.casefold().split()[0] in ("yes", "y")
    apart = {"seen-not-alone", "seen-alone-no", "others", "seen-by-video"}.intersection(each.cue for each in said)
    if plainly and first.verdict == "yes" and not apart and not _COMPANY.search(cell):
        return ("names", people) if people else ("alone", ())
    if seen == "no":
        plain = all(each.plain or not each.cue or each.cue == "others" for each in said)
        if plain:
            rest = cell.strip()[len("".join(first.rests_on)) :]
            return ("yes", ()) if first.plain and _COMPANY.search(rest) else ("", ())
        if first.plain and any(each.cue in ("seen-yes", "seen-others") for each in said[1:]):
            return "yes", ()
    return seen, people


def joined(seen: tuple[str, tuple[str, ...]], alone: tuple[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """A column that says who was seen and one that says whether alone, as one: alone only where neither says otherwise."""
    if alone[0] == "alone" and seen[0] in ("", "yes", "alone"):
        return alone
    return seen if seen[0] else alone


def _written(tokens: Sequence[Token], first: int, end: int) -> tuple[str, ...]:
    return tuple(token.written for token in tokens[first:end] if token.written)
