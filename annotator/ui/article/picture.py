"""A picture of a whole article with its marks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QAbstractTextDocumentLayout, QImage, QPainter, QTextDocument

from annotator.ui.article.drawn import KindStyle
from annotator.ui.article.inks import Colours
from annotator.ui.article.layout import LaneLayout
from annotator.ui.article.page import Page


def picture(
    page: Page,
    kinds: Mapping[str, KindStyle],
    colours: Colours,
    width: int,
    zoom: int = 100,
    ratio: float = 1.0,
) -> QImage:
    """The whole article on its paper, ``width`` pixels wide; ``ratio`` device pixels for each.

    Raises ValueError if the picture would be too tall for an image.
    """
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    layout = LaneLayout(document, kinds, colours, zoom)
    document.setDocumentLayout(layout)
    layout.load(page)
    document.setPlainText(page.offsets.qt_text)
    document.setPageSize(QSizeF(width, -1))
    while layout.prepare(0, layout.documentSize().height()):
        pass
    size = layout.documentSize()
    image = QImage(int(width * ratio), int(size.height() * ratio), QImage.Format.Format_RGB32)
    if image.isNull():
        raise ValueError(f"no room for a picture {width} by {size.height():.0f} pixels")
    image.setDevicePixelRatio(ratio)
    image.fill(colours.colour("paper"))
    draw(layout, image)
    return image


def draw(layout: LaneLayout, image: QImage) -> None:
    """Paint all of a laid-out document on an image, without caret or handles."""
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, 0, image.width(), image.height())
    painter = QPainter(image)
    try:
        layout.draw(painter, context)
    finally:
        painter.end()
