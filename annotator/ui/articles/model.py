"""The list as a model: what each row says, read when it is first looked at."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QWidget

from annotator.core.model import Id
from annotator.core.text.cleaning import counted
from annotator.store.finding.listing import Entry, Stage
from annotator.store.finding.reviewed import Stand
from annotator.store.finding.search import Hit
from annotator.ui.articles.asking import Asking
from annotator.ui.articles.comparing import Comparing
from annotator.ui.articles.rows import Header, More, Row, Rows
from annotator.ui.desk import Desk
from annotator.ui.guard import guarded
from annotator.ui.panel.cards import Index

ROW = Qt.ItemDataRole.UserRole
_NO_INDEX = QModelIndex()
_AT_ONCE = 32
"""Entries read together: about a screen."""
_KEPT = 4_000

WHERE = {
    "text": "",
    "title": "in the title",
    "quote": "marked",
    "note": "in a note",
    "field": "in a field",
    "actor": "",
}

_COUNTED = 3_000
"""Statements looked at at once for what they miss: some 20 ms."""
_SIGNS: dict[Stand, Stage] = {"ready": "new", "in review": "in progress", "decided": "done"}


@dataclass(frozen=True, slots=True)
class Line:
    """An article as the list shows it; ``hit`` when it is there because of one."""

    entry: Entry
    unfinished: int
    is_open: bool
    hit: Hit | None = None
    undecided: int | None = None
    """Cases, where the article is in review and they were counted."""

    @property
    def sign(self) -> Stage:
        """How far it is: with the reviewer's own work or, where they have none, with the review."""
        stand = self.entry.overview.stand
        own = self.entry.stage != "new" or self.entry.marks
        return self.entry.stage if own or stand is None else _SIGNS[stand]

    @property
    def review(self) -> list[tuple[str, str]]:
        """What a reviewer wants to know, each with its colour role."""
        told = self.entry.overview
        said: list[tuple[str, str]] = []
        if told.stand == "ready":
            said.append(("ready for review", "accent"))
        elif told.stand == "decided":
            said.append(("decided", "success"))
        elif told.stand == "in review":
            said.append((_how_much_left(self.undecided), "warning"))
        if told.comments:
            said.append((counted(told.comments, "comment"), "text_muted"))
        return said

    @property
    def about(self) -> str:
        return " · ".join(filter(None, (self.entry.outlet, self.entry.published[:10])))

    @property
    def progress(self) -> list[tuple[str, str]]:
        """What there is to say of the work on it, each with its colour role."""
        entry = self.entry
        said = self.review
        if entry.statements or entry.marks:
            said.append((_how_much(entry), "text_muted"))
        if self.unfinished:
            said.append((f"{self.unfinished} unfinished", "missing"))
        if entry.flagged:
            said.append((counted(entry.flagged, "question"), "warning"))
        if entry.copy_of is not None:
            said.append(("copy", "text_muted"))
        if entry.others:
            said.append((f"+ {counted(entry.others, 'analyst')}", "text_muted"))
        return said


def _how_much_left(undecided: int | None) -> str:
    if undecided is None:
        return "in review"
    return f"{counted(undecided, 'case')} undecided" if undecided else "all cases decided"


def _how_much(entry: Entry) -> str:
    if entry.statements:
        return counted(entry.statements, "statement")
    return counted(entry.marks, "mark")


Shown = Header | More | Line | Hit
"""What a row is drawn from; a hit without an article is an actor."""


class Articles(QAbstractListModel):
    """The rows there are now; keeps what the last few thousand said."""

    def __init__(self, desk: Desk, asking: Asking, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asking = asking
        self._rows = Rows()
        self._entries: dict[Id, Entry] = {}
        self._unfinished: dict[Id, int] = {}
        self._wanted: set[Id] = set()
        self.comparing = Comparing(desk, parent)
        self.comparing.counted.connect(self._tell_all)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask_unfinished)

    @property
    def rows(self) -> Rows:
        return self._rows

    def show(self, rows: Rows) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def forget(self, articles: set[Id] | None = None) -> None:
        """What was read of some articles, or of all, may be otherwise now."""
        for known in (self._entries, self._unfinished):
            for id in list(known) if articles is None else articles:
                known.pop(id, None)
        self.comparing.forget(articles)
        self._tell_all()

    def _tell_all(self) -> None:
        """Any row may say something else now."""
        if len(self._rows):
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def article_at(self, row: int) -> Id | None:
        """The article of a row, if it has one."""
        if not 0 <= row < len(self._rows):
            return None
        found = self._rows[row]
        return found if isinstance(found, int) else getattr(found, "article", None)

    @guarded(default=0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @guarded(default=Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], Header):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @guarded(default=None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == ROW:
            return self.shown(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(self.shown(index.row()))
        return None

    def shown(self, row: int) -> Shown | None:
        """What a row says; None for an article that has just gone."""
        found = self._rows[row]
        if isinstance(found, Header | More):
            return found
        id = found if isinstance(found, int) else found.article
        if id is None:
            assert isinstance(found, Hit)
            return found
        entry = self._entry(id, row)
        if entry is None:
            return None
        page = self._desk.page
        is_open = page is not None and page.article.id == id
        unfinished = self._desk.unfinished if is_open else self._count(entry)
        hit = found if isinstance(found, Hit) else None
        return Line(entry, unfinished, is_open, hit, self.comparing.left(entry))

    def _entry(self, id: Id, row: int) -> Entry | None:
        if id not in self._entries:
            if len(self._entries) > _KEPT:
                self._entries.clear()
            near = range(max(0, row - _AT_ONCE // 4), min(len(self._rows), row + _AT_ONCE))
            ids = {a for n in near if (a := self._article(self._rows[n])) is not None}
            self._entries |= self._desk.workspace.lists.entries(ids - self._entries.keys() | {id})
        return self._entries.get(id)

    @staticmethod
    def _article(row: Row) -> Id | None:
        return row if isinstance(row, int) else getattr(row, "article", None)

    def _count(self, entry: Entry) -> int:
        """Unfinished statements, asked for when somebody looks."""
        if not entry.statements:
            return 0
        if entry.id not in self._unfinished:
            self._wanted.add(entry.id)
            self._soon.start(0)
        return self._unfinished.get(entry.id, 0)

    def _ask_unfinished(self) -> None:
        wanted = self._portion() if self._asking.is_small else self._wanted
        self._wanted = self._wanted - wanted
        if self._wanted:
            self._soon.start(0)
        self._asking.ask("unfinished", lambda r: r.unfinished(wanted), self._learn)

    def _portion(self) -> set[Id]:
        """Of those to be counted so many as are counted while nobody notices, one at least."""
        found: set[Id] = set()
        room = _COUNTED
        for id in self._wanted:
            entry = self._entries.get(id)
            room -= entry.statements if entry is not None else 0
            if found and room < 0:
                break
            found.add(id)
        return found

    def _learn(self, counts: dict[Id, int]) -> None:
        self._unfinished |= counts
        if any(counts.values()):
            self._tell_all()


def _spoken(shown: Shown | None) -> str:
    """A row as a screen reader says it."""
    match shown:
        case Header(text, count):
            return f"{text} {count}".strip()
        case More(text=text):
            return text
        case Hit():
            return shown.snippet.text
        case Line(entry=entry, hit=hit):
            words = hit.snippet.text if hit else ""
            progress = ", ".join(said for said, _ in shown.progress)
            stage = entry.stage if shown.sign == entry.stage else ""
            return ", ".join(filter(None, (entry.title, shown.about, stage, progress, words)))
    return ""
