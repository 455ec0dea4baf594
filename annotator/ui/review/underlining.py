"""Cells in which the characters that differ are underlined."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.guard import guarded

APART = Qt.ItemDataRole.UserRole + 1
"""From where to where a cell's words differ from those beside it, in code points."""
_LEFT, _TOP = 9, 2
"""What the style sheet has around the words of a cell, in pixels."""
Index = QModelIndex | QPersistentModelIndex


class Underlining(QStyledItemDelegate):
    """Draws other cells as they always are."""

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        apart = index.data(APART)
        if not apart:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        usual = QTextCharFormat()
        usual.setForeground(index.data(Qt.ItemDataRole.ForegroundRole))
        below = QTextCharFormat(usual)
        below.setFontUnderline(True)
        below.setFontWeight(QFont.Weight.Bold)
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(option.font)
        document.setTextWidth(max(option.rect.width() - 2 * _LEFT, 1))
        cursor = QTextCursor(document)
        for piece, is_apart in pieces(option.text, apart):
            cursor.insertText(piece, below if is_apart else usual)
        painter.save()
        painter.fillRect(option.rect, option.backgroundBrush)
        painter.setClipRect(option.rect)
        painter.translate(option.rect.left() + _LEFT, option.rect.top() + _TOP)
        document.drawContents(painter)
        painter.restore()


def pieces(words: str, apart: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The words one piece after the other, each with whether it differs."""
    at = 0
    for start, end in apart:
        yield words[at:start], False
        yield words[start:end], True
        at = end
    yield words[at:], False
