"""Documents made by hand, as small as they can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from annotator.formats.articles.reading import read_articles
from annotator.formats.articles.tables.preset import Preset
from annotator.formats.articles.text_in import Failure, Found, TextIn

USUAL = Preset()

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Summit fails | The Daily Planet</title>
<meta property="og:site_name" content="The Daily Planet"><meta name="author" content="Lois Lane">
<meta property="article:published_time" content="2025-08-24T10:00:00Z">
<link rel="canonical" href="https://planet.example/summit"></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Summit fails</h1>
<figure><img src="https://planet.example/x.jpg" alt="Two men">
<figcaption>Two men shake hands in <i>Alaska</i>.</figcaption></figure>
<p>The <b>summit</b> of the two presidents failed on Sunday, after hours of talks that led to
nothing at all, officials said.</p>
<p>“It was a bad day,” said the <a href="/m">minister</a>, who left the room before the others did,
and did not come back.</p>
<h2>What now?</h2>
<p>Nobody knows what comes next; the two sides have not agreed on another date, a spokesman told
reporters.</p>
<ul><li>First point of the plan</li><li>Second point of the plan</li></ul>
<p>More was said<br>after a break, with a lot of further words to make it long enough.</p>
</article><footer>Copyright, all rights reserved</footer></body></html>"""


def found(path: Path, preset: Preset = USUAL) -> list[Found]:
    return [step.found for step in read_articles([path], preset)]


def read(path: Path, preset: Preset = USUAL) -> TextIn:
    """The one article in a file."""
    (one,) = found(path, preset)
    assert isinstance(one, TextIn), one
    return one


def refusal(path: Path, preset: Preset = USUAL) -> str:
    """The one sentence with which a file is refused."""
    (one,) = found(path, preset)
    assert isinstance(one, Failure), one
    assert one.reason.endswith(".")
    assert "\n" not in one.reason
    return one.reason


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def typed(one: TextIn) -> list[tuple[str, str]]:
    """The blocks as type and text."""
    return [(block.type, one.text[block.start : block.end].strip()) for block in one.blocks]


def packed(entries: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return data.getvalue()


def repacked(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """A zip file with some of its entries replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        entries = {name: file.read(name) for name in file.namelist()}
    return packed({**entries, **changes})


def pdf(pages: Sequence[Iterable[str]], title: str = "") -> bytes:
    """A PDF with one line of Helvetica for each; an empty line leaves room."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        content = "BT /F1 11 Tf 14 TL 50 800 Td " + "".join(
            "(" + line.replace("(", "\\(").replace(")", "\\)") + ") Tj T* " for line in lines
        )
        stream = (content + "ET").encode("cp1252")
        objects += [
            (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
                f" /Contents {5 + 2 * number} 0 R"
                " /Resources << /Font << /F1 3 0 R >> >> >>"
            ).encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    objects.append(f"<< /Title ({title}) >>".encode("cp1252"))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content_of in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content_of)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % table


def workbook(*rows: Sequence[object], more: Mapping[str, Sequence[Sequence[object]]] = {}) -> bytes:
    """An Excel workbook of a sheet, and of others by name."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for name, others in more.items():
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
