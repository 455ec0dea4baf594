"""Annotator JSON as one of the formats; see :mod:`annotator.formats.annotator_json`."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import IO

from annotator.core.bundle import ArticleBundle, working
from annotator.core.model import Id
from annotator.formats import annotator_json
from annotator.formats.annotator_layout import FORMAT as OUR_NAME
from annotator.formats.exchange.format import Asked, Format, Incoming, Losses, Outgoing

_IN_MEMORY = 16_000_000
_NO_ARTICLES = b'\n  "articles": [],\n'
"""The line where they go. A string in JSON has no line ends, so no text looks like it."""
_OURS = re.compile(rb'"format"\s*:\s*"' + OUR_NAME.encode() + rb'"')


def read(path: Path, _asked: Asked) -> Incoming:
    return Incoming(annotator_json.read(path), Losses())


def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    """The same bytes as :func:`annotator_json.encode`, one article in memory."""
    analysts = {analyst.id: analyst for analyst in outgoing.project.analysts}
    busy: set[Id] = set()
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as articles:
        for part in outgoing.articles:
            busy.update(a.id for a in working(analysts.values(), [part]))
            _write_article(part, articles)
        project = replace(
            outgoing.project, analysts=tuple(a for a in analysts.values() if a.id in busy)
        )
        head = annotator_json.encode(project)
        before, line, after = head.rpartition(_NO_ARTICLES)
        with to.open("wb") as file:
            if not articles.tell():
                file.write(head)
                return Losses()
            file.write(before + line.removesuffix(b"],\n"))
            articles.seek(0)
            while piece := articles.read(1 << 20):
                file.write(piece)
            file.write(b"\n  ],\n" + after)
    return Losses()


def _write_article(part: ArticleBundle, to: IO[bytes]) -> None:
    lines = annotator_json.indented(annotator_json.article_out(part)).replace(b"\n", b"\n    ")
    to.write((b",\n    " if to.tell() else b"\n    ") + lines)


def _recognises(_path: Path, head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and bool(_OURS.search(start))


FORMAT = Format(
    name="annotator-json",
    title="Annotator JSON",
    suffixes=(annotator_json.SUFFIX,),
    read=read,
    write=write,
    recognises=_recognises,
    own=True,
)
