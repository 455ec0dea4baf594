"""An article as it is to be shown: text, types of its paragraphs, marks and what is at hand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from annotator.core.model import Block, BlockType
from annotator.ui.article.geometry.drawn import Drawn, Highlight, LayerStyle
from annotator.ui.article.geometry.margin import LongColumns
from annotator.ui.article.geometry.mark_index import MarkIndex
from annotator.ui.article.offsets import Offsets

_NEWLINE = re.compile("\n")


class Page:
    """Everything about one article that does not depend on how wide the window is."""

    def __init__(
        self,
        text: str = "",
        blocks: Sequence[Block] = (),
        marks: Iterable[Drawn] = (),
        layers: Sequence[LayerStyle] = (),
    ) -> None:
        """Marks are those to draw: of several layers, what :class:`~annotator.ui.article.geometry.layers.Together` makes of them."""
        self.text = text
        self.layers = tuple(layers)
        self.offsets = Offsets(text)
        self.starts = paragraph_starts(text)
        self.index = MarkIndex(self.starts, len(text), marks)
        self.columns = LongColumns(self.index)
        self.highlight = Highlight()
        self._block_starts: list[int] = []
        self._blocks: list[Block] = []
        self.set_blocks(blocks)

    def set_blocks(self, blocks: Sequence[Block]) -> None:
        """Say of what type the paragraphs are; what no block covers is body."""
        self._blocks = sorted(blocks, key=lambda block: block.start)
        self._block_starts = [block.start for block in self._blocks]

    def type_of(self, paragraph: int) -> BlockType:
        """The type of the block a paragraph starts in."""
        start = self.starts[paragraph]
        number = bisect_right(self._block_starts, start) - 1
        if number >= 0 and start < self._blocks[number].end:
            return self._blocks[number].type
        return "body"

    def text_of(self, paragraph: int) -> str:
        """A paragraph's text without its newline."""
        return self.text[self.starts[paragraph] : self.index.end_of(paragraph)]

    def is_empty(self, paragraph: int) -> bool:
        """Whether a paragraph has no characters at all."""
        return self.starts[paragraph] == self.index.end_of(paragraph)

    def is_blank(self, paragraph: int) -> bool:
        """Whether there is nothing to read in a paragraph."""
        return not self.text_of(paragraph).strip()


def paragraph_starts(text: str) -> list[int]:
    """Where the paragraphs start: 0 and after each newline."""
    return [0, *(match.end() for match in _NEWLINE.finditer(text))]
