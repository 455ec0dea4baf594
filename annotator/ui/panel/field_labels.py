"""How wide the names of fields stand beside their lines, so that room is left to write."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QFontMetrics

MOST, AT_ALL = 110, 170
"""Pixels up to which names stand on one line, and those that no word of one goes beyond."""


def label_width(metrics: QFontMetrics, names: Iterable[str]) -> int:
    """Of the longest name; where that is long, of the longest word, and names have several lines."""
    given = list(names)
    whole = max(map(metrics.horizontalAdvance, given), default=0)
    if whole <= MOST:
        return whole
    words = (word for name in given for word in name.split())
    return min(max(MOST, *map(metrics.horizontalAdvance, words)), AT_ALL)
