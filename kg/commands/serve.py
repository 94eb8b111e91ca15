"""The command that serves a review to a browser and to SPARQL clients."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.ask.limits import AT_ONCE
from kg.base.pinned import INSTALL
from kg.commands.ending import when_the_window_closes
from kg.commands.output import FILE, file_to_write
from kg.commands.shared import reading_option, review_argument, say
from kg.folder import study

if TYPE_CHECKING:
    from kg.serve.app import Served
    from kg.serve.connection import Patient
    from kg.serve.looked import Log

SHORTEST = 12
"""Characters that a password has at least."""
EVERYWHERE = ("0.0.0.0", "::")
"""Addresses that are listened at and that nobody can go to."""
PATIENCE = 3
"""Seconds that whoever is being answered has left when the server ends."""


@click.command()
@review_argument
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="The port; 0 for any free one."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at. Any but this computer's needs a password.",
)
@click.option("--name", "names", multiple=True, help="A name by which others call this computer (may be repeated).")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=60,
    show_default=True,
    help="Seconds that a question may take.",
)
@click.option(
    "--at-once", type=click.IntRange(1, 64), default=AT_ONCE, show_default=True, help="Questions answered at once."
)
@click.option(
    "--log",
    type=FILE,
    help="Add a line to this file for every page that is looked at, without a word of the review.",
)
@reading_option
def serve(
    review: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    timeout: float,
    at_once: int,
    log: Path | None,
    reading: str,
) -> None:
    """Show a review in the browser: timeline, questions and answers; and answer SPARQL clients.

    The address printed carries a token; without it nothing is shown. Nothing is written, and what changes in the folder
    shows at once. For others to see it, another --host needs a password, asked for or taken from KG_PASSWORD; what is
    sent is then in the clear, so use it within a trusted network or behind a server that encrypts. Ctrl-C ends it.

    \b
    Examples:
      kg serve my-review
      kg serve my-review --host 0.0.0.0 --name review-pc.example.org
    """
    try:
        from kg.serve.app import Served
        from kg.serve.connection import Patient
    except ImportError:
        raise click.ClickException(f"What serves pages is not installed. Nothing was served.\n  {INSTALL}") from None
    from kg.serve.guard import Guard, is_here
    from kg.serve.watched import Watched

    here = is_here([host])
    password = "" if here else _password(host)
    kept = _log(log, here)
    with _listening(host, port) as listening:
        port = listening.getsockname()[1]
        watched = Watched(review, lambda folder: study(folder, reading))
        known = (host,) if here else (*names, socket.gethostname())
        guard = Guard(secrets.token_urlsafe(24), port, password, known, here)
        served = Served(watched, guard, timeout, at_once, kept)
        shown = (*names, socket.gethostname())[0] if host in EVERYWHERE else f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{port}/"
        say(f"{watched.latest().gaps.review.title} is shown at")
        say(f"  {address}?token={guard.token}" if here else f"  {address} (any user name, and the password)")
        say(f"SPARQL clients ask at {address}sparql{' with the token as a bearer' if here else ''}. Ctrl-C ends it.")
        _run(served, Patient, listening)
        say("Ended. Nothing is shown any more.")


def _run(served: Served, connection: type[Patient], listening: socket.socket) -> None:
    """Answer until the server is asked to end."""
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # who is cut off now need not be told
            served.end()
            await super().shutdown(sockets)

    settings = uvicorn.Config(
        served.app,
        http=connection,
        log_level="error",
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    server = Server(settings)
    with suppress(KeyboardInterrupt), when_the_window_closes(lambda: setattr(server, "should_exit", True)):
        server.run(sockets=[listening])


def _log(log: Path | None, here: bool) -> Log | None:
    """Where it is kept who looked: in the file that is named, else in the window if others than its user may look."""
    from kg.serve.looked import to_file, to_window

    if log is None:
        return None if here else to_window
    try:
        return to_file(file_to_write(log, (".log", ".txt")))
    except OSError as wrong:
        raise click.UsageError(
            f"{log} could not be written ({(wrong.strerror or 'no reason given').casefold()}). Nothing was served."
        ) from None


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as wrong:
        why = getattr(wrong, "strerror", None) or str(wrong)
        raise click.ClickException(
            f"{host}, port {port}, cannot be listened at: {why}. Nothing was served.\n"
            "  Try another --port, or 0 for any free one."
        ) from None


def _password(host: str) -> str:
    password = os.environ.get("KG_PASSWORD")
    if password is None:
        password = click.prompt(
            f"Password for whoever comes to {host}", hide_input=True, confirmation_prompt=True, err=True
        )
    if len(password) < SHORTEST:
        raise click.UsageError(
            f"the password has fewer than {SHORTEST} characters. Nothing was served; choose a longer one."
        )
    return str(password)
