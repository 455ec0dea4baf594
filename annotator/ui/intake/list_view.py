"""The list of what was found: how a row looks, and the keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.importing import OnDuplicate
from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.intake.finds import Find
from annotator.ui.intake.listed import FIND, Finds, Index
from annotator.ui.look.elide import draw_cut
from annotator.ui.look.ground import paint_ground, row_box
from annotator.ui.look.icons import icon
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme

_PAD, _LEADING, _BOX, _GAP = 8, 3, 16, 10
_LEAST = 60
"""Pixels below which where it is from is left out."""
_ON_COPY: dict[int, OnDuplicate] = {
    Qt.Key.Key_L: "link",
    Qt.Key.Key_K: "keep",
    Qt.Key.Key_S: "skip",
}


class FindList(QListView):
    """Arrows walk, Space takes in or out, L, K and S say what becomes of near copies."""

    entered = Signal()
    """Enter was pressed: all that is chosen shall come in."""
    to_text = Signal()
    to_title = Signal()
    toggled = Signal()
    """What comes in is not what it was."""
    copies_for_all = Signal(str)

    def __init__(self, model: Finds, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._finds = model
        self.painter = _Painter(model, theme, self)
        self.setModel(model)
        self.setItemDelegate(self.painter)
        self.setAccessibleName("What was found")
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        set_look(self, "cards")

    def current(self) -> Find | None:
        return self._finds.find_at(self.currentIndex())

    def selected(self) -> list[Find]:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._finds.shown[row] for row in rows]

    def show_find(self, find: Find) -> None:
        """Go to a find, if it is shown."""
        row = self._finds.row(find)
        if row is not None:
            self.setCurrentIndex(self._finds.index(row))

    def toggle(self) -> None:
        """Take what is selected in, or out if all of it is in."""
        several = [find for find in self.selected() if find.can_come()]
        into = not all(find.chosen for find in several)
        for find in several:
            find.chosen = into
            self._finds.changed(find)
        self.toggled.emit()

    def set_on_copy(self, done: OnDuplicate) -> None:
        """What becomes of the near copies among what is selected."""
        for find in self.selected():
            if find.status == "near":
                find.on_copy, find.chosen = done, True
                self._finds.changed(find)
        self.toggled.emit()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        plain = modifiers & ~Qt.KeyboardModifier.KeypadModifier
        shift = plain == Qt.KeyboardModifier.ShiftModifier
        nothing = plain == Qt.KeyboardModifier.NoModifier
        if key in ENTER:
            self.entered.emit()
        elif key == Qt.Key.Key_Space and nothing:
            self.toggle()
        elif key in _ON_COPY and nothing:
            self.set_on_copy(_ON_COPY[key])
        elif key in _ON_COPY and shift:
            self.copies_for_all.emit(_ON_COPY[key])
        elif key == Qt.Key.Key_Right and nothing:
            self.to_text.emit()
        elif key == Qt.Key.Key_F2:
            self.to_title.emit()
        elif event.text().isalnum() and (shift or nothing):
            event.ignore()  # letters are keys here; nothing is looked for by its name
        else:
            super().keyPressEvent(event)

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._is_on_box(index, event.position().toPoint()):
            self.toggle()

    def _is_on_box(self, index: Index, at: QPoint) -> bool:
        return box(self.visualRect(index)).adjusted(-4, -4, 4, 4).contains(at)


def box(row: QRect) -> QRect:
    """Where the check box of a row is."""
    return QRect(row.left() + _PAD + 2, row.top() + _PAD + 1, _BOX, _BOX)


class _Painter(QStyledItemDelegate):
    """Draws a row: its box, the title, what it is and where it is from."""

    def __init__(self, finds: Finds, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._finds = finds
        self.theme = theme

    @guarded(default=QSize())
    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        line = QFontMetrics(option.font).height() + _LEADING
        return QSize(0, 2 * line + 2 * _PAD)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        find = index.data(FIND)
        assert isinstance(find, Find)
        painter.save()
        rect: QRect = option.rect
        selected = paint_ground(painter, self.theme, option)
        if option.state & QStyle.StateFlag.State_HasFocus and self._focused():
            painter.setPen(QPen(self.theme.colour("focus_ring"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row_box(rect), 6, 6)
        self._draw_box(painter, find, box(rect))
        self._draw_words(painter, option, find, selected)
        painter.restore()

    def _focused(self) -> bool:
        view = self.parent()
        return isinstance(view, QWidget) and view.hasFocus()

    def _draw_box(self, painter: QPainter, find: Find, place: QRect) -> None:
        if not find.can_come():
            name, role = (
                ("warning", "danger") if find.status == "failed" else ("close", "text_muted")
            )
            icon(name, self.theme, role).paint(painter, place)
            return
        comes = self._finds.comes(find)
        painter.setPen(QPen(self.theme.colour("accent" if comes else "input_border"), 1))
        painter.setBrush(self.theme.colour("accent" if comes else "input"))
        painter.drawRoundedRect(place, 4, 4)
        if comes:
            icon("check", self.theme, "accent_text").paint(painter, place.adjusted(1, 1, -1, -1))

    def _draw_words(
        self, painter: QPainter, option: QStyleOptionViewItem, find: Find, selected: bool
    ) -> None:
        metrics = QFontMetrics(option.font)
        line = metrics.height() + _LEADING
        left = box(option.rect).right() + _GAP
        room = QRect(left, option.rect.top() + _PAD, option.rect.right() - _PAD - left, line)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        dimmed = find.can_come() and not self._finds.comes(find)
        said, role = find.said(self._finds.for_copies)
        if find.can_come() and not find.chosen:
            said, role = "left out", "text_muted"
        ink = "text_muted" if dimmed or find.status == "same" else "text"
        self._draw(painter, room, bold, find.title(), ink, selected)
        room.translate(0, line)
        width = self._draw(painter, room, option.font, said, role, selected)
        about = find.about(self._finds.for_all)
        if about and room.width() - width > _LEAST:
            rest = room.adjusted(width, 0, 0, 0)
            self._draw(painter, rest, option.font, f"  ·  {about}", "text_muted", selected)

    def _draw(
        self,
        painter: QPainter,
        room: QRect,
        font: QFont,
        words: str,
        role: str,
        selected: bool,
    ) -> int:
        """Draw words as far as there is room; returns how wide they are."""
        painter.setFont(font)
        painter.setPen(self.theme.colour("selection_text" if selected else role))
        return draw_cut(painter, room, words)
