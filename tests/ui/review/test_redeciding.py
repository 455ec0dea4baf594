"""What is decided is not replaced unasked, and what is undecided is not called decided."""

from __future__ import annotations

from PySide6.QtCore import Qt

from annotator.core.model import GOLD, Id
from annotator.ui.review.strips import ReasonStrip
from tests.ui.review.conftest import Reviewer
from tests.ui.review.reading import gold, verdicts
from tests.ui.review.scene import ANCHORAGE, READY, SAME, Told, article_of, done, say
from tests.workshop import SEED_002

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
CONTROL = Qt.KeyboardModifier.ControlModifier
PREDATOR = "a predator"


def back_to(reviewing: Reviewer, case: int) -> None:
    reviewing.review.bench.take(reviewing.review.bench.cases[case])


def two_sides(reviewing: Reviewer) -> Id:
    """An article on which two analysts see the same words on two sides of one issue; open."""
    workspace = reviewing.window.desk.workspace
    other = article_of(workspace, SEED_002)
    for name, stance in (("Ada", -2), ("Ben", 1)):
        with workspace.as_analyst(name) as analyst:
            say(analyst, Told("Trump", PREDATOR, "Donald Trump", "summit", stance), other)
            done(analyst, other)
    reviewing.window.desk.look_around()
    reviewing.window.desk.open(other)
    return other


def test_a_letter_on_a_decided_case_says_so_first(reviewing: Reviewer) -> None:
    reviewing.press("j", "a")
    back_to(reviewing, 1)
    reviewing.press("b")
    assert gold(reviewing) == [ANCHORAGE]
    assert reviewing.said == (
        "This is accepted already: what A says. The same key again replaces that."
    )
    reviewing.press("b")
    assert gold(reviewing) == [ANCHORAGE[1:-1]]
    assert "Ctrl+Z takes it back" in reviewing.said
    reviewing.press("z", modifier=CONTROL)
    assert gold(reviewing) == [ANCHORAGE]


def test_going_elsewhere_or_another_key_forgets_the_first(reviewing: Reviewer) -> None:
    reviewing.press("j", "a")
    back_to(reviewing, 1)
    reviewing.press("b", "j", "k", "b")
    assert gold(reviewing) == [ANCHORAGE]
    reviewing.press("x", "b")
    assert gold(reviewing) == [ANCHORAGE]
    assert "what A says" in reviewing.said
    reviewing.press("g", "b")
    assert gold(reviewing) == [ANCHORAGE]
    reviewing.press("x", "t", "x", "x")
    assert verdicts(reviewing) == ["rejected"]


def test_a_correction_by_hand_is_not_thrown_away_unasked(reviewing: Reviewer) -> None:
    reviewing.press("j", "m")
    reviewing.tab_to("claim")
    reviewing.press("[")
    reviewing.press(ENTER, modifier=CONTROL)
    corrected = gold(reviewing)
    back_to(reviewing, 1)
    for key in ("a", "t", "x"):
        reviewing.press(key)
        assert gold(reviewing) == corrected
        assert reviewing.said.startswith("This is corrected by hand already.")
    workspace = reviewing.window.desk.workspace
    with workspace.as_analyst("Cem") as cem:
        say(cem, Told("Lavrov", ANCHORAGE, "Sergei Lavrov", near="Lavrov told"))
        done(cem)
    reviewing.window.desk.look_around()
    back_to(reviewing, 1)
    assert reviewing.states[1] == "undecided"
    reviewing.press("a")
    assert gold(reviewing) == corrected


def test_rejecting_in_place_of_a_decision_says_so(reviewing: Reviewer) -> None:
    reviewing.press("j", "a")
    back_to(reviewing, 1)
    reviewing.press("r")
    assert reviewing.review.strip is not None
    assert "in place of what was decided" in reviewing.review.strip.question.text()


def test_the_next_article_opens_at_what_is_undecided(reviewing: Reviewer) -> None:
    reviewing.press("a", "a")
    workspace = reviewing.window.desk.workspace
    other = article_of(workspace, SEED_002)
    for name in ("Ada", "Ben"):
        with workspace.as_analyst(name) as analyst:
            stance = 1 if name == "Ada" else -1
            told = Told("Emmanuel Macron", PREDATOR, "Emmanuel Macron", "summit", stance)
            say(analyst, told, other)
            done(analyst, other)
    reviewing.window.desk.look_around()
    reviewing.window.desk.open(other)
    bench = reviewing.review.bench
    assert [case.state for case in bench.cases] == ["undecided"]
    reviewing.press("d", modifier=CONTROL)
    reviewing.press(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert reviewing.window.desk.page is not None
    assert reviewing.window.desk.page.article.id == article_of(workspace)
    assert bench.case is bench.cases[2]
    bench.want("changed")
    reviewing.press(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert bench.case is not None
    assert bench.case.state == "undecided"


def all_decided(reviewing: Reviewer) -> None:
    reviewing.press("a", "a", "a", "a", "a")
    reviewing.press("d", modifier=CONTROL)
    assert reviewing.review.header.state.text() == "Decided"


def test_a_decision_taken_back_has_the_article_in_review_again(reviewing: Reviewer) -> None:
    all_decided(reviewing)
    back_to(reviewing, 1)
    reviewing.press("w")
    header = reviewing.review.header
    assert header.state.text() == "In review"
    assert header.coverage.text() == "2 of 2 done · 1 case undecided"
    assert reviewing.said.startswith("The article is in review again.")
    reviewing.press("z", modifier=CONTROL)
    assert header.state.text() == "Decided"
    assert header.coverage.text() == "2 of 2 done · all decided"


def test_what_comes_after_an_article_was_decided_shows_in_its_state(reviewing: Reviewer) -> None:
    all_decided(reviewing)
    workspace = reviewing.window.desk.workspace
    with workspace.as_analyst("Cem") as cem:
        say(cem, SAME[0])
        done(cem)
    reviewing.window.desk.look_around()
    assert reviewing.review.header.state.text() == "Decided but for 1"
    reviewing.press("n", "a")
    assert reviewing.review.header.state.text() == "Decided"


def test_two_sides_on_one_issue_in_one_statement_are_asked_about(reviewing: Reviewer) -> None:
    workspace = reviewing.window.desk.workspace
    other = two_sides(reviewing)
    reviewing.press("t")
    assert workspace.verdicts(other) == []
    assert reviewing.said == (
        "One statement would be both −2 rejects and +1 open on Putin–Zelensky summit."
        " The same key again keeps both."
    )
    reviewing.press("t")
    page = workspace.page(other, GOLD)
    (statement,) = page.in_order()
    assert [m.fields["stance"] for m in page.members(statement, "position")] == [-2, 1]
    assert len(page.marks) == 4
    (verdict,) = workspace.verdicts(other)
    assert (verdict.decision, len(verdict.sources)) == ("accepted", 2)
    back_to(reviewing, 0)
    reviewing.press("a")
    assert reviewing.said.startswith("This is accepted already: what A and B say.")
    reviewing.press("z", modifier=CONTROL)
    assert workspace.verdicts(other) == []
    assert not workspace.page(other, GOLD).marks


def test_statements_of_other_speakers_share_the_claim(reviewing: Reviewer) -> None:
    reviewing.press("j", "j", "t")
    assert gold(reviewing) == [READY, READY]
    workspace = reviewing.window.desk.workspace
    kinds = sorted(m.kind for m in workspace.page(article_of(workspace), GOLD).marks.values())
    assert kinds == ["claim", "position", "position", "speaker", "speaker"]


def test_a_digit_on_a_claim_in_what_is_edited_leaves_two_positions_alone(
    reviewing: Reviewer,
) -> None:
    two_sides(reviewing)
    reviewing.press("t", "t")
    back_to(reviewing, 0)
    reviewing.press("m")
    draft = reviewing.tab_to("claim")
    reviewing.press("5")
    positions = [m for m in draft.draft.page.marks.values() if m.kind == "position"]
    assert sorted(int(str(m.fields["stance"])) for m in positions) == [-2, 1]
    assert reviewing.said.startswith("The statement has 2 positions")


def test_why_something_is_accepted_asks_for_no_reason_of_a_rejection(reviewing: Reviewer) -> None:
    reviewing.press("a")
    back_to(reviewing, 0)
    reviewing.press("y")
    strip = reviewing.review.strip
    assert isinstance(strip, ReasonStrip)
    assert "Reasons belong to corrections and rejections" in strip.question.text()
    assert strip.entry.list.isHidden()
    reviewing.press(ENTER)
    assert strip.note.hasFocus()
    reviewing.type("both saw it")
    reviewing.press(ENTER)
    workspace = reviewing.window.desk.workspace
    (verdict,) = workspace.verdicts(article_of(workspace))
    assert (verdict.reason, verdict.note) == ("", "both saw it")


def test_the_window_says_how_it_is_closed(reviewing: Reviewer) -> None:
    assert reviewing.review._hints.text().endswith("Esc\u00a0close")
    reviewing.press("w", modifier=CONTROL)
    reviewing.qtbot.waitUntil(lambda: not reviewing.window.findChildren(type(reviewing.review)))
    assert reviewing.window.isVisible()
