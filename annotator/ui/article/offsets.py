"""Code points here, UTF-16 in Qt: the only place that converts between the two."""

from __future__ import annotations

import ctypes
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import cast

_CHUNK = 4096
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Offsets:
    """Offsets into one text, both ways.

    Raises UnicodeEncodeError for a text with lone surrogates, which has no length in UTF-16.
    Offsets outside the text are taken to its nearest end. Where the astral characters of a
    chunk lie is looked up when an offset in that chunk is first asked for, so that a long text
    can be shown before it has been searched.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.qt_text = _units_of(text)
        """The text with every UTF-16 unit a character of its own, for Qt only."""
        self.qt_length = len(self.qt_text)
        self._same = self.qt_length == len(text)
        self._starts = [0]
        self._astral: dict[int, tuple[list[int], list[int]]] = {}

    def to_qt(self, code_point: int) -> int:
        """The UTF-16 offset of a code point offset."""
        code_point = max(0, min(code_point, len(self._text)))
        if self._same:
            return code_point
        chunk, inside = divmod(code_point, _CHUNK)
        while len(self._starts) <= chunk:
            self._count_one_more()
        points, _ = self._astral_of(chunk)
        return self._starts[chunk] + inside + bisect_left(points, inside)

    def from_qt(self, utf16: int) -> int:
        """The code point offset of a UTF-16 offset; inside a pair, where the pair starts."""
        utf16 = max(0, min(utf16, self.qt_length))
        if self._same:
            return utf16
        while self._starts[-1] <= utf16 and self._starts[-1] < self.qt_length:
            self._count_one_more()
        chunk = min(bisect_right(self._starts, utf16), len(self._starts) - 1) - 1
        inside = utf16 - self._starts[chunk]
        _, units = self._astral_of(chunk)
        return chunk * _CHUNK + inside - bisect_left(units, inside)

    def _count_one_more(self) -> None:
        """Find where the next chunk starts in UTF-16."""
        at = (len(self._starts) - 1) * _CHUNK
        units = len(self._text[at : at + _CHUNK].encode("utf-16-le")) // 2
        self._starts.append(self._starts[-1] + units)

    def _astral_of(self, chunk: int) -> tuple[list[int], list[int]]:
        """Where a chunk's astral characters start, in code points and in UTF-16."""
        found = self._astral.get(chunk)
        if found is None:
            text = self._text[chunk * _CHUNK : (chunk + 1) * _CHUNK]
            points = [match.start() for match in _ASTRAL.finditer(text)]
            found = points, [at + before for before, at in enumerate(points)]
            self._astral[chunk] = found
        return found


Way = Callable[[int], int]


def ways_within(text: str, start: int, same: bool) -> tuple[Way, Way]:
    """From offsets in the article to UTF-16 offsets in one paragraph of it, and back.

    The paragraph is ``text`` and begins at ``start``; ``same``: it has no astral characters.
    """
    if same:
        return lambda offset: offset - start, lambda units: start + units
    points = [match.start() for match in _ASTRAL.finditer(text)]
    places = [at + before for before, at in enumerate(points)]

    def to_block(offset: int) -> int:
        inside = offset - start
        return inside + bisect_left(points, inside)

    def from_block(units: int) -> int:
        return start + units - bisect_left(places, units)

    return to_block, from_block


_TWO_BYTES = 2
_from_units = ctypes.pythonapi.PyUnicode_FromKindAndData
_from_units.restype = ctypes.py_object
_from_units.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_ssize_t)


def _units_of(text: str) -> str:
    """The text with astral characters as the two surrogates Qt knows them by.

    PySide hands such a text to Qt as it is, thirty times as quickly as one with astral
    characters; Python has no codec that leaves surrogates apart, but makes strings from units.
    """
    if text.isascii():
        return text
    units = text.encode("utf-16-le" if sys.byteorder == "little" else "utf-16-be")
    if len(units) == 2 * len(text):
        return text
    return cast("str", _from_units(_TWO_BYTES, units, len(units) // 2))
