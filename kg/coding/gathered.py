"""Every suggestion for a review: by the lexicon, by wordings the reviewer taught, and by persons or models outside.

All are held to one rule: the words stand in the row, and nothing counts until the reviewer accepts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.coding.laid_over import elsewhere, standing
from kg.coding.notation import NotAPattern, compile_pattern
from kg.coding.suggest import suggest
from kg.coding.suggestion import Suggestion
from kg.model.problem import Place, Problem
from kg.model.record import MARKS
from kg.model.review import Review
from kg.model.reviewer import Coded
from kg.terms.lexicon import Line, load_lexicon, read_lines
from kg.terms.reader import NotTurtle, Terms

OWN_PATTERNS = "patterns.ttl"
"""The file of a review that holds patterns of its own, made by ``kg code --teach`` or by hand."""

TAUGHT = ("indicators", "responses", "contact")
"""The fields whose wordings can be taught."""

LONGEST = 8
"""The most words of a wording that is looked for elsewhere: a sentence comes again nowhere."""

_WORD = re.compile(r"[A-Za-z0-9&'%]+")


def suggestions(review: Review, terms: Terms) -> tuple[Suggestion, ...]:
    """Every suggestion for a review, in order of entries, each code of an entry once.

    The lexicon speaks first, then the review's own patterns and wordings, then those outside.
    """
    lexicon = load_lexicon()
    lines, _ = own_patterns(review, terms)
    made = list(suggest(review, terms, lexicon))
    known = {(each.entry, each.field, each.value) for each in made}
    for each in (*by_wording(review, terms, (*lines, *taught(review))), *from_outside(review)):
        if (each.entry, each.field, each.value) not in known:
            known.add((each.entry, each.field, each.value))
            made.append(each)
    order = {entry.name: row for row, entry in enumerate(review.entries)}
    return tuple(sorted(made, key=lambda each: order[each.entry]))


def own_patterns(review: Review, terms: Terms) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """The patterns in the review's own file that can be used, and why others cannot."""
    path = Path(review.folder) / OWN_PATTERNS
    if not review.folder or not path.exists():
        return (), ()
    try:
        lines = read_lines(path)
    except (NotTurtle, OSError) as wrong:
        why = str(wrong) if isinstance(wrong, NotTurtle) else (wrong.strerror or "it could not be read").casefold()
        return (), (_unused("the file is not read", why),)
    usable, problems = [], []
    for line in lines:
        scheme, _, value = line.code.partition(":")
        if scheme not in terms.schemes or terms.concept(scheme, value) is None:
            problems.append(_unused(f'"{line.words}" suggests {line.code}', "the vocabulary has no such word"))
            continue
        try:
            compile_pattern(line.words, load_lexicon().groups)
        except NotAPattern as wrong:
            problems.append(_unused(f'"{line.words}" cannot be read', str(wrong)))
            continue
        usable.append(line)
    return tuple(usable), tuple(problems)


def _unused(what: str, why: str) -> Problem:
    done = "It suggests nothing; the other patterns do."
    return Problem(Place(OWN_PATTERNS), "warning", what, why, done, "Correct it there, or take it out.")


def by_wording(review: Review, terms: Terms, lines: Sequence[Line]) -> tuple[Suggestion, ...]:
    """What some further lines of patterns suggest, heard in their context as the lexicon's own are."""
    if not lines:
        return ()
    codes = {line.code for line in lines}
    found = suggest(review, terms, replace(load_lexicon(), lines=tuple(lines)))
    return tuple(each for each in found if f"{MARKS[each.field]}:{each.value}" in codes and ":" in each.pattern)


def taught(review: Review, codes: Iterable[Coded] | None = None) -> tuple[Line, ...]:
    """The wordings that the reviewer added or took over from outside, as patterns. The lexicon knows its own already.

    Names of listed people become {person}, so that a pattern can be taken over by another review.
    """
    names = {
        word.casefold()
        for person in review.people
        for name in (person.name, *person.aliases)
        for word in _WORD.findall(name)
        if word[0].isupper()
    }
    decided = standing(review, None if codes is None else tuple(codes))
    lines: dict[tuple[str, str], Line] = {}
    for each in (one for some in decided.values() for one in some):
        if each.verdict != "accepted" or each.field not in TAUGHT or ":" in each.pattern.partition(" ")[0]:
            continue
        words = ["{person}" if word.casefold() in names else word.casefold() for word in _WORD.findall(each.words)]
        if 0 < len(words) <= LONGEST and any(word != "{person}" for word in words):
            code = f"{MARKS[each.field]}:{each.value}"
            pattern = re.sub(r"(\{person\})(?: \{person\})+", r"\1", " ".join(words))
            lines[code, pattern] = Line(pattern, code, "likely")
    return tuple(lines[key] for key in sorted(lines))


def as_turtle(lines: Sequence[Line]) -> str:
    """Patterns as a file that this review and the next can read, one node for each code."""
    out = [
        "# Wordings that reviewers added, as patterns. The notation is explained at the head of the program's patterns.ttl.\n",
        "@prefix kg: <https://w3id.org/kg-review/> .",
        "@prefix pattern: <https://w3id.org/kg-review/pattern/> .",
        *(
            f"@prefix {scheme}: <https://w3id.org/kg-review/{scheme}/> ."
            for scheme in ("contact", "indicator", "response")
        ),
        "",
    ]
    for code in sorted({line.code for line in lines}):
        out.append(f"pattern:own-{code.replace(':', '-')} kg:suggests {code} ;")
        by_standing = sorted({line.standing for line in lines if line.code == code})
        parts = []
        for standing_ in by_standing:
            words = sorted({line.words for line in lines if (line.code, line.standing) == (code, standing_)})
            quoted = (f'"{each}"' for each in words)
            parts.append(f"    kg:{standing_} " + ", ".join(quoted))
        out.append(" ;\n".join(parts) + " .\n")
    return "\n".join(out)


def from_outside(review: Review) -> tuple[Suggestion, ...]:
    """What persons or models outside suggested, as suggestions: of class "look", for nobody here knows how they judge."""
    return tuple(
        Suggestion(
            entry=review.entries[row].name,
            field=each.field,
            value=each.value,
            words=each.words,
            start=each.start,
            end=each.end,
            pattern=f"suggested by {each.by}",
            strength="look",
            whose=(each.whose,) if each.whose else (),
        )
        for row, each in elsewhere(review)
    )
