"""What goes wrong around a window, by key presses: said in a sentence, nothing acknowledged lost."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from annotator.store.driver import connect
from annotator.store.keeping.backup import back_up
from annotator.ui.waiting import TOLD
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.acting import meanwhile, message
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, small_project

COPY = "import shutil, sys; shutil.copyfile(*sys.argv[1:])"
"""Another program: in this one it would drop SQLite's locks."""
MORE_WORDS = "It was not discussed"
WORDS = ("Lavrov told", "It was not discussed", "Trump announced", "ready to meet")
OLD = Path(__file__).parents[1] / "store" / "projects" / "version-1.annotator"
DAY_NS = 86_400_000_000_000


def corner(hands: Hands) -> str:
    return hands.window._saved.text()


def mark_words(hands: Hands, words: str = WORDS[0]) -> int | None:
    """Mark by hand; the mark if the window shows one more."""
    before = set(shown(hands))
    hands.select(words)
    hands.press("c")
    return next(iter(set(shown(hands)) - before), None)


def shown(hands: Hands) -> list[int]:
    page = hands.window.desk.page
    assert page is not None
    return list(page.marks)


def stored(path: Path) -> set[int]:
    """What another program finds in the file."""
    with Workspace.open(path) as workspace:
        assert workspace.check() == []
        return {
            mark.id
            for article in workspace.articles()
            for layer in workspace.layers(article.id)
            for mark in workspace.page(article.id, layer).marks.values()
        }


def path_of(hands: Hands) -> Path:
    return hands.window.desk.workspace.path


def look_around(hands: Hands) -> None:
    """What the window does several times a second."""
    hands.window.desk.look_around()


def test_a_full_disk_is_said_in_the_window_and_work_goes_on_when_there_is_room(
    hands: Hands,
) -> None:
    hands.open(SEED_000)
    connection = hands.window.desk.workspace._file.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    for _ in range(200):
        if mark_words(hands) is None:
            break
    assert "the disk that seeds.annotator is on is full; make room there" in message(hands)
    assert corner(hands) == "NOT SAVED"
    assert hands.window.windowTitle().startswith("NOT SAVED")
    assert stored(path_of(hands)) == set(shown(hands))
    hands.window.say("")  # as it becomes after a while
    assert "is full" in message(hands)  # for as long as it is so
    connection.execute("PRAGMA max_page_count = 1000000")
    assert mark_words(hands) is not None
    assert corner(hands) == "All saved"
    assert "full" not in message(hands)
    assert stored(path_of(hands)) == set(shown(hands))


def test_a_file_that_may_not_be_written_to_any_more(hands: Hands) -> None:
    hands.open(SEED_000)
    assert mark_words(hands) is not None
    connection = hands.window.desk.workspace._file.connection
    connection.execute("PRAGMA query_only = ON")  # SQLite answers as on a read-only disk
    assert mark_words(hands) is None
    assert "seeds.annotator may not be written to any more" in message(hands)
    hands.press(Qt.Key.Key_Tab)  # reading and walking go on
    connection.execute("PRAGMA query_only = OFF")
    assert mark_words(hands) is not None
    assert corner(hands) == "All saved"


@pytest.mark.parametrize("what", ["moved", "deleted", "replaced", "written over"])
def test_a_file_that_is_gone_is_noticed_and_all_that_was_saved_is_written_to_a_new_one(
    hands: Hands, tmp_path: Path, what: str
) -> None:
    hands.open(SEED_000)
    told = {mark_words(hands, words) for words in WORDS}
    path, other = path_of(hands), tmp_path / "other.annotator"
    small_project(other).close()
    match what:
        case "moved":
            path.rename(tmp_path / "elsewhere.annotator")
        case "deleted":
            path.unlink()
        case "replaced":
            other.replace(path)
        case "written over":  # of what was saved the newest backup and the log have everything
            assert back_up(path, datetime.now(UTC)) is not None
            told.add(mark_words(hands, MORE_WORDS))
            run([sys.executable, "-c", COPY, str(other), str(path)], check=True)
    look_around(hands)
    assert "while it was open" in message(hands)
    assert "Save a copy of the project" in message(hands)
    assert mark_words(hands) is None
    assert message(hands).startswith("Not saved: ")
    said: list[str] = []

    def read(box: object) -> None:
        assert isinstance(box, QMessageBox)
        said.append(box.text())

    meanwhile(read)
    hands.window.close()
    (rescued,) = tmp_path.glob("seeds rescued *.annotator")
    assert str(rescued) in said[0]
    assert stored(rescued) == told
    if what == "moved":  # the moved file has all of it as well
        assert stored(tmp_path / "elsewhere.annotator") == told
    if what in ("replaced", "written over"):  # and a file put in its place is left alone
        assert stored(path) == set()


def test_a_copy_is_saved_by_command_and_the_window_goes_on_in_it(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.open(SEED_000)
    told = {mark_words(hands)}
    opened: list[Path] = []
    hands.window._keeping.rescuing._open_project = lambda path, _new: opened.append(path)
    answers = iter([tmp_path / "first.annotator", tmp_path / "second.annotator"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(next(answers)), ""))
    command = hands.window.actions_by_id["project.copy"]
    command.trigger()
    assert "The copy is" in message(hands)
    assert opened == []
    assert stored(tmp_path / "first.annotator") == told
    path_of(hands).unlink()
    command.trigger()
    assert opened == [tmp_path / "second.annotator"]
    assert stored(tmp_path / "second.annotator") == told
    assert not hands.window.isVisible()
    assert list(tmp_path.glob("* rescued *")) == []


def test_a_lock_held_by_another_program_is_told_while_waiting_and_outlived(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.open(SEED_000)
    assert mark_words(hands) is not None
    turns = hands.window.desk.workspace._file.turns
    turns.patience_ms = 350  # so that it is told of waiting, but not for ten seconds
    told: list[str] = []
    said = hands.window.say

    def hear(text: str, *look: Any) -> None:
        told.append(text)
        said(text, *look)

    monkeypatch.setattr(hands.window, "say", hear)
    other = connect(path_of(hands))
    other.execute("BEGIN IMMEDIATE")
    assert mark_words(hands) is None
    assert TOLD in told
    assert "Not saved: another program has been writing" in message(hands)
    assert corner(hands) == "NOT SAVED"
    other.execute("COMMIT")
    other.close()
    assert mark_words(hands) is not None
    assert corner(hands) == "All saved"
    assert stored(path_of(hands)) == set(shown(hands))


def test_a_clock_set_back_a_day_keeps_the_order_and_is_said_on_opening(
    hands: Hands,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    open_window: Callable[[Workspace], Window],
) -> None:
    hands.open(SEED_000)
    first = mark_words(hands, WORDS[0])
    back = time.time_ns() - DAY_NS
    monkeypatch.setattr(time, "time_ns", lambda: back)
    second = mark_words(hands, WORDS[1])
    assert second is not None
    hands.press("z", modifier=Qt.KeyboardModifier.ControlModifier)
    assert shown(hands) == [first]
    path = path_of(hands)
    hands.window.close()
    again = Hands(qtbot, open_window(Workspace.open(path, "Ada")))
    assert "set the clock right" in message(again)
    again.open(SEED_000)
    assert mark_words(again, WORDS[2]) is not None
    assert stored(path) == set(shown(again))


def test_a_project_on_a_network_drive_is_warned_of(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_window: Callable[[Workspace], Window],
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr("annotator.store.file.drive._mounts", lambda: {Path("/"): "nfs4"})
    hands = Hands(qtbot, open_window(small_project(tmp_path / "p.annotator")))
    assert "p.annotator lies on a network drive" in message(hands)
    hands.select("Lavrov")
    hands.press("c")
    assert len(shown(hands)) == 1


def test_an_old_project_is_brought_up_to_date_and_the_copy_is_named(
    tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    shutil.copyfile(OLD, tmp_path / "p.annotator")
    window = open_window(Workspace.open(tmp_path / "p.annotator", "Ada"))
    assert "has been brought up to date" in window._message.text()
    assert "p in format 1, " in window._message.text()


def test_the_longest_message_does_not_widen_the_window(hands: Hands) -> None:
    before = hands.window.minimumSizeHint().width()
    hands.window.say("A sentence that is as long as any. " * 20, "danger")
    QApplication.processEvents()
    assert hands.window.minimumSizeHint().width() == before
    label = hands.window.findChild(QLabel, "message")
    assert label is None or label.wordWrap()
