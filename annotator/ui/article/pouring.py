"""Pouring an article's text into its document: what is looked at now, the rest bit by bit.

Qt needs as long for the text alone as a whole window does for everything else, once the text
has some hundred thousand characters; and only the paragraphs in the window are looked at.
"""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument

_FIRST = 16_000
"""UTF-16 units poured at once: more than most windows show."""
_PART = 100_000
"""UTF-16 units poured at a time: about a millisecond."""


class Pouring:
    """Gives a document its text, in UTF-16 units. The document must be nobody else's to edit.

    Parts end before a newline. So the next part never begins with a character that Qt drops
    there, and a paragraph is whole as soon as another one follows it.
    Raises ValueError if Qt shows another text, which would move every offset.
    """

    def __init__(self, document: QTextDocument, qt_text: str) -> None:
        self._document = document
        self._text = qt_text
        self._poured = self._end_of(0, _FIRST)
        document.setPlainText(qt_text[: self._poured])
        self._check()

    @property
    def done(self) -> bool:
        """Whether the document has the whole text."""
        return self._poured == len(self._text)

    def pour(self) -> bool:
        """Pour one more part; True while something is left."""
        if not self.done:
            first, self._poured = self._poured, self._end_of(self._poured, _PART)
            cursor = QTextCursor(self._document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(self._text[first : self._poured])
            self._check()
        return not self.done

    def reach(self, paragraph: int) -> None:
        """Pour until a paragraph, by its number, is whole."""
        while self._document.blockCount() <= paragraph + 1 and self.pour():
            pass

    def finish(self) -> None:
        """Pour the rest."""
        while self.pour():
            pass

    def _end_of(self, first: int, units: int) -> int:
        at = self._text.find("\n", first + units)
        return at if at >= 0 else len(self._text)

    def _check(self) -> None:
        if self._document.characterCount() - 1 != self._poured:
            raise ValueError("the text has characters that Qt changes")
