"""Comments by keys: said, answered, resolved."""

from __future__ import annotations

from PySide6.QtCore import Qt

from annotator.core.review.commenting import answer_all, threads
from annotator.ui.review.comments import addressed
from tests.ui.review.conftest import Reviewer
from tests.ui.review.scene import article_of

ENTER = Qt.Key.Key_Return


def test_comments_are_said_answered_and_resolved(reviewing: Reviewer) -> None:
    reviewing.press("j", "j", "j", ";")
    reviewing.type("Is this advice?")
    reviewing.press(ENTER)
    workspace = reviewing.window.desk.workspace
    (comment,) = workspace.comments(article_of(workspace))
    assert comment.text == "Is this advice?"
    reviewing.press(".")
    reviewing.type("It is.")
    reviewing.press(ENTER, ",")
    first, answer = workspace.comments(article_of(workspace))
    assert answer.answer_to == first.id
    assert first.resolved
    assert workspace.review(article_of(workspace)) is None  # talking begins no review
    assert len(reviewing.review.bench.comments) == 2


def test_what_is_said_to_two_layers_is_one_thread_that_both_read(reviewing: Reviewer) -> None:
    """Answers and what is resolved too, whoever answers."""
    reviewing.press(";")
    reviewing.type("Which words?")
    reviewing.press(ENTER)
    rita = reviewing.window.desk.workspace
    article = article_of(rita)
    said = rita.comments(article)
    assert len({comment.layer for comment in said}) == len(said) == 2
    with rita.as_analyst("Ben") as ben:
        (thread,) = threads(ben.comments(article), {said[1].about})
        ben.do(answer_all(thread, "All of them.", ben.new_id))
    rita.poll()
    reviewing.press(".")
    reviewing.type("Then shorter.")
    reviewing.press(ENTER, ",")
    with rita.as_analyst("Ada") as ada:
        (thread,) = threads(ada.comments(article), {said[0].about})
    told = addressed(thread.comments, {}, str)
    assert [comment.text for comment, _ in told] == [
        "Which words?",
        "All of them.",
        "Then shorter.",
    ]
    assert all(comment.resolved for comment in thread.said)
    shown = addressed(reviewing.review.bench.comments, {}, str)
    assert len(shown) == 3
    assert len(reviewing.review.bench.threads) == 1
