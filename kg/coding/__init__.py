"""Which codes do a row's own words suggest, for the reviewer to judge?

``suggest`` yields every suggestion, ``evaluate`` says how good they are against true codes, ``lexicon_check`` finds what
cannot be right in the lexicon. The lexicon is data: ``ontology/patterns.ttl`` and ``ontology/context.ttl``.
"""
