"""The list of articles in a large project: asked on a thread, a page at a time."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.core.model import Id
from annotator.store.finding.listing import Wanted
from annotator.store.finding.reader import Reader
from annotator.ui.articles import asking
from annotator.ui.articles.rows import Header, Part, Rows
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.workshop import add_article, start

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BOTH = CONTROL | SHIFT
Key = Qt.Key


# In a large project


def test_a_thread_answers_in_a_large_project(
    qtbot: QtBot,
    tmp_path: Path,
    open_window: Callable[[Workspace], Window],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotator.ui.articles.list.SMALL", 0)
    workspace = Workspace.create(tmp_path / "p.annotator", start(), "Ada")
    ids: list[Id] = [add_article(workspace, f"Peace {n}.\n", title=f"S {n}").id for n in range(3)]
    window = open_window(workspace)
    hands = Hands(qtbot, window)
    model = window.articles.model
    qtbot.waitUntil(lambda: len(model.rows) == 3)
    assert window.articles.asking._thread is not None
    hands.press(Key.Key_F, modifier=BOTH)
    for letter in "peace 1":
        hands.type(letter)
    qtbot.waitUntil(lambda: list(map(model.article_at, range(len(model.rows)))) == [None, ids[1]])
    window.close()
    assert window.articles.asking._thread is None


def test_in_a_very_large_project_the_first_rows_are_shown_before_all_are_read(
    qtbot: QtBot,
    tmp_path: Path,
    open_window: Callable[[Workspace], Window],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("SMALL", 0), ("_VERY_MANY", 0), ("_FIRST_ROWS", 2)):
        monkeypatch.setattr(f"annotator.ui.articles.list.{name}", value)
    workspace = Workspace.create(tmp_path / "p.annotator", start(), "Ada")
    for n in range(4):
        add_article(workspace, f"Peace {n}.\n", title=f"S {n}")
    window = open_window(workspace)
    listed, heading = window.articles, window.articles.heading
    seen: list[tuple[int, str]] = []
    qtbot.waitUntil(lambda: heading.text() == "Articles  4")
    listed.model.modelReset.connect(lambda: seen.append((listed.model.rowCount(), heading.text())))
    window.desk.open(listed.model.article_at(3))
    listed.want(Wanted(sort="date"))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert [rows for rows, _ in seen] == [2, 4]
    page = window.desk.page
    assert page is not None
    assert listed.chosen() == [page.article.id]
    window.close()


def test_an_article_is_found_among_very_many_ids() -> None:
    ids = array("q", [256, 0, 1, -1, 2**62])
    rows = Rows([Part(ids[:1], Header("One")), Part(ids[1:], Header("Others"))])
    assert [rows.find(id) for id in ids] == [1, 3, 4, 5, 6]
    assert rows.find(7) is None


def _say(number: int, _reader: Reader) -> int:
    return number


def test_only_the_latest_question_is_answered(qtbot: QtBot, tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "p.annotator", start(), "Ada")
    asked = asking.Asking(workspace)
    asked.is_small = False
    answers: list[int] = []
    for number in range(20):
        asked.ask("numbers", partial(_say, number), answers.append)
    asked.ask("other", partial(_say, 99), answers.append)
    qtbot.waitUntil(lambda: 99 in answers)
    assert answers[-2:] == [19, 99]
    running, go_on = Event(), Event()

    def slow(_reader: Reader) -> int:
        running.set()
        go_on.wait()
        return -1

    asked.ask("numbers", slow, answers.append)
    running.wait()
    asked.ask("numbers", partial(_say, 20), answers.append)
    go_on.set()
    qtbot.waitUntil(lambda: 20 in answers)
    assert -1 not in answers
    asked.close()
    workspace.close()
