"""Who may look at a served review: whoever has the token or the password, from this page and by this name alone.

A page of another site that is open in the same browser must not be able to read a review: requests are taken only under
the names that were meant (against names that are pointed here from outside), and only from the server's own pages.
"""

from __future__ import annotations

import base64
import hmac
import math
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.guesses import Guesses
from kg.serve.looked import Log, line

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Sent with every answer: nothing is kept, loaded from elsewhere, framed elsewhere, or told to others."""

LEFT = 499
"""The answer to somebody who has gone: nobody reads it."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What a request must show. With a ``password`` any user name will do; without one, the ``token``.

    ``names`` are those under which the server may be called, besides addresses made of numbers; on this computer alone
    (``here``) those that mean this computer. ``guesses`` counts wrong passwords.
    """

    token: str = field(repr=False)
    port: int
    password: str = field(default="", repr=False)
    names: tuple[str, ...] = ()
    here: bool = True
    guesses: Guesses = field(default_factory=Guesses, repr=False)

    def refuse(self, request: Request) -> Response | None:
        """Why a request is not let through, or where it is sent instead; None if it is let through."""
        host = request.headers.get("host", "")
        if not self._named(host):
            return PlainTextResponse("This server does not go by that name.\n", 421)
        origin = request.headers.get("origin", f"http://{host}").casefold()
        elsewhere = origin not in (f"http://{host}".casefold(), f"https://{host}".casefold())
        if elsewhere or request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return PlainTextResponse(
                "Only this server's own pages may ask it. Write its address yourself instead of following a link.\n",
                403,
            )
        if self.password:
            return self._refuse_password(request)
        # First of all, so that the token leaves the address also where the browser has it already.
        if _same(request.query_params.get("token", ""), self.token):
            return self._welcome(request)
        if _same(request.cookies.get(self.cookie, ""), self.token):
            return None
        scheme, _, word = request.headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer" and _same(word.strip(), self.token):
            return None
        return PlainTextResponse(
            "Open the address that kg serve printed: it carries the token.\n",
            401,
            headers={"WWW-Authenticate": 'Bearer realm="kg"'},
        )

    def _refuse_password(self, request: Request) -> Response | None:
        """Why whoever gives a password, or none, is not let through; after several wrong ones it is not even looked at."""
        address = request.client.host if request.client is not None else ""
        if "authorization" in request.headers:
            wait = math.ceil(self.guesses.wait(address))
            if wait:
                again = "1 second" if wait == 1 else f"{wait} seconds"
                return PlainTextResponse(
                    f"Too many wrong passwords came from your address. Try again in {again}.\n",
                    429,
                    headers={"Retry-After": str(wait)},
                )
            if _same(self._basic(request), self.password):
                return None
            self.guesses.wrong(address)
        return PlainTextResponse(
            "A password is needed.\n", 401, headers={"WWW-Authenticate": 'Basic realm="kg", charset="UTF-8"'}
        )

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds the token: its own for each port, as cookies know no ports."""
        return f"kg-{self.port}"

    def _welcome(self, request: Request) -> Response | None:
        """A browser keeps the token as a cookie and goes on without it in its address; a program just goes on."""
        if request.method != "GET" or "text/html" not in request.headers.get("accept", ""):
            return None
        rest = urlencode([(key, value) for key, value in parse_qsl(request.url.query) if key != "token"])
        # One slash: two would begin the name of another server.
        path = "/" + quote(request.scope["path"].lstrip("/"), safe="/")
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
        return answer

    def _named(self, host: str) -> bool:
        if not _HOST.fullmatch(host):
            return False
        try:
            called = urlsplit(f"//{host}")
            name, port = called.hostname or "", called.port or 80
        except ValueError:
            return False
        known = {each.casefold() for each in self.names}
        if self.here:
            return port == self.port and name in known | {"127.0.0.1", "localhost", "::1"}
        return _is_number(name) or name in known

    @staticmethod
    def _basic(request: Request) -> str:
        scheme, _, word = request.headers.get("authorization", "").partition(" ")
        if scheme.casefold() != "basic":
            return ""
        try:
            return base64.b64decode(word, validate=True).decode().partition(":")[2]
        except ValueError:
            return ""


class Guarded:
    """An application behind a guard: whatever it answers goes out with the headers that keep it to itself.

    With a ``log`` a line is kept of every request, without a word of the review.
    """

    def __init__(self, app: ASGIApp, guard: Guard, log: Log | None = None) -> None:
        self._app, self._guard, self._log = app, guard, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that is let through, or say why it is not."""
        if scope["type"] != "http":
            return

        begun, status = time.monotonic(), LEFT

        async def kept(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await (self._guard.refuse(Request(scope)) or self._app)(scope, receive, kept)
        finally:
            if self._log is not None:
                address = (scope.get("client") or ("",))[0]
                took = time.monotonic() - begun
                told = line(address, scope["method"], scope["path"], status, took, datetime.now())
                if told:
                    self._log(told)


_HOST = re.compile(r"[\w.-]+(:\d{1,5})?|\[[\da-fA-F:.]+\](:\d{1,5})?")


def _same(given: str, kept: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), kept.encode())


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_here(hosts: Iterable[str]) -> bool:
    """Whether all of these addresses are this computer's alone."""
    return all(host == "localhost" or (_is_number(host) and ip_address(host).is_loopback) for host in hosts)
