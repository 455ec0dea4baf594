"""The find that is looked at: what is known of it, to be corrected in place, and its text."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.core.articles import DESCRIBED
from annotator.core.text.blocks import set_block
from annotator.formats.articles.tables.preset import Preset
from annotator.formats.articles.tables.table import Table
from annotator.formats.articles.text_in import BundleIn, Failure, TextIn
from annotator.formats.exchange.contents import Contents
from annotator.importing import OnDuplicate
from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.intake.columns import FIELDS, Columns
from annotator.ui.intake.finds import Find
from annotator.ui.intake.for_all import COPIES
from annotator.ui.intake.labels import Labels
from annotator.ui.intake.lines import Lines
from annotator.ui.intake.listed import Finds
from annotator.ui.intake.project_data import heading, lines
from annotator.ui.look.notice import Notice
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme

_PLACES = {"title": (0, 0, 3), "outlet": (1, 0, 1), "author": (1, 2, 1)}
_PLACES |= {"published": (2, 0, 1), "url": (2, 2, 1)}
"""Row, column of the label, and how many columns the line takes."""
_NOTHING = "Nothing is found yet.\n\nAdd files with Ctrl+I or a folder with Ctrl+Shift+I, or drop them here."
_NONE_SUCH = "Nothing of this sort was found.\n\nChoose another sort, or all, above the list."


class _Line(QLineEdit):
    """Enter keeps what is written and Esc does not; both go back to the list."""

    left = Signal(bool)
    """Whether what is written is kept."""

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in ENTER:
            self.left.emit(True)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit(False)
        else:
            super().keyPressEvent(event)


class Details(QWidget):
    """Shows one find of the list."""

    changed = Signal(object)
    """This :class:`Find` was corrected."""
    on_copy = Signal(str)
    """What shall become of the near copy that is shown."""
    mapped = Signal(str, object)
    """A table, by ``where``, is to be read as a :class:`Preset` says."""
    left = Signal()
    """Back to the list."""
    entered = Signal()
    """Enter was pressed in the text."""

    def __init__(self, finds: Finds, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._finds = finds
        self._find: Find | None = None
        self._before = ""
        self.mapping_name = ""
        """Of the preset that says what labels mean; empty for none."""
        self.columns = Columns(self)
        self.columns.hide()
        self.labels = Labels(self)
        self.labels.hide()
        self.lines = {name: self._line(name) for name in DESCRIBED}
        self.text = Lines(theme, self)
        self._fault = _label("danger", self)
        self._notes = _label("muted", self)
        self._said = _label("title", self)
        self._nothing = Notice("", self)
        self._reason = _label("danger", self)
        self._reason.setContentsMargins(0, 4, 0, 4)
        self._reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy, self._explained, self.copy_box = self._notice()
        self._form = QWidget(self)
        self._lay_out()
        self.columns.chosen.connect(self._map)
        self.text.typed.connect(self._type)
        self.text.left.connect(self.left)
        self.text.entered.connect(self.entered)
        self.show_find(None, None)

    def show_find(self, find: Find | None, table: tuple[Table, Preset] | None) -> None:
        """Another find, or what is known of it now."""
        self._find = find
        found = find.found if find else None
        self._nothing.setVisible(find is None)
        self._nothing.label.setText(_NONE_SUCH if self._finds.all else _NOTHING)
        self.columns.setVisible(table is not None)
        if table is not None:
            self.columns.show_table(*table)
        self._form.setVisible(isinstance(found, TextIn))
        self.labels.setVisible(isinstance(found, BundleIn) and found.mapping is not None)
        self._reason.setVisible(isinstance(found, Failure))
        self._said.setVisible(found is not None and not isinstance(found, TextIn))
        self.text.setVisible(found is not None and not isinstance(found, Failure))
        self._notes.hide()
        self._fault.hide()
        self._copy.hide()
        if isinstance(found, Failure):
            self._said.setText(f"{find.title() if find else ''} cannot come in")
            self._reason.setText(found.reason)
        elif find is not None and find.contents is not None:
            self._show_data(find, find.contents)
        elif find is not None and isinstance(found, TextIn):
            self._show_text(find, found)

    def show_copy(self) -> None:
        """What the find repeats, if it does, and what becomes of it."""
        find = self._find
        arrival = find.arrival if find else None
        repeated = arrival is not None and (arrival.same or arrival.near)
        self._copy.setVisible(bool(repeated))
        if find is None or arrival is None or not repeated:
            return
        if arrival.same is not None:
            title = arrival.same.title
            self._explained.setText(f"This is the same text as “{title}”; it does not come again.")
        elif arrival.near is not None:
            self._explained.setText(f"{arrival.near.explanation}.")
        self.copy_box.setVisible(arrival.same is None)
        done = find.on_copy or self._finds.for_copies
        self.copy_box.setCurrentIndex(self.copy_box.findData(done))

    def go_to(self, name: str) -> None:
        """Put the keyboard on a line, all of it selected, or on what is to be said before."""
        if name == "labels":
            self.labels.go_to_unknown()
            return
        if self._reason.isVisible():  # a table that cannot be read: say which column is which
            self.columns.boxes["title"].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.lines[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self.lines[name].selectAll()

    def show_fault(self) -> None:
        """What is wrong with a value, below the lines."""
        fault = self._find.fault(self._finds.for_all) if self._find else None
        self._fault.setText(fault[1] if fault else "")
        self._fault.setVisible(fault is not None)

    def lock(self) -> None:
        """Nothing can be corrected any more."""
        for widget in (self.columns, self.labels, self._form, self._copy):
            widget.setEnabled(False)

    def _show_text(self, find: Find, found: TextIn) -> None:
        for name, line in self.lines.items():
            value = find.values.get(name, find.value(name, self._finds.for_all))
            if line.text() != value:
                line.setText(value)
                line.setCursorPosition(0)
        blocks = find.blocks or found.blocks
        self.text.show_text(found.text, blocks)
        notes = list(found.notes)
        if found.encoding and found.encoding.lower().replace("_", "-") not in ("utf-8", "ascii"):
            notes.append(f"read as {found.encoding}")
        self._notes.setText(" · ".join([f"{len(found.text):,} characters", *notes]))
        set_look(self._notes, "warning" if found.notes else "muted")
        self._notes.show()
        self.show_copy()
        self.show_fault()

    def show_labels(self) -> None:
        """What the labels of the find mean now, and what is wrong with that."""
        find = self._find
        if find is not None and isinstance(find.found, BundleIn) and find.found.mapping is not None:
            self.labels.show_labels(find.labels, find.found.mapping, self.mapping_name)
            self.show_fault()

    def _show_data(self, find: Find, contents: Contents) -> None:
        self.show_labels()
        self._said.setText(heading(contents))
        losses = find.found.losses if isinstance(find.found, BundleIn) else ()
        self.text.show_plain(lines(contents, find.would, losses))

    def _edit(self, name: str, text: str) -> None:
        """A key changed a line; what is as it was read does not count as corrected."""
        if self._find is None:
            return
        self._find.values.pop(name, None)
        if text.strip() != self._find.value(name, self._finds.for_all):
            self._find.values[name] = text
        self.show_fault()
        self.changed.emit(self._find)

    def _leave(self, name: str, kept: bool) -> None:
        if not kept and self._find is not None:
            self._find.values.pop(name, None)
            self.show_find_again()
            self.changed.emit(self._find)
        self.left.emit()

    def show_find_again(self) -> None:
        """The same find; what holds for all may be different."""
        if self._find is not None and isinstance(self._find.found, TextIn):
            self._show_text(self._find, self._find.found)

    def _type(self, start: int, type: str) -> None:
        find = self._find
        if find is None or not isinstance(find.found, TextIn) or not self._form.isEnabled():
            return
        found = find.found
        blocks = set_block(find.blocks or found.blocks, found.text, start, type)  # type: ignore[arg-type]
        find.blocks = None if blocks == found.blocks else blocks
        self.text.show_text(found.text, blocks)
        self.changed.emit(find)

    def _map(self, preset: Preset) -> None:
        if self._find is not None:
            self.mapped.emit(self._find.table, preset)

    def _choose_copy(self) -> None:
        self.on_copy.emit(self.copy_box.currentData())

    def _line(self, name: str) -> _Line:
        line = _Line(self)
        line.setAccessibleName(FIELDS[name])
        line.textEdited.connect(partial(self._edit, name))
        line.left.connect(partial(self._leave, name))
        if name == "published":
            line.setPlaceholderText("YYYY-MM-DD")
        return line

    def _notice(self) -> tuple[QFrame, QLabel, QComboBox]:
        frame = QFrame(self)
        set_look(frame, "notice")
        explained = plain_label(frame)
        box = QComboBox(frame)
        box.setAccessibleName("What becomes of this near copy")
        options: dict[OnDuplicate, str] = {
            "link": "Bring in and link (L)",
            "keep": "Bring in (K)",
            "skip": "Leave out (S)",
        }
        assert options.keys() == COPIES.keys()
        for done, text in options.items():
            box.addItem(text, done)
        box.activated.connect(self._choose_copy)
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(explained, 1)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignVCenter)
        return frame, explained, box

    def _lay_out(self) -> None:
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for name, (row, column, width) in _PLACES.items():
            label = QLabel(FIELDS[name], self._form)
            set_look(label, "muted")
            label.setBuddy(self.lines[name])
            grid.addWidget(label, row, column)
            grid.addWidget(self.lines[name], row, column + 1, 1, width)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(14, 12, 14, 0)
        column_.setSpacing(10)
        for widget in (
            self._nothing,
            self.columns,
            self._copy,
            self._said,
            self._reason,
            self.labels,
            self._form,
        ):
            column_.addWidget(widget)
        column_.addWidget(self._fault)
        column_.addWidget(self.text, 1)
        column_.addWidget(self._notes)
        column_.addStretch(0)


def _label(look: str, parent: QWidget) -> QLabel:
    label = plain_label(parent, look)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return label
