"""What the commands of publishing do: printing an article, and writing it as a picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice

from annotator.core.errors import NotAllowed
from annotator.ui.dialogs import ask, ask_where_to
from annotator.ui.frame import Frame
from annotator.ui.look.theme import load_theme
from annotator.ui.panel.options import Known
from annotator.ui.paper.publish import PAPER_WIDTH, paint_sheets
from annotator.ui.paper.published import save_picture, sheet_of

_PICTURES = {"PDF (*.pdf)": ".pdf", "SVG drawing (*.svg)": ".svg", "PNG picture (*.png)": ".png"}
_WIDTH = 900


class Publishing:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def print_article(self) -> None:
        """Ask for a printer and print the article with its legend, on white paper."""
        # Few print, and on some systems loading this asks all printers in the house.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

        known = self._known
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(known.page.article.title)
        if ask(QPrintDialog(printer, self._frame), self._frame):
            self.print_on(printer)

    def print_on(self, device: QPagedPaintDevice) -> None:
        known = self._known
        sheet = sheet_of(known, self._frame.desk.book, load_theme("light"), PAPER_WIDTH, True)
        count = paint_sheets(device, sheet, known.page.article.title, fill=False)
        self._frame.say(f"{count} page{'s' if count > 1 else ''} sent to the printer.")

    def picture_article(self) -> None:
        stem = Path(self._known.page.article.file or "article").stem
        project = self._frame.desk.workspace.path
        usual = self._frame.settings.export_folder(project) / f"{stem}.pdf"
        found = ask_where_to(self._frame, "Save as a picture", usual, _PICTURES)
        if found is not None:
            path, _sort = found
            self._frame.settings.keep_export_folder(project, path.parent)
            self.picture_to(path)

    def picture_to(self, path: Path) -> None:
        """Write the article with its legend as PDF, SVG or PNG, in the colours of the light theme."""
        theme = load_theme("light")
        save_picture(self._known, self._frame.desk.book, path, theme, _WIDTH, True)
        self._frame.say(f"Saved as {path}")

    @property
    def _known(self) -> Known:
        known = self._frame.desk.known
        if known is None:
            raise NotAllowed("Open an article first.")
        return known
