"""The one address under which the words of the ontology stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

NAMESPACE = "https://w3id.org/kg-review/"
"""Where every name of the ontology begins. Not yet registered: it names, it does not lead anywhere."""
