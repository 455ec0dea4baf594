"""Which marks lie where: a bucket of marks per paragraph, filled as late as possible."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from annotator.ui.article.geometry.drawn import Drawn

Bucket = dict[int, Drawn]
_NOTHING: Bucket = {}
_AHEAD = 60
"""Paragraphs looked through beyond the one asked for: more than a window shows."""


class MarkIndex:
    """The marks of an article by id, by paragraph and by offset.

    ``starts`` are the offsets at which paragraphs start, the first 0, and ``length`` is the
    text's. A mark lies in every paragraph from its first fragment to its last. Marks given at
    first are only looked through for those in the paragraphs shown (:meth:`scout`) until there
    is time to file them all (:meth:`advance`); a list of them must not be altered until then.
    Those put and dropped meanwhile are filed at once.
    """

    def __init__(self, starts: Sequence[int], length: int, marks: Iterable[Drawn]) -> None:
        self.starts = starts
        self.length = length
        self._waiting = marks if isinstance(marks, list) else list(marks)
        self._filed = 0
        self._outdated: set[int] = set()
        """Marks that may be waiting still but were put or dropped since."""
        self._marks: dict[int, Drawn] = {}
        """Those filed, scouted or asked for."""
        self._buckets: dict[int, Bucket] = {}
        self._scouted: dict[int, Bucket] = {}

    def paragraph_of(self, offset: int) -> int:
        """The paragraph an offset lies in; a newline belongs to the one it ends."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def end_of(self, paragraph: int) -> int:
        """The offset after a paragraph's text, before its newline if it has one."""
        return self.starts[paragraph + 1] - 1 if paragraph + 1 < len(self.starts) else self.length

    def paragraphs(self, mark: Drawn) -> range:
        """The paragraphs from a mark's first fragment to its last; none for an implied mark."""
        fragments = mark.fragments
        if not fragments:
            return range(0)
        first = bisect_right(self.starts, fragments[0][0])
        return range(first - 1, bisect_right(self.starts, fragments[-1][1] - 1, first - 1))

    # -- asking

    def get(self, mark: int) -> Drawn | None:
        """The mark with an id."""
        found = self._marks.get(mark)
        if found is None and self._waiting and mark not in self._outdated:
            found = next((other for other in self._waiting if other.id == mark), None)
            if found is not None:
                self._marks[mark] = found
        return found

    def in_paragraph(self, paragraph: int) -> Iterable[Drawn]:
        """The marks with a fragment in a paragraph, or before and after it."""
        filed = self._buckets.get(paragraph, _NOTHING)
        if not self._waiting:
            return filed.values()
        if paragraph not in self._scouted:
            self.scout(paragraph, min(paragraph + _AHEAD, len(self.starts) - 1))
        scouted = self._scouted[paragraph]
        return (scouted | filed if filed else scouted).values()

    def at(self, offset: int) -> list[Drawn]:
        """The marks that cover the character at ``offset``, shortest first."""
        found = [
            mark
            for mark in self.in_paragraph(self.paragraph_of(offset))
            if any(start <= offset < end for start, end in mark.fragments)
        ]
        return sorted(found, key=lambda mark: mark.rank)

    # -- changing

    def put(self, mark: Drawn) -> None:
        """Add a mark, or replace the one with its id."""
        self.drop(mark.id)
        self._file(mark)

    def drop(self, mark: int) -> Drawn | None:
        """Take a mark out; returns it if there was one and somebody can have seen it."""
        old = self._marks.pop(mark, None)
        if old is not None:
            for paragraph in self.paragraphs(old):
                self._buckets.get(paragraph, {}).pop(mark, None)
                self._scouted.get(paragraph, {}).pop(mark, None)
        if self._waiting:
            self._outdated.add(mark)
        return old

    # -- filing

    def scout(self, first: int, last: int) -> None:
        """Find the marks of paragraphs ``first`` to ``last`` without filing the others."""
        if not self._waiting or (first in self._scouted and last in self._scouted):
            return
        begin, end = self.starts[first], self.end_of(last) + 1
        buckets: dict[int, Bucket] = {paragraph: {} for paragraph in range(first, last + 1)}
        # All of an article's marks are looked at here: as little as will do for each.
        early = [m for m in self._waiting if (pieces := m.fragments) and pieces[0][0] < end]
        starts = self.starts
        for mark in early:
            stop = mark.fragments[-1][1]
            if stop > begin and mark.id not in self._outdated:
                self._marks[mark.id] = mark
                top = bisect_right(starts, mark.fragments[0][0], first) - 1
                bottom = bisect_right(starts, stop - 1, first, last + 1) - 1
                for paragraph in range(max(top, first), bottom + 1):
                    buckets[paragraph][mark.id] = mark
        self._scouted.update(buckets)

    def advance(self, count: int) -> bool:
        """File up to ``count`` marks more; True while some are left."""
        if not self._waiting:
            return False
        for mark in self._waiting[self._filed : self._filed + count]:
            if mark.id not in self._outdated:
                self._file(mark)
        self._filed += count
        if self._filed >= len(self._waiting):
            self._waiting, self._outdated, self._scouted = [], set(), {}
        return bool(self._waiting)

    def _file(self, mark: Drawn) -> None:
        self._marks[mark.id] = mark
        fragments = mark.fragments
        if not fragments:
            return
        # All of an article's marks pass here: what paragraphs() says, written out.
        first = bisect_right(self.starts, fragments[0][0]) - 1
        last = bisect_right(self.starts, fragments[-1][1] - 1, first) - 1
        for paragraph in range(first, last + 1):
            bucket = self._buckets.get(paragraph)
            if bucket is None:
                self._buckets[paragraph] = bucket = {}
            bucket[mark.id] = mark
