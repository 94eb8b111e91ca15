"""Pictures as the pages of a PDF that says what it is: titled, in English, its parts marked, its letters in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

Stream = tuple[str, bytes | None]
"""One object of a PDF: what stands in it, and the bytes that follow, if any do."""

LETTERS = 255
"""Different letters that one font of this kind can hold."""


@dataclass(frozen=True, slots=True)
class Dots:
    """A picture: dots across and down, numbers to each dot, the dots as PNG packs them, and its size in points."""

    wide: int
    high: int
    colours: int
    pixels: bytes
    width: float
    height: float


def as_pages(pictures: Sequence[Dots], title: str, words: str) -> bytes:
    """Pictures as pages of their size, each a figure that is told by its title, with the words unseen, as a paragraph.

    Without a date: the same bytes for the same pictures. Of words with more than ``LETTERS`` different letters, the rarer
    ones are left out; the picture has them all.
    """
    codes = {letter: number for number, letter in enumerate(_commonest(words), 1)}
    text = bytes(codes[letter] for letter in words if letter in codes)
    first = [_SHARED + 1 + _PER_PAGE * at for at in range(len(pictures))]
    told = [f"{number + 3} 0 R {number + 4} 0 R" for number in first]
    numbers = " ".join(f"{at} [{each}]" for at, each in enumerate(told))
    objects: list[Stream] = [
        (
            "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) /MarkInfo << /Marked true >> /StructTreeRoot 7 0 R "
            "/ViewerPreferences << /DisplayDocTitle true >> /Metadata 10 0 R >>",
            None,
        ),
        (f"<< /Type /Pages /Kids [{' '.join(f'{number} 0 R' for number in first)}] /Count {len(pictures)} >>", None),
        (_font(codes), None),
        ("<< /FunctionType 4 /Domain [0 1 0 1 0 1 0 1] /Range [0 1 0 1 0 1]", b"{ pop }"),
        ("<<", b"500 0 d0"),
        ("<<", _letters(codes)),
        (f"<< /Type /StructTreeRoot /K 8 0 R /ParentTree 9 0 R /ParentTreeNextKey {len(pictures)} >>", None),
        (f"<< /Type /StructElem /S /Document /P 7 0 R /K [{' '.join(told)}] >>", None),
        (f"<< /Nums [{numbers}] >>", None),
        ("<< /Type /Metadata /Subtype /XML", _about(title)),
    ]
    for at, (number, dots) in enumerate(zip(first, pictures, strict=True)):
        objects += _page(at, number, dots, title, text)
    objects.append((f"<< /Title {_string(title)} >>", None))
    return _written(objects)


_SHARED, _PER_PAGE = 10, 5
"""Objects that all pages share, and objects that a page has of its own."""


def _page(at: int, number: int, dots: Dots, title: str, text: bytes) -> Iterator[Stream]:
    """A page, what stands on it, its picture, and what the two are: five objects, of which the first has the number."""
    box = f"[0 0 {dots.width:.2f} {dots.height:.2f}]"
    # A PDF cannot take the fourth number of each dot, its transparency; on white it says nothing, and is left out.
    space = "/DeviceRGB" if dots.colours == 3 else "[/DeviceN [/R /G /B /A] /DeviceRGB 4 0 R]"
    content = (
        f"/Figure << /MCID 0 >> BDC q {dots.width:.2f} 0 0 {dots.height:.2f} 0 0 cm /Im Do Q EMC "
        f"/P << /MCID 1 >> BDC BT 3 Tr /F 6 Tf 18 {dots.height - 12:.2f} Td <{text.hex()}> Tj ET EMC"
    ).encode()
    yield (
        f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {number + 1} 0 R /StructParents {at} /Tabs /S "
        f"/Resources << /XObject << /Im {number + 2} 0 R >> /Font << /F 3 0 R >> >> >>",
        None,
    )
    yield "<<", content
    yield (
        f"<< /Type /XObject /Subtype /Image /Width {dots.wide} /Height {dots.high} /ColorSpace {space} "
        f"/BitsPerComponent 8 /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {dots.colours} "
        f"/BitsPerComponent 8 /Columns {dots.wide} >>",
        dots.pixels,
    )
    yield (
        f"<< /Type /StructElem /S /Figure /P 8 0 R /Pg {number} 0 R /K 0 /Alt {_string(title)} "
        f"/A << /O /Layout /BBox {box} >> >>",
        None,
    )
    yield f"<< /Type /StructElem /S /P /P 8 0 R /Pg {number} 0 R /K 1 >>", None


def _commonest(words: str) -> list[str]:
    seen = sorted({*words}, key=lambda letter: (-words.count(letter), letter))
    return seen[:LETTERS]


def _font(codes: dict[str, int]) -> str:
    """A font whose letters are all blank, as nobody sees them: the file brings it, and says which letter is which."""
    names = " ".join(f"/l{code}" for code in codes.values())
    shapes = " ".join(f"/l{code} 5 0 R" for code in codes.values())
    return (
        "<< /Type /Font /Subtype /Type3 /Name /F /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] "
        f"/CharProcs << {shapes} >> /Encoding << /Type /Encoding /Differences [1 {names}] >> "
        f"/FirstChar 1 /LastChar {len(codes)} /Widths [{' '.join(['500'] * len(codes))}] /Resources << >> /ToUnicode 6 0 R >>"
    )


def _letters(codes: dict[str, int]) -> bytes:
    rows = [f"<{code:02x}> <{letter.encode('utf-16-be', 'replace').hex()}>" for letter, code in codes.items()]
    parts = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    said = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Letters def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{said}\nendcmap end end"
    ).encode()


def _about(title: str) -> bytes:
    words = escape("".join(letter if letter.isprintable() else " " for letter in title))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
        f'<rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="r"?>'
    ).encode("utf-8", "replace")


def _string(words: str) -> str:
    return f"<feff{words.encode('utf-16-be', 'replace').hex()}>"


def _written(objects: list[Stream]) -> bytes:
    """The objects of a PDF as a file, with the table of where each begins; the last is what the file says of itself."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    starts = []
    for number, (head, stream) in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n" % number
        if stream is None:
            out += head.encode()
        else:
            out += f"{head} /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream"
        out += b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, len(objects), table,
    )  # fmt: skip
    return bytes(out)
