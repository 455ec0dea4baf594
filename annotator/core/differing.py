"""What is said of a record that a file has otherwise than the project."""

from __future__ import annotations

import msgspec

from annotator.core.model import Actor, Analyst, Article, Issue, Record, Status
from annotator.core.revision import kind_of

_HIDDEN = {"id", "passphrase", "sha256", "length"}
_LONGEST = 60
_KINDS = {"status": "progress"}


def named(record: Record, where: str = "") -> str:
    """The record by its name or words, else by ``where`` it is, the title of an article."""
    kind = _KINDS.get(kind_of(record), kind_of(record))
    for attribute in ("title", "name", "quote"):
        if value := getattr(record, attribute, ""):
            return f"The {kind} “{value}”"
    article = "The" if isinstance(record, Status) else "A"
    return f"{article} {kind} in “{where}”" if where else f"{article} {kind}"


def difference(ours: Record, theirs: Record) -> str:
    """In which fields they differ, in brackets after a blank, texts of articles with both values.

    Of progress it says only what the file has, and nothing of marks and statements: who imports
    them may not be meant to see the project's.
    """
    if isinstance(theirs, Status):
        return f" (“{theirs.progress}” there)"
    if type(ours) is not type(theirs) or not isinstance(ours, Article | Issue | Actor | Analyst):
        return ""
    told = [
        _field(name, getattr(ours, name), getattr(theirs, name))
        for name in msgspec.structs.asdict(ours)
        if name not in _HIDDEN and getattr(ours, name) != getattr(theirs, name)
    ]
    return f" ({'; '.join(told)})" if told else ""


def _field(name: str, ours: object, theirs: object) -> str:
    word = name.replace("_", " ")
    if not (isinstance(ours, str) and isinstance(theirs, str)):
        return word
    return f"{word}: {_short(theirs)} there, {_short(ours)} here"


def _short(text: str) -> str:
    if not text:
        return "empty"
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[:_LONGEST]}…”"
