"""Text cut to a few lines of a given width, the last one elided, and a line of it drawn."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from annotator.core.text.direction import is_right_to_left


def elided_lines(text: str, font: QFont, width: int, most: int) -> list[str]:
    """The lines to draw, at most ``most``; what does not fit ends in an ellipsis.

    For labels of a line or two: breaks at spaces only.
    """
    metrics = QFontMetricsF(font)
    words = text.split()
    lines: list[str] = []
    while words and len(lines) < most - 1:
        taken = 1
        while (
            taken < len(words) and metrics.horizontalAdvance(" ".join(words[: taken + 1])) <= width
        ):
            taken += 1
        lines.append(
            metrics.elidedText(" ".join(words[:taken]), Qt.TextElideMode.ElideRight, width)
        )
        words = words[taken:]
    if words:
        lines.append(metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width))
    return lines


def draw_cut(painter: QPainter, place: QRect, text: str) -> int:
    """Draw a line in the painter's font and ink, cut to its room; returns how wide it is.

    It begins where one begins to read: on the right, if that goes to the left.
    """
    metrics = painter.fontMetrics()
    short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    leftwards = is_right_to_left(text)
    ways = Qt.LayoutDirection
    painter.setLayoutDirection(ways.RightToLeft if leftwards else ways.LeftToRight)
    flags = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, flags, short)
    painter.setLayoutDirection(ways.LeftToRight)
    return metrics.horizontalAdvance(short)
