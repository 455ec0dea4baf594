"""The filters that are on, as chips to take off, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QToolButton, QWidget

from annotator.ui.guard import guarded
from annotator.ui.look.style import set_look

_GAP = 4


class Flow(QLayout):
    """Widgets beside each other, going on in the next line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []

    @guarded
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @guarded(default=0)
    def count(self) -> int:
        return len(self._items)

    @guarded(default=None)
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @guarded(default=None)
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @guarded(default=False)
    def hasHeightForWidth(self) -> bool:
        return True

    @guarded(default=0)
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @guarded(default=QSize())
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @guarded(default=QSize())
    def minimumSize(self) -> QSize:
        widest = max((i.sizeHint().height() for i in self._items), default=0)
        margins = self.contentsMargins()
        return QSize(0, widest + margins.top() + margins.bottom())

    @guarded
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Put everything in its place, or only see how high that would be."""
        margins = self.contentsMargins()
        inner = rect.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        x, y, high = inner.left(), inner.top(), 0
        for item in self._items:
            size = item.sizeHint()
            width = min(size.width(), inner.width())
            if x > inner.left() and x + width > inner.right() + 1:
                x, y, high = inner.left(), y + high + _GAP, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += width + _GAP
            high = max(high, size.height())
        return y + high + margins.bottom() - rect.top()


class Chips(QWidget):
    """One button for each filter that is on; pressing it takes the filter off."""

    dropped = Signal(str)
    """The name of a filter to take off."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow = Flow(self)
        self._flow.setContentsMargins(12, 0, 12, 6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.buttons: dict[str, QToolButton] = {}
        self.hide()

    def show_filters(self, said: Mapping[str, str]) -> None:
        """Show these filters, by name, in words."""
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {name: self._chip(name, words) for name, words in said.items()}
        self.setVisible(bool(said))
        self.updateGeometry()

    def _chip(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(f"{words}  ×".replace("&", "&&"))
        set_look(button, "chip")
        button.setAccessibleName(f"Filter: {words}. Press to take it off")
        button.setToolTip("Take this filter off (Esc in the list takes all off)")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(partial(self._drop, name))
        self._flow.addWidget(button)
        button.show()
        return button

    def _drop(self, name: str, _checked: bool = False) -> None:
        self.dropped.emit(name)
