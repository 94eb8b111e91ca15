"""Measure suggested codes against true ones: python -m kg.cli_coding_measure REVIEW KEY.csv [REVIEW KEY.csv ...]

``--values`` adds every code, ``--errors`` every error. The form of a key is described in ``kg.coding.evaluate``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import loaders
from kg.coding.evaluate import Score, evaluate, read_key, report
from kg.coding.suggest import suggest
from kg.terms.reader import load


def main(words: Sequence[str]) -> None:
    """Measure reviews against their keys, all in one score, and print it. Raises as reading a review and a file does."""
    flags = {word for word in words if word.startswith("--")}
    paths = [Path(word) for word in words if word not in flags]
    terms, score = load(), Score()
    for folder, key in zip(paths[::2], paths[1::2], strict=True):
        evaluate(suggest(loaders.load(folder).review, terms), read_key(key), terms, score=score)
    lines = list(report(score, values="--values" in flags))
    if "--errors" in flags:
        errors = (*score.wrong, *score.missed, *score.negated_as_present, *score.true_left_out)
        lines += ["\t".join(error) for error in errors]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
