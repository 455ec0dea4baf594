"""The strip that asks before something is done: what it touches, what else is needed, yes or no.

It opens below the form and covers nothing. Enter does it, Esc lets it be.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look


class Asking(QFrame):
    """One question at a time."""

    def __init__(self, home: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home = home
        set_look(self, "card-at-hand")
        self.says = plain_label(self, "title")
        self.more = plain_label(self)
        self.wrong = plain_label(self, "danger")
        self.yes = QPushButton(self)
        set_look(self.yes, "primary")
        self.no = QPushButton("Cancel", self)
        self._act: Callable[[], None] = self.close_up
        self._asked: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(8)
        self._column.addWidget(self.says)
        self._column.addWidget(self.more)
        self._column.addWidget(self.wrong)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        self._column.addLayout(buttons)
        self.yes.clicked.connect(self.do)
        self.no.clicked.connect(self.close_up)
        self.hide()

    def ask(
        self,
        says: str,
        verb: str,
        act: Callable[[], None],
        asked: QWidget | None = None,
        more: str = "",
    ) -> None:
        """Ask; ``asked`` is what has to be filled in, ``act`` does it and may raise why not."""
        self._drop()
        self.says.setText(says)
        self.tell(more)
        self.refuse("")
        self.yes.setText(verb)
        self.yes.setVisible(bool(verb))
        self._act = act
        self._asked = asked
        if asked is not None:
            asked.setParent(self)
            self._column.insertWidget(2, asked)
            asked.show()
        self._order_tabs()
        self.show()
        (asked or self.yes).setFocus(Qt.FocusReason.OtherFocusReason)

    def _order_tabs(self) -> None:
        """Tab goes through what is asked, then to the buttons, whatever was made first."""
        inner = self._asked.findChildren(QWidget) if self._asked is not None else []
        places = sorted(filter(self._is_place, inner), key=self._place_in)
        for one, following in pairwise([*places, self.no, self.yes]):
            QWidget.setTabOrder(one, following)

    def _is_place(self, line: QWidget) -> bool:
        """Whether Tab can go there; lists that drop down are windows of their own."""
        by_tab = bool(line.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return by_tab and line.focusProxy() is None and line.window() is self.window()

    def _place_in(self, line: QWidget) -> tuple[int, int]:
        """From the top, then from the left; a line that was never laid out as it was made."""
        assert self._asked is not None
        layout = self._asked.layout()
        if layout is not None:
            layout.activate()
        at = line.mapTo(self._asked, QPoint(0, 0))
        return at.y(), at.x()

    def tell(self, more: str) -> None:
        """What it touches, as far as is known by now."""
        self.more.setText(more)
        self.more.setVisible(bool(more))

    def refuse(self, why: str) -> None:
        """Why it cannot be done like this; what was typed stays."""
        self.wrong.setText(why)
        self.wrong.setVisible(bool(why))

    def do(self) -> None:
        try:
            self._act()
        except AnnotatorError as error:
            self.refuse(str(error))

    def close_up(self) -> None:
        """Let it be; the keyboard goes back to where questions come from."""
        if self.isHidden():
            return
        self.hide()
        self._drop()
        self._home.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self) -> None:
        if self._asked is not None:
            self._column.removeWidget(self._asked)
            self._asked.hide()
            self._asked.deleteLater()
            self._asked = None

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or (event.key() in ENTER and self.no.hasFocus()):
            self.close_up()
        elif event.key() in ENTER and self.yes.isVisible():
            self.do()
        else:
            super().keyPressEvent(event)
