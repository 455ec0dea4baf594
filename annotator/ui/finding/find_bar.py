"""Finding in the article: a bar above the text, all hits shown as one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import BadInput
from annotator.core.text.find import find
from annotator.core.text.offsets import Offsets
from annotator.ui.article.hits import Hits
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.icons import icon
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme

_LONGEST_PREFILL = 200
_COUNT = 110
"""Pixels for how many were found, beside the choices."""


class FindBar(QWidget):
    """What is looked for, how, and which hit is the current one."""

    found = Signal(object)
    """The :class:`Hits` shown in the text now; none while the bar is closed."""
    mark_every = Signal()
    """The analyst wants all hits marked."""

    def __init__(self, desk: Desk, view: ArticleView, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._anchor = 0
        self._rows = 0
        self.hits = Hits()
        self.setAccessibleName("Find in the article")
        set_look(self, "panel")
        self.line = QLineEdit(self)
        self.line.setPlaceholderText("Find in the article")
        self.line.setAccessibleName("Find in the article")
        set_look(self.line, "search")
        self.count = plain_label(self, "muted")
        self.previous = self._button("previous", "Previous hit", "Shift+Enter or Shift+F3")
        self.next = self._button("next", "Next hit", "Enter or F3")
        self.close_button = self._button("close", "Close the search", "Esc")
        self.pattern = self._toggle("Patte&rn", "Alt+R", "Read it as a regular expression")
        self.whole_word = self._toggle("&Whole word", "Alt+W", "Only whole words")
        self.case = self._toggle("Same &case", "Alt+C", "Capitals and small letters differ")
        self.mark = QToolButton(self)
        self.mark.setText("Mark every hit…")
        self.mark.setAccessibleName("Mark every hit")
        self.mark.setToolTip("Choose which hits to mark (Ctrl+Shift+M)")
        self._lay_out()
        self.set_theme(theme)
        self.line.textChanged.connect(self._type)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.close_button.clicked.connect(self.shut)
        self.mark.clicked.connect(self.mark_every)
        for toggle in (self.pattern, self.whole_word, self.case):
            toggle.toggled.connect(self._type)
        self.hide()

    def _button(self, name: str, said: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("icon_name", name)
        button.setAccessibleName(said)
        button.setToolTip(f"{said} ({keys})")
        return button

    def _toggle(self, text: str, keys: str, said: str) -> QToolButton:
        toggle = QToolButton(self)
        toggle.setText(text)
        toggle.setCheckable(True)
        toggle.setShortcut(QKeySequence(keys))
        toggle.setAccessibleName(said)
        toggle.setToolTip(f"{said} ({keys})")
        return toggle

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.line, 1)
        for widget in (self.previous, self.next, self.close_button):
            above.addWidget(widget)
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._below = QGridLayout()
        self._below.setHorizontalSpacing(6)
        self._below.setVerticalSpacing(2)
        self._below.setColumnStretch(3, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 2, 8, 6)
        column.setSpacing(4)
        column.addLayout(above)
        column.addLayout(self._below)
        self._arrange(2)

    def _arrange(self, rows: int) -> None:
        """The choices below the line in one row, or in two where letters are large."""
        if rows == self._rows:
            return
        self._rows = rows
        for at, toggle in enumerate((self.pattern, self.whole_word, self.case)):
            self._below.addWidget(toggle, at // 2 if rows > 1 else 0, at % 2 if rows > 1 else at)
        if rows > 1:
            self._below.addWidget(self.count, 0, 2, 1, 3)
            self._below.addWidget(self.mark, 1, 1, 1, 4, Qt.AlignmentFlag.AlignRight)
        else:
            self._below.addWidget(self.count, 0, 3)
            self._below.addWidget(self.mark, 0, 4)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        choices = (self.pattern, self.whole_word, self.case, self.mark)
        needed = sum(choice.sizeHint().width() + 6 for choice in choices)
        self._arrange(1 if needed + _COUNT <= self.width() else 2)

    def set_theme(self, theme: Theme) -> None:
        for button in (self.previous, self.next, self.close_button):
            button.setIcon(icon(str(button.property("icon_name")), theme))

    # Looking

    def open(self) -> None:
        """Begin to look, for the selected words if there are any."""
        start, end = self._view.selection()
        page = self._desk.page
        words = page.text[start:end] if page else ""
        self._anchor = start
        self.show()
        if words and "\n" not in words and len(words) <= _LONGEST_PREFILL:
            self.line.setText(words)
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._type()

    def show_places(self, words: str, places: Sequence[Offsets]) -> None:
        """Show what a search of the project found here; typing looks for other words."""
        with QSignalBlocker(self.line):
            self.line.setText(words)
        self.show()
        self._go_to(Hits(list(places), 0 if places else None))
        if places:
            at = places[0][0]
            self._view.select(at, at)  # what is pressed next is about the place one sees

    def shut(self) -> None:
        """Close the bar; the current hit is selected in the text."""
        hits = self.hits
        self.hide()
        self._show(Hits())
        if hits.current is not None:
            self._view.select(*hits.places[hits.current])
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_again(self) -> None:
        """Another article lies on the desk."""
        self._anchor = 0
        if not self.isHidden():
            self._type()

    def step(self, way: int) -> None:
        """The next hit (1) or the one before (-1): from the text's selection where one reads."""
        if not self.line.text():
            self.open()
            return
        if self.isHidden():
            self._step_in_text(self._look(), way)
        elif self._view.hasFocus():
            self._show(self._step_in_text(self.hits, way))
        elif self.hits.current is not None:
            number = (self.hits.current + way) % len(self.hits.places)
            self._go_to(replace(self.hits, current=number))

    def _step_in_text(self, hits: Hits, way: int) -> Hits:
        """Select the hit after or before the selection."""
        start, end = self._view.selection()
        number = hits.after(end) if way > 0 else hits.before(start)
        if number is None:
            self._desk.said.emit(f"“{self.line.text()}” is not in this article.")
            return hits
        self._view.select(*hits.places[number])
        self._view.reveal(*hits.places[number])
        return replace(hits, current=number)

    def _type(self) -> None:
        """Show all hits, the first one from where the search began as the current one."""
        try:
            hits = self._look()
        except BadInput as error:
            self._show(Hits())
            self._say(str(error), "danger")
            return
        self._go_to(replace(hits, current=hits.after(self._anchor)))

    def _look(self) -> Hits:
        page = self._desk.page
        places = find(
            page.text if page else "",
            self.line.text(),
            regex=self.pattern.isChecked(),
            whole_word=self.whole_word.isChecked(),
            case=self.case.isChecked(),
        )
        return Hits(places)

    def _go_to(self, hits: Hits) -> None:
        self._show(hits)
        if hits.current is not None:
            self._anchor = hits.places[hits.current][0]
            self._view.reveal(*hits.places[hits.current])

    def _show(self, hits: Hits) -> None:
        self.hits = hits
        self._view.show_hits(hits)
        if hits.current is not None:
            self._say(f"{hits.current + 1:,} of {len(hits.places):,}", "muted")
        else:
            self._say("Nothing found" if self.line.text() else "", "muted")
        self.found.emit(hits)

    def _say(self, text: str, look: str) -> None:
        set_look(self.count, look)
        self.count.setText(text)
        any_hits = bool(self.hits.places)
        for button in (self.previous, self.next, self.mark):
            button.setEnabled(any_hits)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)
