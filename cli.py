"""The command line: ``kg`` and the order of its commands, each imported when it is called or listed."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from kg.commands.shared import Sturdy

COMMANDS = {
    "demo": "kg.commands.review:demo",
    "new": "kg.commands.review:new",
    "template": "kg.commands.office:template",
    "check": "kg.commands.review:check",
    "columns": "kg.commands.columns:columns",
    "replace": "kg.commands.office:replace",
    "merge-returns": "kg.commands.office:merge_returns",
    "chronology": "kg.commands.find:chronology",
    "find-gaps": "kg.commands.find:find_gaps_command",
    "episodes": "kg.commands.episodes:episodes_command",
    "storyboard": "kg.commands.storyboard:storyboard_command",
    "who-knew": "kg.commands.find:who_knew_command",
    "explain": "kg.commands.find:explain",
    "link": "kg.commands.link:link",
    "code": "kg.commands.code:code",
    "accept": "kg.commands.decide:accept",
    "dismiss": "kg.commands.decide:dismiss",
    "note": "kg.commands.decide:note",
    "questions": "kg.commands.decide:questions",
    "timeline": "kg.commands.draw:timeline",
    "network": "kg.commands.draw:network",
    "matrix": "kg.commands.draw:matrix",
    "compare": "kg.commands.compare:compare_command",
    "diff": "kg.commands.compare:diff_command",
    "counts": "kg.commands.compare:counts_command",
    "query": "kg.commands.query:query",
    "serve": "kg.commands.serve:serve",
    "export": "kg.commands.exchange:export",
    "import": "kg.commands.exchange:import_command",
    "push": "kg.commands.server:push",
    "drop": "kg.commands.server:drop",
    "ontology": "kg.commands.review:ontology",
    "schema": "kg.commands.review:schema",
}
"""The commands in the order in which a reviewer meets them, and the room of each."""


class Commands(Sturdy):
    """The commands, each imported only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in order."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """A command by its name."""
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kg-review", prog_name="kg")
def main() -> None:
    """Who knew what, when, in a safeguarding review; and what never arrived.

    A review is a folder: review.toml and one return an agency. Nothing leaves this computer.

    \b
    Examples:
      kg demo
      kg new my-review
      kg check my-review
      kg find-gaps my-review
    """
    # A pipe to a program that stops reading is not an error of ours.
    if sys.stdout.encoding.lower() not in ("utf-8", "utf8"):
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


if __name__ == "__main__":
    main()
