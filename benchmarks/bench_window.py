"""A window to measure: the seeds, and an article of 100,000 characters with 1,000 marks."""

from __future__ import annotations

import random
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator import paths
from annotator.core.articles import new_article
from annotator.core.codebook import parse
from annotator.core.model import Fragment, Id, Mark, Member, Statement
from annotator.core.revision import Change, Edit
from annotator.formats.articles.text import read_text, read_text_file
from annotator.ui.application import application
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.workspace import Workspace

LENGTH, MARKS = 100_000, 1_000
_WORDS = "the summit was said to be open when Moscow and Kyiv agreed on an agenda for peace".split()


class BenchWindow:
    """Presses keys and waits for the paint that shows what they did."""

    def __init__(self, project: Path) -> None:
        book = parse((paths.resources() / "codebooks" / "statements.toml").read_text("utf-8"), "")
        texts = [read_text_file(file) for file in sorted(paths.seeds().glob("*.txt"))]
        workspace = Workspace.create(project, book, "bench", texts)
        self._seed = next(a.id for a in workspace.articles() if a.file.startswith("000"))
        self._long = add_long_article(workspace)
        self._app = application()
        self._window = Desktop("bench", book, Settings()).show(workspace)
        self._window.activateWindow()
        QTest.qWaitForWindowActive(self._window)

    def close(self) -> None:
        self._window.close()

    def cases(self) -> list[tuple[str, Id, int]]:
        return [
            ("seed 000", self._seed, 12),
            (f"{LENGTH:,} characters, {MARKS:,} marks", self._long, 12),
        ]

    def open(self, article: Id) -> None:
        self._window.desk.open(article)
        self._window.to_text()
        self._app.processEvents()
        self._window.pane.view.viewport().repaint()

    def presses(self, length: int, count: int) -> list[float]:
        """Milliseconds from the key event to the end of the repaint, for new marks."""
        view = self._window.pane.view
        taken = []
        for number in range(count):
            self._window.desk.take(None)
            start = 400 + 37 * number
            view.select(start, start + length)
            self._app.processEvents()
            begin = time.perf_counter()
            QTest.keyClick(view, Qt.Key.Key_C)
            self._app.processEvents()
            taken.append((time.perf_counter() - begin) * 1000)
        return taken

    def undo(self, count: int) -> list[float]:
        view = self._window.pane.view
        taken = []
        for _ in range(count):
            begin = time.perf_counter()
            QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            self._app.processEvents()
            taken.append((time.perf_counter() - begin) * 1000)
        return taken


def add_long_article(workspace: Workspace) -> Id:
    """An article of ``LENGTH`` characters with ``MARKS`` marks in statements of three."""
    draw = random.Random(1)
    lines: list[str] = []
    while sum(map(len, lines)) + len(lines) < LENGTH:
        lines.append(" ".join(draw.choice(_WORDS) for _ in range(draw.randint(40, 90))) + ".")
    read = read_text("\n".join(lines)[:LENGTH], "long.txt")
    edit, article = new_article(read.text, title="A long article", blocks=read.blocks)
    workspace.do(edit)
    layer = workspace.analyst.id
    changes: list[Change] = []
    for number in range(MARKS // 3 + 1):
        members = []
        place = number * (LENGTH - 400) // (MARKS // 3 + 1)
        for kind, offset, length in (("speaker", 0, 12), ("claim", 14, 160), ("position", 40, 60)):
            start, end = place + offset, place + offset + length
            piece = Fragment(start, end, read.text[start:end])
            mark = Mark(
                id=workspace.new_id(),
                article=article.id,
                layer=layer,
                kind=kind,
                fragments=(piece,),
            )
            members.append(Member(kind, mark.id))
            changes.append(Change(None, mark))
        statement = Statement(
            id=workspace.new_id(), article=article.id, layer=layer, members=tuple(members)
        )
        changes.append(Change(None, statement))
    workspace.do(Edit("Marks", tuple(changes)))
    return article.id
