"""Heights of paragraphs, in pixels: sums and search without going through all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

_CHUNK = 128


class Heights:
    """A changeable list of heights. Changing one is O(1); a sum or search adds up chunk sums."""

    def __init__(self, heights: Iterable[int]) -> None:
        self._heights = list(heights)
        self._chunks = [
            sum(self._heights[at : at + _CHUNK]) for at in range(0, len(self._heights), _CHUNK)
        ]
        self.total = sum(self._chunks)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def set(self, index: int, height: int) -> int:
        """Change one height; returns by how much it grew."""
        grown = height - self._heights[index]
        self._heights[index] = height
        self._chunks[index // _CHUNK] += grown
        self.total += grown
        return grown

    def top(self, index: int) -> int:
        """The sum of the heights before ``index``."""
        chunk = index // _CHUNK
        return sum(self._chunks[:chunk]) + sum(self._heights[chunk * _CHUNK : index])

    def find(self, y: float) -> int:
        """Which one ``y`` falls in; the first or last if it lies before or after them all."""
        tops = list(accumulate(self._chunks, initial=0))
        chunk = max(0, min(bisect_right(tops, y) - 1, len(self._chunks) - 1))
        first = chunk * _CHUNK
        inside = list(accumulate(self._heights[first : first + _CHUNK], initial=tops[chunk]))
        return first + max(0, min(bisect_right(inside, y) - 1, len(inside) - 2))
