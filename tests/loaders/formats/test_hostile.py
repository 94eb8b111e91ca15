"""Files damaged on the way, or on purpose: two thousand of them, and each is read, or refused in words."""

from __future__ import annotations

import io
import random
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from helpers.returns import sound

import loaders

FILES = 2_000
SECONDS = 60.0
PIECES = (
    b"<", b">", b"/>", b"&", b'"', b"\0", b"\xff\xfe", b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"</w:tc>", b"<w:p/>",
    b'<w:gridSpan w:val="99999"/>', b"<w:vMerge/>", b"<w:del>", b"</row>", b'<c r="ZZZ9">', b't="s"', b"<v>99999999</v>",
    b'<mergeCell ref="A1:XFD1048576"/>', b"-1", b"1e308", b"NaN", b"<!DOCTYPE a>", b"]]>", b"<!--", b'r="A0"',
)  # fmt: skip


def bitten(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, left out, doubled or put in."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(made) + 1)
        what = chance.randrange(5)
        if what == 0 and at < len(made):
            made[at] = chance.randrange(256)
        elif what == 1:
            del made[at : at + chance.randint(1, 60)]
        elif what == 2:
            made[at:at] = chance.choice(PIECES)
        elif what == 3:
            made[at:at] = made[max(at - 80, 0) : at]
        elif chance.random() < 0.1:
            del made[at:]
    return bytes(made)


def taken_apart(data: bytes, chance: random.Random) -> bytes:
    """An Excel or Word file with one or two of its parts bitten, left out or swapped, and packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    told = [name for name in parts if name.endswith((".xml", ".rels")) and not name.startswith("docProps")]
    heavy = [name for name in told if "sheet" in name or "document" in name or "workbook" in name or "Strings" in name]
    for _ in range(chance.randint(1, 2)):
        name = chance.choice(heavy if chance.random() < 0.8 else told)
        what = chance.random()
        if what < 0.85:
            parts[name] = bitten(parts.get(name, b""), chance)
        elif what < 0.95:
            parts.pop(name, None)
        else:
            parts[name] = parts.get(chance.choice(told), b"")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def lighter(data: bytes) -> bytes:
    """A Word file without the hundred kinds of style that its template brought."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if "tyles" not in info.filename and "theme" not in info.filename:
                new.writestr(info.filename, old.read(info))
    return stream.getvalue()


@pytest.mark.slow
def test_hostile_files_are_read_or_refused_in_words(
    training: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random("hostile")
    (tmp_path / "returns").mkdir()
    shutil.copy(training / "review.toml", tmp_path)
    real = [(file.name, file.read_bytes()) for file in sorted((training / "returns").iterdir())]
    real = [(name, lighter(data) if name.endswith(".docx") else data) for name, data in real]
    office = [each for each in real if each[0].endswith(("x",))]
    begun, tried, read = time.monotonic(), 0, 0
    while tried < FILES and time.monotonic() - begun < SECONDS:
        name, data = chance.choice(office if tried % 4 else real)
        inside = name.endswith("x") and chance.random() < 0.8
        made = taken_apart(data, chance) if inside else bitten(data, chance)
        file = tmp_path / "returns" / name
        file.write_bytes(made)
        loaded = loaders.load(tmp_path)
        sound(loaded)
        of_file = [problem for problem in loaded.problems if problem.place.file == f"returns/{name}"]
        assert loaded.review.entries or any(problem.severity == "error" for problem in of_file), (tried, name)
        read += bool(loaded.review.entries)
        file.unlink()
        tried += 1
    capfd.readouterr()
    assert tried >= FILES // 4, "too slow to say anything"
    assert read > tried // 10
