"""Reading a review: the folder in, a ``kg.model.Review`` and the problems met out."""

from __future__ import annotations

from kg.model.problem import NotAReview
from loaders.folder import Loaded, load

__all__ = ["Loaded", "NotAReview", "load"]
