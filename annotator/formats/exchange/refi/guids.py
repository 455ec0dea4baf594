"""The GUIDs of what we write: the same for the same thing, so that we know our own again."""

from __future__ import annotations

from uuid import UUID, uuid5

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Annotator"
"""Said of a file as its origin. Only such files are read as ours."""

_SPACE = UUID("6c1b0f3e-52a7-5d0e-9a52-0b6a7b9c4d11")


def guid(*parts: object) -> str:
    """The GUID of a thing that its sort and names tell apart."""
    return str(uuid5(_SPACE, "\x1f".join(map(str, parts))))


KINDS = guid("group", "kinds")
ISSUES = guid("group", "issues")


def field_group(key: str) -> str:
    """Of the code above all values of a field."""
    return guid("group", "field", key)


def plain(found: str) -> str:
    """A GUID as it stands in a file: some write braces or capital letters."""
    return found.strip().strip("{}").lower()
