"""One article of an export, and lines as the layouts look at them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from annotator.formats.articles.published import iso

_LONGEST_DATE = 60
_BY = re.compile(r"(?:by|par|von)\s+", re.IGNORECASE)


class Piece(NamedTuple):
    """An article without what the database puts around it; empty where it does not say."""

    title: str
    outlet: str
    author: str
    published: str
    """An ISO 8601 date."""
    text: str


def date_of(line: str) -> str:
    """The date that a line states, if it states hardly anything else; empty when it is none."""
    return iso(line) if len(line) <= _LONGEST_DATE else ""


def first_date(lines: Sequence[str]) -> int | None:
    """Which of some lines is the first that states a date."""
    return next((n for n, line in enumerate(lines) if date_of(line)), None)


def names_in(byline: str) -> str:
    """A byline without its “By”."""
    return _BY.sub("", " ".join(byline.split()), count=1)


def is_byline(line: str) -> bool:
    """Whether a line says itself that names follow."""
    return _BY.match(line) is not None


def body(lines: Sequence[str]) -> str:
    """Lines as a text, without the blank ones around it."""
    return "\n".join(lines).strip("\n")
