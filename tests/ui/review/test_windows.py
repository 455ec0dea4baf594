"""The windows around the review: reading back, procedure, assigning, merging, switching."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator.core import marking
from annotator.core.model import GOLD
from annotator.core.review import commenting, judging
from annotator.core.review.procedure import set_procedure
from annotator.core.review.readback import Outcome
from annotator.ui.history.window import HistoryWindow
from annotator.ui.review.assigning import AssignWindow
from annotator.ui.review.merging import MergeDialog, merge, told
from annotator.ui.review.procedure import Passphrase, ProcedureWindow
from annotator.ui.review.readback import ReadBackWindow
from annotator.ui.review.switching import WhoWorks, switch_analyst
from annotator.ui.review.window import ReviewWindow
from annotator.ui.side_window import SideWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.review.scene import ADA, GUARANTEE, article_of, done, say, team
from tests.workshop import SEED_000, SEED_002

ENTER, ESC, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Down
Open = Callable[[Workspace], Window]


def beside(hands: Hands, command: str, type: type[SideWindow]) -> SideWindow:
    """Open a window by its command, with the keyboard in it."""
    hands.window.actions_by_id[command].trigger()
    found = hands.window.findChild(type)
    assert isinstance(found, type)
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    return found


def working(qtbot: QtBot, open_window: Open, workspace: Workspace) -> Hands:
    hands = Hands(qtbot, open_window(workspace))
    hands.open(SEED_000)
    return hands


def answer(type: type[QDialog], does: Callable[[QDialog], None]) -> list[QDialog]:
    """Have the next dialog of a type worked with as soon as it is there."""
    met: list[QDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, type) and QApplication.activeWindow() is dialog:
            met.append(dialog)
            does(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
    return met


def decide(rita: Workspace) -> None:
    """Ada's advice is rejected with a comment, and Rita adds something."""
    article = article_of(rita)
    docket = rita.docket(article)
    (theirs,) = [
        s
        for page in docket.pages.values()
        for s in page.in_order()
        if any(m.quote == GUARANTEE for m in page.members(s, "claim"))
    ]
    rita.do(judging.reject(docket, [theirs.id], "outside", note="advice"))
    rita.do(commenting.comment(theirs, "See rule 3", rita.new_id())[0])
    draft = judging.Draft(rita.docket(article), (), (), rita.new_id)
    edit, _, _ = marking.mark(draft.page, rita.codebook, "claim", [(0, 9)], rita.new_id)
    draft.apply(edit)
    rita.do(draft.taken())


# Reading back


def at_hand(back: ReadBackWindow) -> Outcome:
    assert back.outcome is not None
    return back.outcome


def test_an_analyst_reads_what_became_of_everything(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    with team(tmp_path) as rita:
        decide(rita)
        ada = rita.as_analyst("Ada")
    hands = working(qtbot, open_window, ada)
    back = beside(hands, "review.readback", ReadBackWindow)
    assert isinstance(back, ReadBackWindow)
    assert back.summary.text() == (
        "Still in review. Your 5 statements: 1 rejected, 4 not judged yet, 1 added by the reviewer."
    )
    hands.press(*[DOWN] * 4)
    assert at_hand(back).fate == "rejected"
    assert back.details._decision.text() == "Rejected: outside the guidelines, advice"
    assert [c.text for c in back.comments] == ["See rule 3"]
    hands.press(".")
    hands.type("Thanks; agreed.")
    hands.press(ENTER)
    assert [c.text for c in back.comments] == ["See rule 3", "Thanks; agreed."]
    hands.press(",")
    assert back.comments[0].resolved
    hands.press(ENTER)
    assert hands.window.desk.statement == at_hand(back).id
    hands.press(DOWN, ENTER)
    assert at_hand(back).fate == "added"
    assert hands.window.pane.view.selection() == (0, 9)


@pytest.mark.parametrize("hidden", [True, False])
def test_what_another_found_is_not_said_to_be_the_reviewers(
    qtbot: QtBot, tmp_path: Path, open_window: Open, hidden: bool
) -> None:
    with team(tmp_path) as rita:
        article = article_of(rita)
        rita.do(set_procedure(rita.procedure(), names_hidden=hidden))
        docket = rita.docket(article)
        ada = next(a.id for a in rita.as_analyst("Ada").analysts() if a.name == "Ada")
        (bo,) = [page for layer, page in docket.pages.items() if layer != ada]
        alone = bo.in_order()[0]
        rita.do(judging.take(docket, [alone.id], [alone.id], rita.new_id))
        back_as = rita.as_analyst("Ada")
    hands = working(qtbot, open_window, back_as)
    back = beside(hands, "review.readback", ReadBackWindow)
    assert isinstance(back, ReadBackWindow)
    assert "1 found by others" in back.summary.text()
    hands.press(Qt.Key.Key_End)
    assert at_hand(back).fate == "found"
    whose = "another analyst" if hidden else "Ben"
    assert back.details._decision.text() == f"Found by {whose}"
    assert back.list.currentItem().text().endswith(f"; Found by {whose}")


def test_what_is_read_back_follows_what_is_decided(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    rita = team(tmp_path)
    hands = working(qtbot, open_window, rita.as_analyst("Ada"))
    back = beside(hands, "review.readback", ReadBackWindow)
    assert isinstance(back, ReadBackWindow)
    assert back.summary.text().startswith("Not reviewed yet.")
    decide(rita)
    rita.close()
    hands.window.desk.look_around()
    assert "1 rejected" in back.summary.text()


# Who may, and what stays hidden


def test_only_reviewers_come_in(qtbot: QtBot, tmp_path: Path, open_window: Open) -> None:
    with team(tmp_path) as rita:
        ada = rita.as_analyst("Ada")
    hands = working(qtbot, open_window, ada)
    hands.press("r", modifier=Qt.KeyboardModifier.ControlModifier)
    assert hands.window.findChild(ReviewWindow) is None
    assert hands.window._message.text().startswith("Reviewers decide.")
    hands.window.actions_by_id["review.assign"].trigger()
    assert hands.window.findChild(AssignWindow) is None
    procedure = beside(hands, "review.procedure", ProcedureWindow)
    assert isinstance(procedure, ProcedureWindow)
    assert not any(box.isEnabled() for box in procedure.boxes.values())
    hands.press(SPACE)
    assert ada.procedure() is None


SECRET = "hush-hush"


@pytest.fixture
def blind(qtbot: QtBot, tmp_path: Path, open_window: Open) -> Hands:
    """Cem, who is to mark the article blind; Ada's work there has a word in it that tells it."""
    rita = team(tmp_path)
    with rita.as_analyst("Ada") as ada:
        page = ada.page(article_of(ada))
        ada.do(marking.set_note(page.in_order()[0], SECRET))
    rita.poll()
    decide(rita)
    rita.do(set_procedure(rita.procedure(), blind=True))
    cem = rita.as_analyst("Cem")
    rita.close()
    say(cem, ADA[0])
    return working(qtbot, open_window, cem)


def told_in(window: QWidget) -> str:
    """Every word that any widget of a window shows or would say."""
    words: list[str] = []
    for widget in [window, *window.findChildren(QObject)]:
        for name in ("text", "toolTip", "accessibleName", "toPlainText", "windowTitle"):
            read = getattr(widget, name, None)
            if callable(read):
                try:
                    words.append(str(read()))
                except TypeError:
                    continue
        model = getattr(widget, "model", None)
        if callable(model) and model() is not None and not callable(getattr(widget, "fold", None)):
            shown = model()
            words += [str(shown.index(row, 0).data()) for row in range(shown.rowCount())]
    return "\n".join(words)


def test_who_is_not_done_reads_nothing_back(blind: Hands) -> None:
    back = beside(blind, "review.readback", ReadBackWindow)
    assert isinstance(back, ReadBackWindow)
    assert back.summary.text() == "This is hidden until you have called the article done."
    assert back.outcomes == []
    assert "advice" not in told_in(blind.window)
    assert "See rule 3" not in told_in(blind.window)
    done(blind.window.desk.workspace)
    blind.window.desk.look_around()
    back.reload()
    assert "added by the reviewer" in back.summary.text()


def test_a_reviewer_who_marks_too_is_blind_until_done(blind: Hands) -> None:
    workspace = blind.window.desk.workspace
    with workspace.as_analyst("Rita") as rita:
        rita.appoint(workspace.analyst.id, True)
    blind.window.desk.look_around()
    review = beside(blind, "review", ReviewWindow)
    assert isinstance(review, ReviewWindow)
    assert review.notice.label.text() == "This is hidden until you have called the article done."
    assert review.bench.cases == []
    assert SECRET not in told_in(blind.window)
    blind.press("l", "a", "t", "x", "i", "n", "j", "m", "r", ";", "s", "w", "g")
    assert review.strip is None
    assert review.draft is None
    assert review.bench.cases == []
    assert SECRET not in told_in(blind.window)


def test_search_and_history_show_nothing_of_others(blind: Hands) -> None:
    window, workspace = blind.window, blind.window.desk.workspace
    window.articles.focus_search()
    blind.type(SECRET)
    blind.press(ENTER)
    blind.qtbot.wait(50)
    blind.press(*[Qt.Key.Key_Backspace] * len(SECRET))
    assert GUARANTEE not in told_in(window.articles)
    window.to_text()
    history = beside(blind, "history", HistoryWindow)
    assert isinstance(history, HistoryWindow)
    history.whose.setCurrentIndex(0)
    history.steps.author = None
    history.reload()
    shown = told_in(history)
    assert SECRET not in shown
    assert "Reject" not in shown
    assert workspace.count("statement").keys() == {(article_of(workspace), workspace.analyst.id)}


def test_the_tour_and_the_panel_know_the_own_layer_alone(blind: Hands) -> None:
    blind.window.actions_by_id["help.tour"].trigger()
    assert SECRET not in told_in(blind.window)
    page = blind.window.desk.page
    assert page is not None
    assert {mark.layer for mark in page.marks.values()} == {blind.window.desk.workspace.analyst.id}


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
    assert "1 new mark" in list(told(rita.merge(other, dry_run=True)))

    answer(MergeDialog, lambda dialog: dialog.reject())
    merge(hands.window, other)
    assert rita.count("mark") == before

    met = answer(MergeDialog, lambda dialog: dialog.accept())
    merge(hands.window, other)
    assert isinstance(met[0], MergeDialog)
    assert rita.count("mark") != before
    assert "merged" in hands.window._message.text()

    again = answer(MergeDialog, lambda dialog: dialog.accept())
    merge(hands.window, other)
    assert isinstance(again[0], MergeDialog)
    assert not again[0].yes.isVisible()


def test_gold_is_only_what_was_decided(tmp_path: Path) -> None:
    with team(tmp_path) as rita:
        assert not rita.page(article_of(rita), GOLD).marks


def test_the_main_window_opens_without_what_aligns_statements() -> None:
    script = "import sys, annotator.ui.window; print('scipy' in sys.modules)"
    done_ = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done_.stdout.strip() == "False"
