"""Word documents in: every paragraph of the body, typed by its style."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.core.errors import BadInput
from annotator.core.model import BlockType
from annotator.core.text.cleaning import counted
from annotator.formats.articles.office.looked_through import damaged, refuse_traps, type_of_style
from annotator.formats.articles.source import Source
from annotator.formats.articles.text_in import Known, Part, TextIn, text_of_parts

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WHAT = "a Word document"
_CHARACTERS = {
    f"{_WORD}tab": "\t",
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}noBreakHyphen": "\u2011",
    f"{_WORD}softHyphen": "\u00ad",
}
_LEFT_OUT = (
    (f"{_WORD}footnoteReference", "footnote"),
    (f"{_WORD}endnoteReference", "endnote"),
    (f"{_WORD}commentReference", "comment"),
    (f"{_WORD}delText", "deleted passage"),
    (f"{_WORD}altChunk", "embedded document"),
)
_SKIPPED = {
    _FALLBACK,
    f"{_WORD}del",
    f"{_WORD}moveFrom",
    f"{_WORD}pPr",
    f"{_WORD}rPr",
    f"{_WORD}rt",
}
"""The last is how a word is said, which East Asian texts print above it in small letters."""

_DEEPEST_STYLE = 20


def read(source: Source) -> TextIn:
    """The body of a document; :class:`BadInput` says why it cannot be read."""
    refuse_traps(source, _WHAT)
    # Here, because most days no document is imported and every day the program is started.
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        document = Document(source.stream)
        parts = list(_parts(document))
        title, author = _said_of_itself(document)
        notes = tuple(_left_out(document))
    except (OpcError, etree.LxmlError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BadInput(damaged(source.where, _WHAT)) from error
    except (AttributeError, IndexError, TypeError, RecursionError) as error:
        # The library takes for granted that every part has the elements it should have.
        raise BadInput(damaged(source.where, _WHAT)) from error
    said = " ".join(part.text for part in parts)
    # Word names whoever sat at the computer; only if the article does so too is it the author.
    known = Known(title=title, author=author if author and author in said else "")
    return text_of_parts(parts, source.name, source.where, notes=notes, known=known)


def _said_of_itself(document: Document) -> tuple[str, str]:
    """Title and author; a file that has no place for them would get the library's own."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    related = document.part.package.rels.values() if document.part.package else ()
    if RELATIONSHIP_TYPE.CORE_PROPERTIES not in {one.reltype for one in related}:
        return "", ""
    properties = document.core_properties
    return properties.title or "", properties.author or ""


def _parts(document: Document) -> Iterator[Part]:
    """The paragraphs in their order, those in tables, boxes and content controls among them."""
    types = _Types(document)
    for paragraph in _paragraphs(document.element.body):
        if text := "".join(_pieces(paragraph)).strip():
            yield Part(text, types.of(paragraph))


def _paragraphs(element: _Element) -> Iterator[_Element]:
    for child in element:
        if child.tag == f"{_WORD}p":
            yield child
        if child.tag not in _SKIPPED:
            yield from _paragraphs(child)


def _pieces(element: _Element) -> Iterator[str]:
    """What a paragraph says; boxes anchored in it are paragraphs of their own."""
    for child in element:
        if child.tag in (f"{_WORD}t", _FORMULA_TEXT):
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag not in _SKIPPED and child.tag != f"{_WORD}p":
            yield from _pieces(child)


class _Types:
    """Which type of block each style of a document means."""

    def __init__(self, document: Document) -> None:
        self._names: dict[str, tuple[str, str]] = {}
        for style in document.styles.element.iter(f"{_WORD}style"):
            name = style.find(f"{_WORD}name")
            base = style.find(f"{_WORD}basedOn")
            self._names[style.get(f"{_WORD}styleId", "")] = (
                "" if name is None else name.get(f"{_WORD}val", "").lower(),
                "" if base is None else base.get(f"{_WORD}val", ""),
            )

    def of(self, paragraph: _Element) -> BlockType | None:
        found = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        id = "" if found is None else found.get(f"{_WORD}val", "")
        for _ in range(_DEEPEST_STYLE):
            name, base = self._names.get(id, ("", ""))
            if block_type := type_of_style(name):
                return block_type
            id = base
        return None


def _left_out(document: Document) -> Iterator[str]:
    body = document.element.body
    for tag, thing in _LEFT_OUT:
        if number := sum(1 for _ in body.iter(tag)):
            yield f"{counted(number, thing)} left out"
