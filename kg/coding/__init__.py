"""Which codes do a row's own words suggest, for the reviewer to judge?

Stands on people and terms. ``suggest`` finds what words suggest, ``proposals`` says which of that waits for the reviewer,
``laid_over`` reads a review with what the reviewer decided.
"""
