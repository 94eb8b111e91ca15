"""One return of a trust from the returns of its services, each row keeping which service wrote it.

A trust with several services sends one return, but knowledge does not flow between its services by itself: who wrote
what must stay plain. Rows are copied word for word; only the column Unit is filled in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from kg.chronology.order import turn
from kg.model.review import Review


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows of a merged return in the order of their dates, each by notation of the column or by its heading.

    ``parts`` counts the rows of each service; ``renamed`` lists the Refs that had to change, as (service, was, is): two
    services had used the same one.
    """

    rows: tuple[dict[str, str], ...]
    parts: tuple[tuple[str, int], ...]
    renamed: tuple[tuple[str, str, str], ...]


def parts_of(review: Review, agency: str) -> tuple[str, ...]:
    """The agencies that are part of this one, and their parts, in the order of review.toml."""
    found = {agency}
    grown = True
    while grown:
        more = {each.name for each in review.agencies if each.part_of in found} - found
        found |= more
        grown = bool(more)
    return tuple(each.name for each in review.agencies if each.name in found and each.name != agency)


def merged_return(review: Review, agency: str) -> Merged:
    """The rows of an agency and of all its parts as one return. Raises nothing; with no parts it has the agency's own rows.

    A row of a part has the part's name under Unit, before what stood there. A Ref that two of them use is given the
    part's name in front, under Ref and wherever that part's rows name it under Shared what; no other cell is changed.
    """
    whole = (agency, *parts_of(review, agency))
    rows = sorted((entry for entry in review.entries if entry.agency in whole), key=turn)
    used: dict[str, set[str]] = defaultdict(set)
    for entry in rows:
        used[entry.cells.get("ref", "").strip()].add(entry.agency)
    again = {ref for ref, users in used.items() if ref and len(users) > 1}
    made, renamed = [], []
    for entry in rows:
        cells = {key: cell for key, cell in entry.cells.items() if cell}
        if entry.agency != agency:
            own = cells.get("unit", "").strip()
            cells["unit"] = f"{entry.agency}: {own}" if own else entry.agency
            ref = cells.get("ref", "").strip()
            if ref in again:
                cells["ref"] = f"{entry.agency} {ref}"
                renamed.append((entry.agency, ref, cells["ref"]))
            if "shared-what" in cells:
                cells["shared-what"] = _named_anew(cells["shared-what"], entry.agency, again)
        made.append(cells)
    counted = Counter(entry.agency for entry in rows)
    return Merged(tuple(made), tuple((name, counted[name]) for name in whole if counted[name]), tuple(renamed))


def _named_anew(cell: str, agency: str, again: set[str]) -> str:
    parts = cell.split(";")
    if not any(part.strip() in again for part in parts):
        return cell
    return ";".join(
        part.replace(part.strip(), f"{agency} {part.strip()}") if part.strip() in again else part for part in parts
    )
