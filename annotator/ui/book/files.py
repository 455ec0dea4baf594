"""The codebook as a file from its window: written, and a changed file taken over as one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.core.book.applying import apply
from annotator.core.codebook import Start
from annotator.core.revision import Edit
from annotator.core.text.cleaning import counted
from annotator.formats import codebook_file
from annotator.ui.book.asking import Asking
from annotator.ui.book.questions import Ticking
from annotator.ui.dialogs import ask_where_to
from annotator.workspace import Workspace

_ALONE = "Codebook (*.toml)"
_WITH_ACTORS = "Codebook with actors (*.toml)"
_ROWS, _ROW = 6, 34
"""Differences in sight at once, and how high one is when it takes two lines."""


class BookFiles(QObject):
    """What the menu of the window does with files."""

    said = Signal(str)
    """What was written, or that there is nothing to do."""

    def __init__(
        self,
        workspace: Workspace,
        asking: Asking,
        do: Callable[[str, int, Callable[[Workspace], Edit]], None],
        window: QWidget,
    ) -> None:
        """``do`` does an edit, with a name and a size, and raises why it could not be."""
        super().__init__(window)
        self._workspace = workspace
        self._asking = asking
        self._do = do
        self._window = window

    def save(self) -> None:
        """Ask where to, and write the codebook there."""
        usual = self._workspace.path.with_name("codebook.toml")
        sorts = dict.fromkeys((_ALONE, _WITH_ACTORS), ".toml")
        found = ask_where_to(self._window, "Save the codebook", usual, sorts)
        if found is None:
            return
        path, kind = found
        now = self._workspace
        actors = tuple(now.actors()) if kind == _WITH_ACTORS else ()
        codebook_file.write(path, Start(now.codebook, actors, tuple(now.issues())))
        self.said.emit(f"Saved as {path}.")

    def take_over(self) -> None:
        """Ask for a file, list what it would change, and take it over on Enter."""
        folder = str(self._workspace.path.parent)
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Take a codebook over", folder, "Codebook (*.toml)"
        )
        if not name:
            return
        path = Path(name)
        file = codebook_file.read(path)
        applied = apply(self._workspace, file, path.name)
        if not applied.size:
            self.said.emit(f"{path.name} says what the codebook says already.")
            return
        changes = counted(len(applied.lines), "change")
        self._asking.ask(
            f"Take {path.name} over: {changes}, in one step",
            "Take over",
            partial(self._take, file, path.name, applied.size),
            _Lines(applied.lines),
            "Nothing is deleted: what the file does not have is retired.",
        )

    def _take(self, file: Start, name: str, size: int) -> None:
        """As things are by now, not as they were when the question was asked."""
        self._do(f"Take {name} over", size, lambda now: apply(now, file, name).make())
        self._asking.close_up()
        self.said.emit(f"{name} was taken over; one undo takes it back.")


class _Lines(Ticking):
    """Read with the arrows."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__()
        self.addItems(list(lines))
        self.setAccessibleName("What would change")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.setCurrentRow(0)
        self.setFixedHeight(_ROW * min(_ROWS, len(lines) + 1))
