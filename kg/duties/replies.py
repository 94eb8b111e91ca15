"""Questions sent back to an agency that its corrected return answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.chronology.order import in_order
from kg.model.review import Review


def answered_questions(review: Review) -> Mapping[str, list[int]]:
    """The rows that answer a question sent back to an agency, by the question's id, in order of time."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in in_order(review, (row for row, entry in enumerate(review.entries) if entry.answers)):
        for word in review.entries[row].answers.replace(";", " ").replace(",", " ").split():
            found[word].append(row)
    return found
