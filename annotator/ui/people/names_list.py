"""A short list that keys act on: aliases, affiliations, possible duplicates."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.letters import grown
from annotator.ui.look.plain import tip

_ROW, _FRAME = 26, 12
"""Pixels of a row in the usual size of letters, and what the style sheet adds around all."""
_VALUE = Qt.ItemDataRole.UserRole


class NamesList(QListWidget):
    """Lines with a value each; as high as they are many, within bounds.

    Where both bounds are the same it is always that high, so that nothing below it moves.
    """

    entered = Signal(object)
    """Enter on a line: its value."""
    removed = Signal(object)
    """Del on a line: its value."""
    given_away = Signal(object)
    """B on a line: its value belongs to somebody else."""
    picked = Signal(object)
    """The value of the line one is on, or None."""

    def __init__(self, name: str, least: int, most: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit(0)
        self.currentItemChanged.connect(lambda item, _old: self.picked.emit(_value(item)))
        self.itemDoubleClicked.connect(lambda item: self.entered.emit(_value(item)))

    def show_lines(self, lines: Iterable[tuple[str, object]]) -> None:
        """Show these; the place one was at stays."""
        listed = list(lines)
        if listed == [(self.item(n).text(), _value(self.item(n))) for n in range(self.count())]:
            return
        row = self.currentRow()
        self.clear()
        for text, value in listed:
            item = QListWidgetItem(text)
            item.setData(_VALUE, value)
            item.setToolTip(tip(text))
            item.setSizeHint(QSize(0, grown(_ROW)))
            self.addItem(item)
        if row >= 0 and listed:
            self.setCurrentRow(min(row, len(listed) - 1))
        self._fit(len(listed))

    def _fit(self, lines: int) -> None:
        """Of large letters fewer lines are seen, but always one: what is below needs room too."""
        rows, high = max(self._least, min(lines, self._most)), grown(_ROW)
        self.setFixedHeight(max(1, rows * _ROW // high) * high + _FRAME)

    @property
    def value(self) -> object:
        """Of the line one is on."""
        return _value(self.currentItem())

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        value = self.value
        if event.key() in ENTER and value is not None:
            self.entered.emit(value)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and value is not None:
            self.removed.emit(value)
        elif event.key() == Qt.Key.Key_B and value is not None:
            self.given_away.emit(value)
        else:
            super().keyPressEvent(event)


def _value(item: QListWidgetItem | None) -> object:
    return item.data(_VALUE) if item is not None else None
