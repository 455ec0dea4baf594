"""Writing on a thread of its own, so that the window never waits. Plain Python, without Qt.

The thread is handed one article after the other and touches no project. When all is written it
waits, beside the place where it is to be, for what is said of the losses.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from queue import Empty, Full, Queue

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import AnnotatorError
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Loss, Outgoing

_AHEAD = 50
"""Articles that wait for the thread."""
_WAIT = 0.05
"""Seconds after which the thread looks whether it is to stop."""
_AT_MOST = 3.0
"""Seconds to wait for the thread when a window closes."""
_WRONG = "Something went wrong in the program; nothing was written."


class _Stopped(Exception):
    """The one who asked for it does not want it any more."""


class Writing:
    """One writing, from its beginning to a file in its place, or to nothing."""

    def __init__(
        self, format: Format, project: Bundle, to: Path, options: Mapping[str, str]
    ) -> None:
        self.losses: list[Loss] | None = None
        """What could not be carried; None until all is written."""
        self.placed: list[Path] | None = None
        """What is in its place; None until it is."""
        self.fault = ""
        """Why nothing is written; empty while nothing is wrong."""
        self.surprise: BaseException | None = None
        """What nobody foresaw, to be written down by whoever asks."""
        self.articles = self.marks = 0
        self._format, self._project, self._to, self._options = format, project, to, options
        self._parts: Queue[ArticleBundle | None] = Queue(_AHEAD)
        self._stop = threading.Event()
        self._answer = threading.Event()
        self._kept = False
        self._thread = threading.Thread(target=self._work, name="writing an export", daemon=True)
        self._thread.start()

    def hand(self, part: ArticleBundle | None) -> bool:
        """Hand over an article, or None after the last; False when it has to wait."""
        try:
            self._parts.put_nowait(part)
        except Full:
            return False
        return True

    def keep(self) -> None:
        """Put what is written in its place."""
        self._kept = True
        self._answer.set()

    def stop(self) -> None:
        """Leave nothing behind; the thread does so once it is at the next article."""
        self._stop.set()
        self._answer.set()

    def end(self) -> None:
        """The same, and wait for it a little, since the program may end after this."""
        self.stop()
        self._thread.join(_AT_MOST)

    @property
    def is_over(self) -> bool:
        return not self._thread.is_alive()

    # On the thread

    def _work(self) -> None:
        try:
            outgoing = Outgoing(self._project, self._taken())
            with written(self._format, outgoing, self._to, self._options) as waiting:
                self.losses = list(waiting.losses)
                self._answer.wait()
                if self._kept and not self._stop.is_set():
                    self.placed = waiting.keep()
        except _Stopped:
            pass
        except AnnotatorError as error:
            self.fault = str(error)
        except Exception as error:  # noqa: BLE001  (a plug-in may do anything; it is told and logged)
            self.fault, self.surprise = _WRONG, error

    def _taken(self) -> Iterator[ArticleBundle]:
        while not self._stop.is_set():
            try:
                part = self._parts.get(timeout=_WAIT)
            except Empty:
                continue
            if part is None:
                return
            self.articles += 1
            self.marks += len(part.marks)
            yield part
        raise _Stopped
