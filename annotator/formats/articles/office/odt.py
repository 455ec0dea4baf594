"""OpenDocument texts in: every paragraph of the body, typed by its style."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.core.model import BlockType
from annotator.core.text.cleaning import counted
from annotator.formats.articles.office.looked_through import part_of, refuse_traps, type_of_style
from annotator.formats.articles.source import Source
from annotator.formats.articles.text_in import Known, Part, TextIn, text_of_parts
from annotator.formats.exchange.safe_xml import parsed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TEXT, _STYLE = (_OF % name for name in ("office", "text", "style"))
_SVG = _OF % "svg-compatible"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_AUTHORS = (f"{_OF % 'meta'}initial-creator", "{http://purl.org/dc/elements/1.1/}creator")
_WHAT = "an OpenDocument text"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_CHARACTERS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_LEFT_OUT = {
    f"{_TEXT}note": "footnote",
    f"{_OFFICE}annotation": "comment",
    f"{_TEXT}deletion": "deleted passage",
}
_SKIPPED = {
    *_LEFT_OUT,
    f"{_TEXT}tracked-changes",
    f"{_TEXT}ruby-text",
    f"{_TEXT}table-of-content",
    f"{_SVG}title",
    f"{_SVG}desc",
}
_SPACES = re.compile(r"[ \t\r\n]+")
_DEEPEST_STYLE = 20
_MOST_SPACES = 100


def read(source: Source) -> TextIn:
    """The body of a document; :class:`BadInput` says why it cannot be read."""
    refuse_traps(source, _WHAT)
    with zipfile.ZipFile(source.stream) as package:
        content = parsed(part_of(package, "content.xml", source.where, _WHAT), source.where)
        has_meta = "meta.xml" in package.namelist()
        meta = (
            parsed(part_of(package, "meta.xml", source.where, _WHAT), source.where)
            if has_meta
            else None
        )
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    parts = [] if body is None else list(_parts(body, _styles(content)))
    said = " ".join(part.text for part in parts)
    title, authors = _said_of_itself(meta)
    # As in Word, these sat at the computer, unless the article says so too.
    author = next((name for name in authors if name in said), "")
    notes = () if body is None else tuple(_left_out(body))
    known = Known(title=title, author=author)
    return text_of_parts(parts, source.name, source.where, notes=notes, known=known)


def _said_of_itself(meta: Element | None) -> tuple[str, list[str]]:
    """Title and authors."""
    if meta is None:
        return "", []
    authors = [said for tag in _AUTHORS for one in meta.iter(tag) if (said := one.text or "")]
    return next((one.text or "" for one in meta.iter(_TITLE)), ""), authors


def _parts(body: Element, styles: dict[str, str]) -> Iterator[Part]:
    for paragraph in _paragraphs(body):
        if text := "".join(_pieces(paragraph)).strip():
            yield Part(text, _type(paragraph, styles))


def _paragraphs(element: Element) -> Iterator[Element]:
    """In their order, those in lists, tables and boxes among them."""
    for child in element:
        if child.tag in _PARAGRAPHS:
            yield child
        if child.tag not in _SKIPPED:
            yield from _paragraphs(child)


def _pieces(element: Element) -> Iterator[str]:
    """What a paragraph says, with its spaces as they are shown: those in the file count once."""
    yield _plain(element.text)
    for child in element:
        if child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag == f"{_TEXT}s":
            yield " " * _number_of(child)
        elif child.tag not in _SKIPPED and child.tag not in _PARAGRAPHS:
            yield from _pieces(child)
        yield _plain(child.tail)


def _plain(text: str | None) -> str:
    """Line ends and tabs in the file are spaces, and so many spaces are one."""
    if not text:
        return ""
    return _SPACES.sub(" ", text)


def _number_of(spaces: Element) -> int:
    stated = spaces.get(f"{_TEXT}c", "1")
    return min(int(stated), _MOST_SPACES) if stated.isascii() and stated.isdigit() else 1


def _styles(content: Element) -> dict[str, str]:
    """The style that each of the document's own is made of."""
    own = content.iter(f"{_STYLE}style")
    return {one.get(f"{_STYLE}name", ""): one.get(f"{_STYLE}parent-style-name", "") for one in own}


def _type(paragraph: Element, styles: dict[str, str]) -> BlockType | None:
    name = paragraph.get(f"{_TEXT}style-name", "")
    for _ in range(_DEEPEST_STYLE):
        if found := type_of_style(name.replace("_20_", " ").lower()):
            return found
        name = styles.get(name, "")
    return "heading" if paragraph.tag == f"{_TEXT}h" else None


def _left_out(body: Element) -> Iterator[str]:
    for tag, thing in _LEFT_OUT.items():
        if number := sum(1 for _ in body.iter(tag)):
            yield f"{counted(number, thing)} left out"
