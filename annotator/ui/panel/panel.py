"""The tag panel: the article's statements, the one at hand open for filling in."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QListView, QStackedLayout, QVBoxLayout, QWidget

from annotator.core.marking import set_field
from annotator.core.model import FieldValue, Mark
from annotator.core.people import file_under, file_under_new
from annotator.core.revision import Edit, Revision
from annotator.core.topics import file_under_new_issue
from annotator.ui.desk import Desk
from annotator.ui.guard import guarded
from annotator.ui.look.notice import Notice
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.panel.card import Card, Filled, Place
from annotator.ui.panel.cards import CardPainter, Index, Statements
from annotator.ui.panel.options import NewActor, NewIssue


class _List(QListView):
    """The cards; Enter on one takes it in hand, Esc goes back to the text."""

    taken = Signal(QModelIndex)
    left = Signal()
    narrowed = Signal()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.narrowed.emit()


class Panel(QWidget):
    """Shows the desk's page as cards and fills in fields."""

    left = Signal()
    """The analyst is done here and wants the text back."""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._card: Card | None = None
        self._statements = Statements(lambda: desk.known, self)
        self.list = _List(self)
        self.list.setAccessibleName("Statements")
        self._painter = CardPainter(theme, self._statements, self.list)
        self._painter.widget = self._widget_of
        set_look(self.list, "cards")
        self.list.setModel(self._statements)
        self.list.setItemDelegate(self._painter)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setLayoutMode(QListView.LayoutMode.Batched)
        self._empty = Notice("", self)
        self._heading = QLabel("Statements", self)
        set_look(self._heading, "title")
        self._heading.setContentsMargins(12, 10, 12, 4)
        set_look(self, "panel")
        below = QWidget(self)
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(below, 1)
        # Sizes change while a widget lays itself out; the list is told once that is over.
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._lay_out)
        self.list.clicked.connect(self._take)
        self.list.taken.connect(self._take)
        self.list.left.connect(self.left)
        self.list.narrowed.connect(self._settle.start)
        desk.opened.connect(self._reload)
        desk.revised.connect(self._revised)
        desk.at_hand.connect(self._show_at_hand)
        self._reload()

    def set_theme(self, theme: Theme) -> None:
        self._painter.theme = theme
        self.list.viewport().update()

    @property
    def card(self) -> Card | None:
        """The card at hand."""
        return self._card

    def fill_in(self) -> None:
        """Go to the first thing missing in the statement at hand, else in the next unfinished."""
        if self._card is None:
            self._take_unfinished()
        if self._card is not None and not self._card.fill_next():
            self._card.focus_first()

    def focus_here(self) -> None:
        """Bring the keyboard here."""
        if self._card is not None:
            self._card.focus_first()
        else:
            self.list.setFocus()

    def _take_unfinished(self) -> None:
        page = self._desk.page
        for statement in page.in_order() if page else ():
            if self._desk.missing(statement):
                self._desk.take(statement.id)
                return

    def _reload(self) -> None:
        self._drop_card()
        self._statements.reload()
        self._show_at_hand()
        self._show_empty()

    def _revised(self, revision: Revision) -> None:
        place = self._card.focus_place() if self._card else None
        # Names of actors and issues stand on many cards.
        broad = any(e.kind in ("actor", "issue", "codebook") for e in revision.entries)
        self._drop_card()
        if not broad:
            self._statements.refresh(self._desk.touched(revision))
        if broad or not self._statements.in_step():
            self._statements.reload()
        self._show_at_hand()
        self._show_empty()
        if place is not None and self._card is not None:
            self._card.focus(place)

    def _show_empty(self) -> None:
        page = self._desk.page
        count = len(page.statements) if page else 0
        self._stack.setCurrentIndex(0 if count else 1)
        self._heading.setText(f"Statements  {count}" if count else "Statements")
        kinds = self._desk.book.kinds.values()
        keys = ", ".join(f"{kind.key} {kind.name.lower()}" for kind in kinds)
        self._empty.label.setText(
            "No statement yet.\n\nSelect the words of a speaker, a claim or a position and press"
            f" the key of their kind:\n{keys}.\n\nWhat you mark next joins the same statement;"
            " Esc begins a new one."
            if page
            else "The statements of the open article will stand here."
        )

    def _drop_card(self) -> None:
        if self._card is not None:
            row = self._statements.row(self._card.statement.id)
            if row is not None:
                index = self._statements.index(row)
                self.list.setIndexWidget(index, None)  # type: ignore[arg-type] # takes it off
            self._card = None

    def _show_at_hand(self) -> None:
        known, statement = self._desk.known, self._desk.current_statement
        self._drop_card()
        row = self._statements.row(statement.id) if statement else None
        if known is not None and statement is not None and row is not None:
            card = Card(known, statement, self._desk.mark, self.list.viewport())
            card.filled.connect(self._fill)
            card.left.connect(self.left)
            card.finished.connect(self.left)
            card.mark_taken.connect(lambda mark: self._desk.take(statement.id, mark))
            card.resized.connect(self._settle.start)
            self._card = card
            self.list.setIndexWidget(self._statements.index(row), card)
            self.list.setCurrentIndex(self._statements.index(row))
        self._settle.start()

    def _lay_out(self) -> None:
        self.list.scheduleDelayedItemsLayout()
        if self._card is not None:
            row = self._statements.row(self._card.statement.id)
            if row is not None:
                self.list.scrollTo(self._statements.index(row))

    def _widget_of(self, index: Index) -> QWidget | None:
        card = self._card
        if card is None or self._statements.row(card.statement.id) != index.row():
            return None
        return card

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self._desk.take(self._statements.statement_at(index.row()))

    def _fill(self, filled: Filled) -> None:
        """Fill a field and go on to what is missing next."""
        place: Place = (filled.thing.id, filled.field)
        stays = self._card is not None and self._card.focus_place() == place
        done = self._desk.do(self._edit(filled))
        if done and stays and self._card is not None and not self._card.fill_next(place):
            self.left.emit()

    def _edit(self, filled: Filled) -> Edit:
        """What filling in means: an actor also learns an alias, a new one is made."""
        book, thing, workspace = self._desk.book, filled.thing, self._desk.workspace
        value = filled.value
        if isinstance(thing, Mark) and isinstance(value, NewActor):
            new = workspace.new_id()
            return file_under_new(book, thing, filled.field, value.name, value.type, new)[0]
        if isinstance(thing, Mark) and isinstance(value, NewIssue):
            new = workspace.new_id()
            return file_under_new_issue(book, thing, filled.field, value.proposition, new)[0]
        if isinstance(thing, Mark) and book.fields[filled.field].type == "actor" and value:
            known = self._desk.known
            actor = next(a for a in known.actors if str(a.id) == value) if known else None
            if actor is not None:
                return file_under(book, thing, filled.field, actor)
        assert value is None or isinstance(value, str | int | float | bool | list)
        plain: FieldValue | None = value
        return set_field(thing, book, filled.field, plain)
