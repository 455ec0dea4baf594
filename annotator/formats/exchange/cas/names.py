"""Names in our type system, and what their descriptions say of them.

UIMA allows letters, digits and underscores of ASCII in a name; our keys are freer. So the key is
in the description, and the name is only like it.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from annotator.core.codebook import FieldType
from annotator.formats.exchange.typed import type_named

PACKAGE = "webanno.custom."
STATEMENT_TYPE = f"{PACKAGE}Statement"
LINK_TYPE = f"{PACKAGE}StatementMembersLink"
ARTICLE_TYPE = f"{PACKAGE}Article"
"""Of the article as a whole: derived from ``AnnotationBase``, as document metadata is."""

MARK, NOTE, IMPLIED, MEMBERS = "annotator_mark", "annotator_note", "annotator_implied", "members"
"""Features. The annotations of one mark, one for each fragment, have the same ``MARK``: its id."""
STATED = "annotator_statement"
"""The feature of a statement that has its id."""
ANALYST = "analyst"
KNOWN = ("title", "outlet", "author", "published", "url", "file")

_KIND = "annotator:kind:"
_FIELD = re.compile(r"annotator:field:([a-z]+)(:several)?:(.+)", re.DOTALL)
_RESERVED = {"begin", "end", "sofa", "self", "type", MARK, NOTE, IMPLIED, MEMBERS, STATED}


class FieldSaid(NamedTuple):
    key: str
    type: FieldType
    several: bool


def identifier(key: str, taken: Container[str]) -> str:
    """A name like the key that UIMA allows and that is not taken."""
    plain = re.sub(r"[^0-9A-Za-z]+", "_", key).strip("_") or "x"
    wanted = plain if plain[0].isalpha() else f"x{plain}"
    name, number = wanted, 2
    while name in taken or name in _RESERVED:
        name, number = f"{wanted}_{number}", number + 1
    return name


def kind_said(key: str) -> str:
    return f"{_KIND}{key}"


def kind_of(description: str | None) -> str | None:
    """The key of a kind that a type's description tells; None when it is not of ours."""
    found = (description or "").removeprefix(_KIND)
    return found if found and found != description else None


def field_said(key: str, type: FieldType, several: bool) -> str:
    return f"annotator:field:{type}{':several' if several else ''}:{key}"


def field_of(description: str | None) -> FieldSaid | None:
    match = _FIELD.fullmatch(description or "")
    return None if match is None else FieldSaid(match[3], type_named(match[1]), bool(match[2]))
