"""The document layout of the article view: lays out only what is asked for, and draws it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QPainterPath,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFrame,
)

from annotator.ui.article import fonts
from annotator.ui.article.flow import Flow, caret_at
from annotator.ui.article.geometry.drawn import Drawn, Highlight, KindStyle
from annotator.ui.article.geometry.heights import Heights
from annotator.ui.article.geometry.measures import PARAGRAPHS, Measures, Reading
from annotator.ui.article.geometry.rail import Rail, rail_of
from annotator.ui.article.hits import Hits, hit_ranges
from annotator.ui.article.inks import Colours, Inks
from annotator.ui.article.page import Page
from annotator.ui.article.paint import Brushwork, selections, within
from annotator.ui.article.typesetting import Typesetter
from annotator.ui.guard import guarded

_Point = QPointF | QPoint | QPainterPath.Element
_KEPT = 240
"""Laid-out paragraphs kept at most when tidying up."""


class LaneLayout(QAbstractTextDocumentLayout):
    """Lays out and draws the document's paragraphs with their marks.

    y is in the document's pixels. Heights of paragraphs not laid out yet are estimated. When
    one turns out otherwise, ``resized`` is called with the pixels by which everything from
    paragraph ``anchor`` on has moved, so that a view can keep it where it is on the screen.
    """

    def __init__(
        self, document: QTextDocument, kinds: Mapping[str, KindStyle], colours: Colours, zoom: int
    ) -> None:
        super().__init__(document)
        self.page = Page()
        self.hits = Hits()
        self.anchor = 0
        self.resized: Callable[[int], None] = lambda _shift: self.announce()
        self.reach: Callable[[int], None] = lambda _number: None
        """Asked to see to it that the document has a paragraph, before it is laid out."""
        self.flows: dict[int, Flow] = {}
        self.viewport_width = 0
        self.asleep = False
        """Paragraphs have no size, as far as Qt is told; for while the text is exchanged."""
        self._kinds = kinds
        self._colours = colours
        self._family = fonts.reading_family()
        self._reading = Reading()
        self._heights = Heights([0])
        self._shift = 0
        self._grown = False
        self._drawing = False
        self._hovered: int | None = None
        self.set_zoom(zoom)

    # -- what to show

    def load(self, page: Page) -> None:
        """Show another article. Call before giving the document its text."""
        self.page = page
        self.hits = Hits()
        self.anchor = 0
        self._hovered = None
        if bool(page.layers) != self.measures.badges:
            self.set_zoom(self._zoom)
        else:
            self.start_over()

    def set_zoom(self, zoom: int, reading: Reading | None = None) -> None:
        """Set everything ``zoom`` percent of its size, with other line lengths if given."""
        self._zoom, self._reading = zoom, reading or self._reading
        body = fonts.reading_font(self._family, Measures(zoom, 1).em)
        character, badges = fonts.mean_character(body), bool(self.page.layers)
        self.measures = Measures(zoom, character, self._reading, badges)
        self._fonts = fonts.paragraph_fonts(body, self.measures)
        self._inks = Inks(self._kinds, self._colours, self.measures)
        self.start_over()
        self.document().setDefaultFont(body)

    def set_look(self, kinds: Mapping[str, KindStyle], colours: Colours) -> None:
        """Draw with other styles or colours; nothing moves."""
        self._kinds, self._colours = kinds, colours
        self._inks = Inks(kinds, colours, self.measures)
        self.forget_shapes()

    def set_highlight(self, highlight: Highlight) -> None:
        """Say what is at hand."""
        self.page.highlight = highlight
        self.forget_shapes()

    def forget_shapes(self) -> None:
        for flow in self.flows.values():
            flow.bands.clear()
        self._brushwork = Brushwork(
            self.measures,
            self.column,
            self._inks,
            self.page.highlight,
            fonts.chip_font(self.measures),
            self._rail(),
            self._hovered,
        )

    def _rail(self) -> Rail | None:
        together = self.page.highlight.statement
        return rail_of(mark for id in together if (mark := self.page.index.get(id)))

    def set_hovered(self, mark: int | None) -> list[QRectF]:
        """Say which mark the mouse is on; returns what to repaint."""
        both = [
            found
            for id in (self._hovered, mark)
            if id is not None and (found := self.page.index.get(id))
        ]
        self._hovered = self._brushwork.hovered = mark
        dirty = [flow for flow, _ in self._laid_out(both)]
        for flow in dirty:
            flow.bands.clear()
        return [
            QRectF(0, self.top_of(flow.number), self.viewport_width, flow.height) for flow in dirty
        ]

    def start_over(self) -> None:
        """Forget all that was laid out: the text, its width or its size is another one."""
        for flow in self.flows.values():
            flow.free()
        self.flows = {}
        self.column = self.measures.column(self.viewport_width or 800)
        self._setter = Typesetter(
            self.document(), self.page, self.measures, self.column, self._fonts
        )
        self._heights = Heights(self._setter.estimates())
        self._foreseen = 0
        self._shift, self._grown = 0, False
        self.forget_shapes()

    # -- laying out

    def flow(self, number: int) -> Flow:
        """A paragraph, laid out now if it was not."""
        flow = self.flows.get(number)
        if flow is None:
            flow = self._set(number)
            self._tell()
        return flow

    def _set(self, number: int) -> Flow:
        self.reach(number)
        flow = self.flows[number] = self._setter.set(number)
        self._set_height(number, flow.height)
        return flow

    def lay_out(self, top: float, bottom: float) -> None:
        """Lay out all paragraphs between two heights."""
        first = number = self.paragraph_at(top)
        y = self.top_of(first)
        while y < bottom and number < len(self._heights):
            if number not in self.flows:
                self._set(number)
            y += self._heights[number]
            number += 1
        self._tell()

    def _set_height(self, number: int, height: int) -> None:
        grown = self._heights.set(number, height)
        if grown:
            self._grown = True
            if number < self.anchor:
                self._shift += grown

    def _tell(self) -> None:
        """Say that the height has changed, but never while somebody is drawing."""
        if self._grown and not self._drawing:
            shift, self._shift, self._grown = self._shift, 0, False
            self.resized(shift)

    def announce(self) -> None:
        """Tell Qt how large the document is."""
        self.documentSizeChanged.emit(self.documentSize())

    # -- changing marks

    def change(self, anew: Mapping[int, Drawn | None]) -> list[QRectF]:
        """Show marks anew, as they are now or no longer; returns what to repaint.

        Only paragraphs that are laid out are touched, each once; the others will look when they are.
        """
        index, touched, moved = self.page.index, list[Drawn](), list[Drawn]()
        for mark, new in anew.items():
            old = index.drop(mark)
            if new is not None:
                index.put(new)
            moved += self.page.columns.change(old, new)
            touched += [one for one in (old, new) if one is not None]
        dirty = [self._refill(flow, marks) for flow, marks in self._laid_out(touched)]
        dirty += [self._move_brackets(flow) for flow, _ in self._laid_out(moved)]
        if touched and not self.page.highlight.statement.isdisjoint(anew):
            self.forget_shapes()
            right = self.column.left + self.column.width
            dirty.append(QRectF(right, 0, self.viewport_width, self.documentSize().height()))
        self._tell()
        return dirty

    def _laid_out(self, marks: Iterable[Drawn]) -> list[tuple[Flow, list[Drawn]]]:
        """The paragraphs laid out that have one of the marks, each with those."""
        found: dict[int, list[Drawn]] = {}
        for mark in marks:
            for number in filter(self.flows.__contains__, self.page.index.paragraphs(mark)):
                found.setdefault(number, []).append(mark)
        return [(self.flows[number], found[number]) for number in sorted(found)]

    def _move_brackets(self, flow: Flow) -> QRectF:
        """Give a paragraph its brackets anew; returns what to repaint."""
        self._setter.set_brackets(flow)
        flow.bands.clear()
        return QRectF(0, self.top_of(flow.number), self.column.left, flow.height)

    def _refill(self, flow: Flow, marks: Sequence[Drawn]) -> QRectF:
        """Put a paragraph's marks anew on the lines that these are on; returns what to repaint."""
        lines = flow.lines
        numbers = flow.lines_under(marks)
        here = [m for m in self.page.index.in_paragraph(flow.number) if m.fragments]
        flow.fill(here, numbers)
        crosses = any(len(self.page.index.paragraphs(mark)) > 1 for mark in marks)
        if crosses or numbers[0] < numbers[-1]:
            self._setter.set_brackets(flow)
        height = flow.height
        flow.set_lines(self.measures)
        self._set_height(flow.number, flow.height)
        top, whole = self.top_of(flow.number), crosses or numbers[0] == 0
        first = 0 if whole else lines[numbers[0]].top
        last = lines[-1] if crosses else lines[numbers[-1]]
        bottom = flow.height if crosses else last.top + last.height + self.measures.lane
        if flow.height != height:
            bottom = int(self.documentSize().height())
        return QRectF(0, top + first, self.viewport_width, bottom - first)

    # -- asking

    def top_of(self, number: int) -> int:
        """Where a paragraph starts."""
        return self.measures.above + self._heights.top(number)

    def paragraph_at(self, y: float) -> int:
        """The paragraph at a height, the nearest if there is none."""
        return self._heights.find(y - self.measures.above)

    @guarded(default=-1)
    def hitTest(self, point: _Point, accuracy: Qt.HitTestAccuracy) -> int:
        point = QPointF(point)  # type: ignore[arg-type]
        number = self.paragraph_at(point.y())
        flow = self.flow(number)
        y = point.y() - self.top_of(number)
        line_number = flow.line_at(y)
        line = flow.lines[line_number]
        if accuracy == Qt.HitTestAccuracy.ExactHit and not (
            line.left <= point.x() <= line.right and 0 <= y - line.top <= line.height
        ):
            return -1
        block = self.document().findBlockByNumber(number)
        return block.position() + caret_at(flow, line_number, point.x())

    # -- what Qt asks

    @guarded(default=1)
    def pageCount(self) -> int:
        return 1

    @guarded(default=QSizeF())
    def documentSize(self) -> QSizeF:
        height = self.measures.above + self._heights.total + self.measures.below
        return QSizeF(self.viewport_width, height)

    @guarded(default=QRectF())
    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        return QRectF(QPointF(0, 0), self.documentSize())

    @guarded(default=QRectF())
    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        number = block.blockNumber()
        if self.asleep or not 0 <= number < len(self._heights):
            return QRectF()
        height = self.flow(number).height
        return QRectF(0, self.top_of(number), self.viewport_width, height)

    @guarded
    def documentChanged(self, start: int, removed: int, added: int) -> None:
        # Also called for a new page size and a new font; the text itself is set once, by load.
        if self.asleep:
            return
        width = max(0, int(self.document().pageSize().width()))
        if width != self.viewport_width:
            self.viewport_width = width
            self.start_over()
        self.announce()

    # -- drawing

    @guarded
    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        self._drawing = True
        painter.save()
        try:
            self._draw(painter, context)
        finally:
            painter.restore()
            self._drawing = False

    def _draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        clip: QRectF = context.clip
        if clip.isNull():
            clip = QRectF(QPointF(0, 0), self.documentSize())
        chosen = selections(context)
        caret: int = context.cursorPosition
        number = self.paragraph_at(clip.top())
        y = self.top_of(number)
        while y < clip.bottom() and number < len(self._heights):
            flow = self.flow(number)
            self._draw_paragraph(painter, flow, y, clip, chosen, caret)
            y += flow.height
            number += 1

    def _draw_paragraph(
        self,
        painter: QPainter,
        flow: Flow,
        y: int,
        clip: QRectF,
        chosen: list[tuple[int, int, QTextCharFormat]],
        caret: int,
    ) -> None:
        first, last = flow.line_at(clip.top() - y), flow.line_at(clip.bottom() - y)
        painter.translate(0, y)
        self._brushwork.draw_marks(painter, flow, first, last)
        painter.translate(0, -y)
        # Qt's accessibility asks the text layout itself where it stands.
        block = self.document().findBlockByNumber(flow.number)
        text_layout, origin, text = block.layout(), QPointF(0, 0), self._inks.text
        text_layout.setPosition(QPointF(0, y))
        ranges = [r for start, end, look in chosen if (r := within(block, start, end, look))]
        if self.hits.places:
            hit, current = text("search_hit"), text("search_hit_current")
            ranges = hit_ranges(self.hits, flow, first, last, hit, current) + ranges
        painter.setPen(text(PARAGRAPHS[self.page.type_of(flow.number)].role))
        text_layout.draw(painter, origin, ranges, clip)
        if block.contains(caret):
            place = caret - block.position()
            text_layout.drawCursor(painter, origin, place, self.measures.width(2))

    # -- housekeeping

    def prepare(self, top: float, bottom: float) -> bool:
        """Lay out one more paragraph between two heights, or make ready what is drawn on some of
        its lines; True while there may be more."""
        number = self.paragraph_at(top)
        y = self.top_of(number)
        while y < bottom and number < len(self._heights):
            flow = self.flows.get(number)
            if flow is None:
                self.flow(number)
                return True
            if self._brushwork.prepare(flow, flow.line_at(top - y), flow.line_at(bottom - y)):
                return True
            y += self._heights[number]
            number += 1
        return False

    def foresee(self, count: int) -> bool:
        """Estimate the heights of ``count`` more paragraphs by their marks; True while there are
        others. Best before many have been seen and forgotten again."""
        end = min(self._foreseen + count, len(self._heights))
        for number in range(self._foreseen, end):
            if number not in self.flows:
                self._set_height(number, self._setter.estimate(number))
        self._foreseen = end
        self._tell()
        return end < len(self._heights)

    def tidy(self, top: float, bottom: float) -> None:
        """Drop paragraphs laid out far from those between two heights, when there are many."""
        if len(self.flows) <= _KEPT:
            return
        first, last = self.paragraph_at(top), self.paragraph_at(bottom)
        middle = (first + last) // 2
        by_distance = sorted(self.flows, key=lambda number: abs(number - middle))
        for number in by_distance[max(_KEPT // 2, last - first + 1) :]:
            self.flows.pop(number).free()
