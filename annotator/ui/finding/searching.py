"""What the commands of finding do: the bar, the next hit, marking every occurrence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication

from annotator.core import marking
from annotator.core.errors import NotAllowed
from annotator.core.model import Mark
from annotator.core.page import Page
from annotator.core.people.register import actor_fields, filing
from annotator.core.text.find import find
from annotator.core.text.offsets import Offsets
from annotator.core.text.units import trim
from annotator.ui.desk import Desk
from annotator.ui.dialogs import ask
from annotator.ui.finding.find_bar import FindBar
from annotator.ui.finding.mark_all import MarkAll
from annotator.ui.frame import Frame

_MOST = 5000
"""Places somebody can look through."""


class Searching:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(
        self, desk: Desk, bar: FindBar, selection: Callable[[], Offsets], frame: Frame
    ) -> None:
        self._desk = desk
        self._selection = selection
        self._bar = bar
        self._frame = frame

    def find(self) -> None:
        self._show_text()
        self._bar.open()

    def find_step(self, way: int) -> None:
        self._show_text()
        self._bar.step(way)

    def _show_text(self) -> None:
        """What is found is in the text, also where that had given way to another pane."""
        if self._frame.pane.isHidden():
            self._frame.to_text()

    def mark_all(self) -> None:
        """The words that are selected, the hits while one is looking, or the mark's words."""
        page, mark = self._page, self._desk.current_mark
        looking = not self._bar.isHidden() and bool(self._bar.hits.places)
        start, end = trim(page.text, *self._selection())
        if looking and (mark is None or self._in_bar()):
            self.mark_hits()
        elif start < end:
            words = page.text[start:end]
            self._ask(page, find(page.text, words, whole_word=True, case=True), mark)
        elif mark is None:
            raise NotAllowed("Select words, take a mark in hand, or find the words first (Ctrl+F).")
        elif len(mark.fragments) != 1:
            raise NotAllowed("Only the words of a mark in one piece can be looked for.")
        else:
            words = mark.fragments[0].quote
            self._ask(page, find(page.text, words, whole_word=True, case=True), mark)

    def _in_bar(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self._bar.isAncestorOf(focus)

    def mark_hits(self) -> None:
        """Mark what the bar has found."""
        self._ask(self._page, self._bar.hits.places, self._desk.current_mark)

    def _ask(self, page: Page, found: Sequence[Offsets], like: Mark | None) -> None:
        trimmed = (trim(page.text, *place) for place in found)
        places = [(start, end) for start, end in trimmed if start < end]
        if len(places) > _MOST:
            raise NotAllowed(f"{len(places):,} places are too many to look through; find fewer.")
        book = self._desk.book
        offered = book.kinds_offered()
        if not offered:
            raise NotAllowed("Every kind is retired; there is nothing to mark with.")
        kind = like.kind if like and like.kind in offered else next(iter(offered))
        dialog = MarkAll(page, book, places, kind, self._actor(like), self._frame)
        if not ask(dialog, self._frame):
            return
        edit, made = marking.mark_all(
            page, book, dialog.kind, dialog.chosen, self._desk.workspace.new_id, dialog.fields
        )
        if self._desk.do(edit):
            self._desk.said.emit(f"{len(made):,} marks made; Ctrl+Z takes all of them back.")

    def _actor(self, mark: Mark | None) -> tuple[str, str] | None:
        """The id and name of a mark's actor."""
        actors = filing(mark, actor_fields(self._desk.book)).actors if mark else ()
        known = (self._desk.workspace.people.register.index.get(id) for id in actors)
        return next(((str(actor.id), actor.name) for actor in known if actor), None)

    @property
    def _page(self) -> Page:
        if self._desk.page is None:
            raise NotAllowed("Open an article first.")
        return self._desk.page
