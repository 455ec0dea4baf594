"""Dates with the names of months in languages other than English, as databases print them."""

from __future__ import annotations

import datetime
import re

_NAMES = (
    "januar jänner janvier enero gennaio janeiro januari січня января",
    "februar février febrero febbraio fevereiro februari лютого февраля",
    "märz mars marzo março maart березня марта",
    "april avril abril aprile квітня апреля",
    "mai mayo maggio maio mei травня мая",
    "juni juin junio giugno junho червня июня",
    "juli juillet julio luglio julho липня июля",
    "august août agosto augustus серпня августа",
    "september septembre septiembre settembre setembro вересня сентября",
    "oktober octobre octubre ottobre outubro жовтня октября",
    "november novembre noviembre novembro листопада ноября",
    "dezember décembre diciembre dicembre dezembro december грудня декабря",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_YEAR = r"(?P<y>(?:1[89]|20)\d\d)"
_NAMED = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:\.|er|º)?\s+(?:de\s+)?(?P<m>[^\W\d_]+)\s+(?:del?\s+)?{_YEAR}(?!\d)"
)
_COUNTED = re.compile(rf"{_YEAR}\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日일]")


def found(value: str) -> datetime.date | None:
    """The first such date in a value, if it is one."""
    match = _COUNTED.search(value) or _NAMED.search(value)
    if match is None:
        return None
    month = match["m"].casefold()
    number = int(month) if month.isdigit() else _MONTHS.get(month, 0)
    try:
        return datetime.date(int(match["y"]), number, int(match["d"]))
    except ValueError:
        return None
