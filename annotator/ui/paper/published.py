"""A page of marks as it is published: laid out anew, without what is at hand or searched for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice

from annotator.core.codebook import Codebook
from annotator.core.errors import BadInput
from annotator.formats.atomic import write_whole
from annotator.ui.article.page import Page as DrawnPage
from annotator.ui.article_pane import drawn, styles
from annotator.ui.look.theme import Theme
from annotator.ui.panel.options import Known
from annotator.ui.paper.publish import PAPER_WIDTH, Sheet, as_image, as_pdf, as_svg

SUFFIXES = (".png", ".svg", ".pdf")


def save_picture(
    known: Known, book: Codebook, path: Path, theme: Theme, width: int, legend: bool
) -> None:
    """Draw a page into a file of the kind its suffix says.

    SVG and PDF always have a legend; ``width`` in pixels is for PNG and SVG, PDF has A4 sheets.
    :class:`BadInput` for another suffix.
    """
    suffix, title = path.suffix.lower(), known.page.article.title
    if suffix not in SUFFIXES:
        raise BadInput(f"{path} is no picture; use a name that ends in .png, .svg or .pdf.")
    if suffix == ".pdf":
        data = as_pdf(sheet_of(known, book, theme, PAPER_WIDTH, True), title)
    elif suffix == ".svg":
        data = as_svg(sheet_of(known, book, theme, width, True), title)
    else:
        data = _png(sheet_of(known, book, theme, width, legend))
    write_whole(path, data)


def sheet_of(known: Known, book: Codebook, theme: Theme, width: int, legend: bool) -> Sheet:
    """A page as it is to be published: nothing at hand, nothing searched for."""
    page = known.page
    marks = [drawn(known, mark) for mark in page.marks.values()]
    shown = DrawnPage(page.text, page.article.blocks, marks)
    return Sheet(shown, styles(book), theme, width, legend=legend)


def _png(sheet: Sheet) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Qt's documentation names the format as text; its stubs want bytes.
    as_image(sheet).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
