"""Buttons beside one another, in more rows than one where there is not room for all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from annotator.ui.guard import guarded

_GAP = 8


class Wrapping(QWidget):
    """As many of its widgets in a row as fit; never narrower than the widest of them."""

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self._widgets = list(widgets)
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._put(len(self._widgets))  # how much room there is shows later

    def _widths(self) -> list[int]:
        return [widget.sizeHint().width() for widget in self._widgets]

    @guarded(default=QSize())
    def sizeHint(self) -> QSize:
        """With all of them in one row."""
        whole = sum(self._widths()) + _GAP * (len(self._widgets) - 1)
        return QSize(whole, super().sizeHint().height())

    def _arrange(self) -> None:
        widths = self._widths()
        across = len(widths)
        if self.sizeHint().width() > self.width():
            across = max(1, (self.width() + _GAP) // (max(widths) + _GAP))
        self._put(across)

    def _put(self, across: int) -> None:
        """So many in a row."""
        if across != self._across:
            self._across = across
            for at, widget in enumerate(self._widgets):
                self._grid.addWidget(widget, at // across, at % across)

    @guarded(default=QSize())
    def minimumSizeHint(self) -> QSize:
        """With one in a row; the grid would not let it become narrower than it is."""
        return QSize(max(self._widths()), super().minimumSizeHint().height())

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
