"""Annotator JSON as one of the formats; see :mod:`annotator.formats.annotator_json`."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from annotator.formats import annotator_json
from annotator.formats.annotator_layout import FORMAT as OUR_NAME
from annotator.formats.exchange.annotator_parts import BETWEEN, END, FIRST, stream, within
from annotator.formats.exchange.format import Asked, Format, Incoming, Losses, Outgoing
from annotator.formats.exchange.limits import check_size

_NO_ARTICLES = b'\n  "articles": [],\n'
"""The line where they go. A string in JSON has no line ends, so no text looks like it."""
_OURS = re.compile(rb'"format"\s*:\s*"' + OUR_NAME.encode() + rb'"')


def read(path: Path, _asked: Asked) -> Incoming:
    check_size(path)
    return Incoming(annotator_json.read(path), Losses())


def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    """The same bytes as :func:`annotator_json.encode`, one article in memory."""
    before, line, after = annotator_json.encode(outgoing.project).rpartition(_NO_ARTICLES)
    opening, articles = line.removesuffix(b"],\n"), 0
    with to.open("wb") as file:
        file.write(before + opening)
        for articles, part in enumerate(outgoing.articles, 1):
            file.write(BETWEEN if articles > 1 else FIRST)
            file.write(within(msgspec.json.encode(annotator_json.article_out(part))))
        file.write((END if articles else b"],\n") + after)
    return Losses()


def _recognises(_path: Path, head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and bool(_OURS.search(start))


FORMAT = Format(
    name="annotator-json",
    title="Annotator JSON",
    suffixes=(annotator_json.SUFFIX,),
    read=read,
    write=write,
    stream=stream,
    recognises=_recognises,
    own=True,
)
