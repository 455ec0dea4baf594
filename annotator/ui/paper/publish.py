"""An article with its marks on paper: PNG, SVG, PDF and printing, all painted by one layout."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtSvg import QSvgGenerator

from annotator.core.errors import BadInput
from annotator.ui.article.geometry.drawn import KindStyle
from annotator.ui.article.inks import Colours
from annotator.ui.article.layout import LaneLayout
from annotator.ui.article.page import Page
from annotator.ui.paper.legend import Legend
from annotator.ui.paper.sheets import sheets
from annotator.ui.paper.vectors import VectorPainter

PAPER_WIDTH = 720
"""How wide the article is laid out for a sheet of paper, in pixels: text of about 11 points."""
_TALLEST = 32_767
"""Pixels a raster image can be painted high."""
_MARGIN_MM = 18.0
_FOOT = 34
"""Room for the foot of a sheet, in pixels of the layout."""


class Sheet:
    """A whole article laid out ``width`` pixels wide, with a legend of the kinds that occur."""

    def __init__(
        self,
        page: Page,
        kinds: Mapping[str, KindStyle],
        colours: Colours,
        width: int,
        *,
        legend: bool,
        zoom: int = 100,
    ) -> None:
        self.width = width
        self.colours = colours
        self._document = QTextDocument()
        self._document.setUndoRedoEnabled(False)
        self._layout = LaneLayout(self._document, kinds, colours, zoom)
        self._document.setDocumentLayout(self._layout)
        self._layout.load(page)
        self._document.setPlainText(page.offsets.qt_text)
        self._document.setPageSize(QSizeF(width, -1))
        self._layout.lay_out(0, float("inf"))
        used = _used(page, kinds) if legend else []
        measures, column = self._layout.measures, self._layout.column
        body = self._document.defaultFont()
        self._legend = Legend(kinds, used, colours, measures, column, body)
        self._text_height = self._layout.documentSize().height()
        after = measures.below if self._legend.height else 0
        self.height = self._text_height + self._legend.height + after

    def rows(self) -> list[tuple[float, float]]:
        """What must not be cut in two: lines with their lanes, and the legend."""
        layout = self._layout
        found: list[tuple[float, float]] = []
        for number in sorted(layout.flows):
            top = layout.top_of(number)
            found += [
                (top + line.top, top + line.top + line.height)
                for line in layout.flows[number].lines
            ]
        if self._legend.height:
            found.append((self._text_height, self._text_height + self._legend.height))
        return found

    def paint(self, painter: QPainter, top: float, bottom: float) -> None:
        """Draw what lies between two heights, each where it is."""
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, top, self.width, min(bottom, self._text_height) - top)
        if top < self._text_height:
            self._layout.draw(painter, context)
        if bottom > self._text_height:
            self._legend.draw(painter, self._text_height)


def _used(page: Page, kinds: Mapping[str, KindStyle]) -> list[str]:
    """The kinds that occur, in the codebook's order; those it does not define last."""
    occur = {
        mark.kind for number in range(len(page.starts)) for mark in page.index.in_paragraph(number)
    }
    return [key for key in kinds if key in occur] + sorted(occur - set(kinds))


def as_image(sheet: Sheet) -> QImage:
    """The article as one picture of pixels; :class:`BadInput` if it is too long for one."""
    if sheet.height > _TALLEST:
        raise BadInput("The article is too long for a PNG; use a name that ends in .svg or .pdf.")
    image = QImage(sheet.width, int(sheet.height), QImage.Format.Format_RGB32)
    image.fill(sheet.colours.colour("paper"))
    painter = QPainter(image)
    try:
        sheet.paint(painter, 0, sheet.height)
    finally:
        painter.end()
    return image


def as_svg(sheet: Sheet, title: str) -> bytes:
    """The article as one drawing. Its text stays text, in the fonts of this machine."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(96)  # what browsers take a pixel for
    size = QSize(sheet.width, int(sheet.height))
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    generator.setDescription("An article with its marks")
    painter = VectorPainter(generator)
    try:
        whole = QRectF(0, 0, sheet.width, sheet.height)
        painter.fillRect(whole, sheet.colours.colour("paper"))
        sheet.paint(painter, 0, sheet.height)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def as_pdf(sheet: Sheet, title: str) -> bytes:
    """The article on A4 sheets, with its fonts in the file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Annotator")
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )
    paint_sheets(writer, sheet, title)
    return bytes(buffer.data().data())


def paint_sheets(device: QPagedPaintDevice, sheet: Sheet, title: str, fill: bool = True) -> int:
    """Paint the article on a device's sheets, as wide as they are; returns how many.

    Without ``fill`` the sheets keep their own colour, as they should when ink is paid for.
    """
    painter = VectorPainter(device)
    try:
        scale = device.width() / sheet.width
        height = device.height() / scale
        parts = sheets(sheet.rows(), height - _FOOT)
        for number, (top, bottom) in enumerate(parts, 1):
            if number > 1:
                device.newPage()
            painter.save()
            painter.scale(scale, scale)
            # Over the margins too, for a dark theme.
            around = QRectF(-sheet.width, -height, 3 * sheet.width, 3 * height)
            if fill:
                painter.fillRect(around, sheet.colours.colour("paper"))
            _foot(painter, sheet, height, f"{title}  ·  {number} of {len(parts)}")
            painter.setClipRect(QRectF(0, 0, sheet.width, bottom - top))
            painter.translate(0, -top)
            sheet.paint(painter, top, bottom)
            painter.restore()
    finally:
        painter.end()
    return len(parts)


def _foot(painter: QPainter, sheet: Sheet, height: float, said: str) -> None:
    font = QFont("Sans Serif")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(11)
    painter.setFont(font)
    painter.setPen(sheet.colours.colour("text_muted"))
    room = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideMiddle, sheet.width)
    width = painter.fontMetrics().horizontalAdvance(room)
    painter.drawText(QPointF((sheet.width - width) / 2, height - 4), room)
