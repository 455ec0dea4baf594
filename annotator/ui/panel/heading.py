"""What stands above the statements: which of two lists is shown, how many, and what narrows them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.panel.filter_line import FilterLine


class Heading(QWidget):
    """Two tabs with their counts; below them the line that narrows, and what it left."""

    def __init__(self, filter_line: FilterLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._filter_line = filter_line
        self.cards = _tab("Statements", self)
        self.todo = _tab("To do", self)
        self.todo.setToolTip("What is still to be done; F8 walks through it")
        self.shown = plain_label(self, "muted")
        """How many statements are shown of how many, and the conditions; while it is narrowed."""
        self._lay_out()

    def show_statements(self, count: int, *, todo: bool) -> None:
        """How many statements there are, and whether what is to be done is shown instead."""
        self.cards.setText(f"Statements  {count}" if count else "Statements")
        self.cards.setChecked(not todo)
        self.todo.setChecked(todo)
        self._filter_line.setVisible(bool(count) and not todo)

    def show_remaining(self, count: int) -> None:
        """How much is to be done."""
        self.todo.setText(f"To do  {count}" if count else "To do")

    def show_narrowing(self, said: str, *, visible: bool) -> None:
        """What a filter leaves."""
        self.shown.setText(said)
        self.shown.setVisible(visible)

    def _lay_out(self) -> None:
        tabs = QHBoxLayout()
        tabs.setContentsMargins(8, 8, 8, 2)
        tabs.setSpacing(2)
        tabs.addWidget(self.cards)
        tabs.addWidget(self.todo)
        tabs.addStretch(1)
        narrowing = QVBoxLayout()
        narrowing.setContentsMargins(8, 2, 8, 4)
        narrowing.setSpacing(4)
        narrowing.addWidget(self._filter_line)
        narrowing.addWidget(self.shown)
        self.shown.setContentsMargins(8, 0, 8, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tabs)
        column.addLayout(narrowing)


def _tab(text: str, parent: QWidget) -> QPushButton:
    """One of the two things the panel can show."""
    button = QPushButton(text, parent)
    button.setCheckable(True)
    button.setAccessibleName(text)
    set_look(button, "quiet")
    return button
