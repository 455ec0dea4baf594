"""Working as another analyst on the same project file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QWidget

from annotator.core.errors import AnnotatorError
from annotator.ui.dialogs import ask
from annotator.ui.frame import Frame
from annotator.ui.look.forms import Form, FormDialog
from annotator.ui.panel.entry import TypeAhead
from annotator.ui.panel.options import Option
from annotator.workspace import Workspace


def switch_analyst(frame: Frame, show: Callable[[Workspace], object] | None) -> None:
    """Ask who works here now, and go on as them in a window in place of this one."""
    if show is None:
        frame.say("This window cannot make another.", "warning")
        return
    dialog = WhoWorks(frame)
    if ask(dialog, frame) and dialog.workspace is not None:
        show(dialog.workspace)
        frame.close()


class WhoWorks(FormDialog):
    """A name, and the passphrase if it has one; a new name joins the project."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.setWindowTitle("Work as another analyst")
        self.setMinimumWidth(440)
        self.workspace: Workspace | None = None
        """The project as they see it, once the dialog was accepted."""
        self._here = frame.desk.workspace
        procedure = self._here.procedure()
        hidden = procedure is not None and procedure.names_hidden and self._here.analyst.reviewer
        self._names = [] if hidden else [a.name for a in self._here.analysts_by_name()]
        self.name = TypeAhead("Name", "", self._found, "Name, also a new one", self)
        self.passphrase = QLineEdit(self)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName("Passphrase")
        form = self._form = Form()
        form.add("Name", self.name)
        form.add("Passphrase", self.passphrase)
        self._ok = self.lay_out(form).button(QDialogButtonBox.StandardButton.Ok)
        self._asks = False
        form.setRowVisible(self.passphrase, False)
        self.name.chosen.connect(self._choose)
        self.name.line.textChanged.connect(self._ask_passphrase)
        self.name.escaped.connect(self.reject)
        self.name.resized.connect(self.adjustSize)
        self.name.setFocus()

    def _found(self, query: str) -> list[Option]:
        typed = query.strip()
        fits = [n for n in self._names if typed.casefold() in n.casefold()]
        listed = [
            Option(n, n, "works here now" if n == self._here.analyst.name else "") for n in fits
        ]
        if typed and typed not in self._names:
            listed.append(Option(typed, f"“{typed}”", "joins the project" if self._names else ""))
        return listed[:10]

    def _choose(self, value: object) -> None:
        self.name.show_value(str(value or ""))
        self.name.current = str(value or "")
        self.name.line.setText(str(value or ""))
        (self.passphrase if self._asks else self._ok).setFocus()

    def _ask_passphrase(self, name: str) -> None:
        """Have a line for the passphrase of somebody who has set one."""
        named = [a.id for a in self._here.analysts() if a.name == name.strip()]
        self._asks = any(map(self._here.has_passphrase, named))
        self._form.setRowVisible(self.passphrase, self._asks)

    def accept(self) -> None:
        """Close once it is somebody, with the right passphrase."""
        name = self.name.current or self.name.line.text().strip()
        if not name:
            self.refuse("Say who works here now.", self._asked())
            return
        try:
            self.workspace = self._here.as_analyst(name, self.passphrase.text())
        except AnnotatorError as error:
            self.refuse(str(error), self._asked())
            return
        super().accept()

    def _asked(self) -> QWidget:
        return self.passphrase if self._asks else self.name
