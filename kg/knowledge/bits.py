"""Sets of facts as the bits of one integer."""

from __future__ import annotations

from collections.abc import Iterator

FEW = 8
"""Up to this many ones, a bitset is taken apart one by one."""


def bits_of(mask: int) -> Iterator[int]:
    """The positions of the ones in a bitset, lowest first."""
    if mask.bit_count() > FEW:
        # Many ones in a long integer: as text, each is found without copying the integer.
        first = (mask & -mask).bit_length() - 1
        text = bin(mask >> first)[:1:-1]
        at = 0
        while at >= 0:
            yield first + at
            at = text.find("1", at + 1)
        return
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
