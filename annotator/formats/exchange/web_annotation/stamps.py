"""Who made a Web Annotation and when, and whether it is flagged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from annotator.core.model import Mark, Statement
from annotator.formats.exchange.gathering import Gathering
from annotator.formats.exchange.web_annotation import terms
from annotator.formats.exchange.web_annotation.bodies import one_or_many, text_of

Said = TypeVar("Said", Mark, Statement)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AT_HAND = 256
"""Times that may come again at once: most things were last changed when they were made."""


def creator_of(item: dict[str, Any]) -> str:
    """The name of the first creator, or the IRI of one without name; empty when nobody is named."""
    named = next(iter(one_or_many(item.get("creator"))), "")
    if isinstance(named, dict):
        named = named.get("name") or named.get("nickname") or named.get("id")
    return text_of(named)


def stamped(said: Said, item: dict[str, Any], gathering: Gathering) -> Said:
    """The mark or statement with what the annotation says of its making."""
    made_at = _moment(item.get("created"))
    flagged = item.get(terms.FLAGGED) is True
    if not made_at:
        return msgspec.structs.replace(said, flagged=flagged)
    creator = creator_of(item)
    maker = gathering.layer(creator) if creator else 0
    changer = text_of(item.get(terms.CHANGED_BY))
    return msgspec.structs.replace(
        said,
        made_at=made_at,
        made_by=maker,
        changed_at=_moment(item.get("modified")) or made_at,
        changed_by=gathering.layer(changer) if changer else maker,
        flagged=flagged,
    )


def _moment(told: Any) -> int:
    """Milliseconds since 1970; 0 for what is no time. A time without zone is taken as UTC."""
    return _time(text_of(told))


@lru_cache(_AT_HAND)
def _time(told: str) -> int:
    try:
        when = datetime.fromisoformat(told)
        return max(
            0, (when.replace(tzinfo=when.tzinfo or UTC) - _EPOCH) // timedelta(milliseconds=1)
        )
    except (ValueError, OverflowError):
        return 0
