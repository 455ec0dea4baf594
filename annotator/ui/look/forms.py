"""Lines to be filled in, each with its label on the same line, and the dialog around them."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.look.plain import plain_label

_HEIGHT = 18
"""Least height of a label in pixels: Qt gives it at most 7/4 of that, which is a line's height."""


class Form(QFormLayout):
    """A form whose labels stand in the middle of the line beside them, not above that."""

    def add(self, label: str | QLabel, widget: QWidget) -> None:
        """A line more."""
        self.addRow(label, widget)
        item = self.itemAt(self.rowCount() - 1, QFormLayout.ItemRole.LabelRole)
        named = item.widget() if item is not None else None
        if named is not None:
            named.setMinimumHeight(_HEIGHT)


class FormDialog(QDialog):
    """Lines to be filled in, above OK and Cancel; what is wrong with them is said in between."""

    def lay_out(self, form: Form, about: QWidget | None = None) -> QDialogButtonBox:
        """To be called when all lines are made, since Tab goes on to the buttons from them."""
        self._wrong = plain_label(self, "danger")
        self._wrong.hide()
        box = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(box.Ok | box.Cancel, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        if about is not None:
            column.addWidget(about)
        column.addLayout(form)
        column.addWidget(self._wrong)
        column.addWidget(buttons)
        return buttons

    def refuse(self, why: str, line: QWidget | None = None) -> None:
        """Stay open, say why, and go to the line where it is to be put right."""
        self._wrong.setText(why)
        self._wrong.show()
        if line is not None:
            line.setFocus()
