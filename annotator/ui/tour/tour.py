"""The strip above the panes that shows a step of the tour and sees when it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.settings import Settings
from annotator.ui.tour.steps import Seen, Step, steps

_END = "You have marked who says what, and which side they take."


class Tour(QFrame):
    """Hidden until it begins; its methods are what the commands of the tour do."""

    def __init__(self, desk: Desk, view: ArticleView, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._settings = settings
        self._steps: list[Step] = []
        self._at = 0
        set_look(self, "tour")
        self._title = plain_label(self, "title", wraps=False)
        self._text = plain_label(self)
        self._next = QPushButton(self)
        self._next.clicked.connect(self.tour_next)
        leave = QPushButton("Leave the tour", self)
        leave.clicked.connect(self.tour_leave)
        set_look(leave, "quiet")
        self._next.setToolTip("Ctrl+.")
        leave.setToolTip("Ctrl+Shift+.")
        for button in (self._next, leave):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the hands stay in the text
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(leave, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._next, 0, Qt.AlignmentFlag.AlignVCenter)
        view.selectionChanged.connect(self._look)
        desk.at_hand.connect(self._look)
        desk.revised.connect(self._look)
        self.hide()

    @property
    def is_under_way(self) -> bool:
        return bool(self._steps)

    def tour(self) -> None:
        """Begin, or begin anew."""
        self._settings.tour_step = 0
        self.go_on()

    def go_on(self) -> None:
        """Begin where the window was closed the last time."""
        self._steps = steps(self._desk.book)
        self._at = min(self._settings.tour_step, len(self._steps) - 1)
        self._show()
        self.show()

    def tour_next(self) -> None:
        """Go on without doing what the step says; after the last one the tour is over."""
        if not self._steps:
            return
        self._at += 1
        if self._at == len(self._steps):
            self.tour_leave()
            self._desk.said.emit(_END)
        else:
            self._show()

    def tour_leave(self) -> None:
        """Hide; the tour does not come again by itself."""
        self._steps = []
        self._settings.toured = True
        self.hide()

    def _look(self, _what: object = None) -> None:
        """Go on when what the step says was done."""
        if self._steps and self._steps[self._at].done(self._seen()):
            self.tour_next()

    def _seen(self) -> Seen:
        return Seen(self._desk.page, self._view.selection(), self._desk.current_statement)

    def _show(self) -> None:
        self._settings.tour_step = self._at
        step = self._steps[self._at]
        self._title.setText(f"{self._at + 1} of {len(self._steps)} · {step.title}")
        self._text.setText(step.text)
        last = self._at == len(self._steps) - 1
        self._next.setText("Finish" if last else "Next")
        set_look(self._next, "primary" if last else None)
        self.setAccessibleName(f"Tour, {self._title.text()}: {step.text}")
