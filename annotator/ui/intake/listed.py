"""What was found, as a list: rows by number, some of them shown, none of them a widget."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.importing import OnDuplicate
from annotator.ui.guard import guarded
from annotator.ui.intake.finds import Find, Status

Index = QModelIndex | QPersistentModelIndex
FIND = Qt.ItemDataRole.UserRole
_NO_INDEX = QModelIndex()


class Finds(QAbstractListModel):
    """Everything found, in the order of the files; ``only`` narrows what is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.all: list[Find] = []
        self.shown: list[Find] = []
        self.only: Status | None = None
        self.for_all: dict[str, str] = {}
        """What holds for articles that do not say it: outlet, author, published, url."""
        self.for_copies: OnDuplicate = "link"

    def add(self, new: Iterable[Find]) -> None:
        """Put finds after those of the same file and of files before."""
        for file, those in groupby(new, key=lambda find: find.file):
            finds = list(those)
            at = bisect_right(self.all, file, key=lambda f: f.file)
            self.all[at:at] = finds
            seen = [find for find in finds if self.only in (None, find.status)]
            if seen:
                row = bisect_right(self.shown, file, key=lambda f: f.file)
                self.beginInsertRows(_NO_INDEX, row, row + len(seen) - 1)
                self.shown[row:row] = seen
                self.endInsertRows()

    def forget(self, files: set[int]) -> list[Find]:
        """Take out what came from some files, and give it back."""
        gone = [find for find in self.all if find.file in files]
        self.beginResetModel()
        self.all = [find for find in self.all if find.file not in files]
        self.shown = [find for find in self.shown if find.file not in files]
        self.endResetModel()
        return gone

    def narrow(self, only: Status | None) -> None:
        self.beginResetModel()
        self.only = only
        self.shown = [find for find in self.all if only in (None, find.status)]
        self.endResetModel()

    def changed(self, find: Find | None = None) -> None:
        """A find, or every one, is to be drawn anew."""
        if find is None:
            if self.shown:
                self.dataChanged.emit(self.index(0), self.index(len(self.shown) - 1))
        elif (row := self.row(find)) is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def compared(self, find: Find) -> None:
        """What a find is has come out; it may be shown now, or no longer."""
        row = self.row(find)
        fits = self.only in (None, find.status)
        if row is not None and fits:
            self.dataChanged.emit(self.index(row), self.index(row))
        elif row is not None:
            self.beginRemoveRows(_NO_INDEX, row, row)
            del self.shown[row]
            self.endRemoveRows()
        elif fits:
            order = {id(other): place for place, other in enumerate(self.all)}
            at = bisect_right(self.shown, order[id(find)], key=lambda f: order[id(f)])
            self.beginInsertRows(_NO_INDEX, at, at)
            self.shown.insert(at, find)
            self.endInsertRows()

    def row(self, find: Find) -> int | None:
        """Where it is shown, if it is."""
        first = bisect_right(self.shown, find.file - 1, key=lambda f: f.file)
        return next((n for n in range(first, len(self.shown)) if self.shown[n] is find), None)

    def again(self, wanted: Find, all_read: bool) -> Find | None:
        """What is shown of a find whose file is read anew, as far as that is there by now.

        A table that could not be read becomes rows, and rows become one that cannot: then the first
        of what it has become, which stands for rows that are gone too once ``all_read``.
        """
        same = [find for find in self.shown if find.file == wanted.file]
        for find in same:
            if find.key == wanted.key:
                return find
        table = [find for find in same if find.table == wanted.table]
        became = [find for find in table if "failed" in (find.status, wanted.status)]
        return next(iter(table if all_read else became), None)

    def find_at(self, index: Index) -> Find | None:
        return self.shown[index.row()] if index.isValid() else None

    def counts(self) -> Counter[Status]:
        return Counter(find.status for find in self.all)

    def chosen(self) -> list[Find]:
        """What comes in as things are, copies that are left out not among it."""
        return [find for find in self.all if self.comes(find)]

    def size(self) -> int:
        """How many articles that is, those in projects' files among them."""
        return sum(find.size for find in self.chosen())

    def comes(self, find: Find) -> bool:
        skipped = find.status == "near" and (find.on_copy or self.for_copies) == "skip"
        return find.chosen and find.can_come() and not skipped

    @guarded(default=0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.shown)

    @guarded(default=None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        find = self.shown[index.row()]
        if role == FIND:
            return find
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said, _ = find.said(self.for_copies)
            out = "" if find.chosen or not find.can_come() else "left out"
            return ", ".join(filter(None, (find.title(), said, find.about(self.for_all), out)))
        return None
