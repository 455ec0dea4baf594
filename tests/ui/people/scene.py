"""What tests of the actors do: somebody says something, a dialog is answered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.marking import mark as mark_verb
from annotator.core.marking import set_field
from annotator.core.model import Actor, Mark
from annotator.workspace import Workspace


def say(workspace: Workspace, number: int, words: str, actor: int | None) -> Mark:
    """A statement of somebody in an article."""
    page = workspace.page(workspace.articles()[number].id)
    at = page.text.index(words)
    span = (at, at + len(words))
    edit, made, _ = mark_verb(page, workspace.codebook, "speaker", [span], workspace.new_id)
    workspace.do(edit)
    if actor is not None:
        now = workspace.record("mark", made.id)
        assert isinstance(now, Mark)
        workspace.do(set_field(now, workspace.codebook, "actor", str(actor)))
    return made


def called(workspace: Workspace, name: str) -> Actor:
    return next(a for a in workspace.actors() if a.name == name)


def press(widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


def answer(kind: type[QWidget], keys: Callable[[QWidget], None]) -> list[QWidget]:
    """Press keys in the dialog that opens next; it is in the list once it was there."""
    seen: list[QWidget] = []

    def go() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            seen.append(dialog)
            keys(dialog)

    QTimer.singleShot(0, go)
    return seen
