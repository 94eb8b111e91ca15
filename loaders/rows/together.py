"""Several columns for one thing read as one: two accounts, two lists of people, seen and seen alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.rows.columns import Columns
from loaders.rows.roster import unlike

Joint = tuple[int, Sequence[int], str]
"""The first column of a thing, the further ones, and what stands between their words."""

Seen = tuple[str, tuple[str, ...]]
"""Whether someone was seen, as a notation, and who."""

_TEXTS = ("what-happened", "said", "comment", "action")
_ALONE = re.compile(r"\balone\b|\bown\b|\bthemselves\b", re.IGNORECASE)


def joints(columns: Columns) -> list[Joint]:
    """The columns of a table that are read together; of Seen each is read by itself (see ``seen_together``)."""
    return [
        (columns.at(name), more, "\n" if name in _TEXTS else "; ")
        for name, more in columns.also.items()
        if name != "seen"
    ]


def read_together(row: Sequence[str], joined: Sequence[Joint]) -> list[str]:
    """A row whose columns for one thing are read as one: the words of all stand in the first of them."""
    read = list(row)
    for first, more, sign in joined:
        read[first] = sign.join(words for words in (row[first], *(row[place] for place in more)) if words.strip())
    return read


def seen_together(first: Seen, second: Seen, heading: str) -> Seen:
    """Two columns for seen as one: "alone" from either; a heading that asks only whether alone never says "not seen"."""
    (seen, people), (more, others) = first, second
    if _ALONE.search(heading):
        more = {"yes": "alone", "no": ""}.get(more, more)
    return (more or seen) if not seen or more == "alone" else seen, unlike((*people, *others))
