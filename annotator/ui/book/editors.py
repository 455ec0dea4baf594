"""Widgets that edit one value of an entry: kept on leaving them or with Ctrl+Return, Esc takes back."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QKeySequence, QTextOption, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from annotator.ui.book.swatch import SIZE
from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.plain import tip

_BACK = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def leaves_undo(event: QEvent, changed: bool) -> bool:
    """Whether Ctrl+Z in an unchanged line shall take back the last step of work."""
    if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.ShortcutOverride:
        return False
    if changed or not any(map(event.matches, _BACK)):
        return False
    event.ignore()
    return True


class Line(QLineEdit):
    """One line of text."""

    kept = Signal(object)
    reverted = Signal()

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self._shown = ""
        self.editingFinished.connect(self.keep)

    def show_value(self, value: object) -> None:
        self._shown = str(value)
        self.setText(self._shown)
        self.setCursorPosition(0)

    def value(self) -> object:
        return self.text()

    def is_changed(self) -> bool:
        return self.text() != self._shown

    def mark_saved(self) -> None:
        self._shown = self.text()

    def revert(self) -> None:
        self.show_value(self._shown)

    def keep(self) -> None:
        if self.is_changed():
            self.kept.emit(self.text())

    @guarded(default=False)
    def event(self, event: QEvent) -> bool:
        if leaves_undo(event, self.is_changed()):
            return True
        return super().event(event)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_changed():
            self.revert()
            self.reverted.emit()
        elif event.key() in ENTER:
            self.keep()
            event.ignore()  # whoever asks for this line goes on
        else:
            super().keyPressEvent(event)


class Lines(QPlainTextEdit):
    """Some lines of text; with ``listed`` every line is a value of its own."""

    kept = Signal(object)
    reverted = Signal()

    def __init__(
        self, name: str, rows: int, listed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self._listed = listed
        self._shown = ""
        height = self.fontMetrics().lineSpacing() * rows + 2 * self.document().documentMargin()
        self.setFixedHeight(round(height) + 14)

    def show_value(self, value: object) -> None:
        self._shown = "\n".join(map(str, value)) if isinstance(value, tuple) else str(value)
        self.setPlainText(self._shown)

    def mark_saved(self) -> None:
        """What is written is what is saved; the caret stays where it is."""
        self._shown = self.toPlainText()

    def revert(self) -> None:
        self.setPlainText(self._shown)

    def value(self) -> object:
        text = self.toPlainText()
        if not self._listed:
            return text
        return tuple(line.strip() for line in text.split("\n") if line.strip())

    def is_changed(self) -> bool:
        return self.toPlainText() != self._shown

    def keep(self) -> None:
        if self.is_changed():
            self.kept.emit(self.value())

    @guarded(default=False)
    def event(self, event: QEvent) -> bool:
        if leaves_undo(event, self.is_changed()):
            return True
        return super().event(event)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape and self.is_changed():
            self.revert()
            self.reverted.emit()
        elif event.key() in ENTER and control:
            self.keep()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.keep()


class Tick(QCheckBox):
    """Yes or no, kept at once."""

    kept = Signal(object)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._shown = False
        self.clicked.connect(self._emit)

    def _emit(self, checked: bool) -> None:
        self.kept.emit(checked)

    def show_value(self, value: object) -> None:
        self._shown = bool(value)
        self.setChecked(self._shown)

    def value(self) -> object:
        return self.isChecked()

    def is_changed(self) -> bool:
        return self.isChecked() != self._shown

    def mark_saved(self) -> None:
        self._shown = self.isChecked()

    def revert(self) -> None:
        self.setChecked(self._shown)


class Pick(QComboBox):
    """One of a few values, kept when chosen."""

    kept = Signal(object)

    def __init__(
        self, name: str, choices: Iterable[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._shown = ""
        for value, text in choices:
            self.addItem(text, value)
        self.activated.connect(self._emit)

    def _emit(self, _index: int) -> None:
        if self.is_changed():
            self.kept.emit(self.value())

    def show_icons(self, icons: dict[str, QIcon]) -> None:
        """A picture before each value."""
        self.setIconSize(SIZE)
        for row in range(self.count()):
            if self.itemData(row) in icons:
                self.setItemIcon(row, icons[self.itemData(row)])

    def show_value(self, value: object) -> None:
        self._shown = str(value)
        self.setCurrentIndex(self.findData(self._shown))

    def value(self) -> object:
        return self.currentData()

    def is_changed(self) -> bool:
        return bool(self.currentData() != self._shown)

    def mark_saved(self) -> None:
        self._shown = str(self.currentData())

    def revert(self) -> None:
        self.show_value(self._shown)

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the form must not change what it shows."""
        event.ignore()


class Number(QSpinBox):
    """A small whole number."""

    kept = Signal(object)

    def __init__(self, name: str, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRange(least, most)
        self.setFixedWidth(90)
        self._shown = least
        self.editingFinished.connect(self.keep)

    def keep(self) -> None:
        if self.is_changed():
            self.kept.emit(self.number())

    def number(self) -> int:
        return QSpinBox.value(self)

    def show_value(self, value: object) -> None:
        self._shown = int(str(value))
        self.setValue(self._shown)

    def value(self) -> int:
        return self.number()

    def is_changed(self) -> bool:
        return bool(self.number() != self._shown)

    def mark_saved(self) -> None:
        self._shown = self.number()

    def revert(self) -> None:
        self.setValue(self._shown)

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Several(QWidget):
    """Some of a few values; the order in which they were ticked is kept."""

    kept = Signal(object)
    _COLUMNS = 2
    _LONGEST = 24
    """Letters of a name that are shown; all of it can be read in its tip."""

    def __init__(
        self, name: str, choices: Iterable[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.boxes: dict[str, QCheckBox] = {}
        self._shown: tuple[str, ...] = ()
        self._now: tuple[str, ...] = ()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for number, (value, text) in enumerate(choices):
            short = text if len(text) <= self._LONGEST else f"{text[: self._LONGEST - 1]}…"
            box = QCheckBox(short.replace("&", "&&"), self)
            box.setToolTip(tip(text) if short != text else "")
            box.setAccessibleName(f"{name}: {text}")
            box.clicked.connect(self._clicked)
            self.boxes[value] = box
            grid.addWidget(box, number // self._COLUMNS, number % self._COLUMNS)
        grid.setColumnStretch(self._COLUMNS, 1)

    def _clicked(self) -> None:
        ticked = [value for value, box in self.boxes.items() if box.isChecked()]
        kept = [value for value in self._now if value in ticked or value not in self.boxes]
        self._now = (*kept, *(value for value in ticked if value not in kept))
        self.kept.emit(self._now)

    def show_value(self, value: object) -> None:
        assert isinstance(value, tuple)
        self._shown = self._now = value
        for key, box in self.boxes.items():
            box.setChecked(key in value)

    def value(self) -> object:
        return self._now

    def is_changed(self) -> bool:
        return self._now != self._shown

    def mark_saved(self) -> None:
        self._shown = self._now

    def revert(self) -> None:
        self.show_value(self._shown)
