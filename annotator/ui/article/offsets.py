"""Code points here, UTF-16 in Qt: the only place that converts between the two."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

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
        self._starts: list[int] = []
        self._astral: dict[int, tuple[list[int], list[int]]] = {}
        self.qt_length = len(text)
        if not text.isascii():
            self._count(text)

    def _count(self, text: str) -> None:
        chunks = range(0, len(text), _CHUNK)
        units = (len(text[at : at + _CHUNK].encode("utf-16-le")) // 2 for at in chunks)
        starts = list(accumulate(units, initial=0))
        if starts[-1] != len(text):
            self.qt_length = starts[-1]
            self._starts = starts

    def to_qt(self, code_point: int) -> int:
        """The UTF-16 offset of a code point offset."""
        code_point = max(0, min(code_point, len(self._text)))
        if not self._starts:
            return code_point
        chunk, inside = divmod(code_point, _CHUNK)
        points, _ = self._astral_of(chunk)
        return self._starts[chunk] + inside + bisect_left(points, inside)

    def from_qt(self, utf16: int) -> int:
        """The code point offset of a UTF-16 offset; inside a pair, where the pair starts."""
        utf16 = max(0, min(utf16, self.qt_length))
        if not self._starts:
            return utf16
        chunk = min(bisect_right(self._starts, utf16), len(self._starts) - 1) - 1
        inside = utf16 - self._starts[chunk]
        _, units = self._astral_of(chunk)
        return chunk * _CHUNK + inside - bisect_left(units, inside)

    def _astral_of(self, chunk: int) -> tuple[list[int], list[int]]:
        """Where a chunk's astral characters start, in code points and in UTF-16."""
        found = self._astral.get(chunk)
        if found is None:
            text = self._text[chunk * _CHUNK : (chunk + 1) * _CHUNK]
            points = [match.start() for match in _ASTRAL.finditer(text)]
            found = points, [at + before for before, at in enumerate(points)]
            self._astral[chunk] = found
        return found
