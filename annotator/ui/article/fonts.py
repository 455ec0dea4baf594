"""The reading font: the first of a list that is installed."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from annotator.core.model import BlockType
from annotator.ui.article.geometry.measures import PARAGRAPHS, Measures

FAMILIES = (
    "Charter",
    "Source Serif 4",
    "Source Serif Pro",
    "Georgia",
    "Noto Serif",
    "DejaVu Serif",
)
_SAMPLE = "it is said that the minister did not answer when he was asked in Geneva on Tuesday, "


def reading_family() -> str:
    """The first of the families that is installed, else whatever serif the system gives."""
    return next((name for name in FAMILIES if QFontDatabase.hasFamily(name)), "serif")


def reading_font(family: str, pixels: int) -> QFont:
    """The font of body text."""
    font = QFont(family)
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(pixels)
    return font


def paragraph_fonts(body: QFont, measures: Measures) -> dict[BlockType, QFont]:
    """The font of each type of block."""
    fonts: dict[BlockType, QFont] = {}
    for kind, style in PARAGRAPHS.items():
        font = fonts[kind] = QFont(body)
        font.setPixelSize(max(6, round(measures.em * style.size)))
        font.setBold(style.bold)
        font.setItalic(style.italic)
    return fonts


def chip_font(measures: Measures) -> QFont:
    """The font of the letters on brackets."""
    font = QFont("Sans Serif")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(max(6, round(measures.chip * 0.72)))
    font.setBold(True)
    return font


def mean_character(font: QFont) -> float:
    """The mean width of a character of running text, in pixels."""
    return QFontMetricsF(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
