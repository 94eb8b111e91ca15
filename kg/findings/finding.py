"""One finding: what it is about, how sure, and the id by which it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from kg.findings.accounts_differ import Differing
from kg.findings.missed_share import MissedShare
from kg.findings.not_seen import NotSeen
from kg.findings.one_sided import OneSided
from kg.findings.opportunity import Opportunity
from kg.findings.pooled_threshold import Pooled
from kg.model.record import Entry
from kg.model.review import Review

WORDS = {
    "missed-opportunity": "chance",
    "missed-share": "share",
    "pooled-threshold": "pooled",
    "accounts-differ": "differ",
    "not-received": "receipt",
    "not-sent": "sending",
    "not-seen": "unseen",
}
"""The word that an id of each kind of finding begins with."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the record shows that somebody should look at.

    ``kind`` is a notation of the output contract ("missed-share", "missed-opportunity", ...); ``certainty`` "sure" or
    "possible"; ``agency`` and ``subject`` names, or "" where the kind has none; ``detail`` what it rests on; ``status``
    what the reviewer decided: "open", "accepted" or "dismissed".
    """

    id: str
    kind: str
    certainty: str
    agency: str
    subject: str
    detail: MissedShare | OneSided | NotSeen | Opportunity | Pooled | Differing
    status: str = "open"


class Keys:
    """The lasting names that ids are made of: never a rank, and a display name only where review.toml gives no key."""

    def __init__(self, review: Review) -> None:
        self._keys = {agency.name: agency.key or agency.name for agency in review.agencies}
        self._keys |= {person.name: person.key or person.name for person in review.people}

    def entry(self, entry: Entry) -> str:
        """What lasts of an entry when its return is corrected: its Ref, or its date and words if it has none."""
        own = entry.ref if entry.cells.get("ref") else digest((entry.when.words, entry.narrative))
        return f"{self._keys.get(entry.agency, entry.agency)}/{own}"

    def id(self, kind: str, *parts: str) -> str:
        """A finding's id: a word for the kind, and ten hexadecimal digits of what it is about."""
        return f"{WORDS[kind]}-{digest((kind, *(self._keys.get(part, part) for part in parts)))}"


def digest(parts: Sequence[str]) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:10]
