"""Dates as newspapers print them. Only a whole day counts: day, month and year."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_NAME = "|".join(_MONTHS)
_FIRST = rf"[\d{''.join(sorted({name[0] for name in _MONTHS}))}]"
"""What any date begins with; where none does, the forms need not be tried."""
_LONGEST_KEPT = 200
"""Lines of up to so many code points are kept in mind: several rules ask about one."""
_YEAR = r"(?:1[89]|20)\d\d"
_DATE = re.compile(
    rf"""\b(?={_FIRST})(?:
      (?P<m1>{_NAME})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>{_YEAR})   # Aug. 24, 2025
    | (?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?P<m2>{_NAME})\.?,?\s+(?P<y2>{_YEAR})  # 24 August 2025
    | (?P<y3>{_YEAR})(?P<s3>[-/])(?P<m3>\d\d)(?P=s3)(?P<d3>\d\d)                # 2025-08-24
    | (?P<d4>\d{{1,2}})\.\s?(?P<m4>\d{{1,2}})\.\s?(?P<y4>{_YEAR})                   # 24.08.2025
    | (?P<a5>\d{{1,2}})/(?P<b5>\d{{1,2}})/(?P<y5>{_YEAR})                        # 24/08/2025, 08/24/2025
    )(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)


class Dated(NamedTuple):
    """A date and where it stands, in code points, half-open."""

    start: int
    end: int
    date: datetime.date


_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)


def is_date(words: str) -> bool:
    """Whether these are a year, a month or a day as ISO 8601 writes them, such as 2025-08."""
    if not _ISO.fullmatch(words):
        return False
    try:
        datetime.date.fromisoformat(words + "-01" * ((10 - len(words)) // 3))
    except ValueError:
        return False
    return True


def find_dates(text: str) -> list[Dated]:
    """The dates in a text. One that could be read in two ways, such as 08/09/2025, is none."""
    if "20" not in text and "19" not in text and "18" not in text:
        return []  # as of most lines, told in a hundredth of the time
    return list(_kept(text) if len(text) <= _LONGEST_KEPT else _found(text))


def _found(text: str) -> tuple[Dated, ...]:
    found = ((match.start(), match.end(), _date(match)) for match in _DATE.finditer(text))
    return tuple(Dated(start, end, date) for start, end, date in found if date is not None)


_kept = lru_cache(64)(_found)


def _date(match: re.Match[str]) -> datetime.date | None:
    form = match.lastgroup[-1] if match.lastgroup else ""
    year = int(match[f"y{form}"])
    if form == "5":
        return _slashed(int(match["a5"]), int(match["b5"]), year)
    month = match[f"m{form}"].lower()
    return _valid(year, _MONTHS.get(month) or int(month), int(match[f"d{form}"]))


def _slashed(first: int, second: int, year: int) -> datetime.date | None:
    """British and American order differ; a number above twelve tells which it is."""
    if first == second or first > 12:
        return _valid(year, second, first)
    return _valid(year, first, second) if second > 12 else None


def _valid(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
