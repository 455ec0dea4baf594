"""Markdown to read: as written, without HTML, and without fetching anything it names."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from annotator.ui.guard import guarded
from annotator.ui.look.style import set_look

FEATURES = QTextDocument.MarkdownFeature(
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub.value
    | QTextDocument.MarkdownFeature.MarkdownNoHTML.value
)
_IMAGE = QTextDocument.ResourceType.ImageResource.value


class Quiet(QTextBrowser):
    """Shows text; links lead nowhere, pictures are left out.

    Qt loads what a document names by itself, from disk as well, unless it is given something.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        set_look(self, "paper")
        self.document().setDocumentMargin(18)

    @guarded(default=None)
    def loadResource(self, type: int, name: QUrl | str) -> object:
        if type == _IMAGE:
            blank = QImage(1, 1, QImage.Format.Format_ARGB32)
            blank.fill(0)
            return blank
        return QByteArray(b" ")

    def show_markdown(self, text: str) -> None:
        """Show a text; where one was reading is kept."""
        bar = self.verticalScrollBar()
        place = bar.value()
        self.document().setMarkdown(text, FEATURES)
        bar.setValue(place)
