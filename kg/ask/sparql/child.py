"""One SPARQL query, in a process of its own that can be ended.

Run by its path and not as a part of the package: it knows nothing of reviews. It reads one line of JSON (the query and
what it may use), then statements as N-Quads until its input ends. It answers with lines of JSON: {"columns": [...]} and
a row on each line, {"boolean": ...}, {"text": ...} for a graph, and at the end {"end": ...} or {"error": ...}; with
{"many": ...} or {"much": ...} where there are more rows or bytes than it may give.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from contextlib import suppress
from typing import BinaryIO, TextIO

STATEMENTS = 4096


def main(asked: BinaryIO, out: TextIO) -> None:
    """Take the statements in, ask, and answer."""
    import pyoxigraph as ox

    wanted = json.loads(asked.readline())
    _keep_within(wanted["memory"])

    def send(frame: object) -> int:
        return out.write(json.dumps(frame, ensure_ascii=False) + "\n")

    def written(term: object) -> dict[str, str] | None:
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

    try:
        store = ox.Store()
        store.bulk_load(input=asked, format=ox.RdfFormat.N_QUADS, lenient=True)
        _open_nothing_more()
        found = store.query(wanted["query"], prefixes=wanted["prefixes"], use_default_graph_as_union=True)
        if isinstance(found, ox.QueryBoolean):
            send({"boolean": bool(found)})
        elif isinstance(found, ox.QueryTriples):
            triples, held = {}, 0
            for triple in found:
                triples[str(triple)] = triple
                held += len(str(triple))
                if len(triples) > wanted["rows"]:
                    send({"many": wanted["rows"]})
                    return
                if held > wanted["size"]:
                    send({"much": wanted["size"]})
                    return
            text = ox.serialize(
                [triples[key] for key in sorted(triples)],
                format=ox.RdfFormat.from_media_type(wanted["form"]),
                prefixes=wanted["prefixes"],
            )
            send({"text": (text or b"").decode("utf-8")})
        else:
            names = [variable.value for variable in found.variables]
            sent = send({"columns": names})
            for count, solution in enumerate(found, 1):
                if count > wanted["rows"]:
                    send({"many": wanted["rows"]})
                    return
                sent += send([written(solution[name]) for name in names])
                if sent > wanted["size"]:
                    send({"much": wanted["size"]})
                    return
        send({"end": True})
    except (SyntaxError, ValueError, RuntimeError, OSError) as wrong:
        send({"error": str(wrong)})


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
