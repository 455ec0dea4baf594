"""Sizes on the page, in pixels, for a zoom; and how each type of block is set."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.core.model import BlockType
from annotator.ui.article.geometry.lanes import Line

BODY_SIZE = 17
"""Height of the reading font at 100 %, in pixels."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader sets to taste."""

    characters: int = 70
    """How many characters of running text a line holds when there is room."""
    spacing: int = 100
    """From line to line, in percent of the usual."""

    def within_reason(self) -> Reading:
        """The nearest that reads well: 60 to 90 characters, 85 to 160 %."""
        return Reading(max(60, min(self.characters, 90)), max(85, min(self.spacing, 160)))


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How a type of block is set. Sizes are in ems of the body: its own size, the space above
    it, and how far it is moved in; ``leading`` is from line to line, in its own ems."""

    size: float
    role: str
    before: float
    leading: float = 1.6
    indent: float = 0.0
    bold: bool = False
    italic: bool = False


PARAGRAPHS: dict[BlockType, ParagraphStyle] = {
    "headline": ParagraphStyle(1.6, "headline", 0.0, leading=1.32, bold=True),
    "dateline": ParagraphStyle(0.82, "dateline", 0.45),
    "heading": ParagraphStyle(1.14, "heading", 1.35, leading=1.45, bold=True),
    "caption": ParagraphStyle(0.88, "caption", 0.7, leading=1.5, indent=1.3, italic=True),
    "body": ParagraphStyle(1.0, "text", 0.7),
}


@dataclass(frozen=True, slots=True)
class Column:
    """Where the text stands: its left edge, its width, and room for brackets left of it.

    ``rail`` is where the rail of a statement stands, right of it.
    """

    left: int
    width: int
    brackets: int
    rail: int


class Measures:
    """All sizes at one zoom. Whole pixels, so that lines are crisp."""

    def __init__(
        self, zoom: int, character: float, reading: Reading | None = None, badges: bool = False
    ) -> None:
        """``zoom`` in percent; ``character`` is the mean width of one in the body font; with
        ``badges`` the lanes have room to say whose each mark is."""
        scale = zoom / 100
        reading = reading or Reading()
        self.characters = reading.characters
        self.spacing = reading.spacing / 100
        self.scale = scale
        self.em = max(6, round(BODY_SIZE * scale))
        self.character = character
        self.lane_gap = max(1, round(scale))
        self.badges = badges
        self.badge = max(8, round(11 * scale))
        self.lane = self.badge + max(1, round(2 * scale)) if badges else max(4, round(6 * scale))
        self.tick = max(3, round(5 * scale))
        self.stroke = max(1, round(scale))
        self.chip = max(8, round(12 * scale))
        self.bracket = self.chip + max(1, round(scale))
        self.bracket_gap = max(4, round(7 * scale))
        self.cap = max(3, round(5 * scale))
        self.hook = max(3, round(5 * scale))
        self.above = round(30 * scale)
        self.below = round(60 * scale)

    def width(self, pixels: int) -> int:
        """A stroke so many pixels wide at 100 %."""
        return max(1, round(pixels * self.scale))

    def badge_width(self, words: str) -> int:
        """The width of a badge, with a little to either side of what it says."""
        return round(self.badge * (0.55 + sum(0.35 if c == " " else 0.68 for c in words)))

    def column(self, viewport: int) -> Column:
        """The column of text in a viewport so wide."""
        narrow = viewport < self.character * (self.characters * 0.75)
        brackets = 3 if narrow else 5
        margin = brackets * self.bracket + self.bracket_gap + self.width(8)
        right = self.width(14 if narrow else 30)
        width = round(min(self.character * self.characters, viewport - margin - right))
        width = max(width, self.em * 6)
        left = max(margin, (viewport - width) // 2)
        return Column(left, width, brackets, left + width + round(right * 0.7))

    def line_height(self, line: Line, leading: int) -> int:
        """From the top of a line to the next: the leading, or more if its lanes need it."""
        if line.start == line.end and not line.pieces:
            return leading
        return self.room(-int(-line.text_height // 1), line.depth, leading)

    def room(self, text_height: int, depth: int, leading: int) -> int:
        """The height of a line of text with so many lanes."""
        lanes = self.lane_gap + depth * self.lane if depth else 0
        # One lane lies within the leading; more need air before the next line.
        return max(leading, text_height + lanes + (self.lane_gap if depth > 1 else 0))

    def lane_top(self, line: Line, lane: int) -> int:
        """Where a lane starts, from the paragraph's top."""
        return line.top + int(-(-line.text_height // 1)) + self.lane_gap + lane * self.lane

    def lane_at(self, line: Line, y: float) -> int:
        """The lane at a height from the paragraph's top; below 0 in the text."""
        return int((y - self.lane_top(line, 0)) // self.lane)
