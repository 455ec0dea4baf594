"""The guidelines in writing, with what they look like beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontDatabase, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from annotator.core.codebook import Codebook
from annotator.ui.book.editors import Line, Lines
from annotator.ui.book.quiet import Quiet
from annotator.ui.guard import guarded
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look

_PREVIEW_MS = 150
_NARROW = 560


class GuidelinesEditor(QWidget):
    """Markdown on the one side, read on the other; below each other where there is no room."""

    changed = Signal(str, object)
    """``name`` or ``guidelines`` of the codebook, and what it is to be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Line("Name of the codebook", "", self)
        self.text = Lines("Guidelines in Markdown", 4, False, self)
        self.text.setMinimumHeight(80)
        self.text.setMaximumHeight(1 << 20)
        self.text.setFont(_fixed_font(self))
        self.preview = Quiet("Guidelines as they are read", self)
        self.wrong = plain_label(self, "danger")
        self.wrong.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self.text)
        self._splitter.addWidget(self.preview)
        label = QLabel("Name", self)
        set_look(label, "muted")
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(label)
        top.addWidget(self.name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.wrong)
        column.addWidget(self._splitter, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PREVIEW_MS)
        self._later.timeout.connect(self._show_preview)
        self.text.textChanged.connect(self._later.start)
        self.name.kept.connect(lambda value: self.changed.emit("name", value))
        self.text.kept.connect(lambda value: self.changed.emit("guidelines", value))

    def show_book(self, book: Codebook) -> None:
        """Show what is saved, unless something is being written."""
        if not self.name.is_changed():
            self.name.show_value(book.name)
        if not self.text.is_changed() or self.text.toPlainText() == book.guidelines:
            if self.text.toPlainText() != book.guidelines:
                self.text.show_value(book.guidelines)
            else:
                self.text.mark_saved()
        self._show_preview()

    def from_the_top(self) -> None:
        """Read from the beginning."""
        self.preview.verticalScrollBar().setValue(0)

    def refuse(self, why: str) -> None:
        self.wrong.setText(why)
        self.wrong.setVisible(bool(why))

    def _show_preview(self) -> None:
        self.preview.show_markdown(self.text.toPlainText())

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _NARROW
        self._splitter.setOrientation(
            Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        )


def _fixed_font(widget: QWidget) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(widget.font().pointSizeF())
    return font
