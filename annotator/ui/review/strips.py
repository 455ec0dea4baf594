"""Strips that ask for something before it is done: a reason, a comment.

They stand below the text and leave the case beside it as it is. Enter goes on, Esc leaves everything as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.review.records import REASONS
from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.panel.entry import TypeAhead
from annotator.ui.panel.options import Option

_REASONS = 0.42
"""How much of the window's height the reasons take at most, so that the buttons are seen."""
_SAY = "It needs words; Esc leaves it."
_CHOOSE = "A reason is needed: Down lists them, a few letters find one."


class Strip(QFrame):
    """A question with its buttons."""

    accepted = Signal()
    left = Signal()

    def __init__(self, question: str, yes: str, parent: QWidget) -> None:
        super().__init__(parent)
        set_look(self, "notice")
        self.question = plain_label(self, "title", question)
        self.yes = QPushButton(yes, self)
        set_look(self.yes, "primary")
        self.no = QPushButton("Leave it (Esc)", self)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.question)
        column.addLayout(self.body)
        column.addLayout(buttons)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.left)

    def begin(self) -> None:
        """Put the keyboard where it is needed first."""
        self.yes.setFocus()

    def accept(self) -> None:
        """Enter, or the button."""
        if self.yes.isEnabled():
            self.accepted.emit()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER:
            self.left.emit() if self.no.hasFocus() else self.accept()
        else:
            super().keyPressEvent(event)


class ReasonStrip(Strip):
    """Why something is rejected, or decided as it is: a reason from the list, and a note."""

    def __init__(
        self,
        question: str,
        yes: str,
        parent: QWidget,
        needed: bool,
        reason: str = "",
        note: str = "",
        listed: bool = True,
    ) -> None:
        """Without ``listed`` a reason is found by a few letters alone: there need be none."""
        super().__init__(question, yes, parent)
        self.reason = reason
        self._asked = question
        self._needed = needed
        offered = _reasons if listed else _reasons_typed
        self.entry = TypeAhead("Reason", REASONS.get(reason, ""), offered, "Reason", self)
        self.note = QLineEdit(note, self)
        self.note.setPlaceholderText("Note, if there is more to say")
        self.note.setAccessibleName("Note")
        self.body.addWidget(self.entry)
        self.body.addWidget(self.note)
        self._looked_at: Option | None = None
        self.entry.chosen.connect(self._choose)
        self.entry.skipped.connect(self._skip)
        self.entry.looked_at.connect(self._look_at)
        self.entry.line.left.connect(self._take_looked_at)
        self.entry.escaped.connect(self.left)

    def begin(self) -> None:
        self.entry.list.most = int(self.window().height() * _REASONS)
        self.entry.setFocus()

    def _look_at(self, option: object) -> None:
        self._looked_at = option if isinstance(option, Option) else None

    def _take_looked_at(self) -> None:
        """Whoever goes on to the note or the button means the reason they see chosen."""
        if self._looked_at is not None:
            self._set(self._looked_at.value)

    def _choose(self, value: object) -> None:
        self._set(value)
        self.note.setFocus()

    def _set(self, value: object) -> None:
        self.reason = value if isinstance(value, str) else ""
        self.question.setText(self._asked)
        self.entry.show_value(REASONS.get(self.reason, ""))

    def _skip(self) -> None:
        if self.reason or not self._needed:
            self.note.setFocus()
        else:
            self._ask_for_reason()

    def accept(self) -> None:
        if self.reason or not self._needed:
            super().accept()
        else:
            self._ask_for_reason()

    def _ask_for_reason(self) -> None:
        self.question.setText(f"{self._asked} {_CHOOSE}")
        self.entry.setFocus()


def _reasons(query: str) -> Sequence[Option]:
    words = query.casefold().split()
    return [
        Option(key, said)
        for key, said in REASONS.items()
        if all(any(part.startswith(word) for part in said.split()) for word in words)
    ]


def _reasons_typed(query: str) -> Sequence[Option]:
    return _reasons(query) if query.strip() else ()


class WordsStrip(Strip):
    """A few words, such as a comment or an answer; without any it stays open."""

    def __init__(self, question: str, yes: str, parent: QWidget, words: str = "") -> None:
        super().__init__(question, yes, parent)
        self._asked = question
        self.line = QLineEdit(words, self)
        self.line.setAccessibleName(question)
        self.body.addWidget(self.line)

    def begin(self) -> None:
        self.line.setFocus()

    def accept(self) -> None:
        if self.line.text().strip():
            super().accept()
        else:
            self.question.setText(f"{self._asked} {_SAY}")
            self.line.setFocus()
