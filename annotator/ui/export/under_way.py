"""What goes on behind the window: articles handed to the thread that writes, in slices of a few ms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.bundle import ArticleBundle, only_used
from annotator.core.model import Article, Id
from annotator.core.revision import Revision
from annotator.formats.exchange.format import Format, Outgoing
from annotator.ui.export.writing import Writing
from annotator.workspace import Workspace

_SLICE = 0.010
"""Seconds of work before the window has its turn."""
_POLL_MS = 20

State = Literal["idle", "writing", "asking", "placing"]


class Exporting(QObject):
    """One export at a time. When the project changes meanwhile it begins anew, so that what is
    written was the whole project at one moment."""

    progressed = Signal()
    asked = Signal(object)
    """All is written beside its place; these losses, a list, are to be looked at."""
    placed = Signal(object)
    """The files and folders that are there now."""
    failed = Signal(str)

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self.state: State = "idle"
        self.done = self.total = 0
        """Articles handed over, and all there are."""
        self.begun_anew = False
        """Whether the project changed meanwhile."""
        self.is_closed = False
        self._workspace = workspace
        self._writing: Writing | None = None
        self._feeding: Iterator[bool] = iter(())
        self._asked_for: tuple[Format, Path, Mapping[str, str], Sequence[Article] | None, Id | None]
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)
        self._unsubscribe = workspace.subscribe(self._changed)

    def begin(
        self,
        format: Format,
        to: Path,
        options: Mapping[str, str],
        wanted: Sequence[Article] | None,
        layer: Id | None,
    ) -> None:
        """Write these articles, or all of them, and ask before anything is in its place."""
        self._asked_for = format, to, options, wanted, layer
        self.begun_anew = False
        self._start()

    def keep(self) -> None:
        """Take the losses."""
        if self._writing is not None and self.state == "asking":
            self.state = "placing"
            self._writing.keep()
            self._timer.start(0)

    @property
    def counted(self) -> tuple[int, int]:
        """Articles and marks that were written."""
        return (0, 0) if self._writing is None else (self._writing.articles, self._writing.marks)

    def stop(self) -> None:
        """Write nothing, and leave nothing half-written."""
        self._timer.stop()
        if self._writing is not None:
            self._writing.stop()
        self._writing = None
        self.state = "idle"

    def close(self) -> None:
        """Nothing more happens."""
        if self.is_closed:
            return
        self.is_closed = True
        writing = self._writing
        self.stop()
        if writing is not None:
            writing.end()
        self._unsubscribe()

    # Inside

    def _start(self) -> None:
        self.stop()
        self.state = "writing"
        self._feeding = self._feed()
        self._timer.start(0)

    def _changed(self, _revision: Revision) -> None:
        if self.state == "writing":
            self.begun_anew = True
            self._start()

    def _feed(self) -> Iterator[bool]:
        """Whether there was anything to do, after each piece of work."""
        format, to, options, wanted, layer = self._asked_for
        articles = self._workspace.articles() if wanted is None else list(wanted)
        self.done, self.total = 0, len(articles)
        given = self._workspace.giving(articles, layer)
        if wanted is not None:
            parts: list[ArticleBundle] = []
            for part in given.articles:
                parts.append(part)
                yield True
            given = Outgoing.of(only_used(replace(given.project, articles=tuple(parts))))
        self._writing = Writing(format, given.project, to, options)
        for part in given.articles:
            while not self._writing.hand(part):
                yield False
            self.done += 1
            yield True
        while not self._writing.hand(None):
            yield False

    def _turn(self) -> None:
        """A slice of work."""
        until = monotonic() + _SLICE
        worked = True
        while worked and monotonic() < until and self.state == "writing":
            worked = next(self._feeding, False)
        self._look()
        if self.state == "writing":
            self._timer.start(0 if worked else _POLL_MS)
        elif self.state == "placing":
            self._timer.start(_POLL_MS)
        self.progressed.emit()

    def _look(self) -> None:
        """What the thread has come to."""
        writing = self._writing
        if writing is None:
            return
        if writing.fault:
            surprise = writing.surprise
            self.stop()
            self.failed.emit(writing.fault)
            if surprise is not None:
                raise surprise  # for it to be written down
        elif writing.placed is not None:
            self._timer.stop()
            self.state = "idle"
            self.placed.emit(writing.placed)
        elif writing.losses is not None and self.state == "writing":
            self._timer.stop()
            self.state = "asking"
            self.asked.emit(writing.losses)
