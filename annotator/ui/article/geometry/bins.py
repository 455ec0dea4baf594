"""Where things are in a text, counted in bins of equal length: what the overview strip draws.

Plain numbers. Adding or taking away a mark costs the same however long it is and however many
there are; only drawing goes through the bins.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import accumulate

from annotator.core.text.offsets import Offsets
from annotator.ui.article.geometry.drawn import Drawn

BINS = 1024
"""More than most strips have rows; a bin is at least a character."""
_LEAST = 2
"""So high is a run drawn at least, in rows."""

Place = Callable[[int], "int | None"]
"""Where a statement stands, as an offset; None when it stands nowhere or misses nothing."""


class Bins:
    """Marks by kind, unfinished statements and search hits of a text ``length`` long.

    What is there from the start is filed little by little (:meth:`advance`); what changes
    meanwhile counts at once.
    """

    def __init__(
        self,
        length: int = 0,
        marks: Sequence[Drawn] = (),
        statements: Sequence[int] = (),
        place: Place = lambda _id: None,
    ) -> None:
        self.length = max(1, length)
        self._waiting_marks = marks
        self._waiting_statements = statements
        self._done_marks = self._done_statements = 0
        self._place = place
        self._marks: dict[int, Drawn | None] = {}
        self._edges: dict[str, list[int]] = {}
        self._statements: dict[int, int | None] = {}
        self._unfinished = [0] * BINS
        self._hits: Collection[int] = ()

    def bin_of(self, offset: int) -> int:
        """The bin a character lies in."""
        return max(0, min(offset * BINS // self.length, BINS - 1))

    # -- filing

    def advance(self, count: int) -> bool:
        """File up to ``count`` things more; True while some are left."""
        first = self._done_marks
        if first < len(self._waiting_marks):
            self._done_marks = first + count
            for mark in self._waiting_marks[first : first + count]:
                if mark.id not in self._marks:
                    self.put(mark)
            return True
        first = self._done_statements
        self._done_statements = first + count
        for id in self._waiting_statements[first : first + count]:
            if id not in self._statements:
                self.place(id)
        return self._done_statements < len(self._waiting_statements)

    def put(self, mark: Drawn) -> None:
        """Add a mark, or replace the one with its id."""
        self._count(self._marks.get(mark.id), -1)
        self._marks[mark.id] = mark
        self._count(mark, 1)

    def drop(self, id: int) -> None:
        """Take a mark out."""
        self._count(self._marks.get(id), -1)
        self._marks[id] = None

    def place(self, id: int) -> None:
        """Have an unfinished statement where it stands now, a finished one nowhere."""
        before = self._statements.get(id)
        if before is not None:
            self._unfinished[before] -= 1
        at = self._place(id)
        bin = self._statements[id] = None if at is None else self.bin_of(at)
        if bin is not None:
            self._unfinished[bin] += 1

    def set_hits(self, places: Iterable[Offsets]) -> None:
        """Show other search hits."""
        scale, last = BINS / self.length, BINS - 1
        self._hits = {min(int(start * scale), last) for start, _ in places}

    def _count(self, mark: Drawn | None, number: int) -> None:
        if mark is None:
            return
        edges = self._edges.get(mark.kind)
        if edges is None:
            edges = self._edges[mark.kind] = [0] * (BINS + 1)
        for start, end in mark.fragments:
            edges[self.bin_of(start)] += number
            edges[self.bin_of(end - 1) + 1] -= number

    # -- asking

    def marks(self, kind: str) -> list[int]:
        """How many marks of a kind there are in each bin."""
        edges = self._edges.get(kind)
        return list(accumulate(edges))[:BINS] if edges else []

    def unfinished(self) -> Sequence[int]:
        """How many unfinished statements begin in each bin."""
        return self._unfinished

    def hits(self) -> list[int]:
        """1 for each bin in which a hit begins."""
        counts = [0] * BINS
        for bin in self._hits:
            counts[bin] = 1
        return counts


def runs(counts: Sequence[int], height: int) -> list[tuple[int, int]]:
    """(first row, number of rows) of a strip ``height`` rows high where anything is counted."""
    found: list[tuple[int, int]] = []
    for bin, count in enumerate(counts):
        if not count:
            continue
        top = bin * height // BINS
        bottom = min(height, max(top + _LEAST, (bin + 1) * height // BINS))
        if found and top <= sum(found[-1]):
            found[-1] = (found[-1][0], bottom - found[-1][0])
        else:
            found.append((top, bottom - top))
    return found


def near(counts: Sequence[int], row: int, height: int) -> int:
    """How many there are about a row; one that goes on through several bins counts once."""
    first = max(0, (row - 1) * BINS // max(1, height))
    return max(counts[first : (row + 2) * BINS // max(1, height) + 1], default=0)
