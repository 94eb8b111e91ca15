"""The ontology, the vocabularies it is aligned to, and reviews, put before the HermiT reasoner (by way of ROBOT).

OWL 2 knows moments and no days, and no codes of lists of one's own: in the copy that the reasoner sees, a day is its
first moment and an official code a text. Nothing else is changed.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.findings.study import Study
from kg.graph.rdf.quads import nquads, quads
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import FILES, home, load

HERE = Path(__file__).resolve().parents[1] / "terms" / "reasoner"
POM = HERE / "pom.xml"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

Object = NamedNode | BlankNode | Literal | Triple


def reasonable(reviews: Iterable[Study] = (), more: str = "") -> bytes:
    """Ontology, outer vocabularies, reviews and some more Turtle as one ontology for a reasoner."""
    texts = [(home() / name).read_bytes() for name in FILES] + [(HERE / "outer.ttl").read_bytes(), more.encode()]
    said = [quad for text in texts for quad in parse(text, format=RdfFormat.TURTLE)]
    for gaps in reviews:
        said += list(parse(nquads(quads(gaps)).encode(), format=RdfFormat.N_QUADS))
    verbatim = (NamedNode(column.iri + "AsWritten") for column in load().properties)
    triples = [Triple(name, RDF_TYPE, NamedNode(OWL + "DatatypeProperty")) for name in verbatim]
    triples += [_for_owl(quad) for quad in said]
    return serialize(triples, format=RdfFormat.TURTLE)


def _for_owl(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, _value(quad.object))


def _value(value: Object) -> Object:
    if isinstance(value, NamedNode) and value.value == XSD + "date":
        return NamedNode(XSD + "dateTime")
    if isinstance(value, Literal):
        kind = value.datatype.value
        if kind == XSD + "date":
            return Literal(value.value + "T00:00:00", datatype=NamedNode(XSD + "dateTime"))
        if kind.startswith(NAMESPACE):
            return Literal(f"{kind.removeprefix(NAMESPACE)} {value.value}")
    return value


class Reasoner:
    """ROBOT with HermiT, on a class path that Maven brought."""

    def __init__(self, classpath: str, folder: Path) -> None:
        self._classpath, self._folder = classpath, folder

    def profile(self, ontology: bytes) -> str:
        """What keeps an ontology out of OWL 2 DL, line by line; "" if nothing does."""
        told = self._folder / "profile.txt"
        self._run(ontology, "validate-profile", "--profile", "DL", "--output", str(told))
        lines = told.read_text(encoding="utf-8").splitlines()
        return "\n".join(line for line in lines if line.strip() and "Profile Report" not in line)

    def reason(self, ontology: bytes) -> str:
        """What HermiT objects to: that an ontology is inconsistent, or which classes can have nothing in them; or ""."""
        out = self._folder / "reasoned.ttl"
        return self._run(ontology, "reason", "--reasoner", "hermit", "--output", str(out))

    def _run(self, ontology: bytes, command: str, *options: str) -> str:
        file = self._folder / "ontology.ttl"
        file.write_bytes(ontology)
        done = subprocess.run(
            ["java", "-Xmx2g", "-cp", self._classpath, "org.obolibrary.robot.CommandLineInterface", command,
             "--input", str(file), *options],
            capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        return (done.stdout + done.stderr).strip() if done.returncode else ""
