"""What the left pane looks like: heading, search line, filters that are on, and the rows."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from annotator.ui.articles.chips import Chips
from annotator.ui.articles.keyboard import ArticleRows, SearchLine
from annotator.ui.articles.painter import Painter
from annotator.ui.look.notice import Notice
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme


class ListPane(QWidget):
    """The widgets; what they show and do is for :class:`ArticleList` to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchLine(self)
        self.list = ArticleRows(self)
        self.chips = Chips(self)
        self._painter = Painter(theme, self.list)
        self.heading = plain_label(self, "title", wraps=False)
        self._order = plain_label(self, "muted", wraps=False)
        self._empty = Notice("", self)
        self._lay_out()

    def set_theme(self, theme: Theme) -> None:
        self._painter.theme = theme
        self.list.viewport().update()

    def focus_search(self) -> None:
        self.show()  # a narrow window has hidden it
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _put_current(self, row: int) -> None:
        """Make a row the current one, and bring it onto the screen."""
        self.list.selectionModel().setCurrentIndex(
            self.list.model().index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.list.scrollTo(self.list.model().index(row, 0))

    def _lay_out(self) -> None:
        self.list.setAccessibleName("Articles")
        self.list.setItemDelegate(self._painter)
        self.search.setPlaceholderText("Search articles")
        self.search.setAccessibleName("Search titles, outlets, texts, quotes, notes and actors")
        self.search.setToolTip('Words, "a phrase", begin*, -not, this OR that (Ctrl+Shift+F)')
        self.search.setClearButtonEnabled(True)
        set_look(self.search, "search")
        set_look(self, "panel")
        above, line = QHBoxLayout(), QHBoxLayout()
        above.setContentsMargins(12, 10, 12, 4)
        above.addWidget(self.heading, 1)
        above.addWidget(self._order)
        line.setContentsMargins(8, 0, 8, 6)
        line.addWidget(self.search)
        below = QWidget(self)
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addLayout(line)
        column.addWidget(self.chips)
        column.addWidget(below, 1)
