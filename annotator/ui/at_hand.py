"""What lies before the analyst: the article, and the statement and mark at hand.

Views show what it holds and listen to its signals; none of them keeps data of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.codebook import Codebook
from annotator.core.errors import ProjectFault
from annotator.core.meaning import meaning
from annotator.core.missing import Missing, missing
from annotator.core.model import Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.revision import Revision
from annotator.ui.panel.options import Known
from annotator.workspace import Workspace

_POLL_MS = 400
_SLICE_S = 0.02
"""How soon another window's work is seen."""
_QUIET = 5
"""Looks around without anything new, after which what was saved is brought into the file."""


class AtHand(QObject):
    """The page that is open, kept up to date, and what of it is at hand."""

    opened = Signal()
    """Another article lies on the desk, or none."""
    revised = Signal(object)
    """A :class:`Revision` was written, here or elsewhere; the page is up to date."""
    at_hand = Signal()
    """Another statement or mark is at hand."""
    began = Signal()
    """Something is being done: what was said of the thing before is over."""
    said = Signal(str)
    """One sentence for the analyst."""
    warned = Signal(str)
    """Something may be wrong; one sentence what."""
    failed = Signal(str)
    """Something could not be done; one sentence why."""
    saving = Signal(bool)
    """False when the last gesture could not be written, True when one was again."""
    held = Signal(str)
    """What stays wrong until it is put right, one sentence; empty when it is."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.page: Page | None = None
        self.statement: Id | None = None
        self.mark: Id | None = None
        self.beside: tuple[Mark, ...] = ()
        """Marks that are shown with those of the page and are no part of it."""
        self.book: Codebook = workspace.codebook
        self._known: Known | None = None
        self._unfinished: set[Id] = set()
        self._quiet = 0
        self._is_astray = False
        self._leave = workspace.subscribe(self._on_revision)
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self.look_around)
        self._timer.start()

    def close(self) -> None:
        self._timer.stop()
        self._leave()
        self.workspace.close()

    # What lies here

    def open(self, article: Id | None) -> None:
        """Put an article on the desk."""
        self.page = None if article is None else self.workspace.page(article)
        self._unfinished = set()
        self.statement = self.mark = None
        self._count_unfinished(self.page.statements if self.page else ())
        self.opened.emit()
        self.at_hand.emit()

    def take(self, statement: Id | None, mark: Id | None = None) -> None:
        """Take a statement, and perhaps one of its marks, in hand."""
        if (statement, mark) != (self.statement, self.mark):
            self.statement, self.mark = statement, mark
            self.at_hand.emit()

    def take_mark(self, mark: Id) -> None:
        """Take a mark in hand, with the statement at hand if it holds it, else its first."""
        holders = [s.id for s in self.page.holders(mark)] if self.page else []
        keep = self.statement in holders
        self.take(self.statement if keep else next(iter(holders), None), mark)

    @property
    def known(self) -> Known | None:
        """The page with all that its words can mean; None while no article is open."""
        if self.page is None:
            return None
        people, known = self.workspace.people.register, self._known
        if known is None or known.page is not self.page or known.actors is not people.index:
            issues = tuple(self.workspace.issues())
            self._known = Known(self.book, people.index, issues, self.page, people.filed)
        return self._known

    @property
    def current_statement(self) -> Statement | None:
        if self.page is None or self.statement is None:
            return None
        return self.page.statements.get(self.statement)

    @property
    def current_mark(self) -> Mark | None:
        return None if self.page is None or self.mark is None else self.page.marks.get(self.mark)

    def missing(self, statement: Statement) -> list[Missing]:
        return missing(self.page, self.book, statement) if self.page else []

    def touched(self, revision: Revision) -> set[Id]:
        """The statements that read otherwise after a revision: its own, and those of its marks."""
        if self.page is None:
            return set()
        own = self._here(revision, "statement", self.page)
        marks = self._here(revision, "mark", self.page)
        return own | {holder.id for mark in marks for holder in self.page.holders(mark)}

    def touched_marks(self, revision: Revision) -> set[Id]:
        """The marks of the open page that a revision touched, also those that it took away."""
        return set() if self.page is None else self._here(revision, "mark", self.page)

    @property
    def unfinished(self) -> int:
        """How many statements of the article still miss something."""
        return len(self._unfinished)

    @property
    def unfinished_ids(self) -> Set[Id]:
        """Which they are."""
        return self._unfinished

    def _count_unfinished(self, statements: Iterable[Id]) -> None:
        """Look at these statements anew; the others are as they were."""
        if self.page is None:
            self._unfinished = set()
            return
        for id in list(statements):
            statement = self.page.statements.get(id)
            if statement is not None and self.missing(statement):
                self._unfinished.add(id)
            else:
                self._unfinished.discard(id)

    def look_around(self) -> None:
        """Take in what other windows and programs did, and see that the file is still there."""
        try:
            if not self.workspace.look_ahead(_SLICE_S):
                self._timer.start(0)
                return
            self._timer.setInterval(_POLL_MS)
            heard = self.workspace.poll()
        except ProjectFault as error:
            self.failed.emit(str(error))
            return
        self._quiet = 0 if heard else self._quiet + 1
        astray = self.workspace.astray
        if self._quiet >= _QUIET or astray:
            self._quiet = 0
            self.workspace.settle()
        if bool(astray) != self._is_astray:
            self._is_astray = bool(astray)
            self.held.emit(astray)

    def _on_revision(self, revision: Revision) -> None:
        self._quiet = 0
        if revision.kinds & {"actor", "issue", "codebook"}:
            self._known = None
        if "codebook" in revision.kinds:
            self.book = self.workspace.codebook
        if self.page is not None:
            self._refresh(self.page, revision)
        if self.page is not None:
            broad = "codebook" in revision.kinds
            self._count_unfinished(self.page.statements if broad else self.touched(revision))
        self._drop_what_is_gone()
        self.revised.emit(revision)

    def _refresh(self, page: Page, revision: Revision) -> None:
        """Have the page say what the records say that a revision touched."""
        if page.article.id in revision.touched.ids("article"):
            article = self.workspace.article(page.article.id)
            if article is None:
                self.open(None)
                return
            page.refresh("article", article.id, article)
        for kind in ("mark", "statement"):
            here = sorted(self._here(revision, kind, page))
            found = self.workspace.these(kind, here)
            for id in here:
                page.refresh(kind, id, found.get(id))
        if "codebook" in revision.kinds:
            page.order_by(meaning(self.book).what)

    @staticmethod
    def _here(revision: Revision, kind: str, page: Page) -> set[Id]:
        """The marks or statements that a revision touched and that are or were on a page."""
        there = page.marks if kind == "mark" else page.statements
        touched = revision.touched
        return (touched.ids(kind) & there.keys()) | touched.coming_or_going(kind, page.article.id)

    def _drop_what_is_gone(self) -> None:
        if self.page is None:
            return
        statement = self.statement if self.statement in self.page.statements else None
        mark = self.mark if self.mark in self.page.marks else None
        self.take(statement, mark)
