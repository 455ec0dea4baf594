"""Tables on their way in: which column is which, and presets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from annotator import paths
from annotator.formats.articles.tables.preset import read_preset
from annotator.ui.intake.window import Intake
from annotator.ui.settings import Settings
from tests.ui.conftest import Hands
from tests.ui.intake.scene import articles, closed, over, ready, story, table, titled, write

ENTER, ESC, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Space
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


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


def test_the_keyboard_stays_on_the_columns_of_a_table_below_other_files(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    files = [write(tmp_path / f"{n}.txt", story(n)) for n in (1, 2)]
    files.append(table(tmp_path / "t.csv", 2, "k", "z", "d", "w"))
    files.append(write(tmp_path / "z.txt", story(3)))
    shown = intake(*files)
    hands.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    columns = shown.details.columns
    hands.press(Qt.Key.Key_F2)  # nothing has a title yet; the columns are what can be put right
    for name, letter in (("title", "k"), ("text", "w"), ("outlet", "z")):
        assert columns.boxes[name].hasFocus()
        hands.press(letter)
        ready(hands, shown)
        assert columns.isVisible()
        assert columns.boxes[name].hasFocus(), "the keyboard stays on the column"
        assert columns.boxes[name].currentText() == letter
        hands.press(TAB)
    find = shown.list.current()
    assert find is not None
    assert (find.title(), find.value("outlet", {})) == ("Title 0", "The Courier")
    assert find.text({}).text.startswith("Story number 0")


def test_what_holds_for_all_is_unfolded_and_walked_by_keys(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(table(tmp_path / "t.csv", 2, "headline", "source", "when", "body"))
    hands.press("a", modifier=ALT)
    hands.qtbot.waitUntil(shown.for_all.presets.hasFocus)
    hands.type("wire")
    hands.press(TAB, TAB, TAB)  # past Save and the outlet
    assert shown.for_all.lines["author"].hasFocus()
    hands.type("The agency")
    hands.press("s", modifier=CONTROL)
    hands.qtbot.waitUntil((paths.config_folder() / "presets" / "wire.toml").exists)
    hands.press(TAB, TAB, TAB, TAB)
    assert shown.list.hasFocus()
    hands.press("a", modifier=ALT)
    hands.qtbot.waitUntil(shown.for_all.isHidden)
    assert shown.list.hasFocus()
