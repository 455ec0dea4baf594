"""The steps of an article as rows, read from the journal as they are scrolled to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.model import Id
from annotator.core.revision import Revision
from annotator.ui.at_hand import AtHand
from annotator.ui.guard import guarded
from annotator.ui.history.telling import Once, told

STEP = Qt.ItemDataRole.UserRole
_BATCH = 60
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Step:
    """A revision in words."""

    revision: Revision
    when: str
    who: str
    what: str

    def as_text(self) -> str:
        return f"{self.when} {self.who} {self.what}"


class Steps(QAbstractListModel):
    """The newest first; those of one analyst, or with some words in them, when asked for."""

    def __init__(self, desk: AtHand, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.author: Id | None = None
        """Whose steps are shown; None for everyone's."""
        self.words = ""
        self._rows: list[Step] = []
        self._more: Iterator[Step] = iter(())
        self._all_read = True
        self._names: dict[Id, str] = {}
        self.once: Once = {}
        """What things of the codebook are or were called."""

    def reload(self) -> None:
        """Read the newest steps anew."""
        self.beginResetModel()
        workspace = self._desk.workspace
        self._names = {a.id: a.name for a in workspace.analysts()}
        self.once = workspace.former_names()
        self._more = self._read()
        self._rows = list(islice(self._more, _BATCH))
        self._all_read = len(self._rows) < _BATCH
        self.endResetModel()

    def step(self, row: int) -> Step | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, revision: int) -> int | None:
        """Of a revision among those that were read."""
        found = (n for n, step in enumerate(self._rows) if step.revision.id == revision)
        return next(found, None)

    @guarded(default=0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @guarded(default=None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        step = self.step(index.row())
        if step is None:
            return None
        if role == STEP:
            return step
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return step.as_text()
        return None

    @guarded(default=False)
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._all_read

    @guarded
    def fetchMore(self, parent: Index) -> None:
        found = list(islice(self._more, _BATCH))
        self._all_read = len(found) < _BATCH
        if found:
            first = len(self._rows)
            self.beginInsertRows(_NO_INDEX, first, first + len(found) - 1)
            self._rows += found
            self.endInsertRows()

    def _read(self) -> Iterator[Step]:
        """Steps from the journal, a batch at a time."""
        page = self._desk.page
        last: Revision | None = None
        words = self.words.casefold().split()
        while page is not None and (
            found := self._desk.workspace.history_of(page.article.id, last)
        ):
            last = found[-1]
            for revision in found:
                if self.author in (None, revision.author):
                    step = self._step(revision)
                    if all(word in step.as_text().casefold() for word in words):
                        yield step

    def _step(self, revision: Revision) -> Step:
        known = self._desk.known
        last = self._desk.workspace.last_known
        what = told(revision, known, last, self.once) if known else revision.label
        return Step(revision, when(revision), self._names.get(revision.author, "somebody"), what)


def when(revision: Revision, now: datetime | None = None) -> str:
    """The time of a step; with its date unless that is today."""
    then = datetime.fromtimestamp(revision.time_ms / 1000, UTC).astimezone()
    today = (now or datetime.now(UTC)).astimezone().date()
    return f"{then:%H:%M}" if then.date() == today else f"{then:%Y-%m-%d %H:%M}"
