"""The text of an article line by line, each as the type of block it is; keys change the type."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.core.model import BLOCK_TYPES, Block, BlockType
from annotator.core.text.blocks import filled_lines
from annotator.core.text.cleaning import counted
from annotator.core.text.direction import is_right_to_left
from annotator.ui.article.fonts import reading_family, reading_font
from annotator.ui.article.geometry.measures import PARAGRAPHS
from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.intake.listed import Index
from annotator.ui.look.letters import grown
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme

_MOST_LINES = 300
_LONGEST = 3000
"""How much of a text is drawn; the rest of it comes in all the same."""

_MARGIN, _GUTTER, _PIXELS = 14, 76, 15
_LINE = Qt.ItemDataRole.UserRole
_NO_INDEX = QModelIndex()
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


class Shown(NamedTuple):
    """A line; ``start`` is its position in the text, -1 of the note below the last line."""

    start: int
    text: str
    type: BlockType
    is_first: bool
    """Of its block, so that the type is said beside it."""


def shown_lines(text: str, blocks: tuple[Block, ...]) -> list[Shown]:
    """The first lines of a text with their types."""
    lines = filled_lines(text)
    made: list[Shown] = []
    number = 0
    for line in lines[:_MOST_LINES]:
        while number + 1 < len(blocks) and blocks[number].end <= line.start:
            number += 1
        type: BlockType = blocks[number].type if blocks else "body"
        cut = line.text[:_LONGEST] + ("…" if len(line.text) > _LONGEST else "")
        made.append(Shown(line.start, cut, type, not made or made[-1].type != type))
    if len(lines) > _MOST_LINES:
        more = f"… {counted(len(lines) - _MOST_LINES, 'more line')}"
        made.append(Shown(-1, more, "caption", False))
    return made


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Shown] = []

    def show(self, lines: list[Shown]) -> None:
        if [line.start for line in lines] == [line.start for line in self.lines]:
            self.lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    @guarded(default=0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @guarded(default=None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == _LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.type}: {line.text}"
        return None


class Lines(QListView):
    """Arrows walk line by line; B or 1 to 5 give the line another type."""

    typed = Signal(int, str)
    """The line at this position of the text shall be of this type of block."""
    entered = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self.painter = _Painter(theme, self)
        self.setModel(self._model)
        self.setItemDelegate(self.painter)
        self.setAccessibleName("Text with its blocks")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumHeight(grown(90))
        set_look(self, "paper")

    def show_text(self, text: str, blocks: tuple[Block, ...]) -> None:
        row = self.currentIndex().row()
        self._model.show(shown_lines(text, blocks))
        self.setCurrentIndex(self._model.index(max(0, min(row, self._model.rowCount() - 1))))

    def show_plain(self, lines: list[str]) -> None:
        """Lines that are no text, such as the titles of what comes in together."""
        self._model.show([Shown(-1, line, "body", False) for line in lines])

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in ENTER:
            self.entered.emit()
        elif key == Qt.Key.Key_Left:
            self.left.emit()
        elif key == Qt.Key.Key_B:
            self._next_type()
        elif event.text() in ("1", "2", "3", "4", "5"):
            self._type(BLOCK_TYPES[int(event.text()) - 1])
        elif event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # lines break elsewhere, so they are of other heights

    def _next_type(self) -> None:
        line = self.currentIndex().data(_LINE)
        if isinstance(line, Shown):
            self._type(BLOCK_TYPES[(BLOCK_TYPES.index(line.type) + 1) % len(BLOCK_TYPES)])

    def _type(self, type: BlockType) -> None:
        line = self.currentIndex().data(_LINE)
        if isinstance(line, Shown) and line.start >= 0:
            self.typed.emit(line.start, type)


class _Painter(QStyledItemDelegate):
    """Draws a line as its type is read, with the type in the margin where it changes."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view
        self._family = reading_family()

    def _font(self, type: BlockType) -> QFont:
        style = PARAGRAPHS[type]
        font = reading_font(self._family, grown(round(_PIXELS * min(style.size, 1.3))))
        font.setBold(style.bold)
        font.setItalic(style.italic)
        return font

    @guarded(default=QSize())
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(_LINE)
        assert isinstance(line, Shown)
        width = max(80, self._view.viewport().width() - 2 * _MARGIN - grown(_GUTTER))
        metrics = QFontMetrics(self._font(line.type))
        words = metrics.boundingRect(QRect(0, 0, width, 100_000), _WRAP, line.text)
        return QSize(0, words.height() + 10)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_LINE)
        assert isinstance(line, Shown)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("selection"))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 6, 6)
        inner = rect.adjusted(_MARGIN, 5, -_MARGIN, -5)
        if line.is_first:
            self._draw_type(painter, option, line, inner)
        painter.setFont(self._font(line.type))
        painter.setPen(self.theme.colour(PARAGRAPHS[line.type].role))
        if is_right_to_left(line.text):
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        # Left is where reading begins: on the right, where it goes to the left.
        painter.drawText(inner.adjusted(grown(_GUTTER), 0, 0, 0), _WRAP, line.text)
        painter.restore()

    def _draw_type(
        self, painter: QPainter, option: QStyleOptionViewItem, line: Shown, inner: QRect
    ) -> None:
        small = QFont(option.font)
        small.setPixelSize(grown(11))
        painter.setFont(small)
        painter.setPen(self.theme.colour("text_muted"))
        ascent = QFontMetrics(self._font(line.type)).ascent() - QFontMetrics(small).ascent()
        painter.drawText(inner.adjusted(0, ascent, 0, 0), 0, line.type)
