"""A review served to its reader's own browser and to SPARQL clients: read only, on this computer unless said otherwise.

Pages show the timeline, the questions of the library and their answers; ``/sparql`` speaks the SPARQL 1.1 Protocol. What
is shown is the folder as it is now. Every question runs in a process that is ended when its time is up.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, create_task_group, fail_after, sleep, to_thread
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.ask.library import answer, library
from kg.ask.library import question as find_question
from kg.ask.limits import AT_ONCE
from kg.ask.refusal import NotAsked, TookTooLong
from kg.ask.sparql.engine import GRAPHS as GRAPH_FORMS
from kg.ask.sparql.engine import TURTLE, Found, Stop, ask_sparql
from kg.ask.sparql.results import FORMS, GRAPHS, wanted
from kg.base.pinned import INSTALL
from kg.base.tables import as_csv
from kg.findings.study import Study
from kg.graph.rdf.quads import quads
from kg.model.record import Entry
from kg.pages.network.data import network_data
from kg.pages.network.page import NoPictures, network_page
from kg.pages.timeline.data import timeline_data
from kg.pages.timeline.page import timeline_page
from kg.serve import pages
from kg.serve.guard import LEFT, Guard, Guarded
from kg.serve.looked import Log
from kg.serve.watched import Seen, Watched
from kg.wording.headline import headline

LONGEST = 1_000_000
"""Bytes that a request may bring."""
GLANCE = 0.25
"""Seconds between looks at whether somebody still waits for an answer."""
SLOWEST = 30
"""Seconds in which a query has to arrive whole."""
FILES = {"/style.css": "text/css", "/live.js": "text/javascript"}
HOME = Path(__file__).parent / "web"


class Served:
    """One review as an application for the web."""

    def __init__(
        self, watched: Watched, guard: Guard, timeout: float, at_once: int = AT_ONCE, log: Log | None = None
    ) -> None:
        self._watched, self._timeout = watched, timeout
        self._turns = CapacityLimiter(at_once)
        self._working: set[Stop] = set()
        self._ended = False
        routes = [
            Route("/", self._page(lambda seen, request: pages.home(_frame(seen), seen.gaps, headline(seen.gaps)))),
            Route("/changed", self._changed),
            *self._drawing("/timeline", "Timeline", lambda gaps: timeline_page(timeline_data(gaps))),
            *self._drawing("/network", "Who told whom", lambda gaps: network_page(network_data(gaps))),
            Route("/questions", self._page(lambda seen, request: pages.questions(_frame(seen), library()))),
            Route("/ask/{name}.csv", self._question(self._ask_csv)),
            Route("/ask/{name}", self._question(self._ask)),
            Route("/entry/{name:path}", self._page(self._entry)),
            Route("/sparql-page", self._question(self._sparql_page)),
            Route("/sparql", self._sparql, methods=["GET", "POST"]),
            *(Route(path, _file(path, kind)) for path, kind in FILES.items()),
        ]
        self.app = Guarded(Starlette(routes=routes, exception_handlers={Exception: _mistaken}), guard, log)

    def end(self) -> None:
        """End every question that is being worked on, and answer no more of them."""
        self._ended = True
        for each in [*self._working]:
            each.now()

    async def _while_wanted(self, request: Request, work: Callable[[Stop], Response]) -> Response:
        """What the work gives, in its turn; ended as soon as whoever asked has gone."""
        stop = Stop()
        answers: list[Response] = [PlainTextResponse("Nobody waits for this any more.\n", LEFT)]

        def worked() -> Response:
            if self._ended:
                stop.now()
            return work(stop)

        async with create_task_group() as both:

            async def look() -> None:
                while not await request.is_disconnected():
                    await sleep(GLANCE)
                stop.now()
                both.cancel_scope.cancel()

            both.start_soon(look)
            self._working.add(stop)
            try:
                answers.append(await to_thread.run_sync(worked, limiter=self._turns))
            finally:
                self._working.discard(stop)
            both.cancel_scope.cancel()
        return answers[-1]

    # --- pages --------------------------------------------------------------------------------------------------

    def _page(self, make: Callable[[Seen, Request], str | Response]) -> Callable[[Request], Response]:
        """A page made in a thread of its own, of the review as it is now."""

        def shown(request: Request) -> Response:
            made = make(self._watched.latest(), request)
            return made if isinstance(made, Response) else HTMLResponse(made)

        return shown

    def _question(
        self, make: Callable[[Seen, Request, Stop], str | Response]
    ) -> Callable[[Request], Awaitable[Response]]:
        """A page that a question is answered for."""

        async def shown(request: Request) -> Response:
            def work(stop: Stop) -> Response:
                made = make(self._watched.latest(), request, stop)
                return made if isinstance(made, Response) else HTMLResponse(made)

            return await self._while_wanted(request, work)

        return shown

    def _changed(self, request: Request) -> Response:
        return PlainTextResponse(self._watched.stamp())

    def _drawing(self, path: str, name: str, draw: Callable[[Study], str]) -> Iterator[Route]:
        """A page that is also written as a file, shown in a frame of its own."""

        def drawn(seen: Seen, request: Request) -> Response:
            # What may run in it, the page says itself; here only who may frame it.
            framed = {"Content-Security-Policy": "frame-ancestors 'self'"}
            try:
                return HTMLResponse(draw(seen.gaps), headers=framed)
            except NoPictures:
                return PlainTextResponse(
                    f"The drawing needs pyvis 0.3, which is not installed.\n{INSTALL}\n",
                    501,
                    framed,
                )

        yield Route(path, self._page(lambda seen, request: pages.drawing(_frame(seen), name, f"{path}/page")))
        yield Route(f"{path}/page", self._page(drawn))

    def _entry(self, seen: Seen, request: Request) -> str | Response:
        name = request.path_params["name"]
        for entry in seen.gaps.review.entries:
            if entry.name == name:
                return pages.entry(_frame(seen), entry)
        return HTMLResponse(pages.refused(_frame(seen), "No such entry", f'No entry is named "{name}".'), 404)

    def _ask(self, seen: Seen, request: Request, stop: Stop) -> str | Response:
        frame, name = _frame(seen), request.path_params["name"]
        found = find_question(name)
        if found is None:
            return HTMLResponse(pages.refused(frame, "No such question", f'No question is named "{name}".'), 404)
        given = _filled(request)
        try:
            columns, rows = answer(seen.gaps, found, given, timeout=self._timeout, stop=stop)
        except NotAsked as wrong:
            return HTMLResponse(pages.refused(frame, found.title, str(wrong), pages.question_form(found, given)), 400)
        return pages.answer(frame, found, given, columns, rows, _entries(seen))

    def _ask_csv(self, seen: Seen, request: Request, stop: Stop) -> Response:
        found = find_question(request.path_params["name"])
        if found is None:
            return PlainTextResponse("No question has that name.\n", 404)
        try:
            columns, rows = answer(seen.gaps, found, _filled(request), timeout=self._timeout, stop=stop)
        except NotAsked as wrong:
            return PlainTextResponse(f"{wrong}\n", 400)
        text = as_csv(columns, (dict(zip(columns, row, strict=True)) for row in rows))
        named = {"Content-Disposition": f'attachment; filename="{found.name}.csv"'}
        return Response(text, media_type="text/csv; charset=utf-8", headers=named)

    def _sparql_page(self, seen: Seen, request: Request, stop: Stop) -> str | Response:
        text = request.query_params.get("query", "")
        if not text:
            return pages.sparql(_frame(seen), pages.EXAMPLE, "")
        try:
            found = self._find(seen.gaps, text, stop)
        except NotAsked as wrong:
            return HTMLResponse(pages.refused(_frame(seen), "SPARQL", str(wrong), pages.sparql_form(text)), 400)
        return pages.sparql(_frame(seen), text, pages.found(found, _entries(seen)))

    # --- SPARQL 1.1 Protocol ------------------------------------------------------------------------------------

    async def _sparql(self, request: Request) -> Response:
        try:
            text = await _query_of(request)
        except _Malformed as wrong:
            return PlainTextResponse(f"{wrong}\n", wrong.status)
        accept = request.headers.get("accept", "")
        return await self._while_wanted(request, lambda stop: self._protocol(text, accept, stop))

    def _protocol(self, text: str, accept: str, stop: Stop) -> Response:
        graph = GRAPHS.get(wanted(accept, GRAPHS), "")
        try:
            found = self._find(self._watched.latest().gaps, text, stop, graph or TURTLE)
        except TookTooLong as late:
            return PlainTextResponse(f"{late}\n", 503)
        except NotAsked as wrong:
            return PlainTextResponse(f"{wrong}\n", 400)
        media = wanted(accept, FORMS) if found.graph is None else graph
        if not media:
            forms = FORMS if found.graph is None else GRAPH_FORMS
            return PlainTextResponse(f"Answers are given as {', '.join(forms)}.\n", 406)
        words = found.graph if found.graph is not None else FORMS[media](found)
        return Response(words, media_type=f"{media}; charset=utf-8" if media.startswith("text/") else media)

    def _find(self, gaps: Study, text: str, stop: Stop, form: str = TURTLE) -> Found:
        return ask_sparql(quads(gaps), text, gaps.terms, timeout=self._timeout, stop=stop, form=form)


class _Malformed(Exception):
    """A request that the protocol does not know; ``status`` is HTTP's word for it."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.status = status


async def _query_of(request: Request) -> str:
    """The query of a request, in each of the three ways in which the protocol lets it be sent."""
    body = b""
    try:
        with fail_after(SLOWEST):
            async for part in request.stream():
                body += part
                if len(body) > LONGEST:
                    raise _Malformed(f"A query may have at most {LONGEST:,} bytes.", 413)
    except TimeoutError:
        raise _Malformed(f"The query did not arrive whole within {SLOWEST} seconds.", 408) from None
    except ClientDisconnect:
        raise _Malformed("Nobody waits for this any more.", LEFT) from None
    given = parse_qsl(request.url.query, keep_blank_values=True)
    media = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    try:
        words = body.decode()
    except UnicodeDecodeError:
        raise _Malformed("A query is written in UTF-8.") from None
    if request.method == "POST":
        if media == "application/sparql-update":
            raise _Malformed("Nothing can be written here: a review is what its files say.", 403)
        if media == "application/sparql-query":
            given.append(("query", words))
        elif media == "application/x-www-form-urlencoded":
            given = parse_qsl(words, keep_blank_values=True)
        else:
            raise _Malformed("A query is sent as application/sparql-query, or as a form.", 415)
    names = [key for key, _ in given]
    if "update" in names:
        raise _Malformed("Nothing can be written here: a review is what its files say.", 403)
    if {"default-graph-uri", "named-graph-uri"} & {*names}:
        raise _Malformed("A query is asked of the review and of nothing else: name no graphs beside it.")
    queries = [value for key, value in given if key == "query"]
    if len(queries) != 1:
        raise _Malformed("One query is asked at a time, as query=...")
    return queries[0]


def _mistaken(request: Request, wrong: Exception) -> Response:
    return PlainTextResponse(
        "This cannot be shown: the program has a mistake. Nothing is lost, and the review's folder is as it was.\n"
        "What was asked, and the words in the window of kg serve, help to mend it.\n",
        500,
    )


def _frame(seen: Seen) -> pages.Frame:
    return pages.Frame(seen.gaps.review.title, seen.stamp, seen.wrong, seen.older)


def _filled(request: Request) -> dict[str, str]:
    """The parameters of a question that are filled in."""
    return {key: value for key, value in request.query_params.items() if value and key != "token"}


def _entries(seen: Seen) -> dict[str, Entry]:
    return {entry.name: entry for entry in seen.gaps.review.entries}


def _file(path: str, kind: str) -> Callable[[Request], Response]:
    text = (HOME / path.lstrip("/")).read_text(encoding="utf-8")

    def sent(request: Request) -> Response:
        return Response(text, media_type=f"{kind}; charset=utf-8")

    return sent
