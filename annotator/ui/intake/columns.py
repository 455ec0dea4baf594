"""Which column of a table is which, above its first rows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from annotator.formats.articles.tables.preset import Mapping, Preset
from annotator.formats.articles.tables.table import Table
from annotator.ui.guard import guarded
from annotator.ui.look.letters import least
from annotator.ui.look.plain import tip
from annotator.ui.look.short import Short
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
_WIDE, _MIDDLING = 560, 280
"""Pixels from which all fields, or three of them, stand beside each other."""
_LETTERS = 13
"""That a field has room for, at the least."""
_DATES: tuple[tuple[str, bool | None], ...] = (
    ("what the other dates suggest", None),
    ("8 September", True),
    ("9 August", False),
)


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
        self.begins = QCheckBox("The &title also begins the text", self)
        self.begins.setToolTip("As the headline of the article, where marks can be made in it.")
        self.begins.clicked.connect(self._choose)
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
        self.begins.setChecked(preset.title_begins_text)
        self.begins.setEnabled(bool(preset.mapping.title))

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
            self._preset,
            mapping=Mapping(**said),
            day_first=_DATES[self.dates.currentIndex()][1],
            title_begins_text=self.begins.isChecked(),
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
        self._meant = QWidget(self)
        said = QLabel("A date such as 08/09 means", self._meant)
        set_look(said, "muted")
        self.dates.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.dates.setMinimumContentsLength(8)
        said.setWordWrap(True)
        meant = QHBoxLayout(self._meant)
        meant.setContentsMargins(0, 0, 0, 0)
        meant.setSpacing(8)
        meant.addWidget(said, 1)
        meant.addWidget(self.dates, 1)
        self._grid, self._below = QGridLayout(), QGridLayout()
        for grid in (self._grid, self._below):
            grid.setHorizontalSpacing(8)
            grid.setVerticalSpacing(8)
        self._below.setColumnStretch(0, 1)
        self._fields = [self._field(name, label) for name, label in FIELDS.items()]
        for before, after in pairwise([*self.boxes.values(), self.begins, self.dates]):
            QWidget.setTabOrder(before, after)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addLayout(self._grid)
        column.addLayout(self._below)
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
        all_in_a_row = across == len(FIELDS)
        for number, field in enumerate(self._fields):
            self._grid.addWidget(field, number // across, number % across)
        for number in range(len(self._fields)):
            wide = (5 if number < 2 else 4) if all_in_a_row else 1
            self._grid.setColumnStretch(number, wide if number < across else 0)
        for cells in self._cells.values():
            for number, cell in enumerate(cells):
                cell.setVisible(number == 0 or all_in_a_row)
        self._below.setColumnStretch(1, 1 if all_in_a_row else 0)
        self._below.addWidget(self.begins, 0, 0)
        self._below.addWidget(self._meant, *((0, 1) if all_in_a_row else (1, 0)))

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        every = len(FIELDS)
        wide = least(_WIDE, every * _LETTERS, self)
        middling = least(_MIDDLING, every // 2 * _LETTERS, self)
        width = self.width()
        self._arrange(every if width >= wide else every // 2 if width >= middling else every // 3)
