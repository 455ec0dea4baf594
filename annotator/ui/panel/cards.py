"""The statements of an article as a list of cards, in reading order."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.core.model import Id, Statement
from annotator.ui.guard import guarded
from annotator.ui.look.elide import elided_lines
from annotator.ui.look.theme import Theme
from annotator.ui.panel.fields import ASKED
from annotator.ui.panel.options import Known
from annotator.ui.panel.summary import Summary, summary

SUMMARY = Qt.ItemDataRole.UserRole
_MARGIN, _GAP, _PAD, _LEADING = 8, 4, 12, 4
_CLAIM_LINES, _SIDE_LINES = 2, 3
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class Statements(QAbstractListModel):
    """One row a statement; its :class:`Summary` is made when it is first looked at."""

    def __init__(
        self,
        known: Callable[[], Known | None],
        wanted: Callable[[], Callable[[Statement], bool] | None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        """``wanted`` gives what says which statements get a row, None when all of them do."""
        super().__init__(parent)
        self._known = known
        self._wanted = wanted
        self.folded = False
        """Whether cards say what they say in one line."""
        self._ids: list[Id] = []
        self._summaries: dict[Id, Summary] = {}
        self.heights: dict[Id, tuple[int, int]] = {}
        """The height of each card that was measured, and the width it was measured for."""

    def reload(self) -> None:
        """Read the page anew: order and words."""
        self.beginResetModel()
        self._ids = self._order()
        self._summaries = {}
        self.heights = {}
        self.endResetModel()

    def fold(self, folded: bool) -> None:
        """Have all cards say what they say in one line, or whole."""
        self.folded = folded
        self.heights = {}
        self.layoutChanged.emit()

    def _order(self) -> list[Id]:
        """The statements that get a row, in the order of the text."""
        known, wanted = self._known(), self._wanted()
        if known is None:
            return []
        return [s.id for s in known.page.in_order() if wanted is None or wanted(s)]

    def refresh(self, ids: set[Id]) -> None:
        """Say these statements anew, where they belong by now; the others stay as they are."""
        order = self._order()
        places = {id: order.index(id) for id in ids if id in order}
        for id in ids:
            self._summaries.pop(id, None)
            self.heights.pop(id, None)
            row = self.row(id)
            if row is not None and self._ids[row : row + 1] != order[row : row + 1]:
                self.beginRemoveRows(_NO_INDEX, row, row)
                del self._ids[row]
                self.endRemoveRows()
        for place, id in sorted((place, id) for id, place in places.items()):
            if self.row(id) is None:
                self.beginInsertRows(_NO_INDEX, place, place)
                self._ids.insert(place, id)
                self.endInsertRows()
            self.dataChanged.emit(self.index(place), self.index(place))

    def in_step(self) -> bool:
        """Whether the rows are the page's statements in their order."""
        return self._ids == self._order()

    def row(self, id: Id | None) -> int | None:
        return self._ids.index(id) if id in self._ids else None

    def statement_at(self, row: int) -> Id:
        return self._ids[row]

    @property
    def ids(self) -> list[Id]:
        """The statements that have a row, from the top."""
        return list(self._ids)

    @guarded(default=0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @guarded(default=None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == SUMMARY:
            return self.summary(self._ids[index.row()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self.summary(self._ids[index.row()])
            return said.as_text() if said else ""
        return None

    def summary(self, id: Id) -> Summary | None:
        known = self._known()
        statement: Statement | None = known.page.statements.get(id) if known else None
        if known is None or statement is None:
            return None
        if id not in self._summaries:
            self._summaries[id] = summary(known, statement)
        return self._summaries[id]


class CardPainter(QStyledItemDelegate):
    """Draws a card that is not at hand; the one at hand is a widget of its own."""

    def __init__(self, theme: Theme, statements: Statements, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._statements = statements
        self.widget: Callable[[Index], QWidget | None] = lambda _index: None

    @guarded(default=QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        assert isinstance(view, QAbstractItemView)
        width = view.viewport().width() - 2 * _MARGIN
        card = self.widget(index)
        if card is not None:
            return QSize(width, card.heightForWidth(width) + 2 * _GAP)
        return QSize(width, self._height(index.row(), option.font, width))

    def _height(self, row: int, font: QFont, width: int) -> int:
        """Of a card that is not at hand; measured once for each width."""
        id = self._statements.statement_at(row)
        known_width, height = self._statements.heights.get(id, (0, 0))
        if known_width != width:
            said = self._statements.summary(id)
            line = QFontMetrics(font).height() + _LEADING
            lines = len(self._lines(said, font, width - 2 * _PAD)) if said else 0
            height = lines * line + 2 * self._pad + 2 * _GAP
            self._statements.heights[id] = (width, height)
        return height

    @property
    def _pad(self) -> int:
        return _PAD // 2 if self._statements.folded else _PAD

    def _lines(self, said: Summary, font: QFont, width: int) -> list[tuple[str, QFont, str]]:
        return (_one_line if self._statements.folded else _lines)(said, font, width)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self.widget(index) is not None:
            return
        said = index.data(SUMMARY)
        if not isinstance(said, Summary):
            return
        rect = inner(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.colour("card_border"), 1))
        painter.setBrush(self.theme.colour("card"))
        painter.drawRoundedRect(rect, 8, 8)
        inside = rect.adjusted(_PAD, self._pad, -_PAD, -self._pad)
        line = QFontMetrics(option.font).height() + _LEADING
        for number, (text, font, role) in enumerate(self._lines(said, option.font, inside.width())):
            painter.setFont(font)
            painter.setPen(self.theme.colour(role))
            painter.drawText(
                QRect(inside.left(), inside.top() + number * line, inside.width(), line), 0, text
            )
        painter.restore()


def inner(rect: QRect) -> QRect:
    """A card in its row."""
    return rect.adjusted(_MARGIN, _GAP, -_MARGIN, -_GAP)


def _lines(said: Summary, font: QFont, width: int) -> list[tuple[str, QFont, str]]:
    """The lines of a card, each with its font and colour role."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    who = "  ".join(filter(None, (said.who, said.words)))
    parts = [
        (who, bold, "heading", 1),
        (said.what, font, "text", _CLAIM_LINES),
        *((side, font, "text", _SIDE_LINES) for side in said.sides),
        (" · ".join(said.notes), font, "text_muted", 1),
        (" · ".join(said.missing), font, "missing", 1),
        (ASKED if said.asked else "", font, "warning", 1),
    ]
    return [
        (line, shape, role)
        for text, shape, role, most in parts
        for line in elided_lines(text, shape, width, most)
    ]


def _one_line(said: Summary, font: QFont, width: int) -> list[tuple[str, QFont, str]]:
    """A folded card: who and what; its colour says that something is missing or asked."""
    who = said.who or said.words
    what = said.what or ", ".join(said.sides)
    text = ": ".join(filter(None, (who, what))) or " · ".join(said.missing)
    role = "warning" if said.asked else "missing" if said.missing else "text"
    sign = "? " if said.asked else "… " if said.missing else ""
    return [(line, font, role) for line in elided_lines(sign + text, font, width, 1)]
