"""A file of many articles, in one of the layouts that are known, as these articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotator.core.errors import BadInput
from annotator.formats.articles.press import (
    europresse_page,
    factiva,
    factiva_page,
    nexis,
    nexis_uni,
    proquest,
)
from annotator.formats.articles.press.piece import Piece
from annotator.formats.articles.source import Source
from annotator.formats.articles.text_in import Failure, Known, TextIn, text_in
from annotator.formats.articles.web.html import decoded_page

_LAYOUTS = (nexis_uni.split, nexis.split, factiva.split, proquest.split)
_HINTS = ("ument", "DOCUMENT")
"""All layouts have the word in one way or another, and most articles do not."""
_PAGES = (factiva_page, europresse_page)
LOOKED_INTO = frozenset(("text", "docx", "odt", "rtf"))
"""Kinds of files whose text may be such an export."""


def of_text(whole: TextIn, source: Source) -> Iterator[TextIn | Failure]:
    """The articles of what was read as one; itself when it is one."""
    may_be = any(hint in whole.text for hint in _HINTS)
    layouts = _LAYOUTS if may_be else ()
    pieces = next((found for layout in layouts if (found := layout(whole.text))), [])
    if pieces:
        yield from _articles(pieces, source, whole.encoding, whole.notes)
    else:
        yield whole


def of_page(source: Source, read: Callable[[Source], TextIn]) -> Iterator[TextIn | Failure]:
    """The same of a web page, from which an extraction would take one article alone."""
    data = source.whole()
    for layout in _PAGES:
        if layout.may_be(data):
            text, encoding, notes, _ = decoded_page(data, source.where)
            if pieces := layout.split(text, source.where):
                yield from _articles(pieces, source, encoding, notes)
                return
    yield read(source)


def _articles(
    pieces: list[Piece], source: Source, encoding: str, notes: tuple[str, ...]
) -> Iterator[TextIn | Failure]:
    """``notes`` are of the whole file, and are told of its first article."""
    for number, piece in enumerate(pieces, 1):
        place = f"article {number}"
        try:
            yield text_in(
                piece.text,
                source.name,
                f"{source.where}, {place},",
                encoding=encoding,
                notes=notes if number == 1 else (),
                known=Known(piece.title, piece.outlet, piece.author, piece.published),
                place=place,
                headline=piece.title if piece.text.strip() else "",
            )
        except BadInput as error:
            yield Failure(source.name, place, str(error))
