"""Merging another analyst's file: what would come in is shown before anything does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.review.merged import COUNTED, Merged
from annotator.core.text.cleaning import counted
from annotator.store.project import SUFFIX
from annotator.ui.dialogs import ask
from annotator.ui.frame import Frame
from annotator.ui.look.on_screen import on_screen
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look

_NAMED = 2
"""Articles that are named where something came."""
_PROJECTS = f"Annotator projects (*{SUFFIX})"


def merge_file(frame: Frame) -> None:
    """Choose a file, see what it would bring, and take that in."""
    folder = str(frame.desk.workspace.path.parent)
    name, _ = QFileDialog.getOpenFileName(frame, "Merge another analyst's file", folder, _PROJECTS)
    if name:
        merge(frame, Path(name))


def merge(frame: Frame, other: Path) -> None:
    """Show what a file would bring, and take it in when that is wanted."""
    workspace = frame.desk.workspace
    would = workspace.merge(other, dry_run=True)
    dialog = MergeDialog(would, frame)
    if not ask(dialog, frame) or not would.anything:
        return
    done = workspace.merge(other)
    here = frame.desk.page
    frame.desk.open(here.article.id if here else None)
    frame.say(in_short(done), "success")


def in_short(done: Merged) -> str:
    """What came, and where."""
    said = []
    for kind, word in COUNTED.items():
        if number := done.new.get(kind, 0):
            titles = [f"“{one.title}”" for one in done.came if kind in one.new]
            few = " and ".join(titles) if len(titles) <= _NAMED else f"{len(titles):,} articles"
            said.append(counted(number, f"new {word}") + (f" in {few}" if titles else ""))
    said = said[::-1] or [counted(done.revisions, "step")]
    return f"{done.file} is merged: {'; '.join(said)}."


class MergeDialog(QDialog):
    """The list of a dry run; nothing has happened yet."""

    def __init__(self, would: Merged, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Merge another analyst's file")
        self.resize(on_screen(620, 460, parent))
        question = plain_label(self, "title")
        question.setText(
            f"{would.file} would bring this in. Nothing has happened yet."
            if would.anything
            else f"{would.file} has nothing that is not here already."
        )
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.list.setAccessibleName("What would come in")
        self.list.addItems(list(told(would)))
        self.yes = QPushButton("Merge", self)
        set_look(self.yes, "primary")
        self.yes.setVisible(would.anything)
        no = QPushButton("Leave it" if would.anything else "Close", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(no)
        buttons.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.addWidget(question)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        (self.yes if would.anything else no).setFocus()
        (self.yes if would.anything else no).setDefault(True)


def told(would: Merged) -> Iterator[str]:
    """A dry run line by line."""
    if not would.same_project:
        yield "A file of another project."
    if would.revisions:
        yield f"{counted(would.revisions, 'step')} of work"
    for words, names in (("New analyst", would.analysts), ("New article", would.articles)):
        yield from (f"{words}: {name}" for name in names)
    yield from (came.words for came in would.came)
    for words, table in (
        ("new", would.new),
        ("changed", would.changed),
        ("deleted", would.deleted),
    ):
        yield from (_counted(number, words, kind) for kind, number in table.items() if number)
    for clash in would.clashes:
        yield (
            f"Both sides set {clash.field} of {clash.kind} {clash.id}: here {clash.ours!r},"
            f" there {clash.theirs!r}; {clash.kept!r} counts"
        )
    for words, records in (
        ("stays, for one side changed what the other deleted", would.survived),
        ("comes back, for work of one side needs it", would.restored),
    ):
        yield from (f"{kind} {id} {words}" for kind, id in records)
    yield from would.mended
    yield from would.kept
    yield from would.remarks


def _counted(number: int, words: str, kind: str) -> str:
    """Records of a kind; one of progress is about an article, and nobody calls it a status."""
    if kind == "status":
        return f"{words} progress on {counted(number, 'article')}"
    return counted(number, f"{words} {kind}")
