"""The GUIDs of what we write: the same for the same thing, so that we know our own again."""

from __future__ import annotations

import re
from functools import lru_cache
from uuid import UUID, uuid5

from annotator.core.model import Id

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Annotator"
"""Said of a file as its origin. Only such files are read as ours."""

_SPACE = UUID("6c1b0f3e-52a7-5d0e-9a52-0b6a7b9c4d11")
_ID_BITS = 63
_TAG_BITS = 122 - _ID_BITS
"""What a UUID of version 8 has room for beside the id; says that it is one of ours."""
_KEPT = 1 << 12
_USUAL = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""How a GUID is written, for the most part and by us."""


@lru_cache(_KEPT, typed=True)
def guid(*parts: object) -> str:
    """The GUID of a thing that its sort and names tell apart; codes and people come often."""
    return str(uuid5(_SPACE, "\x1f".join(map(str, parts))))


def record_guid(sort: str, id: Id) -> str:
    """The GUID of a mark or statement, which holds its id: a UUID of version 8."""
    value = _tag(sort) << _ID_BITS | id
    high, middle, low = value >> 74, value >> 62 & 0xFFF, value & (1 << 62) - 1
    text = f"{high << 80 | 0x8 << 76 | middle << 64 | 0b10 << 62 | low:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def record_id(sort: str, found: str) -> Id | None:
    """The id that a GUID of ours holds; None for any other."""
    try:
        usual = found if _USUAL.fullmatch(found) else str(UUID(found))
    except ValueError:
        return None
    value = int(usual.replace("-", ""), 16)
    whole = (value >> 80) << 74 | (value >> 64 & 0xFFF) << 62 | value & (1 << 62) - 1
    id = whole & (1 << _ID_BITS) - 1
    return id if record_guid(sort, id) == usual else None


@lru_cache(_KEPT)
def _tag(sort: str) -> int:
    return uuid5(_SPACE, sort).int >> 128 - _TAG_BITS


KINDS = guid("group", "kinds")
ISSUES = guid("group", "issues")


def field_group(key: str) -> str:
    """Of the code above all values of a field."""
    return guid("group", "field", key)


def is_of(sort: str, name: str, tag: str) -> bool:
    """Whether an element is the root of a ``project`` or ``codebook``, of whichever version."""
    space, _, local = tag.rpartition("}")
    return local == name and (not space or space.startswith(f"{{urn:QDA-XML:{sort}:"))


def plain(found: str) -> str:
    """A GUID as it stands in a file: some write braces or capital letters."""
    return found.strip().strip("{}").lower()
