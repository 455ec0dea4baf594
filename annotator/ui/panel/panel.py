"""The panel of statements: the article's statements, the one at hand open for filling in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from annotator.core.findings import Finding
from annotator.core.model import Id, Mark, Statement
from annotator.core.revision import Revision
from annotator.core.text.cleaning import counted
from annotator.ui.desk import Desk
from annotator.ui.look.notice import Notice
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.panel.card import NOTE, Card, Filled, Place
from annotator.ui.panel.card_list import CardList
from annotator.ui.panel.cards import CardPainter, Statements
from annotator.ui.panel.filling import filled_in
from annotator.ui.panel.filter_line import FilterLine
from annotator.ui.panel.filtering import Filter
from annotator.ui.panel.heading import Heading
from annotator.ui.panel.remaining import Remaining
from annotator.ui.panel.todo import Todo, TodoList

_CARDS, _TODO, _EMPTY = range(3)
_LATER_MS, _SLICE_S = 30, 0.005
"""When the window begins to look for what is to be done in an article that was just opened, and
for how long before it does something else."""


class Panel(QWidget):
    """Shows the desk's page as cards and fills in fields."""

    left = Signal()
    """The analyst is done here and wants the text back."""
    wanted = Signal()
    """The keyboard is about to come here."""
    finding_taken = Signal(object, bool)
    """A :class:`Finding` to be gone to; True when it is only to be shown in the text."""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.card: Card | None = None
        """The card at hand."""
        self._spare: Card | None = None
        self._offering = False
        self.remaining = Remaining(desk)
        self.filter = Filter()
        self._statements = Statements(lambda: desk.known, self._narrowing, self)
        self._painter = CardPainter(theme, self._statements, self)
        self.list = CardList(self._statements, self._painter, self)
        self._painter.setParent(self.list)
        self.todo = TodoList(Todo(self.remaining, lambda: desk.page, self), theme, self)
        self.filter_line = FilterLine(desk, self.filter, self)
        self.heading = Heading(self.filter_line, self)
        self._lay_out_widgets()
        # Sizes change while a widget lays itself out; the list is told once that is over.
        self._settle = self._soon(self._lay_out)
        self._count = self._soon(self._show_todo)
        self._connect()
        self._reload()

    def set_theme(self, theme: Theme) -> None:
        self._painter.theme = self.todo.painter.theme = theme
        self.list.viewport().update()
        self.todo.viewport().update()

    # What commands do

    def fill_in(self) -> None:
        """Go to the first thing missing in the statement at hand, else in the next unfinished."""
        if self._offering or self.card is None:
            self._take_unfinished()
        self._show_cards()
        self.wanted.emit()
        if self.card is None or self.card.fill_next():
            return
        lacks = self._desk.missing(self.card.statement)
        if lacks:
            said = ", ".join(dict.fromkeys(lack.text for lack in lacks))
            self._desk.said.emit(f"{said.capitalize()}: select the words and press its key.")
            self.left.emit()
        else:
            self.card.focus_first()

    def focus_here(self) -> None:
        """Bring the keyboard here."""
        self.wanted.emit()
        if self._shows_todo:
            self.todo.setFocus()
        elif self.card is not None:
            self.card.focus_first()
        else:
            self.list.setFocus()

    def focus_place(self, place: Place) -> bool:
        """Bring the keyboard to a field or note of the statement at hand; whether it is there."""
        self._show_cards()
        self.wanted.emit()
        return self.card is not None and self.card.focus(place)

    def walk(self, step: int) -> bool:
        """Take the statement so many cards on in hand; False when there is no card."""
        ids = self._statements.ids
        if not ids:
            return False
        now = self._desk.statement
        if now not in ids:
            self._desk.take(ids[0] if step > 0 else ids[-1])
        elif abs(step) == 1:
            self._desk.take(ids[(ids.index(now) + step) % len(ids)])
        else:
            self._desk.take(ids[max(0, min(ids.index(now) + step, len(ids) - 1))])
        return True

    def fold(self) -> None:
        """Have the cards that are not at hand in one line each, or whole again."""
        self._show_cards()
        self._statements.fold(not self._statements.folded)
        self._settle.start()

    def edit_filter(self) -> None:
        """Bring the keyboard to the line that narrows the cards."""
        self._show_cards()
        self.wanted.emit()
        self.filter_line.setFocus()

    def toggle_todo(self) -> None:
        """Show what is still to be done, or the cards again."""
        if self._shows_todo and not self.isHidden():
            self._show_cards()
            self.left.emit()
            return
        self.wanted.emit()
        self._stack.setCurrentIndex(_TODO)
        self.todo.reload()
        if self.remaining.now is not None and len(self.remaining):
            self.todo.stand_at(self.remaining.now)
        self._show_heading()
        self.todo.setFocus()

    def edit_note(self, thing: Mark | Statement) -> bool:
        """Bring the keyboard to the note of a mark or statement on the card at hand."""
        return self.focus_place((thing.id, NOTE))

    def settle(self) -> None:
        """Keep what is being typed, before the window closes."""
        if self.card is not None:
            self.card.settle()

    # Filling in

    def _take_unfinished(self) -> bool:
        """Take the next unfinished statement after the one at hand; whether there is one."""
        page = self._desk.page
        ids = [s.id for s in page.in_order()] if page else []
        now = self._desk.statement
        after = ids.index(now) + 1 if now in ids else 0
        for id in (*ids[after:], *ids[:after]):
            if id in self._desk.unfinished_ids:
                self._desk.take(id)
                return True
        return False

    def _fill(self, filled: Filled) -> None:
        """Fill a field and go on to what is missing next."""
        place: Place = (filled.thing.id, filled.field)
        stays = self.card is not None and self.card.focus_place() == place
        if filled.field == NOTE:
            self._desk.set_note(filled.thing, str(filled.value or ""))
            if stays:
                self.left.emit()
            return
        done = self._desk.do(filled_in(self._desk, filled))
        if done and stays and self.card is not None and not self.card.fill_next(place):
            self._finish()

    def _finish(self) -> None:
        """Nothing is missing in this statement: back to the text, and say where Enter leads."""
        self.left.emit()
        if self.card is None:
            return
        lacks = bool(self._desk.missing(self.card.statement))
        done = "Filled in; the rest is to be marked." if lacks else "Complete."
        left = self._desk.unfinished - lacks
        if left:
            self._offering = True
            done += f" Enter goes on: {counted(left, 'statement')} still unfinished."
        if left or lacks:
            self.card.offer(done)

    def _go_on(self) -> None:
        """Enter in a field, and nothing is missing in this statement."""
        if self._desk.unfinished and self._take_unfinished():
            self.fill_in()
        else:
            self.left.emit()

    # Keeping in step with the desk

    def _narrowing(self) -> Callable[[Statement], bool] | None:
        """What says which statements are shown; None while all are."""
        return self._wanted if self.filter else None

    def _wanted(self, statement: Statement) -> bool:
        """Whether a statement is shown: the one at hand always is."""
        known = self._desk.known
        if known is None or statement.id == self._desk.statement:
            return True
        return self.filter.fits(known, statement, self._desk.unfinished_ids)

    def _reload(self) -> None:
        self.remaining.reload()
        self.filter.clear()
        self.filter_line.line.clear()
        self._statements.reload()
        self._show_at_hand()
        self._show_cards()
        self._count.start(_LATER_MS)

    def _revised(self, revision: Revision) -> None:
        place = self.card.focus_place() if self.card else None
        self._warn(self.remaining.follow(revision))
        # Names of actors and issues stand on many cards.
        broad = bool(revision.kinds & {"actor", "issue", "codebook"})
        if not broad:
            self._statements.refresh(self._desk.touched(revision))
        if broad or not self._statements.in_step():
            self._statements.reload()
        self._show_at_hand()
        self._show_heading()
        self._count.start(0)
        if place is not None and self.card is not None and self.card.focus_place() != place:
            self.card.focus(place)

    def _warn(self, twice: list[Finding]) -> None:
        for finding in twice:
            self._desk.warned.emit(f"Marked twice? {finding.text.capitalize()}.")

    def _filtered(self) -> None:
        self._statements.reload()
        self._show_heading()
        self._settle.start()

    def _at_hand(self) -> None:
        if self.filter and not self._statements.in_step():
            self._statements.reload()
            self._show_heading()
        self._show_at_hand()

    def _show_at_hand(self) -> None:
        known, statement = self._desk.known, self._desk.current_statement
        row = self._statements.row(statement.id) if statement else None
        self._offering = False
        if self.card is not None and (statement is None or statement.id != self.card.statement.id):
            self.card.settle()
        if known is None or statement is None or row is None:
            self.card = None
            self.list.set_card(None)
        else:
            self.card = self._card_of(known.book)
            hints = self.remaining.hints(statement.id)
            self.card.show_statement(known, statement, self._desk.mark, hints)
            self.list.set_card(self.card)
        self._settle.start()

    def _card_of(self, book: object) -> Card:
        """The one card there is; made anew for another codebook."""
        if self._spare is None or self._spare.book is not book:
            if self._spare is not None:
                self._spare.hide()
                self._spare.deleteLater()
            card = self._spare = Card(self._desk.book, self.list.viewport())
            card.filled.connect(self._fill)
            card.left.connect(self.left)
            card.finished.connect(self._go_on)
            card.mark_taken.connect(lambda mark: self._desk.take(card.statement.id, mark))
            card.resized.connect(self._settle.start)
        return self._spare

    def _lay_out(self) -> None:
        self.list.scheduleDelayedItemsLayout()
        row = self.list.card_row()
        if row is not None:
            self.list.scrollTo(self._statements.index(row))
            self.list.place()

    # What stands above and in place of the cards

    @property
    def _shows_todo(self) -> bool:
        return self._stack.currentIndex() == _TODO

    def _show_cards(self) -> None:
        self._stack.setCurrentIndex(_CARDS)
        self._show_heading()

    def _show_todo(self) -> None:
        """What is still to be done, once the rest is on the screen and all of it is found."""
        if not self.remaining.go_on(_SLICE_S):
            self._count.start(0)
            return
        self.heading.show_remaining(len(self.remaining))
        if self._shows_todo:
            self.todo.reload()

    def _show_heading(self) -> None:
        page, known = self._desk.page, self._desk.known
        count = len(page.statements) if page else 0
        if not self._shows_todo:
            self._stack.setCurrentIndex(_CARDS if self._statements.ids else _EMPTY)
        self.heading.show_statements(count, todo=self._shows_todo)
        narrowed = f"{len(self._statements.ids)} of {count} shown" if self.filter and known else ""
        conditions = self.filter.text(known) if known else ""
        self.heading.show_narrowing(
            ": ".join(filter(None, (narrowed, conditions))),
            visible=bool(narrowed) and not self._shows_todo,
        )
        self._empty.label.setText(self._nothing_said())

    def _nothing_said(self) -> str:
        if self._desk.page is None:
            return "The statements of the open article will stand here."
        if self._desk.page.statements:
            return "No statement fits.\n\nEsc in the line above shows all of them again."
        kinds = self._desk.book.kinds_offered().values()
        keys = ", ".join(f"{kind.key} {kind.name.lower()}" for kind in kinds)
        return (
            "No statement yet.\n\nSelect the words that say who, what or which side, and press the"
            f" key of their kind:\n{keys}.\n\nWhat you mark next joins the same statement;"
            " Esc begins a new one."
        )

    def _take_clicked(self, index: QModelIndex) -> None:
        id: Id | None = self.list.row_at(index)
        if id is not None:
            self._desk.take(id)

    # Putting it together

    def _lay_out_widgets(self) -> None:
        self._empty = Notice("", self)
        set_look(self, "panel")
        below = QWidget(self)
        self._stack = QStackedLayout(below)
        for widget in (self.list, self.todo, self._empty):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(below, 1)

    def _connect(self) -> None:
        desk = self._desk
        self.list.clicked.connect(self._take_clicked)
        self.list.walked.connect(self.walk)
        self.list.entered.connect(self.fill_in)
        self.list.fold.connect(self.fold)
        self.list.filter.connect(self.edit_filter)
        self.list.left.connect(self.left)
        self.list.narrowed.connect(self._settle.start)
        self.filter_line.changed.connect(self._filtered)
        self.filter_line.skipped.connect(self.list.setFocus)
        self.filter_line.escaped.connect(self.left)
        self.todo.left.connect(self.left)
        self.todo.taken.connect(lambda finding: self.finding_taken.emit(finding, False))
        self.todo.looked_at.connect(lambda finding: self.finding_taken.emit(finding, True))
        self.todo.waved_away.connect(self._wave_away)
        self.heading.cards.clicked.connect(self._show_cards)
        self.heading.todo.clicked.connect(self.toggle_todo)
        desk.opened.connect(self._reload)
        desk.revised.connect(self._revised)
        desk.at_hand.connect(self._at_hand)

    def _wave_away(self, finding: Finding) -> None:
        if self.remaining.wave_away(finding):
            self._desk.said.emit(f"Fine as it is: {finding.text}.")
            self._show_todo()
            self._show_at_hand()
        else:
            self._desk.said.emit(f"{finding.text.capitalize()}: that cannot be waved away.")

    def _soon(self, what: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(0)
        assert callable(what)
        timer.timeout.connect(partial(what))
        return timer
