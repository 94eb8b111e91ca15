"""The professionals whom entries name, drawn as people who act for an agency, each with the role in which they do.

A return names them by role and number ("Social worker 2"), by role and name, or by role alone. Who is named by a name is
one professional of that agency in whatever role; a role alone may stand for several people, and says so. The family and
the public have no professionals. Nobody is joined across agencies.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.drawing import Edge, Node, Pen
from kg.model.record import Entry
from kg.people.workers import Worker, workers_in
from kg.terms.marks import is_public


def draw_professionals(pen: Pen, id: str, entry: Entry) -> Iterator[Node | Edge]:
    """Those who acted at an entry with this id, by its column Professional; the agency is drawn before.

    Each professional with what agency they act for, and a membership for each role in which an entry names them.
    """
    words = entry.cells.get("professional", "")
    if not words.strip() or any(
        each.name == entry.agency and is_public(each, pen.terms) for each in pen.review.agencies
    ):
        return
    home = pen.at.agency(entry.agency)
    for worker in workers_in(words):
        who = pen.at.professional(entry.agency, *_parts(worker))
        if pen.new(who):
            named = _by_name(worker)
            yield pen.node(
                who,
                "Professional",
                ("name", worker.which if named else str(worker)),
                ("particular", bool(worker.which)),
            )
            yield pen.edge(who, "memberOf", home)
        membership = pen.at.membership(who, worker.role)
        if pen.new(membership):
            yield pen.node(membership, "Membership", ("roleTitle", worker.role))
            yield pen.edge(membership, "member", who)
            yield pen.edge(membership, "organisation", home)
        yield pen.edge(id, "actedBy", who)


def _by_name(worker: Worker) -> bool:
    """Whether a name, and not a number or a letter, says which worker it is."""
    return len(worker.which) > 1 and not worker.which.isdecimal()


def _parts(worker: Worker) -> tuple[str, ...]:
    if _by_name(worker):
        return ("named", worker.which.casefold())
    return (worker.role, worker.which) if worker.which else (worker.role,)
