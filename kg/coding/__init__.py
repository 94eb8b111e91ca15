"""Codes suggested from narratives, for the reviewer to judge.

``suggest(review, terms)`` yields every suggestion; ``evaluate(suggestions, key)`` says how good they are against true
codes; ``check_lexicon(lexicon, terms)`` finds what cannot be right in the lexicon. The lexicon is data:
``ontology/patterns.ttl`` and ``ontology/context.ttl``.
"""

from kg.coding.evaluate import Score, evaluate, read_key
from kg.coding.lexicon_check import check_lexicon
from kg.coding.suggest import Coder, make_coder, suggest, suggest_for
from kg.coding.suggestion import Suggestion
from kg.terms.lexicon import Lexicon, load_lexicon

__all__ = [
    "Coder",
    "Lexicon",
    "Score",
    "Suggestion",
    "check_lexicon",
    "evaluate",
    "load_lexicon",
    "make_coder",
    "read_key",
    "suggest",
    "suggest_for",
]
