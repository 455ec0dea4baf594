"""Ids, times and authors as Annotator JSON writes them, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec

from annotator.core.model import GOLD, Authored, Id
from annotator.formats.annotator_layout import GOLD_NAME, FileAuthored

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = 60_000
_SECONDS = tuple(f"{second:02}." for second in range(60))
_THOUSANDTHS = tuple(f"{ms:03}Z" for ms in range(1000))


def time_text(ms: int) -> str:
    """Milliseconds since 1970 as ISO 8601 in UTC."""
    minutes, rest = divmod(ms, _MINUTE)
    return _minute_text(minutes) + _SECONDS[rest // 1000] + _THOUSANDTHS[rest % 1000]


@lru_cache(maxsize=4096)
def _minute_text(minutes: int) -> str:
    """Much is done in one minute, and an article marked within a few."""
    return (_EPOCH + timedelta(minutes=minutes)).isoformat()[:17]


@lru_cache(maxsize=4096)
def time_ms(text: str) -> int:
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise msgspec.ValidationError(f"{text!r} is not a time") from error
    return (when - _EPOCH) // timedelta(milliseconds=1)


def optional_text(id: Id | None) -> str | None:
    return None if id is None else str(id)


def optional_number(text: str | None) -> Id | None:
    return None if text is None else number(text)


def number(text: str) -> Id:
    """An id read back."""
    id = int(text)
    if id >= 1 << 63:
        raise msgspec.ValidationError(f"the id {text} is larger than any id can be")
    return id


same_number = lru_cache(maxsize=4096)(number)
"""The same of ids that come again and again, such as those of analysts."""


def layer_text(layer: Id) -> str:
    return GOLD_NAME if layer == GOLD else str(layer)


def layer_number(text: str) -> Id:
    return GOLD if text == GOLD_NAME else number(text)


def authors(record: Authored) -> dict[str, Any]:
    made = time_text(record.made_at)
    same = record.changed_at == record.made_at
    return {
        "made_at": made,
        "made_by": str(record.made_by),
        "changed_at": made if same else time_text(record.changed_at),
        "changed_by": str(record.changed_by),
    }


def authors_in(record: FileAuthored) -> dict[str, Any]:
    made = time_ms(record.made_at)
    same = record.changed_at == record.made_at
    return {
        "made_at": made,
        "made_by": number(record.made_by),
        "changed_at": made if same else time_ms(record.changed_at),
        "changed_by": number(record.changed_by),
    }
