"""The part of the article view that scrolls: lays out what is seen, and keeps it in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.ui.article.geometry.drawn import KindStyle
from annotator.ui.article.inks import Colours
from annotator.ui.article.layout import LaneLayout
from annotator.ui.article.page import Page
from annotator.ui.article.pointing import caret_box
from annotator.ui.article.pouring import Pouring
from annotator.ui.guard import guarded

_SLICE = 400
"""Marks filed at a time while idle: about a millisecond."""

_FORESEEN = 40
"""Paragraphs whose height is estimated at a time while idle."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the text and how far below the window's upper edge its line starts."""

    offset: int
    below: float


class Canvas(QTextEdit):
    """A read-only text widget over a :class:`LaneLayout`."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self._kinds: Mapping[str, KindStyle] = {}
        self._page = Page()
        self._zoom = 100
        self._adjusting = False
        self._set_up()
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        self._lanes = LaneLayout(document, self._kinds, colours, self._zoom)
        self._lanes.resized = self._hold
        self._lanes.reach = self._reach
        self._pouring = Pouring(document, "")
        document.setDocumentLayout(self._lanes)
        self.setDocument(document)
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._work)

    def _set_up(self) -> None:
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes would change the width, and with it every line.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setCursorWidth(2)
        self.viewport().setMouseTracking(True)

    def _load(self, page: Page) -> None:
        """Show another page from its beginning, with the caret there.

        Raises ValueError if Qt would show another text, which would move every offset.
        """
        self._page = page
        document = self.document()
        self._adjusting = True
        # Otherwise Qt would have it lay out both ends of the text, to see where the caret was,
        # and tell of a caret at the end.
        self._lanes.asleep = True
        blocked = self.blockSignals(True)
        try:
            self._lanes.load(page)
            # The widget's own setPlainText would go through the text once more, for its format.
            self._pouring = Pouring(document, page.offsets.qt_text)
            self.setTextCursor(QTextCursor(document))
        finally:
            self.blockSignals(blocked)
            self._lanes.asleep = self._adjusting = False
        if QAccessible.isActive():
            self._finish()
        self._lanes.announce()
        self.verticalScrollBar().setValue(0)

    def _reach(self, paragraph: int) -> None:
        """Have a paragraph in the document, whatever is left of the text."""
        if not self._pouring.done:
            self._pour(lambda: self._pouring.reach(paragraph))

    def _finish(self) -> None:
        """Have the whole text in the document: for whoever may go to its end."""
        if not self._pouring.done:
            self._pour(self._pouring.finish)

    def _pour(self, how: Callable[[], object]) -> object:
        self._lanes.asleep, blocked = True, self.blockSignals(True)
        try:
            return how()
        finally:
            self.blockSignals(blocked)
            self._lanes.asleep = False

    # -- keeping the text still

    def _place(self) -> Place:
        """What is at the window's upper edge now."""
        top = self.verticalScrollBar().value()
        number = self._lanes.paragraph_at(top)
        flow = self._lanes.flow(number)
        line = flow.lines[flow.line_at(top - self._lanes.top_of(number))]
        return Place(line.start, self._lanes.top_of(number) + line.top - top)

    def _return_to(self, place: Place) -> None:
        """Scroll so that a place is where it was."""
        box = caret_box(self._lanes, place.offset)
        self.verticalScrollBar().setValue(round(box.top() - place.below))
        self._settle()

    def _hold(self, shift: int) -> None:
        """Heights have changed: everything from the anchor on lies ``shift`` pixels lower."""
        bar = self.verticalScrollBar()
        wanted = bar.value() + shift
        outer, self._adjusting = self._adjusting, True
        try:
            self._lanes.announce()
            bar.setValue(wanted)
        finally:
            self._adjusting = outer
        if bar.value() != wanted:
            self.viewport().update()

    def _settle(self) -> None:
        """Lay out what is in the window, which may move the window over the text."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        for _ in range(8):
            top = bar.value()
            self._lanes.lay_out(top, top + height)
            if bar.value() == top:
                break
        self._lanes.anchor = self._lanes.paragraph_at(bar.value())

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Many keys go to the end of the text, wherever that is.
        self._finish()
        super().keyPressEvent(event)

    def selectAll(self) -> None:
        """Select the whole text."""
        self._finish()
        super().selectAll()

    @guarded
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._adjusting:
            return
        if abs(dy) >= self.viewport().height():
            self._lanes.anchor = self._lanes.paragraph_at(self.verticalScrollBar().value())
        self._settle()
        super().scrollContentsBy(dx, dy)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() == event.size().width() or not event.oldSize().isValid():
            super().resizeEvent(event)
            return
        place = self._place()
        super().resizeEvent(event)
        self._return_to(place)
        self._start_work()

    # -- while nothing else happens

    @property
    def working(self) -> bool:
        """Whether there is something left to do while nothing else happens."""
        return self._idle.isActive()

    def _start_work(self) -> None:
        self._idle.start()

    def _work(self) -> None:
        """Lay out a screen ahead and behind, then see to the rest of the article, bit by bit."""
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        more = (
            self._lanes.prepare(top, top + 2 * height)
            or self._lanes.prepare(top - height, top)
            or self._pour(self._pouring.pour)
            or self._page.index.advance(_SLICE)
            or self._lanes.foresee(_FORESEEN)
        )
        if not more:
            self._idle.stop()
            self._lanes.tidy(top - height, top + 2 * height)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        self._settle()
        super().paintEvent(event)
