"""Finding in the article, marking every occurrence, and the overview strip, by keys and mouse."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.core.model import Mark
from annotator.core.page import Page
from annotator.ui.article.overview import Overview
from annotator.ui.finding.find_bar import FindBar
from annotator.ui.finding.mark_all import MarkAll, context
from tests.ui.acting import mark_words, meanwhile, message, page_of
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, SEED_002

ENTER, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def bar_of(hands: Hands) -> FindBar:
    return hands.window.pane.find_bar


def look_for(hands: Hands, words: str) -> FindBar:
    hands.press(Qt.Key.Key_F, modifier=CONTROL)
    hands.type(words)
    return bar_of(hands)


def current(hands: Hands) -> str:
    hits = bar_of(hands).hits
    assert hits.current is not None
    return hands.text[slice(*hits.places[hits.current])]


def colours_on_screen(hands: Hands) -> set[str]:
    image = hands.window.pane.view.viewport().grab().toImage()
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


# Finding


def test_hits_are_shown_while_one_types_and_enter_walks_them(hands: Hands) -> None:
    hands.open(SEED_000)
    theme = hands.window.theme
    assert not {theme.hex("search_hit"), theme.hex("search_hit_current")} & colours_on_screen(hands)
    bar = look_for(hands, "lavrov")
    assert bar.line.hasFocus()
    total = hands.text.count("Lavrov")
    assert bar.count.text() == f"1 of {total}"
    assert {theme.hex("search_hit"), theme.hex("search_hit_current")} <= colours_on_screen(hands)
    hands.press(ENTER)
    assert bar.count.text() == f"2 of {total}"
    hands.press(ENTER, ENTER, modifier=SHIFT)
    assert bar.count.text() == f"{total} of {total}"
    hands.press(Qt.Key.Key_F3)
    assert bar.count.text() == f"1 of {total}"
    hands.press(Qt.Key.Key_F3, modifier=SHIFT)
    assert bar.count.text() == f"{total} of {total}"


def test_esc_returns_to_the_text_with_the_hit_selected(hands: Hands) -> None:
    hands.open(SEED_000)
    bar = look_for(hands, "anchorage")
    hands.press(ESC)
    assert bar.isHidden()
    view = hands.window.pane.view
    assert view.hasFocus()
    assert hands.text[slice(*view.selection())] == "Anchorage"
    assert hands.window.theme.hex("search_hit") not in colours_on_screen(hands)


def test_f3_goes_on_in_the_text_after_the_bar_is_closed(hands: Hands) -> None:
    hands.open(SEED_000)
    look_for(hands, "lavrov")
    hands.press(ESC)
    view = hands.window.pane.view
    first = view.selection()
    hands.press(Qt.Key.Key_F3)
    assert view.selection()[0] > first[0]
    assert hands.text[slice(*view.selection())] == "Lavrov"
    hands.press(Qt.Key.Key_F3, modifier=SHIFT)
    assert view.selection() == first
    assert bar_of(hands).isHidden()


def test_f3_without_a_search_begins_one(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.press(Qt.Key.Key_F3)
    assert bar_of(hands).line.hasFocus()


def test_selected_words_are_looked_for(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("Zelensky")
    hands.press(Qt.Key.Key_F, modifier=CONTROL)
    assert bar_of(hands).line.text() == "Zelensky"
    assert current(hands) == "Zelensky"


def test_alt_keys_switch_pattern_whole_word_and_case(hands: Hands) -> None:
    hands.open(SEED_000)
    bar = look_for(hands, "he")
    anywhere = len(bar.hits.places)
    hands.press(Qt.Key.Key_W, modifier=ALT)
    hands.qtbot.waitUntil(bar.whole_word.isChecked)  # Qt shows the button pressed for a moment
    words = len(bar.hits.places)
    assert 0 < words < anywhere
    hands.press(Qt.Key.Key_C, modifier=ALT)
    hands.qtbot.waitUntil(bar.case.isChecked)
    assert len(bar.hits.places) < words
    assert current(hands) == "he"
    hands.press(Qt.Key.Key_R, modifier=ALT)
    hands.qtbot.waitUntil(bar.pattern.isChecked)
    assert bar.line.hasFocus()
    bar.line.selectAll()
    hands.type(r"L\w+v")
    assert current(hands) == "Lavrov"


def test_a_wrong_pattern_is_said_in_the_bar(hands: Hands) -> None:
    hands.open(SEED_000)
    bar = look_for(hands, "(")
    hands.press(Qt.Key.Key_R, modifier=ALT)
    hands.qtbot.waitUntil(bar.pattern.isChecked)
    assert "not a regular expression" in bar.count.text()
    assert bar.hits.places == ()
    hands.type("a)")
    assert bar.count.text().startswith("1 of")


def test_what_is_not_there_is_said(hands: Hands) -> None:
    hands.open(SEED_000)
    bar = look_for(hands, "xyzzy")
    assert bar.count.text() == "Nothing found"
    hands.press(ENTER, ESC, Qt.Key.Key_F3)
    assert "is not in this article" in message(hands)


def test_another_article_is_searched_for_the_same_words(hands: Hands) -> None:
    hands.open(SEED_000)
    bar = look_for(hands, "trump")
    hands.open(SEED_002)
    assert len(bar.hits.places) == hands.text.lower().count("trump")
    assert current(hands) == "Trump"


# Marking every occurrence


def mark_all_dialog(act: Callable[[MarkAll], None]) -> None:
    def on(dialog: QWidget) -> None:
        assert isinstance(dialog, MarkAll)
        act(dialog)

    meanwhile(on)


def checked(dialog: MarkAll) -> list[bool]:
    items = map(dialog.list.item, range(dialog.list.count()))
    return [item.checkState() == Qt.CheckState.Checked for item in items]


def press_all(hands: Hands) -> None:
    hands.press(Qt.Key.Key_M, modifier=CONTROL | SHIFT)


def speakers(page: Page) -> list[Mark]:
    return [m for m in page.marks_in_order() if m.kind == "speaker"]


def test_every_occurrence_of_a_mark_is_marked_in_one_step(hands: Hands) -> None:
    hands.open(SEED_000)
    first = mark_words(hands, "Lavrov", "s")
    total = hands.text.count("Lavrov")
    seen: list[list[bool]] = []

    def confirm(dialog: MarkAll) -> None:
        seen.append(checked(dialog))
        QTest.keyClick(dialog.list, ENTER)

    mark_all_dialog(confirm)
    press_all(hands)
    (checks,) = seen
    assert checks.count(False) == 1, "the one already marked"
    page = page_of(hands)
    assert [m.quote for m in speakers(page)] == ["Lavrov"] * total
    assert len(page.statements) == total
    assert all(len(page.holders(m.id)) == 1 for m in speakers(page))
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert list(page.marks) == [first.id]


def test_space_leaves_a_place_out(hands: Hands) -> None:
    hands.open(SEED_000)
    look_for(hands, "zelensky")
    total = len(bar_of(hands).hits.places)

    def leave_one(dialog: MarkAll) -> None:
        assert dialog.list.hasFocus()
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
        QTest.keyClick(dialog.list, SPACE)
        assert dialog.ok.text() == f"Mark {total - 1}"
        QTest.keyClick(dialog.list, ENTER)

    mark_all_dialog(leave_one)
    press_all(hands)
    assert len(page_of(hands).marks) == total - 1
    assert f"{total - 1} marks made" in message(hands)


def test_none_and_all_and_another_kind(hands: Hands) -> None:
    hands.open(SEED_000)
    look_for(hands, "said")

    def as_cues(dialog: MarkAll) -> None:
        QTest.keyClick(dialog, Qt.Key.Key_N, ALT)
        hands.qtbot.waitUntil(lambda: not any(checked(dialog)))
        assert not dialog.ok.isEnabled()
        QTest.keyClick(dialog, Qt.Key.Key_A, ALT)
        hands.qtbot.waitUntil(lambda: all(checked(dialog)))
        QTest.keyClick(dialog.kinds, Qt.Key.Key_C)
        while dialog.kind != "cue":
            QTest.keyClick(dialog.kinds, Qt.Key.Key_Down)
        QTest.mouseClick(dialog.ok, LEFT)

    mark_all_dialog(as_cues)
    QTest.mouseClick(bar_of(hands).mark, LEFT)
    marks = page_of(hands).marks.values()
    assert marks
    assert {m.kind for m in marks} == {"cue"}


def test_the_actor_is_copied_only_when_ticked(hands: Hands) -> None:
    hands.open(SEED_000)
    for tick in (False, True):
        first = mark_words(hands, "Lavrov", "s")
        desk = hands.window.desk
        actor = next(str(a.id) for a in desk.workspace.actors() if "Lavrov" in a.name)
        desk.set_field(first, "actor", actor)

        def confirm(dialog: MarkAll, tick: bool = tick) -> None:
            assert "Lavrov" in dialog.with_actor.text()
            if tick:
                QTest.keyClick(dialog, Qt.Key.Key_F, ALT)
                hands.qtbot.waitUntil(dialog.with_actor.isChecked)
            QTest.keyClick(dialog.list, ENTER)

        mark_all_dialog(confirm)
        press_all(hands)
        made = [m for m in speakers(page_of(hands)) if m.id != first.id]
        assert made
        assert all(m.fields == ({"actor": actor} if tick else {}) for m in made)
        for _ in range(3):
            hands.press(Qt.Key.Key_Z, modifier=CONTROL)
        assert page_of(hands).marks == {}


def test_esc_marks_nothing(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Lavrov", "s")
    mark_all_dialog(lambda dialog: QTest.keyClick(dialog.list, ESC))
    press_all(hands)
    assert len(page_of(hands).marks) == 1


def test_without_words_it_is_said_what_to_do(hands: Hands) -> None:
    hands.open(SEED_000)
    press_all(hands)
    assert "Select words, take a mark in hand" in message(hands)


def test_a_place_is_shown_with_its_paragraph_around_it() -> None:
    text = "One.\n" + "a" * 60 + " word " + "b" * 60 + "\nThree word"
    place = context(text, (66, 70))
    assert place.words == "word"
    assert place.before == "…" + "a" * 44 + " "
    assert place.after == " " + "b" * 44 + "…"
    assert context(text, (len(text) - 4, len(text))).before == "Three "


# The overview


def overview_of(hands: Hands) -> Overview:
    return hands.window.pane.overview


def strip_colours(hands: Hands, first: float = 0, last: float = 1) -> set[str]:
    image = overview_of(hands).grab().toImage()
    rows = range(int(first * image.height()), int(last * image.height()))
    return {image.pixelColor(x, y).name().upper() for y in rows for x in range(1, image.width())}


def test_the_strip_shows_marks_unfinished_statements_and_hits(hands: Hands) -> None:
    hands.open(SEED_000)
    theme = hands.window.theme
    speaker, missing = theme.hex("kind.1"), theme.hex("missing")
    assert not {speaker, missing} & strip_colours(hands)
    mark = mark_words(hands, "Lavrov told", "s")
    share = (mark.start or 0) / len(hands.text)
    assert {speaker, missing} <= strip_colours(hands, share - 0.02, share + 0.02)
    assert not {speaker, missing} & strip_colours(hands, share + 0.02)
    row = int(share * overview_of(hands).height())
    assert overview_of(hands).said_at(row) == "1 × Speaker\n1 unfinished statement"
    hands.press(Qt.Key.Key_Delete)
    assert not {speaker, missing} & strip_colours(hands)
    look_for(hands, "lavrov told")
    assert theme.hex("search_hit_current") in strip_colours(hands, share - 0.02, share + 0.02)
    hands.press(ESC)
    assert theme.hex("search_hit_current") not in strip_colours(hands)


def test_the_strip_shows_the_marks_an_article_already_has(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Lavrov told", "s")
    hands.open(SEED_002)
    speaker = hands.window.theme.hex("kind.1")
    hands.qtbot.waitUntil(lambda: speaker not in strip_colours(hands))
    hands.open(SEED_000)
    hands.qtbot.waitUntil(lambda: speaker in strip_colours(hands))


def test_a_click_on_the_strip_goes_there(hands: Hands) -> None:
    hands.open(SEED_000)
    strip, view = overview_of(hands), hands.window.pane.view
    for share in (0.9, 0.1, 0.5):
        place = QPoint(strip.width() // 2, int(strip.height() * share))
        QTest.mouseClick(strip, LEFT, NONE, place)
        start, end = view.visible()
        assert start <= share * len(hands.text) <= end


def test_the_strip_shows_what_is_seen(hands: Hands) -> None:
    hands.open(SEED_000)
    shade = hands.window.theme.hex("overview_view")
    assert shade in strip_colours(hands, 0, 0.05)
    assert shade not in strip_colours(hands, 0.95)
    bar = hands.window.pane.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert shade in strip_colours(hands, 0.95)
    assert shade not in strip_colours(hands, 0, 0.05)
