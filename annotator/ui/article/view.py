"""The article view: reading, selecting, pointing at marks and moving their boundaries."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QPointF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from annotator.ui.article.canvas import Place
from annotator.ui.article.geometry.drawn import Drawn
from annotator.ui.article.handles import Drag, drag_to, draw_handles, handle_at
from annotator.ui.article.inks import Colours
from annotator.ui.article.pointing import caret_box, marks_under
from annotator.ui.article.showing import Showing
from annotator.ui.article.spoken import Speaker
from annotator.ui.guard import guarded
from annotator.ui.look.plain import tip

_SAME_PLACE = 6
"""How far two clicks on one place may lie apart, in pixels."""


class ArticleView(Showing):
    """One article with its marks, to be read, selected from and pointed at.

    All offsets are code points, half-open.
    """

    selection_changed = Signal(object)
    """``(start, end)``; both the same when only the caret moved."""
    mark_chosen = Signal(object)
    """The id of the mark clicked on; a click on bare text chooses none."""
    boundary_moved = Signal(object)
    """``(mark id, fragment number, "start" or "end", new offset)`` after a handle was dragged."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(colours, parent)
        self._drag: Drag | None = None
        self._pressed: QPoint | None = None
        self._clicked: tuple[QPointF, list[int], int] | None = None
        self._told = (0, 0)
        self._hovered: int | None = None
        self._speaker = Speaker(self)
        self.selectionChanged.connect(self._tell_selection)
        self.cursorPositionChanged.connect(self._tell_selection)

    def _forget(self) -> None:
        self._drag, self._clicked, self._told, self._hovered = None, None, (0, 0), None

    def update_marks(self, changed: Iterable[Drawn], removed: Iterable[int] = ()) -> None:
        """Show marks added or altered, and no longer those removed; nothing else is touched."""
        super().update_marks(changed, removed)
        self._clicked = None

    # -- where the reader is

    def selection(self) -> tuple[int, int]:
        """The selected text; both ends are the caret where nothing is selected."""
        cursor, from_qt = self.textCursor(), self._page.offsets.from_qt
        return from_qt(cursor.selectionStart()), from_qt(cursor.selectionEnd())

    def select(self, start: int, end: int, *, caret_at_start: bool = False) -> None:
        """Select text and bring the caret into view."""
        self._reach(self._page.index.paragraph_of(max(start, end)))
        to_qt = self._page.offsets.to_qt
        first, last = (end, start) if caret_at_start else (start, end)
        cursor = self.textCursor()
        cursor.setPosition(to_qt(first))
        cursor.setPosition(to_qt(last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def caret(self) -> int:
        """Where the caret is."""
        return self._page.offsets.from_qt(self.textCursor().position())

    def marks_at(self, position: int) -> list[int]:
        """The marks on the character at an offset, shortest first."""
        return [mark.id for mark in self._page.index.at(position)]

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that a piece of text can be seen; stay where it already can."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top = caret_box(self._lanes, start).top()
        bottom = caret_box(self._lanes, end, at_end=end > start).bottom()
        # The second caret_box may have laid out, and so moved, what lies before it.
        top = caret_box(self._lanes, start).top()
        margin = 2 * self._lanes.measures.em
        if top - margin / 2 >= bar.value() and bottom + margin / 2 <= bar.value() + height:
            return
        if bottom - top > height - 2 * margin:
            bar.setValue(int(top - margin))
        else:
            bar.setValue(int(top - max(margin, (height - (bottom - top)) / 3)))

    def go_to(self, offset: int) -> None:
        """Scroll so that the line of an offset stands in the middle."""
        middle = caret_box(self._lanes, offset).center().y()
        self.verticalScrollBar().setValue(round(middle - self.viewport().height() / 2))

    def top(self) -> tuple[int, float]:
        """What stands at the upper edge, and how far below it that line begins, in pixels."""
        place = self._place()
        return place.offset, place.below

    def bring_to_top(self, offset: int, below: float) -> None:
        """Scroll so that :meth:`top` says this."""
        self._return_to(Place(offset, below))

    def visible(self) -> tuple[int, int]:
        """From where to where the text can be seen, to the paragraph where it is not laid out."""
        top = self.verticalScrollBar().value()
        return self._seen_at(top)[0], self._seen_at(top + self.viewport().height())[1]

    def _seen_at(self, y: int) -> tuple[int, int]:
        number = self._lanes.paragraph_at(y)
        flow = self._lanes.flows.get(number)
        if flow is None:
            return self._page.starts[number], self._page.index.end_of(number)
        line = flow.lines[flow.line_at(y - self._lanes.top_of(number))]
        return line.start, line.end

    def _tell_selection(self) -> None:
        now = self.selection()
        if now != self._told:
            self._told = now
            self.selection_changed.emit(now)
            if self._speaker.wanted:
                self._speaker.caret_at(self._page.index.at(self.caret()))

    def copy(self) -> None:
        """Put the selected text on the clipboard, as it is in the article.

        Qt's own copy turns no-break spaces into spaces, and a QMimeData made in Python for it
        is freed twice when the program ends.
        """
        start, end = self.selection()
        if start < end:
            QGuiApplication.clipboard().setText(self._page.text[start:end])

    @guarded
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        action = menu.addAction("Copy", self.copy)
        action.setEnabled(self.textCursor().hasSelection())
        menu.exec(event.globalPos())
        menu.deleteLater()

    # -- painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        mark = self._drag.now if self._drag else self._at_hand()
        if mark is not None:
            painter = QPainter(self.viewport())
            try:
                painter.translate(0, -self.verticalScrollBar().value())
                colour = self._colours.colour("accent")
                draw_handles(painter, self._lanes, mark, colour, self._colours.colour("paper"))
            finally:
                painter.end()

    def _at_hand(self) -> Drawn | None:
        number = self._page.highlight.mark if self._together is None else None
        mark = self._page.index.get(number) if number is not None else None
        return mark if mark is not None and mark.fragments else None

    # -- the mouse

    def _in_document(self, point: QPointF | QPoint) -> QPointF:
        return QPointF(point) + QPointF(0, self.verticalScrollBar().value())

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self._at_hand()
        if event.button() == Qt.MouseButton.LeftButton and mark is not None:
            handle = handle_at(self._lanes, mark, self._in_document(event.position()))
            if handle is not None:
                self._drag = Drag(mark, handle, mark)
                return
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self._drag_on(event)
            return
        mark = self._at_hand() if event.buttons() == Qt.MouseButton.NoButton else None
        point = self._in_document(event.position())
        on_handle = mark is not None and handle_at(self._lanes, mark, point) is not None
        shape = Qt.CursorShape.SplitHCursor if on_handle else Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(next(iter(marks_under(self._lanes, point)), None))
        super().mouseMoveEvent(event)

    @guarded
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def _hover(self, mark: int | None) -> None:
        """Show which mark a click would choose."""
        if mark != self._hovered:
            self._hovered = mark
            self._update(self._lanes.set_hovered(mark))

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None and event.button() == Qt.MouseButton.LeftButton:
            self._drop()
            return
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if event.button() != Qt.MouseButton.LeftButton or pressed is None:
            return
        moved = (event.position().toPoint() - pressed).manhattanLength()
        if moved < 4 and not self.textCursor().hasSelection():
            self._choose(self._in_document(event.position()))

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._drag is not None and event.key() == Qt.Key.Key_Escape:
            self._show_drag(self._drag.before)
            self._drag = None
            event.accept()
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
            return
        super().keyPressEvent(event)

    def _choose(self, point: QPointF) -> None:
        """Choose the mark under a point, or the next one there at a click on the same place.

        Where there is none, only the caret goes: a click begins a selection for what is at hand.
        """
        under = marks_under(self._lanes, point)
        turn = 0
        if self._clicked is not None:
            last_point, last_under, last_turn = self._clicked
            if last_under == under and (point - last_point).manhattanLength() < _SAME_PLACE:
                turn = last_turn + 1
        self._clicked = (point, under, turn)
        if under:
            self.mark_chosen.emit(under[turn % len(under)])

    @guarded(default=False)
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return bool(super().viewportEvent(event))
        under = marks_under(self._lanes, self._in_document(event.pos()))
        labels = [mark.label for number in under if (mark := self._page.index.get(number))]
        QToolTip.showText(event.globalPos(), tip("\n".join(labels)), self)
        return True

    # -- dragging a handle

    def _drag_on(self, event: QMouseEvent) -> None:
        """Show the mark as it would be if the handle were let go here."""
        if self._drag is None:
            return
        bar, y = self.verticalScrollBar(), event.position().y()
        if not 0 <= y <= self.viewport().height():
            bar.setValue(bar.value() + (bar.singleStep() if y > 0 else -bar.singleStep()))
        point = self._in_document(event.position())
        position = self._lanes.hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        by_character = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        offset = self._page.offsets.from_qt(position)
        self._show_drag(drag_to(self._lanes, self._drag, offset, by_character))

    def _show_drag(self, mark: Drawn) -> None:
        if self._drag is not None and mark != self._drag.now:
            self._drag.now = mark
            self.update_marks([mark])

    def _drop(self) -> None:
        """Put the mark back as it was, and say where the handle was let go: others decide."""
        drag, self._drag = self._drag, None
        if drag is not None and drag.now != drag.before:
            self.update_marks([drag.before])
            handle = drag.handle
            self.boundary_moved.emit((drag.before.id, handle.fragment, handle.side, drag.offset))
