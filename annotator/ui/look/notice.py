"""What a pane says while it has nothing to show."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QVBoxLayout, QWidget

from annotator.ui.look.plain import plain_label

_MARGIN = 18


class Notice(QWidget):
    """A few muted lines at the top of an empty pane."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = plain_label(self, "muted", text)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.addWidget(self.label)
        column.addStretch(1)


def notice_in(view: QAbstractScrollArea) -> Notice:
    """One that stands in the place of rows, hidden until there are none."""
    made = Notice("", view.viewport())
    over = QVBoxLayout(view.viewport())
    over.setContentsMargins(0, 0, 0, 0)
    over.addWidget(made)
    made.hide()
    return made
