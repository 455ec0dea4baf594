"""What is read off a review: gold, verdicts, whose columns there are."""

from __future__ import annotations

from annotator.core.model import GOLD
from tests.ui.review.conftest import Reviewer
from tests.ui.review.scene import article_of


def gold(hands: Reviewer) -> list[str]:
    """The words of the claims of gold."""
    workspace = hands.window.desk.workspace
    page = workspace.page(article_of(workspace), GOLD)
    return [m.quote for s in page.in_order() for m in page.members(s, "claim")]


def verdicts(hands: Reviewer) -> list[str]:
    workspace = hands.window.desk.workspace
    return [verdict.decision for verdict in workspace.verdicts(article_of(workspace))]


def headings(hands: Reviewer) -> list[str]:
    table = hands.review.opened.table
    items = [table.horizontalHeaderItem(column) for column in range(table.columnCount())]
    return [item.text() for item in items if item is not None]
