"""The window of agreement, by key presses alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from annotator.analysis.agreement.figure import Excluded
from annotator.analysis.differences import name
from annotator.formats import agreement_text
from annotator.formats.definitions import definitions
from annotator.formats.review_round.content import Told
from annotator.ui.agreement.printing import pdf
from annotator.ui.agreement.table import MiddleLeftOut
from annotator.ui.agreement.window import AgreementWindow
from annotator.ui.review.window import ReviewWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.agreed import TEXT, agreed_project, finish, say
from tests.ui.agreement.scene import shown
from tests.workshop import small_project
from tools.hands import focus, press

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ENTER, _DOWN, _LEFT, _ESC = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Escape


def test_every_two_layers_are_a_square_with_a_number(agreement: AgreementWindow) -> None:
    assert (
        agreement.head.coverage.text() == "2 of 2 articles are done by two or more:  Ada 2, Ben 2"
    )
    figure = agreement.picture.matrix.current
    assert figure is not None
    assert figure.value == pytest.approx(2 / 3)
    assert agreement.picture.told.text().startswith("Ada & Ben: 0.667 (0.667 to 0.667)\n18 marks")
    assert "0.667" in agreement.picture.matrix.accessibleDescription()
    press(_LEFT)
    assert agreement.picture.told.text() == ""
    press(_DOWN)
    assert agreement.picture.told.text().startswith("Ada & Ben: 0.667")


def test_the_letter_of_a_tab_takes_the_keyboard_into_its_table(agreement: AgreementWindow) -> None:
    for key, table in (
        (Qt.Key.Key_D, agreement.types),
        (Qt.Key.Key_A, agreement.articles),
        (Qt.Key.Key_F, agreement.figures),
    ):
        press(key, Qt.KeyboardModifier.AltModifier)
        assert focus() is table
    agreement.tabs.tabBar().setFocus()
    press(Qt.Key.Key_Right)
    assert focus() is agreement.tabs.tabBar()
    assert agreement.tabs.currentWidget() is agreement.articles


def test_another_figure_is_chosen_and_directed_ones_differ(agreement: AgreementWindow) -> None:
    press(Qt.Key.Key_M, _CONTROL)
    assert focus() is agreement.picture.measure
    while agreement.picture.measure.currentData() != "found.statements":
        press(_DOWN)
    there, back = agreement.picture.matrix.figure_at(0, 1), agreement.picture.matrix.figure_at(1, 0)
    assert there is not None
    assert back is not None
    assert (there.value, back.value) == (0.5, 1.0)
    assert agreement.picture.told.text().startswith("Ada by Ben: 0.500")


def test_question_mark_tells_what_the_figure_is(agreement: AgreementWindow) -> None:
    assert not agreement.picture.definition.isVisible()
    QTest.keyClicks(focus(), "?")
    assert agreement.picture.definition.isVisible()
    assert agreement.picture.definition.says.text() == definitions()["f1.overlap"].says
    press(Qt.Key.Key_2, _CONTROL)
    assert agreement.figures.go_to(("f1.exact", "", agreement.picture.matrix._layers))
    press(_DOWN)
    press(Qt.Key.Key_Up)
    assert agreement.picture.definition.says.text() == definitions()["f1.exact"].says
    press(Qt.Key.Key_F1)
    assert not agreement.picture.definition.isVisible()


def test_enter_on_a_figure_shows_it_in_the_picture(agreement: AgreementWindow) -> None:
    press(Qt.Key.Key_2, _CONTROL)
    assert agreement.figures.go_to(("f1.exact", "", agreement.picture.matrix._layers))
    press(_DOWN)
    assert agreement.figures.current == ("f1.exact", "speaker", agreement.picture.matrix._layers)
    press(_ENTER)
    assert (agreement.picture.measure.currentData(), agreement.picture.of.currentData()) == (
        "f1.exact",
        "speaker",
    )
    assert focus() is agreement.picture.matrix
    figure = agreement.picture.matrix.current
    assert figure is not None
    assert figure.value == 0


def test_the_first_figures_stand_large_and_first(agreement: AgreementWindow) -> None:
    tiles = agreement.head.headline.tiles
    assert [tile.accessibleName() for tile in tiles] == [
        "F1, overlapping: 0.667 0.667 to 0.667",
        "Alpha of sets of kinds: 0.286 0.286 to 0.286",
        "F1, aligned: 0.667 0.667 to 0.667",
    ]
    first = agreement.figures.rows.lines[0]
    assert first.cells[:3] == ("F1, overlapping", "all", "0.667")
    press(Qt.Key.Key_2, _CONTROL)
    assert agreement.rests_on.text() == "Ada & Ben: 18 marks on 2 articles"


def test_a_reason_why_figures_are_undefined_stands_once(agreement: AgreementWindow) -> None:
    lines = agreement.figures.rows.lines
    undefined = [line for line in lines if len(line.cells) == 1]
    assert undefined == lines[-len(undefined) :]
    told = [line.cells[0] for line in undefined]
    assert told[0] == (
        "–  6 undefined.  Neither marked any.  F1, overlapping and F1, exact of cue, addressee, via"
    )
    assert len({line.tip.splitlines()[0] for line in undefined}) == len(undefined)
    report = agreement.report
    assert report is not None
    there = [one for one in agreement_text.chosen(report) if one.value is None]
    assert sum(int(one.split()[1]) for one in told) == len(there)
    press(Qt.Key.Key_2, _CONTROL)
    press(Qt.Key.Key_End, _CONTROL)
    assert agreement.figures.columnSpan(len(lines) - 1, 0) == agreement.figures.rows.columnCount()
    assert agreement.rests_on.text() == lines[-1].tip
    agreement.figures.selectRow(len(lines) - len(undefined))
    press(_ENTER)
    assert agreement.picture.of.currentData() == "cue"


@pytest.mark.parametrize(
    ("number", "things", "told"),
    [
        (1, "articles", "1 article"),
        (2, "articles", "2 articles"),
        (1, "judgements of a character", "1 judgement of a character"),
        (1_500, "judgements of a character", "1,500 judgements of a character"),
        (0, "marks", "0 marks"),
    ],
)
def test_one_thing_is_not_told_in_the_plural(number: int, things: str, told: str) -> None:
    assert agreement_text.numbered(number, things) == told


def test_one_thing_left_out_is_not_told_in_the_plural() -> None:
    left = [
        Excluded(1, "statements", "no other layer has them"),
        Excluded(2, "statements", "no other layer has them"),
    ]
    assert agreement_text.excluded(left) == (
        "1 statement: no other layer has it; 2 statements: no other layer has them"
    )


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("round.html", "A page to be printed (*.html)", b"<!DOCTYPE html>"),
        ("round.pdf", "PDF (*.pdf)", b"%PDF-"),
        ("round", "JSON, everything (*.json)", b"{"),
        ("figures", "Figures as a table (*.csv)", b"\xef\xbb\xbfmeasure,of,layers"),
    ],
)
def test_a_report_is_saved_from_the_window(
    agreement: AgreementWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    kind: str,
    begins: bytes,
) -> None:
    chosen = str(tmp_path / name), kind
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    press(Qt.Key.Key_S, _CONTROL)
    (made,) = [path for path in tmp_path.iterdir() if path.stem == Path(name).stem]
    assert made.read_bytes().startswith(begins)
    assert agreement.head.message.text() == f"Saved as {made}"


def test_a_report_never_takes_the_place_of_a_project(
    agreement: AgreementWindow, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in (str(window.desk.workspace.path), "round.docx"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, file=file: (file, ""))
        press(Qt.Key.Key_S, _CONTROL)
        assert "says no sort of report" in agreement.head.message.text()
    assert window.desk.workspace.check() == []


def test_enter_on_an_article_opens_it(agreement: AgreementWindow, window: Window) -> None:
    press(Qt.Key.Key_3, _CONTROL)
    press(_DOWN)
    chosen = agreement.articles.current
    press(_ENTER)
    page = window.desk.page
    assert page is not None
    assert page.article.id == chosen


def test_differences_are_counted_by_type(qtbot: QtBot, agreement: AgreementWindow) -> None:
    press(Qt.Key.Key_4, _CONTROL)
    qtbot.waitUntil(lambda: len(agreement.types.rows.lines) == 3)
    told = [line.cells for line in agreement.types.rows.lines]
    assert sorted(told) == [
        ("Not in every layer", "2"),
        ("Speaker boundary", "2"),
        ("Stance", "2"),
    ]


def test_a_reviewer_is_led_to_the_very_case(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    """Ada made the project, so she decides; every difference of every type has its case."""
    path = tmp_path / "agreed.annotator"
    agreed_project(path)
    with Workspace.open(path, "Ada") as ada:
        article = ada.articles()[1].id
    window = open_window(Workspace.open(path, "Ada"))
    found = shown(qtbot, window)
    press(Qt.Key.Key_4, _CONTROL)
    qtbot.waitUntil(lambda: len(found.types.rows.lines) == 3)
    for line in list(found.types.rows.lines):
        found.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
        found.types.setFocus()
        assert found.types.go_to(line.of)
        press(_ENTER)
        assert focus() is found.places
        told = found.places.current
        assert isinstance(told, Told)
        press(_ENTER)
        review = window.findChild(ReviewWindow)
        assert isinstance(review, ReviewWindow)
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window.findChild(ReviewWindow))
        case = review.bench.case
        assert case is not None
        assert set(told.statements.values()) <= set(case.ids)
        assert told.name in {name(one) for one in case.differences}
        assert focus() is review.list
    here, last = window.desk.page, window.findChild(ReviewWindow)
    assert here is not None
    assert isinstance(last, ReviewWindow)
    QTest.keyClick(last, Qt.Key.Key_J, _CONTROL | _SHIFT)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    assert focus() is found.articles
    assert found.articles.current == here.article.id
    window.desk.open(article)
    window.actions_by_id["agreement.article"].trigger()
    assert found.articles.current == article


def test_who_does_not_decide_is_led_to_the_words_and_their_mark(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    path = tmp_path / "agreed.annotator"
    agreed_project(path)
    window = open_window(Workspace.open(path, "Ben"))
    found = shown(qtbot, window)
    press(Qt.Key.Key_4, _CONTROL)
    qtbot.waitUntil(lambda: len(found.types.rows.lines) == 3)
    assert found.types.go_to(("boundary", "speaker", None))
    press(_ENTER)
    press(_ENTER)
    assert window.findChild(ReviewWindow) is None
    page, mark = window.desk.page, window.desk.current_mark
    assert page is not None
    assert mark is not None
    assert mark.quote == "Lav"


def test_a_change_is_counted_anew(qtbot: QtBot, agreement: AgreementWindow, window: Window) -> None:
    """Ben finds the second statement of one article; Ada's window hears of it."""
    with Workspace.open(window.desk.workspace.path, "Ben") as ben:
        ben.undo()
        ben_finds(ben)
    window.desk.workspace.poll()

    def is_new() -> bool:
        figure = agreement.report and agreement.report.figure(
            "f1.aligned", "", agreement.report.layers
        )
        return bool(figure and figure.value == pytest.approx(6 / 7))

    qtbot.waitUntil(is_new, timeout=10_000)


def ben_finds(ben: Workspace) -> None:
    """On the article that he has not done any more: what Ada has as well."""
    done = {s.article for s in ben.statuses() if s.layer == ben.analyst.id and s.progress == "done"}
    (article,) = [a for a in ben.articles() if a.id not in done]
    say(ben, article, (16, 24), (30, 33), "ukraine", 2)
    finish(ben, article)


def test_one_analyst_alone_is_told_what_to_do(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    window = open_window(small_project(tmp_path / "p.annotator"))
    found = shown(qtbot, window)
    assert found._pages.currentIndex() == 1
    press(_ESC)
    qtbot.waitUntil(lambda: window.findChild(AgreementWindow) is None)


def test_a_page_becomes_pdf_and_loads_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    page = f'<p>{TEXT}</p><img src="{tmp_path}/none.png">' * 80
    assert pdf(page, "A page").startswith(b"%PDF-")


def test_titles_of_differences_have_room_and_keep_their_ends(
    qtbot: QtBot, agreement: AgreementWindow
) -> None:
    press(Qt.Key.Key_4, _CONTROL)
    qtbot.waitUntil(lambda: bool(agreement.places.rows.lines))
    places = agreement.places
    share = places.columnWidth(0) / places.viewport().width()
    assert 0.3 < share < 0.4
    option = QStyleOptionViewItem()
    delegate = places.itemDelegateForColumn(0)
    assert isinstance(delegate, MiddleLeftOut)
    delegate.initStyleOption(option, places.model().index(0, 0))
    assert option.textElideMode == Qt.TextElideMode.ElideMiddle
    for line in places.rows.lines:
        assert line.tip.startswith(f"{line.cells[0]}\n")
