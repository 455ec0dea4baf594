"""The list of all that is in a codebook, narrowed as one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from annotator.core.book.explaining import about
from annotator.core.book.parts import Entry, Part, issue_part
from annotator.core.codebook import Codebook, Kind
from annotator.core.model import Id, Issue
from annotator.ui.book.swatch import SIZE, kind_swatch
from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.notice import notice_in
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme

Place = Part | str
"""What a line of the tree stands for: an entry, or one of :data:`GROUPS`."""
GROUPS = {
    "guidelines": "Guidelines",
    "kind": "Kinds",
    "role": "Roles",
    "field": "Fields",
    "stance": "Stances",
    "issue": "Issues",
    "actors": "Actors…",
}
_NOTHING = "Nothing in the codebook is called so.\n\nEsc in the line above shows all of it again."
_PLACE = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1


class _Tree(QTreeWidget):
    """Enter goes to the form."""

    opened = Signal()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Filter(QLineEdit):
    """Down goes to the tree; Esc empties it first."""

    down = Signal()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, *ENTER):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class BookTree(QWidget):
    """Kinds, roles, fields with their choices, stances and the tree of issues."""

    taken = Signal(object)
    """Another :data:`Place` is looked at."""
    opened = Signal()
    """Enter: to the form of what is looked at."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.filter = _Filter(self)
        self.filter.setPlaceholderText("Find in the codebook")
        self.filter.setAccessibleName("Find in the codebook")
        self.filter.setClearButtonEnabled(True)
        set_look(self.filter, "search")
        self.list = _Tree(self)
        self.list.setAccessibleName("The codebook")
        self.list.setHeaderHidden(True)
        self.list.setIndentation(16)
        self.list.setUniformRowHeights(True)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.nothing = notice_in(self.list)
        self.nothing.label.setText(_NOTHING)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 6, 12)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        self.filter.textChanged.connect(self._narrow)
        self.filter.down.connect(self._to_list)
        self.list.opened.connect(self.opened)
        self.list.currentItemChanged.connect(self._on_current)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    @property
    def place(self) -> Place | None:
        """What is looked at."""
        item = self.list.currentItem()
        return None if item is None else item.data(0, _PLACE)

    def fill(self, book: Codebook, issues: Iterable[Issue]) -> None:
        """Show a codebook; what was looked at and folded stays so."""
        now, folded = self.place, self._folded()
        self.list.setIconSize(SIZE)  # the style sheet has set another since
        self.list.blockSignals(True)
        self.list.clear()
        groups = {name: self._group(name) for name in GROUPS}
        for key, kind in book.kinds.items():
            self._entry(groups["kind"], Part("kind", key), kind, f"   {kind.key}")
        for key, role in book.roles.items():
            self._entry(groups["role"], Part("role", key), role)
        for key, field in book.fields.items():
            item = self._entry(groups["field"], Part("field", key), field)
            for choice, one in field.choices.items():
                self._entry(item, Part("choice", choice, key), one)
        for key in sorted(book.stances, key=int):
            self._entry(
                groups["stance"], Part("stance", key), book.stances[key], f"   {_signed(key)}"
            )
        above: dict[Id | None, QTreeWidgetItem] = {None: groups["issue"]}
        for issue in issues:  # in the order of the tree
            parent = above.get(issue.parent, groups["issue"])
            above[issue.id] = self._entry(parent, issue_part(issue), issue)
        self.list.expandAll()
        for item in self._items():
            if item.data(0, _PLACE) in folded:
                item.setExpanded(False)
        self.list.blockSignals(False)
        self._narrow(self.filter.text())
        self.take(now if now is not None and self._find(now) else "kind")

    def take(self, place: Place) -> None:
        """Look at a place; told even when it was looked at already."""
        item = self._find(place)
        if item is None:
            return
        self.list.blockSignals(True)
        self.list.setCurrentItem(item)
        self.list.scrollToItem(item)
        self.list.blockSignals(False)
        self.taken.emit(place)

    def nearest(self) -> Place | None:
        """Where to look when what is looked at goes: above it, else its group."""
        item = self.list.currentItem()
        above = self.list.itemAbove(item) if item else None
        return None if above is None else above.data(0, _PLACE)

    def _group(self, name: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([GROUPS[name]])
        item.setData(0, _PLACE, name)
        item.setData(0, _WORDS, GROUPS[name].casefold())
        font = QFont(self.list.font())
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(0, font)
        self.list.addTopLevelItem(item)
        return item

    def _entry(
        self, parent: QTreeWidgetItem, part: Part, entry: Entry, behind: str = ""
    ) -> QTreeWidgetItem:
        retired = "   retired" if entry.retired else ""
        item = QTreeWidgetItem(parent, [f"{entry.name}{behind}{retired}"])
        item.setData(0, _PLACE, part)
        item.setData(0, _WORDS, f"{entry.name} {part.key} {about(entry)}".casefold())
        if entry.retired:
            item.setForeground(0, self._theme.colour("text_muted"))
        if isinstance(entry, Kind):
            item.setIcon(0, kind_swatch(self._theme, entry, self.devicePixelRatioF()))
        return item

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [self.list.topLevelItem(n) for n in range(self.list.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            if item is not None:
                found.append(item)
                waiting += [item.child(n) for n in range(item.childCount())]
        return found

    def _find(self, place: Place) -> QTreeWidgetItem | None:
        return next((item for item in self._items() if item.data(0, _PLACE) == place), None)

    def _folded(self) -> set[Place]:
        return {
            item.data(0, _PLACE)
            for item in self._items()
            if item.childCount() and not item.isExpanded()
        }

    def _narrow(self, words: str) -> None:
        """Hide what does not hold all words, but not what is above something that does."""
        typed = words.casefold().split()
        fits = _fitting(typed)
        for item in self._items():
            item.setHidden(bool(typed))
        for item in self._items():
            if fits(item.data(0, _WORDS)):
                at: QTreeWidgetItem | None = item
                while at is not None:
                    at.setHidden(False)
                    at = at.parent()
        self.nothing.setVisible(all(item.isHidden() for item in self._items()))
        now = self.list.currentItem()
        if now is not None and not now.isHidden():
            self.list.scrollToItem(now)

    def _to_list(self) -> None:
        """To the first entry that is left."""
        words = self.filter.text().casefold().split()
        fits = _fitting(words)
        item = self.list.topLevelItem(0)
        while words and item is not None:
            if (
                not item.isHidden()
                and isinstance(item.data(0, _PLACE), Part)
                and fits(item.data(0, _WORDS))
            ):
                self.list.setCurrentItem(item)
                break
            item = self.list.itemBelow(item)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.taken.emit(item.data(0, _PLACE))


def _fitting(typed: list[str]) -> Callable[[str], bool]:
    return lambda words: all(one in words for one in typed)


def _signed(value: str) -> str:
    return value.replace("-", "\N{MINUS SIGN}") if int(value) <= 0 else f"+{value}"
