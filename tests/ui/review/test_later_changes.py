"""What analysts change after it was decided."""

from __future__ import annotations

from annotator.core import marking
from annotator.core.review.procedure import reopen
from tests.ui.review.conftest import Reviewer
from tests.ui.review.reading import gold, verdicts
from tests.ui.review.scene import ADA, ANCHORAGE, GUARANTEE, article_of, done, say


def test_what_changes_after_it_was_decided_is_shown_and_nothing_is_lost(
    reviewing: Reviewer,
) -> None:
    reviewing.press("j", "a", "a")
    workspace = reviewing.window.desk.workspace
    article = article_of(workspace)
    with workspace.as_analyst("Ada") as ada:
        old = ada.status(article)
        ada.do(reopen(old))
        page = ada.page(article)
        statement = page.in_order()[1]
        (claim,) = page.members(statement, "claim")
        ada.do(marking.move_boundary(page, claim.id, 0, "end", claim.fragments[0].end - 1))
        done(ada)
    reviewing.window.desk.look_around()
    assert verdicts(reviewing) == ["accepted", "accepted"]
    stale = [case for case in reviewing.review.bench.cases if case.stale]
    assert len(stale) == 1
    assert ANCHORAGE in gold(reviewing)
    reviewing.review.bench.take(stale[0])
    assert reviewing.review.opened.since.text() == "A changed it since."
    reviewing.press("s")
    assert not any(case.stale for case in reviewing.review.bench.cases)
    assert ANCHORAGE in gold(reviewing)


def test_what_was_deleted_after_it_was_decided_stays_in_gold(reviewing: Reviewer) -> None:
    reviewing.review.bench.take(reviewing.review.bench.cases[4])
    reviewing.press("a")
    workspace = reviewing.window.desk.workspace
    with workspace.as_analyst("Ada") as ada:
        page = ada.page(article_of(ada))
        (gone,) = [s for s in page.in_order() if page.members(s, "claim")[0].quote == GUARANTEE]
        ada.do(marking.delete(page, gone.marks()))
    reviewing.window.desk.look_around()
    assert gold(reviewing) == [GUARANTEE]
    (case,) = [case for case in reviewing.review.bench.cases if case.stale]
    reviewing.review.bench.take(case)
    assert reviewing.review.opened.since.text() == "A took it away since."
    reviewing.press("w")
    assert gold(reviewing) == []


def test_a_layer_that_comes_later_joins_what_was_decided(reviewing: Reviewer) -> None:
    reviewing.press("j", "a")
    workspace = reviewing.window.desk.workspace
    with workspace.as_analyst("Cem") as cem:
        say(cem, ADA[2])
        done(cem)
    reviewing.window.desk.look_around()
    assert len(reviewing.review.bench.cases) == 5
    case = reviewing.review.bench.cases[1]
    assert case.state == "undecided"
    assert len(case.new) == 1
    assert gold(reviewing) == [ANCHORAGE]
