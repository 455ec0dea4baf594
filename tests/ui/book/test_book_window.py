"""The codebook changed by key presses alone, each change one step that can be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.core.book.parts import Part, issue_part
from annotator.core.model import Mark
from annotator.formats import annotator_json
from tests.ui.book.conftest import ALT, CONTROL, SHIFT, Reading, count, retired, steps
from tests.ui.conftest import Hands


def test_a_kind_is_renamed_and_the_window_follows(book: Reading) -> None:
    book.find("speaker")
    book.press(Qt.Key.Key_F2)
    book.type("Voice")
    book.press(Qt.Key.Key_Return)
    assert book.book.kinds["speaker"].name == "Voice"
    assert steps(book)[0] == "Rename “Speaker” to “Voice”"
    commands = {c.id: c.text for c in book.hands.window.commands}
    assert commands["mark.speaker"] == "Voice: mark the selection"
    book.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert book.book.kinds["speaker"].name == "Speaker"
    assert book.window.form.editors["name"].value() == "Speaker"
    book.press(Qt.Key.Key_Z, modifier=CONTROL | SHIFT)
    assert book.book.kinds["speaker"].name == "Voice"


def test_a_value_is_saved_on_leaving_it(book: Reading) -> None:
    book.take(Part("kind", "cue"))
    book.press(Qt.Key.Key_Return)
    book.to("definition")
    book.clear()
    book.type("The words that say so.")
    before = len(steps(book))
    book.press(Qt.Key.Key_Tab)
    assert book.book.kinds["cue"].definition == "The words that say so."
    assert len(steps(book)) == before + 1
    book.to("examples")
    book.clear()
    book.type("said")
    book.press(Qt.Key.Key_Return)
    book.type("told us")
    book.press(Qt.Key.Key_Return, modifier=CONTROL)
    assert book.book.kinds["cue"].examples == ("said", "told us")


def test_esc_takes_back_what_was_typed_and_only_then_closes(book: Reading) -> None:
    book.take(Part("kind", "cue"))
    book.press(Qt.Key.Key_F2)
    book.type("Nonsense")
    book.press(Qt.Key.Key_Escape)
    assert book.window.form.editors["name"].value() == "Cue"
    assert book.window.isVisible()
    book.press(Qt.Key.Key_Escape)
    book.hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is book.hands.window)
    assert book.book.kinds["cue"].name == "Cue"


def test_a_fault_is_said_and_nothing_is_lost(book: Reading) -> None:
    book.take(Part("kind", "cue"))
    book.press(Qt.Key.Key_F2)
    book.type("Claim")
    book.press(Qt.Key.Key_Tab)
    assert book.fault("name") == "There is a kind “Claim” already; give this one another name."
    book.to("key")
    book.clear()
    book.type("s")
    book.press(Qt.Key.Key_Tab)
    assert book.fault("key") == "Kinds speaker and cue share the key S; give one another."
    assert book.book.kinds["cue"].key == "Q"
    book.take(Part("kind", "claim"))
    book.take(Part("kind", "cue"))
    assert book.window.form.editors["name"].value() == "Claim"
    assert book.fault("key")
    book.press(Qt.Key.Key_Escape)
    assert book.window.isVisible()
    assert book.message == "This is not saved yet. Close again to drop it."
    book.press(Qt.Key.Key_F2)
    book.type("Signal")
    book.press(Qt.Key.Key_Return)
    assert book.fault("name") == ""
    assert book.book.kinds["cue"].name == "Signal"


def test_a_key_that_a_command_had_is_said(book: Reading) -> None:
    book.take(Part("kind", "cue"))
    book.press(Qt.Key.Key_F2)
    book.to("key")
    book.clear()
    book.type("w")
    book.press(Qt.Key.Key_Return)
    assert book.book.kinds["cue"].key == "W"
    said = book.window.form._hints["key"].text()
    assert said == "This key meant “Select the word, then its name”, which has none now."


def test_ticks_and_choices_are_kept_at_once(book: Reading) -> None:
    book.take(Part("role", "cue"))
    book.press(Qt.Key.Key_Return)
    book.to("expected")
    book.press(Qt.Key.Key_Space)
    assert book.book.roles["cue"].expected
    book.take(Part("kind", "cue"))
    book.press(Qt.Key.Key_Return)
    book.to("pattern")
    book.press(Qt.Key.Key_Up)
    assert book.book.kinds["cue"].pattern == "dashed"


def test_a_role_can_be_played_by_one_more_kind(book: Reading) -> None:
    book.take(Part("role", "cue"))
    book.press(Qt.Key.Key_Return)
    book.to("kinds")
    book.press(Qt.Key.Key_Space)
    assert book.book.roles["cue"].kinds == ("cue", "speaker")


def test_a_used_kind_is_retired_and_not_offered_any_more(book: Reading) -> None:
    book.find("speaker")
    book.press(Qt.Key.Key_R, modifier=CONTROL)
    number = count(book, "speaker")
    assert book.asking == f"Retire “Speaker”: {number} marks in 1 article keep it."
    book.press(Qt.Key.Key_Return)
    assert retired(book, "speaker")
    assert count(book, "speaker") == number
    assert "mark.speaker" not in {c.id for c in book.hands.window.commands}
    assert not any(a.text().startswith("Speaker:") for a in book.hands.window.actions())
    book.press(Qt.Key.Key_R, modifier=CONTROL)
    assert book.asking.startswith("Offer again “Speaker”")
    book.press(Qt.Key.Key_Return)
    assert not retired(book, "speaker")
    assert "mark.speaker" in {c.id for c in book.hands.window.commands}


def test_esc_lets_it_be(book: Reading) -> None:
    book.find("speaker")
    book.press(Qt.Key.Key_R, modifier=CONTROL)
    book.press(Qt.Key.Key_Escape)
    assert book.asking == ""
    assert not retired(book, "speaker")
    assert book.window.isVisible()


def test_two_kinds_are_merged(book: Reading) -> None:
    before = annotator_json.encode(book.workspace.bundle())
    speakers, vias = count(book, "speaker"), count(book, "via")
    assert vias
    book.take(Part("kind", "via"))
    book.press(Qt.Key.Key_M, modifier=CONTROL)
    book.type("spea")
    book.press(Qt.Key.Key_Return)
    becomes = "becomes" if vias == 1 else "become"
    things = "1 mark" if vias == 1 else f"{vias} marks"
    assert book.asking == f"Merge “Via” into “Speaker”: {things} in 1 article {becomes} “Speaker”."
    book.press(Qt.Key.Key_Return)
    assert (count(book, "speaker"), count(book, "via")) == (speakers + vias, 0)
    assert "via" not in book.book.kinds
    assert "NBC’s Meet the Press" in book.book.kinds["speaker"].examples
    assert book.window.tree.place == Part("kind", "speaker")
    book.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert annotator_json.encode(book.workspace.bundle()) == before
    assert book.workspace.check() == []


def test_marks_are_split_off(book: Reading) -> None:
    number = count(book, "speaker")
    book.take(Part("kind", "speaker"))
    book.press(Qt.Key.Key_L, modifier=CONTROL)
    assert f"0 of {number} marks in 1 article go over, the rest stays." in book.asking
    book.type("Pronoun")
    book.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert f"2 of {number} marks in 1 article go over, the rest stays." in book.asking
    book.press(Qt.Key.Key_Return)
    assert (count(book, "pronoun"), count(book, "speaker")) == (2, number - 2)
    assert book.window.tree.place == Part("kind", "pronoun")
    made = book.book.kinds["pronoun"]
    assert made.key not in {k.key for key, k in book.book.kinds.items() if key != "pronoun"}


def test_all_that_words_find_goes_over(book: Reading) -> None:
    number = count(book, "speaker")
    book.take(Part("kind", "speaker"))
    book.press(Qt.Key.Key_L, modifier=CONTROL)
    book.type("Claim")
    book.press(Qt.Key.Key_Tab)
    book.type("putin")
    book.press(Qt.Key.Key_Return, modifier=CONTROL)
    book.press(Qt.Key.Key_Return)
    assert book.wrong == "There is a kind “Claim” already; give this one another name."
    book.press(Qt.Key.Key_Tab, modifier=SHIFT)
    book.press(Qt.Key.Key_A, modifier=CONTROL)
    book.type("Leader")
    book.press(Qt.Key.Key_Return)
    assert count(book, "leader") == number


def test_a_used_kind_is_deleted_only_by_giving_what_has_it_another(book: Reading) -> None:
    book.take(Part("kind", "via"))
    book.press(Qt.Key.Key_Delete)
    assert "Merge “Via” into" in book.asking
    assert "merge it into another kind or retire it." in book.asking
    book.type("addr")
    book.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert "via" not in book.book.kinds
    assert count(book, "addressee")


def test_what_nothing_uses_is_deleted(book: Reading) -> None:
    book.take(Part("choice", "low", "certainty"))
    book.press(Qt.Key.Key_Delete)
    assert book.asking == "Delete “low”: nothing uses it."
    book.press(Qt.Key.Key_Return)
    assert list(book.book.fields["certainty"].choices) == ["high", "medium"]
    assert book.window.tree.place == Part("choice", "medium", "certainty")


def test_what_is_new_is_added_beside(book: Reading) -> None:
    book.take(Part("kind", "cue"))
    book.press(Qt.Key.Key_Insert)
    book.type("Evidence")
    book.press(Qt.Key.Key_Return)
    made = book.book.kinds["evidence"]
    assert (made.name, made.key) == ("Evidence", "D")  # E and V are taken
    assert book.book.usual_role("evidence") == "evidence"
    assert "mark.evidence" in {c.id for c in book.hands.window.commands}
    book.press(Qt.Key.Key_Insert)
    book.type("evidence")
    book.press(Qt.Key.Key_Return)
    assert book.wrong == "There is a kind “Evidence” already; give this one another name."
    book.press(Qt.Key.Key_Escape)


def test_tab_goes_from_the_name_to_the_buttons(book: Reading) -> None:
    book.take(Part("kind", "cue"))
    book.press(Qt.Key.Key_Insert)
    book.type("Evidence")
    asking = book.window.asking
    book.press(Qt.Key.Key_Tab)
    assert asking.no.hasFocus()
    book.press(Qt.Key.Key_Tab)
    assert asking.yes.hasFocus()
    book.press(Qt.Key.Key_Escape)
    assert asking.isHidden()


def test_the_chosen_row_is_seen_when_the_search_is_cleared(book: Reading) -> None:
    tree = book.window.tree
    book.window.resize(book.window.width(), 360)
    tree.filter.setText("stance")
    tree.filter.down.emit()
    place = tree.place
    tree.filter.clear()
    QApplication.processEvents()
    item = tree.list.currentItem()
    assert item is not None
    assert tree.place == place
    assert tree.list.viewport().rect().intersects(tree.list.visualItemRect(item))


def test_a_field_with_choices_is_added(book: Reading) -> None:
    book.take("field")
    book.press(Qt.Key.Key_Insert)
    book.type("Tone")
    book.press(Qt.Key.Key_Return)
    assert book.wrong == "A field to choose from needs choices; give at least one."
    book.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    book.type("calm, angry")
    book.press(Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return)
    made = book.book.fields["tone"]
    assert [choice.name for choice in made.choices.values()] == ["calm", "angry"]
    assert made.on == ("speaker",)
    book.press(Qt.Key.Key_Insert, modifier=SHIFT)
    book.type("mixed")
    book.press(Qt.Key.Key_Return)
    assert list(book.book.fields["tone"].choices) == ["calm", "angry", "mixed"]


def test_a_step_of_the_scale_is_added(book: Reading) -> None:
    book.take("stance")
    book.press(Qt.Key.Key_Insert)
    book.type("three")
    book.press(Qt.Key.Key_Tab)
    book.type("cheers")
    book.press(Qt.Key.Key_Return)
    assert book.wrong == "'three' is no place on the scale; give a whole number."
    book.press(Qt.Key.Key_Tab, modifier=SHIFT)
    book.press(Qt.Key.Key_A, modifier=CONTROL)
    book.type("+3")
    book.press(Qt.Key.Key_Return)
    assert book.book.stances["3"].name == "cheers"
    assert "stance.3" in {c.id for c in book.hands.window.commands}


def test_an_issue_is_moved_under_another(book: Reading) -> None:
    issues = {issue.key: issue for issue in book.workspace.issues()}
    book.take(issue_part(issues["nato"]))
    book.press(Qt.Key.Key_U, modifier=CONTROL)
    book.type("security of")
    book.press(Qt.Key.Key_Return)
    assert book.asking == "Move “Ukraine in NATO” under “Security of Ukraine”."
    book.press(Qt.Key.Key_Return)
    moved = book.workspace.record("issue", issues["nato"].id)
    assert getattr(moved, "parent", None) == issues["security"].id
    book.press(Qt.Key.Key_Insert, modifier=SHIFT)
    book.type("Bases")
    book.press(Qt.Key.Key_Return)
    made = next(issue for issue in book.workspace.issues() if issue.name == "Bases")
    assert made.parent == issues["nato"].id


def test_the_order_is_changed(book: Reading) -> None:
    book.take(Part("kind", "claim"))
    book.press(Qt.Key.Key_Up, modifier=ALT)
    assert list(book.book.kinds)[:2] == ["claim", "speaker"]
    assert book.window.tree.place == Part("kind", "claim")
    book.press(Qt.Key.Key_Down, modifier=ALT)
    assert list(book.book.kinds)[:2] == ["speaker", "claim"]


def test_the_key_in_files_changes_and_marks_follow(book: Reading) -> None:
    number = count(book, "speaker")
    book.take(Part("kind", "speaker"))
    book.press(Qt.Key.Key_F2)
    book.to("key in files")
    book.press(Qt.Key.Key_A, modifier=CONTROL)
    book.type("source")
    book.press(Qt.Key.Key_Return)
    assert book.asking == f"Key of “Speaker” in files: source: {number} marks in 1 article follow."
    book.press(Qt.Key.Key_Return)
    assert count(book, "source") == number
    assert book.window.tree.place == Part("kind", "source")


def test_the_list_narrows_as_one_types(book: Reading) -> None:
    book.press(Qt.Key.Key_F, modifier=CONTROL)
    book.type("possessive")
    shown = [i.text(0) for i in book.window.tree._items() if not i.isHidden()]
    assert sorted(shown) == ["Kinds", "Speaker   S"]
    book.press(Qt.Key.Key_Escape)
    assert not any(item.isHidden() for item in book.window.tree._items())
    assert book.window.tree.nothing.isHidden()
    book.type("xyzzy")
    assert book.window.tree.nothing.isVisible()


def test_guidelines_are_written_and_seen(book: Reading) -> None:
    book.take("guidelines")
    book.press(Qt.Key.Key_Return)
    book.press(Qt.Key.Key_A, modifier=CONTROL)
    book.type("# New rules")
    book.press(Qt.Key.Key_Return, modifier=CONTROL)
    assert book.book.guidelines == "# New rules"
    preview = book.window.guidelines.preview
    book.hands.qtbot.waitUntil(lambda: preview.toPlainText() == "New rules")
    book.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert book.book.guidelines.startswith("# Statements in the news")
    assert book.window.guidelines.text.toPlainText() == book.book.guidelines


def test_what_another_window_does_is_shown(book: Reading) -> None:
    book.take(Part("kind", "speaker"))
    number = count(book, "speaker")
    page = book.hands.window.desk.page
    assert page is not None
    mark = next(m for m in page.marks.values() if m.kind == "speaker")
    assert isinstance(mark, Mark)
    book.hands.window.desk.take_mark(mark.id)
    book.hands.window.desk.delete_mark()
    told = book.window._used
    book.hands.qtbot.waitUntil(lambda: told.text() == f"Used by {number - 1} marks in 1 article")


def test_actors_have_a_window_of_their_own(book: Reading) -> None:
    opened: list[bool] = []
    book.window._open_actors = lambda: opened.append(True)
    book.take("actors")
    book.press(Qt.Key.Key_Return)
    assert opened == [True]


def test_keys_of_marks_follow_at_once(book: Reading, marked: Hands) -> None:
    book.take(Part("kind", "cue"))
    book.press(Qt.Key.Key_F2)
    book.to("key")
    book.clear()
    book.type("x")
    book.press(Qt.Key.Key_Return)
    book.press(Qt.Key.Key_Escape)
    marked.qtbot.waitUntil(lambda: QApplication.activeWindow() is marked.window)
    marked.window.to_text()
    marked.select("stating")
    before = count(book, "cue")
    marked.press("x")
    assert count(book, "cue") == before + 1
