"""Projects' files in the import window: looked through, then taken in while they are read."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.bundle import ArticleBundle
from annotator.core.errors import BadInput
from annotator.formats.articles.text_in import PartsIn
from annotator.formats.exchange.labelled import Labelled
from annotator.formats.exchange.own.lines import FORMAT as LINES
from annotator.ui.intake.window import Intake
from annotator.ui.side_window import beside
from annotator.ui.window import Window
from annotator.workspace import Workspace, taking
from tests.formats.numbered import ARTICLES, given, some
from tests.ui.conftest import Hands
from tests.ui.intake.scene import articles, closed, over, ready, story, write
from tests.workshop import SEED_000, start

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few articles are several."""
    monkeypatch.setattr(taking, "_PORTION", 8)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "work.jsonl"
    assert LINES.write is not None
    LINES.write(given(some()), path, LINES.asked())
    return path


class Gate:
    """Lets so many articles past, and the others when it is opened."""

    def __init__(self, free: int, error: Exception | None = None) -> None:
        self._free, self._error = free, error
        self._open = threading.Event()

    def put_before(self, shown: Intake, number: int = 0) -> None:
        """Into the way of a file that was looked through."""
        find = shown.finds.all[number]
        assert isinstance(find.found, PartsIn)
        find.found = replace(find.found, begin=lambda: given(self.articles()))

    def open(self) -> None:
        self._open.set()

    def articles(self) -> Iterator[ArticleBundle]:
        for number, part in enumerate(some()):
            if number == self._free:
                assert self._open.wait(20)
                if self._error is not None:
                    raise self._error
            yield part


def at_gate(hands: Hands, shown: Intake, free: int) -> None:
    work = shown.work
    hands.qtbot.waitUntil(lambda: work.taking is not None and work.taking.articles == free)


def told(shown: Intake) -> str:
    model = shown.details.text.model()
    rows = (model.data(model.index(row, 0)) for row in range(model.rowCount()))
    return "\n".join(str(row).removeprefix("body: ") for row in rows)


def test_what_is_in_it_is_told_before_it_comes_in(
    hands: Hands, intake: Callable[..., Intake], lines: Path
) -> None:
    shown = intake(lines)
    (find,) = shown.finds.all
    assert find.said("link") == ("project data: 7 articles, 14 marks", "accent")
    heading = shown.details._said.text()
    assert heading.startswith("Project data: 7 articles, 14 marks, 7 statements by ")
    assert "New here: 7 articles, 14 marks, 7 statements, 2 analysts" in told(shown)
    assert "codebook “By hand” differs in the file; the project's is kept" in told(shown)
    assert "Day 6" in told(shown)
    hands.qtbot.waitUntil(lambda: shown._foot._import.text() == "Import 7")
    assert len(articles(hands)) == 2
    hands.press(ESC)
    closed(hands)
    assert len(articles(hands)) == 2


def test_it_comes_in_as_one_step(hands: Hands, intake: Callable[..., Intake], lines: Path) -> None:
    workspace = hands.window.desk.workspace
    shown = intake(lines)
    hands.press(ENTER)
    report = over(hands, shown)
    assert "work.jsonl: 7 new articles, 14 new marks" in report
    assert len(articles(hands)) == 2 + ARTICLES
    assert hands.window.articles.model.rowCount() == 2 + ARTICLES
    assert workspace.next_undo() == "Import work.jsonl"
    assert workspace.check() == []
    hands.press(ENTER)
    closed(hands)
    hands.press("z", modifier=CONTROL)
    assert len(articles(hands)) == 2
    assert workspace.check() == []


def test_again_there_is_nothing_new(
    hands: Hands, intake: Callable[..., Intake], lines: Path
) -> None:
    shown = intake(lines)
    hands.press(ENTER)
    over(hands, shown)
    hands.press(ENTER)
    closed(hands)
    shown = intake(lines)
    (find,) = shown.finds.all
    assert find.said("link")[0] == "project data: 7 articles, 14 marks, nothing new"
    assert told(shown).splitlines()[0] == "Nothing of it is new here"


def test_the_window_goes_on_and_tells_how_far_it_is(
    hands: Hands, intake: Callable[..., Intake], lines: Path
) -> None:
    shown = intake(lines)
    gate = Gate(3)
    gate.put_before(shown)
    hands.press(ENTER)
    at_gate(hands, shown, 3)
    said = shown._foot
    hands.qtbot.waitUntil(lambda: said.message == "Importing work.jsonl: 3 of 7 articles")
    assert 0.4 < shown.work.share < 0.5
    assert "nothing of this file comes in" in said._keys.text().replace("&nbsp;", " ")
    hands.open(SEED_000)
    assert hands.window.pane.view.caret() == 0
    assert len(articles(hands)) == 2
    gate.open()
    over(hands, shown)
    assert len(articles(hands)) == 2 + ARTICLES


def test_esc_in_the_middle_leaves_nothing_of_it(
    hands: Hands, intake: Callable[..., Intake], lines: Path, tmp_path: Path
) -> None:
    shown = intake(write(tmp_path / "one.txt", story(1)), lines)
    gate = Gate(5)
    gate.put_before(shown, 1)
    hands.press(ENTER)
    at_gate(hands, shown, 5)
    hands.press(ESC)
    gate.open()
    over(hands, shown)
    assert shown.outcome._summary.text() == "Stopped: 1 of 8 are in; the rest was left out."
    assert sorted(a.title for a in articles(hands))[-1] == "Story number 1"
    assert len(articles(hands)) == 3
    assert hands.window.desk.workspace.check() == []


def test_what_is_wrong_names_file_and_place_and_nothing_is_in(
    hands: Hands, intake: Callable[..., Intake], lines: Path
) -> None:
    with lines.open("a", encoding="utf-8") as file:
        file.write('{"id": 7}\n')
    shown = intake(lines)
    (find,) = shown.finds.all
    assert find.status == "failed"
    assert "line 9" in find.said("link")[0]
    assert len(articles(hands)) == 2


def test_what_goes_wrong_later_is_told_and_nothing_is_in(
    hands: Hands, intake: Callable[..., Intake], lines: Path
) -> None:
    shown = intake(lines)
    gate = Gate(5, BadInput("work.jsonl, line 7, is gone; copy the file anew."))
    gate.put_before(shown)
    gate.open()
    hands.press(ENTER)
    report = over(hands, shown)
    assert "Not in\n  work.jsonl, line 7, is gone; copy the file anew." in report
    assert len(articles(hands)) == 2
    assert hands.window.desk.workspace.next_undo() is None


def test_a_rule_that_it_breaks_is_told_with_the_name_of_the_file(
    hands: Hands, intake: Callable[..., Intake], lines: Path
) -> None:
    shown = intake(lines)
    (find,) = shown.finds.all
    assert isinstance(find.found, PartsIn)
    good = some()
    odd = [msgspec.structs.replace(mark, kind="remark") for mark in good[6].marks]
    articles_in = [*good[:6], replace(good[6], marks=tuple(odd))]
    find.found = replace(find.found, begin=lambda: given(articles_in))
    hands.press(ENTER)
    assert "Not in\n  Import work.jsonl: " in over(hands, shown)
    assert len(articles(hands)) == 2


def test_reading_can_be_stopped(hands: Hands, lines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate(2)
    monkeypatch.setattr(Labelled, "begins", lambda *_: lambda: given(gate.articles()))
    shown = beside(hands.window, Intake, Intake)
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is shown)
    shown.add([lines])
    said = "Looking through work.jsonl: 2 articles, 4 marks"
    hands.qtbot.waitUntil(lambda: shown._foot.message == said)
    shown._foot._stop.setFocus()
    hands.press(Qt.Key.Key_Space)
    gate.open()
    ready(hands, shown)
    assert shown.finds.all == []
    hands.qtbot.waitUntil(lambda: "stopped, 1 file not read" in shown._foot.message)
    assert len(articles(hands)) == 2


def test_in_a_zip_file(hands: Hands, intake: Callable[..., Intake], lines: Path) -> None:
    packed = lines.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as file:
        file.write(lines, "work.jsonl")
    shown = intake(packed)
    (find,) = shown.finds.all
    assert find.said("link")[0] == "project data: 7 articles, 14 marks"
    hands.press(ENTER)
    over(hands, shown)
    assert len(articles(hands)) == 2 + ARTICLES


def test_the_frame_can_close_while_it_comes_in(
    hands: Hands,
    tmp_path: Path,
    lines: Path,
    open_window: Callable[[Workspace], Window],
) -> None:
    path = tmp_path / "p.annotator"
    window = open_window(Workspace.create(path, start(), "Ada"))
    shown = beside(window, Intake, Intake)
    shown.add([lines])
    ready(hands, shown)
    gate = Gate(5)
    gate.put_before(shown)
    QTest.keyClick(shown.list, ENTER)
    at_gate(hands, shown, 5)
    taken = shown.work.taking
    assert taken is not None
    threading.Timer(0.1, gate.open).start()
    window.close()
    assert shown.work.state == "over"
    hands.qtbot.waitUntil(lambda: taken.is_over)
    with Workspace.open(path) as workspace:
        assert workspace.articles() == []
        assert workspace.check() == []
