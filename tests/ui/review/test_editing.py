"""What is edited before it is taken, or added to what is decided."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from annotator.core.model import GOLD
from tests.ui.review.conftest import Reviewer
from tests.ui.review.reading import gold, verdicts
from tests.ui.review.scene import ANCHORAGE, article_of

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
CONTROL = Qt.KeyboardModifier.ControlModifier


def hints(reviewing: Reviewer) -> str:
    """The keys at the foot, with plain spaces."""
    return reviewing.review._hints.text().replace("\u00a0", " ")


def test_editing_before_taking_in_the_fields_of_the_panel(reviewing: Reviewer) -> None:
    assert "A (B, C …) take" in hints(reviewing)
    reviewing.press("j", "j", "m")
    assert hints(reviewing).startswith("Ctrl+Return take this")
    reviewing.press(TAB)
    reviewing.tab_to("position")
    reviewing.press("1")
    assert verdicts(reviewing) == []
    reviewing.press(ENTER, modifier=CONTROL)
    assert reviewing.review.draft is None
    assert verdicts(reviewing) == ["corrected"]
    workspace = reviewing.window.desk.workspace
    page = workspace.page(article_of(workspace), GOLD)
    assert [m.fields["stance"] for m in page.marks.values() if m.kind == "position"] == [-2]


def test_what_is_taken_unchanged_is_called_accepted_as_the_list_calls_it(
    reviewing: Reviewer,
) -> None:
    reviewing.press("j", "m")
    reviewing.press(ENTER, modifier=CONTROL)
    assert verdicts(reviewing) == ["accepted"]
    assert reviewing.said.startswith("Accepted. ")
    reviewing.press("j", "m")
    reviewing.tab_to("position")
    reviewing.press("1")
    reviewing.press(ENTER, modifier=CONTROL)
    assert reviewing.said.startswith("Corrected. ")


def test_editing_begins_at_the_first_mark_of_the_case(reviewing: Reviewer) -> None:
    last = reviewing.review.bench.cases[-1]
    reviewing.review.bench.take(last)
    reviewing.press("m")
    draft = reviewing.review.draft
    assert draft is not None
    mark = draft.desk.current_mark
    assert mark is not None
    assert mark.kind == "speaker"
    assert last.place is not None
    assert (mark.start, draft.pane.view.caret()) == (last.place[0], last.place[0])
    view, (start, end) = draft.pane.view, last.place
    reviewing.qtbot.waitUntil(lambda: view.visible()[0] <= start and end <= view.visible()[1])


def test_the_title_says_whose_work_is_edited_and_how_another_is(reviewing: Reviewer) -> None:
    reviewing.press("j", "m")
    titles = [label.text() for label in reviewing.review.draft.findChildren(QLabel)]  # type: ignore[union-attr]
    assert "Edit what A said, then take it" in titles
    assert "To begin with B instead: press Esc, Shift+B, and M." in titles
    reviewing.press(ESC, ESC)
    reviewing.press("b", modifier=Qt.KeyboardModifier.ShiftModifier)
    reviewing.press("m")
    titles = [label.text() for label in reviewing.review.draft.findChildren(QLabel)]  # type: ignore[union-attr]
    assert "Edit what B said, then take it" in titles


def test_what_is_decided_is_seen_while_something_is_added(reviewing: Reviewer) -> None:
    quotation = reviewing.text.index(ANCHORAGE) + 1
    reviewing.press(Qt.Key.Key_Insert)
    before = todo(reviewing)
    reviewing.press(ESC)
    reviewing.review.bench.take(reviewing.review.bench.cases[1])
    reviewing.press("a", Qt.Key.Key_Insert)
    assert todo(reviewing) == before - 1
    draft = reviewing.review.draft
    assert draft is not None
    (mark,) = draft.pane.view.marks_at(quotation)
    draft.pane.view.mark_chosen.emit(mark)
    assert draft.desk.mark is None
    assert "decided already" in reviewing.said
    assert not draft.desk.page.marks  # type: ignore[union-attr]


def todo(reviewing: Reviewer) -> int:
    assert reviewing.review.draft is not None
    return len(reviewing.review.draft.panel.remaining)


def test_boundaries_are_edited_and_undone_in_the_draft(reviewing: Reviewer) -> None:
    reviewing.press("j", "m")
    reviewing.tab_to("claim")
    reviewing.press("[")
    reviewing.press("[")
    reviewing.press("z", modifier=CONTROL)
    reviewing.press(ENTER, modifier=CONTROL)
    assert gold(reviewing) == [ANCHORAGE[:-1]]


def test_a_draft_that_is_left_leaves_nothing(reviewing: Reviewer) -> None:
    reviewing.press("m", ESC, ESC)
    assert reviewing.review.draft is None
    assert reviewing.review.isVisible()
    assert verdicts(reviewing) == []
    reviewing.press("a")
    assert verdicts(reviewing) == ["accepted"]


def test_what_was_decided_is_edited_again(reviewing: Reviewer) -> None:
    reviewing.press("j", "a")
    reviewing.review.bench.take(reviewing.review.bench.cases[1])
    reviewing.press("m")
    reviewing.tab_to("claim")
    reviewing.press("[")
    reviewing.press(ENTER, modifier=CONTROL)
    assert gold(reviewing) == [ANCHORAGE[:-1]]
    assert verdicts(reviewing) == ["corrected"]


def test_what_no_layer_has_is_added(reviewing: Reviewer) -> None:
    reviewing.press(Qt.Key.Key_Insert)
    draft = reviewing.review.draft
    assert draft is not None
    words = "he wants a trilateral summit"
    at = reviewing.text.index(words)
    draft.pane.view.select(at, at + len(words))
    reviewing.press("c")
    reviewing.press(ENTER, modifier=CONTROL)
    assert gold(reviewing) == [words]
    assert len(reviewing.review.bench.cases) == 6
    assert verdicts(reviewing) == ["corrected"]


def test_a_gap_and_a_reason_are_added_to_a_decision(reviewing: Reviewer) -> None:
    reviewing.press("g")
    assert "Decide first" in reviewing.said
    reviewing.press("a")
    reviewing.review.bench.take(reviewing.review.bench.cases[0])
    reviewing.press("g", "y")
    reviewing.type("stan")
    reviewing.press(ENTER)
    reviewing.type("see rule 4")
    reviewing.press(ENTER)
    workspace = reviewing.window.desk.workspace
    (verdict,) = workspace.verdicts(article_of(workspace))
    assert (verdict.gap, verdict.reason, verdict.note) == (True, "stance", "see rule 4")
    assert workspace.gaps() == [verdict]
    assert "Guideline gap" in reviewing.review.opened.decision.text()
