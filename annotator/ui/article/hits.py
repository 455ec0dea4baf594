"""What a search has found, as the article view draws it: behind the words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout

from annotator.core.text.offsets import Offsets
from annotator.ui.article.flow import Flow


@dataclass(frozen=True, slots=True)
class Hits:
    """Places in text order, none over another; ``current`` is one's number."""

    places: Sequence[Offsets] = ()
    current: int | None = None

    def between(self, start: int, end: int) -> range:
        """The numbers of the hits with a character from ``start`` up to ``end``."""
        first = bisect_right(self.places, start, key=lambda place: place[1])
        return range(first, max(first, bisect_left(self.places, end, key=lambda place: place[0])))

    def after(self, offset: int) -> int | None:
        """The first hit that begins at an offset or later, else the first of all."""
        if not self.places:
            return None
        return bisect_left(self.places, offset, key=lambda place: place[0]) % len(self.places)

    def before(self, offset: int) -> int | None:
        """The last hit that begins before an offset, else the last of all."""
        if not self.places:
            return None
        return (bisect_left(self.places, offset, key=lambda place: place[0]) - 1) % len(self.places)


def hit_ranges(
    hits: Hits, flow: Flow, first: int, last: int, plain: QColor, current: QColor
) -> list[QTextLayout.FormatRange]:
    """How the hits on lines ``first`` to ``last`` of a paragraph look."""
    start, end = flow.lines[first].start, flow.lines[last].end
    ranges = []
    for number in hits.between(start, end):
        hit_start, hit_end = hits.places[number]
        part = QTextLayout.FormatRange()
        part.start = flow.to_block(max(hit_start, start))
        part.length = flow.to_block(min(hit_end, end)) - part.start
        look = QTextCharFormat()
        look.setBackground(current if number == hits.current else plain)
        part.format = look
        ranges.append(part)
    return ranges
