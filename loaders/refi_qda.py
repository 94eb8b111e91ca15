"""A project of a qualitative coder's program (REFI-QDA, .qdpx) read for its codings: who put which code on which words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from kg.base.files import bytes_of
from kg.model.problem import Place
from loaders.formats.office import DAMAGE, UNPACKED, Unsound, damaged

_NAMESPACE = "{urn:QDA-XML:project:1.0}"


def read_codings(path: Path, codes: Mapping[str, tuple[str, str]]) -> Iterator[tuple[Place, dict[str, str]]]:
    """Every coding on words of a text, as a row of suggestions: entry, field, notation, words, from, to, by.

    ``codes`` gives (field, notation) by the lasting id of a code; a code that it lacks comes by its name, in no field, for
    the caller to refuse in words. Codings on a text as a whole are the agencies' own, and passed over. Raises Unsound for a
    file that is no such project, and OSError.
    """
    root, texts = _opened(path)
    users = {each.get("guid", ""): each.get("name", "") for each in root.iter(f"{_NAMESPACE}User")}
    names = {each.get("guid", "").upper(): each.get("name", "") for each in root.iter(f"{_NAMESPACE}Code")}
    number = 0
    for source in root.iter(f"{_NAMESPACE}TextSource"):
        text = _text(source, texts)
        for chosen in source.iter(f"{_NAMESPACE}PlainTextSelection"):
            start, end = chosen.get("startPosition", ""), chosen.get("endPosition", "")
            words = text[int(start) : int(end)] if start.isdecimal() and end.isdecimal() else ""
            for coding in chosen.iter(f"{_NAMESPACE}Coding"):
                for ref in coding.iter(f"{_NAMESPACE}CodeRef"):
                    number += 1
                    id = ref.get("targetGUID", "").upper()
                    field, notation = codes.get(id, ("", names.get(id, id)))
                    by = users.get(coding.get("creatingUser", "") or chosen.get("creatingUser", ""), "")
                    yield (
                        Place(path.name, sheet="codings", row=number),
                        {
                            "entry": source.get("name", ""), "field": field, "notation": notation, "words": words,
                            "from": start, "to": end, "by": by, "status": "",
                        },
                    )  # fmt: skip


def _text(source: Element, texts: Mapping[str, str]) -> str:
    inner = source.find(f"{_NAMESPACE}PlainTextContent")
    if inner is not None and inner.text:
        return inner.text
    return texts.get(source.get("plainTextPath", "").rpartition("/")[2].casefold(), "")


def _opened(path: Path) -> tuple[Element, Mapping[str, str]]:
    """The project and its plain texts by file name, unpacked within the limits."""
    data = bytes_of(path, UNPACKED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = [info for info in archive.infolist() if info.filename.endswith((".qde", ".txt"))]
            if sum(info.file_size for info in listed) > UNPACKED:
                raise damaged("unpacked it is larger than such files are")
            parts = {info.filename.rpartition("/")[2].casefold(): archive.read(info) for info in listed}
    except DAMAGE:
        raise damaged() from None
    qde = next((part for name, part in parts.items() if name.endswith(".qde")), None)
    if qde is None or b"<!DOCTYPE" in qde or b"<!ENTITY" in qde:
        raise Unsound(
            "the file is no REFI-QDA project",
            "it holds no project.qde that can be read safely",
            "Export the project again from the program it was made with, as REFI-QDA (.qdpx).",
        )
    try:
        root = ElementTree.fromstring(qde)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError):
        raise damaged("its project.qde is not whole") from None
    texts = {name: part.decode("utf-8-sig", "replace") for name, part in parts.items() if name.endswith(".txt")}
    return root, texts
