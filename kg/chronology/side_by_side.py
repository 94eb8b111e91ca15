"""All agencies' entries side by side: who is family or public, who belongs to whom, and which rows are of one event."""

from __future__ import annotations

from dataclasses import dataclass

from kg.chronology.events import Links, link_events
from kg.model.review import Review
from kg.people.household import Household
from kg.terms.marks import is_public
from kg.terms.reader import Terms


@dataclass(frozen=True, slots=True)
class Chronology:
    """A review with what is worked out once before anything is judged, and asked for everywhere after.

    ``public`` are the names of "agencies" that are really the family or the public; ``links`` the rows of different
    agencies that are accounts of one event.
    """

    review: Review
    terms: Terms
    public: frozenset[str]
    household: Household
    links: Links

    @classmethod
    def of(cls, review: Review, terms: Terms) -> Chronology:
        """The chronology of a review, in the words of an ontology. Nothing in it depends on the order of rows or files."""
        public = frozenset(agency.name for agency in review.agencies if is_public(agency, terms))
        return cls(review, terms, public, Household(review, terms), link_events(review, terms, public))
