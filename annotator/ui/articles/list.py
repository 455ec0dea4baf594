"""The left pane: the articles of the project, and what a search finds in them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.core.errors import ProjectFault
from annotator.core.model import Id
from annotator.core.revision import Entry, Revision
from annotator.store.finding.listing import Listing, Wanted, is_in_order
from annotator.store.finding.reader import Reader
from annotator.store.finding.search import Found, Hit, Hits
from annotator.ui.articles import filtering
from annotator.ui.articles.asking import SMALL, Asking
from annotator.ui.articles.model import Articles
from annotator.ui.articles.nothing import why_nothing
from annotator.ui.articles.pane import ListPane
from annotator.ui.articles.parts import grouped, searched
from annotator.ui.articles.rows import More, Part, Row, Rows
from annotator.ui.desk import Desk
from annotator.ui.look.theme import Theme

_PAUSE_MS = 150
"""After the last letter typed, before texts are searched."""
_IDLE_MS, _SLICE_S = 40, 0.02
"""How often, and for how long, an index that is behind is gone on with."""
_FIRST_TITLES, _ALL_TITLES = 8, 1 << 30
_FIRST_ROWS, _VERY_MANY, _REST_MS = 100, 50_000, 50
"""Listed at once where there are so many articles; so long after that the others are read."""
_MANY_ENTRIES = 500
"""Of a revision; beyond that everything is read anew."""


Titles = tuple[list[Id], int | None]
"""Articles whose titles fit, and how many there are; None while nobody knows."""


class ArticleList(ListPane):
    """Shows the articles, narrows them, and opens the one that is chosen."""

    entered_text = Signal()
    """The keyboard is to go to the text."""
    opened_hit = Signal(object, str)
    """A :class:`Hit` was opened that was found by these words."""
    asked = Signal()
    """Other words are looked for, or other filters are on."""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._desk = desk
        self.asking = Asking(desk.workspace, self)
        self.model = Articles(desk, self.asking, self)
        self.wanted = Wanted()
        self.actor_name = ""
        self._titles: Titles = ([], 0)
        self._all_titles = False
        self._found: Found | None = None
        self._current: Row | None = None
        self.list.setModel(self.model)
        self._pause, self._idle, self._rest = QTimer(self), QTimer(self), QTimer(self)
        self._connect()
        self.refresh()
        self._idle.start(_IDLE_MS)

    def _connect(self) -> None:
        self._pause.setSingleShot(True)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._ask_all)
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
        for timer in (self._idle, self._pause, self._rest, self.model.comparing):
            timer.stop()
        self.asking.close()

    # What is wanted

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.search.text().strip()

    def want(self, wanted: Wanted) -> None:
        """List other articles, or in another order; what was found is looked for among them."""
        self.wanted = wanted
        self.refresh()
        self._search_again()

    def restore(self, wanted: Wanted, words: str, actor_name: str, unfinished: bool) -> None:
        """List what was listed when a window was here before."""
        self.actor_name = actor_name
        self.wanted = wanted
        if words:
            self.search.setText(words)  # which refreshes
        elif wanted != Wanted():
            self.refresh()
        if unfinished:
            self.want_unfinished()

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
        self.asked.emit()
        self.asking.is_small = self._desk.workspace.lists.is_fewer(SMALL)
        self.chips.show_filters(filtering.on(self.wanted, self.names()))
        sort = filtering.SORTS[self.wanted.sort].partition(",")[0].partition(":")[0]
        self._order.setText("" if self.words else f"by {sort.lower()}")
        self._rest.stop()
        self.asking.forget("first")
        if not self.words:
            self._found = None
            if is_in_order(self.wanted) and not self._desk.workspace.lists.is_fewer(_VERY_MANY):
                self.asking.forget("list")
                first = partial(Reader.first_page, wanted=self.wanted, most=_FIRST_ROWS)
                self.asking.ask("first", first, self._show_first)
            else:
                self._ask_all()
            return
        typed = replace(self.wanted, typed=self.words)
        most = _ALL_TITLES if self._all_titles else _FIRST_TITLES

        def titles(reader: Reader) -> Titles:
            found = reader.first_page(typed, most)
            return found, len(found) if len(found) < most else None

        self.asking.ask("list", titles, self._show_titles)

    def _ask_all(self) -> None:
        wanted = self.wanted
        self.asking.ask("list", lambda reader: reader.find(wanted), self._show_listing)

    def names(self) -> filtering.Names:
        workspace = self._desk.workspace
        analysts = {analyst.id: analyst.name for analyst in workspace.analysts()}
        reviews = workspace.viewer().reviews
        return filtering.Names(analysts, workspace.analyst.id, self.actor_name, reviews)

    def clear(self) -> None:
        """Everything again, in the order there is now."""
        self.wanted = filtering.bare(self.wanted)
        if self.search.text():
            self.search.clear()  # which refreshes
        else:
            self.refresh()

    def _type(self, _text: str) -> None:
        self._all_titles = False
        self._found = None
        self.asking.forget("texts")
        self.asking.forget("count")
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

    def _show_first(self, ids: list[Id]) -> None:
        """What can be seen; all that is listed is read once it is on the screen."""
        self._show(Rows([Part(ids)]), None)
        self._rest.start(_REST_MS)

    def _show_listing(self, listing: Listing) -> None:
        self._show(grouped(listing, self.wanted.group), len(listing.ids))

    def _show_titles(self, titles: Titles) -> None:
        """Show the first titles; how many there are is counted once they are shown."""
        self._titles = titles
        self._show_search()
        ids, count = titles
        if count is None:
            typed = replace(self.wanted, typed=self.words)
            self.asking.ask(
                "count",
                lambda reader: reader.count(typed),
                lambda counted: self._show_titles((ids, counted)),
            )

    def _show_found(self, found: Found) -> None:
        self._found = found
        self._show_search()

    def _show_search(self) -> None:
        ids, count = self._titles
        found = self._found
        total = count
        if found is not None and count is not None:
            total = count + sum(part.total for part in (found.texts, found.said))
        self._show(searched(ids, count, found), total)

    def _show(self, rows: Rows, count: int | None) -> None:
        """Show rows, and above them how many there are; None while nobody knows."""
        now = self.list.currentIndex().row()
        if 0 <= now < len(self.model.rows):
            self._current = self.model.rows[now]
        self.model.show(rows)
        self.list.updateGeometries()
        row = rows.find(self._current)
        if row is None and self._desk.page is not None and not self.words:
            row = rows.find(self._desk.page.article.id)
        if row is None and len(rows) and count is not None:
            row = self.list.next_row(0, 1).row()
        if row is not None and row >= 0:
            self._put_current(row)
        name = "Found" if self.words else "Articles"
        self.heading.setText(f"{name}  {count:,}" if count else name)
        self._stack.setCurrentIndex(0 if len(rows) else 1)
        if not len(rows):
            self._tell_why()

    def _tell_why(self) -> None:
        looking = bool(self.words) and (self._found is None or not self._found.complete)
        said = filtering.on(self.wanted, self.names())
        wanted = replace(self.wanted, typed=self.words)
        why = partial(why_nothing, wanted=wanted, said=said, looking=looking)
        self.asking.ask("why", why, self._empty.label.setText)

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
        current = self.model.article_at(self.list.currentIndex().row())
        if page is not None and current != page.article.id:
            row = self.model.rows.find(page.article.id)
            if row is not None:
                self._put_current(row)
        self.list.viewport().update()

    # What happens elsewhere

    def _revised(self, revision: Revision) -> None:
        kinds = revision.kinds
        if len(revision.entries) > _MANY_ENTRIES or kinds & {"codebook", "procedure", "analyst"}:
            self.model.forget()
            self.want(self.wanted)
            return
        touched = {id for entry in revision.entries if (id := self._article_of(entry)) is not None}
        self.model.forget(touched)
        if "article" in kinds:
            self.want(self.wanted)
        elif touched and filtering.depends_on_work(self.wanted):
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
