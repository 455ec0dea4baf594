"""What the labels of a file become here, each with what else it could be; presets keep the choices."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator import paths
from annotator.core.errors import BadInput
from annotator.core.foreign.labels import LEAVE_OUT, NO_MAPPING, LabelMapping
from annotator.core.foreign.offering import Label, with_meaning
from annotator.formats.exchange.mapping_files import (
    find_mapping,
    mapping_names,
    mapping_path,
    write_mapping,
)
from annotator.ui.look.plain import plain_label, tip
from annotator.ui.look.style import set_look

_NONE = "by key and name"
_TALLEST = 300
_ADD = "Add what means nothing here to the codebook"


class Labels(QFrame):
    """A row for each label. Tab goes from one to the next; letters and arrows choose."""

    changed = Signal(object)
    """Labels mean what this :class:`LabelMapping` says."""
    used = Signal(str)
    """A preset of this name was chosen or saved; empty for none."""
    said = Signal(str, str)
    """A sentence, and the look to say it in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_look(self, "card")
        self.setAccessibleName("What labels mean here")
        self.mapping = NO_MAPPING
        self.boxes: list[QComboBox] = []
        self._labels: Sequence[Label] = ()
        self.presets = QComboBox(self)
        self.presets.setEditable(True)
        self.presets.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.presets.setAccessibleName("Mapping of labels")
        self.presets.setMinimumContentsLength(10)
        self.save = QPushButton("Save", self)
        set_look(self.save, "quiet")
        self.add = QCheckBox(_ADD, self)
        self._rows = QWidget(self)
        self._grid = QGridLayout(self._rows)
        self._area = QScrollArea(self)
        self._lay_out()
        self._list("")
        self.presets.activated.connect(self._use)
        self.save.clicked.connect(self._save)
        self.add.toggled.connect(self._add)

    def show_labels(self, labels: Sequence[Label], mapping: LabelMapping, name: str) -> None:
        """What a file says, and what that means under a mapping; ``name`` is the preset's."""
        self.mapping = mapping
        if self.presets.currentText() != (name or _NONE):
            self._list(name)
        self.add.blockSignals(True)
        self.add.setChecked(mapping.add)
        self.add.blockSignals(False)
        if [_key(one) for one in labels] != [_key(one) for one in self._labels]:
            self._fill(labels)
        self._labels = labels
        for box, label in zip(self.boxes, labels, strict=True):
            at = next((n for n, (key, _) in enumerate(_could(label)) if key == label.means), -1)
            box.setCurrentIndex(at)
            missing = label.means is None and not mapping.add
            box.setPlaceholderText("what is it here?" if missing else _nothing(label))

    def go_to_unknown(self) -> None:
        """Put the keyboard on the first label that means nothing here."""
        rows = (n for n, label in enumerate(self._labels) if label.means is None)
        at = next(rows, None)
        if at is not None:
            self.boxes[at].setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(self.boxes[at])

    def _fill(self, labels: Sequence[Label]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes = []
        for row, label in enumerate(labels):
            name = plain_label(self._rows, None, label.name or "not signed", wraps=False)
            name.setToolTip(tip(label.name))
            about = QLabel(f"{label.sort} · {label.count:,}", self._rows)
            set_look(about, "muted")
            box = QComboBox(self._rows)
            box.setAccessibleName(f"What the {label.sort} {label.name or 'not signed'} is here")
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(8)
            for key, text in _could(label):
                box.addItem(text, key)
            box.activated.connect(partial(self._choose, row))
            name.setBuddy(box)
            self.boxes.append(box)
            for column, widget in enumerate((name, about, box)):
                self._grid.addWidget(widget, row, column)
        for before, after in pairwise([self.save, *self.boxes, self.add]):
            QWidget.setTabOrder(before, after)
        self._grid.setRowStretch(len(labels), 1)
        self._area.setFixedHeight(min(_TALLEST, self._height()))

    def _height(self) -> int:
        """Of all rows. The layout does not know it before they are shown."""
        for box in self.boxes:
            box.ensurePolished()
        return sum(box.sizeHint().height() + self._grid.verticalSpacing() for box in self.boxes)

    def _choose(self, row: int, _index: int = 0) -> None:
        """Take what was chosen; a role that is called like a kind goes with it."""
        means, label = self.boxes[row].currentData(), self._labels[row]
        if means is None:
            return
        mapping = with_meaning(self.mapping, label, means)
        for role in self._labels:
            alike = role.sort == "role" and role.name == label.name and role.means is None
            if label.sort == "kind" and alike and means in dict(_could(role)):
                mapping = with_meaning(mapping, role, means)
        self.changed.emit(mapping)

    def _add(self, adds: bool) -> None:
        self.changed.emit(msgspec.structs.replace(self.mapping, add=adds))

    def _use(self, _index: int = 0) -> None:
        name = self.presets.currentText().strip()
        try:
            found = self.read(name)
        except BadInput as error:
            self.said.emit(str(error), "danger")
            return
        self.used.emit("" if name == _NONE else name)
        self.changed.emit(found)

    @staticmethod
    def read(name: str) -> LabelMapping:
        """A mapping by name; :class:`BadInput` when there is none or it cannot be read."""
        if name in ("", _NONE):
            return NO_MAPPING
        return find_mapping(name, (paths.config_folder(), paths.resources()))

    def _save(self) -> None:
        name = self.presets.currentText().strip()
        try:
            if name in ("", _NONE):
                raise BadInput("Write a name for the mapping first.")
            write_mapping(mapping_path(paths.config_folder(), name), self.mapping)
        except (BadInput, OSError) as error:
            self.said.emit(str(error), "danger")
            self.presets.setFocus()
            return
        self._list(name)
        self.used.emit(name)
        self.said.emit(f"The mapping “{name}” is saved and will be used next time.", "success")

    def _list(self, name: str) -> None:
        self.presets.clear()
        self.presets.addItem(_NONE)
        self.presets.addItems(mapping_names((paths.config_folder(), paths.resources())))
        at = self.presets.findText(name) if name else 0
        self.presets.setCurrentIndex(at)
        self.presets.setEditText(name or _NONE)

    def _lay_out(self) -> None:
        title = QLabel("Labels", self)
        set_look(title, "title")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(title, 1)
        top.addWidget(self.presets)
        top.addWidget(self.save)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(2, 4)
        self._area.setWidget(self._rows)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._area)
        column.addWidget(self.add)


def _could(label: Label) -> list[tuple[object, str]]:
    """What can be chosen for a label, the usual ones first."""
    choices: list[tuple[object, str]] = list(label.could)
    if label.sort in ("kind", "role", "field"):
        choices.append((LEAVE_OUT, "leave out"))
    return choices


def _nothing(label: Label) -> str:
    return "left out" if label.sort == "value" else "is added"


def _key(label: Label) -> tuple[object, ...]:
    return label.sort, label.name, label.field, label.count, label.could
