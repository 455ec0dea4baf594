"""Comparing in the background: in slices between events, and the intervals on a thread.

The project file is read by this thread alone; what the other thread gets never changes.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.analysis.agreement.report import Report
from annotator.core.errors import AnnotatorError
from annotator.core.model import GOLD, Id
from annotator.core.revision import Revision
from annotator.core.touched import ManyEntries
from annotator.workspace import Workspace
from annotator.workspace.comparing import Comparison

_SLICE = 3
"""Articles counted between two events: about a fiftieth of a second."""
_QUIET_MS = 350
"""How long after the last change figures are computed anew."""
_ARTICLE_OF = frozenset({"mark", "statement", "status", "review"})
_EVERYTHING = frozenset({"codebook", "procedure", "analyst", "article"})


class Working(QObject):
    """The comparison that a window shows."""

    progressed = Signal(float)
    """The share that is done; 1 when all is counted."""
    reported = Signal(object)
    """A :class:`Report`: first without intervals, then with them."""
    failed = Signal(str)
    changed = Signal(object)
    """Ids of articles that were counted anew."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.layers: tuple[Id, ...] | None = None
        """Chosen; None for those usually compared."""
        self.priority: tuple[str, ...] = ()
        """Kinds, the first counts first where marks overlap; without any, the shorter mark."""
        self.comparison: Comparison | None = None
        self.is_complete = False
        self._steps: Iterator[float] = iter(())
        self._dirty: set[Id] = set()
        self._number = 0
        self._slices = QTimer(self)
        self._slices.timeout.connect(self._slice)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._count_anew)

    def begin(self) -> None:
        """Compare from the start; what is kept is not counted again."""
        self._slices.stop()
        self._dirty.clear()
        self.is_complete = False
        try:
            self.comparison = self._workspace.comparison(self.layers, priority=self.priority)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return
        self._steps = self.comparison.steps(_SLICE)
        self._slices.start()

    def stop(self) -> None:
        self._slices.stop()
        self._quiet.stop()
        self._number += 1

    def candidates(self) -> list[Id]:
        """Layers that can be chosen: who finished something, and gold."""
        return [*self._workspace.compared_layers(), GOLD]

    def follow(self, revision: Revision) -> None:
        """Remember what a revision touched, and count it anew when it is quiet."""
        if isinstance(revision.entries, ManyEntries) or revision.kinds & _EVERYTHING:
            self._restart()
            return
        for entry in revision.entries:
            if entry.kind in _ARTICLE_OF:
                article = self._article(entry.kind, entry.id)
                if article is None:
                    self._restart()
                    return
                self._dirty.add(article)
        if self._dirty:
            self._quiet.start()

    def _article(self, kind: str, id: Id) -> Id | None:
        record = self._workspace.record(kind, id) or self._workspace.last_known(kind, id)
        article = getattr(record, "article", None)
        return article if isinstance(article, int) else None

    def _restart(self) -> None:
        self.is_complete = False
        self._quiet.start()

    def _slice(self) -> None:
        try:
            share = next(self._steps, None)
        except AnnotatorError as error:
            self._slices.stop()
            self.failed.emit(str(error))
            return
        if share is None:
            self._slices.stop()
            self.is_complete = True
            self._report()
            if self._dirty:
                self._quiet.start()
        else:
            self.progressed.emit(share)

    def _count_anew(self) -> None:
        if self._slices.isActive():
            return
        comparison = self.comparison
        if not self.is_complete or comparison is None or self._others_finished():
            self.begin()
            return
        articles, self._dirty = self._dirty, set()
        try:
            same = comparison.refresh(articles)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return
        if not same:
            self.begin()
            return
        self._report()
        self.changed.emit(articles)

    def _others_finished(self) -> bool:
        """Whether the layers usually compared are others by now."""
        now = self._workspace.compared_layers()
        return (
            self.layers is None
            and self.comparison is not None
            and now != self.comparison.wanted.layers
        )

    def _report(self) -> None:
        """The figures at once, and again when their intervals are there."""
        comparison = self.comparison
        if comparison is None:
            return
        self._number += 1
        self.reported.emit(comparison.report(resamples=0))
        reporter = comparison.reporter()
        thread = _Thread(reporter, self._number)
        thread.told.connect(self._with_intervals)
        self._thread = thread
        thread.begin()

    def _with_intervals(self, number: int, report: object) -> None:
        if number == self._number and isinstance(report, Report):
            self.reported.emit(report)


class _Thread(QObject):
    """One report made on a thread of its own; only the last one is wanted."""

    told = Signal(int, object)

    def __init__(self, reporter: Callable[[], Report], number: int) -> None:
        super().__init__()
        self._reporter, self._number = reporter, number

    def begin(self) -> None:
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        report = self._reporter()
        with contextlib.suppress(RuntimeError):  # when the window is gone
            self.told.emit(self._number, report)
