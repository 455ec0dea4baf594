"""What an import came to: a sentence, what failed and why, what came in; all of it copyable."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from annotator.ui.enter import EnterKey
from annotator.ui.intake.under_way import Outcome
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look


def report_text(outcome: Outcome) -> str:
    """The whole report: the summary, what failed first, then what came in."""
    failed, lines = outcome.failed(), list(outcome.report.lines())
    parts = [outcome.summary()]
    if failed:
        parts.append("\n".join(["Not in", *(f"  {reason}" for reason in failed)]))
    if lines:
        parts.append("\n".join(["One by one", *(f"  {line}" for line in lines)]))
    return "\n\n".join(parts)


class OutcomePage(QWidget):
    """Enter or Esc closes it."""

    done = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._summary = plain_label(self, "title")
        self._undo = plain_label(self, "muted")
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Report of the import")
        EnterKey(self.text).pressed.connect(self.done)
        copy = QPushButton("&Copy the report", self)
        copy.clicked.connect(self.copy)
        close = QPushButton("Close", self)
        set_look(close, "primary")
        close.clicked.connect(self.done)
        row = QHBoxLayout()
        row.addWidget(self._undo, 1)
        row.addWidget(copy)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(12)
        column.addWidget(self._summary)
        column.addWidget(self.text, 1)
        column.addLayout(row)

    def show_outcome(self, outcome: Outcome, undo: str | None) -> None:
        """``undo`` is the step that Ctrl+Z would take back."""
        self._summary.setText(outcome.summary())
        whole = report_text(outcome)
        self.text.setPlainText(whole.partition("\n\n")[2])
        came = bool(outcome.report.made) and undo
        self._undo.setText(f"Ctrl+Z takes back: {undo}" if came else "")
        self._whole = whole
        self.text.setFocus()

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._whole)
