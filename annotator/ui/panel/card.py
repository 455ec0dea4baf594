"""The card at hand: a statement with every mark, and a line for every field."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.core.codebook import STATEMENT, Field
from annotator.core.missing import Missing, missing
from annotator.core.model import Id, Mark, Statement
from annotator.ui.guard import guarded
from annotator.ui.look.style import set_look
from annotator.ui.panel.entry import Entry, TypeAhead
from annotator.ui.panel.options import Known, options, shown

_LISTED = ("actor", "issue", "stance", "choice", "flag")
_CHIP = 28
"""Width of a kind's chip, so that the quotes beside them line up."""
Place = tuple[Id, str]
"""A field of a mark or statement."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A field was given a value; None unsets it."""

    thing: Mark | Statement
    field: str
    value: object


class Card(QFrame):
    """Shows and edits one statement. It is made anew whenever the statement changed."""

    filled = Signal(object)
    """:class:`Filled`"""
    left = Signal()
    """Esc: back to the text."""
    mark_taken = Signal(object)
    """A mark of the statement was clicked."""
    finished = Signal()
    """Enter, and nothing is missing any more."""
    resized = Signal()

    def __init__(
        self, known: Known, statement: Statement, mark: Id | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._known = known
        self.statement = statement
        self._entries: dict[Place, Entry] = {}
        names = [field.name for field in known.book.fields.values()]
        self._label_width = max(map(self.fontMetrics().horizontalAdvance, names), default=0)
        self._hint = QLabel(self)
        self._hint.setWordWrap(True)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        set_look(self._hint, "muted")
        set_look(self, "card-at-hand")
        self.setAccessibleName("Statement at hand")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        for role in known.book.roles:
            for member in known.page.members(statement, role):
                column.addWidget(self._part(role, member, member.id == mark))
        column.addLayout(self._fields(STATEMENT, statement))
        column.addWidget(self._missing())
        column.addWidget(self._hint)
        self._hint.hide()
        # The style sheet sets fonts; the height asked for must be the one that will be needed.
        for child in self.findChildren(QWidget):
            child.ensurePolished()

    @guarded(default=False)
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.resized.emit()
        return super().event(event)

    def focus_place(self) -> Place | None:
        """The field that has the focus."""
        return next((p for p, e in self._entries.items() if e.line.hasFocus()), None)

    def focus(self, place: Place) -> bool:
        """Put the focus into a field; whether it is there."""
        entry = self._entries.get(place)
        if entry is None:
            return False
        entry.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def fill_next(self, after: Place | None = None) -> bool:
        """Focus the next field that is missing, from the first if none follows; whether one is."""
        places = [p for p in map(self._place, self._still_missing()) if p in self._entries]
        if not places:
            return False
        order = list(self._entries)
        later = [p for p in places if after in order and order.index(p) > order.index(after)]
        return self.focus((later or places)[0])

    def focus_first(self) -> None:
        """Focus the first field there is."""
        for entry in self._entries.values():
            entry.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def _still_missing(self) -> list[Missing]:
        return missing(self._known.page, self._known.book, self.statement)

    def _place(self, lack: Missing) -> Place:
        return (lack.mark or self.statement.id, lack.field or "")

    def _part(self, role: str, mark: Mark, at_hand: bool) -> QWidget:
        part = QWidget(self)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._heading(role, mark, at_hand))
        column.addLayout(self._fields(mark.kind, mark))
        return part

    def _heading(self, role: str, mark: Mark, at_hand: bool) -> QHBoxLayout:
        kind = self._known.book.kinds[mark.kind]
        chip = QLabel(kind.key, self)
        chip.setFixedWidth(_CHIP)
        chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_look(chip, kind.colour)
        chip.setToolTip(f"{self._known.book.roles[role].name}: {kind.definition}")
        quote = _Quote(mark, self._known.book.roles[role].name, self)
        set_look(quote, "title" if at_hand else None)
        quote.pressed.connect(lambda: self.mark_taken.emit(mark.id))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(quote, 1)
        return row

    def _fields(self, thing: str, record: Mark | Statement) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, self._label_width)
        grid.setColumnStretch(1, 1)
        for row, (key, field) in enumerate(self._known.book.fields_on(thing).items()):
            label = QLabel(field.name, self)
            set_look(label, "muted")
            label.setToolTip(field.definition)
            entry = self._entry(key, field, record)
            label.setBuddy(entry.line)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(entry, row, 1)
            label.setContentsMargins(0, 6, 0, 0)
        return grid

    def _entry(self, key: str, field: Field, record: Mark | Statement) -> Entry:
        known = self._known
        current = shown(known, key, record.fields.get(key))
        entry: Entry
        if field.type in _LISTED:
            supply = partial(options, known, key, record)
            likely = [] if current else [option for option in supply("") if option.proposed]
            guess = f"{likely[0].text}?" if likely else ""
            entry = TypeAhead(field.name, current, supply, guess, self)
        else:
            entry = Entry(field.name, current, "", self)
        entry.chosen.connect(lambda value: self.filled.emit(Filled(record, key, value)))
        entry.escaped.connect(self.left)
        entry.skipped.connect(lambda: self._go_on((record.id, key)))
        entry.entered.connect(lambda: self._explain(field.definition))
        entry.line.left.connect(lambda: self._explain(""))
        entry.resized.connect(self.resized)
        self._entries[record.id, key] = entry
        return entry

    def _go_on(self, place: Place) -> None:
        if not self.fill_next(place) or self.focus_place() == place:
            self.finished.emit()

    def _explain(self, definition: str) -> None:
        self._hint.setText(definition)
        self._hint.setVisible(bool(definition))
        self.resized.emit()

    def _missing(self) -> QWidget:
        texts = dict.fromkeys(lack.text for lack in self._still_missing())
        label = QLabel(" · ".join(texts), self)
        label.setWordWrap(True)
        label.setVisible(bool(texts))
        set_look(label, "missing")
        return label


class _Quote(QLabel):
    """The words of a mark; pressing them takes the mark in hand."""

    pressed = Signal()

    def __init__(self, mark: Mark, role: str, parent: QWidget) -> None:
        said = " ".join(mark.quote.split()) if mark.fragments else "implied, not said"
        super().__init__(said, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAccessibleName(f"{role}: {said}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @guarded
    def mousePressEvent(self, _event: object) -> None:
        self.pressed.emit()
