"""What tests of reading share: a return, read in a small review."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from helpers.returns import TOML, Write

import loaders


@pytest.fixture
def read(write_review: Write) -> Callable[..., loaders.Loaded]:
    """A function that reads one return of the police, or several returns by file name."""

    def read(content: str | bytes | dict[str, str | bytes], toml: str = TOML) -> loaders.Loaded:
        returns = content if isinstance(content, dict) else {"town-police.csv": content}
        return loaders.load(write_review(toml, returns))

    return read
