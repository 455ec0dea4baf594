"""What a figure is, on a card behind the question mark."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.formats.definitions import definitions
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look


class DefinitionCard(QFrame):
    """Hidden until it is asked for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.term, self.says = plain_label(self, "title"), plain_label(self)
        self.read = plain_label(self, "muted")
        column = QVBoxLayout(self)
        for label in (self.term, self.says, self.read):
            column.addWidget(label)
        set_look(self, "card")
        self.hide()

    def show_measure(self, measure: str) -> None:
        one = definitions()[measure]
        self.term.setText(one.name)
        self.says.setText(one.says)
        self.read.setText(f"{one.read}\n{one.source}.")
