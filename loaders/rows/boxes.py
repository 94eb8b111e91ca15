"""Boxes to tick, as forms have them: which of the choices written beside them was taken.

Only what a cell is read as is decided here; the cell itself keeps every box and word.
"""

from __future__ import annotations

import re

from loaders.rows.doubts import Doubt
from loaders.rows.roster import short

_MARK = re.compile(
    r"(?P<ticked>[☑✓✔✅🗸🗹]|[\[(]\s*[✓✔☑]\s*[\])])|(?P<crossed>[☒⊠🗷🗵]|[\[(]\s*[xX✗✘×]\s*[\])])"  # noqa: RUF001
    r"|(?P<refused>[✗✘❌])|(?P<blank>[☐□◻❏❑🞎]|\[\s*\]|\[_+\]|\(\s+\))"
)


def chosen(heading: str, cell: str, pending: list[Doubt]) -> str:
    """The choices of a cell whose boxes are ticked, or the cell itself where it has no boxes.

    A tick alone is "yes", a cross alone "no", a box alone nothing. A box with a cross in it counts as ticked, unless
    other boxes beside it hold ticks. Where it cannot be known what a mark means, the cell is left as it is.
    """
    if cell.isascii() and "[" not in cell and "(" not in cell:
        return cell
    marks = [(match.lastgroup or "", match.start(), match.end()) for match in _MARK.finditer(cell)]
    if not marks or (len(marks) == 1 and cell.isascii() and not cell.strip().startswith(("[", "("))):
        return cell
    ticked = any(kind == "ticked" for kind, _, _ in marks)
    boxed = any(kind in ("blank", "ticked") for kind, _, _ in marks)
    taken = {"ticked"} if ticked else {"crossed"} if boxed or len(marks) == 1 else {"crossed", "unsure"}
    words = _MARK.sub(" ", cell).strip()
    if not any(sign.isalnum() for sign in words):
        kinds = {kind for kind, _, _ in marks}
        if len(kinds) > 1:
            return cell
        if kinds == {"crossed"}:
            pending.append(_crossed(heading, cell))
        return {"ticked": "yes", "crossed": "yes", "refused": "no"}.get(kinds.pop(), "")
    if not ticked and all(kind == "refused" for kind, _, _ in marks):
        return cell
    found = [label for kind, label in _labelled(cell, marks) if kind in taken and label]
    if not found:
        pending.append(_none(heading, cell))
    return "; ".join(found)


def _labelled(cell: str, marks: list[tuple[str, int, int]]) -> list[tuple[str, str]]:
    """Each mark with the words that belong to it: those after it, or before it where the cell ends with a mark."""
    before = not cell[marks[-1][2] :].strip() and bool(cell[: marks[0][1]].strip())
    if before:
        begins = [0, *(end for _, _, end in marks[:-1])]
        return [(kind, _bare(cell[at:start])) for at, (kind, start, _) in zip(begins, marks, strict=True)]
    ends = [*(start for _, start, _ in marks[1:]), len(cell)]
    return [(kind, _bare(cell[end:at])) for at, (kind, _, end) in zip(ends, marks, strict=True)]


def _bare(words: str) -> str:
    return " ".join(words.split()).strip(" ,;/|:")


def _crossed(heading: str, cell: str) -> Doubt:
    return Doubt(
        heading,
        "warning",
        f"{short(cell)} is a box with a cross, and nothing beside it",
        "Word ticks its boxes so, but a cross may also be meant as a no",
        'It is read as ticked: "yes".',
        "Ask the agency if it crosses out what does not apply, and write yes or no.",
    )


def _none(heading: str, cell: str) -> Doubt:
    return Doubt(
        heading,
        "note",
        f"none of the boxes in {short(cell)} is ticked",
        "a choice that nobody made says nothing",
        "The cell is read as blank; the words are kept.",
        "Ask the agency which was meant.",
    )
