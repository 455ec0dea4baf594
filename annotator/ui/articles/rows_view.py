"""A list view whose rows have different heights, and that costs the same however long it is.

Only the rows on the screen are ever measured. The scroll bar counts rows, not pixels: a hundred
steps each, so that the top row may be scrolled half away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.ui.guard import guarded
from annotator.ui.panel.cards import Index

_STEPS = 100
"""Of the scroll bar for one row."""
_KEPT = 4_000
"""Heights remembered."""
_NO_INDEX = QModelIndex()
_Action = QAbstractItemView.CursorAction
_SELECTABLE = Qt.ItemFlag.ItemIsSelectable


class RowsView(QAbstractItemView):
    """Rows one below the other, as high as the delegate wants each of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anchor = 0
        self._extending = False
        self._hovered = -1
        self._heights: dict[int, int] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(_STEPS // 2)

    # Where rows are

    def _rows(self) -> int:
        model: QAbstractItemModel | None = self.model()  # it is asked before there is one
        return 0 if model is None else model.rowCount()

    def _height(self, row: int) -> int:
        """Asked of the delegate once, until something changes."""
        if row not in self._heights:
            if len(self._heights) > _KEPT:
                self._heights.clear()
            self._heights[row] = self._measure(row)
        return self._heights[row]

    def _measure(self, row: int) -> int:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = QRect(0, 0, self.viewport().width(), 0)
        return max(1, self.itemDelegate().sizeHint(option, self.model().index(row, 0)).height())

    def shown(self) -> Iterator[tuple[int, QRect]]:
        """The rows on the screen, and where each is."""
        value = self.verticalScrollBar().value()
        row, count, width = value // _STEPS, self._rows(), self.viewport().width()
        y, bottom = 0, self.viewport().height()
        while row < count and y < bottom:
            height = self._height(row)
            if y == 0 and row == value // _STEPS:
                y = -(value % _STEPS) * height // _STEPS
            yield row, QRect(0, y, width, height)
            y += height
            row += 1

    @guarded(default=QRect())
    def visualRect(self, index: Index) -> QRect:
        first = -1
        for row, rect in self.shown():
            first = row if first < 0 else first
            if row == index.row():
                return rect
        above = index.row() < first
        return QRect(0, -1 if above else self.viewport().height(), self.viewport().width(), 1)

    @guarded(default=QModelIndex())
    def indexAt(self, point: QPoint) -> QModelIndex:
        for row, rect in self.shown():
            if rect.contains(point):
                return self.model().index(row, 0)
        return QModelIndex()

    @guarded
    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row onto the screen, at the nearer end of it."""
        row, bar, height = index.row(), self.verticalScrollBar(), self.viewport().height()
        if not index.isValid():
            return
        there = next((rect for shown, rect in self.shown() if shown == row), None)
        if there is not None and there.top() >= 0 and there.bottom() <= height:
            return
        before = row * _STEPS <= bar.value()
        bar.setValue(row * _STEPS if before else self._value_with_last(row))
        if row and before and not self._can_be_current(row - 1):
            bar.setValue((row - 1) * _STEPS)  # the heading comes along

    def _value_with_last(self, row: int) -> int:
        """Where the scroll bar stands when this row ends at the bottom."""
        room = self.viewport().height()
        while row >= 0:
            height = self._height(row)
            if height > room:
                return row * _STEPS + -(-(height - room) * _STEPS // height)
            room -= height
            row -= 1
        return 0

    @guarded
    def updateGeometries(self) -> None:
        count, bar = self._rows(), self.verticalScrollBar()
        bar.setRange(0, self._value_with_last(count - 1) if count else 0)
        bar.setPageStep(max(_STEPS, sum(1 for _ in self.shown()) * _STEPS - _STEPS))
        super().updateGeometries()

    @guarded
    def reset(self) -> None:
        self._heights.clear()
        super().reset()

    @guarded
    def changeEvent(self, event: QEvent) -> None:
        """Another font or style makes other heights."""
        self._heights.clear()
        super().changeEvent(event)

    @guarded
    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        """Rows that say something else may be higher or lower."""
        self._heights.clear()
        super().dataChanged(top_left, bottom_right, roles)
        self.updateGeometries()
        self.viewport().update()

    @guarded(default=0)
    def horizontalOffset(self) -> int:
        return 0

    @guarded(default=0)
    def verticalOffset(self) -> int:
        return 0

    @guarded(default=False)
    def isIndexHidden(self, _index: Index) -> bool:
        return False

    # Moving and choosing

    def _can_be_current(self, row: int) -> bool:
        return bool(self.model().flags(self.model().index(row, 0)) & _SELECTABLE)

    @guarded(default=QModelIndex())
    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        count, now = self._rows(), self.currentIndex().row()
        page = max(1, sum(1 for _ in self.shown()) - 1)
        steps = {
            _Action.MoveUp: -1,
            _Action.MovePrevious: -1,
            _Action.MoveDown: 1,
            _Action.MoveNext: 1,
            _Action.MovePageUp: -page,
            _Action.MovePageDown: page,
            _Action.MoveHome: -count,
            _Action.MoveEnd: count,
        }
        step = steps.get(action, 0)
        if not count or not step:
            return self.currentIndex()
        return self.next_row(max(0, min((now if now >= 0 else -1) + step, count - 1)), step)

    def next_row(self, row: int, step: int) -> QModelIndex:
        """This row if one can be there, else the next in the direction, else the last before."""
        way = 1 if step > 0 else -1
        for rows in (
            range(row, self._rows() if way > 0 else -1, way),
            range(row, -1 if way > 0 else self._rows(), -way),
        ):
            for candidate in rows:
                if self._can_be_current(candidate):
                    return self.model().index(candidate, 0)
        return QModelIndex()

    @guarded
    def setSelection(self, _rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """From where the choosing began to the current row; pixels do not matter."""
        now = self.currentIndex().row()
        if now < 0:
            return
        low, high = sorted((self._anchor if self._extending else now, now))
        index = self.model().index
        self.selectionModel().select(QItemSelection(index(low, 0), index(high, 0)), command)

    def chosen_rows(self) -> list[int]:
        """The rows that are selected, from the top."""
        selection = self.selectionModel().selection()
        parts = (selection.at(number) for number in range(selection.count()))
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    @guarded
    def currentChanged(self, current: Index, previous: Index) -> None:
        if not self._extending:
            self._anchor = max(0, current.row())
        super().currentChanged(current, previous)
        self.viewport().update()

    @guarded(default=QRegion())
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for row, rect in self.shown():
            if selection.contains(self.model().index(row, 0)):
                region += rect
        return region

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._extending = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().keyPressEvent(event)
        self._extending = False

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._extending = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mousePressEvent(event)
        self._extending = False

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Only for hovering: rows are chosen by clicks and keys."""
        self._hover(self.indexAt(event.position().toPoint()).row())

    @guarded
    def leaveEvent(self, event: object) -> None:
        self._hover(-1)
        super().leaveEvent(event)  # type: ignore[arg-type]

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    # Drawing

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            self._paint_rows(painter, event.rect())
        finally:
            painter.end()

    def _paint_rows(self, painter: QPainter, dirty: QRect) -> None:
        model, chosen, now = self.model(), self.selectionModel(), self.currentIndex().row()
        for row, rect in self.shown():
            if not rect.intersects(dirty):
                continue
            index = model.index(row, 0)
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            option.rect = rect
            option.state &= ~QStyle.StateFlag.State_HasFocus
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if row == self._hovered:
                option.state |= QStyle.StateFlag.State_MouseOver
            if row == now and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            self.itemDelegate().paint(painter, option, index)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._heights.clear()
        super().resizeEvent(event)
        self.updateGeometries()

    @guarded(default=QSize())
    def sizeHint(self) -> QSize:
        return QSize(260, 400)
