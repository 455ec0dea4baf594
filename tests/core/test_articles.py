"""The verbs on articles and issues."""

from __future__ import annotations

import msgspec
import pytest

from annotator.core.articles import describe, divide, new_article, remove, set_progress
from annotator.core.errors import NotAllowed
from annotator.core.issues import file_under_new_issue
from annotator.core.model import Block, Issue, Status, status_id
from tests.core.pages import BOOK, Desk

BLOCKS = (Block(0, 4, "body"),)
EDIT, ARTICLE = new_article("Text", title="A", blocks=BLOCKS, file="a.txt")


def test_the_same_text_is_the_same_article() -> None:
    _, again = new_article("Text", title="Another title", blocks=BLOCKS)
    _, other = new_article("Text.", title="A", blocks=(Block(0, 5, "body"),))
    assert again.id == ARTICLE.id != other.id
    assert (ARTICLE.length, EDIT.texts) == (4, ("Text",))


def test_an_article_is_described() -> None:
    (change,) = describe(ARTICLE, title=" B ", outlet="The Example").changes
    assert (change.after.title, change.after.outlet) == ("B", "The Example")  # type: ignore[union-attr]
    assert not describe(ARTICLE, title="A")


def test_an_article_keeps_a_title_and_its_text() -> None:
    with pytest.raises(NotAllowed, match="needs a title"):
        describe(ARTICLE, title="  ")
    with pytest.raises(NotAllowed, match="no sha256 to set"):
        describe(ARTICLE, sha256="0")


def test_blocks_are_replaced_whole() -> None:
    two = (Block(0, 2, "headline"), Block(2, 4, "body"))
    (change,) = divide(ARTICLE, two).changes
    assert change.after.blocks == two  # type: ignore[union-attr]
    assert not divide(ARTICLE, BLOCKS)


def test_an_article_goes_with_all_that_was_said_about_it() -> None:
    desk = Desk()
    desk.mark("claim", "possible")
    here = desk.page.article
    copy = msgspec.structs.replace(here, id=5, copy_of=here.id)
    edit = remove([here], [*desk.page.marks.values(), *desk.page.statements.values()], [copy])
    assert [c.kind for c in edit.changes] == ["article", "statement", "mark", "article"]
    assert edit.changes[0].after == msgspec.structs.replace(copy, copy_of=None)
    assert all(c.after is None for c in edit.changes[1:])
    assert edit.foreign


def test_progress_is_new_until_it_is_said() -> None:
    id = status_id(1, 2)
    done = Status(id=id, article=1, layer=2, progress="done")
    (change,) = set_progress(1, 2, None, "done").changes
    assert (change.before, change.after) == (None, done)
    (change,) = set_progress(1, 2, done, None).changes
    assert (change.before, change.after) == (done, None)
    assert not set_progress(1, 2, done, "done")
    assert not set_progress(1, 2, None, None)


def test_an_issue_is_made_where_it_is_needed() -> None:
    desk = Desk()
    made = desk.mark("position", "possible")
    edit, issue = file_under_new_issue(BOOK, made, "issue", " There should\nbe rain ", 77)
    assert issue == Issue(
        id=77, key="77", name="There should be rain", proposition="There should be rain"
    )
    assert [c.kind for c in edit.changes] == ["issue", "mark"]
    assert edit.changes[1].after.fields == {"issue": "77"}  # type: ignore[union-attr]
