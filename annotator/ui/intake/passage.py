"""A file in our own labels, gone through an article at a time: looked at, then taken in.

Plain Python, without Qt. It is gone through on a thread, whose own connection to the project ends
with it; whoever shows how far it is asks from time to time. All of a file comes in or nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import NoReturn

from annotator.core.bundle import ArticleBundle
from annotator.core.errors import AnnotatorError
from annotator.core.intake import Came
from annotator.formats.articles.text_in import PartsIn
from annotator.formats.exchange.contents import Contents
from annotator.formats.exchange.format import Outgoing, Reached
from annotator.importing import label_of
from annotator.workspace import Workspace

_AT_MOST = 3.0
"""Seconds to wait for the thread when a window closes."""


class Stopped(Exception):
    """Whoever asked for it does not want it any more."""


class Passage:
    """One way through a file."""

    def __init__(self, found: PartsIn) -> None:
        self.found = found
        self.contents = Contents()
        """What has gone past."""
        self._reached = Reached()
        self._stop = threading.Event()

    @property
    def share(self) -> float:
        """How much of the file has been read, from 0 to 1; 0 as long as nobody knows."""
        return self._reached.share

    @property
    def is_stopped(self) -> bool:
        return self._stop.is_set()

    def stop(self) -> None:
        """Go no further than the article that it is at."""
        self._stop.set()

    def look(self, workspace: Workspace) -> Came:
        """What taking it in would bring. :class:`Stopped` when it was stopped."""
        with workspace.once_more() as own:
            return own.look_through(self._given(), label_of(self.found))

    def take(self, workspace: Workspace) -> Came:
        """Take it in as one step; nothing is there when it was :class:`Stopped`."""
        with workspace.once_more() as own:
            return own.take_in_parts(self._given(), label_of(self.found))

    def _given(self) -> Outgoing:
        given = self.contents.pass_by(self.found.begin())
        self._reached = given.reached
        return replace(given, articles=self._until_stopped(given))

    def _until_stopped(self, given: Outgoing) -> Iterator[ArticleBundle]:
        for part in given.articles:
            if self.is_stopped:
                raise Stopped
            yield part
        if self.is_stopped:
            raise Stopped


class Taking:
    """A file on its way in, on a thread of its own."""

    def __init__(self, found: PartsIn, workspace: Workspace, of: int) -> None:
        """``of`` is how many articles it was seen to have."""
        self.found, self.of = found, of
        self._passage = Passage(found)
        self._came: Came | None = None
        self._why_not: BaseException | None = None
        args = (self._passage, workspace)
        self._thread = threading.Thread(target=self._work, args=args, name="taking a file in")
        self._thread.start()

    @property
    def articles(self) -> int:
        """How many have been read so far."""
        return self._passage.contents.articles

    @property
    def share(self) -> float:
        return min(1.0, self.articles / max(1, self.of))

    @property
    def is_stopped(self) -> bool:
        """Whether it is to end, although it may have been too late for that."""
        return self._passage.is_stopped

    @property
    def is_over(self) -> bool:
        return not self._thread.is_alive()

    @property
    def came(self) -> Came:
        """What it brought, once it is over; raises why it did not, :class:`Stopped` among that."""
        if self._came is None:
            self._raise()
        return self._came

    def stop(self) -> None:
        """Leave nothing of it behind, unless all of it is in already."""
        self._passage.stop()

    def end(self) -> None:
        """The same, and wait for it a little, since the program may end after this."""
        self.stop()
        self._thread.join(_AT_MOST)

    def _work(self, passage: Passage, workspace: Workspace) -> None:
        try:
            self._came = passage.take(workspace)
        except BaseException as error:  # noqa: BLE001  (it is raised where it is asked for)
            self._why_not = error

    def _raise(self) -> NoReturn:
        raise self._why_not or AnnotatorError("The file is still on its way in.")
