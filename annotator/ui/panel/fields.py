"""The fields of one mark or statement as lines to fill in, and the mark they belong to.

The widgets are made once for a kind and shown again for other marks of it: making them anew at
each key press costs more than all the rest of the gesture.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.core.book.explaining import explain, explain_kind
from annotator.core.codebook import STATEMENT, Field
from annotator.core.model import Id, Mark, Statement
from annotator.ui.guard import guarded
from annotator.ui.look.letters import grown
from annotator.ui.look.plain import plain_label, tip
from annotator.ui.look.style import set_look
from annotator.ui.panel.entry import Entry, TypeAhead
from annotator.ui.panel.options import (
    Known,
    NewActor,
    NewIssue,
    Option,
    options,
    shown_values,
)

NOTE = "(note)"
"""The place of the note beside the fields; no field can be called so."""
ASKED = "Reviewer asked"
_LISTED = ("actor", "issue", "stance", "choice", "flag")
_CHIP = 28
"""Width of a kind's chip, so that the quotes beside them line up."""
_LINE_HEIGHT = 32
"""Pixels of a line that is filled in, in whose middle its label stands."""
_NOTE_WIDTH = 72
"""Least width of the label of a note, which has two lines."""
Place = tuple[Id, str]
"""A field of a mark or statement, or its note."""
Shape = tuple[str, tuple[str, ...]]
"""What widgets are made for: a kind or the statement, and the fields shown."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A field or note was given a value; None unsets it."""

    thing: Mark | Statement
    field: str
    value: object


def shape(known: Known, thing: Mark | Statement) -> Shape:
    """The widgets that a mark or statement needs."""
    kind = thing.kind if isinstance(thing, Mark) else STATEMENT
    return kind, tuple(known.book.fields_shown(kind, thing.fields))


class Fields(QWidget):
    """A line for each field, and one for the note."""

    filled = Signal(object)
    """:class:`Filled`"""
    left = Signal()
    """Esc: back to the text."""
    went_on = Signal(object)
    """Enter in a line that stays as it is: on from this :data:`Place`."""
    resized = Signal()

    def __init__(self, known: Known, shape: Shape, label_width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.shape = shape
        self._known = known
        self._thing: Mark | Statement | None = None
        self.entries: dict[str, Entry] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        self._label_width = label_width
        grid.setColumnMinimumWidth(0, label_width)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(shape[1]):
            self._line(grid, row, name, known.book.fields[name])
        note = "Note on the statement" if shape[0] == STATEMENT else "Note on the mark"
        self._note_label = self._label(grid, len(shape[1]), note)
        self._note_label.setWordWrap(True)
        self._note_label.setFixedWidth(max(label_width, _NOTE_WIDTH))
        self._note = self._add(grid, len(shape[1]), NOTE, Entry(note, "", "", self))
        self._note.entered.connect(lambda: self._show_note(True))
        self._note.line.left.connect(lambda: self._show_note(self._wants_note()))
        self.column.addLayout(grid)

    @property
    def thing(self) -> Mark | Statement:
        assert self._thing is not None
        return self._thing

    def show_thing(self, known: Known, thing: Mark | Statement) -> None:
        """Show another mark or statement of the same shape, or what became of this one."""
        self._known, self._thing = known, thing
        for name in self.shape[1]:
            entry = self.entries[name]
            value = shown_values(known, name, thing)
            entry.show_value(value, "" if value else self._guess(name))
        self._note.show_value(thing.note, "")
        self._show_note(self._wants_note() or self._note.line.hasFocus())

    def open_note(self) -> None:
        """Have the line of the note there, whether or not one is written."""
        self._show_note(True)

    def settle(self) -> None:
        """Keep what was typed into a line that is about to show something else."""
        for entry in self.entries.values():
            if entry.line.hasFocus() and entry.line.isModified():
                entry.leave()

    def _wants_note(self) -> bool:
        return self.shape[0] == STATEMENT or bool(self._thing and self._thing.note)

    def _show_note(self, on: bool) -> None:
        if self._note.isHidden() == on:
            self._note.setVisible(on)
            self._note_label.setVisible(on)
            self.resized.emit()

    def _guess(self, name: str) -> str:
        """What would be proposed for a field that is empty."""
        if self._known.book.fields[name].type not in _LISTED:
            return ""
        likely = (o for o in options(self._known, name, self.thing, "") if o.proposed)
        guess = next(likely, None)
        return f"{guess.text}?" if guess else ""

    def _line(self, grid: QGridLayout, row: int, name: str, field: Field) -> None:
        entry: Entry
        if field.type in _LISTED:
            entry = TypeAhead(field.name, "", partial(self._options, name), "", self)
        else:
            entry = Entry(field.name, "", "", self)
        label = self._label(grid, row, field.name)
        label.setToolTip(tip(field.definition))
        label.setBuddy(entry.line)
        entry.entered.connect(lambda: entry.explain(self._field_said(name)))
        entry.looked_at.connect(lambda option: entry.explain(self._said(name, option)))
        entry.line.left.connect(lambda: entry.explain(""))
        self._add(grid, row, name, entry)

    def _label(self, grid: QGridLayout, row: int, text: str) -> QLabel:
        label = plain_label(self, "muted", text, wraps=False)
        label.setMinimumHeight(grown(_LINE_HEIGHT))
        if label.sizeHint().width() > self._label_width:
            label.setWordWrap(True)
            label.setFixedWidth(self._label_width)
        label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        return label

    def _add(self, grid: QGridLayout, row: int, name: str, entry: Entry) -> Entry:
        grid.addWidget(entry, row, 1)
        self.entries[name] = entry
        entry.chosen.connect(lambda value: self.filled.emit(Filled(self.thing, name, value)))
        entry.escaped.connect(self.left)
        entry.skipped.connect(lambda: self.went_on.emit((self.thing.id, name)))
        entry.resized.connect(self.resized)
        return entry

    def _options(self, name: str, query: str) -> list[Option]:
        return options(self._known, name, self.thing, query)

    # What the codebook says

    def _said(self, name: str, option: Option | None) -> str:
        """What is meant by the option that Enter would take, else by the field."""
        if option is None or isinstance(option.value, NewActor | NewIssue):
            return self._field_said(name)
        book, issues = self._known.book, self._known.issues
        return explain(book, issues, name, option.value) or self._field_said(name)

    def _field_said(self, name: str) -> str:
        """What is filled in, else what the field is about and the kind it is filled in on."""
        book, issues = self._known.book, self._known.issues
        value = self.thing.fields.get(name)
        if value is not None:
            return explain(book, issues, name, value) or explain(book, issues, name)
        kind = explain_kind(book, self.shape[0])
        named = f"{book.kinds[self.shape[0]].name}: {kind}" if kind else ""
        return "\n".join(filter(None, (explain(book, issues, name), named)))


class Part(Fields):
    """A mark of the statement: its chip, its words, and its fields."""

    taken = Signal()
    """Its words were pressed."""

    def __init__(self, known: Known, shape: Shape, label_width: int, parent: QWidget) -> None:
        super().__init__(known, shape, label_width, parent)
        kind = known.book.kinds[shape[0]]
        self._chip = QLabel(kind.key, self)
        self._chip.setFixedWidth(grown(_CHIP))
        self._chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_look(self._chip, kind.colour)
        self._quote = _Quote(self)
        self._quote.pressed.connect(self.taken)
        self._asked = asked_label(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._quote, 1)
        row.addWidget(self._asked, 0, Qt.AlignmentFlag.AlignTop)
        self.column.insertLayout(0, row)

    def show_mark(self, known: Known, role: str, mark: Mark, at_hand: bool) -> None:
        """Show a mark in its role."""
        played = known.book.roles[role]
        kind = known.book.kinds[mark.kind]
        self._chip.setToolTip(tip(f"{played.name}: {kind.definition}"))
        self._quote.show_mark(mark, played.name)
        set_look(self._quote, "title" if at_hand else None)
        self._asked.setVisible(mark.flagged)
        self.show_thing(known, mark)


class _Quote(QLabel):
    """The words of a mark; pressing them takes the mark in hand."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_mark(self, mark: Mark, role: str) -> None:
        said = " ".join(mark.quote.split()) if mark.fragments else "implied, not said"
        if self.text() != said:
            self.setText(said)
        self.setAccessibleName(f"{role}: {said}")

    @guarded
    def mousePressEvent(self, _event: object) -> None:
        self.pressed.emit()


def asked_label(parent: QWidget) -> QLabel:
    """What is seen of a mark or statement that the reviewer is asked about."""
    label = QLabel(ASKED, parent)
    set_look(label, "warning")
    label.hide()
    return label
