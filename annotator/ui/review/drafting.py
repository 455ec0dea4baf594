"""Editing before taking: copies for gold on a desk of their own, with the panel and all its keys.

The gestures are those of the main window. They end in the draft instead of at the door; only a
new actor or issue, which belongs to the project and not to the decision, is made at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from annotator.core.errors import AnnotatorError, NotAllowed
from annotator.core.model import Id, Mark, Progress, Statement
from annotator.core.page import Page
from annotator.core.review.docket import Said, roots
from annotator.core.review.judging import Draft
from annotator.core.revision import Change, Edit, Revision, entry
from annotator.ui.article_pane import ArticlePane
from annotator.ui.commands import Command
from annotator.ui.desk import Desk
from annotator.ui.dialogs import choose
from annotator.ui.gestures import Gestures
from annotator.ui.look.hints import hint_line
from annotator.ui.look.plain import plain_label
from annotator.ui.look.short import Short
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.panel.panel import Panel
from annotator.workspace import Workspace

_IN_DRAFT = ("mark", "statement")
_BOUNDARIES = ("mark.start.left", "mark.start.right", "mark.end.left", "mark.end.right")
_NOT_HERE = ("mark.ask", "statement.ask", "people.who")


class DraftDesk(Desk):
    """A desk on which the copies lie; undo goes back to how they were copied."""

    def __init__(self, workspace: Workspace, draft: Draft, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self._timer.stop()  # the main window looks around
        self._draft = draft
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self.page = draft.page
        first = next(iter(roots(draft.page)), None)
        self.statement = first.id if isinstance(first, Statement) else None
        self.mark = _first_mark(draft.page, first)
        self.beside = tuple(draft.beside)
        self._count_unfinished(draft.page.statements)

    def close(self) -> None:
        self._leave()

    def open(self, article: Id | None) -> None:
        raise NotAllowed("Take this or leave it first.")

    def take_mark(self, mark: Id) -> None:
        if self.page is not None and mark in self.page.marks:
            super().take_mark(mark)
        else:
            self.said.emit("That is decided already, and no part of what is edited here.")

    def set_progress(self, progress: Progress | None) -> None:
        raise NotAllowed("A draft has no progress.")

    def undo(self) -> None:
        self._back(self._done, self._undone, "There is nothing to undo in this draft.")

    def redo(self) -> None:
        self._back(self._undone, self._done, "There is nothing to redo.")

    def _back(self, stack: list[Edit], other: list[Edit], nothing: str) -> None:
        if not stack:
            self.said.emit(nothing)
            return
        edit = stack.pop()
        changes = tuple(Change(c.after, c.before) for c in reversed(edit.changes))
        turned = Edit(edit.label, changes)
        self._draft.apply(turned)
        other.append(turned)
        self._tell(turned)

    def _begun(self, edit: Edit) -> Edit:
        return edit

    def _write(self, edit: Edit) -> Revision | None:
        if not edit:
            return None
        outside = tuple(c for c in edit.changes if c.kind not in _IN_DRAFT)
        if outside:
            self.workspace.do(Edit(edit.label, outside))
        own = Edit(edit.label, tuple(c for c in edit.changes if c.kind in _IN_DRAFT))
        self._draft.apply(own)
        self._done.append(own)
        self._undone.clear()
        return self._tell(own)

    def _tell(self, edit: Edit) -> Revision:
        entries = tuple(entry(change, {}) for change in edit.changes)
        author = self.workspace.analyst.id
        revision = Revision(0, 0, author, edit.label, "do", None, entries)
        self._show(revision)
        return revision

    def _on_revision(self, revision: Revision) -> None:
        """What others do to marks does not concern the draft; names do."""
        if revision.kinds & {"actor", "issue", "codebook"}:
            self._known = None
            self.book = self.workspace.codebook
            self._show(revision)

    def _show(self, revision: Revision) -> None:
        assert self.page is not None
        self._count_unfinished(self.page.statements)
        self._drop_what_is_gone()
        self.revised.emit(revision)


def _first_mark(page: Page, said: Said | None) -> Id | None:
    """The first mark of a statement in the text, or the mark itself."""
    if said is None or isinstance(said, Mark):
        return said.id if said else None
    marks = (mark for id in said.marks() if (mark := page.marks.get(id)) is not None)
    there = ((mark.start, mark.id) for mark in marks if mark.start is not None)
    return min(there, default=(0, None))[1]


class DraftView(QWidget):
    """The text with the copies, and the panel to fill them in. Ctrl+Return takes them, Esc leaves."""

    taken = Signal()
    left = Signal()

    def __init__(
        self,
        workspace: Workspace,
        draft: Draft,
        theme: Theme,
        commands: Sequence[Command],
        title: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.draft = draft
        self.desk = DraftDesk(workspace, draft, self)
        self.pane = ArticlePane(self.desk, theme, self)
        self.pane.header.hide()
        self.panel = Panel(self.desk, theme, self)
        self.gestures = Gestures(self.desk, self.pane.view, self.panel, partial(choose, self))
        self.panel.left.connect(self.pane.view.setFocus)
        self.hints = hint_line(_hints(commands))
        """The keys that work here."""
        self._lay_out(title)
        self._make_actions(commands)
        self.desk.at_hand.emit()

    def begin(self) -> None:
        """Put the keyboard on the text, at the first mark of the copies."""
        mark = self.desk.current_mark
        if mark is not None and mark.start is not None:
            self.pane.view.select(mark.start, mark.start)
        self.pane.view.setFocus()
        QTimer.singleShot(0, self, self._show_all)  # once it has its size

    def _show_all(self) -> None:
        """Have the copies in the middle, and all of them in sight if there is room."""
        pieces = [piece for mark in self.draft.page.marks.values() for piece in mark.fragments]
        if pieces:
            first, last = min(p.start for p in pieces), max(p.end for p in pieces)
            self.pane.view.go_to(first)
            self.pane.view.reveal(first, last)

    def close_down(self) -> None:
        """Be gone: nothing was taken, or all of it was."""
        self.desk.close()
        self.hide()
        self.deleteLater()

    def set_theme(self, theme: Theme) -> None:
        self.pane.set_theme(theme)
        self.panel.set_theme(theme)

    def _lay_out(self, title: str) -> None:
        said, _, more = title.partition("\n")
        heading = plain_label(self, "title", said, wraps=False)
        hint = Short(self)
        set_look(hint, "muted")
        hint.say(more)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(heading)
        words.addWidget(hint)
        take = QPushButton("Take this (Ctrl+Return)", self)
        set_look(take, "primary")
        leave = QPushButton("Leave it (Esc)", self)
        for button, signal in ((leave, self.left), (take, self.taken)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(signal)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 12, 8)
        top.setSpacing(14)
        top.addLayout(words, 1)
        top.addWidget(leave)
        top.addWidget(take)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        self.panel.setMinimumWidth(300)
        splitter.addWidget(self.pane)
        splitter.addWidget(self.panel)
        splitter.setSizes([680, 420])
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(splitter, 1)

    def _make_actions(self, commands: Sequence[Command]) -> None:
        """The keys of the main window's text, as far as they make sense here."""
        for command in commands:
            if command.where == "article" and command.id not in _NOT_HERE:
                method = getattr(self.gestures, command.action, None)
                if method is not None and command.menu.partition("/")[0] != "Text":
                    self._add(command.keys, partial(self._run, method, command), self.pane.view)
        window = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._add(("Ctrl+Z",), self.desk.undo, self, window)
        self._add(("Ctrl+Shift+Z", "Ctrl+Y"), self.desk.redo, self, window)

    def _add(
        self,
        keys: Sequence[str],
        does: Callable[[], object],
        widget: QWidget,
        context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetShortcut,
    ) -> None:
        action = QAction(widget)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(context)
        action.triggered.connect(lambda _checked=False: does())
        widget.addAction(action)

    def _run(self, method: Callable[..., object], command: Command) -> None:
        if command.id == "statement.away" and self.desk.statement is None:
            self.left.emit()  # the second Esc leaves
            return
        try:
            method() if command.argument is None else method(command.argument)
        except AnnotatorError as error:
            self.desk.failed.emit(str(error))


def _hints(commands: Sequence[Command]) -> Iterator[str]:
    keys = {command.id: command.keys[0] for command in commands if command.keys}
    yield from ("Ctrl+Return take this", "Esc leave it", "Enter fill in", "Tab next mark")
    stances = [key for id, key in keys.items() if id.startswith("stance.") and key != "0"]
    if stances:
        yield f"{stances[0]} … {stances[-1]} stance"
    yield f"{' '.join(keys[id] for id in _BOUNDARIES if id in keys)} boundaries"
    yield "Del delete a mark"
