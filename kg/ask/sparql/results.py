"""What a SPARQL query found, in the forms that ordinary clients ask for: JSON, XML, CSV and TSV of the SPARQL 1.1 standards."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kg.ask.sparql.engine import GRAPHS as GRAPH_FORMS
from kg.ask.sparql.engine import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Found, Term
from kg.graph.rdf.quads import quoted


def as_json(found: Found) -> str:
    """SPARQL 1.1 Query Results JSON."""
    if found.boolean is not None:
        return json.dumps({"head": {}, "boolean": found.boolean})
    bindings = [
        {name: dict(cell) for name, cell in zip(found.columns, row, strict=True) if cell is not None}
        for row in found.rows
    ]
    answer: dict[str, Any] = {"head": {"vars": list(found.columns)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False)


def as_xml(found: Found) -> str:
    """SPARQL Query Results XML."""
    out = ['<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n<head>']
    out += [f"<variable name={quoteattr(name)}/>" for name in found.columns]
    out.append("</head>\n")
    if found.boolean is not None:
        out.append(f"<boolean>{'true' if found.boolean else 'false'}</boolean>\n")
    else:
        out.append("<results>\n")
        for row in found.rows:
            cells = [
                f"<binding name={quoteattr(name)}>{_xml(cell)}</binding>"
                for name, cell in zip(found.columns, row, strict=True)
                if cell is not None
            ]
            out.append(f"<result>{''.join(cells)}</result>\n")
        out.append("</results>\n")
    return "".join([*out, "</sparql>\n"])


def as_csv(found: Found) -> str:
    """SPARQL 1.1 Query Results CSV: values alone."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(found.columns if found.boolean is None else ["boolean"])
    if found.boolean is not None:
        writer.writerow(["true" if found.boolean else "false"])
    writer.writerows([cell["value"] if cell else "" for cell in row] for row in found.rows)
    return out.getvalue()


def as_tsv(found: Found) -> str:
    """SPARQL 1.1 Query Results TSV: terms as Turtle writes them."""
    if found.boolean is not None:
        return f"?boolean\n{'true' if found.boolean else 'false'}\n"
    lines = ["\t".join(f"?{name}" for name in found.columns)]
    lines += ["\t".join(_turtle(cell) for cell in row) for row in found.rows]
    return "\n".join(lines) + "\n"


FORMS: dict[str, Callable[[Found], str]] = {
    "application/sparql-results+json": as_json,
    "application/json": as_json,
    "application/sparql-results+xml": as_xml,
    "application/xml": as_xml,
    "text/xml": as_xml,
    "text/csv": as_csv,
    "text/tab-separated-values": as_tsv,
}
"""How each media type is written."""


GRAPHS: dict[str, str] = {
    **{media: media for media in GRAPH_FORMS},
    "application/x-turtle": TURTLE,
    "application/turtle": TURTLE,
    "text/rdf+n3": TURTLE,
    "text/n3": TURTLE,
    "text/plain": N_TRIPLES,
    "application/xml": RDF_XML,
    "text/xml": RDF_XML,
    "application/json": JSON_LD,
}
"""The form in which a graph is given, by each name under which clients ask for one: Turtle is also N3, for instance."""


def wanted(accept: str, offered: Iterable[str]) -> str:
    """The media type of these in which a client gets an answer, from its Accept header; "" where it takes none of them.

    Of several that it likes equally, the first that it names; of those that it takes with a star, the first offered.
    """
    offered = [*offered]
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",") if accept.strip() else ["*/*"]):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = float(parameter[2:])
                except ValueError:
                    quality = 0.0
        ranked.append((-quality, place, media))
    for quality, _, media in sorted(ranked):
        if quality == 0:
            continue
        for each in offered:
            if media in (each, "*/*") or (media.endswith("/*") and each.startswith(media[:-1])):
                return each
    return ""


def _xml(cell: Term) -> str:
    kept = "".join(c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in cell["value"])
    words = escape(kept, {"\r": "&#13;"})
    if cell["type"] == "uri":
        return f"<uri>{words}</uri>"
    if cell["type"] == "bnode":
        return f"<bnode>{words}</bnode>"
    mark = ""
    if "xml:lang" in cell:
        mark = f" xml:lang={quoteattr(cell['xml:lang'])}"
    elif "datatype" in cell:
        mark = f" datatype={quoteattr(cell['datatype'])}"
    return f"<literal{mark}>{words}</literal>"


def _turtle(cell: Term | None) -> str:
    if cell is None:
        return ""
    if cell["type"] == "uri":
        return f"<{cell['value']}>"
    if cell["type"] == "bnode":
        return f"_:{cell['value']}"
    mark = f"@{cell['xml:lang']}" if "xml:lang" in cell else f"^^<{cell['datatype']}>" if "datatype" in cell else ""
    return quoted(cell["value"]) + mark
