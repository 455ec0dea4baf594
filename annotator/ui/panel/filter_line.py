"""The line above the cards: what is typed narrows them, what is chosen stays a condition."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from annotator.ui.at_hand import AtHand
from annotator.ui.look.style import set_look
from annotator.ui.panel.entry import TypeAhead
from annotator.ui.panel.filtering import Condition, Filter, offered, possible
from annotator.ui.panel.options import Option


class FilterLine(TypeAhead):
    """Enter takes a condition, Backspace in the empty line gives the last one back, Esc all."""

    changed = Signal()
    """Other statements are to be shown."""

    def __init__(self, desk: AtHand, filter: Filter, parent: QWidget) -> None:
        self._desk = desk
        self._filter = filter
        self._possible: list[tuple[Condition, int]] = []
        self._offered: list[Condition] = []
        super().__init__("Filter the statements", "", self._find, "Filter", parent)
        set_look(self.line, "search")
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self._type)
        self.chosen.connect(self._choose)

    def enter(self) -> None:
        known = self._desk.known
        self._possible = possible(known, self._desk.unfinished_ids) if known else []
        super().enter()

    def leave(self) -> None:
        """Focus has gone; words that were typed go on narrowing."""
        self._close()

    def key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Backspace and not self.line.text() and self._filter.conditions:
            self._filter.conditions.pop()
            self.changed.emit()
            self.offer("")
            return True
        if key == Qt.Key.Key_Escape:
            if self._filter:
                self.clear()
            else:
                self.escaped.emit()
            return True
        return super().key(key)

    def accept(self) -> None:
        """Take the condition that is looked at; without one, on to the cards."""
        if self.list.currentRow() >= 0:
            self._take(self.list.currentRow())
        else:
            self.skipped.emit()

    def clear(self) -> None:
        """Show every statement again."""
        self._filter.clear()
        self.line.clear()
        self.changed.emit()
        if self.line.hasFocus():
            self.offer("")

    def _find(self, query: str) -> list[Option]:
        known = self._desk.known
        if known is None:
            return []
        found = offered(known, self._possible, self._filter.conditions, query)
        self._offered = [condition for condition, _ in found]
        return [option for _, option in found]

    def _choose(self, value: object) -> None:
        self._filter.add(self._offered[int(str(value))])
        self.line.clear()
        self.line.setModified(False)
        self.changed.emit()
        self.offer("")

    def _type(self, text: str) -> None:
        self._filter.words = text
        self.changed.emit()
