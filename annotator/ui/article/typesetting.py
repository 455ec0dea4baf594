"""Setting one paragraph: its font, its lines, its marks and the space above it."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextLayout,
)

from annotator.core.model import BlockType
from annotator.ui.article.flow import Flow, break_lines, is_mixed, text_option
from annotator.ui.article.geometry.drawn import Drawn
from annotator.ui.article.geometry.lanes import likely_depth
from annotator.ui.article.geometry.layers import Badge, badge_words
from annotator.ui.article.geometry.margin import brackets
from annotator.ui.article.geometry.measures import PARAGRAPHS, Column, Measures, ParagraphStyle
from annotator.ui.article.offsets import ways_within
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
        self._rightward = text_option(False, measures.em * 2.0)
        self._leftward = text_option(True, measures.em * 2.0)

    def estimates(self) -> list[int]:
        """About how high each paragraph will be, in pixels, were it body without marks.

        All of an article's paragraphs pass here before it is seen.
        """
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

    def estimate(self, number: int) -> int:
        """About how high a paragraph with its marks will be, in pixels."""
        page, measures = self._page, self._measures
        start, end = page.starts[number], page.index.end_of(number)
        style = PARAGRAPHS[page.type_of(number)]
        leading = self._leading(number, style)
        width = (self._column.width - style.indent * measures.em) / style.size
        per_line = max(1, int(width / measures.character))
        on_line = [0] * ((end - start) // per_line + 1)
        for mark in page.index.in_paragraph(number):
            for first, last in mark.fragments:
                if first <= end and last > start:
                    low, high = max(first - start, 0), min(last, end) - start
                    for line in range(low // per_line, max(low, high - 1) // per_line + 1):
                        on_line[line] += 1
        text = ceil(QFontMetricsF(self._fonts[page.type_of(number)]).height())
        lines = (measures.room(text, likely_depth(marks), leading) for marks in on_line)
        return self._space_before(number) + sum(lines)

    def _leading(self, number: int, style: ParagraphStyle) -> int:
        size = style.leading * style.size if not self._page.is_empty(number) else 0.8
        return round(size * self._measures.spacing * self._measures.em)

    def set(self, number: int) -> Flow:
        """Lay a paragraph out, with its marks."""
        page, measures = self._page, self._measures
        block = self._document.findBlockByNumber(number)
        text_layout = block.layout()
        kind, text, start = page.type_of(number), page.text_of(number), page.starts[number]
        style = PARAGRAPHS[kind]
        self._set_font(block, kind)
        to_block, from_block = ways_within(text, start, same=block.length() == len(text) + 1)
        lines = break_lines(
            text_layout,
            self._column,
            round(style.indent * measures.em),
            from_block,
            self._leftward if is_leftward(block) else self._rightward,
        )
        lines[-1].reach = min(lines[-1].end + 1, page.index.length)
        flow = Flow(
            number,
            self._space_before(number),
            self._leading(number, style),
            self._document,
            to_block,
            is_mixed(text),
            lines,
            self._badge_of if page.layers else None,
        )
        flow.fill(mark for mark in page.index.in_paragraph(number) if mark.fragments)
        self.set_brackets(flow)
        flow.set_lines(measures)
        return flow

    def _badge_of(self, mark: Drawn) -> Badge:
        words = badge_words(mark, self._page.layers)
        return Badge(words, self._measures.badge_width(words))

    def set_brackets(self, flow: Flow) -> None:
        """Give a paragraph the brackets its marks need."""
        columns, room = self._page.columns, self._column.brackets
        flow.brackets = brackets(flow.number, flow.lines, columns, room)

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


def is_leftward(block: QTextBlock) -> bool:
    """Whether a paragraph is set from right to left."""
    return block.textDirection() == Qt.LayoutDirection.RightToLeft


def _whole(length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    whole = QTextLayout.FormatRange()
    whole.start, whole.length = 0, length
    whole.format = look
    return whole
