"""What a web page says of its article: the title without the site's name, authors that are some."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SEPARATOR = r"(?:\s+[-–—|•·:«»]+\s+|:\s+)"
_BY = re.compile(r"(?i:by|par|por)\s+(?=[^\W\d_a-z])")
_DOES = r"(?:correspondent|reporter|writer|editor|columnist|contributor|journalist)\b"
_WORK = re.compile(
    rf"[\s,]+(?:(?:senior|staff|chief|special|contributing|guest|associate|deputy)\b.*{_DOES}"
    rf"|{_DOES}).*",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "af al and ap av ben bin da das de dei del della den der di do dos du e el et ibn in la las le"
    " los op of san te ten ter the tot und v van vom von y zu zum zur".split()
)
_MONTHS = frozenset(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept"
    " september oct october nov november dec december".split()
)
_ACCOUNT = re.compile(r"\b(?:account|admin|log ?in|logged|sign ?in|subscribe|unknown)\b", re.I)
_LONGEST = 200
"""In code points; what is longer is no name, and would be gone through again and again."""
_NO_LETTERS = re.compile(r"[\W_]+")


def headline(title: str, first: Iterable[str], second: Iterable[str], outlet: str) -> str:
    """The heading on the page that is its title, or a first one that is all but the site's name.

    Empty when the page shows no such heading: then the title is in its tab alone.
    """
    if title in {*first, *second}:
        return title
    fitting = (one for one in first if one and one.casefold() != outlet.casefold())
    return max((one for one in fitting if _is_in(one, title)), key=len, default="")


def without_outlet(title: str, outlet: str) -> str:
    """A title that ends with the name of the site, without it."""
    if not outlet:
        return title
    return re.sub(rf"{_SEPARATOR}{re.escape(outlet)}$", "", title, flags=re.IGNORECASE) or title


def _is_in(heading: str, title: str) -> bool:
    """Whether a title begins or ends with a heading and has something else beside it."""
    words = re.escape(heading)
    beside = rf"{words}{_SEPARATOR}.*|.*{_SEPARATOR}{words}"
    return re.fullmatch(beside, title, re.IGNORECASE) is not None


def authors(stated: str, outlet: str, address: str) -> str:
    """The names in what an extraction took for authors: not the outlet, a month, or an account."""
    pieces = (one for one in stated.split(";") if len(one) <= _LONGEST)
    names = [name for one in pieces if (name := _name(one))]
    site = _plain(f"{outlet} {address}")
    return "; ".join(name for name in names if _is_name(name, site))


def _name(piece: str) -> str:
    return _WORK.sub("", _BY.sub("", " ".join(piece.split()), count=1)).strip(" ,;|-–—")


def _is_name(name: str, site: str) -> bool:
    words = name.split()
    if name.casefold() in _MONTHS or _ACCOUNT.search(name) or _plain(name) in site:
        return False
    return words[-1].casefold() in _PARTICLES or not words[-1].islower()


def _plain(words: str) -> str:
    return _NO_LETTERS.sub("", words).casefold()
