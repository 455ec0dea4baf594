"""Below the list and the text: how far it is, the keys, and the buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.core.text.cleaning import counted
from annotator.ui.intake.passage import Taking
from annotator.ui.intake.project_data import counts_said
from annotator.ui.intake.under_way import UnderWay
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look

_WHOLE = 1000
_KEYS = (
    ("Enter", "import"),
    ("Space", "in or out"),
    ("→", "text"),
    ("F2", "title"),
    ("Ctrl+Enter", "import from anywhere"),
)
_IN_TEXT = (
    ("Enter", "import"),
    ("B", "next type of block"),
    ("1–5", "headline, dateline, heading, caption, body"),
    ("←", "list"),
)
_WHILE_IMPORTING = (("Esc", "stop; what is in stays in"),)
_WHILE_TAKING = (("Esc", "stop; nothing of this file comes in"),)
_ON_COPIES = (
    ("Enter", "import"),
    ("Space", "in or out"),
    ("L", "link"),
    ("K", "keep"),
    ("S", "skip"),
    ("Shift+L, K, S", "for all copies"),
)


class Foot(QWidget):
    """Says what is going on; the buttons say what to do."""

    add_files = Signal()
    add_folder = Signal()
    stop = Signal()
    leave = Signal()
    bring_in = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = ""
        self._bar = QProgressBar(self)
        self._bar.setRange(0, _WHOLE)
        self._bar.setTextVisible(False)
        kept = self._bar.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # so that nothing moves when work is over
        self._bar.setSizePolicy(kept)
        self._keys = QLabel(self)
        self._keys.setTextFormat(Qt.TextFormat.RichText)
        self._keys.setWordWrap(True)
        self._message = plain_label(self, wraps=False)
        for label in (self._keys, self._message):
            label.setMinimumWidth(40)
            set_look(label, "muted")
        self._files = self._button("Add &files…", "quiet", self.add_files.emit, "Ctrl+I")
        self._folder = self._button("Add a fol&der…", "quiet", self.add_folder.emit, "Ctrl+Shift+I")
        self._stop = self._button("Sto&p", None, self.stop.emit, "")
        self._leave = self._button("Cancel", None, self.leave.emit, "Esc")
        self._import = self._button("Import", "primary", self.bring_in.emit, "Ctrl+Enter")
        self._lay_out()
        self.show_keys(in_text=False, on_copy=False)

    @property
    def message(self) -> str:
        return self._message.text()

    def say(self, text: str, look: str) -> None:
        """One sentence, until something else happens; empty to show again how far things are."""
        self._said = text
        set_look(self._message, look)
        self._message.setText(text)

    def show_progress(self, work: UnderWay, found: int, chosen: int) -> None:
        importing = work.state == "importing"
        self._bar.setVisible(work.is_working)
        unknown = work.state == "looking" and work.reader.passage is not None and not work.share
        self._bar.setMaximum(0 if unknown else _WHOLE)
        self._bar.setValue(int(work.share * _WHOLE))
        self._stop.setVisible(work.is_working)
        self._stop.setText("Sto&p" if importing else "Sto&p reading")
        for button in (self._files, self._folder, self._leave, self._import):
            button.setVisible(not importing)
        self._import.setText(f"Import {chosen:,}")
        self._import.setEnabled(chosen > 0 or work.is_reading)
        if importing or not self._said:
            set_look(self._message, "muted")
            self._message.setText(_status(work, found, chosen))
        if importing:
            self._keys.setText(_written(_WHILE_TAKING if work.taking else _WHILE_IMPORTING))

    def show_keys(self, *, in_text: bool, on_copy: bool) -> None:
        """Those that work where the keyboard is."""
        keys: Sequence[tuple[str, str]] = _IN_TEXT if in_text else _ON_COPIES if on_copy else _KEYS
        self._keys.setText(_written(keys))

    def _button(
        self, text: str, look: str | None, act: Callable[[], None], keys: str
    ) -> QPushButton:
        button = QPushButton(text, self)
        set_look(button, look)
        button.setToolTip(keys)
        button.clicked.connect(partial(_press, act))
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(self._message, 1)
        for button in (self._files, self._folder, self._stop, self._leave, self._import):
            row.addWidget(button)
        self._keys.setContentsMargins(14, 0, 14, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(7)
        column.addWidget(self._bar)
        column.addWidget(self._keys)
        column.addLayout(row)


def _written(keys: Sequence[tuple[str, str]]) -> str:
    said = (f"<b>{key}</b> {what}".replace(" ", "&nbsp;") for key, what in keys)
    return "&nbsp;&nbsp;&nbsp; ".join(said)


def _press(act: Callable[[], None], _checked: bool = False) -> None:
    act()


def _status(work: UnderWay, found: int, chosen: int) -> str:
    """What is going on, in a few words."""
    taking, passage = work.taking, work.reader.passage
    if taking is not None:
        return _taking_said(taking)
    if work.is_reading and passage is not None:
        counts = counts_said(passage.contents, "mark")
        parts = [f"Looking through {passage.found.file}: {counts}"]
    elif work.state == "importing":
        return f"Importing: {work.brought:,} of {chosen:,} are in"
    elif work.is_reading:
        parts = [f"Reading: {found:,} found, {work.share:.0%}".replace("%", " %")]
    elif work.reader.stopped:
        left = work.reader.files - work.reader.begun
        parts = [
            f"{found:,} found",
            f"stopped, {counted(left, 'file')} not read" if left else "stopped",
        ]
    else:
        parts = [f"{found:,} found"]
    if work.still_to_look:
        parts.append(f"looking for copies, {work.still_to_look:,} to go")
    elif work.is_comparing:
        parts.append("looking for copies")
    return " · ".join(parts)


def _taking_said(taking: Taking) -> str:
    """How far a file is that comes in as a whole."""
    name = taking.found.file
    if taking.is_stopped:
        return f"Stopping; nothing of {name} stays"
    if taking.share == 1:
        return f"Importing {name}: all is read and is being stored"
    return f"Importing {name}: {taking.articles:,} of {taking.of:,} articles"
