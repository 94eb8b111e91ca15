"""How many reviews, cells or questions a law is tried on."""

from __future__ import annotations

import os
from typing import Final

QUICK: Final = "quick" in os.environ.get("KG_TESTS", "")
"""Whether one is in the midst of work (``make quick``): then a law is tried on a tenth, and before landing on all."""


def examples(number: int) -> int:
    """So many examples; a tenth of them, and ten at least, while one is in the midst of work."""
    return min(number, max(10, number // 10)) if QUICK else number
