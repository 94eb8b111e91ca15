"""Reading a review: the folder in, a ``kg.model.Review`` and the problems met out."""

from __future__ import annotations

from loaders.folder import Loaded, NotAReview, load

__all__ = ["Loaded", "NotAReview", "load"]
