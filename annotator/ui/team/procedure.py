"""How the project is worked on: blind or not, names, order; who is a reviewer; passphrases."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.core.model import Id
from annotator.core.review.permissions import refusal
from annotator.core.review.procedure import set_procedure
from annotator.core.review.records import PROCEDURE, Procedure
from annotator.core.revision import Revision
from annotator.ui.dialogs import ask
from annotator.ui.frame import Frame
from annotator.ui.look.forms import Form, FormDialog
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.side_window import SideWindow
from annotator.workspace import Workspace

_SETTINGS = {
    "blind": (
        "Blind: analysts see others' work on an article only once they have called it done",
        "In window, command line and exports; what is called done is not changed after that.",
    ),
    "names_hidden": (
        "Reviewers see letters in place of names",
        "So that nobody is favoured. Analysts see who wrote a comment.",
    ),
    "shuffled": (
        "The order of the layers differs from article to article",
        "So that being first does not help anybody.",
    ),
}
_ABOUT_PASSPHRASE = (
    "It keeps others from working under your name; the file itself is not encrypted. Empty takes it"
    " away. A reviewer can take it away too, if it is forgotten."
)


class ProcedureWindow(SideWindow):
    """Space sets and unsets; every change is done at once and can be undone."""

    name = "procedure"
    usual_size = (600, 600)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "Procedure and people")
        self.boxes = {name: QCheckBox(text, self) for name, (text, _) in _SETTINGS.items()}
        self.people = QListWidget(self)
        self.people.setAccessibleName("Analysts; those with a tick are reviewers")
        self.newcomer = QLineEdit(self)
        self._why = plain_label(self, "warning")
        self._filling = False
        self._lay_out()
        for name, box in self.boxes.items():
            box.toggled.connect(partial(self._set, name))
        self.people.itemChanged.connect(self._appoint)
        self.newcomer.returnPressed.connect(self.add)
        self.desk.revised.connect(self._revised)
        self.reload()
        self.boxes["blind"].setFocus()

    def reload(self) -> None:
        """Show things as they are now."""
        workspace = self.desk.workspace
        procedure = workspace.procedure() or Procedure(id=PROCEDURE)
        self._filling = True
        may = workspace.may("change the procedure")
        for name, box in self.boxes.items():
            box.setChecked(getattr(procedure, name))
            box.setEnabled(may)
        self._fill_people()
        self._why.setText("" if may else f"{refusal('change the procedure')} You can look.")
        self._why.setVisible(not may)
        self._clear.setVisible(may)
        self._adding.setVisible(may)
        self._filling = False

    def _fill_people(self) -> None:
        workspace, row = self.desk.workspace, self.people.currentRow()
        may = workspace.may("make a reviewer")
        self.people.clear()
        for analyst in workspace.analysts_by_name():
            you = "you" if analyst.id == workspace.analyst.id else ""
            role = "reviewer" if analyst.reviewer else ""
            guarded = "passphrase" if workspace.has_passphrase(analyst.id) else ""
            said = ", ".join(filter(None, (you, role, guarded)))
            item = QListWidgetItem(f"{analyst.name}{f'   ({said})' if said else ''}")
            item.setData(Qt.ItemDataRole.UserRole, str(analyst.id))
            flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags if may else flags & ~Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if analyst.reviewer else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.people.addItem(item)
        self.people.setCurrentRow(max(0, min(row, self.people.count() - 1)))

    # What is done here

    def _set(self, name: str, on: bool) -> None:
        if not self._filling:
            old = self.desk.workspace.procedure()
            self.desk.do(set_procedure(old, **{name: on}))
            self.reload()

    def _appoint(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        reviewer = item.checkState() == Qt.CheckState.Checked
        self._attempt(lambda: self.desk.workspace.appoint(_id(item), reviewer))

    def add(self) -> None:
        """Let somebody join under the name that was typed."""
        workspace, name = self.desk.workspace, self.newcomer.text()
        if not name.strip():
            self.newcomer.setFocus()
            return

        def join() -> None:
            workspace.do(workspace.staffing([workspace.newcomer(name)]))
            self.newcomer.clear()

        self._attempt(join)

    def clear_passphrase(self) -> None:
        item = self.people.currentItem()
        if item is not None:
            self._attempt(lambda: self.desk.workspace.clear_passphrase(_id(item)))

    def set_passphrase(self) -> None:
        dialog = Passphrase(self.desk.workspace, self)
        if ask(dialog, self):
            self.desk.said.emit("The passphrase is set.")
            self.reload()

    def _attempt(self, action: object) -> None:
        assert callable(action)
        self._why.hide()
        try:
            action()
        except AnnotatorError as error:
            self.reload()
            self._why.setText(str(error))
            self._why.show()
            return
        self.reload()

    def _revised(self, revision: Revision) -> None:
        if revision.kinds & {"procedure", "analyst"}:
            self.reload()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(6)
        column.addWidget(_heading("How the project is worked on", self))
        column.addWidget(self._why)
        for name, box in self.boxes.items():
            column.addWidget(box)
            about = plain_label(self, "muted", _SETTINGS[name][1])
            about.setContentsMargins(30, 0, 0, 8)
            column.addWidget(about)
        column.addWidget(_heading("Analysts; a tick makes a reviewer", self))
        column.addWidget(self.people, 1)
        column.addWidget(self._lay_out_adding())
        self._set_own = QPushButton("Your passphrase…", self)
        self._clear = QPushButton("Take away the passphrase of the one chosen", self)
        self._set_own.clicked.connect(self.set_passphrase)
        self._clear.clicked.connect(self.clear_passphrase)
        row = QHBoxLayout()
        row.addWidget(self._set_own)
        row.addWidget(self._clear)
        row.addStretch(1)
        column.addLayout(row)

    def _lay_out_adding(self) -> QWidget:
        self._adding = QWidget(self)
        self.newcomer.setPlaceholderText("Name of a new analyst")
        self.newcomer.setAccessibleName("Name of a new analyst")
        button = QPushButton("Add", self._adding)
        button.clicked.connect(self.add)
        row = QHBoxLayout(self._adding)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.newcomer, 1)
        row.addWidget(button)
        return self._adding


def _heading(words: str, parent: ProcedureWindow) -> QLabel:
    label = QLabel(words, parent)
    set_look(label, "title")
    return label


def _id(item: QListWidgetItem) -> Id:
    return int(item.data(Qt.ItemDataRole.UserRole))


class Passphrase(FormDialog):
    """The analyst's own passphrase: until now, new, and once more."""

    def __init__(self, workspace: Workspace, parent: ProcedureWindow) -> None:
        super().__init__(parent)
        self.setWindowTitle("Your passphrase")
        self.setMinimumWidth(420)
        self._workspace = workspace
        self.lines = {name: QLineEdit(self) for name in ("Until now", "New", "Once more")}
        form = Form()
        has = workspace.has_passphrase(workspace.analyst.id)
        for name, line in self.lines.items():
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setAccessibleName(name)
            if has or name != "Until now":
                form.add(name, line)
        self.lines["Until now"].setVisible(has)
        self.lay_out(form, plain_label(self, "muted", _ABOUT_PASSPHRASE))

    def accept(self) -> None:
        old, new, again = (line.text() for line in self.lines.values())
        if new != again:
            self.refuse("The two are not the same.")
            return
        try:
            self._workspace.set_passphrase(old, new)
        except AnnotatorError as error:
            self.refuse(str(error))
            return
        super().accept()
