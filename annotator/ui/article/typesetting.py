"""Setting one paragraph: its font, its lines, its marks and the space above it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextDocument, QTextLayout

from annotator.core.model import BlockType
from annotator.ui.article.flow import Flow, break_lines, is_mixed
from annotator.ui.article.margin import brackets
from annotator.ui.article.measures import PARAGRAPHS, Column, Measures
from annotator.ui.article.page import Page


class Typesetter:
    """Sets the paragraphs of one document for one width and zoom."""

    def __init__(
        self,
        document: QTextDocument,
        page: Page,
        measures: Measures,
        column: Column,
        paragraph_fonts: Mapping[BlockType, QFont],
    ) -> None:
        self._document = document
        self._page = page
        self._measures = measures
        self._column = column
        self._fonts = paragraph_fonts

    def estimates(self) -> list[int]:
        """About how high each paragraph will be, in pixels, were it body without marks."""
        starts = self._page.starts
        body = PARAGRAPHS["body"]
        leading = round(body.leading * self._measures.em)
        before = round(body.before * self._measures.em)
        per_line = max(1, int(self._column.width / self._measures.character))
        ends = [*starts[1:], self._page.index.length + 1]
        return [
            before + leading * ((end - start) // per_line + 1)
            for start, end in zip(starts, ends, strict=True)
        ]

    def set(self, number: int) -> Flow:
        """Lay a paragraph out, with its marks."""
        page, measures = self._page, self._measures
        block = self._document.findBlockByNumber(number)
        text_layout, qt_start = block.layout(), block.position()
        style, text = PARAGRAPHS[page.type_of(number)], page.text_of(number)
        self._set_font(block, page.type_of(number))
        to_qt, from_qt = page.offsets.to_qt, page.offsets.from_qt
        lines = break_lines(
            text_layout,
            self._column,
            round(style.indent * measures.em),
            lambda units: from_qt(qt_start + units),
            block.textDirection() == Qt.LayoutDirection.RightToLeft,
            measures.em * 2.0,
        )
        lines[-1].reach = min(lines[-1].end + 1, page.index.length)
        flow = Flow(
            number,
            self._space_before(number),
            round(style.leading * style.size * measures.em) if text else round(measures.em * 0.8),
            self._document,
            lambda offset: to_qt(offset) - qt_start,
            is_mixed(text),
            lines,
        )
        flow.fill(mark for mark in page.index.in_paragraph(number) if mark.fragments)
        self.set_brackets(flow)
        flow.set_lines(measures)
        return flow

    def set_brackets(self, flow: Flow) -> None:
        """Give a paragraph the brackets its marks need."""
        page = self._page
        flow.brackets = brackets(
            flow.number, flow.lines, page.index, page.columns, self._column.brackets
        )

    def _set_font(self, block: QTextBlock, kind: BlockType) -> None:
        """Body has the document's font; the others bring theirs, only while they are laid out."""
        if kind != "body" and block.length() > 1:
            look = QTextCharFormat()
            look.setFont(self._fonts[kind])
            block.layout().setFormats([_whole(block.length() - 1, look)])
        elif block.layout().formats():
            block.layout().clearFormats()

    def _space_before(self, number: int) -> int:
        """The space above a paragraph; a blank line in the text is space enough."""
        if number == 0 or self._page.is_blank(number):
            return 0
        space = PARAGRAPHS[self._page.type_of(number)].before * self._measures.em
        return round(space * 0.3 if self._page.is_blank(number - 1) else space)


def _whole(length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    whole = QTextLayout.FormatRange()
    whole.start, whole.length = 0, length
    whole.format = look
    return whole
