"""What a figure is, on a card behind the question mark."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from annotator.formats.definitions import definitions
from annotator.ui.look.style import set_look


class DefinitionCard(QFrame):
    """Hidden until it is asked for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.term, self.says, self.read = (QLabel(self) for _ in range(3))
        column = QVBoxLayout(self)
        for label, look in ((self.term, "title"), (self.says, None), (self.read, "muted")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            set_look(label, look)
            column.addWidget(label)
        set_look(self, "card")
        self.hide()

    def show_measure(self, measure: str) -> None:
        one = definitions()[measure]
        self.term.setText(one.name)
        self.says.setText(one.says)
        self.read.setText(f"{one.read}\n{one.source}.")
