"""The articles of the project: title, outlet and date, and how far the analyst is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.missing import missing
from annotator.core.model import Article, Id
from annotator.core.revision import Revision
from annotator.core.text.cleaning import counted
from annotator.ui.desk import Desk
from annotator.ui.guard import guarded
from annotator.ui.look.elide import elided_lines
from annotator.ui.look.notice import Notice
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.panel.cards import Index

ROW = Qt.ItemDataRole.UserRole
_PAD, _LEADING = 12, 3
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """What a line of the list says."""

    article: Article
    progress: str
    role: str
    """The colour role of ``progress``."""

    @property
    def about(self) -> str:
        return " · ".join(filter(None, (self.article.outlet, self.article.published)))


class Articles(QAbstractListModel):
    """One row an article; its progress is worked out when it is first looked at."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._articles: list[Article] = []
        self._rows: dict[Id, Row] = {}
        self.reload()

    def reload(self) -> None:
        self.beginResetModel()
        self._articles = self._desk.workspace.articles()
        self._rows = {}
        self.endResetModel()

    def refresh(self, article: Id) -> None:
        """Work the article's progress out anew."""
        self._rows.pop(article, None)
        row = self.row(article)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def row(self, article: Id | None) -> int | None:
        return next((n for n, a in enumerate(self._articles) if a.id == article), None)

    def article_at(self, row: int) -> Article:
        return self._articles[row]

    @guarded(default=0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._articles)

    @guarded(default=None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        article = self._articles[index.row()]
        if role == ROW:
            return self._row(article)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self._row(article)
            return ", ".join(filter(None, (article.title, row.about, row.progress)))
        return None

    def _row(self, article: Article) -> Row:
        if article.id not in self._rows:
            self._rows[article.id] = Row(article, *self._progress(article))
        return self._rows[article.id]

    def _progress(self, article: Article) -> tuple[str, str]:
        """How far the analyst is, in words, and the colour to say it in."""
        desk = self._desk
        status = desk.workspace.status(article.id)
        on_desk = desk.page if desk.page and desk.page.article.id == article.id else None
        if on_desk is not None:
            count, unfinished = len(on_desk.statements), desk.unfinished
        else:
            page = desk.workspace.page(article.id)
            count = len(page.statements)
            unfinished = sum(bool(missing(page, desk.book, s)) for s in page.statements.values())
        said = counted(count, "statement")
        if status is not None and status.progress == "done":
            return f"done · {said}", "success"
        if not count:
            return "new", "text_muted"
        return (
            (f"{said} · {unfinished} unfinished", "missing") if unfinished else (said, "text_muted")
        )


class _Painter(QStyledItemDelegate):
    """Draws a row: the title in at most two lines, outlet and date, progress."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    @guarded(default=QSize())
    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        line = QFontMetrics(option.font).height() + _LEADING
        return QSize(0, 4 * line + 2 * _PAD)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        assert isinstance(row, Row)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("selection" if selected else "row_hover"))
            painter.drawRoundedRect(rect.adjusted(4, 2, -4, -2), 6, 6)
        inner = rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        metrics = QFontMetrics(option.font)
        line = metrics.height() + _LEADING
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(self.theme.colour("selection_text" if selected else "text"))
        title = elided_lines(row.article.title, bold, inner.width(), 2)
        for number, said in enumerate(title):
            painter.drawText(
                QRect(inner.left(), inner.top() + number * line, inner.width(), line), 0, said
            )
        painter.setFont(option.font)
        for number, (said, role) in enumerate(
            _filled((row.about, "text_muted"), (row.progress, row.role)), len(title)
        ):
            painter.setPen(self.theme.colour("selection_text" if selected else role))
            place = QRect(inner.left(), inner.top() + number * line, inner.width(), line)
            short = metrics.elidedText(said, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(place, 0, short)
        painter.restore()


def _filled(*lines: tuple[str, str]) -> list[tuple[str, str]]:
    return [line for line in lines if line[0]]


class _List(QListView):
    """The articles; Enter goes to the text of the one that is open."""

    entered_text = Signal()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_text.emit()
        else:
            super().keyPressEvent(event)


class ArticleList(QWidget):
    """Shows the articles and opens the one that is chosen."""

    entered_text = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = Articles(desk, self)
        self.list = _List(self)
        self.list.setAccessibleName("Articles")
        self._painter = _Painter(theme, self.list)
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._painter)
        self.list.setUniformItemSizes(True)
        set_look(self.list, "cards")
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._heading = QLabel(self)
        set_look(self._heading, "title")
        self._heading.setContentsMargins(12, 10, 12, 4)
        empty = Notice("No article yet.\n\nImport text files with Ctrl+I, or drop them here.", self)
        set_look(self, "panel")
        below = QWidget(self)
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self.list)
        self._stack.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(below, 1)
        self.list.selectionModel().currentChanged.connect(self._open)
        self.list.entered_text.connect(self.entered_text)
        desk.opened.connect(self._show_open)
        desk.revised.connect(self._revised)
        self._show_count()

    def walk(self, step: int) -> None:
        """Open the next or the previous article."""
        count = self._model.rowCount()
        if count:
            row = max(0, min(self.list.currentIndex().row() + step, count - 1))
            self.list.setCurrentIndex(self._model.index(row))

    def set_theme(self, theme: Theme) -> None:
        self._painter.theme = theme
        self.list.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            article = self._model.article_at(index.row()).id
            if self._desk.page is None or self._desk.page.article.id != article:
                self._desk.open(article)

    def _show_open(self) -> None:
        page = self._desk.page
        row = self._model.row(page.article.id) if page else None
        if row is not None and self.list.currentIndex().row() != row:
            self.list.selectionModel().setCurrentIndex(
                self._model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _revised(self, revision: Revision) -> None:
        kinds = {entry.kind for entry in revision.entries}
        if "article" in kinds or "codebook" in kinds:
            self._model.reload()
            self._show_open()
            self._show_count()
            return
        for entry in revision.entries:
            flat = {**(entry.before or {}), **(entry.after or {})}
            record = self._desk.workspace.record(entry.kind, entry.id)
            article = flat.get("article") or getattr(record, "article", None)
            if isinstance(article, int):
                self._model.refresh(article)

    def _show_count(self) -> None:
        count = self._model.rowCount()
        self._heading.setText(f"Articles  {count}" if count else "Articles")
        self._stack.setCurrentIndex(0 if count else 1)
