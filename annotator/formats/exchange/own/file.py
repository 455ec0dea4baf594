"""Annotator JSON as one of the formats; see :mod:`annotator.formats.annotator_json`."""

from __future__ import annotations

import re
from pathlib import Path

from annotator.formats import annotator_json
from annotator.formats.annotator_layout import FORMAT as OUR_NAME
from annotator.formats.exchange.format import Asked, Format, Incoming, Losses, Outgoing
from annotator.formats.exchange.limits import check_size
from annotator.formats.exchange.own.parts import stream

_OURS = re.compile(rb'"format"\s*:\s*"' + OUR_NAME.encode() + rb'"')


def read(path: Path, _asked: Asked) -> Incoming:
    check_size(path)
    return Incoming(annotator_json.read(path), Losses())


def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    with to.open("wb") as file:
        file.writelines(annotator_json.pieces(outgoing.project, outgoing.articles))
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
