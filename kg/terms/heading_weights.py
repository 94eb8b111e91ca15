"""What words of headings and signs of cells speak for, read from the Turtle (``ontology/headings.ttl``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from kg.terms.tables import CellSign

Texts = Callable[[str], Sequence[str]]
"""The texts that a thing has under one of our own names."""

Unread = Callable[[str, str], None]
"""Told of a text that cannot be read: the name under which it stands, and the text."""


def weights(name: str, texts: Texts, unread: Unread) -> Mapping[str, int]:
    """Each column with its weight, from texts such as "written 3"; below 0 it speaks against."""
    found: dict[str, int] = {}
    for said in texts(name):
        column, _, weight = said.rpartition(" ")
        if column and re.fullmatch(r"-?\d", weight):
            found[column] = int(weight)
        else:
            unread(name, said)
    return found


def cell_sign(notation: str, label: str, texts: Texts, unread: Unread) -> CellSign:
    """A sign of cells, with the shares from which on it and its lack speak. A share that is none never speaks."""

    def share(name: str, otherwise: float) -> float:
        said = "".join(texts(name))
        if re.fullmatch(r"[01]|[01]?\.\d+", said):
            return float(said)
        unread(name, said)
        return otherwise

    return CellSign(
        name=notation,
        label=label,
        least=share("least", 2.0),
        speaks=weights("speaksFor", texts, unread),
        hardly=share("hardly", 0.0),
        lack_speaks=weights("lackSpeaksFor", texts, unread),
    )
