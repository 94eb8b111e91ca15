"""Commands that ask the graph, and take a review out into other forms and back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.server import server_options, the_server
from kg.commands.shared import (
    FOLDER,
    Seconds,
    of_several,
    reading_option,
    say,
    say_unread,
    show,
    show_json,
    show_table,
    suggested_option,
)
from kg.folder import open_review, study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ask.cypher.server import Server
    from kg.ask.engines import Material, Unstudied
    from kg.ask.question import Question
    from kg.ask.sparql.engine import Found
    from kg.findings.study import Study
    from kg.reports.lines import Line

ENGINES = ("sparql", "python", "rdflib", "cypher", "neo4j")
WIDEST = 60
"""Letters of a cell that a table on a terminal shows."""


@contextmanager
def _told() -> Iterator[None]:
    """What cannot be asked, said in its own words and not as a mistake in the command."""
    from kg.ask.refusal import NotAsked

    try:
        yield
    except NotAsked as wrong:
        raise click.ClickException(str(wrong)) from None


@click.command()
@click.argument("reviews", nargs=-1, type=FOLDER, metavar="REVIEW...")
@click.option("--sparql", metavar="QUERY", help="SPARQL to ask: a file, the text itself, or - for standard input.")
@click.option("--cypher", metavar="QUERY", help="Cypher to ask: a file, the text itself, or - for standard input.")
@click.option("--ask", metavar="NAME", help="A question of the library, by its name.")
@click.option("--list", "listing", is_flag=True, help="List the questions of the library.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="sparql",
    show_default=True,
    help="What answers a question of the library; each gives the same rows.",
)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A value for a parameter of the question.")
@click.option(
    "--timeout", type=Seconds(), default=60.0, show_default=True, metavar="SECONDS",
    help="End the question after so many seconds.",
)  # fmt: skip
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "markdown"]),
    default="table",
    show_default=True,
    help="How to print rows. A graph (CONSTRUCT, DESCRIBE) is printed as Turtle.",
)
@click.option("--record", is_flag=True, help="Ask only what the agencies wrote, in SPARQL: faster for large reviews.")
@server_options(required=False)
@suggested_option
@reading_option
@of_several
def query(
    reviews: Sequence[Path],
    sparql: str | None,
    cypher: str | None,
    ask: str | None,
    listing: bool,
    engine: str,
    params: Sequence[str],
    timeout: float,
    form: str,
    record: bool,
    server: str | None,
    user: str,
    database: str,
    in_the_clear: bool,
    suggested: bool,
    reading: str,
) -> None:
    """Ask a review's graph: a question of the library, or one of your own in SPARQL or Cypher.

    Queries only read, and nothing leaves this computer but to a Neo4j server that you name. In SPARQL the usual prefixes
    need no declaration, and --param day=... stands in the graph as kg:asked asked:day.

    \b
    Examples:
      kg query --list
      kg query my-review --ask did-not-arrive
      kg query my-review --ask held-on-a-day --param day=06/08/1999 --format csv
      kg query my-review --sparql "SELECT ?name { ?x a kg:Agency ; kg:name ?name }"
      kg query my-review --cypher "MATCH (e:Entry) RETURN e.entry_name LIMIT 5"
    """
    given = _given(params)
    if listing:
        _list(form)
        return
    chosen = [each for each in (sparql, cypher, ask) if each is not None]
    if len(chosen) != 1:
        raise click.UsageError(
            "Say what to ask, in one way: --ask NAME, --sparql QUERY or --cypher QUERY. --list lists names."
        )
    if not reviews:
        raise click.UsageError("Name the review to ask: kg query REVIEW ...")

    with _told():
        if ask is not None:
            from kg.ask.library import named

            asked = named(ask)
            graph = the_server(_needed(server), user, database, in_the_clear) if engine == "neo4j" else None
            read_alone = asked.layer == "record" and engine in ("sparql", "python", "rdflib") and not suggested
            studied = _read(reviews) if read_alone else _studied(reviews, reading, suggested)
            _ask_library(asked, studied, given, engine, graph, timeout, form)
        elif cypher is not None:
            served = engine == "neo4j" or _is_given("server")
            graph = the_server(_needed(server), user, database, in_the_clear) if served else None
            _ask_cypher(_text(cypher), _studied(reviews, reading, suggested), given, graph, timeout, form)
        else:
            asked_of = _read(reviews) if record and not suggested else _studied(reviews, reading, suggested)
            _ask_sparql(_text(sparql or ""), asked_of, given, timeout, form)


def _given(params: Iterable[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for each in params:
        name, mark, value = each.partition("=")
        if not mark or not name.strip():
            raise click.UsageError(
                f'"{each}" is no parameter: write its name, = and its value, as in --param day=06/08/1999.'
            )
        given[name.strip()] = value
    return given


def _is_given(name: str) -> bool:
    source = click.get_current_context().get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _needed(server: str | None) -> str:
    if server is None:
        raise click.UsageError("Name the server: --server neo4j://127.0.0.1:7687, or NEO4J_URI in the environment.")
    return server


def _text(words: str) -> str:
    """A query: from standard input, from a file of that name, or as written."""
    if words == "-":
        try:
            return sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError:
            raise click.UsageError("What came in is not text in UTF-8. Nothing was asked.") from None
    named = len(words) < 1000 and not any(mark in words for mark in "{}()\n")
    if named and (Path(words).is_file() or (Path(words).suffix and " " not in words)):
        try:
            return Path(words).read_text(encoding="utf-8")
        except OSError as wrong:
            raise click.UsageError(f"{words} could not be read: {wrong.strerror}. Nothing was asked.") from None
        except UnicodeDecodeError:
            raise click.UsageError(f"{words} is not text in UTF-8. Nothing was asked.") from None
    return words


def _studied(reviews: Sequence[Path], reading: str, suggested: bool) -> list[Study]:
    studied = []
    for review in reviews:
        gaps, problems = study(review, reading, suggested=suggested)
        say_unread(review, problems)
        studied.append(gaps)
    _check_titles([gaps.review.title for gaps in studied])
    return studied


def _read(reviews: Sequence[Path]) -> list[Unstudied]:
    """The reviews as they are read, where nothing needs to be computed to answer."""
    from kg.ask.engines import Unstudied
    from kg.terms.reader import load

    read = []
    for review in reviews:
        loaded = open_review(review)
        say_unread(review, loaded.problems)
        read.append(Unstudied(loaded.review, load()))
    _check_titles([each.review.title for each in read])
    return read


def _check_titles(titles: Sequence[str]) -> None:
    twice = next((title for title in titles if titles.count(title) > 1), None)
    if twice is not None:
        raise click.UsageError(f'two of the reviews are called "{twice}": give each a title of its own in review.toml.')


def _list(form: str) -> None:
    from kg.ask.library import library

    if form == "json":
        show_json([
            {
                "name": each.name, "title": each.title, "about": each.about, "columns": list(each.columns),
                "parameters": [{"name": p.name, "kind": p.kind, "title": p.title} for p in each.parameters],
            }
            for each in library()
        ])  # fmt: skip
    elif form != "table":
        rows = (
            {"name": q.name, "title": q.title, "parameters": "; ".join(p.name for p in q.parameters)} for q in library()
        )
        show_table(form, ["name", "title", "parameters"], rows)
    else:
        lines: list[Line] = []
        for each in library():
            takes = "".join(f" --param {p.name}=..." for p in each.parameters)
            lines += [("title", each.name + takes), ("", f"  {each.title}")]
        show(lines)


def _ask_library(
    asked: Question,
    studied: Sequence[Material],
    given: Mapping[str, str],
    engine: str,
    server: Server | None,
    timeout: float,
    form: str,
) -> None:
    from kg.ask.library import answer
    from kg.ask.whose_codes import with_whose_word

    with _served():
        columns, rows = answer(studied, asked, given, engine=engine, server=server, timeout=timeout)
    columns, rows = with_whose_word(columns, rows, studied)
    _show(columns, rows, form)
    if form == "table":
        from kg.reports.lines import flow

        show([("", ""), *(("quiet", line) for line in flow(" ".join(asked.about.split())))])


@contextmanager
def _served() -> Iterator[None]:
    """What a server cannot answer, said in its own words."""
    from kg.ask.cypher.server_errors import NotServed

    try:
        yield
    except NotServed as wrong:
        raise click.ClickException(str(wrong)) from None


def _ask_cypher(
    text: str, studied: Sequence[Study], given: Mapping[str, str], server: Server | None, timeout: float, form: str
) -> None:
    from kg.ask.cypher.engine import embedded
    from kg.ask.cypher.server import ask
    from kg.ask.cypher.text import only_reading
    from kg.ask.engines import cell
    from kg.graph.computed import draw_all
    from kg.graph.property_graph import as_property_graph, schema_of

    only_reading(text)
    if server is None:
        graphs = (as_property_graph(draw_all(gaps), gaps.terms, gaps.review.title) for gaps in studied)
        with embedded(*graphs) as graph:
            answer = graph.ask(text, given, timeout=timeout)
    else:
        title, *others = (gaps.review.title for gaps in studied)
        schema = schema_of(studied[0].terms)
        with _served():
            answer = ask(server, text, given, review=title, others=others, schema=schema, timeout=timeout)
    _show(answer.columns, [[cell(value) for value in row] for row in answer.rows], form)


def _ask_sparql(text: str, asked_of: Sequence[Material], given: Mapping[str, str], timeout: float, form: str) -> None:
    """Ask everything of what is studied, and the record alone of what is only read."""
    from itertools import chain

    from kg.ask.sparql.engine import ask_sparql
    from kg.ask.sparql.text import check
    from kg.findings.study import Study
    from kg.graph.rdf.quads import ontology_quads, quads, record_quads
    from kg.terms.reader import load

    check(text)
    statements = chain.from_iterable(
        quads(each)
        if isinstance(each, Study)
        else chain(record_quads(each.review, each.terms), ontology_quads(each.review, each.terms))
        for each in asked_of
    )
    found = ask_sparql(statements, text, load(), parameters=given, timeout=timeout)
    if found.graph is not None:
        click.echo(found.graph, nl=False)
    elif form == "json":
        from kg.ask.sparql.results import as_json

        click.echo(as_json(found))
    elif found.boolean is not None:
        say("yes" if found.boolean else "no")
    else:
        _show(found.columns, _plain(found), form)


def _plain(found: Found) -> list[list[object]]:
    from kg.graph.rdf.trig import short

    return [
        ["" if cell is None else short(cell["value"]) if cell["type"] == "uri" else cell["value"] for cell in row]
        for row in found.rows
    ]


def _show(columns: Sequence[str], rows: Sequence[Sequence[object]], form: str) -> None:
    named = (dict(zip(columns, row, strict=True)) for row in rows)
    if form == "json":
        show_json(list(named))
    elif form != "table":
        show_table(form, columns, named)
    elif not rows:
        say("No row: no record of what was asked for.")
    else:
        say("\n".join(_table(columns, rows)))


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Rows for a terminal: one line each, long cells cut with a mark."""
    cells = [[_cut(value) for value in row] for row in rows]
    widths = [max(len(name), *(len(row[at]) for row in cells)) for at, name in enumerate(columns)]
    for line in ([*columns], ["-" * width for width in widths], *cells):
        yield "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip()
    yield f"{len(rows)} row{'s' * (len(rows) != 1)}"


def _cut(value: object) -> str:
    words = "".join(char if char.isprintable() else " " for char in " ".join(str(value).split()))
    return words if len(words) <= WIDEST else words[: WIDEST - 1].rstrip() + "\u2026"
