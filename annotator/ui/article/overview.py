"""The strip beside the scroll bar: the whole article at a glance, and a way to any place in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.core.text.offsets import Offsets
from annotator.ui.article.geometry.bins import Bins, Place, near, runs
from annotator.ui.article.geometry.drawn import Drawn, KindStyle
from annotator.ui.article.inks import Colours
from annotator.ui.guard import guarded
from annotator.ui.look.plain import tip

_LANES, _LANE, _GAP = 6, 3, 3
_MISSING = 4
"""How wide unfinished statements are drawn."""
_WIDTH = _GAP + _LANES * _LANE + _GAP + _MISSING + _GAP
_SLICE = 2000
"""Things filed at a time while idle: about two milliseconds."""


class Overview(QWidget):
    """Marks in their kinds' colours, unfinished statements, search hits, and what is seen now."""

    go_to = Signal(int)
    """The offset the analyst pointed at."""

    def __init__(
        self, colours: Colours, visible: Callable[[], tuple[int, int]], parent: QWidget
    ) -> None:
        """``visible`` says from where to where the text can be seen."""
        super().__init__(parent)
        self._colours = colours
        self._visible = visible
        self._kinds: Mapping[str, KindStyle] = {}
        self._bins = Bins()
        self._pixmap: QPixmap | None = None
        self._is_needed = True
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._work)
        self.setFixedWidth(_WIDTH)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Overview of the article")

    # -- what to show

    def show_article(
        self, length: int, marks: Sequence[Drawn], statements: Sequence[int], place: Place
    ) -> None:
        """Another article: its marks, and its unfinished statements with where they stand."""
        self._bins = Bins(length, marks, statements, place)
        self._idle.start()
        self._redraw()

    def update_marks(self, changed: Iterable[Drawn], removed: Iterable[int] = ()) -> None:
        """Take over what a revision has touched."""
        for id in removed:
            self._bins.drop(id)
        for mark in changed:
            self._bins.put(mark)
        self._redraw()

    def update_statements(self, ids: Iterable[int]) -> None:
        """Look anew where these statements stand and whether they are finished."""
        for id in ids:
            self._bins.place(id)
        self._redraw()

    def show_hits(self, places: Iterable[Offsets]) -> None:
        self._bins.set_hits(places)
        self._redraw()

    def set_styles(self, kinds: Mapping[str, KindStyle]) -> None:
        self._kinds = dict(kinds)
        self._redraw()

    def set_theme(self, colours: Colours) -> None:
        self._colours = colours
        self._redraw()

    def show_marks(self, on: bool) -> None:
        """Whether the article needs an overview; without one there is only paper."""
        self._is_needed = on
        self.setCursor(Qt.CursorShape.PointingHandCursor if on else Qt.CursorShape.ArrowCursor)
        self.update()

    def _redraw(self) -> None:
        self._pixmap = None
        self.update()

    def _work(self) -> None:
        if not self._bins.advance(_SLICE):
            self._idle.stop()
            self._redraw()

    # -- drawing

    @guarded(default=QSize(_WIDTH, 100))
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 100)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pixmap = None
        super().resizeEvent(event)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_needed:
            QPainter(self).fillRect(self.rect(), self._colours.colour("paper"))
            return
        if self._pixmap is None:
            self._pixmap = self._drawn()
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), self._colours.colour("overview"))
            painter.fillRect(self._window(), self._colours.colour("overview_view"))
            painter.drawPixmap(0, 0, self._pixmap)
            painter.setPen(QPen(self._colours.colour("overview_border"), 1))
            painter.drawLine(0, 0, 0, self.height())
        finally:
            painter.end()

    def _window(self) -> QRectF:
        """Where the part of the text is that can be seen."""
        start, end = self._visible()
        scale = self.height() / self._bins.length
        return QRectF(0, start * scale, self.width(), max(4.0, (end - start) * scale))

    def _drawn(self) -> QPixmap:
        """Everything but the visible part."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        try:
            self._bars(painter, self._bins.hits(), "search_hit_current", 1, _WIDTH)
            for number, (kind, style) in enumerate(self._kinds.items()):
                left = _GAP + number % _LANES * _LANE
                self._bars(painter, self._bins.marks(kind), style.colour, left, _LANE - 1)
            right = _WIDTH - _GAP - _MISSING
            self._bars(painter, self._bins.unfinished(), "missing", right, _MISSING)
        finally:
            painter.end()
        return pixmap

    def _bars(
        self, painter: QPainter, counts: Sequence[int], role: str, left: int, width: int
    ) -> None:
        colour = self._colours.colour(role)
        for top, rows in runs(counts, self.height()):
            painter.fillRect(left, top, width, rows, colour)

    # -- pointing

    def offset_at(self, y: float) -> int:
        """The offset a row stands for."""
        share = max(0.0, min(y / max(1, self.height()), 1.0))
        return int(share * (self._bins.length - 1))

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.go_to.emit(self.offset_at(event.position().y()))

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.go_to.emit(self.offset_at(event.position().y()))

    @guarded(default=False)
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip(self.said_at(event.pos().y())), self)
            return True
        return bool(super().event(event))

    def said_at(self, row: int) -> str:
        """What there is about a row, in words."""
        height = self.height()

        def count(counts: Sequence[int]) -> int:
            return near(counts, row, height)

        said = [
            f"{number} × {style.name}"
            for kind, style in self._kinds.items()
            if (number := count(self._bins.marks(kind)))
        ]
        if number := count(self._bins.unfinished()):
            said.append(f"{number} unfinished statement{'s' if number > 1 else ''}")
        if count(self._bins.hits()):
            said.append("search hits")
        return "\n".join(said)
