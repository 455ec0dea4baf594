"""What holds for all that comes in: values where an article says none, presets, near copies."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from annotator import paths
from annotator.core.errors import BadInput
from annotator.formats.articles.tables.preset import (
    DEFAULTS,
    Preset,
    preset_names,
    preset_path,
    read_preset,
    with_defaults,
    write_preset,
)
from annotator.importing import OnDuplicate
from annotator.ui.look.forms import Form
from annotator.ui.look.style import set_look
from annotator.ui.settings import Settings

_LABELS = {"outlet": "Outlet", "author": "Author", "published": "Date", "url": "Address"}
COPIES: dict[OnDuplicate, str] = {
    "link": "bring in and link",
    "keep": "bring in",
    "skip": "leave out",
}


class ForAll(QWidget):
    """A short form; a preset fills it, and is made of it and of a table's columns."""

    changed = Signal()
    """Other values hold for all."""
    used = Signal(object)
    """A :class:`Preset` was chosen."""
    save = Signal()
    """The preset of this name shall be written."""
    said = Signal(str, str)
    """A sentence, and the look to say it in."""
    copies_changed = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.lines = {name: QLineEdit(self) for name in DEFAULTS}
        self.presets = QComboBox(self)
        self.presets.setEditable(True)
        self.presets.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.presets.setAccessibleName("Preset")
        self.presets.setMinimumContentsLength(8)
        line = self.presets.lineEdit()
        assert line is not None
        self._name = line
        self._name.setPlaceholderText("none")
        self.presets.setToolTip(
            "Write a name and save what is filled in below, and the columns of a table."
        )
        self._save = self._button("Save", "Ctrl+S")
        self._delete = self._button("Delete", "")
        self.copies = QComboBox(self)
        self.copies.setAccessibleName("What becomes of near copies")
        for done, text in COPIES.items():
            self.copies.addItem(text, done)
        self._lay_out()
        self._list()
        for edit in self.lines.values():
            edit.textEdited.connect(self.changed)
        self.presets.activated.connect(self._use)
        self._name.textEdited.connect(self._show_buttons)
        self._save.clicked.connect(self.save)
        self._delete.clicked.connect(self._remove)
        self.copies.activated.connect(self._choose_copies)

    def in_order(self) -> tuple[QWidget, ...]:
        """As Tab walks them."""
        return self.presets, self._save, self._delete, *self.lines.values(), self.copies

    def values(self) -> dict[str, str]:
        return {name: line.text().strip() for name, line in self.lines.items()}

    def first(self) -> Preset:
        """The preset used last, already filled in; an empty one when there is none."""
        name = self._settings.import_preset
        if name and name in preset_names(paths.config_folder()):
            preset = self._read(name)
            if preset is not None:
                self._show(name, preset)
                return preset
        return Preset()

    def write(self, table: Preset) -> None:
        """Save what is filled in, and how tables are read, under the name that is written."""
        name = self._name.text().strip()
        try:
            write_preset(self._path(name), with_defaults(table, self.values()))
        except (BadInput, OSError) as error:
            self.said.emit(str(error), "danger")
            return
        self._remember(name)
        self._list()
        self._name.setText(name)
        self._show_buttons()
        self.said.emit(f"The preset “{name}” is saved and will be used next time.", "success")

    def _use(self, _index: int = 0) -> None:
        name = self.presets.currentText().strip()
        if name not in preset_names(paths.config_folder()):
            name = ""
        preset = self._read(name) if name else Preset()
        if preset is not None:
            self._remember(name)
            self._show(name, preset)
            self.changed.emit()
            self.used.emit(preset)

    def _read(self, name: str) -> Preset | None:
        try:
            return read_preset(self._path(name))
        except BadInput as error:
            self.said.emit(str(error), "danger")
            return None

    def _remove(self) -> None:
        name = self._name.text().strip()
        try:
            self._path(name).unlink(missing_ok=True)
        except (BadInput, OSError) as error:
            self.said.emit(str(error), "danger")
            return
        self._remember("")
        self._list()
        self._name.setText(name)
        self._show_buttons()
        self.said.emit(f"The preset “{name}” is deleted; Save would make it again.", "muted")

    def _show(self, name: str, preset: Preset) -> None:
        for field, line in self.lines.items():
            line.setText(getattr(preset, field))
            line.setCursorPosition(0)
        self._name.setText(name)
        self._show_buttons()

    def _list(self) -> None:
        self.presets.clear()
        self.presets.addItem("none")
        self.presets.addItems(preset_names(paths.config_folder()))
        self._name.clear()
        self._show_buttons()

    def _show_buttons(self) -> None:
        name = self._name.text().strip()
        self._save.setEnabled(name not in ("", "none"))
        self._delete.setEnabled(name in preset_names(paths.config_folder()))

    def _remember(self, name: str) -> None:
        self._settings.import_preset = name

    def _choose_copies(self) -> None:
        self.copies_changed.emit(self.copies.currentData())

    @staticmethod
    def _path(name: str) -> Path:
        return preset_path(paths.config_folder(), name)

    def _button(self, text: str, key: str) -> QPushButton:
        button = QPushButton(text, self)
        set_look(button, "quiet")
        if key:
            button.setShortcut(key)
            button.setToolTip(key)
        return button

    def _lay_out(self) -> None:
        form = Form(self)
        form.setContentsMargins(12, 8, 12, 8)
        form.setVerticalSpacing(6)
        form.setHorizontalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self._save)
        row.addWidget(self._delete)
        row.addStretch(1)
        add = partial(self._add, form)
        add("Preset", self.presets)
        form.addRow("", row)
        for name, line in self.lines.items():
            line.setAccessibleName(f"{_LABELS[name]} for all that do not say it")
            line.setPlaceholderText(
                "YYYY-MM-DD" if name == "published" else "where an article says none"
            )
            add(_LABELS[name], line)
        add("Near copies", self.copies)

    def _add(self, form: Form, text: str, field: QWidget) -> None:
        label = QLabel(text, self)
        label.setContentsMargins(0, 7, 0, 0)
        set_look(label, "muted")
        form.add(label, field)
