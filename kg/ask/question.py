"""A question of the library: its words, its parameters, and how each engine is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass
RECORD, COMPUTED = "record", "computed"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question may be given: its name, what it is for, and its ``kind`` ("text" or "day").

    Text that is not given is "", and then nothing is left out for it. A day that is not given is that of the incident.
    """

    name: str
    kind: str
    title: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the library, in words and in each language.

    ``title`` is the question as a reviewer would put it, ``about`` what is counted and what not. ``layer`` is "record"
    where the query itself works it out from what agencies wrote, else "computed". ``columns`` name the cells of a row.
    ``many_reviews``: it may be asked of several reviews at once. In ``sparql`` a parameter stands in the graph as
    ``kg:asked asked:NAME ?value``, in ``cypher`` as ``$NAME``.
    """

    name: str
    title: str
    about: str
    layer: str
    columns: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    sparql: str
    cypher: str
    many_reviews: bool = False
