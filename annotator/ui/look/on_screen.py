"""How large a window is before anybody has made it larger or smaller."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_TITLE = 40
"""Pixels that the bar above a window takes, about; it is not known before the window is shown."""


def on_screen(width: int, height: int, window: QWidget) -> QSize:
    """This size, or as much of it as the screen has room for; what is drawn without one has any."""
    usual = QSize(width, height)
    if QGuiApplication.platformName() == "offscreen":
        return usual
    return within(usual, window.screen().availableSize())


def within(usual: QSize, room: QSize) -> QSize:
    """A window's size in the room there is, with its bar above it."""
    return usual.boundedTo(QSize(room.width(), room.height() - _TITLE))
