"""The list of cases: what each is about, how the layers differ, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QObject,
    Qt,
)
from PySide6.QtWidgets import QListView, QWidget

from annotator.analysis.cases import Case
from annotator.core.text.cleaning import counted
from annotator.ui.guard import guarded
from annotator.ui.look.theme import Theme
from annotator.ui.look.two_lines import Index
from annotator.ui.review.rows import SHOWN, Shown, TwoLines
from annotator.ui.review.words import DECIDED, SIGNS, Reader, Told

_COLOURS = {
    "undecided": "text_muted",
    "accepted": "success",
    "corrected": "warning",
    "rejected": "danger",
}


class Line(NamedTuple):
    """A case with its words."""

    case: Case
    told: Told
    comments: int = 0
    """Those that are not resolved."""

    @property
    def shown(self) -> Shown:
        """How it is painted."""
        state = self.case.state
        sign = "!" if self.case.stale else SIGNS[state]
        return Shown(sign, _COLOURS[state], self.told.who, self.told.what, self.second)

    @property
    def judged(self) -> bool:
        """Whether there was something of a layer to be decided about."""
        return any(verdict.sources for verdict in self.case.verdicts)

    @property
    def second(self) -> str:
        """What stands below: whether they have changed since, comments, how the layers differ."""
        same = "one layer alone" if len(self.case.said) == 1 else "all agree"
        nowhere = "in no layer that is shown" if self.judged else "in no layer"
        said = " · ".join(self.told.differs) if self.case.said else nowhere
        since = "changed since · " if self.case.stale else ""
        talk = f"{counted(self.comments, 'comment')} · " if self.comments else ""
        return since + talk + (said or same)


class CaseModel(QAbstractListModel):
    """The cases listed, each put in words when it is first looked at."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.cases: Sequence[Case] = ()
        self._reader: Reader | None = None
        self._comments: Callable[[Case], int] = lambda _case: 0
        self._lines: dict[int, Line] = {}

    def show(
        self, reader: Reader | None, cases: Sequence[Case], comments: Callable[[Case], int]
    ) -> None:
        """Show cases; ``comments`` says of each how many are not resolved."""
        self.beginResetModel()
        self._reader, self.cases, self._lines = reader, cases, {}
        self._comments = comments
        self.endResetModel()

    def line(self, row: int) -> Line:
        if row not in self._lines:
            assert self._reader is not None
            case = self.cases[row]
            self._lines[row] = Line(case, self._reader.told(case), self._comments(case))
        return self._lines[row]

    @guarded(default=0)
    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.cases)

    @guarded(default=None)
    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self.cases):
            return None
        line = self.line(index.row())
        if role == SHOWN:
            return line.shown
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            state = DECIDED[line.case.state]
            return "; ".join(filter(None, (state, line.told.who, line.told.what, line.second)))
        return None


class CaseList(QListView):
    """Rows of two lines; letters are commands here, not a search for rows."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = CaseModel(self)
        self.painter = TwoLines(theme, self)
        self.setModel(self.lines)
        self.setItemDelegate(self.painter)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Cases")

    def take(self, case: Case | None) -> None:
        """Show which case is at hand."""
        rows = [row for row, one in enumerate(self.lines.cases) if one is case]
        if rows:
            index = self.lines.index(rows[0])
            self.setCurrentIndex(index)
            self.scrollTo(index)

    @guarded
    def keyboardSearch(self, _search: str) -> None:
        """Nothing: a letter that is no command moves nowhere."""
