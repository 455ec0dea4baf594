"""XML from anywhere, and text that XML can hold."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import IO
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Losses

_DEEPEST = 200
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 forbids, and the return, which every reader turns into a line end."""


def parsed(data: bytes, where: str) -> Element:
    """The root element. :class:`BadInput` for a document type, entities, or what is no XML."""
    try:
        _refuse_document_type(data, where)
        root = fromstring(data)
    except (ParseError, expat.ExpatError, LookupError, ValueError, RecursionError) as error:
        raise BadInput(f"{where} is not valid XML: {error}.") from error
    if _depth(root) > _DEEPEST:
        raise BadInput(f"{where} is nested more than {_DEEPEST} deep, as no such file is.")
    return root


def _refuse_document_type(data: bytes, where: str) -> None:
    """Only before the root element can there be one; as far as that is gone through."""
    parser = _refusing(where)

    def begun(*_: object) -> None:
        raise _Begun

    parser.StartElementHandler = begun
    with suppress(_Begun):
        parser.Parse(data, True)


class _Begun(Exception):
    """The root element."""


def _refusing(where: str) -> expat.XMLParserType:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise BadInput(
            f"{where} declares a document type or entities, as made to do harm; leave it out."
        )

    parser.StartDoctypeDeclHandler = refuse
    return parser


def no_document_type(source: IO[bytes], where: str) -> None:
    """Refuse what entities could hide in, before a reader that would expand them."""
    parser = _refusing(where)
    try:
        parser.ParseFile(source)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise BadInput(f"{where} is not valid XML: {error}.") from error


def legal(text: str, losses: Losses, where: str) -> str:
    """The text with a space for each character that XML cannot hold, which is listed."""
    kept, count = _NOT_XML.subn(" ", text)
    if count:
        losses.add("a character that XML cannot hold becomes a space", where, count)
    return kept


def _depth(root: Element) -> int:
    depth, level = 0, [root]
    while level:
        depth, level = depth + 1, [child for element in level for child in element]
    return depth
