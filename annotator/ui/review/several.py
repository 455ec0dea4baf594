"""A button that says which of several things are chosen, and lets them be chosen from a menu."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from annotator.ui.guard import guarded
from annotator.ui.look.style import set_look

_FEW = 2
"""Names that are told; of more, how many they are."""


class Several(QPushButton):
    """All, until somebody takes one away."""

    changed = Signal()

    def __init__(
        self, what: str, names: Mapping[str, str], chosen: tuple[str, ...] | None, parent: QWidget
    ) -> None:
        """``what`` in the plural; ``chosen`` None is all."""
        super().__init__(parent)
        self._what = what
        self.setAccessibleName(what.capitalize())
        set_look(self, "choice")
        self.listed = _Staying(self)
        self._actions: list[QAction] = []
        for key, name in names.items():
            action = self.listed.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(key)
            action.setChecked(chosen is None or key in chosen)
            action.toggled.connect(lambda _on: self._changed())
            self._actions.append(action)
        # setMenu() would have Qt draw the words at the very edge.
        self.clicked.connect(self._open)
        self._tell()

    @property
    def chosen(self) -> tuple[str, ...] | None:
        """None is all."""
        found = tuple(str(action.data()) for action in self._actions if action.isChecked())
        return None if len(found) == len(self._actions) else found

    def _open(self) -> None:
        self.listed.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        on = [action.text() for action in self._actions if action.isChecked()]
        off = [action.text() for action in self._actions if not action.isChecked()]
        if not off:
            self.setText(f"all {self._what}")
        elif not on:
            self.setText(f"no {self._what}")
        elif len(on) <= _FEW:
            self.setText(", ".join(on))
        elif len(off) <= _FEW:
            self.setText(f"all but {', '.join(off)}")
        else:
            self.setText(f"{len(on)} of {len(self._actions)} {self._what}")


class _Staying(QMenu):
    """Stays open while Space chooses one after the other; Enter chooses and closes."""

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.toggle()
        else:
            super().keyPressEvent(event)
