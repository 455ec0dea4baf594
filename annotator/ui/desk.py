"""What lies before the analyst: the article, the statement and mark at hand, and what is done.

The desk turns gestures into verbs and does them at the door. Views show what it holds and
listen to its signals; none of them keeps data of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core import articles, linking, marking
from annotator.core.codebook import Codebook
from annotator.core.errors import AnnotatorError, NotAllowed, ProjectFault
from annotator.core.marking import Edge, Span
from annotator.core.missing import Missing, missing
from annotator.core.model import BLOCK_TYPES, Article, FieldValue, Id, Mark, Progress, Statement
from annotator.core.page import Page
from annotator.core.revision import Edit, Revision
from annotator.core.text.blocks import set_block
from annotator.core.text.units import trim
from annotator.ui.panel.options import Known
from annotator.workspace import Workspace

_POLL_MS = 400
"""How soon another window's work is seen."""


class Desk(QObject):
    """One analyst's place of work."""

    opened = Signal()
    """Another article lies on the desk, or none."""
    revised = Signal(object)
    """A :class:`Revision` was written, here or elsewhere; the page is up to date."""
    at_hand = Signal()
    """Another statement or mark is at hand."""
    said = Signal(str)
    """One sentence for the analyst."""
    failed = Signal(str)
    """Something could not be done; one sentence why."""
    saving = Signal(bool)
    """False when the last gesture could not be written, True when one was again."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.page: Page | None = None
        self.statement: Id | None = None
        self.mark: Id | None = None
        self.book: Codebook = workspace.codebook
        self._known: Known | None = None
        self._unfinished: set[Id] = set()
        self._saved = True
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

    def take_mark(self, mark: Id | None) -> None:
        """Take a mark in hand, with the statement at hand if it holds it, else its first."""
        holders = [s.id for s in self.page.holders(mark)] if self.page and mark else []
        keep = self.statement in holders
        self.take(self.statement if keep else next(iter(holders), None), mark)

    @property
    def known(self) -> Known | None:
        """The page with all that its words can mean; None while no article is open."""
        if self.page is None:
            return None
        if self._known is None or self._known.page is not self.page:
            actors, issues = tuple(self.workspace.actors()), tuple(self.workspace.issues())
            self._known = Known(self.book, actors, issues, self.page)
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
        own = {entry.id for entry in revision.entries if entry.kind == "statement"}
        marks = (entry.id for entry in revision.entries if entry.kind == "mark")
        return own | {holder.id for mark in marks for holder in self.page.holders(mark)}

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

    # Gestures

    def do(self, edit: Edit) -> bool:
        """Do an edit; a failure is said, and nothing has changed."""
        return self._attempt(lambda: self.workspace.do(edit)) is not None

    def mark_as(self, kind: str, spans: list[Span]) -> None:
        """Mark spans; the new mark joins the statement at hand if that has room."""
        page = self._page()
        trimmed = [trim(page.text, *span) for span in spans]
        if any(start >= end for start, end in trimmed):
            self.failed.emit("Select some text first, then press the key of its kind.")
            return
        self._attempt(lambda: self._mark_as(page, kind, trimmed))

    def _mark_as(self, page: Page, kind: str, spans: list[Span]) -> Revision | None:
        edit, mark, statement = marking.mark(
            page, self.book, kind, spans, self.workspace.new_id, self.statement
        )
        revision = self.workspace.do(edit)
        self.take(statement.id, mark.id)
        return revision

    def add_fragment(self, span: Span) -> None:
        """Make the selection part of the mark at hand."""
        page, mark = self._page(), self._mark()
        if mark is None:
            return
        start, end = trim(page.text, *span)
        if start >= end:
            self.failed.emit("Select the other piece of the mark first.")
            return
        self._verb(lambda: marking.add_fragment(page, mark.id, (start, end)))

    def remove_fragment(self, position: int) -> None:
        """Take the fragment at a position out of the mark at hand."""
        page, mark = self._page(), self._mark()
        if mark is None:
            return
        here = [i for i, f in enumerate(mark.fragments) if f.start <= position <= f.end]
        if not here:
            self.failed.emit("Put the caret into the fragment that shall go.")
            return
        self._verb(lambda: marking.remove_fragment(page, mark.id, here[0]))

    def move_boundary(self, mark: Id, index: int, edge: Edge, to: int) -> None:
        page = self._page()
        self._verb(lambda: marking.move_boundary(page, mark, index, edge, to))

    def set_fragment(self, mark: Id, index: int, span: Span) -> None:
        """Put both ends of a fragment elsewhere in one step."""
        page = self._page()
        self._verb(lambda: marking.set_fragment(page, mark, index, span))

    def retype(self, kind: str) -> None:
        """Make the mark at hand another kind."""
        page, mark = self._page(), self._mark()
        if mark is not None:
            self._verb(lambda: marking.retype(page, self.book, mark.id, kind))

    def delete_mark(self) -> None:
        page, mark = self._page(), self._mark()
        if mark is not None:
            self._verb(lambda: marking.delete(page, [mark.id]))

    def delete_statement(self) -> None:
        page, statement = self._page(), self.current_statement
        if statement is None:
            self.failed.emit("No statement is at hand.")
            return
        self._verb(lambda: linking.delete_statement(page, statement.id))

    def link(self, statement: Id, role: str | None = None) -> None:
        """Make the mark at hand part of a statement too."""
        page, mark = self._page(), self._mark()
        if mark is None:
            return
        if self._verb(lambda: linking.link(page, self.book, statement, mark.id, role)):
            self.take(statement, mark.id)

    def move_to(self, statement: Id) -> None:
        """Move the mark at hand out of the statement at hand into another."""
        page, mark, source = self._page(), self._mark(), self.statement
        if mark is None:
            return
        if source is None:
            self.link(statement)
        elif self._verb(lambda: linking.move(page, mark.id, source, statement)):
            self.take(statement, mark.id)

    def unlink(self) -> None:
        """Take the mark at hand out of the statement at hand."""
        page, mark, statement = self._page(), self._mark(), self.statement
        if mark is None:
            return
        if statement is None:
            self.failed.emit("This mark is in no statement.")
            return
        self._verb(lambda: linking.unlink(page, statement, mark.id))
        if mark.id in page.marks:
            self.take_mark(mark.id)

    def own_statement(self) -> None:
        """Begin a statement with the mark at hand."""
        page, mark = self._page(), self._mark()
        if mark is None:
            return
        edit, made = linking.new_statement(page, self.book, mark.id, self.workspace.new_id())
        if self.do(edit):
            self.take(made.id, mark.id)

    def repeat_speaker(self) -> None:
        """Give the statement at hand the speaker of the one before it."""
        page, statement = self._page(), self.current_statement
        if statement is None:
            self.failed.emit("No statement is at hand.")
            return
        ordered = page.in_order()
        before = ordered[: ordered.index(statement)]
        speakers = [m for s in reversed(before) for m in page.members(s, "speaker")]
        if not speakers:
            self.failed.emit("No statement before this one has a speaker.")
            return
        self._verb(lambda: linking.link(page, self.book, statement.id, speakers[0].id, "speaker"))

    def set_field(self, thing: Mark | Statement, name: str, value: FieldValue | None) -> None:
        self._verb(lambda: marking.set_field(thing, self.book, name, value))

    def set_stance(self, value: int | None) -> None:
        """Set the stance of the position at hand, or of the statement's latest position."""
        page, statement, mark = self._page(), self.current_statement, self.current_mark
        if mark is None or "stance" not in self.book.fields_on(mark.kind):
            positions = page.members(statement, "position") if statement else []
            mark = positions[-1] if positions else None
        if mark is None:
            self.failed.emit("Mark a position first; then its stance can be set.")
            return
        self.set_field(mark, "stance", value)

    def cycle_block(self, position: int) -> None:
        """Give the line at a position the next type of block."""
        page = self._page()
        blocks = page.article.blocks
        now = next((b.type for b in blocks if b.start <= position < b.end), blocks[-1].type)
        following = BLOCK_TYPES[(BLOCK_TYPES.index(now) + 1) % len(BLOCK_TYPES)]
        divided = set_block(blocks, page.text, position, following)
        if self.do(articles.divide(page.article, divided)):
            self.said.emit(f"This line is {following} now.")

    def set_progress(self, progress: Progress | None) -> None:
        """Say how far this analyst is on the article."""
        page = self._page()
        old = self.workspace.status(page.article.id)
        self._verb(lambda: articles.set_progress(page.article.id, page.layer, old, progress))

    def undo(self) -> None:
        self._invert(self.workspace.undo, "There is nothing to undo.")

    def redo(self) -> None:
        self._invert(self.workspace.redo, "There is nothing to redo.")

    def look_around(self) -> None:
        """Take in what other windows and programs did."""
        try:
            self.workspace.poll()
        except ProjectFault as error:
            self.failed.emit(str(error))

    # Inside

    def _invert(self, action: Callable[[], Revision | None], nothing: str) -> None:
        revision = self._attempt(action)
        if revision is None:
            if self._saved:
                self.said.emit(nothing)
            return
        self._go_to(revision)
        self.said.emit(f"{revision.action.capitalize()}: {revision.label}")

    def _go_to(self, revision: Revision) -> None:
        """Show what a step changed, also when it is in another article."""
        for entry in revision.entries:
            flat = {**(entry.before or {}), **(entry.after or {})}
            record = self.workspace.record(entry.kind, entry.id)
            article = flat.get("article") or getattr(record, "article", None)
            if article and (self.page is None or self.page.article.id != article):
                self.open(article)
            if isinstance(record, Article):
                self.open(record.id)
                return
            if isinstance(record, Mark):
                self.take_mark(record.id)
                return
            if isinstance(record, Statement):
                self.take(record.id)
                return

    def _on_revision(self, revision: Revision) -> None:
        for entry in revision.entries:
            if entry.kind in ("actor", "issue", "codebook"):
                self._known = None
            if entry.kind == "codebook":
                self.book = self.workspace.codebook
            elif self.page is not None:
                record = self.workspace.record(entry.kind, entry.id)
                if entry.kind == "article" and entry.id == self.page.article.id and not record:
                    self.open(None)
                else:
                    self.page.refresh(entry.kind, entry.id, record)
        if self.page is not None:
            broad = any(entry.kind == "codebook" for entry in revision.entries)
            self._count_unfinished(self.page.statements if broad else self.touched(revision))
        self._drop_what_is_gone()
        self.revised.emit(revision)

    def _drop_what_is_gone(self) -> None:
        if self.page is None:
            return
        statement = self.statement if self.statement in self.page.statements else None
        mark = self.mark if self.mark in self.page.marks else None
        self.take(statement, mark)

    def _page(self) -> Page:
        if self.page is None:
            raise NotAllowed("Open an article first.")
        return self.page

    def _mark(self) -> Mark | None:
        mark = self.current_mark
        if mark is None:
            self.failed.emit("No mark is at hand; click one or walk to it with Tab.")
        return mark

    def _verb(self, verb: Callable[[], Edit]) -> Revision | None:
        return self._attempt(lambda: self.workspace.do(verb()))

    def _attempt(self, action: Callable[[], Revision | None]) -> Revision | None:
        try:
            revision = action()
        except ProjectFault as error:
            self._saved = False
            self.saving.emit(False)
            self.failed.emit(str(error))
            return None
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return None
        if not self._saved:
            self._saved = True
            self.saving.emit(True)
        return revision
