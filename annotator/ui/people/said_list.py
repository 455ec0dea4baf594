"""The list of what an actor says: rows are read when they are first painted."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.core.model import Id
from annotator.store.people import Spoken
from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.elide import draw_cut, elided_lines
from annotator.ui.look.theme import Theme
from annotator.ui.panel.cards import Index
from annotator.ui.people.layers import EACH
from annotator.ui.people.paged import Paged
from annotator.ui.people.said import Grouping, Heading, Row, Said, Side, heading_text, rows, said
from annotator.workspace import Workspace

ROW = Qt.ItemDataRole.UserRole
_PAD, _LEADING, _GAP = 10, 3, 14
_CLAIM_LINES = 2


class SaidModel(Paged[Row]):
    """Headings, and below them statements."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._said: dict[Id, Said] = {}
        self.grouping: Grouping = "article"
        self.layer: Id = EACH
        """Of which statements are listed."""
        self.numbers: Counter[Id] = Counter()
        """How many statements there are in each layer."""
        self.number = 0
        """How many are listed."""

    def show_actor(self, actor: Id | None) -> None:
        """List what an actor says in the layer; None empties the list."""
        spoken = self._workspace.people.statements(actor) if actor is not None else []
        self.numbers = Counter(one.layer for one in spoken)
        spoken = [one for one in spoken if self.layer in (EACH, one.layer)]
        self.number = len(spoken)
        self._said = {}
        self.put_rows(rows(self._workspace, spoken, self.grouping))

    def spoken_at(self, row: int) -> Spoken | None:
        """The statement in a row; None for a heading."""
        found = self.row_at(row)
        return found if isinstance(found, Spoken) else None

    def row(self, statement: Id | None) -> int | None:
        """The first row of a statement."""
        places = (n for n, r in enumerate(self._rows) if isinstance(r, Spoken))
        if statement is None:
            return next(places, None)
        for n, found in enumerate(self._rows):
            if isinstance(found, Spoken) and found.statement == statement:
                return n
        return next(places, None)

    def said(self, one: Spoken) -> Said:
        if one.statement not in self._said:
            self._said[one.statement] = said(self._workspace, one, self.grouping)
        return self._said[one.statement]

    @guarded(default=Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.row_at(index.row()), Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @guarded(default=None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        if isinstance(row, Heading):
            return heading_text(row)
        told = self.said(row)
        return "; ".join((told.claim, *(side.text for side in told.sides), told.where))


class SaidPainter(QStyledItemDelegate):
    """Draws headings, and statements with their sides in the colours of stances."""

    def __init__(self, theme: Theme, model: SaidModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._model = model

    @guarded(default=QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(option.font).height() + _LEADING
        if isinstance(self._model.row_at(index.row()), Heading):
            return QSize(0, line + _GAP)
        lines = _CLAIM_LINES + (2 if self._model.grouping == "issue" else 1)
        return QSize(0, lines * line + _PAD + 2)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row_at(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            self._heading(painter, option, row)
        elif row is not None:
            self._statement(painter, option, self._model.said(row))
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, row: Heading) -> None:
        font = _bold(option.font)
        metrics = QFontMetrics(font)
        inner = option.rect.adjusted(_PAD, _GAP - 6, -_PAD, 0)
        number = str(row.number)
        painter.setFont(font)
        painter.setPen(self.theme.colour("heading"))
        room = inner.width() - metrics.horizontalAdvance(number) - 2 * _PAD
        draw_cut(painter, inner.adjusted(0, 0, room - inner.width(), 0), row.text)
        painter.setPen(self.theme.colour("text_muted"))
        painter.setFont(option.font)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight, number)

    def _statement(self, painter: QPainter, option: QStyleOptionViewItem, told: Said) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        box = option.rect.adjusted(4, 2, -4, -2)
        painter.setPen(self.theme.colour("selection" if selected else "card_border"))
        painter.setBrush(self.theme.colour("selection" if selected else "card"))
        painter.drawRoundedRect(box, 6, 6)
        metrics = QFontMetrics(option.font)
        line = metrics.height() + _LEADING
        inner = box.adjusted(_PAD, 0, -_PAD, 0)
        claim = elided_lines(told.claim, option.font, inner.width(), _CLAIM_LINES)
        used = (len(claim) + bool(told.sides) + bool(told.where)) * line
        inner.translate(0, max(2, (box.height() - used) // 2))
        inner.setHeight(line)
        painter.setFont(option.font)
        painter.setPen(self._ink("text", selected))
        for text in claim:
            draw_cut(painter, inner, text)
            inner.translate(0, line)
        if told.sides:
            self._sides(painter, metrics, QRect(inner), told.sides, selected)
            inner.translate(0, line)
        painter.setPen(self._ink("text_muted", selected))
        draw_cut(painter, inner, told.where)

    def _sides(
        self,
        painter: QPainter,
        metrics: QFontMetrics,
        place: QRect,
        sides: tuple[Side, ...],
        selected: bool,
    ) -> None:
        for side in sides:
            painter.setPen(self._ink(_stance_role(side.stance), selected))
            text = metrics.elidedText(side.text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, 0, text)
            place.setLeft(place.left() + metrics.horizontalAdvance(text) + 2 * _PAD)
            if place.width() < 4 * _PAD:
                return

    def _ink(self, role: str, selected: bool) -> object:
        return self.theme.colour("selection_text" if selected else role)


def _stance_role(stance: int | None) -> str:
    if stance is None:
        return "missing"
    return "stance_for" if stance > 0 else "stance_against" if stance < 0 else "stance_between"


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


class SaidList(QListView):
    """What an actor says; Enter or a click takes the statement in hand."""

    taken = Signal(object)
    """The :class:`Spoken` to go to."""

    def __init__(self, workspace: Workspace, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.said = SaidModel(workspace, self)
        self.painter_ = SaidPainter(theme, self.said, self)
        self.setAccessibleName("What they say")
        self.setModel(self.said)
        self.setItemDelegate(self.painter_)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(lambda index: self._take(index.row()))

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._take(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _take(self, row: int) -> None:
        spoken = self.said.spoken_at(row)
        if spoken is not None:
            self.taken.emit(spoken)
