"""What may be wrong with a row of a return, in words for the person who can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.base.nearest import perhaps
from kg.dates.spans import MARKED
from kg.dates.when import When
from kg.dates.words_beside import LEFT_OVER
from kg.model.problem import Place, Problem
from kg.terms.concepts import Concept
from loaders.rows.roster import short


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with a cell, before it is known in which row it stands.

    Doubts of one column that may be ``gather``ed under one name become one Problem, which lists each ``word``.
    """

    column: str
    severity: str
    what: str
    why: str
    done: str
    remedy: str
    gather: str = ""
    word: str = ""

    def at(self, place: Place, more: Sequence[int] = ()) -> Problem:
        """The doubt as a Problem of the first row that has it, naming the others."""
        done = f"{self.done} {_also(more)}" if more else self.done
        place = Place(place.file, place.sheet, place.row, self.column, place.entry)
        return Problem(place, self.severity, self.what, self.why, done, self.remedy)


def doubtful_date(heading: str, when: When, why: str, *, entry_date: bool = True) -> Doubt:
    unread = when.hedge in ("unread", "none")
    kept = "The entry is kept, undated; no finding rests on its date." if entry_date else "The entry is kept."
    marked = when.hedge == "doubtful" and why == MARKED
    beside = not unread and why.startswith(LEFT_OVER)
    return Doubt(
        heading,
        "error" if unread else "note" if marked or beside else "warning",
        f"{short(when.words)} is not a date that can be read"
        if unread
        else f"{short(when.words)} holds more than a date"
        if beside
        else f"{short(when.words)} is a doubtful date",
        why,
        kept if unread else f"It is read as {when.plain()}, and the words are kept.",
        'Correct the cell; if the day is not known, write the month ("July 1999") or the year.'
        if unread
        else "Look whether the words left over change the date, and correct the cell if they do."
        if beside
        else "Ask the agency, and correct the cell if they know better.",
        "beside a date" if beside else "",
        f"{short(when.words)} as {when.plain()}" if beside else "",
    )


def no_date(heading: str) -> Doubt:
    return Doubt(
        heading,
        "warning",
        "there is no date",
        "an entry without a date has no place in the chronology",
        "The entry is kept, undated; no finding rests on its date.",
        'Ask the agency; a month, a year or "before 3 August 1999" is better than nothing.',
    )


def too_wide(found: int, width: int) -> Doubt:
    return Doubt(
        "",
        "warning",
        f"the row has {found} cells under {width} headings",
        "perhaps a comma in the text stands outside quotation marks, and the cells after it have moved",
        'All cells are kept; those beyond the headings as "column" and their number.',
        "Look at the row, and save the table again from the spreadsheet.",
    )


_KINDS = {
    "recording": "a way of recording",
    "indicator": "an indicator",
    "contact": "a kind of contact",
    "response": "a response",
}
_MANY = 4
_LISTED = 15
_ALL = 100


def second_ref(heading: str, ref: str, count: int) -> Doubt:
    return Doubt(
        heading,
        "warning",
        f"the Ref {short(ref)} stands a second time",
        "a Ref names one entry of an agency",
        f'This entry is named "{ref}~{count}". Both are kept.',
        "Ask the agency which is which; give this row a Ref of its own, or delete it if it is a copy.",
    )


def unknown_word(scheme: str, heading: str, words: str, near: str | None, *, free: bool) -> Doubt:
    """Words in a coded column that the vocabulary lacks; ``free``: the column is one where own words are expected."""
    hint = perhaps(near)
    return Doubt(
        heading,
        "note" if free else "warning",
        f"{short(words)} is not {_KINDS.get(scheme, 'a word of this column')} in the vocabulary",
        "no notation, label or other name is written so" + hint,
        "The words are kept with the entry; no rule reads them.",
        f'Correct the cell, or see "kg ontology {scheme}" for the words that are known.',
        "own words" if free else "words",
        short(words) + (f' (did you mean "{near}"?)' if near else ""),
    )


def unread_seen(heading: str, words: str) -> Doubt:
    """Words that do not say whether anyone was seen."""
    return Doubt(
        heading,
        "warning",
        f'{short(words)} is neither "yes", "no" nor "alone", and no listed person',
        "whether someone was seen must be plain before it is counted",
        "Whether anyone was seen counts as not stated; the words are kept.",
        'Write "yes", "no", "alone" or the names of those seen.',
    )


def ambiguous_contact(heading: str, words: str) -> Doubt:
    """A contact's words that mean one kind to one service and another to the next."""
    line = " ".join(words.split())
    return Doubt(
        heading,
        "warning",
        f"{short(words)} means one kind of contact to one service and another to the next",
        "the type of this agency does not settle which",
        "The kind of contact is left unread; the words are kept.",
        f'Settle it once in review.toml, under [returns."this file".words]: {short(line)} = "home-visit", or what it is.',
    )


def read_words(heading: str, words: str, label: str, notation: str, rests_on: Sequence[str]) -> Doubt:
    """Words that are none of the vocabulary as they stand, and what they are read as."""
    line = " ".join(words.split())
    said = f'"{" ".join(rests_on)}"' if rests_on and " ".join(rests_on).casefold() != line.casefold() else ""
    return Doubt(
        heading,
        "note",
        f"{short(words)} is read as {label}" if label else f"{short(words)} is read as nothing that took place",
        "it is no word of the vocabulary as it stands" + (f", and is read by {said}" if said else ""),
        "It is read so wherever it stands in this column; the words are kept.",
        f'If that is wrong, settle it once in review.toml, under [returns."this file".words]: {short(line)} = "{notation}".',
        "readings",
        f"{short(words)} as {label or 'nothing'}" + (f" by {said}" if said else ""),
    )


def no_partner(heading: str, words: str, near: str | None) -> Doubt:
    """Words that name no agency of the review."""
    hint = perhaps(near)
    return Doubt(
        heading,
        "warning",
        f"{short(words)} is no agency of this review",
        f"review.toml lists no agency of that name or alias{hint}",
        "The words are kept; no message to or from it is read from this cell.",
        "Correct the cell, or add the agency or the alias to review.toml.",
    )


def public_partner(heading: str, words: str) -> Doubt:
    """Words that mean the family or the public, in a review that lists no agency for them."""
    return Doubt(
        heading,
        "note",
        f"{short(words)} is no agency of this review",
        "the words mean the family or the public, for whom review.toml lists no agency",
        "The words are kept; no message to or from them is read from this cell.",
        'Nothing needs doing, unless what the public told should count: then list an agency of type "community".',
    )


def unnamed_liaison(heading: str, words: str) -> Doubt:
    """Words in a column for both ways that name no agency as told or telling."""
    return Doubt(
        heading,
        "note",
        f"{short(words)} names no agency of this review as told or telling",
        "it names none, or says that nobody answered",
        "The words are kept; no message is read from them.",
        'Where somebody was told, write "told" and the agency as review.toml names it.',
        "unnamed",
        short(words),
    )


def read_partner(heading: str, words: str, agency: str) -> Doubt:
    """Words that are no declared name but fit one agency of the review only."""
    return Doubt(
        heading,
        "note",
        f"{short(words)} is read as {agency}",
        "it is no declared name or alias, but no other agency of this review fits",
        "What was told is read as told to or by that agency.",
        "If it is another agency, or somebody else, give the right one that alias in review.toml.",
        "agencies",
        f"{short(words)} as {agency}",
    )


def vague_liaison(heading: str, words: str) -> Doubt:
    """A cell for both ways that does not say who told whom."""
    return Doubt(
        heading,
        "note",
        f"{short(words)} does not say who told whom",
        "the column is for both ways",
        "It is read as a talk: neither a missing receipt nor a missing sending is looked for.",
        'Write "told ..." or "told by ..." where it was the other way round.',
        "both ways",
        short(words),
    )


def gathered(doubts: Sequence[tuple[Doubt, Sequence[Place]]]) -> Problem | None:
    """Doubts of one column and kind as one Problem that lists them all; None where each should stand by itself."""
    first, places = doubts[0]
    if len(doubts) < (2 if first.gather in ("agencies", "both ways", "unnamed", "readings") else _MANY):
        return None
    cells = sum(len(rows) for _, rows in doubts)
    most = _ALL if first.gather == "readings" else _LISTED
    listed = "; ".join(f"{doubt.word} ({_rows(rows)})" for doubt, rows in doubts[:most])
    more = f"; and {len(doubts) - most} more" if len(doubts) > most else ""
    what, done, remedy = {
        "words": (
            f"{cells} cells hold words that the vocabulary of this column lacks",
            first.done,
            first.remedy.replace("Correct the cell", "Correct the cells"),
        ),
        "own words": (
            f"{cells} cells are in the agency's own words",
            "The words are kept with their entries. Codes are read from those that are plain; no rule reads the rest.",
            "Where one of them matters to a rule, write its code beside it.",
        ),
        "agencies": (
            f"{cells} cells name agencies by their kind or by a part of their name",
            "They are read so, because no other agency of this review fits.",
            first.remedy.replace("If it is another agency, or", "Where it is another agency, or"),
        ),
        "beside a date": (
            f"{cells} cells hold other words beside their date",
            "Each date is read without them, as said here, and the words are kept.",
            "Look whether the words left over change a date, and correct its cell if they do.",
        ),
        "readings": (
            f"{cells} cells are read by their words, in {len(doubts)} wordings",
            "They are read so wherever they stand in this column; the words are kept.",
            'Where one is wrong, settle it once in review.toml, under [returns."this file".words]: "the words" = "a notation".',
        ),
        "unnamed": (
            f"{cells} cells name no agency as told or telling",
            first.done,
            first.remedy,
        ),
        "both ways": (f"{cells} cells do not say who told whom", first.done.replace("It is", "They are"), first.remedy),
    }[first.gather]
    place = Place(places[0].file, places[0].sheet, places[0].row, first.column)
    return Problem(place, first.severity, what, f"{listed}{more}", done, remedy)


def _rows(places: Sequence[Place]) -> str:
    shown = ", ".join(str(place.row) for place in places[:3])
    return f"row{'s' if len(places) > 1 else ''} {shown}" + (f" and {len(places) - 3} more" if len(places) > 3 else "")


def headings_again(place: Place) -> Problem:
    return Problem(
        place,
        "note",
        "the headings stand here again",
        "tables that were cut by pages repeat them",
        "The row is not counted as an entry.",
        "Nothing needs doing.",
    )


def _also(rows: Sequence[int]) -> str:
    shown = ", ".join(str(row) for row in rows[:8])
    more = f" and {len(rows) - 8} more" if len(rows) > 8 else ""
    return f"The same stands in row{'s' if len(rows) > 1 else ''} {shown}{more}."


def former_word(heading: str, words: str, old: Concept) -> Doubt:
    """A word that the vocabulary no longer uses: it is read as the one that replaced it, and that is said."""
    return Doubt(
        heading,
        "note",
        f"{short(words)} is {old.notation}, a word no longer in use",
        f"{old.replaced_by} has taken its place",
        f'It is read as "{old.replaced_by}". The cell is kept as written.',
        f'Nothing need be done; in new returns write "{old.replaced_by}".',
    )
