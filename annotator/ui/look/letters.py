"""Sizes that go with the size of letters, which a desktop makes larger for who needs it."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

_USUAL = 14
"""Pixels that a line of letters is high where nobody has made them larger."""


def least(pixels: int, letters: int, widget: QWidget) -> int:
    """So many pixels, or as many as so many letters need when these are large."""
    return max(pixels, letters * widget.fontMetrics().averageCharWidth())


def grown(pixels: int) -> int:
    """What is so many pixels at the usual size of letters, never less."""
    return max(pixels, round(pixels * QFontMetrics(QApplication.font()).height() / _USUAL))
