"""A table to be read by keys: lines of text, each with what it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.plain import tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One row."""

    cells: tuple[str, ...]
    """A single one goes over all columns."""
    of: object = None
    """What it stands for; lines of the same thing keep the place of the cursor."""
    tip: str = ""


class Lines(QAbstractTableModel):
    """Rows of text under headings."""

    def __init__(self, heads: Sequence[str], right: Sequence[int], parent: QObject) -> None:
        super().__init__(parent)
        self._heads, self._right = tuple(heads), frozenset(right)
        self.lines: list[Line] = []

    def put(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    @guarded(default=0)
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @guarded(default=0)
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    @guarded(default=None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.cells[index.column()] if index.column() < len(line.cells) else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(line.tip) or None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @guarded(default=None)
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight
                if section in self._right
                else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class MiddleLeftOut(QStyledItemDelegate):
    """Words that have no room keep their beginning and their end: titles often differ there."""

    @guarded
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class Table(QTableView):
    """Up and Down walk, Enter takes."""

    taken = Signal(object)
    """What a line stands for."""
    walked = Signal(object)

    def __init__(
        self,
        name: str,
        heads: Sequence[str],
        parent: QWidget | None = None,
        right: Sequence[int] = (),
        wide: int = 0,
        most: Mapping[int, int] | None = None,
        shares: Mapping[int, float] | None = None,
        titles: Sequence[int] = (),
    ) -> None:
        """``wide`` is the column that takes the room that is left; ``most`` is the width of
        columns that would take too much, by their place, and ``shares`` how much of the table's
        width others have. Columns of ``titles`` leave out the middle of what has no room."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows = Lines(heads, right, self)
        self.setModel(self.rows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self._shares = dict(shares or {})
        for column, width in {**dict.fromkeys(self._shares, 0), **(most or {})}.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width)
        for column in titles:
            self.setItemDelegateForColumn(column, MiddleLeftOut(self))
        self.doubleClicked.connect(lambda _index: self._take())
        self.selectionModel().currentRowChanged.connect(lambda _new, _old: self._walk())

    @property
    def line(self) -> Line | None:
        """The one with the cursor."""
        row = self.currentIndex().row()
        return self.rows.lines[row] if 0 <= row < len(self.rows.lines) else None

    @property
    def current(self) -> object:
        """What the line with the cursor stands for."""
        return None if self.line is None else self.line.of

    def put(self, lines: Sequence[Line]) -> None:
        """Other lines; the cursor stays with what it was on, or in the place it had."""
        held, row = self.current, self.currentIndex().row()
        self.rows.put(lines)
        self._join_cells(lines)
        if lines:
            same = [at for at, line in enumerate(lines) if line.of == held and held is not None]
            at = same[0] if same else min(max(row, 0), len(lines) - 1)
            self.selectRow(at)

    def _join_cells(self, lines: Sequence[Line]) -> None:
        self.clearSpans()
        for row, line in enumerate(lines):
            if len(line.cells) == 1 < self.rows.columnCount():
                self.setSpan(row, 0, 1, self.rows.columnCount())

    def go_to(self, wanted: object) -> bool:
        """Put the cursor on what a line stands for; whether there is such a line."""
        for row, line in enumerate(self.rows.lines):
            if line.of == wanted:
                self.selectRow(row)
                self.scrollTo(self.currentIndex())
                return True
        return False

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            for column, share in self._shares.items():
                self.setColumnWidth(column, int(event.size().width() * share))

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        if self.current is not None:
            self.taken.emit(self.current)

    def _walk(self) -> None:
        if self.current is not None:
            self.walked.emit(self.current)
