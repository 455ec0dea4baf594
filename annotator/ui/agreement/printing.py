"""A report as PDF: the page of HTML, laid out by Qt."""

from __future__ import annotations

import os

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, QUrl
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from annotator.ui.application import application
from annotator.ui.guard import guarded

_MARGIN_MM = 18
_DPI = 300
_SCREEN_DPI = 96
"""What the lengths in the page are meant for."""


class _Alone(QTextDocument):
    """Loads nothing: all that is printed is in the page."""

    @guarded(default=None)
    def loadResource(self, _type: int, _name: QUrl | str) -> object:
        return None


def pdf(html: str, title: str) -> bytes:
    """The page as PDF on A4; the application must be there."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    document = _Alone()
    document.setDocumentMargin(0)
    document.setHtml(html)
    room = writer.pageLayout().paintRect(QPageLayout.Unit.Inch)
    document.setPageSize(QSizeF(room.width(), room.height()) * _SCREEN_DPI)
    _paint(document, writer)
    buffer.close()
    return bytes(buffer.data().data())


def _paint(document: QTextDocument, writer: QPdfWriter) -> None:
    """Page by page; :meth:`QTextDocument.print_` would add margins of its own."""
    page = document.pageSize()
    painter = QPainter(writer)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        painter.save()
        painter.scale(_DPI / _SCREEN_DPI, _DPI / _SCREEN_DPI)
        painter.translate(0, -number * page.height())
        shown = QRectF(0, number * page.height(), page.width(), page.height())
        document.drawContents(painter, shown)
        painter.restore()
    painter.end()


def pdf_without_display(html: str, title: str) -> bytes:
    """The same from the command line."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()
    return pdf(html, title)
