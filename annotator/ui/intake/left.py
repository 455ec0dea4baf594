"""The left side: what is shown of the list, what holds for all, and the list itself."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.ui.intake.finds import STATUSES, Find
from annotator.ui.intake.for_all import ForAll
from annotator.ui.intake.list_view import FindList
from annotator.ui.intake.listed import Finds
from annotator.ui.look.style import set_look

_LEAST_WIDTH = 260


class Left(QWidget):
    """Puts them below each other; the form can be folded away."""

    narrowed = Signal()
    """Others are shown than before."""

    def __init__(
        self, finds: Finds, listed: FindList, for_all: ForAll, unfolded: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        set_look(self, "panel")
        self.setMinimumWidth(_LEAST_WIDTH)
        self._finds, self._list, self._for_all = finds, listed, for_all
        self.narrow = QComboBox(self)
        self.narrow.setAccessibleName("Show only")
        self.narrow.addItem("All 0", None)
        for status, text in STATUSES.items():
            self.narrow.addItem(text, status)
        self.narrow.activated.connect(self._narrow)
        self._fold = QPushButton("For &all…", self)
        self._fold.setCheckable(True)
        self._fold.setChecked(unfolded)
        set_look(self._fold, "quiet")
        self._fold.toggled.connect(for_all.setVisible)
        self._fold.clicked.connect(self._to_form)
        for_all.setVisible(unfolded)
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 12, 4)
        top.addWidget(self.narrow, 1)
        top.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(for_all)
        column.addWidget(listed, 1)

    def order_tabs(self) -> None:
        """Have Tab walk from top to bottom, once everything has its place in the window."""
        order = (self.narrow, self._fold, *self._for_all.in_order(), self._list)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _to_form(self, unfolded: bool) -> None:
        (self._for_all.presets if unfolded else self._list).setFocus()

    def show_counts(self) -> None:
        counts = self._finds.counts()
        self.narrow.setItemText(0, f"All {len(self._finds.all):,}")
        for row in range(1, self.narrow.count()):
            status = self.narrow.itemData(row)
            self.narrow.setItemText(row, f"{STATUSES[status]} {counts[status]:,}")

    def show_find(self, find: Find) -> None:
        """Go to a find, also when it was not among those shown."""
        if self._finds.row(find) is None:
            self.narrow.setCurrentIndex(0)
            self._narrow()
        self._list.show_find(find)

    def _narrow(self) -> None:
        find = self._list.current()
        self._finds.narrow(self.narrow.currentData())
        if find is not None:
            self._list.show_find(find)
        if not self._list.currentIndex().isValid() and self._finds.shown:
            self._list.setCurrentIndex(self._finds.index(0))
        self.narrowed.emit()
