"""The rows of a type-ahead: what may be meant, each as high as its words need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from annotator.ui.guard import guarded
from annotator.ui.look.plain import tip
from annotator.ui.panel.options import Option

_ROW, _LINES = 26, 3
"""Least height of a row in pixels, and the most lines of one; the tool tip has the rest."""
_FRAME, _BESIDE, _ABOVE = 10, 40, 12
"""What the style sheet adds around a list, beside the words of a row, and above and below them."""
_WRAP = Qt.TextFlag.TextWordWrap
_NO_END = 10_000


class OptionList(QListWidget):
    """Options, one under the other; there are never many, and where there is room none scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: Sequence[Option] = ()
        self.most = _NO_END
        """Pixels that it is high at most; where its rows need more, it scrolls."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def show_options(self, options: Sequence[Option]) -> None:
        """Have these rows, none of them chosen."""
        self._options = options
        self.clear()
        for option in options:
            item = QListWidgetItem(self)
            item.setToolTip(tip(option.detail))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _on_one_line(option))
        self._fit()

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Words on one line where they have room, else what stands for what below it."""
        metrics = QFontMetrics(self.font())
        room = max(self.width() - _BESIDE, 1)
        height = 0
        for row, option in enumerate(self._options):
            said = _on_one_line(option)
            if option.detail and metrics.horizontalAdvance(said) > room:
                said = f"{_keyed(option)}\n{option.detail}"
            needed = metrics.boundingRect(QRect(0, 0, room, 10_000), _WRAP, said).height()
            lines = min(needed, _LINES * metrics.lineSpacing())
            item = self.item(row)
            item.setText(said)
            item.setSizeHint(QSize(0, max(_ROW, lines + _ABOVE)))
            height += item.sizeHint().height()
        needed = height + 2 * self.frameWidth() + _FRAME
        shown = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        hidden = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(shown if needed > self.most else hidden)
        self.setFixedHeight(min(needed, self.most))


def _on_one_line(option: Option) -> str:
    return f"{_keyed(option)}  ·  {option.detail}" if option.detail else _keyed(option)


def _keyed(option: Option) -> str:
    """With the key that sets it from the text, before it."""
    return f"{option.key}    {option.text}" if option.key else option.text
