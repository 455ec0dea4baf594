"""What changes very much is done on a thread: the windows stay alive, and wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from annotator.core import marking
from annotator.core.book.parts import Part
from annotator.core.codebook import Start
from annotator.core.errors import NotAllowed
from annotator.core.revision import Revision
from annotator.formats import annotator_json, codebook_file
from annotator.ui import at_work
from annotator.workspace import Workspace
from tests.ui.book.conftest import CONTROL, Reading

ENTER = Qt.Key.Key_Return


@pytest.fixture(autouse=True)
def _all_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_work, "LONG", 1)


class Onlooker:
    """Looks in every few milliseconds, as long as events are seen to."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.timer = QTimer()
        self.timer.timeout.connect(self.look)
        self.timer.start(5)

    def look(self) -> None:
        window = QApplication.activeModalWidget()
        if isinstance(window, at_work.Waiting):
            QTest.keyClick(window, Qt.Key.Key_Escape)  # is no way out of it
            self.said += [label.text() for label in window.findChildren(QLabel)]


def merge_vias(book: Reading) -> None:
    book.take(Part("kind", "via"))
    book.press(Qt.Key.Key_M, modifier=CONTROL)
    book.type("Speaker")
    book.press(ENTER, ENTER)


def test_a_merge_says_what_goes_on_and_ends_as_one_step(book: Reading) -> None:
    heard: list[Revision] = []
    book.hands.window.desk.revised.connect(heard.append)
    before, onlooker = annotator_json.encode(book.workspace.bundle()), Onlooker()
    merge_vias(book)
    assert any(line.startswith("Merge “Via” into “Speaker”: ") for line in onlooker.said)
    assert "via" not in book.book.kinds
    assert book.window.tree.place == Part("kind", "speaker")
    book.hands.window.desk.look_around()
    assert [revision.label for revision in heard] == ["Merge “Via” into “Speaker”"], "told twice"
    page = book.hands.window.desk.page
    assert page is not None
    assert {mark.kind for mark in page.marks.values()} == {"speaker"}
    onlooker.said.clear()
    book.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert "Undo: Merge “Via” into “Speaker”" in onlooker.said
    assert annotator_json.encode(book.workspace.bundle()) == before
    book.press(Qt.Key.Key_Z, modifier=CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert "via" not in book.book.kinds
    assert book.workspace.check() == []


def test_a_file_is_taken_over_behind_a_window_that_says_so(
    book: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.toml"
    now = book.workspace
    codebook_file.write(path, Start(now.codebook, (), tuple(now.issues())))
    text = path.read_text(encoding="utf-8").replace('name = "Via"', 'name = "Carrier"')
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    before, onlooker = annotator_json.encode(now.bundle()), Onlooker()
    book.press(Qt.Key.Key_O, modifier=CONTROL)
    book.press(ENTER)
    assert "Take book.toml over" in onlooker.said
    assert book.book.kinds["via"].name == "Carrier"
    assert next(iter(now.history())).label == "Codebook from book.toml"
    book.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert annotator_json.encode(now.bundle()) == before


def test_why_it_cannot_be_is_said_and_nothing_is_changed(
    book: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Workspace, _edit: object) -> None:
        raise NotAllowed("Not today.")

    before = annotator_json.encode(book.workspace.bundle())
    monkeypatch.setattr(Workspace, "do", refuse)
    merge_vias(book)
    assert book.wrong == "Not today."
    assert annotator_json.encode(book.workspace.bundle()) == before


def test_a_mark_that_was_made_while_the_question_stood_goes_along(book: Reading) -> None:
    book.take(Part("kind", "via"))
    book.press(Qt.Key.Key_M, modifier=CONTROL)
    book.type("Speaker")
    book.press(ENTER)
    page = book.hands.window.desk.page
    assert page is not None
    with Workspace.open(book.workspace.path, "Bo") as bo:
        edit, made, _ = marking.mark(
            bo.page(page.article.id), bo.codebook, "via", [(0, 5)], bo.new_id
        )
        bo.do(edit)
    book.press(ENTER)
    assert book.wrong == ""
    found = book.workspace.record("mark", made.id)
    assert getattr(found, "kind", "") == "speaker"
