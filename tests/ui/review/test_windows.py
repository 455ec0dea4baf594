"""The windows around the review: procedure, people, switching, assigning, merging."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from annotator.core import marking
from annotator.core.model import GOLD
from annotator.ui.team.assigning import AssignWindow
from annotator.ui.team.merging import MergeDialog, merge, told
from annotator.ui.team.procedure import Passphrase, ProcedureWindow
from annotator.ui.team.switching import WhoWorks, switch_analyst
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.review.acting import answer, beside, working
from tests.ui.review.scene import article_of, done, team
from tests.workshop import SEED_002

ENTER, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down
Open = Callable[[Workspace], Window]


# Procedure, people, passphrases


def test_the_procedure_is_set_by_keys_and_undone(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    rita = team(tmp_path)
    hands = working(qtbot, open_window, rita)
    window = beside(hands, "review.procedure", ProcedureWindow)
    assert isinstance(window, ProcedureWindow)
    hands.press(SPACE, Qt.Key.Key_Tab, SPACE)
    procedure = rita.procedure()
    assert procedure is not None
    assert (procedure.blind, procedure.names_hidden, procedure.shuffled) == (True, True, False)
    hands.window.desk.undo()
    assert not window.boxes["names_hidden"].isChecked()
    assert window.boxes["blind"].isChecked()


def test_reviewers_are_made_and_one_stays(qtbot: QtBot, tmp_path: Path, open_window: Open) -> None:
    rita = team(tmp_path)
    hands = working(qtbot, open_window, rita)
    window = beside(hands, "review.procedure", ProcedureWindow)
    assert isinstance(window, ProcedureWindow)
    window.people.setFocus()
    window.people.setCurrentRow(0)
    hands.press(SPACE)
    assert {a.name for a in rita.analysts() if a.reviewer} == {"Ada", "Rita"}
    hands.press(SPACE)
    window.people.setCurrentRow(2)
    hands.press(SPACE)
    assert "only reviewer" in window._why.text()
    assert rita.may("judge")


def test_an_analyst_is_added_by_keys(qtbot: QtBot, tmp_path: Path, open_window: Open) -> None:
    rita = team(tmp_path)
    hands = working(qtbot, open_window, rita)
    window = beside(hands, "review.procedure", ProcedureWindow)
    assert isinstance(window, ProcedureWindow)
    before = {a.name for a in rita.analysts()}
    window.newcomer.setFocus()
    hands.type("Cid")
    hands.press(ENTER)
    assert {a.name for a in rita.analysts()} == before | {"Cid"}
    assert any(window.people.item(n).text() == "Cid" for n in range(window.people.count()))
    assert window.newcomer.text() == ""
    for name, why in (("Cid", "in the project already"), ("Gold", "No analyst can be called gold")):
        hands.type(name)
        hands.press(ENTER)
        assert why in window._why.text()
        assert window.newcomer.text() == name
        window.newcomer.clear()
    hands.window.desk.undo()
    assert {a.name for a in rita.analysts()} == before


def test_a_passphrase_is_set_and_asked_for(qtbot: QtBot, tmp_path: Path, open_window: Open) -> None:
    rita = team(tmp_path)
    hands = working(qtbot, open_window, rita)
    window = beside(hands, "review.procedure", ProcedureWindow)
    assert isinstance(window, ProcedureWindow)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, Passphrase)
        dialog.lines["New"].setText("open sesame")
        dialog.lines["Once more"].setText("open sesame")
        dialog.accept()

    answer(Passphrase, fill)
    window.set_passphrase()
    assert rita.has_passphrase(rita.analyst.id)
    assert "passphrase" in window.people.item(2).text()
    dialog = WhoWorks(hands.window)
    dialog._choose("Rita")
    dialog.accept()
    assert not came_in(dialog)
    assert "passphrase of Rita is needed" in dialog._wrong.text()
    dialog.passphrase.setText("open sesame")
    dialog.accept()
    assert came_in(dialog)
    if dialog.workspace is not None:
        dialog.workspace.close()


def test_analysts_are_listed_by_name_however_they_joined(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    rita = team(tmp_path)
    for name in ("zoe", "Yan", "anna", "Xia", "Mo"):
        rita.as_analyst(name).close()
    rita.poll()
    hands = working(qtbot, open_window, rita)
    names = ["Ada", "anna", "Ben", "Mo", "Rita", "Xia", "Yan", "zoe"]
    assert WhoWorks(hands.window)._names == names


def came_in(dialog: WhoWorks) -> bool:
    return dialog.workspace is not None


def test_the_window_goes_on_as_another_analyst(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    hands = working(qtbot, open_window, team(tmp_path))
    shown: list[Workspace] = []

    def fill(dialog: QDialog) -> None:
        hands.type("ben")
        hands.press(ENTER, ENTER)

    answer(WhoWorks, fill)
    switch_analyst(hands.window, shown.append)
    (workspace,) = shown
    assert workspace.analyst.name == "Ben"
    assert not hands.window.isVisible()
    assert len(workspace.page(article_of(workspace)).statements) == 4
    workspace.close()


# Assigning


def test_articles_are_assigned_at_random_and_taken_back(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    rita = team(tmp_path)
    hands = working(qtbot, open_window, rita)
    window = beside(hands, "review.assign", AssignWindow)
    assert isinstance(window, AssignWindow)
    hands.press(SPACE, DOWN, SPACE)
    window.every.setChecked(True)
    window.random.setChecked(True)
    window.seed.setValue(7)
    window.give_button.click()
    given = rita.assignments()
    assert len(given) == 2
    assert {g.article for g in given} == {article_of(rita), article_of(rita, SEED_002)}
    assert len({g.analyst for g in given}) == 2
    assert [numbers(window, row) for row in range(3)] == ["1", "1", "0"]
    window.back_button.click()
    assert rita.assignments() == []
    window.all.setChecked(True)
    window.give_button.click()
    assert len(rita.assignments()) == 4
    hands.window.desk.undo()
    assert rita.assignments() == []


def numbers(window: AssignWindow, row: int) -> str:
    item = window.table.item(row, 1)
    return item.text() if item is not None else ""


def test_nobody_ticked_is_said(qtbot: QtBot, tmp_path: Path, open_window: Open) -> None:
    rita = team(tmp_path)
    hands = working(qtbot, open_window, rita)
    window = beside(hands, "review.assign", AssignWindow)
    assert isinstance(window, AssignWindow)
    window.give_button.click()
    assert window._said.text() == "Tick at least one analyst, with Space."
    assert rita.assignments() == []


# Merging


def test_a_file_is_merged_after_it_was_shown_what_it_brings(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    rita = team(tmp_path)
    (ada,) = [a for a in rita.analysts() if a.name == "Ada"]
    other = tmp_path / "ada.annotator"
    rita.hand_off(ada.id, rita.articles(), other)
    with Workspace.open(other, "Ada") as there:
        page = there.page(article_of(there, SEED_002))
        edit, _, _ = marking.mark(page, there.codebook, "claim", [(0, 20)], there.new_id)
        there.do(edit)
    hands = working(qtbot, open_window, rita)
    before = rita.count("mark")
    would = list(told(rita.merge(other, dry_run=True)))
    assert "1 new mark" in would
    title = rita.article(article_of(rita, SEED_002)).title  # type: ignore[union-attr]
    assert f"“{title}”: 1 statement, 1 mark" in would

    answer(MergeDialog, lambda dialog: dialog.reject())
    merge(hands.window, other)
    assert rita.count("mark") == before

    met = answer(MergeDialog, lambda dialog: dialog.accept())
    merge(hands.window, other)
    assert isinstance(met[0], MergeDialog)
    assert rita.count("mark") != before
    assert "ada.annotator is merged: " in hands.window._message.text()
    assert f"1 new mark in “{title}”" in hands.window._message.text()

    again = answer(MergeDialog, lambda dialog: dialog.accept())
    merge(hands.window, other)
    assert isinstance(again[0], MergeDialog)
    assert not again[0].yes.isVisible()


def test_progress_that_comes_in_is_told_in_words(tmp_path: Path) -> None:
    with team(tmp_path) as rita:
        (ada,) = [a for a in rita.analysts() if a.name == "Ada"]
        other = tmp_path / "ada.annotator"
        rita.hand_off(ada.id, rita.articles(), other)
        with Workspace.open(other, "Ada") as there:
            done(there, article_of(there, SEED_002))
        would = list(told(rita.merge(other, dry_run=True)))
        assert "new progress on 1 article" in would
        assert not any("status" in line for line in would)


def test_gold_is_only_what_was_decided(tmp_path: Path) -> None:
    with team(tmp_path) as rita:
        assert not rita.page(article_of(rita), GOLD).marks


@pytest.mark.parametrize(
    "unneeded",
    [
        pytest.param("scipy", id="what aligns statements"),
        pytest.param("annotator.formats.exchange.catalogue", id="every format"),
        pytest.param("annotator.ui.book.window", id="the editor of the codebook"),
        pytest.param("difflib", id="what tells words apart"),
    ],
)
def test_the_main_window_opens_without_what_is_not_needed_yet(unneeded: str) -> None:
    script = f"import sys, annotator.ui.start; print({unneeded!r} in sys.modules)"
    done_ = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done_.stdout.strip() == "False"
