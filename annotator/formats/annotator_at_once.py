"""An article of Annotator JSON whose ids and times are looked at together.

Each by itself is looked at by a pattern of the layout, which takes four times as long as all else
that is done to read a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from types import GenericAlias
from typing import Any

import msgspec

from annotator.formats.annotator_layout import (
    TIME,
    FileArticle,
    FileAuthored,
    FileLayer,
    FileMark,
    FileMember,
    FileStatement,
    Part,
)

_LONGEST_ID = 19
_KEPT = 1 << 12
_ALL_TIMES = re.compile(f"(?:{TIME})*", re.ASCII)
_LENGTH = len("2026-01-01T00:00:00.000Z")
_said = attrgetter("id", "made_by", "changed_by")
_times = attrgetter("made_at", "changed_at")


def _with(part: type[Part], types: Mapping[str, Any]) -> Any:
    """The same object of the layout, with other types for some of its fields."""
    fields = [
        (one.name, types.get(one.name, one.type), one.default)
        for one in msgspec.structs.fields(part)
    ]
    return msgspec.defstruct(
        part.__name__,
        fields,
        bases=(part,),
        frozen=True,
        kw_only=True,
        forbid_unknown_fields=True,
        gc=False,
    )


def _some(part: Any) -> Any:
    return GenericAlias(tuple, (part, ...))


_TEXTS: dict[str, Any] = dict.fromkeys(FileAuthored.__struct_fields__, str)
_MEMBER = _with(FileMember, {"mark": str})
_MARK = _with(FileMark, _TEXTS)
_STATEMENT = _with(FileStatement, {**_TEXTS, "members": _some(_MEMBER)})
_LAYER = _with(FileLayer, {"marks": _some(_MARK), "statements": _some(_STATEMENT)})
ARTICLE: type[FileArticle] = _with(FileArticle, {"layers": _some(_LAYER)})
"""What an article is decoded as; what :func:`is_sound` says no to is to be decoded otherwise."""


def is_sound(article: FileArticle) -> bool:
    """Whether what its marks and statements have for ids and times is some."""
    authored = [one for layer in article.layers for one in (*layer.marks, *layer.statements)]
    ids = [*chain.from_iterable(map(_said, authored)), *_members(article)]
    whole = "".join(ids)
    if ids and not (
        whole.isascii()
        and whole.isdigit()
        and "" not in ids
        and len(max(ids, key=len)) <= _LONGEST_ID
    ):
        return False
    times = list(chain.from_iterable(map(_times, authored)))
    return {*map(len, times)} <= {_LENGTH} and _ALL_TIMES.fullmatch("".join(times)) is not None


def is_plain(id: str, made_at: str, made_by: str, changed_at: str, changed_by: str) -> bool:
    """Whether these are the id, the times and the analysts of one mark or statement."""
    return (
        _is_id(id)
        and _is_known_id(made_by)
        and (changed_by == made_by or _is_known_id(changed_by))
        and _is_time(made_at)
        and (changed_at == made_at or _is_time(changed_at))
    )


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID


_is_known_id = lru_cache(_KEPT)(_is_id)
"""Of those that come again and again."""


@lru_cache(_KEPT)
def _is_time(text: str) -> bool:
    return len(text) == _LENGTH and _ALL_TIMES.fullmatch(text) is not None


def _members(article: FileArticle) -> Iterator[str]:
    return (
        member.mark
        for layer in article.layers
        for one in layer.statements
        for member in one.members
    )
