"""Refs that a row says it passed on, met again where they are written with another dash, space or case."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.model.record import Entry
from kg.terms.tables import Terms


def form_of(ref: str) -> str:
    """A Ref with case, spaces, dashes and unseen signs put aside."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", ref).casefold() if sign.isalnum())


def with_refs_met(entries: Sequence[Entry], terms: Terms) -> list[Entry]:
    """The entries of one agency, each Ref under Shared what as its own row writes it, where just one row can be meant.

    A Ref that some row has letter for letter stays; so does a word of the vocabulary. The cells stay as written.
    """
    if not any(entry.shared_what for entry in entries):
        return list(entries)
    own = {entry.ref for entry in entries}
    forms: dict[str, set[str]] = defaultdict(set)
    for ref in own:
        forms[form_of(ref)].add(ref)

    def met(word: str) -> str:
        if word in own or terms.concept("indicator", word) is not None:
            return word
        meant = forms.get(form_of(word), set())
        return next(iter(meant)) if len(meant) == 1 and form_of(word) else word

    found = []
    for entry in entries:
        what = tuple(map(met, entry.shared_what))
        found.append(entry if what == entry.shared_what else replace(entry, shared_what=what))
    return found
