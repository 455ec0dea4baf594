"""Web Annotation as one of the formats."""

from __future__ import annotations

import re
from pathlib import Path

from annotator.formats.exchange.format import Format
from annotator.formats.exchange.web_annotation import hypothesis, recogito, terms
from annotator.formats.exchange.web_annotation.reading import read
from annotator.formats.exchange.web_annotation.writing import write

_ANNOTATION = re.compile(rb'"@?type"\s*:\s*"(oa:)?Annotation"')
"""What one without a context says of itself."""


def _recognises(_path: Path, head: bytes) -> bool:
    if not head.lstrip().startswith((b"{", b"[")):
        return False
    if terms.W3C.encode() in head or hypothesis.recognised(head) or recogito.recognised(head):
        return True
    return bool(_ANNOTATION.search(head)) and b'"target"' in head


FORMAT = Format(
    name="web-annotation",
    title="W3C Web Annotation",
    suffixes=(".jsonld", ".json"),
    read=read,
    write=write,
    recognises=_recognises,
)
