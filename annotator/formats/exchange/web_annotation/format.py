"""Web Annotation as one of the formats."""

from __future__ import annotations

from pathlib import Path

from annotator.formats.exchange.format import Format
from annotator.formats.exchange.web_annotation import hypothesis, terms
from annotator.formats.exchange.web_annotation.reading import read
from annotator.formats.exchange.web_annotation.writing import write


def _recognises(_path: Path, head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] not in (b"{", b"["):
        return False
    return terms.W3C.encode() in start or hypothesis.recognised(start)


FORMAT = Format(
    name="web-annotation",
    title="W3C Web Annotation",
    suffixes=(".jsonld", ".json"),
    read=read,
    write=write,
    recognises=_recognises,
)
