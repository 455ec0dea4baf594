"""The few questions asked in a window of their own: choose, describe, read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.articles import DESCRIBED
from annotator.core.model import Article
from annotator.ui.commands import Command
from annotator.ui.look.forms import Form, FormDialog
from annotator.ui.look.on_screen import on_screen
from annotator.ui.look.plain import PlainBox
from annotator.ui.look.style import set_look
from annotator.ui.panel.entry import TypeAhead
from annotator.ui.panel.options import Option, Value

_SHOWN = 12


class Chooser(QDialog):
    """Type a few letters, press Enter: commands and statements are found this way."""

    def __init__(self, question: str, listed: Sequence[Option], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setMinimumWidth(560)
        self._listed = listed
        self.chosen: Value | None = None
        self.entry = TypeAhead(question, "", self._found, question, self)
        self.entry.chosen.connect(self._take)
        self.entry.escaped.connect(self.reject)
        self.entry.resized.connect(self.adjustSize)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.entry)
        self.entry.setFocus()

    def _found(self, query: str) -> list[Option]:
        words = query.casefold().split()
        fits = (o for o in self._listed if all(w in _searched(o) for w in words))
        return [option for option, _ in zip(fits, range(_SHOWN), strict=False)]

    def _take(self, value: Value | None) -> None:
        self.chosen = value
        self.accept()


def _searched(option: Option) -> str:
    """What typing is compared with: a command's own name counts too."""
    return f"{option.text} {option.detail} {option.also} {option.value}".casefold()


def ask(dialog: QDialog, parent: QWidget) -> bool:
    """Show a dialog until it is answered; whether it was accepted."""
    accepted = bool(dialog.exec())
    parent.activateWindow()  # not every window manager gives the keyboard back by itself
    return accepted


def choose(parent: QWidget, question: str, listed: Sequence[Option]) -> Value | None:
    """Which option is meant; None when Esc was pressed."""
    chooser = Chooser(question, listed, parent)
    return chooser.chosen if ask(chooser, parent) else None


def ask_where_to(
    parent: QWidget, question: str, usual: Path, sorts: Mapping[str, str]
) -> tuple[Path, str] | None:
    """The file to be written and its sort; None when nobody wants one.

    ``sorts`` are endings by sort, as the system's dialog names them. A name without an ending gets
    that of its sort; the dialog has not seen that name, so what is there is asked about here.
    """
    name, sort = QFileDialog.getSaveFileName(parent, question, str(usual), ";;".join(sorts))
    if not name:
        return None
    path = Path(name)
    if not path.suffix:
        path = path.with_suffix(sorts.get(sort, next(iter(sorts.values()))))
        if path.exists() and not _replaces(path, parent):
            return None
    return path, sort


def _replaces(path: Path, parent: QWidget) -> bool:
    yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
    box = PlainBox(f"{path.name} is there already. Replace it?", parent)
    box.setStandardButtons(yes | no)
    box.setDefaultButton(no)
    return box.exec() == yes


_LABELS = {
    "title": "Title",
    "outlet": "Outlet",
    "author": "Author",
    "published": "Published",
    "url": "Address (URL)",
}


class Describe(FormDialog):
    """What is known of an article, to be corrected."""

    def __init__(self, article: Article, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Article")
        self.setMinimumWidth(520)
        self.lines = {name: QLineEdit(getattr(article, name), self) for name in DESCRIBED}
        self.lines["published"].setPlaceholderText("YYYY-MM-DD, or with a time YYYY-MM-DDTHH:MM")
        form = Form()
        for name, line in self.lines.items():
            line.setCursorPosition(0)
            line.setAccessibleName(_LABELS[name])
            form.add(_LABELS[name], line)
        self.lay_out(form)

    def values(self) -> dict[str, str]:
        return {name: line.text().strip() for name, line in self.lines.items()}

    def accept(self) -> None:
        """Close only with a title and a date that is one."""
        values = self.values()
        if not values["title"]:
            self.refuse(
                "An article needs a title, so that it can be found again.", self.lines["title"]
            )
        elif values["published"] and not is_date(values["published"]):
            self.refuse(
                "Write the date as YYYY-MM-DD, such as 2025-08-24, or leave it empty.",
                self.lines["published"],
            )
        else:
            super().accept()


def is_date(text: str) -> bool:
    """Whether a text is an ISO 8601 date, or date and time."""
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            parse(text)
        except ValueError:
            continue
        return True
    return False


class KeysPage(QDialog):
    """All commands with their keys; typing narrows the list."""

    def __init__(self, commands: Sequence[Command], keys_file: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.resize(on_screen(680, 620, parent))
        self._commands = commands
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Find a command or a key")
        self.filter.setAccessibleName("Find a command or a key")
        self.filter.setClearButtonEnabled(True)
        set_look(self.filter, "search")
        self.table = QTableWidget(0, 3, self)
        self.table.setAccessibleName("Commands and their keys")
        self.table.setHorizontalHeaderLabels(["Command", "Key", "Name for the keys file"])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        note = QLabel(
            "Letters work while the text has the focus. Your own keys go into\n" + keys_file, self
        )
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_look(note, "muted")
        column = QVBoxLayout(self)
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        column.addWidget(note)
        self.filter.textChanged.connect(self._fill)
        self._fill("")

    def _fill(self, query: str) -> None:
        words = query.casefold().split()
        rows = [(c.menu, c.text, keys_text(c), c.id) for c in self._commands]
        rows = [r for r in rows if all(w in " ".join(r).casefold() for w in words)]
        self.table.setRowCount(len(rows))
        for number, (menu, text, keys, id) in enumerate(rows):
            for column, said in enumerate((f"{menu}: {text}", keys, id)):
                self.table.setItem(number, column, QTableWidgetItem(said))
        self.table.resizeColumnToContents(1)
        self.table.resizeColumnToContents(2)


def keys_text(command: Command) -> str:
    """A command's keys as this platform writes them."""
    return " or ".join(
        QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in command.keys
    )
