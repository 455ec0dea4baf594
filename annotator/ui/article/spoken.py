"""What a screen reader is told beyond what Qt tells it of any text: the marks at the caret."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6 import QtGui
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from annotator.ui.article.geometry.drawn import Drawn

_Announcement = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
"""Qt has it from 6.8 on; with an older one the marks are in the panel only."""


class Speaker:
    """Names the marks at the caret, once each time it comes to others."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._last: tuple[int, ...] = ()

    @property
    def wanted(self) -> bool:
        """Whether anybody listens."""
        return _Announcement is not None and bool(QAccessible.isActive())

    def caret_at(self, marks: Sequence[Drawn]) -> None:
        """The caret has come to these marks, the shortest first."""
        now = tuple(mark.id for mark in marks)
        if now == self._last:
            return
        self._last = now
        if marks and _Announcement is not None:
            words = "; ".join(mark.label for mark in marks)
            QAccessible.updateAccessibility(_Announcement(self._widget, words))
