"""The guidelines and the whole codebook to read beside the text, with a line to find words in them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QTextEdit, QVBoxLayout

from annotator.core.book.explaining import Explained, everything
from annotator.core.revision import Revision
from annotator.ui.book.flagged import flagged_cases
from annotator.ui.book.quiet import Quiet
from annotator.ui.enter import ENTER
from annotator.ui.frame import Frame
from annotator.ui.guard import guarded
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.side_window import SideWindow

_INDENT = 22


class _Find(QLineEdit):
    """Esc empties it first, then closes the window."""

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape or event.key() in ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)


class GuidelinesWindow(SideWindow):
    """Reads; Enter goes to the next hit, Shift+Enter to the one before."""

    name = "guidelines"
    usual_size = (620, 720)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "Guidelines")
        self.line = _Find(self)
        self.line.setPlaceholderText("Find in guidelines, definitions and examples")
        self.line.setAccessibleName("Find in guidelines, definitions and examples")
        self.line.setClearButtonEnabled(True)
        set_look(self.line, "search")
        self.told = QLabel(self)
        set_look(self.told, "muted")
        self.text = Quiet("Guidelines", self)
        self._hits: list[QTextCursor] = []
        self._at = -1
        top = QHBoxLayout()
        top.setContentsMargins(14, 12, 14, 8)
        top.setSpacing(10)
        top.addWidget(self.line, 1)
        top.addWidget(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.text, 1)
        self.line.textChanged.connect(self._search)
        self.desk.revised.connect(self._revised)
        self._write()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.line.setFocus()

    def set_theme(self, theme: Theme) -> None:
        self._write()

    @property
    def hit(self) -> str:
        """The words the search is at, empty when there are none."""
        return self._hits[self._at].selectedText() if self._hits else ""

    def step(self, by: int) -> None:
        """To the next hit or the one before, round and round."""
        if self._hits:
            self._at = (self._at + by) % len(self._hits)
            self._show_hits()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in ENTER or event.key() == Qt.Key.Key_F3:
            self.step(-1 if shift else 1)
        else:
            super().keyPressEvent(event)

    def _revised(self, revision: Revision) -> None:
        if revision.kinds & {"codebook", "issue", "verdict"}:
            self._write()

    def _write(self) -> None:
        """The guidelines as Markdown, then every entry as plain text: names may hold anything."""
        bar = self.text.verticalScrollBar()
        place = bar.value()
        book = self.desk.book
        self.text.show_markdown(book.guidelines)
        write = QTextCursor(self.text.document())
        write.movePosition(QTextCursor.MoveOperation.End)
        for section, found in everything(book, self.desk.workspace.issues()).items():
            if found:
                self._block(write, section, self._heading(1.25), above=26)
            for one in found:
                self._entry(write, one)
        cases = list(flagged_cases(self.desk.workspace))
        if cases:
            self._block(write, "Flagged in review", self._heading(1.25), above=26)
        for words, told in cases:
            self._lines(write, words, told)
        self._search(self.line.text())
        bar.setValue(place)

    def _entry(self, write: QTextCursor, one: Explained) -> None:
        self._lines(write, one.heading, one.text, one.depth)

    def _lines(
        self, write: QTextCursor, heading: str, told: Iterable[tuple[str, str]], depth: int = 0
    ) -> None:
        plain, muted = QTextCharFormat(), QTextCharFormat()
        muted.setForeground(self.frame.theme.colour("text_muted"))
        self._block(write, heading, self._heading(1.0), above=10, depth=depth)
        for label, text in told:
            self._block(write, label, muted, above=1, depth=depth)
            write.insertText(text, plain)

    def _heading(self, scale: float) -> QTextCharFormat:
        words = QTextCharFormat()
        words.setFontWeight(QFont.Weight.DemiBold)
        words.setFontPointSize(self.font().pointSizeF() * scale)
        words.setForeground(self.frame.theme.colour("heading"))
        return words

    def _block(
        self, write: QTextCursor, text: str, words: QTextCharFormat, above: int, depth: int = 0
    ) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(above)
        shape.setLeftMargin(depth * _INDENT)
        write.insertBlock(shape, words)
        write.insertText(text, words)

    def _search(self, words: str) -> None:
        """Find all places at once; the first one from where one was is shown."""
        now = self._hits[self._at].selectionStart() if self._hits else 0
        self._hits = _places(self.text.document(), words)
        later = [n for n, hit in enumerate(self._hits) if hit.selectionStart() >= now]
        self._at = later[0] if later else 0
        self._show_hits()

    def _show_hits(self) -> None:
        marked = []
        for number, hit in enumerate(self._hits):
            role = "search_hit_current" if number == self._at else "search_hit"
            marked.append(_marked(hit, self.frame.theme.colour(role)))
        self.text.setExtraSelections(marked)
        if self._hits:
            self.told.setText(f"{self._at + 1} of {len(self._hits)}")
            shown = QTextCursor(self._hits[self._at])
            shown.clearSelection()
            self.text.setTextCursor(shown)
            self.text.ensureCursorVisible()
        else:
            self.told.setText("nothing found" if self.line.text().strip() else "")


def _places(document: QTextDocument, words: str) -> list[QTextCursor]:
    found: list[QTextCursor] = []
    wanted = words.strip()
    hit = document.find(wanted) if wanted else QTextCursor()
    while not hit.isNull():
        found.append(hit)
        hit = document.find(wanted, hit)
    return found


def _marked(hit: QTextCursor, colour: QColor) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    made.cursor = hit
    shape = QTextCharFormat()
    shape.setBackground(colour)
    made.format = shape
    return made
