"""A page as one file: everything it needs is inside it, and nothing of the review can come alive in it.

A page is made of pieces in the ``web`` folder of its room. The review goes in as data; a policy in the page lets run only
what is in the page, by its hash, and lets nothing be loaded or sent.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent


def piece(page: str, name: str) -> str:
    """One piece of a page, by the name of its file: of "timeline" or "network"."""
    return (HOME / page / "web" / name).read_text(encoding="utf-8")


def filled(markup: str, parts: Mapping[str, str]) -> str:
    """Markup with every ``{name}`` replaced by the part of that name. Raises KeyError for a part that is not given.

    It goes through the markup once, so that no text of the review is ever taken for a part of the page.
    """
    out, rest = [], markup
    while "{" in rest:
        before, _, after = rest.partition("{")
        name, _, rest = after.partition("}")
        out += [before, parts[name]]
    # A lone half of a pair, as broken files have, cannot be written as UTF-8.
    return "".join([*out, rest]).encode("utf-8", "replace").decode()


def policy(scripts: Sequence[str], style: str) -> str:
    """The policy of a page that runs these scripts and has this style, and asks for nothing else."""
    allowed = " ".join(f"'{_hash(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'; "
        "img-src data:"
    )


def embedded(data: Any) -> str:
    """JSON that may stand inside a script element: no ``<``, and no line ends that older scripts take for line ends."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode("utf-8", "replace").decode()


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
