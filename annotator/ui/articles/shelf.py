"""What the commands on the list of articles do: find, filter, order, and act on those chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Literal

from PySide6.QtWidgets import (
    QLineEdit,
    QWidget,
)

from annotator.core import articles
from annotator.core.errors import NotAllowed
from annotator.core.model import Article, Id, Progress
from annotator.core.revision import Edit
from annotator.core.text.cleaning import counted
from annotator.core.text.dates import is_date
from annotator.store.finding.search import Hit
from annotator.ui.article_pane import ArticlePane
from annotator.ui.articles import filtering
from annotator.ui.articles.list import ArticleList
from annotator.ui.desk import Desk
from annotator.ui.dialogs import ask
from annotator.ui.look.forms import Form, FormDialog
from annotator.ui.panel.options import Option

Choose = Callable[[str, list[Option]], object]
"""Asks which of some options is meant; None when none is."""
_PROGRESS: dict[str, Progress | None] = {"new": None, "in progress": "in progress", "done": "done"}


class Shelf:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(
        self,
        desk: Desk,
        pane: ArticleList,
        text: ArticlePane,
        choose: Choose,
        export: Callable[[list[Article]], None],
        window: QWidget,
    ) -> None:
        self._desk = desk
        self._list = pane
        self._text = text
        self._choose = choose
        self._export = export
        self._window = window
        pane.opened_hit.connect(self._show_hit)

    # Finding

    def find_articles(self) -> None:
        """Put the keyboard on the search line of the list."""
        self._list.focus_search()

    def clear_filters(self) -> None:
        self._list.clear()

    def filter_articles(self) -> None:
        """Choose one more filter, once the outlets are counted."""
        self._list.asking.ask("outlets", lambda reader: reader.outlets(), self._choose_filter)

    def _choose_filter(self, outlets: list[tuple[str, int]]) -> None:
        listed = filtering.choices(self._list.names(), outlets)
        value = self._choose("Show only articles …", listed)
        if value == "unfinished":
            self._list.want_unfinished()
        elif value == filtering.DATES:
            self._ask_dates()
        elif isinstance(value, str):
            self._list.want(filtering.chosen(self._list.wanted, value))

    def _ask_dates(self) -> None:
        dialog = Dates(self._list.wanted.since, self._list.wanted.until, self._window)
        if ask(dialog, self._window):
            since, until = dialog.values()
            self._list.want(replace(self._list.wanted, since=since, until=until))

    def sort_articles(self) -> None:
        value = self._choose(
            "Sort articles by …", [Option(k, t) for k, t in filtering.SORTS.items()]
        )
        for sort in filtering.SORTS:
            if sort == value:
                self._list.want(replace(self._list.wanted, sort=sort))

    def group_articles(self) -> None:
        value = self._choose(
            "Group articles by …", [Option(k, t) for k, t in filtering.GROUPS.items()]
        )
        for group in filtering.GROUPS:
            if group == value and value is not None:
                self._list.want(replace(self._list.wanted, group=group))

    def _show_hit(self, hit: Hit, words: str) -> None:
        """Show what was found in the article that has just been opened; the list stays narrowed."""
        self._desk.said.emit(f"The list still shows only “{words}”; Ctrl+Shift+K shows all again.")
        if hit.at:
            self._text.find_bar.show_places(words, hit.at)
        elif hit.record is not None and self._desk.page is not None:
            if hit.record in self._desk.page.marks:
                self._desk.take_mark(hit.record)
            elif hit.record in self._desk.page.statements:
                self._desk.take(hit.record)

    # On the articles that are chosen

    def set_stage(self, stage: Literal["new", "in progress", "done"]) -> None:
        """Say how far the analyst is on all chosen articles, in one step."""
        workspace = self._desk.workspace
        layer = workspace.analyst.id
        edits = [
            articles.set_progress(id, layer, workspace.status(id), _PROGRESS[stage])
            for id in self._chosen()
        ]
        if self._do(f"{counted(len(edits), 'article')} {stage}", edits):
            self._desk.said.emit(f"{counted(len(edits), 'article')} {stage}; Ctrl+Z takes it back.")

    def assign_articles(self) -> None:
        """Give the chosen articles to an analyst."""
        ids = self._chosen()
        workspace = self._desk.workspace
        listed = [Option(str(a.id), a.name) for a in workspace.analysts_by_name()]
        value = self._choose(f"Assign {counted(len(ids), 'article')} to …", listed)
        if not isinstance(value, str):
            return
        analyst = int(value)
        entries = workspace.lists.entries(ids)
        free = [id for id in ids if analyst not in entries[id].assigned]
        if self._do("Assign", [articles.assign(id, analyst) for id in free]):
            name = self._list.names().analysts[analyst]
            self._desk.said.emit(f"{counted(len(free), 'article')} assigned to {name}.")
        elif not free:
            self._desk.said.emit("They are assigned already.")

    def export_chosen(self) -> None:
        """Write the chosen articles to a file."""
        self._export(self._records(self._chosen()))

    def remove_chosen(self) -> None:
        """Take the chosen articles out of the project, in one step."""
        gone = self._records(self._chosen())
        page = self._desk.page
        following = self._list.neighbour(page.article.id) if page else None
        ids = {article.id for article in gone}
        self._desk.workspace.remove(gone)
        if page is not None and page.article.id in ids:
            self._desk.open(None if following in ids else following)
        what = f"“{gone[0].title}” is" if len(gone) == 1 else f"{len(gone)} articles are"
        self._desk.said.emit(f"{what} out of the project; Ctrl+Z brings it back.")

    def _chosen(self) -> list[Id]:
        """The articles selected in the list, else the open one."""
        page = self._desk.page
        chosen = self._list.chosen() or ([page.article.id] if page else [])
        if not chosen:
            raise NotAllowed("Choose articles in the list first (Ctrl+1).")
        return chosen

    def _records(self, ids: Iterable[Id]) -> list[Article]:
        found = map(self._desk.workspace.article, ids)
        return [article for article in found if article is not None]

    def _do(self, label: str, edits: Iterable[Edit]) -> bool:
        """Several edits as one step."""
        changes = tuple(change for edit in edits for change in edit.changes)
        return bool(changes) and self._desk.do(Edit(label, changes))


class Dates(FormDialog):
    """From when to when; what is left empty is open."""

    def __init__(self, since: str, until: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Published")
        self.lines = {"From": QLineEdit(since, self), "To": QLineEdit(until, self)}
        form = Form()
        for name, line in self.lines.items():
            line.setPlaceholderText("YYYY, YYYY-MM or YYYY-MM-DD")
            line.setAccessibleName(name)
            form.add(name, line)
        self.lay_out(form)

    def values(self) -> tuple[str, str]:
        since, until = (line.text().strip() for line in self.lines.values())
        return since, until

    def accept(self) -> None:
        """Close only with dates, or nothing."""
        for line in self.lines.values():
            if line.text().strip() and not is_date(line.text().strip()):
                self.refuse("Write a date as 2025, 2025-08 or 2025-08-24.", line)
                return
        super().accept()
