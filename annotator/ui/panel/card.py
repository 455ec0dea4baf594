"""The card at hand: a statement with every mark, and a line for every field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from annotator.core.codebook import Codebook
from annotator.core.missing import Missing, missing
from annotator.core.model import Id, Statement
from annotator.ui.guard import guarded
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.panel.entry import Entry
from annotator.ui.panel.field_labels import label_width
from annotator.ui.panel.fields import (
    NOTE,
    Fields,
    Filled,
    Part,
    Place,
    Shape,
    asked_label,
    shape,
)
from annotator.ui.panel.options import Known

__all__ = ["NOTE", "Card", "Filled", "Place"]


class Card(QFrame):
    """Shows and edits one statement, then another: only what differs is touched."""

    filled = Signal(object)
    """:class:`Filled`"""
    left = Signal()
    """Esc: back to the text."""
    mark_taken = Signal(object)
    """A mark of the statement was clicked."""
    finished = Signal()
    """Enter, and nothing is missing any more."""
    resized = Signal()

    def __init__(self, book: Codebook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._known: Known | None = None
        self._shown: Statement | None = None
        self._parts: list[Fields] = []
        """The parts on the card, that of the statement itself last."""
        self._spare: dict[Shape, list[Fields]] = {}
        names = [field.name for field in book.fields.values()]
        self._label_width = label_width(self.fontMetrics(), names)
        set_look(self, "card-at-hand")
        self.setAccessibleName("Statement at hand")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(10)
        self._missing = self._line("missing")
        self._hints = self._line("warning")
        self._asked = asked_label(self)
        self._column.addWidget(self._asked, 0, Qt.AlignmentFlag.AlignLeft)
        self._offer = self._line("muted")

    @guarded(default=False)
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.resized.emit()
        return super().event(event)

    @property
    def statement(self) -> Statement:
        """The statement that is shown."""
        assert self._shown is not None
        return self._shown

    @property
    def book(self) -> Codebook:
        """The codebook whose fields the lines were made for."""
        return self._book

    def show_statement(
        self, known: Known, statement: Statement, mark: Id | None, hints: Iterable[str] = ()
    ) -> None:
        """Show a statement, with one of its marks at hand, and what may be wrong with it."""
        self._known, self._shown = known, statement
        members = [
            (role, member)
            for role in known.book.roles
            for member in known.page.members(statement, role)
        ]
        self._arrange([*(shape(known, m) for _, m in members), shape(known, statement)])
        for part, (role, member) in zip(self._parts, members, strict=False):
            assert isinstance(part, Part)
            part.show_mark(known, role, member, member.id == mark)
        self._parts[-1].show_thing(known, statement)
        self._asked.setVisible(statement.flagged)
        texts = dict.fromkeys(lack.text for lack in self._still_missing())
        _say(self._missing, " · ".join(texts))
        _say(self._hints, " · ".join(dict.fromkeys(hints)))
        _say(self._offer, "")

    def offer(self, text: str) -> None:
        """Say at the bottom what Enter would do now."""
        _say(self._offer, text)

    def settle(self) -> None:
        """Keep what was typed, before something else is shown."""
        for part in tuple(self._parts):
            part.settle()

    def show_ring(self, on: bool) -> None:
        """Whether keys go to the list and so act on this card."""
        set_look(self, "card-at-hand-ring" if on else "card-at-hand")

    # Where the keyboard is

    def focus_place(self) -> Place | None:
        """The field that has the focus."""
        return next((p for p, e in self._entries() if e.line.hasFocus()), None)

    def focus(self, place: Place) -> bool:
        """Put the focus into a field or note; whether it is there."""
        for part in self._parts:
            if place[0] == part.thing.id and place[1] in part.entries:
                if place[1] == NOTE:
                    part.open_note()
                part.entries[place[1]].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def fill_next(self, after: Place | None = None) -> bool:
        """Focus the next field that is missing, from the first if none follows; whether one is."""
        order = [place for place, _ in self._entries()]
        places = [p for p in map(self._place, self._still_missing()) if p in order]
        if not places:
            return False
        later = [p for p in places if after in order and order.index(p) > order.index(after)]
        return self.focus((later or places)[0])

    def focus_first(self) -> None:
        """Focus the first field there is."""
        for _, entry in self._entries():
            entry.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def _entries(self) -> Iterator[tuple[Place, Entry]]:
        """Every line that can be seen, from the top."""
        for part in self._parts:
            for name, entry in part.entries.items():
                if not entry.isHidden():
                    yield (part.thing.id, name), entry

    def _still_missing(self) -> list[Missing]:
        assert self._known is not None
        return missing(self._known.page, self._known.book, self.statement)

    def _place(self, lack: Missing) -> Place:
        return (lack.mark or self.statement.id, lack.field or "")

    # Putting the card together

    def _arrange(self, shapes: list[Shape]) -> None:
        """Have parts of these shapes in this order: those that fit stay where they are."""
        if [part.shape for part in self._parts] == shapes:
            return
        old, self._parts = self._parts, []
        for part in old:
            self._spare.setdefault(part.shape, []).append(part)
        for place, needed in enumerate(shapes):
            spare = self._spare.get(needed)
            part = spare.pop(0) if spare else self._make(needed, place == len(shapes) - 1)
            self._parts.append(part)
            if self._column.indexOf(part) != place:
                self._column.removeWidget(part)
                self._column.insertWidget(place, part)
            part.show()
        for part in old:
            if part not in self._parts:
                part.hide()
        lines = [entry.line for part in self._parts for entry in part.entries.values()]
        for one, following in pairwise(lines):
            QWidget.setTabOrder(one, following)

    def _make(self, needed: Shape, of_statement: bool) -> Fields:
        assert self._known is not None
        made = Fields if of_statement else Part
        part = made(self._known, needed, self._label_width, self)
        part.filled.connect(self.filled)
        part.left.connect(self.left)
        part.went_on.connect(self._go_on)
        part.resized.connect(self.resized)
        if isinstance(part, Part):
            part.taken.connect(lambda: self.mark_taken.emit(part.thing.id))
        # The style sheet sets fonts; the height asked for must be the one that will be needed.
        for child in part.findChildren(QWidget):
            child.ensurePolished()
        return part

    def _go_on(self, place: Place) -> None:
        if not self.fill_next(place) or self.focus_place() == place:
            self.finished.emit()

    def _line(self, look: str) -> QLabel:
        label = plain_label(self, look)
        label.hide()
        self._column.addWidget(label)
        return label


def _say(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
    if label.isHidden() == bool(text):
        label.setVisible(bool(text))
