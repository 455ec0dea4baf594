"""Articles on their way in: files, folders, zips, tables, pastes, drops; by real key presses."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from annotator import importing, paths
from annotator.core.model import Article
from annotator.formats import annotator_json
from annotator.formats.articles.preset import read_preset
from annotator.ui.intake.window import Intake
from annotator.ui.settings import Settings
from annotator.ui.side_window import beside
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, small_project, start

ENTER, ESC, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Space
DOWN, RIGHT, LEFT = Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def articles(hands: Hands) -> list[Article]:
    return hands.window.desk.workspace.articles()


def titled(hands: Hands, title: str) -> Article:
    return next(article for article in articles(hands) if article.title == title)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def story(number: int) -> str:
    """A text that shares no run of words with the others, so that nothing is compared for long."""
    words = " ".join(f"{word}{number}" for word in ("nobody", "waited", "for", "the", "ferry"))
    return f"Story number {number}\n\n{words.capitalize()}.\n"


def table(path: Path, count: int, *names: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(names or ("headline", "source", "date", "body"))
        for number in range(count):
            rows.writerow((f"Title {number}", "The Courier", "2025-09-03", story(number)))
    return path


def near_copy(path: Path) -> Path:
    text = (paths.seeds() / SEED_000).read_text(encoding="utf-8")
    return write(path, f"{text}\nOne more line, which the agency had not sent.\n")


@pytest.fixture
def intake(hands: Hands) -> Callable[..., Intake]:
    """Show files as if they had been chosen, and wait until all is read and compared."""

    def show(*given: Path) -> Intake:
        shown = beside(hands.window, Intake, Intake)
        hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is shown)
        shown.add(given)
        ready(hands, shown)
        return shown

    return show


def ready(hands: Hands, shown: Intake) -> None:
    work = shown.work
    hands.qtbot.waitUntil(
        lambda: not (work.reader.is_busy or work.is_comparing or work.still_to_look), timeout=20_000
    )


def over(hands: Hands, shown: Intake) -> str:
    """Wait for the end of the import; returns the report."""
    hands.qtbot.waitUntil(shown.outcome.isVisible)
    return shown.outcome.text.toPlainText()


def opened(hands: Hands) -> Intake:
    """The import window that a key or a drop opened."""
    hands.qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), Intake))
    shown = QApplication.activeWindow()
    assert isinstance(shown, Intake)
    ready(hands, shown)
    return shown


def closed(hands: Hands) -> None:
    hands.qtbot.waitUntil(lambda: hands.window.findChild(Intake) is None)


# Ways in


def test_a_file_by_its_key_costs_one_enter(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path / "one.txt", story(1))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    hands.press("i", modifier=CONTROL)
    shown = opened(hands)
    assert [find.title() for find in shown.finds.all] == ["Story number 1"]
    assert len(articles(hands)) == 2
    hands.press(ENTER)
    closed(hands)
    assert hands.text == story(1)
    assert hands.window.desk.workspace.next_undo() == "Import Story number 1"
    hands.press("z", modifier=CONTROL)
    assert len(articles(hands)) == 2


def test_a_folder_with_a_zip_in_it(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "in" / "a.txt", story(1))
    write(tmp_path / "in" / "deep" / "b.txt", story(2))
    with zipfile.ZipFile(tmp_path / "in" / "c.zip", "w") as packed:
        packed.writestr("x.txt", story(3))
        packed.writestr("y.txt", story(4))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "in"))
    hands.press("i", modifier=CONTROL | SHIFT)
    shown = opened(hands)
    hands.press(ENTER)
    over(hands, shown)
    assert {f"Story number {n}" for n in range(1, 5)} <= {a.title for a in articles(hands)}


def test_a_paste_costs_one_enter_and_esc_leaves_everything(hands: Hands) -> None:
    QGuiApplication.clipboard().setText(story(7))
    hands.press("v", modifier=CONTROL | SHIFT)
    opened(hands)
    hands.press(ESC)
    closed(hands)
    assert len(articles(hands)) == 2
    hands.press("v", modifier=CONTROL | SHIFT)
    opened(hands)
    hands.press(ENTER)
    closed(hands)
    assert titled(hands, "Story number 7").file == "the clipboard"


def test_enter_does_not_wait_for_the_reading(hands: Hands) -> None:
    QGuiApplication.clipboard().setText(story(7))
    hands.press("v", modifier=CONTROL | SHIFT)
    shown = hands.window.findChild(Intake)
    assert isinstance(shown, Intake)
    QTest.keyClick(shown.list, ENTER)
    closed(hands)
    titled(hands, "Story number 7")


def test_a_paste_while_a_report_is_shown_begins_anew(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(*(write(tmp_path / f"{n}.txt", story(n)) for n in range(2)))
    hands.press(ENTER)
    over(hands, shown)
    hands.window.activateWindow()
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is hands.window)
    QGuiApplication.clipboard().setText(story(7))
    hands.press("v", modifier=CONTROL | SHIFT)
    opened(hands)
    hands.press(ENTER)
    closed(hands)
    titled(hands, "Story number 7")


def test_a_drop_on_the_window(hands: Hands, tmp_path: Path) -> None:
    file = write(tmp_path / "one.txt", story(1))
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(file))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    hands.window.dropEvent(QDropEvent(QPointF(5, 5), copy, given, Qt.MouseButton.LeftButton, none))
    opened(hands)
    hands.press(ENTER)
    closed(hands)
    titled(hands, "Story number 1")


def test_project_data_is_taken_in_as_a_whole(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    with small_project(tmp_path / "other.annotator") as other:
        data = annotator_json.encode(other.bundle())
    path = tmp_path / "other.json"
    path.write_bytes(data)
    shown = intake(path)
    (find,) = shown.finds.all
    assert find.said("link")[0] == "project data: 1 article, 0 marks"
    hands.press(ENTER)
    hands.qtbot.waitUntil(lambda: shown.work.state == "over")
    titled(hands, "An article")


# What is corrected before


def test_values_are_corrected_in_place(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(write(tmp_path / "one.txt", story(1)))
    hands.press(Qt.Key.Key_F2)
    hands.type("Another title")
    hands.press(ENTER)
    assert shown.list.hasFocus()
    assert shown.finds.all[0].title() == "Another title"
    hands.press(Qt.Key.Key_F2, TAB)
    hands.type("The Courier")
    hands.press(TAB, TAB)
    hands.type("yesterday")
    hands.press(ENTER, ENTER)
    assert len(articles(hands)) == 2  # it is no date, and the keyboard is back on it
    assert shown.details.lines["published"].hasFocus()
    hands.type("2025-09-03")
    hands.press(ENTER, ENTER)
    closed(hands)
    made = titled(hands, "Another title")
    assert (made.outlet, made.published) == ("The Courier", "2025-09-03")


def test_esc_in_a_line_puts_back_what_was_read(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(write(tmp_path / "one.txt", story(1)))
    hands.press(Qt.Key.Key_F2)
    hands.type("Another title")
    hands.press(ESC)
    assert shown.list.hasFocus()
    assert shown.details.lines["title"].text() == "Story number 1"
    assert not shown.finds.all[0].is_edited


def test_leaving_asks_only_when_something_was_corrected(
    hands: Hands,
    intake: Callable[..., Intake],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    shown = intake(write(tmp_path / "one.txt", story(1)))
    hands.press(RIGHT, "b", LEFT, ESC)
    assert hands.window.findChild(Intake) is shown
    hands.press(ESC)
    closed(hands)
    assert answers == []
    assert len(articles(hands)) == 2


def test_a_line_gets_another_type_of_block(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(write(tmp_path / "one.txt", story(1)))
    hands.press(RIGHT)
    assert shown.details.text.hasFocus()
    hands.press("b", DOWN, "4", ENTER)
    closed(hands)
    assert [block.type for block in titled(hands, "Story number 1").blocks] == [
        "dateline",
        "caption",
    ]


def test_space_takes_out_what_is_selected(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(*(write(tmp_path / f"{n}.txt", story(n)) for n in range(4)))
    hands.press(DOWN)
    hands.press(DOWN, modifier=SHIFT)
    hands.press(SPACE)
    assert [find.chosen for find in shown.finds.all] == [True, False, False, True]
    hands.press(ENTER)
    over(hands, shown)
    titles = {article.title for article in articles(hands)}
    assert "Story number 0" in titles
    assert "Story number 1" not in titles


# Tables and presets


def test_another_column_is_chosen_and_the_table_read_anew(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(table(tmp_path / "t.csv", 3, "headline", "x", "when", "body"))
    find = shown.list.current()
    assert find is not None
    assert find.value("outlet", {}) == ""
    hands.press(Qt.Key.Key_F2)
    hands.type("Mine")
    hands.press(ENTER)
    box = shown.details.columns.boxes["outlet"]
    assert box.isVisible()
    box.setFocus()
    hands.press("x")
    ready(hands, shown)
    hands.qtbot.waitUntil(lambda: len(shown.finds.all) == 3)
    assert [f.value("outlet", {}) for f in shown.finds.all] == ["The Courier"] * 3
    assert box.hasFocus(), "the keyboard stays on the column"
    assert [f.title() for f in shown.finds.all] == ["Mine", "Title 1", "Title 2"]
    assert [f.status for f in shown.finds.all] == ["new"] * 3  # not copies of themselves
    hands.press(ENTER, modifier=CONTROL)
    over(hands, shown)
    assert {a.outlet for a in articles(hands) if a.title.startswith("Title")} == {"The Courier"}


def test_the_title_also_begins_the_text_which_is_seen_and_remembered(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(table(tmp_path / "t.csv", 2, "headline", "x", "when", "body"))
    choice = shown.details.columns.begins
    assert not choice.isChecked()
    shown.details.columns.boxes["url"].setFocus()
    hands.press(TAB)
    assert choice.hasFocus()
    hands.press(SPACE)
    ready(hands, shown)
    assert choice.isChecked()
    assert choice.hasFocus(), "the keyboard stays on the choice"
    find = shown.list.current()
    assert find is not None
    assert find.text({}).text.startswith("Title 0\n\n")
    preview = shown.details.text
    assert preview.currentIndex().data() == "headline: Title 0"
    hands.press("a", modifier=ALT)
    hands.qtbot.waitUntil(shown.for_all.isVisible)
    shown.for_all.presets.setFocus()
    hands.type("heads")
    hands.press("s", modifier=CONTROL)
    hands.qtbot.waitUntil((paths.config_folder() / "presets" / "heads.toml").exists)
    hands.press(ESC)
    closed(hands)

    again = intake(table(tmp_path / "u.csv", 2, "headline", "x", "when", "body"))
    assert again.details.columns.begins.isChecked()
    hands.press(ENTER)
    over(hands, again)
    made = titled(hands, "Title 0")
    assert hands.window.desk.workspace.text(made).startswith("Title 0\n\n")


def test_a_table_without_a_text_column_asks_for_it(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(table(tmp_path / "t.csv", 3, "headline", "a", "b", "c"))
    (find,) = shown.finds.all
    assert find.status == "failed"
    box = shown.details.columns.boxes["text"]
    assert box.isVisible()
    box.setFocus()
    hands.press("c")
    ready(hands, shown)
    assert [f.title() for f in shown.finds.all] == ["Title 0", "Title 1", "Title 2"]


def test_a_preset_is_saved_used_next_time_and_deleted(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(table(tmp_path / "t.csv", 2, "headline", "x", "when", "body"))
    shown.details.columns.boxes["outlet"].setFocus()
    hands.press("x")
    ready(hands, shown)
    hands.press("a", modifier=ALT)  # a button pressed by its key is down for a moment
    hands.qtbot.waitUntil(shown.for_all.isVisible)
    shown.for_all.presets.setFocus()
    hands.type("wire")
    shown.for_all.lines["author"].setFocus()
    hands.type("The agency")
    hands.press("s", modifier=CONTROL)
    path = paths.config_folder() / "presets" / "wire.toml"
    hands.qtbot.waitUntil(path.exists)
    saved = read_preset(path)
    assert (saved.mapping.outlet, saved.author) == ("x", "The agency")
    hands.press(ESC)
    closed(hands)
    assert Settings().import_preset == "wire"

    again = intake(table(tmp_path / "u.csv", 2, "headline", "x", "when", "body"))
    (first, _) = again.finds.all
    assert first.value("outlet", {}) == "The Courier"
    assert first.value("author", again.finds.for_all) == "The agency"
    hands.press(ENTER)
    over(hands, again)
    assert titled(hands, "Title 0").author == "The agency"
    hands.press(ENTER)
    closed(hands)

    third = intake(write(tmp_path / "one.txt", story(9)))
    third.for_all._delete.setFocus()
    hands.press(SPACE)
    assert not path.exists()


# Copies and failures


def test_a_near_copy_comes_in_linked(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    original = next(article for article in articles(hands) if article.file == SEED_000)
    shown = intake(near_copy(tmp_path / "copy.txt"))
    (find,) = shown.finds.all
    assert find.status == "near"
    assert "run as in" in shown.details._explained.text()
    hands.press("s")
    assert shown.finds.chosen() == []
    hands.press("k")
    assert shown.finds.chosen() == [find]
    hands.press("s")
    hands.press("L", modifier=SHIFT)
    assert shown.finds.chosen() == [find]
    hands.press(ENTER)
    hands.qtbot.waitUntil(lambda: len(articles(hands)) == 3)
    (copy,) = (a for a in articles(hands) if a.file == "copy.txt")
    assert copy.copy_of == original.id


def test_the_same_text_never_comes_again_and_failures_are_listed(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    empty = write(tmp_path / "empty.txt", "")
    one = write(tmp_path / "one.txt", story(1))
    twin = write(tmp_path / "twin.txt", story(1))
    shown = intake(empty, one, twin, paths.seeds() / SEED_000)
    assert [find.status for find in shown.finds.all] == ["failed", "new", "same", "same"]
    hands.press(ENTER)
    report = over(hands, shown)
    assert "empty.txt" in report
    assert "has no text in it" in report
    assert "the same text as" in report
    assert len(articles(hands)) == 3
    hands.press("c", modifier=ALT)
    clipboard = QGuiApplication.clipboard()
    hands.qtbot.waitUntil(lambda: "has no text in it" in clipboard.text())


def test_a_twin_does_not_come_in_place_of_one_taken_out(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    given = (story(1), story(1), story(2))
    shown = intake(*(write(tmp_path / f"{n}.txt", text) for n, text in enumerate(given)))
    hands.press(SPACE, ENTER)
    over(hands, shown)
    assert len(articles(hands)) == 3
    titled(hands, "Story number 2")


def test_the_list_is_narrowed_by_what_things_are(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(
        write(tmp_path / "empty.txt", ""),
        write(tmp_path / "one.txt", story(1)),
        near_copy(tmp_path / "z.txt"),
    )
    shown._left.narrow.setFocus()
    hands.press(DOWN, DOWN)
    assert [find.status for find in shown.finds.shown] == ["near"]
    shown._left.narrow.setFocus()
    hands.press(DOWN, DOWN, DOWN)
    assert [find.status for find in shown.finds.shown] == ["failed"]


# Many


def test_many_come_in_by_steps_that_are_undone_one_by_one(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    count = 2 * importing.BATCH + 5
    shown = intake(table(tmp_path / "many.csv", count))
    assert shown.finds.rowCount() == count
    hands.press(ENTER)
    over(hands, shown)
    assert len(articles(hands)) == count + 2
    hands.press(ENTER)
    closed(hands)
    hands.press("z", modifier=CONTROL)
    assert len(articles(hands)) == count - 3
    hands.press("z", modifier=CONTROL)
    assert len(articles(hands)) == count - 3 - importing.BATCH


def test_esc_stops_an_import_and_what_is_in_stays(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    count = 5 * importing.BATCH
    shown = intake(table(tmp_path / "many.csv", count))
    hands.press(ENTER)
    hands.qtbot.waitUntil(lambda: shown.work.brought >= importing.BATCH)
    hands.press(ESC)
    over(hands, shown)
    there = len(articles(hands)) - 2
    assert 0 < there < count
    assert there % importing.BATCH == 0
    assert shown.outcome._summary.text().startswith(f"Stopped: {there:,} of {count:,} are in")
    hands.press(ESC)
    closed(hands)


def test_reading_can_be_stopped_and_what_was_read_comes_in(hands: Hands, tmp_path: Path) -> None:
    for number in range(1200):
        write(tmp_path / "in" / f"{number:04}.txt", story(number))
    shown = beside(hands.window, Intake, Intake)
    shown.add([tmp_path / "in"])
    hands.qtbot.waitUntil(lambda: len(shown.finds.all) > 20)
    shown._foot._stop.setFocus()
    hands.press(SPACE)
    ready(hands, shown)
    found = len(shown.finds.all)
    assert found < 1200
    hands.press(ENTER)
    over(hands, shown)
    assert len(articles(hands)) == found + 2


def test_the_frame_can_close_in_the_middle(
    hands: Hands, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    window = open_window(Workspace.create(tmp_path / "p.annotator", start(), "Ada"))
    shown = beside(window, Intake, Intake)
    shown.add([table(tmp_path / "many.csv", 300)])
    hands.qtbot.waitUntil(lambda: len(shown.finds.all) > 0)
    QTest.keyClick(shown.list, ENTER)
    window.close()
    assert shown.work.state == "over"
    hands.qtbot.waitUntil(lambda: not shown.work.reader._thread.is_alive())
