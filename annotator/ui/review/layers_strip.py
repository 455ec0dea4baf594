"""Which layers stand beside the text, where there are more than there is room for."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from annotator.core.model import Id
from annotator.core.text.cleaning import counted
from annotator.ui.look.style import set_look
from annotator.ui.review.strips import Strip


class LayersStrip(Strip):
    """A line for each layer; Space chooses it, or no longer."""

    def __init__(
        self, names: Mapping[Id, str], shown: Collection[Id], most: int, parent: QWidget
    ) -> None:
        super().__init__("Which layers are compared?", "Compare these", parent)
        self._most = most
        self.boxes: dict[Id, QCheckBox] = {}
        for id, name in names.items():
            box = QCheckBox(name.replace("&", "&&"), self)
            box.setChecked(id in shown)
            box.toggled.connect(lambda _on: self._show())
            self.boxes[id] = box
            self.body.addWidget(box)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.body.addWidget(self.words)
        self._show()

    @property
    def chosen(self) -> list[Id]:
        return [id for id, box in self.boxes.items() if box.isChecked()]

    def _show(self) -> None:
        number = len(self.chosen)
        fits = 0 < number <= self._most
        said = f"{counted(number, 'layer')} chosen; at most {self._most} stand beside one text."
        self.words.setText(said)
        set_look(self.words, "muted" if fits else "danger")
        self.yes.setEnabled(fits)

    def begin(self) -> None:
        next(iter(self.boxes.values())).setFocus()
