"""What has to be filled in before something new is made, or something is split in two."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.book import changing
from annotator.core.book.parts import Part, Sort
from annotator.core.codebook import STATEMENT
from annotator.core.marking import brief
from annotator.core.model import Id, Mark, Statement
from annotator.core.revision import Edit
from annotator.ui.book.editors import Line, Pick, Several
from annotator.ui.book.form import TYPES
from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.forms import Form
from annotator.ui.look.style import set_look
from annotator.workspace import Workspace

_SHOWN = 300
"""Marks listed at once; the line above narrows them."""


class NewEntry(QWidget):
    """The name of something new, and what else it cannot be without."""

    def __init__(
        self, workspace: Workspace, sort: Sort, field: str = "", parent: Id | None = None
    ) -> None:
        super().__init__()
        self._workspace, self._sort, self._field, self._parent = workspace, sort, field, parent
        self.name = Line("Name")
        self.value = Line("Number", "such as +3 or −3")
        self.type = Pick("Holds", list(TYPES.items()))
        self.type.show_value("choice")
        self.choices = Line("Choices", "separated by commas")
        offered = [(k, kind.name) for k, kind in workspace.codebook.kinds_offered().items()]
        places = [*offered, (STATEMENT, "Statement")] if sort == "field" else offered
        self.kinds = Several("Recorded on" if sort == "field" else "Played by", places)
        self._form = Form(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(14)
        self._form.setVerticalSpacing(8)
        for label, widget in self._rows().items():
            said = QLabel(label, self)
            set_look(said, "muted")
            self._form.add(said, widget)
        for widget in (self.name, self.value, self.type, self.choices, self.kinds):
            widget.setParent(self)
            widget.setVisible(widget in self._rows().values())
        self.type.activated.connect(self._show_choices)
        self.setFocusProxy(self.value if sort == "stance" else self.name)

    def _rows(self) -> dict[str, QWidget]:
        match self._sort:
            case "stance":
                return {"Number": self.value, "Name": self.name}
            case "role":
                return {"Name": self.name, "Played by": self.kinds}
            case "field":
                return {
                    "Name": self.name,
                    "Holds": self.type,
                    "Choices": self.choices,
                    "Recorded on": self.kinds,
                }
            case _:
                return {"Name": self.name}

    def _show_choices(self) -> None:
        self._form.setRowVisible(self.choices, self.type.value() == "choice")

    def make(self, avoid: str) -> tuple[Edit, Part]:
        """The edit that makes it; raises what is wrong with it."""
        now, name = self._workspace, self.name.text()
        ticked = self.kinds.value()
        assert isinstance(ticked, tuple)
        match self._sort:
            case "kind":
                return changing.add_kind(now, name, avoid)
            case "role":
                return changing.add_role(now, name, ticked)
            case "field":
                type = str(self.type.value())
                choices = tuple(self.choices.text().split(",")) if type == "choice" else ()
                return changing.add_field(now, name, type, ticked or (STATEMENT,), choices)
            case "choice":
                return changing.add_choice(now, self._field, name)
            case "stance":
                return changing.add_stance(now, self.value.text().strip(), name)
            case "issue":
                return changing.add_issue(now, name, self._parent, now.new_id())


class Ticking(QListWidget):
    """A list in which Space ticks; Enter and Esc are left to whoever asks."""

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*ENTER, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)


class SplitOff(QWidget):
    """The name of the second half, and which marks or statements go over to it."""

    changed = Signal()

    def __init__(
        self, things: Iterable[Mark | Statement], describe: Callable[[Mark | Statement], str]
    ) -> None:
        super().__init__()
        self._things = list(things)
        self._describe = describe
        self._words: dict[Id, str] = {}
        self.chosen: set[Id] = set()
        self.number = Line("Number of the new one", "Its number, such as +3 or −3", self)
        self.number.hide()
        self.name = Line("Name of the new one", "Name of the new one", self)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Find among them; Ctrl+Return ticks all that are found")
        self.filter.setAccessibleName("Find among them")
        set_look(self.filter, "search")
        self.list = Ticking(self)
        self.list.setAccessibleName("What goes over")
        self.list.setFixedHeight(190)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.number)
        column.addWidget(self.name)
        column.addWidget(self.filter)
        column.addWidget(self.list)
        self.filter.setVisible(bool(self._things))
        self.list.setVisible(bool(self._things))
        self.setFocusProxy(self.name)
        self.filter.textChanged.connect(self._fill)
        self.list.itemChanged.connect(self._ticked)
        self._fill()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in ENTER:
            self.tick_found()
        else:
            super().keyPressEvent(event)

    @property
    def number_of_things(self) -> int:
        """How many there are to choose from."""
        return len(self._things)

    def ask_number(self, asked: bool) -> None:
        """Whether the new one needs a place on the scale."""
        self.number.setVisible(asked)
        self.setFocusProxy(self.number if asked else self.name)

    def tick_found(self) -> None:
        """Tick all that the words find, or untick them when all are."""
        found = {thing.id for thing in self._found()}
        self.chosen = self.chosen - found if found <= self.chosen else self.chosen | found
        self._fill()
        self.changed.emit()

    def _found(self) -> list[Mark | Statement]:
        typed = self.filter.text().casefold().split()
        if not typed:
            return self._things
        return [t for t in self._things if all(w in self._said(t).casefold() for w in typed)]

    def _said(self, thing: Mark | Statement) -> str:
        if thing.id not in self._words:
            self._words[thing.id] = self._describe(thing)
        return self._words[thing.id]

    def _fill(self) -> None:
        found = self._found()
        self.list.blockSignals(True)
        self.list.clear()
        for thing in found[:_SHOWN]:
            item = QListWidgetItem(self._said(thing))
            item.setData(Qt.ItemDataRole.UserRole, str(thing.id))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_state(thing.id in self.chosen))
            self.list.addItem(item)
        if len(found) > _SHOWN:
            rest = QListWidgetItem(f"… and {len(found) - _SHOWN} more; type words to find them.")
            rest.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(rest)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)

    def _ticked(self, item: QListWidgetItem) -> None:
        id = int(item.data(Qt.ItemDataRole.UserRole))
        if item.checkState() is Qt.CheckState.Checked:
            self.chosen.add(id)
        else:
            self.chosen.discard(id)
        self.changed.emit()


def _state(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked


def describer(workspace: Workspace) -> Callable[[Mark | Statement], str]:
    """How a mark or statement is told from others: its words and its article."""
    titles = {article.id: article.title for article in workspace.articles()}

    def said(thing: Mark | Statement) -> str:
        words = thing.quote if isinstance(thing, Mark) else _first_words(workspace, thing)
        return f"{brief(words) or 'implied'}  ·  {titles.get(thing.article, '')}"

    return said


def _first_words(workspace: Workspace, statement: Statement) -> str:
    marks = (workspace.record("mark", m.mark) for m in statement.members)
    return " … ".join(m.quote for m in marks if isinstance(m, Mark) and m.fragments)
