"""Which column of a table is which, above its first rows."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.formats.articles.preset import Mapping, Preset
from annotator.formats.articles.table import Table
from annotator.ui.guard import guarded
from annotator.ui.look.plain import tip
from annotator.ui.look.style import set_look

FIELDS = {
    "title": "Title",
    "text": "Text",
    "outlet": "Outlet",
    "author": "Author",
    "published": "Date",
    "url": "Address",
}
_ROWS = 3
_LONGEST = 120
_WIDE = 560
"""Pixels from which all fields stand beside each other."""
_DATES: tuple[tuple[str, bool | None], ...] = (
    ("what the other dates suggest", None),
    ("8 September", True),
    ("9 August", False),
)


class Short(QLabel):
    """A line of text, cut to the room there is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(24)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""

    def say(self, text: str) -> None:
        self._whole = " ".join(text[:_LONGEST].split())
        self._fit()

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        cut = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(24, self.width() - 2)
        )
        if cut != self.text():
            self.setText(cut)


class Columns(QFrame):
    """A choice for each field, with what the first rows have there."""

    chosen = Signal(object)
    """The table is to be read so: a :class:`Preset`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_look(self, "card")
        self.setAccessibleName("Which column is which")
        self._table: Table | None = None
        self._preset = Preset()
        self._name = Short(self)
        set_look(self._name, "title")
        self.dates = QComboBox(self)
        self.dates.setAccessibleName("How 08/09/2025 is meant")
        for text, value in _DATES:
            self.dates.addItem(text, value)
        self.dates.activated.connect(self._choose)
        self.boxes = {name: self._box(label) for name, label in FIELDS.items()}
        self._cells = {name: [Short(self) for _ in range(_ROWS)] for name in FIELDS}
        self._lay_out()

    def show_table(self, table: Table, preset: Preset) -> None:
        """Fill in what is chosen or guessed; nothing is said to be chosen by that."""
        if table is not self._table:
            self._fill(table)
        self._table, self._preset = table, preset
        self._name.say(f"{table.file}: which column is which")
        for name, box in self.boxes.items():
            column = getattr(preset.mapping, name) or ""
            box.setCurrentIndex(max(0, box.findData(column)))
            for row, cell in enumerate(self._cells[name]):
                values = table.sample[row] if row < len(table.sample) else {}
                cell.say(values.get(column, "") or "–")
                cell.setToolTip(tip(values.get(column, "")[:500]))
        self.dates.setCurrentIndex(
            next(n for n, (_, value) in enumerate(_DATES) if value is preset.day_first)
        )

    def _fill(self, table: Table) -> None:
        for box in self.boxes.values():
            box.clear()
            box.addItem("none", "")
            for name in table.names:
                box.addItem(name, name)

    def _choose(self) -> None:
        mapping = self._preset.mapping
        # What is neither chosen nor guessed so far stays to be guessed.
        said = {
            name: box.currentData() or (None if getattr(mapping, name) is None else "")
            for name, box in self.boxes.items()
        }
        found = replace(
            self._preset, mapping=Mapping(**said), day_first=_DATES[self.dates.currentIndex()][1]
        )
        if found != self._preset:
            self._preset = found
            self.chosen.emit(found)

    def _box(self, label: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(f"Column for {label.lower()}")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(4)
        box.activated.connect(self._choose)
        return box

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._name, 1)
        said = QLabel("A date such as 08/09 means", self)
        set_look(said, "muted")
        top.addWidget(said)
        top.addWidget(self.dates)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._fields = [self._field(name, label) for name, label in FIELDS.items()]
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(self._grid)
        self._arrange(len(FIELDS))

    def _field(self, name: str, label: str) -> QWidget:
        """The choice for a field, between its name and what the first rows have there."""
        field = QWidget(self)
        heading = QLabel(label, field)
        set_look(heading, "muted")
        column = QVBoxLayout(field)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (heading, self.boxes[name], *self._cells[name]):
            column.addWidget(widget)
        return field

    def _arrange(self, across: int) -> None:
        for number, field in enumerate(self._fields):
            self._grid.addWidget(field, number // across, number % across)
        for number in range(len(self._fields)):
            wide = (5 if number < 2 else 4) if across == len(FIELDS) else 1
            self._grid.setColumnStretch(number, wide if number < across else 0)
        for cells in self._cells.values():
            for number, cell in enumerate(cells):
                cell.setVisible(number == 0 or across == len(FIELDS))

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(len(FIELDS) if self.width() >= _WIDE else len(FIELDS) // 2)
