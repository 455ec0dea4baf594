"""A small project that several have marked, whose figures can be counted by hand."""

from __future__ import annotations

from pathlib import Path

from annotator.core import marking
from annotator.core.codebook import actor_id, issue_id
from annotator.core.marking import set_field
from annotator.core.model import Article, Id, Mark, Status, status_id
from annotator.core.revision import Change, Edit
from annotator.workspace import Workspace
from tests.workshop import add_article, start

TEXT = "Lavrov said no. Zelensky said yes. Trump waited."
"""Claims: “no” (12, 14), “yes” (30, 33); speakers (0, 6), (16, 24)."""


def agreed_project(path: Path, articles: int = 2) -> None:
    """Ada finds both statements of each article and Ben the first alone, with a shorter speaker.

    Ada: 2 speakers, 2 claims, 2 positions an article; Ben: 1 of each. Ben's speaker overlaps Ada's
    and is not the same; so, with ``n`` articles, all kinds together:

    - exact: 2·2n / (6n + 3n) = 4/9; overlapping: 2·3n / 9n = 2/3; statements: 2·n / 3n = 2/3.
    - Of Ada's statements Ben found 1/2, of Ben's Ada found all.
    - Stances differ, +1 and -1, in each aligned statement.

    Chidi has marked nothing and is not done anywhere.
    """
    with Workspace.create(path, start(), "Ada") as ada:
        for number in range(articles):
            add_article(ada, f"{TEXT} {number}\n", f"Article {number}")
        for article in ada.articles():
            say(ada, article, (0, 6), (12, 14), "lavrov", 1)
            say(ada, article, (16, 24), (30, 33), "ukraine", 2)
            finish(ada, article)
        with ada.as_analyst("Ben") as ben:
            for article in ben.articles():
                say(ben, article, (0, 3), (12, 14), "lavrov", -1)
                finish(ben, article)
        ada.as_analyst("Chidi").close()


def say(
    workspace: Workspace,
    article: Article,
    speaker: tuple[int, int],
    claim: tuple[int, int],
    actor: str,
    stance: int,
) -> None:
    """A statement: who, what, and which side on whether there is to be a summit."""
    hand: Id | None = None
    for kind, span in (("speaker", speaker), ("claim", claim), ("position", claim)):
        page, book = workspace.page(article.id), workspace.codebook
        edit, mark, statement = marking.mark(page, book, kind, [span], workspace.new_id, hand)
        workspace.do(edit)
        hand = statement.id
        values: dict[str, str | int] = {}
        if kind == "speaker":
            values = {"actor": str(actor_id(actor))}
        elif kind == "position":
            values = {"issue": str(issue_id("summit")), "stance": stance}
        for field, value in values.items():
            now = workspace.record("mark", mark.id)
            assert isinstance(now, Mark)
            workspace.do(set_field(now, book, field, value))


def finish(workspace: Workspace, article: Article) -> None:
    """Call an article done."""
    layer = workspace.analyst.id
    id = status_id(article.id, layer)
    status = Status(id=id, article=article.id, layer=layer, progress="done")
    workspace.do(Edit("Done", (Change(workspace.record("status", id), status),)))
