"""The project on its way out, by real key presses: every format, losses first, stopped, in a folder."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from annotator.core import marking
from annotator.formats import annotator_json
from annotator.formats.exchange import doccano
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.format import Asked, Format, Losses, Outgoing
from annotator.ui.export.window import ExportWindow
from annotator.ui.settings import Settings
from tests.ui.conftest import Hands

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def marked(hands: Hands) -> Hands:
    """With a mark that has a note, which doccano cannot carry."""
    hands.select("Trump")
    hands.press("s")
    desk = hands.window.desk
    assert desk.page is not None
    made = desk.page.marks[next(iter(desk.page.marks))]
    desk.do(marking.set_note(made, "who else?"))
    return hands


def shown(hands: Hands) -> ExportWindow:
    hands.qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), ExportWindow))
    found = QApplication.activeWindow()
    assert isinstance(found, ExportWindow)
    return found


def opened(hands: Hands, folder: Path) -> ExportWindow:
    """The window as Ctrl+E opens it, writing into this folder."""
    Settings().keep_export_folder(hands.window.desk.workspace.path, folder)
    hands.press("e", modifier=CONTROL)
    return shown(hands)


def to_format(hands: Hands, window: ExportWindow, title: str) -> None:
    """Type until the format is found."""
    hands.type(title)
    assert window.formats.currentItem().text() == title


def closed(hands: Hands) -> None:
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ExportWindow) is None)


def test_enter_exports_as_ever(marked: Hands, tmp_path: Path) -> None:
    window = opened(marked, tmp_path)
    to = window.choices.to()
    assert to.parent == tmp_path
    marked.press(Key.Key_Return)
    closed(marked)
    workspace = marked.window.desk.workspace
    assert to.read_bytes() == annotator_json.encode(workspace.bundle())
    assert f"2 articles with 1 mark to {to}" in marked.window._message.text()


def test_it_goes_where_the_project_is_or_went_last(marked: Hands, tmp_path: Path) -> None:
    project = marked.window.desk.workspace.path
    marked.press("e", modifier=CONTROL)
    window = shown(marked)
    assert window.choices.to().parent == project.resolve().parent
    (tmp_path / "other").mkdir()
    window.choices.go_to(tmp_path / "other" / "x.json")
    marked.press(Key.Key_Return)
    closed(marked)
    marked.press("e", modifier=CONTROL)
    window = shown(marked)
    assert window.choices.to().parent == tmp_path / "other"
    assert Settings().export_folder(tmp_path / "another.annotator") == tmp_path
    window.close()


def test_no_export_replaces_a_project_or_makes_a_folder(marked: Hands, tmp_path: Path) -> None:
    project = marked.window.desk.workspace.path
    before = project.stat().st_ino  # looking into it would let go of the window's locks
    window = opened(marked, tmp_path)
    for to, why in (
        (project, "is a project, or belongs to one; choose another name"),
        (tmp_path / "nowhere" / "x.json", "There is no folder"),
    ):
        window.choices.go_to(to)
        window.choices.place.setText(str(to))
        marked.press(Key.Key_Return)
        marked.qtbot.waitUntil(lambda why=why: why in window.said)  # type: ignore[misc]
    assert project.stat().st_ino == before
    assert marked.window.desk.workspace.check() == []
    assert not (tmp_path / "nowhere").exists()
    window.close()


def test_all_formats_that_write_are_there(hands: Hands, tmp_path: Path) -> None:
    window = opened(hands, tmp_path)
    listed = [window.formats.item(n).text() for n in range(window.formats.count())]
    assert listed == [format.title for format in catalogue().written.values()]
    for _ in listed:
        endings = window.formats.chosen().suffixes
        assert window.formats.chosen().folder or window.choices.to().name.endswith(endings[0])
        hands.press(Key.Key_Down)


def test_losses_are_shown_before_anything_is_there(marked: Hands, tmp_path: Path) -> None:
    window = opened(marked, tmp_path)
    to_format(marked, window, "doccano JSONL")
    to = window.choices.to()
    marked.press(Key.Key_Return)
    marked.qtbot.waitUntil(window.losses.isVisible)
    said = [window.losses.item(n).text() for n in range(window.losses.count())]
    assert "Notes are left out, first in" in " ".join(said)
    assert not to.exists()
    marked.press(Key.Key_Escape)
    assert not window.losses.isVisible()
    marked.qtbot.waitUntil(lambda: list(tmp_path.glob(".*")) == [])
    assert not to.exists()
    marked.press(Key.Key_Return)
    marked.qtbot.waitUntil(window.losses.isVisible)
    marked.press(Key.Key_Return)
    closed(marked)
    assert len(to.read_text(encoding="utf-8").splitlines()) == 2
    assert Settings().export_format == "doccano"


def test_an_option_and_one_analysts_work_by_keys(marked: Hands, tmp_path: Path) -> None:
    window = opened(marked, tmp_path)
    to_format(marked, window, "doccano JSONL")
    window.choices.layer.setFocus()
    marked.type("gold")
    unit, to = window.choices.options["unit"], window.choices.to()
    marked.qtbot.waitUntil(unit.isVisible)
    unit.setFocus()
    marked.type("bytes")
    assert window.choices.values() == {"unit": "bytes"}
    marked.press(Key.Key_Return, Key.Key_Return)
    marked.qtbot.waitUntil(lambda: window.work.state in ("asking", "idle"))
    if window.work.state == "asking":
        marked.press(Key.Key_Return)
    closed(marked)
    lines = to.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["entities"] for line in lines] == [[], []]


def test_an_option_says_what_it_is_about_and_the_last_can_be_reached(
    hands: Hands, tmp_path: Path
) -> None:
    window = opened(hands, tmp_path)
    to_format(hands, window, "CSV tables")
    said = [label.text() for label in window.choices.findChildren(QLabel)]
    assert "Whether files begin with a mark by which Excel tells UTF-8." in said
    window.formats.choose("graphml")
    window.resize(560, 440)
    last = window.choices.options["layer"]
    hands.qtbot.waitUntil(last.isVisible)
    QApplication.processEvents()
    assert last.visibleRegion().isEmpty()
    last.setFocus()
    assert last.visibleRegion().boundingRect() == last.rect()


def test_a_file_that_is_there_is_asked_about(hands: Hands, tmp_path: Path) -> None:
    window = opened(hands, tmp_path)
    to = window.choices.to()
    to.write_text("mine", encoding="utf-8")
    hands.press(Key.Key_Return)
    hands.qtbot.waitUntil(window.losses.isVisible)
    assert "is there already and is replaced" in window.losses.item(0).text()
    assert to.read_text(encoding="utf-8") == "mine"
    hands.press(Key.Key_Return)
    closed(hands)
    assert to.read_text(encoding="utf-8") != "mine"


def test_a_folder_that_is_not_empty_is_refused(hands: Hands, tmp_path: Path) -> None:
    window = opened(hands, tmp_path)
    to_format(hands, window, "brat standoff")
    to = window.choices.to()
    assert to.suffix == ""
    to.mkdir()
    (to / "mine.txt").write_text("mine", encoding="utf-8")
    hands.press(Key.Key_Return)
    hands.qtbot.waitUntil(lambda: "not empty" in window.said)
    assert [path.name for path in to.iterdir()] == ["mine.txt"]


def test_what_is_not_installed_is_said(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "spacy", None)
    window = opened(hands, tmp_path)
    to_format(hands, window, "spaCy DocBin")
    hands.press(Key.Key_Return)
    hands.qtbot.waitUntil(lambda: "annotator[spacy]" in window.said)
    assert list(tmp_path.glob("*.spacy")) == []


def test_the_place_is_chosen(hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = opened(hands, tmp_path)
    there = tmp_path / "elsewhere" / "mine.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(there), ""))
    hands.press("o", modifier=CONTROL)
    assert window.choices.to() == there
    window.formats.setFocus()
    hands.press(Key.Key_Down)
    assert window.choices.to() == there.with_suffix(".jsonl")


class Slow:
    """A writer that waits at its second article until it is let go on."""

    def __init__(self) -> None:
        self.at_second = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
        with to.open("w", encoding="utf-8") as file:
            for number, part in enumerate(outgoing.articles):
                if number == 1:
                    self.at_second.set()
                    self.go_on.wait(20)
                file.write(f"{part.article.title} {len(part.marks)}\n")
        return Losses()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    writer = Slow()
    made = Format(name="doccano", title="doccano JSONL", suffixes=(".jsonl",), write=writer)
    there = tuple(made if one is doccano.FORMAT else one for one in catalogue().formats.values())
    monkeypatch.setattr("annotator.formats.exchange.catalogue.OURS", there)
    yield writer
    writer.go_on.set()


def test_it_is_stopped_in_the_middle(marked: Hands, slow: Slow, tmp_path: Path) -> None:
    window = opened(marked, tmp_path)
    to_format(marked, window, "doccano JSONL")
    marked.press(Key.Key_Return)
    marked.qtbot.waitUntil(slow.at_second.is_set)
    assert window.work.counted == (2, 1)
    marked.press(Key.Key_Escape)
    assert window.work.counted == (0, 0)
    assert "nothing was written" in window.said
    slow.go_on.set()
    marked.qtbot.waitUntil(lambda: list(tmp_path.glob("*.jsonl")) + list(tmp_path.glob(".*")) == [])


def test_one_works_on_meanwhile_and_it_begins_anew(
    marked: Hands, slow: Slow, tmp_path: Path
) -> None:
    """What is written was the whole project at one moment."""
    window = opened(marked, tmp_path)
    to_format(marked, window, "doccano JSONL")
    to = window.choices.to()
    marked.press(Key.Key_Return)
    marked.qtbot.waitUntil(slow.at_second.is_set)
    marked.window.activateWindow()
    marked.window.to_text()
    marked.qtbot.waitUntil(lambda: QApplication.activeWindow() is marked.window)
    marked.select("Lavrov")
    marked.press("s")
    slow.go_on.set()
    marked.qtbot.waitUntil(to.exists)
    counts = [int(line.split()[-1]) for line in to.read_text(encoding="utf-8").splitlines()]
    assert sum(counts) == 2
    closed(marked)


def test_closing_the_window_leaves_nothing(marked: Hands, slow: Slow, tmp_path: Path) -> None:
    window = opened(marked, tmp_path)
    to_format(marked, window, "doccano JSONL")
    marked.press(Key.Key_Return)
    marked.qtbot.waitUntil(slow.at_second.is_set)
    slow.go_on.set()
    window.close()
    marked.qtbot.waitUntil(lambda: list(tmp_path.glob("*.jsonl")) + list(tmp_path.glob(".*")) == [])


def test_one_article_and_then_the_project(marked: Hands, tmp_path: Path) -> None:
    Settings().keep_export_folder(marked.window.desk.workspace.path, tmp_path)
    marked.press("e", modifier=CONTROL | SHIFT)
    window = shown(marked)
    assert "1 article" in window.windowTitle()
    assert window.choices.to().name.startswith("002_")
    marked.press(Key.Key_Return)
    closed(marked)
    (made,) = tmp_path.glob("002_*")
    assert len(annotator_json.read(made).articles) == 1
