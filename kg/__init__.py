"""kg: who knew what, when, in a safeguarding review; and what never arrived.

For notebooks, these names are all that is needed::

    import kg

    loaded = kg.load("my-review")            # the review, and every problem met in reading it
    gaps = kg.find_gaps(loaded.review)       # who held what, and what did not arrive
    for finding in gaps.findings:
        print(finding.id, kg.title(gaps, finding))
        print(kg.because(gaps, finding))
    kg.who_knew(gaps, "06/08/1999")          # what each agency held at the end of that day
    kg.in_order(loaded.review)               # entries of all agencies in one order
    kg.ask(gaps, "did-not-arrive")           # a question of the library: columns and rows
    kg.to_networkx(gaps)                     # everything as one graph, contacts as nodes
    kg.who_talked(gaps, "06/08/1999")        # who had told whom by the end of that day

Everything else is a room of the house and may move.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

    from kg.findings.finding import Finding
    from kg.findings.study import Study
    from kg.knowledge.as_of import Known
    from kg.model.record import Entry
    from kg.model.review import Review
    from kg.terms.reader import Terms
    from loaders import Loaded

__all__ = [
    "ask",
    "because",
    "find_gaps",
    "in_order",
    "load",
    "load_terms",
    "title",
    "to_networkx",
    "who_knew",
    "who_talked",
]


def load(folder: str | Path) -> Loaded:
    """Read a review folder: its review and every problem met. Raises ``loaders.NotAReview`` where it is none."""
    from kg.folder import open_review

    return open_review(Path(folder))


def load_terms() -> Terms:
    """The ontology: the words agencies write, the duties, the needs, and their sources."""
    from kg.terms.reader import load as read_terms

    return read_terms()


def find_gaps(review: Review | Loaded, reading: str = "recorded") -> Study:
    """Everything computed of a review, the reviewer's decisions included. ``reading`` is "recorded" or "generous"."""
    from kg.coding.laid_over import with_codes
    from kg.findings import study
    from kg.model.review import Review as Written

    written = review if isinstance(review, Written) else review.review
    return study.find_gaps(with_codes(written), load_terms(), reading=reading)


def who_knew(gaps: Study, on: str) -> list[Known]:
    """What each agency held at the end of a day (day first). Raises ValueError for words that are no date."""
    from kg.knowledge.as_of import who_knew as knew

    return list(knew(gaps.knowledge, _end_of(gaps, on)))


def who_talked(gaps: Study, on: str) -> networkx.MultiDiGraph:
    """Who had told whom by the end of a day (day first): agencies as nodes, tellings as edges. Raises as ``who_knew``."""
    from kg.graph.who_talked import who_talked as talked

    return talked(gaps, _end_of(gaps, on))


def to_networkx(review: Review | Study) -> networkx.MultiDiGraph:
    """A review as a graph, contacts as nodes: of a ``Review`` what was written, of ``Study`` all that is computed too."""
    from kg.graph.in_networkx import to_networkx as drawn

    return drawn(review)


def ask(gaps: Study, question: str, **given: str) -> tuple[tuple[str, ...], tuple[tuple[str | int | bool, ...], ...]]:
    """The columns and rows of a question of the library, by its name. Raises ``kg.ask.refusal.NotAsked`` if unknown."""
    from kg.ask.library import answer, named

    return answer(gaps, named(question), given)


def _end_of(gaps: Study, on: str) -> int:
    from kg.dates.reader import DateReader

    when, wrong = DateReader(gaps.review.period).read(on)
    if wrong or not when.closed:
        raise ValueError(f'"{on}" is not a date: {wrong or "it is open"}')
    return when.latest


def in_order(review: Review) -> list[Entry]:
    """The entries of all agencies in one order: by earliest moment, then latest, then name; undated last."""
    from kg.chronology.order import in_order as order

    return [review.entries[row] for row in order(review)]


def title(gaps: Study, finding: Finding) -> str:
    """A finding in one line."""
    from kg.wording import findings as wording

    return wording.title(gaps, finding)


def because(gaps: Study, finding: Finding) -> list[str]:
    """The sentences that carry a finding."""
    from kg.wording import findings as wording

    return wording.because(gaps, finding)
