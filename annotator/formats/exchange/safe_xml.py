"""XML from anywhere, and text that XML can hold."""

from __future__ import annotations

import re
from typing import IO
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Losses

_DEEPEST = 200
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 forbids, and the return, which every reader turns into a line end."""


def parsed(data: bytes, where: str) -> Element:
    """The root element. :class:`BadInput` for a document type, entities, or what is no XML."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadInput(
            f"{where} declares a document type or entities, as made to do harm; leave it out."
        ) from error
    except (ParseError, LookupError, ValueError, RecursionError) as error:
        raise BadInput(f"{where} is not valid XML: {error}.") from error
    if _depth(root) > _DEEPEST:
        raise BadInput(f"{where} is nested more than {_DEEPEST} deep, as no such file is.")
    return root


def no_document_type(source: IO[bytes], where: str) -> None:
    """Refuse what entities could hide in, before a reader that would expand them."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise BadInput(
            f"{where} declares a document type or entities, as made to do harm; leave it out."
        )

    parser.StartDoctypeDeclHandler = refuse
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
    deepest, waiting = 0, [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in element]
    return deepest
