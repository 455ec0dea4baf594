"""The list of cards, in which the card at hand is a widget that stays where its row is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.style import set_look
from annotator.ui.panel.card import Card
from annotator.ui.panel.cards import CardPainter, Index, Statements, inner

_WALK = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_J: 1,
    Qt.Key.Key_K: -1,
    Qt.Key.Key_PageDown: 5,
    Qt.Key.Key_PageUp: -5,
    Qt.Key.Key_Home: -(1 << 30),
    Qt.Key.Key_End: 1 << 30,
}
_AT_ONCE = 24
"""Cards measured before the first of them are shown: two screens of them."""


class CardList(QListView):
    """Arrows take the statements in hand, Enter fills in, Z folds, / filters, Esc leaves."""

    walked = Signal(int)
    """So many cards on."""
    entered = Signal()
    fold = Signal()
    filter = Signal()
    left = Signal()
    narrowed = Signal()

    def __init__(self, statements: Statements, painter: CardPainter, parent: QWidget) -> None:
        super().__init__(parent)
        self._statements = statements
        self._painter = painter
        self.card: Card | None = None
        """The one at hand."""
        self.setAccessibleName("Statements")
        set_look(self, "cards")
        painter.widget = self._widget_of
        self.setModel(statements)
        self.setItemDelegate(painter)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_AT_ONCE)
        self.verticalScrollBar().valueChanged.connect(self.place)

    def set_card(self, card: Card | None) -> None:
        """Have this card in the list, at the row of its statement, in place of the last."""
        if self.card is not None and self.card is not card:
            self.card.hide()
        self.card = card
        if card is not None:
            card.show_ring(self.hasFocus())

    def card_row(self) -> int | None:
        return self._statements.row(self.card.statement.id) if self.card else None

    def place(self) -> None:
        """Put the card where its row is."""
        row = self.card_row()
        if self.card is None or row is None:
            return
        rect = inner(self.visualRect(self._statements.index(row)))
        if rect.width() > 0 and rect.height() > 0:
            self.card.setGeometry(rect)
            self.card.show()

    def _widget_of(self, index: Index) -> QWidget | None:
        card = self.card
        if card is None or self._statements.statement_at(index.row()) != card.statement.id:
            return None
        return card

    @guarded
    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.place()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _WALK:
            self.walked.emit(_WALK[key])
        elif key in ENTER:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().casefold() == "z":
            self.fold.emit()
        elif event.text() == "/":
            self.filter.emit()
        else:
            super().keyPressEvent(event)

    @guarded
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.card is not None:
            self.card.show_ring(True)

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.card is not None:
            self.card.show_ring(False)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.narrowed.emit()

    def row_at(self, index: QModelIndex) -> int | None:
        """The statement that was pressed."""
        return self._statements.statement_at(index.row()) if index.isValid() else None
