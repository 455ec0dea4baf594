"""E-books in: the texts of a book in the order in which they are read, as one article."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from annotator.core.errors import BadInput
from annotator.core.model import BlockType
from annotator.formats.articles.office.looked_through import damaged, part_of, refuse_traps
from annotator.formats.articles.published import iso
from annotator.formats.articles.source import Source
from annotator.formats.articles.text_in import Known, Part, TextIn, text_of_parts
from annotator.formats.articles.web.cell import BLOCKS, NO_WORDS
from annotator.formats.articles.web.tree import parsed as page_of
from annotator.formats.exchange.safe_xml import parsed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from lxml.html import HtmlElement

_WHAT = "an e-book"
_LONGEST = 100_000_000
_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_DC = "{http://purl.org/dc/elements/1.1/}"
_TYPES: dict[str, BlockType] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "figcaption": "caption",
}
"""What elements make of the words in them."""


def read(source: Source) -> TextIn:
    """All of a book; :class:`BadInput` says why it cannot be read."""
    refuse_traps(source, _WHAT)
    with zipfile.ZipFile(source.stream) as package:
        place, book = _book(package, source.where)
        pages = [posixpath.normpath(posixpath.join(place, one)) for one in _in_order(book)]
        _refuse_locked(package, pages, source.where)
        parts = list(_all_parts(package, list(dict.fromkeys(pages)), source.where))
    known = Known(
        title=_said(book, "title"),
        outlet=_said(book, "publisher"),
        author="; ".join(_all_said(book, "creator")),
        published=iso(_said(book, "date")),
    )
    if parts and known.title and parts[0].text.casefold() == known.title.casefold():
        parts[0] = Part(parts[0].text, "headline")
    return text_of_parts(parts, source.name, source.where, known=known)


def _book(package: zipfile.ZipFile, where: str) -> tuple[str, Element]:
    """What describes the book, and the folder it is in."""
    container = parsed(part_of(package, _CONTAINER, where, _WHAT), where)
    paths = (one.get("full-path", "") for one in container.iter() if _name(one) == "rootfile")
    path = next((one for one in paths if one), "")
    return posixpath.dirname(path), parsed(part_of(package, path, where, _WHAT), where)


def _in_order(book: Element) -> list[str]:
    """The texts of the book, without those that lie beside it and its table of contents."""
    items = {one.get("id", ""): one for one in book.iter() if _name(one) == "item"}
    read = [one for one in book.iter() if _name(one) == "itemref" and one.get("linear") != "no"]
    found = (items.get(one.get("idref", "")) for one in read)
    return [
        unquote(item.get("href", ""))
        for item in found
        if item is not None
        and item.get("media-type") in _PAGES
        and "nav" not in item.get("properties", "").split()
    ]


def _refuse_locked(package: zipfile.ZipFile, pages: list[str], where: str) -> None:
    """Letters are often locked so that no one takes them out of the book; its texts seldom are."""
    if _LOCKS not in package.namelist():
        return
    locks = parsed(part_of(package, _LOCKS, where, _WHAT), where)
    locked = {
        unquote(one.get("URI", "")) for one in locks.iter() if _name(one) == "CipherReference"
    }
    if locked & set(pages):
        raise BadInput(
            f"{where} is an e-book that is locked to its buyer; copy the article from the program"
            " that shows it."
        )


def _all_parts(package: zipfile.ZipFile, pages: list[str], where: str) -> Iterator[Part]:
    size = 0
    for page in pages:
        data = part_of(package, page, where, _WHAT)
        size += len(data)
        if size > _LONGEST:
            raise BadInput(
                f"{where} has more than {_LONGEST:,} bytes of text; divide it into articles."
            )
        yield from _parts_of(data, where)


def _parts_of(data: bytes, where: str) -> Iterator[Part]:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(damaged(where, _WHAT)) from error
    if text.strip():
        yield from _parts(page_of(text, where))


def _parts(page: HtmlElement) -> Iterator[Part]:
    """Its paragraphs; without going deep, as tags may."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    within = ""
    hidden = 0
    for event, element in iterwalk(page, events=("start", "end")):
        begins = event == "start"
        if element.tag in NO_WORDS:
            hidden += 1 if begins else -1
        if element.tag in BLOCKS:
            yield from _part(pieces, within)
            pieces.clear()
            if element.tag in _TYPES:
                within = element.tag if begins else ""
        said = element.text if begins else element.tail
        if said and not hidden:
            pieces.append(said)
    yield from _part(pieces, within)


def _part(pieces: list[str], within: str) -> Iterator[Part]:
    if text := " ".join("".join(pieces).split()):
        yield Part(text, _TYPES.get(within))


def _said(book: Element, what: str) -> str:
    return next(iter(_all_said(book, what)), "")


def _all_said(book: Element, what: str) -> list[str]:
    return [said for one in book.iter(f"{_DC}{what}") if (said := (one.text or "").strip())]


def _name(element: Element) -> str:
    """Without the namespace, which old books leave out."""
    return str(element.tag).rpartition("}")[2]
