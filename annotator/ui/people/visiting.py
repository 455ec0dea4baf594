"""Commands that open the window of the people."""

from __future__ import annotations

from annotator.core.errors import NotAllowed
from annotator.core.people.register import actor_fields, filing
from annotator.ui.frame import Frame
from annotator.ui.people.window import PeopleWindow
from annotator.ui.side_window import beside


class Visiting:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def people(self) -> None:
        """Every actor of the project."""
        beside(self._frame, PeopleWindow, PeopleWindow)

    def who_is_this(self) -> None:
        """The actor of the mark at hand; while none is chosen, those its words may mean."""
        mark = self._frame.desk.current_mark
        if mark is None:
            raise NotAllowed("Take a mark in hand first, of somebody who speaks.")
        filed = filing(mark, actor_fields(self._frame.desk.book))
        window = beside(self._frame, PeopleWindow, PeopleWindow)
        if filed.actors:
            window.show_actor(filed.actors[0])
        else:
            window.look_for(filed.words)
