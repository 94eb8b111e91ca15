"""Commands for reviews that several people ask on a Neo4j server: push and drop."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.shared import reading_option, review_argument, say
from kg.folder import study

if TYPE_CHECKING:
    from kg.ask.cypher.server import Server

Command = Callable[..., None]


def server_options(required: bool) -> Callable[[Command], Command]:
    """Which Neo4j server, and who asks."""

    def with_options(command: Command) -> Command:
        for option in reversed(
            (
                click.option(
                    "--server",
                    envvar="NEO4J_URI",
                    required=required,
                    metavar="URI",
                    help="Where the Neo4j server is: neo4j://127.0.0.1:7687, or neo4j+s://HOST.",
                ),
                click.option(
                    "--user", envvar="NEO4J_USERNAME", default="neo4j", show_default=True, help="The user there."
                ),
                click.option(
                    "--database",
                    envvar="NEO4J_DATABASE",
                    default="neo4j",
                    show_default=True,
                    help="Which database there.",
                ),
                click.option(
                    "--in-the-clear",
                    is_flag=True,
                    help="Speak to another computer without encryption, on a trusted network.",
                ),
            )
        ):
            command = option(command)
        return command

    return with_options


def the_server(uri: str, user: str, database: str, in_the_clear: bool) -> Server:
    """The server, with the password from NEO4J_PASSWORD or from a prompt that does not show it."""
    from kg.ask.cypher.server import Server

    password = os.environ.get("NEO4J_PASSWORD")
    if password is None:
        password = click.prompt(
            f"Password of {user} at {uri}", hide_input=True, default="", show_default=False, err=True
        )
    return Server(uri, password, user, database, in_the_clear)


@click.command()
@review_argument
@server_options(required=True)
@click.option("--name", help="Keep it there under this name instead of the review's title.")
@reading_option
def push(
    review: Path, server: str, user: str, database: str, in_the_clear: bool, name: str | None, reading: str
) -> None:
    """Put a review on a Neo4j server, whole or not at all, in place of what the server has of it.

    The password is asked for, or taken from NEO4J_PASSWORD. The server holds a copy of all that the review holds: keep
    it as safe. What changes in the folder afterwards is there after the next push.

    \b
    Examples:
      kg push my-review --server neo4j://127.0.0.1:7687
      NEO4J_PASSWORD=... kg push my-review --server neo4j+s://graph.example.org --user reviewer
    """
    from kg.ask.cypher.server import push as push_graph
    from kg.ask.cypher.server_errors import NotServed
    from kg.graph.computed import draw_all
    from kg.graph.property_graph import as_property_graph

    gaps, _ = study(review, reading)
    graph = as_property_graph(draw_all(gaps), gaps.terms, name or gaps.review.title)
    there = the_server(server, user, database, in_the_clear)
    try:
        done = push_graph(there, graph)
    except NotServed as wrong:
        raise click.ClickException(str(wrong)) from None
    was = {
        "new": "It was not there before.",
        "replaced": "It replaces the version that was there.",
        "the same": "It was there already, the same; nothing was sent.",
    }[done.before]
    say(f'"{done.review}" stands at {server}: {done.nodes} nodes, {done.relations} relations, counted there. {was}')


@click.command()
@click.argument("review", metavar="REVIEW")
@server_options(required=True)
def drop(review: str, server: str, user: str, database: str, in_the_clear: bool) -> None:
    """Take a review off a Neo4j server. REVIEW is its folder, or its name there. The folder itself is left alone.

    \b
    Examples:
      kg drop my-review --server neo4j://127.0.0.1:7687
      kg drop "Untitled review" --server neo4j://127.0.0.1:7687
    """
    from kg.ask.cypher.server import drop as drop_graph
    from kg.ask.cypher.server_errors import NotServed

    name = review
    if Path(review).is_dir():
        from kg.folder import open_review

        name = open_review(Path(review)).review.title
    there = the_server(server, user, database, in_the_clear)
    try:
        nodes = drop_graph(there, name)
    except NotServed as wrong:
        raise click.ClickException(str(wrong)) from None
    say(f'"{name}" is no longer at {server}: {nodes} nodes were taken away, with their relations.')
