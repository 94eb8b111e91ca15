"""How long a connection may keep the server waiting, and how many there may be: nobody can shut the others out."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 10.0
"""Seconds within which the head of a request has to be there, from when it could begin."""
UNREAD = 60.0
"""Seconds in which whoever asked has to take in some of an answer that waits for them."""
MOST = 100
"""Connections at once; further ones are closed with a word."""
EACH = 32
"""Connections at once from one address, where others have to come in too."""

FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\n"
    b"retry-after: 10\r\n\r\nToo many are being answered at this moment. Try again in a little while.\n"
)


class Patient(H11Protocol):
    """A connection whose other end may be slow, but not for ever."""

    _waits: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Somebody has come: they are let in while there is room."""
        super().connection_made(transport)
        mine = sum(each.client is not None and each.client[:1] == (self.client or ())[:1] for each in self._others())
        if len(self.connections) > MOST or mine > EACH:
            transport.write(FULL)
            transport.close()
            return
        self._wait()

    def handle_events(self) -> None:
        """Something has arrived: once it is the whole head of a request, there is no more waiting for it."""
        answered = self.cycle
        super().handle_events()
        if self.cycle is not answered:
            _ended(self._waits)

    def on_response_complete(self) -> None:
        """An answer has been given: from now on the next request is waited for."""
        self._wait()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Nobody takes in what is sent."""
        super().pause_writing()
        self._unread = self.loop.call_later(UNREAD, self.transport.abort)

    def resume_writing(self) -> None:
        """It is being taken in again."""
        super().resume_writing()
        _ended(self._unread)

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever was there has gone."""
        _ended(self._waits)
        _ended(self._unread)
        super().connection_lost(exc)

    def _others(self) -> list[H11Protocol]:
        return [each for each in self.connections if isinstance(each, H11Protocol)]

    def _wait(self) -> None:
        _ended(self._waits)
        self._waits = self.loop.call_later(PATIENCE, self._no_longer)

    def _no_longer(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()


def _ended(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
