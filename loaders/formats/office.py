"""Excel and Word files from outside, opened with care: each is a zip archive of XML, and either may be made to harm.

Nothing of a file is trusted: how large it says it is, what it points to, what it would have a program do. Only its own
XML is read, within stated limits; macros, pictures and links to elsewhere are never touched.
"""

from __future__ import annotations

import errno
import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from kg.base.files import bytes_of
from kg.model.problem import Place, Problem

UNPACKED = 50_000_000
"""The most bytes that a file may hold once unpacked."""

RATIO = 200
"""The most that a part may have been packed: no honest table is packed two hundred times."""

PARTS = 5_000
"""The most parts that a file may have."""

SMALL = 1_000_000
"""Parts smaller than this, in bytes, may be packed as tightly as they like."""

DAMAGE = (
    lzma.LZMAError,
    zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, OverflowError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
"""What unpacking raises for an archive that is damaged."""

_PAGES = (".htm", ".html", ".txt")
_OLD = b"\xd0\xcf\x11\xe0"
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a word processor's older file"),
    (b"<", "a web page"),
)
_UNREAD = "None of its rows is an entry; the agency's silence says nothing."


class Unsound(Exception):
    """A file that cannot be read: ``what`` is wrong, ``why``, and the ``remedy``, in words for people."""

    def __init__(self, what: str, why: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.why, self.remedy = what, why, remedy

    def at(self, file: str) -> Problem:
        """The Problem of the whole file."""
        return Problem(Place(file), "error", self.what, self.why, _UNREAD, self.remedy)


def damaged(why: str = "a part of it cannot be unpacked or is not written as such files are") -> Unsound:
    """What to say of a file that breaks off or contradicts itself."""
    return Unsound(
        "the file is damaged",
        why,
        "Open it, save it under a new name and put that here; or ask the agency to send it again.",
    )


@dataclass(frozen=True, slots=True)
class Package:
    """The XML parts of an Excel or Word file, by their names within it. ``macros``: it holds programs, not read here."""

    parts: Mapping[str, bytes]
    macros: bool = False

    def root(self, name: str) -> ElementTree.Element | None:
        """The XML of a part, or None if the file has no such part. Raises Unsound where it is not XML."""
        data = self.parts.get(name)
        if data is None:
            return None
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError, RecursionError, MemoryError):
            raise damaged(f'its part "{name}" is not whole') from None

    def related(self, name: str) -> list[tuple[str, str, str]]:
        """What a part points to within the file: (id, kind, name of the part), in the order written; "" is the file."""
        folder, _, last = name.rpartition("/")
        root = self.root(f"{folder}/_rels/{last}.rels".lstrip("/"))
        found = []
        for each in root if root is not None else ():
            target = each.get("Target", "")
            if each.get("TargetMode") == "External" or not target:
                continue
            joined = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found.append((each.get("Id", ""), each.get("Type", "").rpartition("/")[2], joined))
        return found

    def main(self, usual: str) -> str:
        """The name of the part that holds the document itself; ``usual`` where the file does not say."""
        try:
            related = self.related("")
        except Unsound:
            related = []
        for _, kind, name in related:
            if kind == "officeDocument" and name in self.parts:
                return name
        return usual

    def repacked(self) -> io.BytesIO:
        """The same parts as a plain archive whose sizes are what it says they are."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self.parts.items():
                archive.writestr(zipfile.ZipInfo(name), data)
        stream.seek(0)
        return stream


def open_package(path: Path, program: str, wanted: Iterable[str]) -> Package:
    """The XML parts of a file whose names begin with one of ``wanted``, unpacked within the limits.

    ``program`` is "Excel" or "Word". Raises Unsound for a file that is none, is protected, damaged, too large or made
    to harm, and OSError where it may not be read.
    """
    try:
        data = bytes_of(path, UNPACKED)
    except OSError as reason:
        if reason.errno == errno.EFBIG:
            raise _too_large() from None
        raise
    if not data.startswith(b"PK"):
        raise _no_package(data, program)
    wanted = tuple(wanted)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            _within_limits(listed)
            macros = any("vbaproject" in info.filename.casefold() for info in listed)
            parts = {}
            for info in listed:
                name = info.filename.replace("\\", "/").lstrip("/")
                if name.endswith((".xml", ".rels", *_PAGES)) and name.startswith(wanted):
                    parts[name] = archive.read(info)
    except DAMAGE:
        raise damaged() from None
    for name, part in parts.items():
        if not name.endswith(_PAGES) and (b"<!" in part or b"<\0!" in part):
            bare = part.replace(b"\0", b"")
            if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
                raise Unsound(
                    "the file declares entities of its own",
                    f'its part "{name}" could swell without end or fetch other files; no office program writes such',
                    "Ask the agency for the table as CSV UTF-8, and tell whoever looks after your computers.",
                )
    if "[Content_Types].xml" not in parts:
        raise Unsound(
            f"the file is not {_article(program)} file",
            "it is an archive of something else, whatever its name says",
            "Unpack it and put the return itself here.",
        )
    return Package(parts, macros)


def comments_lost(file: str) -> Problem:
    """The warning that what stands beside the rows could not be read; the rows could."""
    return Problem(
        Place(file),
        "warning",
        "comments or footnotes could not be read",
        "the part of the file that holds them is damaged",
        "The tables were read without them.",
        "Open the file and look for comments; saving it under a new name may mend it.",
    )


def said_of_macros(file: str) -> Problem:
    """The note that a file holds programs which were not run."""
    return Problem(
        Place(file),
        "note",
        "the file holds macros",
        "they are programs, and a return needs none",
        "They were not run and not read; the tables were.",
        "Nothing needs doing; ask for a file without macros if you would rather not keep it.",
    )


def _within_limits(listed: list[zipfile.ZipInfo]) -> None:
    if len(listed) > PARTS or sum(info.file_size for info in listed) > UNPACKED:
        raise _too_large()
    for info in listed:
        if info.flag_bits & 1:
            raise _protected()
        if info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1):
            raise Unsound(
                "the file is packed as no honest table is",
                f"a part of it would grow more than {RATIO} times when unpacked",
                "Ask the agency for the table as CSV UTF-8, and tell whoever looks after your computers.",
            )


def _too_large() -> Unsound:
    return Unsound(
        "the file is too large",
        f"it would hold more than {UNPACKED // 1_000_000} MB once unpacked, which no return needs",
        "Take the pictures out, or save each table as CSV UTF-8.",
    )


def _protected() -> Unsound:
    return Unsound(
        "the file is protected by a password",
        "nobody can read it without",
        "Open it with its password, save it without one in a safe place, and put that here.",
    )


def _no_package(data: bytes, program: str) -> Unsound:
    if not data:
        return Unsound("the file is empty", "it holds no byte at all", "Ask the agency to send its return again.")
    if data.startswith(_OLD):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return _protected()
        return Unsound(
            f"the file is an older {program} file",
            "only its name is that of a newer one",
            f"Open it in {program} and save it as a newer file ({'.xlsx' if program == 'Excel' else '.docx'}).",
        )
    for signature, what in _KINDS:
        if data.lstrip().startswith(signature):
            why = f"it is {what}, whatever its name says"
            break
    else:
        why = "its name says so, its content does not; perhaps it is text, or damaged"
    return Unsound(
        f"the file is not {_article(program)} file",
        why,
        f"Open it in {program} and save it again, or ask the agency for the table itself.",
    )


def _article(program: str) -> str:
    return f"an {program}" if program[0] in "AEIO" else f"a {program}"
