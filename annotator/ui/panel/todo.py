"""What is still to be done, as a list in the place of the cards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QWidget

from annotator.core.findings import Finding
from annotator.core.page import Page
from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.elide import draw_cut
from annotator.ui.look.notice import notice_in
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.look.two_lines import Index, TwoLineRows
from annotator.ui.panel.remaining import Remaining

FINDING = Qt.ItemDataRole.UserRole
_NOTHING = "Nothing is left to do in this article.\n\nCtrl+D calls it done; Ctrl+PgDown opens the next one."
_NOT_OPEN = "What is still to be done in the open article will stand here."
_AROUND = 60
"""Characters of the text shown where nothing is marked."""
_NO_INDEX = QModelIndex()


class Todo(QAbstractListModel):
    """One row a finding; only those that are looked at are put into words."""

    def __init__(
        self, remaining: Remaining, page: Callable[[], Page | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._remaining = remaining
        self._page = page
        self._count = 0

    def reload(self) -> None:
        self.beginResetModel()
        self._count = len(self._remaining)
        self.endResetModel()

    @property
    def why_nothing(self) -> str:
        """What is read in place of rows."""
        return _NOTHING if self._page() is not None else _NOT_OPEN

    def finding(self, row: int) -> Finding | None:
        findings = self._remaining.findings
        return findings[row] if findings is not None and 0 <= row < len(findings) else None

    def row(self, finding: Finding) -> int:
        """Where a finding is, or would be."""
        findings = self._remaining.findings
        return findings.place(finding) if findings is not None else 0

    @guarded(default=0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._count

    @guarded(default=None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        finding = self.finding(index.row())
        if finding is None:
            return None
        if role == FINDING:
            return finding
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{finding.text}: {self.place(finding)}"
        return None

    def place(self, finding: Finding) -> str:
        """The words a finding stands at."""
        page = self._page()
        if page is None or finding.start >= len(page.text):
            return "implied"
        if finding.sort == "stray":
            start, end = max(0, finding.start - _AROUND // 2), finding.end + _AROUND // 2
            words = " ".join(page.text[start:end].split())
            return f"{'…' if start else ''}{words}…"
        return " ".join(page.text[finding.start : min(finding.end, finding.start + 300)].split())


class TodoPainter(TwoLineRows):
    """Two lines a finding: what, in its colour, and where."""

    inset = 8

    def __init__(self, theme: Theme, todo: Todo, view: QListView) -> None:
        super().__init__(theme, view)
        self._todo = todo

    def say(self, painter: QPainter, font: QFont, place: QRect, index: Index, at: bool) -> None:
        finding = index.data(FINDING)
        if not isinstance(finding, Finding):
            return
        role = "warning" if finding.is_hint else "missing"
        # Against the selection only the usual ink is sure to be read.
        roles = ("selection_text", "selection_text") if at else (role, "text_muted")
        for text, ink in zip((finding.text, self._todo.place(finding)), roles, strict=True):
            painter.setPen(self.theme.colour(ink))
            draw_cut(painter, place, text)
            place.translate(0, self.line_height(font))


class TodoList(QListView):
    """Arrows show a thing in the text, Enter goes to it, Del waves a hint away, Esc leaves."""

    looked_at = Signal(object)
    """A :class:`Finding`, to be shown; the keyboard stays here."""
    taken = Signal(object)
    """A :class:`Finding` to be done."""
    waved_away = Signal(object)
    left = Signal()

    def __init__(self, todo: Todo, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._todo = todo
        self.painter = TodoPainter(theme, todo, self)
        self.nothing = notice_in(self)
        set_look(self, "cards")
        self.setAccessibleName("To do")
        self.setModel(todo)
        self.setItemDelegate(self.painter)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self._emit(self.taken, index.row()))

    def reload(self) -> None:
        """Show the findings as they are now, the keyboard at the one it was at or behind it."""
        now = self.currentIndex().row()
        self._todo.reload()
        self.nothing.setVisible(not self._todo.rowCount())
        self.nothing.label.setText(self._todo.why_nothing)
        if self._todo.rowCount():
            self.set_row(max(0, min(now, self._todo.rowCount() - 1)))

    def stand_at(self, finding: Finding) -> None:
        """Have the keyboard at a finding, or where it was."""
        self.set_row(max(0, min(self._todo.row(finding), self._todo.rowCount() - 1)))

    def set_row(self, row: int) -> None:
        index = self._todo.index(row)
        flag = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)
        self.viewport().update()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        if key in ENTER:
            self._emit(self.taken, row)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._emit(self.waved_away, row)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
            if self.currentIndex().row() != row:
                self.viewport().update()
                self._emit(self.looked_at, self.currentIndex().row())

    def _emit(self, signal: object, row: int) -> None:
        finding = self._todo.finding(row)
        if finding is not None:
            signal.emit(finding)  # type: ignore[attr-defined] # PySide types no bound signal
