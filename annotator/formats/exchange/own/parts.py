"""Annotator JSON read an article at a time, as long as it is laid out as we write it.

A string in JSON has no line ends, so the lines around an article are found by how they begin. Each
piece counts only if writing what it says gives the same bytes. Where the first one does not, the
rest is read from the whole file, as a file is that was written by somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import BadInput
from annotator.formats import annotator_at_once as at_once
from annotator.formats import annotator_json
from annotator.formats.annotator_layout import File, FileArticle
from annotator.formats.annotator_line_ends import BETWEEN, END, FIRST, LIST, NONE, laid_out
from annotator.formats.exchange.format import Asked, Outgoing, Reached
from annotator.formats.exchange.limits import check_size
from annotator.formats.strict_json import as_we_write

_decode = msgspec.json.Decoder(at_once.ARTICLE).decode
_ENDS = b"\n    }"
_OPENS, _CLOSES = b"[\n  [\n    ", b"\n  ]\n]"
"""What is around something two lists deep."""
_AT_ONCE = 1 << 20
_TAIL = 1 << 14
"""Bytes after the articles; what is said there is short."""
_LONGEST = 1 << 26
"""Bytes of what is before the articles, and of one of them."""


def stream(path: Path, _asked: Asked) -> Outgoing:
    """The project, and its articles as they are asked for."""
    try:
        with path.open("rb") as file:
            around = _around(file)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    if around is None:
        return Outgoing.of(_whole(path))
    found, start, end = around
    try:
        head = annotator_json.bundle_in(found, path.name)
    except msgspec.ValidationError as error:
        raise BadInput(f"{path.name} is not valid Annotator JSON: {error}.") from error
    reached = Reached()
    return Outgoing(head, _articles(path, start, end, reached), reached)


def _around(file: BinaryIO) -> tuple[File, int, int] | None:
    """The file without its articles, and from where to where these are; None if not laid out so."""
    before, looked = bytearray(), 0
    while (at := before.find(LIST + FIRST, looked)) < 0:
        looked = max(0, len(before) - len(LIST + FIRST))
        more = file.read(_AT_ONCE) if len(before) < _LONGEST else b""
        if not more:
            return None
        before += more
    start = at + len(LIST)
    last = max(start, file.seek(0, 2) - _TAIL)
    file.seek(last)
    after = file.read()
    close = after.rfind(END)
    if close < 0:
        return None
    # As it would be written without articles.
    empty = bytes(before[:start]) + after[close:].replace(END, NONE, 1)
    found = as_we_write(empty, File)
    return None if found is None else (found, start, last + close)


def _articles(path: Path, start: int, end: int, reached: Reached) -> Iterator[ArticleBundle]:
    given = read = 0
    try:
        with path.open("rb") as file:
            file.seek(start)
            for piece in _pieces(file, end - start):
                found = _as_written(piece, BETWEEN if given else FIRST)
                if found is None:
                    break
                read += len(piece)
                reached.share = read / (end - start)
                yield _in(found, path.name)
                given += 1
            else:
                return
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    yield from islice(_whole(path).articles, given, None)


def _whole(path: Path) -> Bundle:
    check_size(path)
    return annotator_json.read(path)


def _in(found: FileArticle, source: str) -> ArticleBundle:
    try:
        return annotator_json.article_in(found, source)
    except msgspec.ValidationError as error:
        raise BadInput(f"{source} is not valid Annotator JSON: {error}.") from error


def _pieces(file: BinaryIO, left: int) -> Iterator[bytes]:
    """A part of a file, cut after the end of each article."""
    held = bytearray()
    looked = 0
    while True:
        close = held.find(_ENDS, looked)
        if close >= 0:
            yield bytes(held[: close + len(_ENDS)])
            del held[: close + len(_ENDS)]
            looked = 0
            continue
        looked = max(0, len(held) - len(_ENDS))
        more = file.read(min(left, _AT_ONCE)) if len(held) < _LONGEST else b""
        if not more:
            break
        left -= len(more)
        held += more
    if held:
        yield bytes(held)


def _as_written(piece: bytes, before: bytes) -> FileArticle | None:
    """The article in a piece after what has to stand before it."""
    if not piece.startswith(before):
        return None
    plain = piece.removeprefix(before)
    try:
        found = _decode(plain)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    is_same = plain == laid_out(found) or plain == _indented(found)
    return found if is_same and at_once.is_sound(found) else None


def _indented(part: FileArticle) -> memoryview:
    """An article as it was written before marks stood on one line."""
    whole = msgspec.json.format(msgspec.json.encode([[part]]), indent=2)
    return memoryview(whole)[len(_OPENS) : -len(_CLOSES)]
