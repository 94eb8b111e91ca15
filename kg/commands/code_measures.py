"""Measures of codes and coders: how good suggestions are, how far readers agree; and wordings written out as patterns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kg.commands.shared import say, show
from kg.folder import open_review
from kg.terms.reader import load


def measure(reviews: Sequence[Path], against: Sequence[Path]) -> None:
    """How good the suggestions are, over several reviews at once, against the codes that stand in them or against tables."""
    from kg.coding.evaluate import Score, evaluate, key_of, read_key
    from kg.coding.gathered import suggestions
    from kg.reports.coding import measure_report

    if against and len(against) != len(reviews):
        raise click.UsageError("give one --against for each review, in their order, or none.")
    terms, score, whole = load(), Score(), Score()
    for at, folder in enumerate(reviews):
        review = open_review(folder).review
        try:
            key = read_key(against[at]) if against else key_of(review)
        except (KeyError, UnicodeDecodeError):
            raise click.UsageError(
                f"{against[at].name} is no table of true codes: a CSV in UTF-8 with the column entry, and indicators, "
                "responses, contact, seen, shared_with, received_from, negated as far as they are known."
            ) from None
        unknown = [name for name in key if name not in {entry.name for entry in review.entries}]
        if unknown:
            say(
                f"{folder}: {len(unknown)} rows of the key name no entry, {unknown[0]} the first; they are left out.",
                err=True,
            )
        key = {name: said for name, said in key.items() if name not in unknown}
        made = suggestions(review, terms)
        evaluate(made, key, terms, score=score)
        evaluate(made, key, terms, floor="look", score=whole)
        what = f"against {against[at].name}" if against else "against the codes that stand in it"
        say(f"{folder}: {len(key)} rows, {what}")
    show(measure_report(score, whole))


def agree(folder: Path) -> None:
    """Where readers of a review accepted different codes, and how far they agree."""
    from kg.coding.agreement import agreement
    from kg.reports.coding import agreement_report

    show(agreement_report(agreement(open_review(folder).review)))


def write_patterns(folder: Path) -> None:
    """Write the wordings that reviewers added as patterns into patterns.ttl, beside those that stand there already."""
    from kg.base.files import write_atomically
    from kg.base.grammar import count
    from kg.coding.gathered import OWN_PATTERNS, as_turtle, taught
    from kg.terms.lexicon import read_lines
    from kg.terms.reader import NotTurtle

    path = folder / OWN_PATTERNS
    try:
        before = read_lines(path) if path.exists() else ()
    except NotTurtle as wrong:
        raise click.UsageError(f"{wrong} Nothing was written.") from None
    known = {(line.code, line.words) for line in before}
    new = [line for line in taught(open_review(folder).review) if (line.code, line.words) not in known]
    if not new:
        say("No wording was added by a reviewer that is not a pattern already. Nothing was written.")
        return
    write_atomically(path, as_turtle((*before, *new)))
    say(
        f"Wrote {path}: {count(len(new), 'wording')} added. Copy the file into the next review's folder to use it there."
    )
    for line in new:
        say(f"  {line.code}: {line.words}")
