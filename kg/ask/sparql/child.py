"""One SPARQL query, in a process of its own that can be ended.

Run by its path and not as a part of the package: it knows nothing of reviews. It reads one line of JSON (the query and
what it may use), then statements as N-Quads until its input ends. It answers with lines of JSON: {"columns": [...]} and
a row on each line, {"boolean": ...}, {"text": ...} for a graph, and at the end {"end": ...} or {"error": ...}; with
{"many": ...} or {"much": ...} where there are more rows or bytes than it may give, and {"nameless": ...} for a property that
RDF/XML cannot name.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from types import ModuleType
from typing import Any, BinaryIO, TextIO

Frame = dict[str, object] | list[dict[str, str] | None]


def main(asked: BinaryIO, out: TextIO) -> None:
    """Take the statements in, ask, and answer."""
    import pyoxigraph as ox

    wanted = json.loads(asked.readline())
    _keep_within(wanted["memory"])
    try:
        store = ox.Store()
        store.bulk_load(input=asked, format=ox.RdfFormat.N_QUADS, lenient=True)
        _open_nothing_more()
        found = store.query(wanted["query"], prefixes=wanted["prefixes"], use_default_graph_as_union=True)
        if isinstance(found, ox.QueryBoolean):
            frames: Iterator[Frame] = iter([{"boolean": bool(found)}, {"end": True}])
        elif isinstance(found, ox.QueryTriples):
            frames = _graph(ox, found, wanted)
        else:
            frames = _rows(ox, found, wanted)
        for frame in frames:
            out.write(json.dumps(frame, ensure_ascii=False) + "\n")
    except (SyntaxError, ValueError, RuntimeError, OSError) as wrong:
        out.write(json.dumps({"error": str(wrong)}) + "\n")


def _rows(ox: ModuleType, found: Any, wanted: dict[str, Any]) -> Iterator[Frame]:
    names = [variable.value for variable in found.variables]
    yield {"columns": names}
    sent = 0
    for count, solution in enumerate(found, 1):
        if count > wanted["rows"]:
            yield {"many": wanted["rows"]}
            return
        row = [_written(ox, solution[name]) for name in names]
        sent += sum(len(cell["value"]) for cell in row if cell is not None)
        if sent > wanted["size"]:
            yield {"much": wanted["size"]}
            return
        yield row
    yield {"end": True}


def _written(ox: ModuleType, term: Any) -> dict[str, str] | None:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        literal = {"type": "literal", "value": term.value}
        if term.language is not None:
            literal["xml:lang"] = term.language
        elif term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
            literal["datatype"] = term.datatype.value
        return literal
    return None if term is None else {"type": "literal", "value": str(term)}


def _graph(ox: ModuleType, found: Any, wanted: dict[str, Any]) -> Iterator[Frame]:
    triples, held = {}, 0
    for triple in found:
        words = str(triple)
        triples[words] = triple
        held += len(words)
        if len(triples) > wanted["rows"]:
            yield {"many": wanted["rows"]}
            return
        if held > wanted["size"]:
            yield {"much": wanted["size"]}
            return
    form = ox.RdfFormat.from_media_type(wanted["form"])
    given = [triples[key] for key in sorted(triples)]
    if form == ox.RdfFormat.RDF_XML:
        nameless = next((each for each in given if not _NAME.search(each.predicate.value)), None)
        if nameless is not None:
            yield {"nameless": nameless.predicate.value}
            return
        given = [_as_xml_has_it(ox, each) for each in given]
    text = (ox.serialize(given, format=form, prefixes=wanted["prefixes"]) or b"").decode("utf-8")
    yield {"text": text.replace("\r", "&#13;") if form == ox.RdfFormat.RDF_XML else text}
    yield {"end": True}


_NAME = re.compile(r"[^\W\d][\w.-]*$")
"""The end of an address that can be the name of an element in XML."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _as_xml_has_it(ox: ModuleType, triple: Any) -> Any:
    """A statement whose words XML can hold: signs that it cannot become the mark of the unread."""
    said = triple.object
    if not isinstance(said, ox.Literal) or not _NOT_XML.search(said.value):
        return triple
    words = _NOT_XML.sub("\ufffd", said.value)
    marked = {"language": said.language} if said.language is not None else {"datatype": said.datatype}
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(words, **marked))


def _keep_within(memory: int) -> None:
    """Take no more memory than this, in bytes, and leave no picture of it, where the system can see to it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or most > memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))


def _open_nothing_more() -> None:
    """From now on neither file nor connection can be opened, whatever a query says, where the system can see to it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _end_with(parent: int) -> None:
    """End when the process that asked is gone, however it went: at once where the system sees to it, else soon."""
    with suppress(ImportError, OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL: Linux's own

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()


if __name__ == "__main__":
    if os.name == "posix" and len(sys.argv) > 1:
        _end_with(int(sys.argv[1]))
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        main(sys.stdin.buffer, sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
