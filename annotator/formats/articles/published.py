"""Dates as tables write them, as ISO 8601."""

from __future__ import annotations

import datetime
import re

from annotator.core.text.dates import find_dates
from annotator.formats.articles import months

_DAY_ONE = datetime.date(1899, 12, 30)
"""From which spreadsheets count days; Lotus took 1900 for a leap year, and all follow it."""

_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.0)?")
_COMPACT = re.compile(r"((?:1[89]|20)\d\d)(\d\d)(\d\d)")
_LOGGED = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) [\d:]{8} (?:[A-Z+\d]{3,5} )?(\d{4})")
"""Sun Aug 24 10:00:00 +0000 2025, as Twitter and many programs write it."""

_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]((?:1[89]|20)\d\d)\b")


def iso(value: str, day_first: bool | None = None) -> str:
    """The date, with its time if it is ISO 8601 already; empty when it cannot be told.

    ``day_first`` says how 08/09/2025 is meant; while it is None such a date is not told.
    """
    value = " ".join(value.split())
    return _stated(value) or _counted(value) or _written(value, day_first)


def day_comes_first(values: list[str]) -> bool | None:
    """What the dates of a column tell of each other's order; None when none of them does."""
    found = [match for value in values if (match := _SLASHED.match(value.strip()))]
    days, months = (any(int(match[n]) > 12 for match in found) for n in (1, 2))
    return None if days == months else days


def _stated(value: str) -> str:
    compact = _COMPACT.fullmatch(value)
    try:
        if compact:
            return datetime.date(int(compact[1]), int(compact[2]), int(compact[3])).isoformat()
        if len(value) <= 10:
            return datetime.date.fromisoformat(value).isoformat() if "-" in value else ""
        when = datetime.datetime.fromisoformat(value)
    except ValueError:
        return ""
    if when.time() == datetime.time() and when.tzinfo is None:
        return when.date().isoformat()
    return when.isoformat(timespec="seconds")


def _counted(value: str) -> str:
    """Days since 1900, as a spreadsheet keeps a date, or seconds since 1970."""
    if serial := _SERIAL.fullmatch(value):
        return (_DAY_ONE + datetime.timedelta(days=int(serial[1]))).isoformat()
    if seconds := _EPOCH.fullmatch(value):
        when = datetime.datetime.fromtimestamp(int(seconds[1]), datetime.UTC)
        return when.isoformat(timespec="seconds")
    return ""


def _written(value: str, day_first: bool | None) -> str:
    if dates := find_dates(value):
        return dates[0].date.isoformat()
    if logged := _LOGGED.fullmatch(value):
        return _written(f"{logged[2]} {logged[1]} {logged[3]}", day_first)
    if named := months.found(value):
        return named.isoformat()
    slashed = _SLASHED.search(value)
    if slashed is None or day_first is None:
        return ""
    first, second, year = map(int, slashed.groups())
    day, month = (first, second) if day_first else (second, first)
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
