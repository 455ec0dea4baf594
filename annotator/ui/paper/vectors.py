"""A painter for files that keep shapes: patterned lines become rectangles, not tiny pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from math import floor

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter

Stretch = tuple[float, float]


class VectorPainter(QPainter):
    """Draws rectangles filled with a line pattern as the rectangles the pattern leaves."""

    def drawRects(self, rectangles: Iterable[QRectF]) -> None:  # type: ignore[override]
        brush = self.brush()
        if brush.style() != Qt.BrushStyle.TexturePattern:
            super().drawRects(list(rectangles))
            return
        image, origin = brush.textureImage(), self.brushOrigin()
        across = image.height() == 1
        dashes = list(_opaque(image, across))
        self.setBrush(QBrush(_ink_of(image, across, dashes)))
        period = image.width() if across else image.height()
        for rectangle in rectangles:
            super().drawRects(list(_cut(rectangle, across, dashes, period, origin.x(), origin.y())))
        self.setBrush(brush)


def _opaque(image: QImage, across: bool) -> Iterator[Stretch]:
    """The stretches of a pattern that are drawn."""
    length = image.width() if across else image.height()
    places = [(i, 0) if across else (0, i) for i in range(length)]
    drawn = [image.pixelColor(*place).alpha() > 0 for place in places]
    for is_drawn, run in groupby(range(length), key=lambda i: drawn[i]):
        inside = list(run)
        if is_drawn:
            yield inside[0], inside[-1] + 1


def _ink_of(image: QImage, across: bool, dashes: list[Stretch]) -> QBrush:
    at = int(dashes[0][0]) if dashes else 0
    return QBrush(image.pixelColor(at if across else 0, 0 if across else at))


def _cut(
    rectangle: QRectF, across: bool, dashes: list[Stretch], period: int, x: float, y: float
) -> Iterator[QRectF]:
    """The parts of a rectangle that a pattern beginning at (x, y) leaves."""
    begin, end, origin = (
        (rectangle.left(), rectangle.right(), x)
        if across
        else (rectangle.top(), rectangle.bottom(), y)
    )
    for first, last in repeated(begin - origin, end - origin, dashes, period):
        if across:
            yield QRectF(origin + first, rectangle.top(), last - first, rectangle.height())
        else:
            yield QRectF(rectangle.left(), origin + first, rectangle.width(), last - first)


def repeated(begin: float, end: float, dashes: list[Stretch], period: int) -> Iterator[Stretch]:
    """The dashes of a pattern that repeats from 0 on, as far as they lie between two numbers."""
    turn = floor(begin / period) * period
    while turn < end:
        for first, last in dashes:
            a, b = max(begin, turn + first), min(end, turn + last)
            if a < b:
                yield a, b
        turn += period
