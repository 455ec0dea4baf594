"""The window reopens where it was, also after it was killed.

The place is written down a moment after it changed, not when the window closes: a program that is
killed closes nothing. What has been marked is in the project by then; this is only where one was.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator.store.finding.listing import Wanted
from annotator.ui.frame import Frame
from annotator.ui.places import Place

_SOON_MS = 200
"""How old what is written down may get."""


class Remembering(QObject):
    """Writes down where a window is, and brings a new one there."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._back: Place | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SOON_MS)
        self._timer.timeout.connect(self.keep)

    def restore(self) -> None:
        """Open what was open; the view follows in :meth:`bring_back`, once it has its size."""
        frame, workspace = self._frame, self._frame.desk.workspace
        place = frame.settings.places.of(workspace.path)
        last = place.article
        if last is None or workspace.article(last) is None:
            last = next(iter(workspace.lists.first_page(Wanted(), 1)), None)
        else:
            self._back = place
        if last is not None:
            frame.desk.open(last)
        frame.articles.restore(place.wanted, place.words, place.actor_name, place.unfinished)
        self._listen()

    def bring_back(self) -> None:
        """Take in hand and into view what was there, when the window is shown first."""
        back, self._back = self._back, None
        desk, view = self._frame.desk, self._frame.pane.view
        if back is None or desk.page is None or desk.page.article.id != back.article:
            return
        statement = back.statement if back.statement in desk.page.statements else None
        desk.take(statement, back.mark if back.mark in desk.page.marks else None)
        length = len(desk.page.text)
        first, last = (min(max(at, 0), length) for at in back.selection)
        view.select(min(first, last), max(first, last), caret_at_start=last < first)
        view.bring_to_top(min(max(back.top[0], 0), length), back.top[1])

    def now(self) -> Place:
        """Where the window is."""
        frame = self._frame
        desk, listed = frame.desk, frame.articles
        start, end = frame.pane.view.selection()
        return Place(
            article=desk.page.article.id if desk.page else None,
            statement=desk.statement,
            mark=desk.mark,
            selection=(end, start) if frame.pane.view.caret() == start else (start, end),
            top=frame.pane.view.top(),
            words=listed.words,
            wanted=listed.wanted,
            unfinished=listed.wanted.among is not None,
            actor_name=listed.actor_name,
        )

    def keep(self) -> None:
        """Write down where the window is, onto the disk."""
        self._timer.stop()
        if self._back is None:
            self._frame.settings.places.keep(self._frame.desk.workspace.path, self.now())

    def close(self) -> None:
        """Write it down a last time."""
        self.keep()
        self._back = Place()  # nothing more is written

    def _listen(self) -> None:
        frame = self._frame
        view = frame.pane.view
        for signal in (frame.desk.opened, frame.desk.at_hand, frame.articles.asked):
            signal.connect(self._moved)
        view.selection_changed.connect(self._moved)
        view.verticalScrollBar().valueChanged.connect(self._moved)
        self._moved()

    def _moved(self, _what: object = None) -> None:
        if not self._timer.isActive():
            self._timer.start()
