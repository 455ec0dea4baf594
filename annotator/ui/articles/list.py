"""The left pane: the articles of the project, and what a search finds in them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from annotator.core.errors import ProjectFault
from annotator.core.model import Id
from annotator.core.revision import Entry, Revision
from annotator.store.listing import Listing, Wanted
from annotator.store.reader import Reader
from annotator.store.search import Found, Hit, Hits
from annotator.ui.articles import filtering
from annotator.ui.articles.asking import SMALL, Asking
from annotator.ui.articles.chips import Chips
from annotator.ui.articles.keyboard import ArticleRows, SearchLine
from annotator.ui.articles.model import Articles
from annotator.ui.articles.nothing import why_nothing
from annotator.ui.articles.painter import Painter
from annotator.ui.articles.parts import grouped, searched
from annotator.ui.articles.rows import More, Row, Rows
from annotator.ui.desk import Desk
from annotator.ui.look.notice import Notice
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme

_PAUSE_MS = 150
"""After the last letter typed, before texts are searched."""
_IDLE_MS, _SLICE_S = 40, 0.02
"""How often, and for how long, an index that is behind is gone on with."""
_FIRST_TITLES = 8
_MANY_ENTRIES = 500
"""Of a revision; beyond that everything is read anew."""


class ArticleList(QWidget):
    """Shows the articles, narrows them, and opens the one that is chosen."""

    entered_text = Signal()
    """The keyboard is to go to the text."""
    opened_hit = Signal(object, str)
    """A :class:`Hit` was opened that was found by these words."""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.asking = Asking(desk.workspace, self)
        self.model = Articles(desk, self.asking, self)
        self.wanted = Wanted()
        self.actor_name = ""
        self._titles: tuple[list[Id], int] = ([], 0)
        self._all_titles = False
        self._found: Found | None = None
        self.search = SearchLine(self)
        self.list = ArticleRows(self)
        self.chips = Chips(self)
        self._painter = Painter(theme, self.list)
        self._heading, self._order = QLabel(self), QLabel(self)
        self._empty = Notice("", self)
        self._lay_out()
        self._pause, self._idle = QTimer(self), QTimer(self)
        self._connect()
        self.refresh()
        self._idle.start(_IDLE_MS)

    def _lay_out(self) -> None:
        self.list.setAccessibleName("Articles")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._painter)
        self.search.setPlaceholderText("Search articles")
        self.search.setAccessibleName("Search titles, outlets, texts, quotes, notes and actors")
        self.search.setToolTip('Words, "a phrase", begin*, -not, this OR that (Ctrl+Shift+F)')
        self.search.setClearButtonEnabled(True)
        set_look(self.search, "search")
        set_look(self, "panel")
        set_look(self._heading, "title")
        set_look(self._order, "muted")
        for label in (self._heading, self._order):
            label.setTextFormat(Qt.TextFormat.PlainText)
        above, line = QHBoxLayout(), QHBoxLayout()
        above.setContentsMargins(12, 10, 12, 4)
        above.addWidget(self._heading, 1)
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

    def _connect(self) -> None:
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._search_texts)
        self._idle.timeout.connect(self._catch_up)
        self.search.textChanged.connect(self._type)
        self.search.down.connect(self._into_list)
        self.search.escaped.connect(self._step_back)
        self.list.entered.connect(self._enter)
        self.list.left.connect(self._step_back)
        self.list.typed.connect(self._type_here)
        self.list.clicked.connect(self._click)
        self.chips.dropped.connect(self._drop)
        self.asking.failed.connect(self._desk.failed)
        self._desk.opened.connect(self._show_open)
        self._desk.revised.connect(self._revised)

    def close_down(self) -> None:
        """Ask no more; before the project is closed."""
        self._idle.stop()
        self._pause.stop()
        self.asking.close()

    def set_theme(self, theme: Theme) -> None:
        self._painter.theme = theme
        self.list.viewport().update()

    # What is wanted

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.search.text().strip()

    def want(self, wanted: Wanted) -> None:
        """List other articles, or in another order."""
        self.wanted = wanted
        self.refresh()

    def want_unfinished(self) -> None:
        """List only articles with unfinished statements, once they are counted."""
        wanted = self.wanted

        def unfinished(reader: Reader) -> tuple[Id, ...]:
            return tuple(id for id, number in reader.unfinished().items() if number)

        def show(ids: tuple[Id, ...]) -> None:
            self.want(replace(wanted, among=ids))

        self.asking.ask("among", unfinished, show)

    def refresh(self) -> None:
        """Ask for what is to be listed now."""
        self.asking.is_small = self._desk.workspace.lists.count(Wanted()) < SMALL
        self.chips.show_filters(filtering.on(self.wanted, self.names()))
        sort = filtering.SORTS[self.wanted.sort].partition(",")[0].partition(":")[0]
        self._order.setText("" if self.words else f"by {sort.lower()}")
        if not self.words:
            self._found = None
            wanted = self.wanted
            self.asking.ask("list", lambda reader: reader.find(wanted), self._show_listing)
            return
        typed, most = replace(self.wanted, typed=self.words), _FIRST_TITLES

        def titles(reader: Reader) -> tuple[list[Id], int]:
            count = reader.count(typed)
            return reader.first_page(typed, count if self._all_titles else most), count

        self.asking.ask("list", titles, self._show_titles)

    def names(self) -> filtering.Names:
        workspace = self._desk.workspace
        analysts = {analyst.id: analyst.name for analyst in workspace.analysts()}
        return filtering.Names(analysts, workspace.analyst.id, self.actor_name)

    def clear(self) -> None:
        """Everything again, in the order there is now."""
        self.wanted = filtering.bare(self.wanted)
        if self.search.text():
            self.search.clear()  # which refreshes
        else:
            self.refresh()

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _type(self, _text: str) -> None:
        self._all_titles = False
        self._found = None
        self.asking.forget("texts")
        self.refresh()
        if self.words:
            self._pause.start(_PAUSE_MS)
        else:
            self._pause.stop()

    def _type_here(self, letter: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(self.search.text() + letter)

    def _search_texts(self) -> None:
        words, wanted = self.words, self.wanted
        self.asking.ask("texts", lambda reader: reader.search(words, wanted), self._show_found)

    def _drop(self, name: str) -> None:
        self.want(filtering.without(self.wanted, name))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search_again()

    def _search_again(self) -> None:
        if self.words:
            self._search_texts()

    def _step_back(self) -> None:
        """Esc: what was typed goes, then the filters, then the keyboard back to the text."""
        if self.search.text():
            self.search.clear()
        elif self.wanted != filtering.bare(self.wanted):
            self.want(filtering.bare(self.wanted))
        else:
            self.entered_text.emit()

    # What is shown

    def _show_listing(self, listing: Listing) -> None:
        self._show(grouped(listing, self.wanted.group), len(listing.ids))

    def _show_titles(self, titles: tuple[list[Id], int]) -> None:
        self._titles = titles
        self._show_search()

    def _show_found(self, found: Found) -> None:
        self._found = found
        self._show_search()

    def _show_search(self) -> None:
        ids, count = self._titles
        found = self._found
        total = count + sum(p.total for p in (found.texts, found.said)) if found else count
        self._show(searched(ids, count, found), total)

    def _show(self, rows: Rows, count: int) -> None:
        now = self.list.currentIndex().row()
        old: Row | None = self.model.rows[now] if 0 <= now < len(self.model.rows) else None
        self.model.show(rows)
        self.list.updateGeometries()
        row = rows.find(old)
        if row is None and self._desk.page is not None and not self.words:
            row = rows.find(self._desk.page.article.id)
        if row is None and len(rows):
            row = self.list.next_row(0, 1).row()
        if row is not None and row >= 0:
            self._put_current(row)
        name = "Found" if self.words else "Articles"
        self._heading.setText(f"{name}  {count:,}" if count else name)
        self._stack.setCurrentIndex(0 if len(rows) else 1)
        if not len(rows):
            self._tell_why()

    def _put_current(self, row: int) -> None:
        self.list.selectionModel().setCurrentIndex(
            self.model.index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.list.scrollTo(self.model.index(row, 0))

    def _tell_why(self) -> None:
        looking = bool(self.words) and (self._found is None or not self._found.complete)
        said = filtering.on(self.wanted, self.names())
        wanted = replace(self.wanted, typed=self.words)
        self._empty.label.setText(why_nothing(self._desk.workspace.lists, wanted, said, looking))

    # Opening

    def walk(self, step: int) -> None:
        """Open the next or the previous article of the list, at its hit if there is one."""
        index = self.list.next_row(self.list.currentIndex().row() + step, step)
        row = index.row()
        if index.isValid() and self.model.article_at(row) is not None:
            self._put_current(row)
            self._open(row)

    def neighbour(self, article: Id) -> Id | None:
        """The article after this one in the list, or the one before the last."""
        row = self.model.rows.find(article)
        if row is None:
            return None
        after = [self.model.article_at(n) for n in (row + 1, row + 2, row - 1, row - 2)]
        return next((id for id in after if id is not None and id != article), None)

    def chosen(self) -> list[Id]:
        """The articles that are selected, each once, in the order of the list."""
        ids = (self.model.article_at(row) for row in self.list.chosen_rows())
        return list(dict.fromkeys(id for id in ids if id is not None))

    def _into_list(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._search_texts()
        if len(self.model.rows):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self) -> None:
        row = self.list.currentIndex().row()
        if row >= 0 and self._open(row):
            self.entered_text.emit()

    def _click(self, index: QModelIndex) -> None:
        if len(self.list.chosen_rows()) == 1:
            self._open(index.row())

    def _open(self, row: int) -> bool:
        """Do what a row is for; whether an article is open now."""
        found = self.model.rows[row]
        if isinstance(found, More):
            self._show_more(found)
        elif isinstance(found, Hit) and found.article is None:
            self._filter_by_actor(found)
        else:
            article = self.model.article_at(row)
            page = self._desk.page
            if article is not None and (page is None or page.article.id != article):
                self._desk.open(article)
            if isinstance(found, Hit):
                self.opened_hit.emit(found, self.words)
            return article is not None
        return False

    def _filter_by_actor(self, hit: Hit) -> None:
        self.actor_name = hit.snippet.text.partition(" · ")[0]
        self.search.clear()
        self.want(replace(self.wanted, actor=hit.record))

    def _show_more(self, more: More) -> None:
        if more.part == "titles":
            self._all_titles = True
            self.refresh()
            return
        found, words, wanted = self._found, self.words, self.wanted
        if found is None:
            return
        shown = found.texts if more.part == "texts" else found.said
        skip = len(shown.hits)

        def go_on(reader: Reader) -> Hits:
            ask = reader.more_texts if more.part == "texts" else reader.more_said
            return ask(words, wanted, skip)

        def add(page: Hits) -> None:
            longer = replace(shown, hits=shown.hits + page.hits)
            if more.part == "texts":
                self._show_found(replace(found, texts=longer))
            else:
                self._show_found(replace(found, said=longer))

        self.asking.ask("texts", go_on, add)

    def _show_open(self) -> None:
        page = self._desk.page
        row = self.model.rows.find(page.article.id) if page else None
        current = self.model.article_at(self.list.currentIndex().row())
        if row is not None and page is not None and current != page.article.id:
            self._put_current(row)
        self.list.viewport().update()

    # What happens elsewhere

    def _revised(self, revision: Revision) -> None:
        kinds = {entry.kind for entry in revision.entries}
        if len(revision.entries) > _MANY_ENTRIES or kinds & {"codebook", "procedure", "analyst"}:
            self.model.forget()
            self.refresh()
            return
        touched = {id for entry in revision.entries if (id := self._article_of(entry)) is not None}
        self.model.forget(touched)
        if "article" in kinds or (touched and filtering.depends_on_work(self.wanted)):
            self.refresh()

    def _article_of(self, entry: Entry) -> Id | None:
        if entry.kind == "article":
            return entry.id
        flat = {**(entry.before or {}), **(entry.after or {})}
        record = None if "article" in flat else self._desk.workspace.record(entry.kind, entry.id)
        found = flat.get("article", getattr(record, "article", None))
        return found if isinstance(found, int) else None

    def _catch_up(self) -> None:
        """Go on with the index of words while nobody waits."""
        try:
            complete = self._desk.workspace.catch_up(_SLICE_S)
        except ProjectFault as fault:
            self._desk.failed.emit(str(fault))
            complete = True
        if complete:
            self._idle.stop()
            if self._found is not None and not self._found.complete:
                self._search_again()
