"""Which mark counts where several overlap and one must: the shorter, or that of the first kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.look.plain import plain_label

_WHAT = "Where marks overlap and a character can have only one kind, what counts is"
_TOUCHES = "This touches Overall, Finding, Naming, and alpha and kappa of one kind a character."


def told(priority: Sequence[str], kinds: Mapping[str, str]) -> str:
    """The choice in a few words; ``kinds`` are names by key."""
    return f"{kinds.get(priority[0], priority[0])} first" if priority else "the shorter mark"


class PriorityDialog(QDialog):
    """Arrows choose; Ctrl with an arrow moves the kind at hand."""

    def __init__(self, priority: Sequence[str], kinds: Mapping[str, str], parent: QWidget) -> None:
        """``kinds`` are names by key, in the order of the codebook."""
        super().__init__(parent)
        self.setWindowTitle("Overlapping marks")
        self.shorter = QRadioButton("the &shorter mark", self)
        self.ranked = QRadioButton("the mark of the &kind that comes first here", self)
        self.kinds = QListWidget(self)
        self._up, self._down = QPushButton("&Up", self), QPushButton("&Down", self)
        for key in dict.fromkeys((*priority, *kinds)):
            item = QListWidgetItem(kinds[key])
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.kinds.addItem(item)
        self.kinds.setCurrentRow(0)
        self._lay_out()
        self._connect()
        chosen = self.ranked if priority else self.shorter
        chosen.setChecked(True)
        chosen.setFocus()
        self._show()

    @property
    def priority(self) -> tuple[str, ...]:
        """All kinds, the first counts first; empty for the shorter mark."""
        if self.shorter.isChecked():
            return ()
        items = (self.kinds.item(row) for row in range(self.kinds.count()))
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in items)

    def _move(self, step: int) -> None:
        row = self.kinds.currentRow()
        if self.kinds.isEnabled() and 0 <= row + step < self.kinds.count():
            self.kinds.insertItem(row + step, self.kinds.takeItem(row))
            self.kinds.setCurrentRow(row + step)

    def _show(self) -> None:
        for widget in (self.kinds, self._up, self._down):
            widget.setEnabled(self.ranked.isChecked())

    def _connect(self) -> None:
        self.ranked.toggled.connect(lambda _on: self._show())
        for step, button, keys in ((-1, self._up, "Ctrl+Up"), (1, self._down, "Ctrl+Down")):
            button.clicked.connect(lambda _checked, step=step: self._move(step))
            button.setAutoDefault(False)
            button.setToolTip(f"{keys} in the list")
            moved = QShortcut(QKeySequence(keys), self)
            moved.activated.connect(lambda step=step: self._move(step))

    def _lay_out(self) -> None:
        self.kinds.setAccessibleName("Kinds, the first counts first; Ctrl with an arrow moves one")
        moving = QVBoxLayout()
        moving.addWidget(self._up)
        moving.addWidget(self._down)
        moving.addStretch(1)
        order = QHBoxLayout()
        order.setContentsMargins(24, 0, 0, 0)
        order.addWidget(self.kinds, 1)
        order.addLayout(moving)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(plain_label(self, text=_WHAT))
        column.addWidget(self.shorter)
        column.addWidget(self.ranked)
        column.addLayout(order)
        column.addWidget(plain_label(self, "muted", _TOUCHES))
        column.addWidget(buttons)
        self.setMinimumWidth(420)
