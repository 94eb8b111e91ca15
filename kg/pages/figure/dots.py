"""The figure in dots: as PNG for Word, and as PDF for a printer."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

POINTS = 0.75
"""Points (1/72 inch) to one unit of the figure (1/96 inch)."""

FINE = 200 / 96
"""The zoom at which an A3 sheet has 200 dots to the inch."""


def figure_png(svg: str, *, zoom: float = 2) -> bytes:
    """A figure as PNG, ``zoom`` dots to each 1/96 inch, on white. The same bytes for the same fonts."""
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg, zoom=zoom, background="white"))


def figure_pdf(sheets: str | Sequence[str], words: str) -> bytes:
    """Figures as a PDF, a page for each, at 200 dots to the inch, without a date, so that it is the same every time.

    ``words`` stand unseen on every page, so that the file can be searched for; letters that Western European files
    cannot hold are left out of them (the picture has them all).
    """
    some = [sheets] if isinstance(sheets, str) else sheets
    text = words.encode("cp1252", "ignore")
    for character in b"\\()":
        text = text.replace(bytes([character]), b"\\" + bytes([character]))
    kids = " ".join(f"{5 + 3 * at} 0 R" for at in range(len(some)))
    objects: list[tuple[bytes, bytes | None]] = [
        (b"<< /Type /Catalog /Pages 2 0 R >>", None),
        (f"<< /Type /Pages /Kids [{kids}] /Count {len(some)} >>".encode(), None),
        (b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", None),
        (
            b"<< /FunctionType 4 /Domain [0 1 0 1 0 1 0 1] /Range [0 1 0 1 0 1] /Length 7 >>",
            b"{ pop }",
        ),
    ]
    for at, svg in enumerate(some):
        objects += _page(figure_png(svg, zoom=FINE), text, 5 + 3 * at)
    return _written(objects)


def _page(png: bytes, text: bytes, number: int) -> list[tuple[bytes, bytes | None]]:
    """A page of a PDF, what stands on it, and its picture: three objects, of which the first has the number given."""
    wide, high = struct.unpack(">II", png[16:24])
    depth, colour = png[24], png[25]
    # Colours with and without transparency, as the drawing library gives them.
    if (depth, colour) not in ((8, 6), (8, 2)):
        raise ValueError("the picture is not in 8-bit colours")
    colours = 4 if colour == 6 else 3
    # A PDF cannot take the fourth number of each dot, its transparency; on white it says nothing, and is left out.
    space = "/DeviceRGB" if colours == 3 else "[/DeviceN [/R /G /B /A] /DeviceRGB 4 0 R]"
    pixels = b"".join(data for kind, data in _chunks(png) if kind == b"IDAT")
    width, height = wide / FINE * POINTS, high / FINE * POINTS
    content = (
        f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im Do Q BT 3 Tr /F 6 Tf 18 {height - 12:.2f} Td (".encode()
        + text
        + b") Tj ET"
    )
    image = (
        f"<< /Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace {space} /BitsPerComponent 8 "
        f"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {colours} /BitsPerComponent 8 /Columns {wide} >> "
        f"/Length {len(pixels)} >>"
    )
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] /Contents {number + 1} 0 R "
        f"/Resources << /XObject << /Im {number + 2} 0 R >> /Font << /F 3 0 R >> >> >>"
    )
    return [
        (page.encode(), None),
        (f"<< /Length {len(content)} >>".encode(), content),
        (image.encode(), pixels),
    ]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += size + 12


def _written(objects: list[tuple[bytes, bytes | None]]) -> bytes:
    """The objects of a PDF as a file, with the table of where each begins."""
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    starts = []
    for number, (head, stream) in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n" % number + head
        if stream is not None:
            out += b"\nstream\n" + stream + b"\nendstream"
        out += b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
