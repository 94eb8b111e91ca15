"""How the material is marked: the words at the head of every page."""

from __future__ import annotations

MARKING = "OFFICIAL-SENSITIVE"
"""The protective marking of a drawing, unless another is asked for."""
