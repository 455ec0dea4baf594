"""Lines to be filled in, each with its label on the same line."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

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
