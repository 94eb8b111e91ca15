"""The pages of a served review: where to go, the questions, their answers, an entry.

Everything of the review is escaped where it goes in; the policy sent along lets run only the server's own script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, urlencode

from kg.ask.question import Question
from kg.ask.sparql.engine import Found, content
from kg.findings.study import Study
from kg.model.record import Entry

SHOWN = 1000
"""Rows of an answer that a page shows; the CSV has all."""


EXAMPLE = """SELECT ?entry ?day ?indicator
WHERE {
  ?row a kg:Entry ; kg:entryName ?entry ; kg:earliestDay ?day ; kg:indicator/skos:notation ?indicator .
}
ORDER BY ?day ?entry
LIMIT 20
"""
"""What stands in the SPARQL page until somebody writes."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: the review's title, the state of its files, and what is wrong with them."""

    title: str
    stamp: str
    wrong: str = ""
    older: bool = False

    def page(self, name: str, body: str, *, writing: bool = False) -> str:
        """A whole page. Where somebody may be ``writing``, a change of the files is told and nothing is lost."""
        shown = ". Shown is the last state in which everything could be" if self.older else ""
        told = (
            f'<p class="told" role="status">Not everything in the files can be read as they are now{shown}:\n'
            f"{escape(self.wrong)}</p>"
        )
        return (
            '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width">\n'
            f'<title>{escape(name)} · {escape(self.title)}</title>\n<link rel="stylesheet" href="/style.css">\n</head>\n'
            f'<body data-stamp="{escape(self.stamp)}"{" data-writing=yes" if writing else ""}>\n'
            f'<header><strong>{escape(self.title)}</strong><a href="/">Review</a><a href="/timeline">Timeline</a>'
            '<a href="/network">Who told whom</a><a href="/questions">Questions</a><a href="/sparql-page">SPARQL</a></header>\n'
            '<p id="changed" hidden>The review\'s files have changed. Ask again to have the new answer.</p>\n'
            f"{told if self.wrong else ''}{body}\n"
            '<script src="/live.js"></script>\n</body>\n</html>\n'
        )


def home(frame: Frame, gaps: Study, headline: str) -> str:
    """The first page: what the review is, and where to go."""
    return frame.page(
        "Review",
        f"<main><h1>{escape(frame.title)}</h1><p>{escape(headline)}</p><ul>"
        '<li><a href="/timeline">The timeline</a></li><li><a href="/network">Who told whom</a></li>'
        '<li><a href="/questions">Questions, and their answers</a></li>'
        '<li><a href="/sparql-page">A question of your own</a>, in SPARQL</li></ul>'
        f'<p class="quiet">{len(gaps.review.entries)} entries of {len(gaps.review.agencies)} agencies. SPARQL 1.1 '
        "Protocol clients ask at /sparql, with the token as a bearer.</p></main>",
    )


def drawing(frame: Frame, name: str, page: str) -> str:
    """The timeline, or who told whom, in a frame of its own: such a page lets nothing in."""
    return frame.page(name, f'<iframe title="{escape(name)}" data-page="{page}"></iframe>')


def questions(frame: Frame, library: Iterable[Question]) -> str:
    """Every question of the library, each with its parameters to fill in."""
    items = "".join(
        f"<section><h2>{escape(each.title)}</h2><p class=quiet>{escape(each.about)}</p>{question_form(each, {})}</section>"
        for each in library
    )
    return frame.page("Questions", f"<main><h1>Questions</h1>{items}</main>", writing=True)


def answer(
    frame: Frame,
    question: Question,
    given: Mapping[str, str],
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    entries: Mapping[str, Entry],
) -> str:
    """The answer to a question of the library; names of entries lead to the entries."""
    address = f"/ask/{quote(question.name)}.csv?{urlencode(given)}"
    return frame.page(
        question.title,
        f"<main><h1>{escape(question.title)}</h1><p class=quiet>{escape(question.about)}</p>"
        f"{question_form(question, given)}{table(columns, rows, entries)}"
        f'<p><a href="{escape(address)}">As CSV</a></p></main>',
        writing=bool(question.parameters),
    )


def refused(frame: Frame, name: str, why: str, before: str = "") -> str:
    """Why there is no answer, and what to do."""
    return frame.page(
        name,
        f'<main><h1>{escape(name)}</h1>{before}<p class="told" role="alert">{escape(why)}</p></main>',
        writing=True,
    )


def sparql(frame: Frame, text: str, below: str) -> str:
    """A query of one's own, and what it found."""
    return frame.page("SPARQL", f"<main><h1>SPARQL</h1>{sparql_form(text)}{below}</main>", writing=True)


def sparql_form(text: str) -> str:
    """Where a query is written."""
    return (
        '<form method="get" action="/sparql-page"><p><label for="query">Query</label><br>'
        f'<textarea id="query" name="query" spellcheck="false" required>{escape(text)}</textarea></p>'
        '<p><button>Ask</button> <span class="quiet">Only reading; the usual prefixes need not be declared.</span></p></form>'
    )


def entry(frame: Frame, found: Entry) -> str:
    """One entry, every column as the agency wrote it."""
    rows = "".join(
        f"<tr><th scope=row>{escape(name)}</th><td>{escape(words)}</td></tr>"
        for name, words in found.cells.items()
        if words
    )
    link = quote(found.name, safe="")
    return frame.page(
        found.name,
        f"<main><h1>{escape(found.name)}</h1><p>{escape(found.when.plain())}</p><table><tbody>{rows}</tbody></table>"
        f'<p class="quiet">{escape(str(found.place))}</p>'
        f'<p><a href="/timeline#entry={link}">On the timeline</a></p></main>',
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], entries: Mapping[str, Entry]) -> str:
    """Rows as a table; a cell that names an entry leads to it."""
    if not rows:
        return "<p>No row: no record of what was asked for.</p>"
    head = "".join(f"<th scope=col>{escape(name.replace('_', ' '))}</th>" for name in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{_cell(value, entries)}</td>' for value in row)}</tr>\n" for row in rows[:SHOWN]
    )
    more = f"<p>{len(rows) - SHOWN} more rows are in the CSV.</p>" if len(rows) > SHOWN else ""
    count = f"{len(rows)} row{'s' * (len(rows) != 1)}"
    return f"<p>{count}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: object, entries: Mapping[str, Entry]) -> str:
    words = "" if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)
    if words in entries:
        return f'<a href="/entry/{quote(words, safe="")}">{escape(words)}</a>'
    return escape(words)


def question_form(question: Question, given: Mapping[str, str]) -> str:
    """The parameters of a question, as far as they are filled in."""
    fields = "".join(
        f'<label>{escape(each.title)} <input name="{escape(each.name)}" value="{escape(given.get(each.name, ""))}"></label>'
        for each in question.parameters
    )
    return f'<form method="get" action="/ask/{quote(question.name)}">{fields}<button>Ask</button></form>'


def found(answer: Found, entries: Mapping[str, Entry]) -> str:
    """What a SPARQL query found: rows, yes or no, or a graph as Turtle."""
    if answer.boolean is not None:
        return f"<p>{'Yes' if answer.boolean else 'No'}.</p>"
    if answer.graph is not None:
        return f"<pre>{escape(answer.graph)}</pre>"
    return table(answer.columns, [[content(cell) for cell in row] for row in answer.rows], entries)
