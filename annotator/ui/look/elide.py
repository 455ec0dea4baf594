"""Text cut to a few lines of a given width, the last one elided."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF


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
