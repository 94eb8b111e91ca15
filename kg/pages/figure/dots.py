"""The figure in dots: as PNG for Word, and as PDF for a printer."""

from __future__ import annotations

import struct
from collections.abc import Iterator

POINTS = 0.75
"""Points (1/72 inch) to one unit of the figure (1/96 inch)."""

FINE = 200 / 96
"""The zoom at which an A3 sheet has 200 dots to the inch."""


def figure_png(svg: str, *, zoom: float = 2) -> bytes:
    """A figure as PNG, ``zoom`` dots to each 1/96 inch, on white. The same bytes for the same fonts."""
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg, zoom=zoom, background="white"))


def figure_pdf(svg: str, words: str) -> bytes:
    """A figure as a PDF of one page at 200 dots to the inch, without a date, so that it is the same every time.

    ``words`` stand unseen on the page, so that the file can be searched for; letters that Western European files
    cannot hold are left out of them (the picture has them all).
    """
    png = figure_png(svg, zoom=FINE)
    wide, high = struct.unpack(">II", png[16:24])
    depth, colour = png[24], png[25]
    if (depth, colour) not in (
        (8, 6),
        (8, 2),
    ):  # colours with and without transparency, as the drawing library gives them
        raise ValueError("the picture is not in 8-bit colours")
    colours = 4 if colour == 6 else 3
    # A PDF cannot take the fourth number of each dot, its transparency; on white it says nothing, and is left out.
    space = "/DeviceRGB" if colours == 3 else "[/DeviceN [/R /G /B /A] /DeviceRGB 7 0 R]"
    pixels = b"".join(data for kind, data in _chunks(png) if kind == b"IDAT")
    width, height = wide / FINE * POINTS, high / FINE * POINTS
    text = words.encode("cp1252", "ignore")
    for character in b"\\()":
        text = text.replace(bytes([character]), b"\\" + bytes([character]))
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
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] /Contents 4 0 R "
        "/Resources << /XObject << /Im 5 0 R >> /Font << /F 6 0 R >> >> >>"
    )
    return _written(
        [
            (b"<< /Type /Catalog /Pages 2 0 R >>", None),
            (b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", None),
            (page.encode(), None),
            (f"<< /Length {len(content)} >>".encode(), content),
            (image.encode(), pixels),
            (b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", None),
            (
                b"<< /FunctionType 4 /Domain [0 1 0 1 0 1 0 1] /Range [0 1 0 1 0 1] /Length 7 >>",
                b"{ pop }",
            ),
        ]
    )


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
