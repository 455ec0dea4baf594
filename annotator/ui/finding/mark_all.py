"""Marking every occurrence: the places are looked through before anything is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.codebook import Codebook
from annotator.core.marking import brief, covered
from annotator.core.model import FieldValue
from annotator.core.page import Page
from annotator.core.text.offsets import Offsets
from annotator.ui.article.flow import x_of
from annotator.ui.guard import guarded
from annotator.ui.look.forms import Form
from annotator.ui.look.on_screen import on_screen
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look

_AROUND = 45
"""How much of the text is shown on either side of a place, in code points."""
_HIT = Qt.ItemDataRole.UserRole
"""Where the words stand in an item's text: (start, length) in UTF-16."""
_ROW = 28
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Context:
    """A place with the text around it, on one line."""

    before: str
    words: str
    after: str


def context(text: str, place: Offsets) -> Context:
    """The words of a place with what stands around them in their paragraph."""
    start, end = place
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    newline = text.find("\n", end)
    last = min(len(text) if newline < 0 else newline, end + _AROUND)
    before = ("…" if first > 0 and text[first - 1] != "\n" else "") + text[first:start]
    after = text[end:last] + ("…" if last < len(text) and text[last] != "\n" else "")
    return Context(before, " ".join(text[start:end].splitlines()), after)


class MarkAll(QDialog):
    """Which of some places shall be marked, and as what."""

    def __init__(
        self,
        page: Page,
        book: Codebook,
        places: Sequence[Offsets],
        kind: str,
        actor: tuple[str, str] | None,
        parent: QWidget | None = None,
    ) -> None:
        """``actor`` is the id and name of the one whose words these are, if that is known."""
        super().__init__(parent)
        self.setWindowTitle("Mark every occurrence")
        self.resize(on_screen(760, 520, self))
        self._page, self._book, self._places = page, book, places
        self._actor = actor
        self.kinds = QComboBox(self)
        self.kinds.setAccessibleName("Mark as")
        for key, one in book.kinds_offered().items():
            self.kinds.addItem(one.name, key)
        self.kinds.setCurrentIndex(self.kinds.findData(kind))
        self.list = QListWidget(self)
        self.list.setAccessibleName("Places")
        self.list.setItemDelegate(_Places(self.list))
        self.list.setUniformItemSizes(True)
        self.with_actor = QCheckBox(self)
        self.with_actor.setText(f"&Fill in the actor too: {actor[1]}" if actor else "")
        self.all = self._small("Check &all", Qt.CheckState.Checked)
        self.none = self._small("Check &none", Qt.CheckState.Unchecked)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.ok = QPushButton(self)
        self.ok.setDefault(True)
        set_look(self.ok, "primary")
        self.buttons.addButton(self.ok, QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.kinds.currentIndexChanged.connect(self._fill)
        self.list.itemChanged.connect(self._count)
        self._fill()
        self.list.setFocus()

    @property
    def kind(self) -> str:
        return str(self.kinds.currentData())

    @property
    def chosen(self) -> list[Offsets]:
        """The places that are checked."""
        items = map(self.list.item, range(self.list.count()))
        checks = [item.checkState() == Qt.CheckState.Checked for item in items]
        return [place for place, checked in zip(self._places, checks, strict=True) if checked]

    @property
    def fields(self) -> dict[str, FieldValue]:
        """What is to be filled in on every mark."""
        wanted = not self.with_actor.isHidden() and self.with_actor.isChecked()
        field = self._field_for_actor()
        if field is None or self._actor is None or not wanted:
            return {}
        id = self._actor[0]
        return {field: [id] if self._book.fields[field].many else id}

    def _field_for_actor(self) -> str | None:
        """The field that says whom a mark of the kind stands for."""
        fields = self._book.fields_on(self.kind).items()
        return next((k for k, f in fields if f.type == "actor" and not f.retired), None)

    def _small(self, text: str, state: Qt.CheckState) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        set_look(button, "quiet")
        button.clicked.connect(lambda: self._check_all(state))
        return button

    def _lay_out(self) -> None:
        quotes = {self._page.text[start:end] for start, end in self._places}
        words = f"“{brief(min(quotes))}”" if len(quotes) == 1 else "what was looked for"
        have = "place has" if len(self._places) == 1 else "places have"
        said = plain_label(self, None, f"{len(self._places):,} {have} {words}.", wraps=False)
        note = QLabel("Each mark begins a statement of its own. Space checks a place.", self)
        set_look(note, "muted")
        form = Form()
        form.add("&Mark as", self.kinds)
        row = QHBoxLayout()
        row.addWidget(note, 1)
        row.addWidget(self.all)
        row.addWidget(self.none)
        column = QVBoxLayout(self)
        column.addWidget(said)
        column.addLayout(form)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        column.addWidget(self.with_actor)
        column.addWidget(self.buttons)

    def _fill(self) -> None:
        """List the places; what is marked as this kind already is left unchecked."""
        is_marked, name = covered(self._page, self.kind), self._book.kinds[self.kind].name
        row = max(0, self.list.currentRow())
        self.list.blockSignals(True)
        self.list.clear()
        for place in self._places:
            there = is_marked(place)
            item = _item(context(self._page.text, place), f"already a {name.lower()}: " * there)
            item.setCheckState(Qt.CheckState.Unchecked if there else Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.with_actor.setVisible(self._actor is not None and self._field_for_actor() is not None)
        self._count()

    def _check_all(self, state: Qt.CheckState) -> None:
        self.list.blockSignals(True)
        for number in range(self.list.count()):
            self.list.item(number).setCheckState(state)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._count()

    def _count(self) -> None:
        number = len(self.chosen)
        self.ok.setText(f"Mark {number:,}")
        self.ok.setEnabled(number > 0)


def _item(place: Context, note: str) -> QListWidgetItem:
    before = note + place.before
    item = QListWidgetItem(before + place.words + place.after)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setSizeHint(QSize(0, _ROW))
    units = [len(part.encode("utf-16-le")) // 2 for part in (before, place.words)]
    item.setData(_HIT, tuple(units))
    return item


class _Places(QStyledItemDelegate):
    """Draws a place with its words in bold."""

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        style_option = QStyleOptionViewItem(option)
        self.initStyleOption(style_option, index)
        text = style_option.text
        style_option.text = ""
        style = style_option.widget.style()
        # Qt measures where text goes by the text it is given, so the room is asked for first.
        part = QStyle.SubElement.SE_ItemViewItemText
        style.drawControl(
            QStyle.ControlElement.CE_ItemViewItem, style_option, painter, style_option.widget
        )
        style_option.text = text
        room = style.subElementRect(part, style_option, style_option.widget)
        start, length = index.data(_HIT)
        layout = QTextLayout(text, style_option.font)
        layout.setFormats([_bold(start, length)])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(100_000)
        layout.endLayout()
        # Long contexts lose their beginning rather than the words.
        shift = min(0.0, room.width() * 0.7 - x_of(line, start + length))
        chosen = bool(style_option.state & QStyle.StateFlag.State_Selected)
        palette = style_option.palette
        painter.save()
        painter.setClipRect(room)
        painter.setPen((palette.highlightedText() if chosen else palette.text()).color())
        top = room.top() + (room.height() - line.height()) / 2
        layout.draw(painter, QPointF(room.left() + shift, top))
        painter.restore()


def _bold(start: int, length: int) -> QTextLayout.FormatRange:
    part = QTextLayout.FormatRange()
    part.start, part.length = start, length
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    part.format = look
    return part
