"""How a row of the list is drawn: article, hit, heading, and that there is more."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.store.finding.listing import Stage
from annotator.store.finding.search import Hit, Snippet
from annotator.ui.articles.model import ROW, WHERE, Line, Shown
from annotator.ui.articles.rows import Header, More
from annotator.ui.guard import guarded
from annotator.ui.look.elide import draw_cut, elided_lines
from annotator.ui.look.ground import paint_ground, row_box
from annotator.ui.look.theme import Theme
from annotator.ui.panel.cards import Index

_SIDE, _ABOVE, _LEADING = 12, 9, 3
_SIGN, _SIGN_ROOM = 9, 18
_SNIPPET_LINES = 2
_ROUND = 6
_MORE = " …"


class Painter(QStyledItemDelegate):
    """Draws rows in the colours of a theme."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    @guarded(default=QSize(0, 40))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._height(option, index.data(ROW)))

    def _height(self, option: QStyleOptionViewItem, shown: Shown | None) -> int:
        line = QFontMetrics(option.font).height() + _LEADING
        match shown:
            case Header():
                return line + 2 * _ABOVE
            case Line() if shown.hit is not None:
                words = self._document(option, shown.hit.snippet, _room(option))
                above = len(_titles(shown, option)) + 1
                return above * line + _height(words, _SNIPPET_LINES) + _LEADING + 2 * _ABOVE
            case Line():
                return _line_count(shown, option) * line + 2 * _ABOVE
            case Hit():
                return 2 * line + 2 * _ABOVE
            case _:
                return line + 2 * _ABOVE

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = index.data(ROW)
        painter.save()
        rect: QRect = option.rect
        self._paint_ground(painter, option, isinstance(shown, Line) and shown.is_open)
        inner = rect.adjusted(_SIDE, _ABOVE, -_SIDE, -_ABOVE)
        match shown:
            case Header():
                self._paint_header(painter, option, inner, shown)
            case More():
                self._text(painter, option, inner, shown.text, "accent")
            case Hit():
                self._paint_actor(painter, option, inner, shown)
            case Line():
                self._paint_line(painter, option, inner, shown)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, is_open: bool) -> None:
        paint_ground(painter, self.theme, option)
        rect = QRectF(row_box(option.rect))
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.colour("focus_ring"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), _ROUND, _ROUND)
            painter.setPen(Qt.PenStyle.NoPen)
        if is_open:
            painter.setBrush(self.theme.colour("accent"))
            painter.drawRoundedRect(
                QRectF(rect.left(), rect.top() + 6, 3, rect.height() - 12), 1, 1
            )

    def _paint_header(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, header: Header
    ) -> None:
        painter.setPen(self.theme.colour("border"))
        painter.drawLine(inner.left(), inner.top() - 5, inner.right(), inner.top() - 5)
        metrics = QFontMetrics(option.font)
        width = metrics.horizontalAdvance(header.count)
        named = QRect(inner.left(), inner.top(), inner.width() - width - 8, inner.height())
        self._text(painter, option, named, header.text, "heading", bold=True)
        counted = QRect(inner.right() - width, inner.top(), width + 1, inner.height())
        self._text(painter, option, counted, header.count, "text_muted")

    def _paint_actor(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, hit: Hit
    ) -> None:
        line = QFontMetrics(option.font).height() + _LEADING
        self._paint_snippet(
            painter, option, QRect(inner.left(), inner.top(), inner.width(), line), hit.snippet
        )
        below = inner.adjusted(0, line, 0, 0)
        self._text(painter, option, below, "Enter lists the articles", "text_muted")

    def _paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, shown: Line
    ) -> None:
        line = QFontMetrics(option.font).height() + _LEADING
        room = inner.adjusted(_SIGN_ROOM, 0, 0, 0)
        middle = QPointF(inner.left() + _SIGN / 2 + 1, inner.top() + line / 2 - 1)
        self._paint_sign(painter, option, middle, shown.sign)
        titles = _titles(shown, option)
        for number, title in enumerate(titles):
            self._text(painter, option, _row(room, number, line), title, "text", bold=True)
        below = len(titles)
        if shown.hit is not None:
            place = room.adjusted(0, below * line, 0, -line)
            self._paint_snippet(painter, option, place, shown.hit.snippet)
            about = " · ".join(filter(None, (shown.about, WHERE[shown.hit.where])))
            last = QRect(room.left(), room.bottom() - line + 1, room.width(), line)
            self._text(painter, option, last, about, "text_muted")
            return
        if shown.about:
            self._text(painter, option, _row(room, below, line), shown.about, "text_muted")
            below += 1
        self._paint_progress(painter, option, _row(room, below, line), shown)

    def _paint_progress(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, shown: Line
    ) -> None:
        metrics = QFontMetrics(option.font)
        for number, (said, role) in enumerate(shown.progress):
            whole = f" · {said}" if number else said
            words = _as_fits(whole, place.width(), metrics)
            self._text(painter, option, place, words, role)
            if words != whole:
                return
            place = place.adjusted(metrics.horizontalAdvance(words), 0, 0, 0)

    def _paint_sign(
        self, painter: QPainter, option: QStyleOptionViewItem, middle: QPointF, stage: Stage
    ) -> None:
        """An empty ring for new, half a disc for in progress, a tick for done."""
        role = {"done": "success", "reopened": "warning", "in progress": "accent"}.get(
            stage, "icon"
        )
        colour = self._colour(option, role)
        box = QRectF(0, 0, _SIGN, _SIGN)
        box.moveCenter(middle)
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if stage == "done":
            painter.setPen(QPen(colour, 2))
            corner = QPointF(box.left() + 3.4, box.bottom() - 0.8)
            painter.drawLine(QPointF(box.left(), box.center().y() + 0.6), corner)
            painter.drawLine(corner, QPointF(box.right() + 0.6, box.top() + 0.8))
            return
        painter.drawEllipse(box)
        if stage != "new":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPie(box, 90 * 16, 180 * 16)

    def _paint_snippet(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, snippet: Snippet
    ) -> None:
        """The words of a hit, those that were looked for marked; as many lines as fit."""
        document = self._document(option, snippet, place.width())
        lines = min(_SNIPPET_LINES, place.height() // QFontMetrics(option.font).height())
        painter.save()
        painter.setClipRect(place.left(), place.top(), place.width(), _height(document, lines))
        painter.translate(place.topLeft())
        document.drawContents(painter)
        painter.restore()

    def _document(
        self, option: QStyleOptionViewItem, snippet: Snippet, width: int
    ) -> QTextDocument:
        inks = (self._colour(option, "text"), self.theme.colour("search_hit"))
        names = (ink.name() for ink in (*inks, self.theme.colour("text")))
        return _document(snippet, option.font.toString(), width, *names)

    def _text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        place: QRect,
        said: str,
        role: str,
        *,
        bold: bool = False,
    ) -> None:
        font = _bold(option.font) if bold else option.font
        painter.setFont(font)
        painter.setPen(self._colour(option, role))
        draw_cut(painter, place, said)

    def _colour(self, option: QStyleOptionViewItem, role: str) -> QColor:
        return self.theme.colour("selection_text" if _is_chosen(option) else role)


def _as_fits(words: str, room: int, metrics: QFontMetrics) -> str:
    """As much of it as has room. Where that were only a dot, or a part of a number, it is said
    that there is more, and nothing of it."""
    short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    if short == words or any(map(str.isalpha, short)):
        return short
    return _MORE if metrics.horizontalAdvance(_MORE) <= room else ""


def _is_chosen(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _row(room: QRect, number: int, line: int) -> QRect:
    return QRect(room.left(), room.top() + number * line, room.width(), line)


def _room(option: QStyleOptionViewItem) -> int:
    """Pixels across for the words of an article."""
    width: int = option.rect.width() - 2 * _SIDE - _SIGN_ROOM
    return width


def _titles(shown: Line, option: QStyleOptionViewItem) -> list[str]:
    most = 1 if shown.hit is not None else 2
    return elided_lines(shown.entry.title, _bold(option.font), _room(option), most) or [""]


def _line_count(shown: Line, option: QStyleOptionViewItem) -> int:
    """Of one that is no hit."""
    return len(_titles(shown, option)) + bool(shown.about) + bool(shown.progress)


def _height(document: QTextDocument, lines: int) -> int:
    """Of so many lines, as far as there are any, so that the next is not cut through."""
    layout = document.firstBlock().layout()
    document.documentLayout().documentSize()  # which lays it out
    shown = range(min(lines, layout.lineCount()))
    return round(sum(layout.lineAt(number).height() for number in shown))


@lru_cache(maxsize=256)
def _document(
    snippet: Snippet, font: str, width: int, text: str, marked: str, ink: str
) -> QTextDocument:
    """A snippet laid out; Qt orders what is written from right to left."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    used = QFont()
    used.fromString(font)
    document.setDefaultFont(used)
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(wrap)
    document.setTextWidth(width)
    plain, found = QTextCharFormat(), QTextCharFormat()
    plain.setForeground(QColor(text))
    found.setForeground(QColor(ink))
    found.setBackground(QColor(marked))
    cursor = QTextCursor(document)
    at = 0
    for start, end in snippet.hits:
        cursor.insertText(snippet.text[at:start], plain)
        cursor.insertText(snippet.text[start:end], found)
        at = end
    cursor.insertText(snippet.text[at:], plain)
    return document
