"""How many cases of articles in review are undecided, counted when somebody looks at their rows."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from threading import Thread

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.core.errors import AnnotatorError
from annotator.core.model import Id
from annotator.store.finding.listing import Entry
from annotator.ui.desk import Desk

MOST = 600
"""Marks of all layers up to which an article is compared for its row: some 20 ms."""
_COUNTING = "annotator.workspace.undecided"
"""Loaded beside the work when the first row needs it: what aligns statements loads slowly."""
_LOOK_MS = 40


class Comparing(QTimer):
    """Counts one article after the other between events."""

    counted = Signal()
    """All that was asked for is known."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self._desk = desk
        self._known: dict[Id, int] = {}
        self._wanted: set[Id] = set()
        self._loading: Thread | None = None
        self.timeout.connect(self._next)

    def left(self, entry: Entry) -> int | None:
        """Cases undecided; None where none are counted, or not yet."""
        told = entry.overview
        if told.stand != "in review" or told.marks > MOST:
            return None
        if entry.id not in self._known:
            self._wanted.add(entry.id)
            if not self.isActive():
                self.start(0)
        return self._known.get(entry.id)

    def forget(self, articles: Iterable[Id] | None) -> None:
        """These, or all, may be otherwise now."""
        for id in list(self._known) if articles is None else articles:
            self._known.pop(id, None)

    def _next(self) -> None:
        if self._loading is None:
            self._loading = Thread(target=import_module, args=(_COUNTING,), daemon=True)
            self._loading.start()
        if self._loading.is_alive():
            self.start(_LOOK_MS)
            return
        from annotator.workspace.undecided import undecided  # noqa: PLC0415

        id = self._wanted.pop()
        try:
            self._known[id] = undecided(self._desk.workspace, id)
        except AnnotatorError as error:
            self._desk.failed.emit(str(error))
            return
        if self._wanted:
            self.start(0)
        else:
            self.counted.emit()
