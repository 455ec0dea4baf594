"""Lines to fill a field with: free text, or type-ahead with what may be meant listed below.

The list opens in place, so nothing covers the article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.plain import plain_label
from annotator.ui.panel.option_list import OptionList
from annotator.ui.panel.options import Option, Value

_SHORT = 3
"""Letters from which on what is typed can be the name of something new."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_TAKE_BACK = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class _Line(QLineEdit):
    """A line edit that says when focus comes and goes."""

    entered = Signal()
    left = Signal()

    @guarded
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()
            self.setCursorPosition(0)  # of long words the beginning is shown


class Entry(QWidget):
    """A line of free text: kept by Enter or by going elsewhere, left unchanged by Esc."""

    chosen = Signal(object)
    """The :data:`Value` it was filled with, or None to unset."""
    escaped = Signal()
    skipped = Signal()
    """Enter was pressed and nothing had changed."""
    entered = Signal()
    looked_at = Signal(object)
    """The :class:`Option` that Enter would take, or None."""
    resized = Signal()

    def __init__(
        self, name: str, current: str, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.current = current
        self.line = _Line(current, self)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(placeholder)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.column.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        self.line.entered.connect(self.enter)
        self.line.left.connect(self.leave)
        self._hint: QLabel | None = None

    def show_value(self, current: str, placeholder: str = "") -> None:
        """Show another value, unless the analyst is typing over the one that is there."""
        if self.line.placeholderText() != placeholder:
            self.line.setPlaceholderText(placeholder)
        if current == self.current and (self.line.text() == current or self.line.hasFocus()):
            return
        self.current = current
        self.line.setText(current)
        self.line.setCursorPosition(0)
        if self.line.hasFocus():
            self.line.selectAll()

    def explain(self, text: str) -> None:
        """Say below the line what is meant by it; nothing takes that away."""
        if self._hint is None:
            if not text:
                return
            self._hint = plain_label(self, "muted")
            self._hint.setContentsMargins(2, 0, 2, 4)
            self.column.addWidget(self._hint)
        if self._hint.text() != text or self._hint.isHidden() == bool(text):
            self._hint.setText(text)
            self._hint.setVisible(bool(text))
            self.resized.emit()

    @property
    def explanation(self) -> str:
        """What is said below the line by now."""
        return self._hint.text() if self._hint is not None else ""

    @guarded(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                # While nothing was typed, undo means the last step of work.
                return not self.line.isModified() and any(map(event.matches, _TAKE_BACK))
            if event.type() is QEvent.Type.KeyPress:
                return self.key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def key(self, key: Qt.Key) -> bool:
        """Act on a key; whether that is all there is to it."""
        if key in ENTER:
            self.accept()
        elif key == Qt.Key.Key_Escape:
            self.line.setText(self.current)
            self.escaped.emit()
        else:
            return False
        return True

    def enter(self) -> None:
        """Focus has come."""
        self.entered.emit()

    def leave(self) -> None:
        """Focus has gone: what was typed is kept, so that nothing is lost."""
        self._keep()

    def accept(self) -> None:
        """Enter."""
        if not self._keep():
            self.skipped.emit()

    def _keep(self) -> bool:
        text = self.line.text().strip()
        if text == self.current:
            return False
        self.current = text
        self.chosen.emit(text or None)
        return True


class TypeAhead(Entry):
    """Filled by Enter on an option, emptied by Enter on nothing, left unchanged by Esc.

    Words that were typed but not taken are dropped when focus goes: half a name is no choice.
    What would make something new takes a second Enter, unless it was walked to.
    """

    def __init__(
        self,
        name: str,
        current: str,
        supply: Callable[[str], Sequence[Option]],
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, current, placeholder, parent)
        self._supply = supply
        self._options: Sequence[Option] = ()
        self._meant: Option | None = None
        """What would be made by Enter because it was walked to, or asked about."""
        self._told = False
        self.list = OptionList(self)
        self.list.setAccessibleName(f"{name}: what may be meant")
        self.list.hide()
        self.column.addWidget(self.list)
        self.line.textEdited.connect(self.offer)
        self.list.itemPressed.connect(lambda item: self._take(self.list.row(item)))
        self.list.currentRowChanged.connect(self._look_at)

    def key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Tab and self.line.isModified() and self.list.currentRow() >= 0:
            self._accept_row(self.list.currentRow())
            return True
        if key in _STEPS and not self.list.isHidden():
            row, last = self.list.currentRow() + _STEPS[key], self.list.count() - 1
            row = last if row < -1 else max(0, min(row, last))  # Up from none begins below
            self.list.setCurrentRow(row)
            self._meant = self._options[row]
            return True
        return super().key(key)

    def enter(self) -> None:
        super().enter()
        self.line.setModified(False)
        self.line.selectAll()
        self.offer("")

    def leave(self) -> None:
        self.line.setText(self.current)
        self._close()

    def accept(self) -> None:
        text = self.line.text().strip()
        if self.list.currentRow() >= 0:
            self._accept_row(self.list.currentRow())
        elif self.current and not text:
            self.chosen.emit(None)
        elif text and text != self.current:
            makes = " Down chooses what would be made of it." if self._options else ""
            self._tell(f"Nothing here is called “{text}”.{makes}")
        else:
            self.skipped.emit()

    def offer(self, query: str) -> None:
        """List what may be meant; Enter takes the first if it was typed for or is proposed."""
        self._options = self._supply(query)
        self._meant = None
        self.list.show_options(self._options)
        if self._options and self._is_first_meant(query.strip(), self._options[0]):
            self.list.setCurrentRow(0)
        if self._told:
            self._told = False
            self.explain("")
            self._look_at(self.list.currentRow())
        self.list.setVisible(bool(self._options))
        self.resized.emit()

    def _is_first_meant(self, typed: str, first: Option) -> bool:
        """Without a word typed only what the article speaks for is a key press away."""
        if first.is_new:
            return sum(map(str.isalpha, typed)) >= _SHORT
        return bool(typed) or (not self.current and first.proposed)

    def _accept_row(self, row: int) -> None:
        """Take a row; one that makes something new only when that is surely meant."""
        option = self._options[row]
        if option.is_new and option is not self._meant:
            self._meant = option
            self._tell(f"{option.text}: Enter again makes it, for everybody in the project.")
        else:
            self._take(row)

    def _tell(self, text: str) -> None:
        self.explain(text)
        self._told = True

    def _look_at(self, row: int) -> None:
        self.looked_at.emit(self._options[row] if 0 <= row < len(self._options) else None)

    def _take(self, row: int) -> None:
        value: Value | None = self._options[row].value
        self._close()
        self.chosen.emit(value)

    def _close(self) -> None:
        if not self.list.isHidden():
            self.list.hide()
            self.resized.emit()
