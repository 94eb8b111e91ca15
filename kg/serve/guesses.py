"""Guesses of the password: after a few wrong ones from an address, it has to wait, each time longer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

FREE = 3
"""Wrong guesses after which nobody has to wait yet: people mistype."""
LONGEST = 300.0
"""Seconds that a wait has at most."""
FORGOTTEN = 3600.0
"""Seconds without a wrong guess after which earlier ones count no more."""
MOST = 10_000
"""Addresses that are remembered; beyond them the one that guessed longest ago is forgotten."""


@dataclass(slots=True)
class _Guessed:
    wrong: int
    last: float


class Guesses:
    """The wrong guesses of each address. A right one wipes out none: others may sit behind the same address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._alone = threading.Lock()
        self._by: dict[str, _Guessed] = {}

    def wait(self, address: str) -> float:
        """Seconds for which nothing that comes from an address is looked at; 0 where it may try."""
        with self._alone:
            guessed = self._by.get(_home(address))
            now = self._clock()
            if guessed is None or now - guessed.last > FORGOTTEN:
                return 0.0
            return max(0.0, wait_after(guessed.wrong) - (now - guessed.last))

    def wrong(self, address: str) -> None:
        """A password that came from this address was not the one."""
        with self._alone:
            home, now = _home(address), self._clock()
            before = self._by.pop(home, None)
            counted = before.wrong if before is not None and now - before.last <= FORGOTTEN else 0
            self._by[home] = _Guessed(counted + 1, now)
            while len(self._by) > MOST:
                del self._by[next(iter(self._by))]


def wait_after(wrong: int) -> float:
    """Seconds to wait after so many wrong guesses: none, then twice as long each time, up to ``LONGEST``."""
    return 0.0 if wrong < FREE else min(LONGEST, 2.0 ** min(wrong - FREE, 30))


def _home(address: str) -> str:
    """Who an address is: of the long kind each house has very many, and they count as one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ip_network((found, 64), strict=False))
    return str(found)
