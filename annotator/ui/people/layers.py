"""Whose statements the page counts: those of one layer, or of each, and how many each has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.core.model import GOLD, Id
from annotator.ui.settings import Settings
from annotator.workspace import Workspace

EACH: Id = 0
"""Stands for every layer; a statement that three analysts marked is there three times."""
_MINE = "mine"


class Layers(QComboBox):
    """The layers that somebody says something in, one's own first; remembered when chosen."""

    chosen = Signal()

    def __init__(self, workspace: Workspace, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._settings = workspace, settings
        self._mine = workspace.analyst.id
        self._names: list[str] = []
        self.layer: Id = self._mine
        """The one that is counted, or :data:`EACH`."""
        self.setAccessibleName("Whose statements are counted")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(self._choose)

    @property
    def are_several(self) -> bool:
        """Whether there is anything to choose."""
        return self.count() > 1

    def offer(self, counts: Mapping[Id, Counter[Id]]) -> None:
        """Offer one's own layer and those that have statements; ``counts`` are by layer and actor.

        As long as nothing was chosen it is one's own if that has any, else gold, else each.
        """
        there = {layer for layer, of_actors in counts.items() if of_actors.total()}
        names = {a.id: a.name for a in self._workspace.analysts() if a.id != self._mine}
        others = [id for id in names if id in there]
        gold = [GOLD] if GOLD in there else []
        offered = [self._mine, *gold, *others]
        if len(offered) > 1:
            offered.append(EACH)
        wanted = self._remembered()
        usual = self._mine if self._mine in there else (*gold, offered[-1])[0]
        self.layer = wanted if wanted in offered else usual
        self.clear()
        self._names = [_called(layer, names.get(layer, "")) for layer in offered]
        for name, layer in zip(self._names, offered, strict=True):
            self.addItem(name, layer)
        self.setCurrentIndex(offered.index(self.layer))

    def show_numbers(self, numbers: Mapping[Id, int]) -> None:
        """Say beside each layer how many statements there are of whom is shown."""
        for row, name in enumerate(self._names):
            layer = self.itemData(row)
            number = sum(numbers.values()) if layer == EACH else numbers.get(layer, 0)
            self.setItemText(row, f"{name}: {number}")

    @property
    def said(self) -> str:
        """What is counted, such as ``in gold``."""
        return self._names[self.currentIndex()]

    def _choose(self, _row: int) -> None:
        self.layer = self.currentData()
        self._settings.people_layer = _MINE if self.layer == self._mine else str(self.layer)
        self.chosen.emit()

    def _remembered(self) -> Id | None:
        found = self._settings.people_layer
        if found == _MINE:
            return self._mine
        return int(found) if found.isdecimal() else None


def _called(layer: Id, name: str) -> str:
    if layer == EACH:
        return "in each layer"
    if layer == GOLD:
        return "in gold"
    return f"in {name}’s layer" if name else "in my layer"
