"""Words of anybody's shown as they are: Qt takes a text with a tag in it for a page otherwise."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from annotator.ui.look.style import set_look

_ICON = QMessageBox.Icon


def tip(text: str) -> str:
    """A text for a tool tip, which has no plain format of its own; empty stays empty."""
    return f'<span style="white-space: pre-wrap">{escape(text)}</span>' if text else ""


def plain_label(
    parent: QWidget, look: str | None = None, text: str = "", wraps: bool = True
) -> QLabel:
    """A label that shows its words as they are."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    set_look(label, look)
    return label


class PlainBox(QMessageBox):
    """A message of which every part is plain text, and can be selected to be copied."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        more: str = "",
        icon: QMessageBox.Icon = _ICON.Warning,
        title: str = "Annotator",
    ) -> None:
        """``more`` stands below the text, in smaller letters where the platform has them."""
        super().__init__(icon, title, text, parent=parent)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setInformativeText(more)

    def setInformativeText(self, text: str) -> None:
        """Qt's own would look for tags in it, whatever the format of the rest."""
        super().setInformativeText(text)
        for label in self.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setOpenExternalLinks(False)


def warn(parent: QWidget | None, text: str, title: str = "Annotator") -> None:
    """Something that has to be read before going on."""
    PlainBox(text, parent, title=title).exec()
