"""The desk: gestures turned into verbs and done at the door."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from annotator.core import articles, linking, marking
from annotator.core.errors import AnnotatorError, NotAllowed, ProjectFault
from annotator.core.marking import Edge
from annotator.core.meaning import called, meaning
from annotator.core.model import BLOCK_TYPES, Article, FieldValue, Id, Mark, Progress, Statement
from annotator.core.page import Page
from annotator.core.revision import Edit, Revision
from annotator.core.text.blocks import set_block
from annotator.core.text.cleaning import counted
from annotator.core.text.offsets import Offsets
from annotator.core.text.units import trim
from annotator.ui import at_work
from annotator.ui.at_hand import AtHand
from annotator.ui.panel.options import stance_text
from annotator.workspace import Workspace


class Desk(AtHand):
    """One analyst's place of work."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self._saved = True

    def do(self, edit: Edit) -> bool:
        """Do an edit; a failure is said, and nothing has changed."""
        return self._attempt(lambda: self._write(self._begun(edit))) is not None

    def do_long(self, says: str, changes: int, work: at_work.Work) -> bool:
        """Do a step that may have very many changes, about so many; windows stay alive."""
        return self._attempt(lambda: self._at_work(says, changes, work)) is not None

    def _at_work(self, says: str, changes: int, work: at_work.Work) -> Revision | None:
        self._timer.stop()  # or all of it would be read from the file before it is told
        try:
            return at_work.do(self.workspace, says, changes, work)
        finally:
            self._timer.start()

    def _write(self, edit: Edit) -> Revision | None:
        """Where every gesture ends: at the door."""
        return self.workspace.do(edit)

    def _begun(self, edit: Edit) -> Edit:
        """With the first marks on the open article it is in progress, in the same step."""
        page = self.page
        if page is None:
            return edit
        old = self.workspace.status(page.article.id)
        return articles.begin(edit, page.article.id, page.layer, old)

    def mark_as(self, kind: str, places: list[Offsets]) -> None:
        """Mark places; the new mark joins the statement at hand if that has room."""
        page = self._page()
        trimmed = [trim(page.text, *place) for place in places]
        if any(start >= end for start, end in trimmed):
            self.failed.emit("Select some text first, then press the key of its kind.")
            return
        self._attempt(lambda: self._mark_as(page, kind, trimmed))

    def _mark_as(self, page: Page, kind: str, places: list[Offsets]) -> Revision | None:
        edit, mark, statement = marking.mark(
            page, self.book, kind, places, self.workspace.new_id, self.statement
        )
        revision = self._write(self._begun(edit))
        self.take(statement.id, mark.id)
        return revision

    def add_fragment(self, place: Offsets) -> None:
        """Make the selection part of the mark at hand."""
        page, mark = self._page(), self._mark()
        if mark is None:
            return
        start, end = trim(page.text, *place)
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
        """Put the start or end of a fragment elsewhere, not into white space."""
        page = self._page()
        piece = page.mark(mark).fragments[index]
        place = (to, piece.end) if edge == "start" else (piece.start, to)
        if place[0] < place[1]:
            to = trim(page.text, *place)[0 if edge == "start" else 1]
        self._verb(lambda: marking.move_boundary(page, mark, index, edge, to))

    def set_fragment(self, mark: Id, index: int, place: Offsets) -> None:
        """Put both ends of a fragment elsewhere in one step."""
        page = self._page()
        self._verb(lambda: marking.set_fragment(page, mark, index, place))

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
        page, statement, who = self._page(), self.current_statement, meaning(self.book).who
        if who is None:
            self.failed.emit("The codebook has no role for who speaks.")
            return
        if statement is None:
            self.failed.emit("No statement is at hand.")
            return
        ordered = page.in_order()
        before = ordered[: ordered.index(statement)]
        speakers = [m for s in reversed(before) for m in page.members(s, who)]
        if not speakers:
            name = called(self.book, who, "speaker")
            self.failed.emit(f"No statement before this one has a {name}.")
            return
        self._verb(lambda: linking.link(page, self.book, statement.id, speakers[0].id, who))

    def set_field(self, thing: Mark | Statement, name: str, value: FieldValue | None) -> None:
        self._verb(lambda: marking.set_field(thing, self.book, name, value))

    def set_stance(self, value: int | None) -> None:
        """Set the stance of the position at hand, else of the only one of the statement at hand.

        Of several that nobody pointed at none is meant.
        """
        mark = self.current_mark
        if mark is not None and (own := self._stance_field(mark)) is not None:
            self.set_field(mark, own, value)
            return
        sides = self._sides_at_hand()
        if len(sides) != 1:
            self.failed.emit(self._which_side(sides))
            return
        ((side, name),) = sides
        changed = self._verb(lambda: marking.set_field(side, self.book, name, value))
        if changed is not None or side.fields.get(name) == value:
            self.said.emit(self._stance_told(side, name, value))

    def _sides_at_hand(self) -> list[tuple[Mark, str]]:
        """The positions of the statement at hand, each with its field of the stance."""
        page, statement = self.page, self.current_statement
        if page is None or statement is None:
            return []
        marks = [m for role in meaning(self.book).sides for m in page.members(statement, role)]
        named = {mark.id: (mark, self._stance_field(mark)) for mark in marks}
        return [(mark, name) for mark, name in named.values() if name is not None]

    def _which_side(self, sides: list[tuple[Mark, str]]) -> str:
        """Why no stance was set, and how one is."""
        roles = meaning(self.book).sides
        if not roles:
            return "The codebook has no role that takes a side; none of its kinds has a stance."
        name = called(self.book, roles[0], "position")
        if not sides:
            return f"Mark a {name} first; then its stance can be set."
        return (
            f"The statement has {counted(len(sides), name)}: go to the one that you mean"
            " with Tab, then press the digit."
        )

    def _stance_told(self, side: Mark, name: str, value: int | None) -> str:
        """Whose stance became what, for it was set from elsewhere."""
        kind = self.book.kinds[side.kind].name.lower()
        words = f"“{marking.brief(side.quote)}”" if side.fragments else "that is implied"
        now = "unset" if value is None else stance_text(self.book, value)
        return f"{self.book.fields[name].name} of the {kind} {words}: {now}."

    def _stance_field(self, mark: Mark) -> str | None:
        fields = self.book.fields_on(mark.kind).items()
        return next((key for key, field in fields if field.type == "stance"), None)

    def set_note(self, thing: Mark | Statement, words: str) -> None:
        """Say something about a mark or statement; empty takes it away."""
        self._verb(lambda: marking.set_note(thing, words))

    def toggle_flag(self, thing: Mark | Statement | None) -> None:
        """Ask the reviewer about a mark or statement, or no longer."""
        if thing is None:
            self.failed.emit("Take a mark or statement in hand first.")
        elif self._verb(lambda: marking.set_flagged(thing, not thing.flagged)):
            asked = "The reviewer is asked" if not thing.flagged else "The reviewer is not asked"
            what = "mark" if isinstance(thing, Mark) else "statement"
            self.said.emit(f"{asked} about this {what}.")

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
        says = f"Undo: {self.workspace.next_undo()}"
        size = self.workspace.size_of("undo")
        self._invert(lambda: self._at_work(says, size, Workspace.undo), "There is nothing to undo.")

    def redo(self) -> None:
        says = f"Redo: {self.workspace.next_redo()}"
        size = self.workspace.size_of("redo")
        self._invert(lambda: self._at_work(says, size, Workspace.redo), "There is nothing to redo.")

    # Inside

    def _invert(self, action: Callable[[], Revision | None], nothing: str) -> None:
        revision = self._attempt(action)
        if revision is None:
            if self._saved:
                self.said.emit(nothing)
            return
        if not revision.entries:
            self.warned.emit(f"{revision.label}.")
            return
        self._go_to(revision)
        self.said.emit(f"{revision.action.capitalize()}: {revision.label}")

    def _go_to(self, revision: Revision) -> None:
        """Show what a step changed, also when it is in another article.

        One of the codebook and all that follows from it is not in one article more than in others;
        neither is one of many articles, such as an import.
        """
        articles = sum(entry.kind == "article" for entry in revision.entries)
        if self.page is not None and ("codebook" in revision.kinds or articles > 1):
            return
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
        return self._attempt(lambda: self._write(verb()))

    def _attempt(self, action: Callable[[], Revision | None]) -> Revision | None:
        self.began.emit()
        try:
            revision = action()
        except ProjectFault as error:
            self._saved = False
            self.saving.emit(False)
            self.failed.emit(str(error))
            self.held.emit(str(error))
            return None
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return None
        if not self._saved:
            self._saved = True
            self.saving.emit(True)
            self.held.emit("")
        return revision
