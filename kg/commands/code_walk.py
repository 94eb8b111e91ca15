"""The walk through suggested codes in the terminal: one key each, every decision kept at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import click

from kg.base.fingerprint import fingerprint
from kg.base.grammar import count
from kg.base.nearest import meant
from kg.coding.gathered import by_wording, taught
from kg.coding.laid_over import with_codes
from kg.coding.proposals import already_there, proposals
from kg.coding.stopping import drawn, in_words, left_unread
from kg.coding.suggestion import Suggestion
from kg.commands.decide import the_day
from kg.commands.shared import say
from kg.decisions.telling import Telling, in_turn
from kg.folder import open_review
from kg.model.problem import Place
from kg.model.record import MARKS, Entry
from kg.model.review import Review
from kg.model.reviewer import CODED, RESTS_ON, Coded
from kg.reports.coding import around, in_brief, lit, state_of, suggestion_lines
from kg.terms.reader import Terms, load

HELP = (
    "a accept   r reject   c another code   + add a code   w whose   e every one of this row   n nothing more here\n"
    "A accept all of this wording   R none of this wording   s skip   z undo   ? keys   q stop"
)
ROW_HELP = "n nothing here   + add a code   s skip   z undo   ? keys   q stop"
STOP = "q"


def keep(folder: Path, each: Coded) -> Coded:
    """Add one decision to codes.csv; the decision with its place. Raises click.ClickException where it cannot be kept."""
    from kg.base.append import NotKept, append_row

    cells = {
        "Entry": each.entry, "Fingerprint": each.fingerprint, "Field": each.field, "Notation": each.value,
        "Verdict": each.verdict, "By": each.by, "On": each.on.isoformat(), "Words": each.words,
        "From": str(each.start) if each.end else "", "To": str(each.end) if each.end else "", "Whose": each.whose,
        "Pattern": each.pattern,
    }  # fmt: skip
    try:
        line = append_row(folder / "codes.csv", CODED, cells, optional=RESTS_ON)
    except NotKept as wrong:
        raise click.ClickException(str(wrong)) from None
    return replace(each, place=Place("codes.csv", row=line))


def decision(entry: Entry, each: Suggestion | None, verdict: str, by: str, on: date) -> Coded:
    """A decision on a suggestion, or (None) on a narrative as a whole."""
    mark = fingerprint(entry.narrative)
    if each is None:
        return Coded(entry.name, mark, "", "", verdict, by, on, Place("codes.csv"))
    whose = each.whose[0] if each.whose else ""
    return Coded(
        entry.name, mark, each.field, each.value, verdict, by, on, Place("codes.csv"), each.words, each.start, each.end,
        whose, each.pattern,
    )  # fmt: skip


@dataclass(slots=True)
class Sitting:
    """One sitting of one reviewer: the review as it stands now, what waits, and what can be undone."""

    folder: Path
    written: Review
    terms: Terms
    by: str
    on: date
    telling: Telling
    made: list[Suggestion]
    coded: frozenset[str] = frozenset()
    blind: bool = False
    kept: list[list[Coded]] = field(default_factory=list)
    skipped: set[tuple[str, str, str]] = field(default_factory=set)
    passed_over: set[str] = field(default_factory=set)
    keys: int = 0
    review: Review = field(init=False)
    entries: dict[str, Entry] = field(init=False)

    def __post_init__(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Lay what was decided over the review again."""
        self.review = with_codes(self.written)
        self.entries = {entry.name: entry for entry in self.review.entries}

    def decide(self, some: Iterable[Coded]) -> None:
        """Keep decisions that one key made, so that one key undoes them."""
        made = [keep(self.folder, each) for each in some]
        if made:
            self.kept.append(made)
            self.written = replace(self.written, codes=(*self.written.codes, *made))
            self.refresh()

    def undo(self) -> str:
        """Take back what the last key decided, by adding rows; in words."""
        if not self.kept:
            return "There is nothing to undo in this sitting."
        last = self.kept.pop()
        self.decide(replace(each, verdict="open", by=self.by, on=self.on) for each in last)
        self.kept.pop()
        names = {each.entry for each in last}
        self.passed_over -= names
        self.skipped = {each for each in self.skipped if each[0] not in names}
        return f"Undone: {', '.join(sorted(names)[:3])}{' …' if len(names) > 3 else ''}."

    def waiting(self) -> list[Suggestion]:
        """What still waits in this sitting."""
        return [
            each
            for each in proposals(self.review, self.terms, self.made)
            if (each.entry, each.field, each.value) not in self.skipped
        ]

    def learn(self) -> int:
        """Look for the wordings that the reviewer added elsewhere in the review; how many new suggestions they make."""
        known = {(each.entry, each.field, each.value) for each in self.made}
        new = [
            each
            for each in by_wording(self.review, self.terms, taught(self.review))
            if (each.entry, each.field, each.value) not in known
        ]
        self.made.extend(new)
        return sum(each.present and not already_there(each, self.entries[each.entry], self.terms) for each in new)

    def of_row(self, name: str) -> list[Suggestion]:
        """What waits in one row."""
        return [each for each in self.waiting() if each.entry == name and each.present and not each.repeats]


def walk(folder: Path, by: str, on: str | None, *, blind: bool) -> None:
    """Walk through what waits, the most telling first; then through rows of which nothing was suggested."""
    from kg.findings.study import find_gaps

    loaded, terms = open_review(folder), load()
    state = state_of(loaded.review, terms)
    gaps = find_gaps(loaded.review, terms)
    sitting = Sitting(
        folder, loaded.review, terms, by, the_day(on), Telling(gaps), list(state.made), state.coded, blind
    )
    groups = in_turn(sitting.waiting(), sitting.telling, sitting.coded)
    number = sum(map(len, groups))
    say(f"{count(number, 'suggestion')} in {count(len(groups), 'wording')}, the most telling first.\n{HELP}\n")
    if _suggestions(sitting) != STOP:
        _rows(sitting)
    _so_far(sitting)


def _suggestions(sitting: Sitting) -> str:
    """Ask each suggestion in turn; what ended it."""
    order = in_turn(sitting.waiting(), sitting.telling, sitting.coded)
    while True:
        waiting = {(each.entry, each.field, each.value): each for each in sitting.waiting()}
        group = next(
            (left for some in order if (left := [e for e in some if (e.entry, e.field, e.value) in waiting])), None
        )
        if group is None:
            order = in_turn(waiting.values(), sitting.telling, sitting.coded)
            if not order:
                return ""
            continue
        each = group[0]
        for line in _shown(sitting, each, group):
            say(line)
        if _answer(sitting, each, group) == STOP:
            return STOP


def _shown(sitting: Sitting, each: Suggestion, group: Sequence[Suggestion]) -> Iterable[str]:
    entry = sitting.entries[each.entry]
    yield f"{entry.name}, {entry.when.plain()}"
    yield from lit(entry, [(each.start, each.end), *each.also])
    yield from suggestion_lines(each, sitting.telling.change(each), sitting.terms, blind=sitting.blind)
    others = [one for one in sitting.of_row(entry.name) if one != each]
    if others:
        yield "    also in this row (e accepts these too):"
        for one in others:
            yield from in_brief(one, sitting.terms)
    if len(group) > 1:
        yield f"  The same wording in {len(group) - 1} more:"
        for one in group[1:]:
            whose = f" (whose: {', '.join(one.whose)})" if one.whose else ""
            yield f"    {one.entry}: {around(sitting.entries[one.entry], one)}{whose}"


def _key(sitting: Sitting, known: str, help_: str) -> str:
    """One key; the end of the input stops."""
    while True:
        click.echo("? ", nl=False)
        try:
            key = click.getchar() if sys.stdin.isatty() else sys.stdin.read(1)
        except (EOFError, KeyboardInterrupt, click.Abort):
            key = ""
        if key in ("\r", "\n", " "):
            continue
        if not key or key in ("\x04", "\x03"):
            say()
            return STOP
        say(key if key.isprintable() else "")
        sitting.keys += 1
        if key in known:
            return key
        say(help_)


def _answer(sitting: Sitting, each: Suggestion, group: Sequence[Suggestion]) -> str:
    key = _key(sitting, "arc+wenARszq", HELP)
    entry = sitting.entries[each.entry]
    if key == "a":
        _judge(sitting, entry, [(each, "accepted")])
    elif key == "r":
        _judge(sitting, entry, [(each, "rejected")])
    elif key == "e":
        _judge(sitting, entry, [(one, "accepted") for one in sitting.of_row(entry.name)])
    elif key == "n":
        _judge(sitting, entry, [(one, "rejected") for one in sitting.of_row(entry.name)])
    elif key in "AR":
        verdict = "accepted" if key == "A" else "rejected"
        sitting.decide(decision(sitting.entries[one.entry], one, verdict, sitting.by, sitting.on) for one in group)
        say(f"{verdict.capitalize()}: {len(group)} times.\n")
    elif key == "c":
        other = _another(sitting, entry, each.words)
        if other is not None:
            _judge(sitting, entry, [(each, "rejected"), (other, "accepted")])
    elif key == "+":
        _added(sitting, entry)
    elif key == "w":
        person = _person(sitting)
        if person:
            _judge(sitting, entry, [(replace(each, whose=(person,)), "accepted")])
    elif key == "s":
        sitting.skipped.add((each.entry, each.field, each.value))
        say()
    elif key == "z":
        say(f"{sitting.undo()}\n")
    return key


def _judge(sitting: Sitting, entry: Entry, some: Sequence[tuple[Suggestion, str]]) -> None:
    """Keep what one key decided of one row; with its last suggestion the row, seen whole, is passed."""
    left = {(one.field, one.value) for one in sitting.of_row(entry.name)} - {(one.field, one.value) for one, _ in some}
    made = [decision(entry, one, verdict, sitting.by, sitting.on) for one, verdict in some]
    if not left and not entry.passed:
        made.append(decision(entry, None, "passed", sitting.by, sitting.on))
    sitting.decide(made)
    said = ", ".join(f"{verdict} {one.value}" for one, verdict in some) or "nothing here"
    say(f"Kept: {said}{'; the row is passed' if not left else ''}.\n")
    if any(verdict == "accepted" and ":" not in one.pattern.partition(" ")[0] for one, verdict in some):
        new = sitting.learn()
        if new:
            say(f"These words stand in {new} more, which are suggested now.\n")


def _added(sitting: Sitting, entry: Entry) -> None:
    words = _words("On which words of the row")
    if not words:
        return
    at = entry.narrative.casefold().find(words.casefold())
    if at < 0:
        say(f'"{words}" does not stand in the row, word for word. Nothing was added.\n')
        return
    other = _another(sitting, entry, entry.narrative[at : at + len(words)])
    if other is not None:
        sitting.decide([decision(entry, other, "accepted", sitting.by, sitting.on)])
        say(f"Kept: added {other.value}.\n")
        new = sitting.learn()
        if new:
            say(f"These words stand in {new} more, which are suggested now.\n")


def _another(sitting: Sitting, entry: Entry, words: str) -> Suggestion | None:
    """The code that the reviewer names for some words, or None."""
    said = _words("Which code")
    known: list[str] = []
    for field_ in ("indicators", "responses", "contact", "seen"):
        scheme = MARKS[field_]
        notation = sitting.terms.match(scheme, said) if said else None
        if notation:
            start = entry.narrative.find(words)
            return Suggestion(entry.name, field_, notation, words, start, start + len(words), "", "sure")
        known += [each.notation for each in sitting.terms.schemes[scheme].concepts]
    say(f'"{said}" is no code of the vocabulary.{meant(said, known)} Nothing was kept.\n')
    return None


def _person(sitting: Sitting) -> str:
    """The listed person whom the reviewer names, or "" with a word why not."""
    said = _words("Whose")
    for person in sitting.review.people:
        if said.casefold() in (person.name.casefold(), *(alias.casefold() for alias in person.aliases)):
            return person.name
    say(
        f'No listed person is named "{said}".{meant(said, [p.name for p in sitting.review.people])} Nothing was kept.\n'
    )
    return ""


def _words(what: str) -> str:
    try:
        said: str = click.prompt(what, prompt_suffix=": ", default="", show_default=False)
    except click.Abort:
        return ""
    return said.strip()


def _rows(sitting: Sitting) -> None:
    """Rows of which nothing was suggested, drawn by lot: those read so far say how many of the others may bear something."""
    said = False
    while True:
        spoken = {each.entry for each in sitting.made if each.present}
        left = [
            entry
            for entry in sitting.review.entries
            if not (entry.passed or entry.name in sitting.coded or entry.name in sitting.passed_over)
            and entry.narrative.strip()
            and (entry.name in spoken or not entry.accepted)
        ]
        if not left:
            return
        entry = min(left, key=_order(drawn(left), spoken))
        if not said:
            say(
                f"Of {count(len(left), 'row')} nothing waits, and nobody has passed them: each is read whole.\n{ROW_HELP}\n"
            )
            said = True
        say(f"{entry.name}, {entry.when.plain()}")
        for line in lit(entry, []):
            say(line)
        key = _key(sitting, "n+szq", ROW_HELP)
        if key == STOP:
            return
        if key == "n":
            sitting.decide([decision(entry, None, "passed", sitting.by, sitting.on)])
            say()
        elif key == "+":
            _added(sitting, entry)
            if _suggestions(sitting) == STOP:
                return
        elif key == "s":
            sitting.passed_over.add(entry.name)
        else:
            say(f"{sitting.undo()}\n")
            if _suggestions(sitting) == STOP:
                return


def _order(by_lot: Sequence[Entry], spoken: set[str]) -> Callable[[Entry], tuple[bool, int]]:
    place = {entry.name: at for at, entry in enumerate(by_lot)}
    return lambda entry: (entry.name in spoken, place[entry.name])


def _so_far(sitting: Sitting) -> None:
    decided = sum(map(len, sitting.kept))
    waiting = sum(each.present and not each.repeats for each in sitting.waiting())
    say(
        f"{count(decided, 'decision')} kept in codes.csv with {count(sitting.keys, 'key')}; "
        f"{count(waiting, 'suggestion')} left for another day."
    )
    for line in in_words(left_unread(sitting.review, sitting.made, sitting.coded)):
        say(line)
