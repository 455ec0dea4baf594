"""The brushes and colours marks are drawn with, made once for a theme and a zoom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from annotator.ui.article.geometry.drawn import Drawn, Highlight, KindStyle, Pattern, State
from annotator.ui.article.geometry.measures import Measures

_PATTERNS: dict[Pattern, tuple[int, ...]] = {
    "solid": (),
    "hairline": (),
    "dashed": (7, 3),
    "dotted": (2, 2),
    "dash-dot": (9, 3, 2, 3),
}
"""Lengths drawn and left out by turns, in pixels at 100 %."""

_LETTERS: dict[State, str] = {"gold": "text", "aside": "text_muted"}
"""The colour roles of what is written on an empty ground."""
_UNKNOWN = KindStyle("?", "kind.8", "solid", 2, False, "")
_QUIET = 0.5
"""How much of the paper is in the colour of a mark that steps back."""
_PROPOSED = 0.35
"""How much of the paper is in the line of a mark that is only suggested."""
_ASIDE = 0.45
"""How much of the paper is in all of a mark that a decision has left out."""


class Colours(Protocol):
    """A theme, as far as the article view needs one."""

    def colour(self, role: str) -> QColor: ...


@dataclass(frozen=True, slots=True)
class Ink:
    """What one kind of mark is drawn with."""

    width: int
    along: QBrush
    down: QBrush
    solid: QBrush
    chip: QColor
    chip_text: QColor
    tint: QColor
    tinted: bool
    letter: str
    badge: tuple[QColor, QColor] | None
    """Edge and letters of a badge with an empty ground, for what is decided or left out."""
    connector: QBrush
    hovered: QColor
    outline: tuple[QBrush, QBrush] | None
    """Across and down, around the text of a suggested mark."""
    gilding: QBrush | None
    """Under the line of a mark in the gold layer."""


class Inks:
    """The ink of each kind, loud and quiet."""

    def __init__(
        self, kinds: Mapping[str, KindStyle], colours: Colours, measures: Measures
    ) -> None:
        self._kinds = kinds
        self._colours = colours
        self._measures = measures
        self._made: dict[tuple[str, State, bool], Ink] = {}
        self.paper = colours.colour("paper")
        self.rail = QBrush(_mix(colours.colour("text_muted"), self.paper, 0.35))
        self.handle = colours.colour("accent")

    def text(self, role: str) -> QColor:
        """The colour of text in a role."""
        return self._colours.colour(role)

    def for_mark(self, mark: Drawn, highlight: Highlight) -> Ink:
        """The ink of a mark while ``highlight`` is at hand.

        A mark of a kind nobody has defined has a plain grey.
        """
        together = highlight.statement
        quiet = bool(together) and mark.id not in together and mark.id != highlight.mark
        key = (mark.kind, mark.state, quiet)
        ink = self._made.get(key)
        if ink is None:
            ink = self._made[key] = self._make(*key)
        return ink

    def _make(self, kind: str, state: State, quiet: bool) -> Ink:
        style = self._kinds.get(kind, _UNKNOWN)

        def stepped_back(pure: QColor) -> QColor:
            left = _mix(pure, self.paper, _ASIDE) if state == "aside" else pure
            return _mix(left, self.paper, _QUIET) if quiet else left

        def colour(part: str = "") -> QColor:
            return stepped_back(self._colours.colour(style.colour + part))

        line, proposed = colour(), state == "suggested"
        if proposed:
            line = _mix(line, self.paper, _PROPOSED)
        dots = tuple(self._measures.width(length) for length in (1, 2))
        lengths = tuple(self._measures.width(length) for length in _PATTERNS[style.pattern])
        return Ink(
            width=1
            if style.pattern == "hairline" or state == "aside"
            else self._measures.width(style.width),
            along=_brush(line.rgba(), lengths, across=True),
            down=_brush(line.rgba(), lengths, across=False),
            solid=QBrush(line),
            chip=colour(".chip"),
            chip_text=self._colours.colour(style.colour + ".chip_text"),
            tint=colour(".tint"),
            tinted=style.tint and not proposed and state != "aside",
            letter=style.letter,
            badge=self._badge(state, line, quiet),
            connector=_brush(
                _mix(line, self.paper, 0.25).rgba(),
                tuple(self._measures.width(n) for n in (1, 3)),
                across=True,
            ),
            hovered=_mix(colour(".tint"), self.paper, 0.4),
            outline=(_brush(line.rgba(), dots, True), _brush(line.rgba(), dots, False))
            if proposed
            else None,
            gilding=QBrush(stepped_back(self._colours.colour("gold"))) if state == "gold" else None,
        )

    def _badge(self, state: State, line: QColor, quiet: bool) -> tuple[QColor, QColor] | None:
        if state not in _LETTERS:
            return None
        edge = self._colours.colour("gold") if state == "gold" else line
        letters = self.text(_LETTERS[state])
        return (edge, _mix(letters, self.paper, _QUIET / 2)) if quiet else (edge, letters)


def _mix(colour: QColor, other: QColor, share: float) -> QColor:
    """``colour`` with a share of another in it."""
    return QColor.fromRgbF(
        colour.redF() * (1 - share) + other.redF() * share,
        colour.greenF() * (1 - share) + other.greenF() * share,
        colour.blueF() * (1 - share) + other.blueF() * share,
    )


@lru_cache(maxsize=512)
def _brush(rgba: int, lengths: tuple[int, ...], across: bool) -> QBrush:
    """A brush that draws and leaves out by turns: an image, for a dashed pen is 20 times slower."""
    colour = QColor.fromRgba(rgba)
    if not lengths:
        return QBrush(colour)
    period = sum(lengths)
    image = QImage(QSize(period, 1) if across else QSize(1, period), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        at = 0
        for number, length in enumerate(lengths):
            if number % 2 == 0:
                size = QSize(length, 1) if across else QSize(1, length)
                place = QPoint(at, 0) if across else QPoint(0, at)
                painter.fillRect(place.x(), place.y(), size.width(), size.height(), colour)
            at += length
    finally:
        painter.end()
    return QBrush(image)
