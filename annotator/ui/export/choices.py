"""What is to be written: the format, its options, whose work, and where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import GOLD, Analyst, Id
from annotator.formats.exchange.catalogue import Catalogue
from annotator.formats.exchange.format import Format
from annotator.ui.enter import EnterKey
from annotator.ui.look.forms import Form
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look

_NAME = Qt.ItemDataRole.UserRole
_ALL = "everybody’s"


class FormatList(QListWidget):
    """The formats that can be written; letters find one, Enter exports."""

    entered = Signal()

    def __init__(self, formats: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Format")
        self._formats = formats
        for format in formats.written.values():
            item = QListWidgetItem(format.title, self)
            item.setData(_NAME, format.name)
            item.setToolTip(format.name)
        self.itemActivated.connect(lambda _item: self.entered.emit())
        EnterKey(self).pressed.connect(self.entered)

    def choose(self, name: str) -> None:
        """Go to a format by name; to the first when there is none of that name."""
        rows = (n for n in range(self.count()) if self.item(n).data(_NAME) == name)
        self.setCurrentRow(next(rows, 0))

    def chosen(self) -> Format:
        return self._formats.named(str(self.currentItem().data(_NAME)))


class Choices(QWidget):
    """The form beside the list of formats."""

    browse = Signal()

    def __init__(self, analysts: list[Analyst], folder: Path, stem: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder, self._stem = folder, stem
        self.place = QLineEdit(self)
        self.place.setAccessibleName("Where to")
        self.layer = QComboBox(self)
        self.layer.setAccessibleName("Whose work")
        self.layer.addItem(_ALL, None)
        for analyst in analysts:
            self.layer.addItem(analyst.name, str(analyst.id))
        self.layer.addItem("gold", str(GOLD))
        self.options: dict[str, QComboBox | QLineEdit] = {}
        self._title = plain_label(self, "title")
        self._about = plain_label(self, "muted")
        self._browse = QPushButton("Choose…", self)
        self._browse.setToolTip("Ctrl+O")
        set_look(self._browse, "quiet")
        self._browse.clicked.connect(self.browse)
        self._form = Form()
        self._lay_out()

    def show_format(self, format: Format) -> None:
        """Its options at their usual values, and a place of its ending in the same folder."""
        while self._form.rowCount() > 2:
            self._form.removeRow(2)
        self._title.setText(format.title)
        kind = "a folder of files" if format.folder else f"a file, {format.suffixes[0]}"
        again = "" if format.read else "; it cannot be read back"
        self._about.setText(f"{format.name}: {kind}{again}")
        self.options = {}
        for name, option in format.options.items():
            if option.values and set(option.values) <= {"detect"}:
                continue
            field = self._field(name, option.values)
            self.options[name] = field
            self._add(name.capitalize(), field, _sentence(option.meaning))
        self._rename(format)

    def values(self) -> dict[str, str]:
        """The options that are not as usual."""
        found: dict[str, str] = {}
        for name, field in self.options.items():
            if isinstance(field, QComboBox):
                if field.currentIndex() > 0:
                    found[name] = field.currentText()
            elif field.text().strip():
                found[name] = field.text().strip()
        return found

    def whose(self) -> Id | None:
        said = self.layer.currentData()
        return None if said is None else int(said)

    def to(self) -> Path:
        return Path(self.place.text().strip()).expanduser()

    def go_to(self, path: Path) -> None:
        """Write there."""
        self._folder, self._stem = path.parent, path.name.partition(".")[0] or path.name
        self._show(path)

    def _rename(self, format: Format) -> None:
        """The same name with the ending of this format."""
        said = self.to()
        if said.name:
            self._folder = said.parent
        ending = "" if format.folder else format.suffixes[0]
        self._show(self._folder / f"{self._stem}{ending}")

    def _show(self, path: Path) -> None:
        self.place.setText(str(path))
        self.place.setToolTip(str(path))

    def _field(self, name: str, values: tuple[str, ...]) -> QComboBox | QLineEdit:
        field: QComboBox | QLineEdit
        if values:
            field = QComboBox(self)
            field.addItems(list(values))
        else:
            field = QLineEdit(self)
            field.setPlaceholderText("as usual")
        field.setAccessibleName(name)
        return field

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.place, 1)
        row.addWidget(self._browse)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(8)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        where = QWidget(self)
        where.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self._add("Where to", where)
        self._add("Whose work", self.layer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addSpacing(8)
        column.addLayout(self._form)
        column.addStretch(1)

    def _add(self, text: str, field: QWidget, meaning: str = "") -> None:
        """A field with its name before it, and below it what it is about."""
        label = QLabel(text, self)
        label.setContentsMargins(0, 7, 0, 0)
        set_look(label, "muted")
        label.setBuddy(field)
        if not meaning:
            self._form.add(label, field)
            return
        both = QWidget(self)
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(field)
        column.addWidget(plain_label(both, "muted", meaning))
        self._form.add(label, both)


def _sentence(meaning: str) -> str:
    return f"{meaning[:1].upper()}{meaning[1:]}."
