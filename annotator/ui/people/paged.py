"""A list model that gives its view a page of rows at a time.

A list view asks for every row it is told of when it lays itself out, seen or not; with tens of
thousands of rows that is felt at each key press.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject

from annotator.ui.guard import guarded
from annotator.ui.panel.cards import Index

_PAGE = 200
_NO_INDEX = QModelIndex()
Row = TypeVar("Row")


class Paged(QAbstractListModel, Generic[Row]):
    """Rows of which the view knows the first pages; it asks for more as it is scrolled."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._told = 0

    def put_rows(self, listed: list[Row]) -> None:
        """List these instead."""
        self.beginResetModel()
        self._rows = listed
        self._told = min(_PAGE, len(listed))
        self.endResetModel()

    def row_at(self, row: int) -> Row | None:
        """What stands in a row, None where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def reach(self, row: int) -> Index:
        """The index of a row, whichever page it is on."""
        self._tell(row + _PAGE)
        return self.index(row)

    @property
    def whole(self) -> int:
        """How many rows there are on all pages."""
        return len(self._rows)

    def _tell(self, number: int) -> None:
        last = min(number, len(self._rows)) - 1
        if last >= self._told:
            self.beginInsertRows(_NO_INDEX, self._told, last)
            self._told = last + 1
            self.endInsertRows()

    @guarded(default=0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._told

    @guarded(default=False)
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._told < len(self._rows)

    @guarded
    def fetchMore(self, parent: Index) -> None:
        self._tell(self._told + _PAGE)
