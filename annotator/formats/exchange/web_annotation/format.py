"""Web Annotation as one of the formats."""

from __future__ import annotations

from pathlib import Path

from annotator.formats.exchange.format import Format
from annotator.formats.exchange.web_annotation import hypothesis, terms
from annotator.formats.exchange.web_annotation.reading import read
from annotator.formats.exchange.web_annotation.writing import write


def _recognises(_path: Path, head: bytes) -> bool:
    if not head.lstrip().startswith((b"{", b"[")):
        return False
    return terms.W3C.encode() in head or hypothesis.recognised(head)


FORMAT = Format(
    name="web-annotation",
    title="W3C Web Annotation",
    suffixes=(".jsonld", ".json"),
    read=read,
    write=write,
    recognises=_recognises,
)
