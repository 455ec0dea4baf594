"""The form of one entry: every value of it, saved as one leaves it, with what is wrong said below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from annotator.core.book.parts import Entry, Part, word
from annotator.core.codebook import Codebook, Field, Kind, Role
from annotator.core.model import Issue
from annotator.ui.book.editors import Line, Lines, Number, Pick, Several, Tick
from annotator.ui.book.swatch import COLOURS, PATTERNS, swatch
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme

Widget = Line | Lines | Number | Pick | Several | Tick
KEY_IN_FILES = "key in files"
"""The row whose value is no part of the entry but its key."""
TYPES = {
    "actor": "an actor",
    "issue": "an issue",
    "stance": "a step of the scale",
    "choice": "one of some choices",
    "flag": "yes or no",
    "number": "a number",
    "date": "a date",
    "text": "text",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A value of an entry, what it is called on screen, and what edits it."""

    name: str
    label: str
    make: Callable[[QWidget], Widget]
    hint: str = ""


def rows(entry: Entry, book: Codebook) -> list[Row]:
    """What there is to edit about an entry, in the order of the form."""
    name = Row("name", "Name", partial(Line, "Name", ""))
    definition = Row("definition", "Definition", partial(Lines, "Definition", 3, False))
    examples = Row("examples", "Examples", partial(Lines, "Examples", 3, True), "One on each line.")
    match entry:
        case Kind():
            return [name, *_kind_rows(), definition, _RULE, examples]
        case Role():
            return [name, *_role_rows(book), definition]
        case Field():
            return [name, *_field_rows(entry, book), definition, examples]
        case Issue():
            says = Row("proposition", "Proposition", partial(Lines, "Proposition", 2, False))
            return [name, says, definition, examples]
        case _:
            return [name, definition, examples]


_RULE = Row("rule", "Boundaries", partial(Lines, "Boundaries", 2, False))


def _kind_rows() -> list[Row]:
    patterns = [(key, text) for key, (text, _) in PATTERNS.items()]
    return [
        Row("key", "Key", partial(_short, "Key")),
        Row("colour", "Colour", partial(Pick, "Colour", list(COLOURS.items()))),
        Row("pattern", "Line", partial(Pick, "Line", patterns)),
        Row("width", "Width", partial(Number, "Width", 1, 6)),
        Row("tint", "", partial(Tick, "Faint tint behind the words")),
    ]


def _role_rows(book: Codebook) -> list[Row]:
    names = [(key, kind.name) for key, kind in book.kinds.items()]
    hint = "The one ticked first takes this role by itself."
    return [
        Row("kinds", "Played by", partial(Several, "Played by", names), hint),
        Row("expected", "", partial(Tick, "Required in every statement")),
        Row("many", "", partial(Tick, "Several in one statement")),
    ]


def _field_rows(field: Field, book: Codebook) -> list[Row]:
    names = [*((key, kind.name) for key, kind in book.kinds.items()), ("statement", "Statement")]
    found = [
        Row("type", "Holds", partial(Pick, "Holds", list(TYPES.items()))),
        Row("on", "Recorded on", partial(Several, "Recorded on", names)),
        Row("expected", "", partial(Tick, "Required")),
    ]
    if field.type in ("actor", "issue", "choice"):
        found.append(Row("many", "", partial(Tick, "Several values")))
    return found


def _short(name: str, parent: QWidget) -> Line:
    line = Line(name, "", parent)
    line.setMaxLength(1)
    line.setFixedWidth(60)
    return line


class EntryForm(QWidget):
    """Shows one entry at a time. What could not be saved stays written here until it can."""

    changed = Signal(str, object)
    """The name of a value, and what it is to be."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.part: Part | None = None
        self._shape: tuple[object, ...] = ()
        self.editors: dict[str, Widget] = {}
        self._faults: dict[str, QLabel] = {}
        self._hints: dict[str, QLabel] = {}
        self._drafts: dict[tuple[Part, str], tuple[object, str]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget(self)
        self._column.addWidget(self._body)
        self._column.addStretch(1)

    def show_entry(self, part: Part, entry: Entry, book: Codebook) -> None:
        """Show an entry; when it is the one already shown, only what nobody is changing."""
        listed = rows(entry, book)
        kinds = [(k, kind.name) for k, kind in book.kinds.items()]
        shape = (
            part,
            *(row.name for row in listed),
            kinds if isinstance(entry, Role | Field) else None,
        )
        if shape != self._shape:
            focused = next((n for n, e in self.editors.items() if e.hasFocus()), "")
            same = part == self.part
            self._remember()
            self.part, self._shape = part, shape
            self._build(listed, part, entry)
            if same and focused in self.editors:
                self.editors[focused].setFocus(Qt.FocusReason.OtherFocusReason)
        for name, editor in self.editors.items():
            if (part, name) not in self._drafts and not (editor.is_changed() and editor.hasFocus()):
                saved = _saved(entry, part, name)
                if (
                    isinstance(editor, Several | Number | Tick | Pick)
                    or editor.value() != saved
                    or editor.is_changed()
                ):
                    editor.show_value(saved)
        self.show_icons(entry)

    def show_icons(self, entry: Entry) -> None:
        """The lines to choose from, in the colour and pattern chosen."""
        if isinstance(entry, Kind):
            ratio = self.devicePixelRatioF()
            colours, patterns = self.editors["colour"], self.editors["pattern"]
            assert isinstance(colours, Pick)
            assert isinstance(patterns, Pick)
            drawn = partial(swatch, self._theme, width=entry.width, ratio=ratio)
            colours.show_icons({c: drawn(c, entry.pattern) for c in COLOURS})
            patterns.show_icons({p: drawn(entry.colour, p) for p in PATTERNS})

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def refuse(self, name: str, why: str) -> None:
        """Say why a value cannot be; what was written stays."""
        editor = self.editors[name]
        self._say(name, why)
        if not isinstance(editor, Line | Lines):
            editor.revert()
        elif self.part is not None:
            self._drafts[self.part, name] = (editor.value(), why)

    def accept(self, name: str) -> None:
        """A value is saved now."""
        self._say(name, "")
        self.editors[name].mark_saved()
        if self.part is not None:
            self._drafts.pop((self.part, name), None)

    def hint(self, name: str, text: str) -> None:
        """Something to know about a value, below it."""
        if name in self._hints:
            self._hints[name].setText(text)
            self._hints[name].setVisible(bool(text))

    def drafts(self) -> list[Part]:
        """Entries with something written that could not be saved."""
        return list(dict.fromkeys(part for part, _ in self._drafts))

    def forget_drafts(self) -> None:
        self._drafts.clear()

    def focus_first(self) -> None:
        """To the name, all of it selected."""
        line = self.editors.get("name")
        if isinstance(line, Line):
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            line.selectAll()

    def _build(self, listed: list[Row], part: Part, entry: Entry) -> None:
        old = self._body
        self._body = QWidget(self)
        self.editors, self._faults, self._hints = {}, {}, {}
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        label = "Key in files" if part.sort != "stance" else "Number"
        for at, row in enumerate([*listed, Row(KEY_IN_FILES, label, partial(Line, label, ""))]):
            editor = row.make(self._body)
            self.editors[row.name] = editor
            if row.label:
                said = _muted(row.label, self._body)
                said.setBuddy(editor)
                grid.addWidget(said, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(self._cell(row, editor), at, 1 if row.label else 0, 1, -1)
        for name, editor in self.editors.items():
            editor.show_value(_saved(entry, part, name))
            editor.kept.connect(partial(self.changed.emit, name))
            if isinstance(editor, Line | Lines):
                editor.reverted.connect(partial(self.accept, name))
            if (draft := self._drafts.get((part, name))) is not None:
                self._write(editor, *draft, name)
        self._column.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()
        self._body.show()

    def _cell(self, row: Row, editor: Widget) -> QVBoxLayout:
        """The editor with its hint and what is wrong with it below."""
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(editor)
        for look, said, kept in (("muted", row.hint, self._hints), ("danger", "", self._faults)):
            label = plain_label(self._body, look, said)
            label.setVisible(bool(said))
            kept[row.name] = label
            column.addWidget(label)
        return column

    def _write(self, editor: Widget, value: object, why: str, name: str) -> None:
        """Have something written in an editor that is not saved."""
        if isinstance(editor, Line):
            editor.setText(str(value))
        elif isinstance(editor, Lines):
            lines = value if isinstance(value, tuple) else (value,)
            editor.setPlainText("\n".join(map(str, lines)))
        self._say(name, why)

    def _remember(self) -> None:
        """What is written and not saved, before another entry is shown."""
        for name, editor in self.editors.items():
            if self.part is not None and (self.part, name) in self._drafts:
                _, why = self._drafts[self.part, name]
                self._drafts[self.part, name] = (editor.value(), why)

    def _say(self, name: str, why: str) -> None:
        self._faults[name].setText(why)
        self._faults[name].setVisible(bool(why))


def _saved(entry: Entry, part: Part, name: str) -> object:
    if name == KEY_IN_FILES:
        return entry.key if isinstance(entry, Issue) else part.key
    return getattr(entry, name)


def _muted(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setContentsMargins(0, 6, 0, 0)
    label.setMinimumWidth(86)
    set_look(label, "muted")
    return label


def heading(part: Part, entry: Entry) -> str:
    """What is shown, above the form."""
    retired = ", retired" if entry.retired else ""
    return f"{word(part.sort).capitalize()}{retired}"
