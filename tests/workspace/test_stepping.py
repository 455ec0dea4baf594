"""A layer as it was after any step, and stepping back to it without losing what came after."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core import linking, marking
from annotator.core.articles import divide
from annotator.core.model import Actor, Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.people.filing import file_under_new
from annotator.core.revision import Edit, Revision
from annotator.core.stepping import amount, blocks_then, content, layer_then, step_back
from annotator.core.text.blocks import set_block
from annotator.workspace import Workspace
from tests.workshop import add_article, small_project, start

TEXT = "“We’re going to find out,” Trump said. “It’s possible 😀.” He waited. Moscow agreed."
Contents = dict[tuple[str, Id], Mark | Statement]


def contents(page: Page) -> Contents:
    """What a page says, whoever changed it last."""
    found: Contents = {("mark", m.id): content(m) for m in page.marks.values()}
    return found | {("statement", s.id): content(s) for s in page.statements.values()}


def back_to(workspace: Workspace, article: Id, revision: Revision) -> Edit:
    page = workspace.page(article)
    steps = workspace.history_of(article, limit=10_000)
    then = layer_then(steps, revision, article, page.layer)

    def gone(kind: str, id: Id) -> Actor | None:
        if workspace.record(kind, id) is not None:
            return None
        last = workspace.last_known(kind, id)
        return last if isinstance(last, Actor) else None

    return step_back(page, then, blocks_then(steps, revision, page), gone, "then")


deeds = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 60))


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(deeds, min_size=1, max_size=16))
def test_stepping_back_gives_the_layer_as_it_was(steps: list[tuple[int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.create(Path(folder) / "p.annotator", start(), "Ada")
        bo = Workspace.open(workspace.path, "Bo")
        article = add_article(workspace, TEXT).id
        kept: list[tuple[Revision, Contents]] = []
        for what, pick, at in steps:
            bos = marking.mark(bo.page(article), bo.codebook, "cue", [(at, at + 4)], bo.new_id)[0]
            bo.do(bos)
            revision = deed(workspace, article, what, pick, at)
            if revision is not None:
                kept.append((revision, contents(workspace.page(article))))
        others = contents(bo.page(article))
        last = contents(workspace.page(article))
        for revision, then in kept:
            edit = back_to(workspace, article, revision)
            assert bool(edit) == (then != last)
            assert bool(amount(edit)) == bool(edit)
            if edit:
                workspace.do(edit)
                assert contents(workspace.page(article)) == then
                workspace.undo()
            assert contents(workspace.page(article)) == last
        assert contents(bo.page(article)) == others
        assert workspace.check() == []
        workspace.close()
        bo.close()


def deed(workspace: Workspace, article: Id, what: int, pick: int, at: int) -> Revision | None:
    """Something an analyst does, on the mark or statement of a number."""
    page, book = workspace.page(article), workspace.codebook
    marks, statements = list(page.marks.values()), list(page.statements.values())
    if what == 8:
        return (
            workspace.undo() if workspace.next_undo() not in (None, "Import An article") else None
        )
    if what == 9:
        return workspace.redo()
    if what <= 2 or not marks or not statements:
        hand = statements[pick % len(statements)].id if statements and pick % 2 else None
        kind = ["speaker", "claim", "position"][pick % 3]
        return workspace.do(
            marking.mark(page, book, kind, [(at, at + 5)], workspace.new_id, hand)[0]
        )
    mark, statement = marks[pick % len(marks)], statements[pick % len(statements)]
    verbs: dict[int, Callable[[], Edit]] = {
        3: lambda: marking.delete(page, [mark.id]),
        4: lambda: linking.unlink(page, statement.id, mark.id),
        5: lambda: marking.set_note(mark, f"note {at}"),
        6: lambda: marking.set_fragment(page, mark.id, 0, (at, at + 9)),
        7: lambda: linking.delete_statement(page, statement.id),
    }
    return workspace.do(verbs[what]())


def test_an_actor_that_is_gone_comes_back_with_the_mark_that_names_it(tmp_path: Path) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    page = workspace.page(workspace.articles()[0].id)
    made = marking.mark(page, workspace.codebook, "speaker", [(24, 30)], workspace.new_id)[0]
    workspace.do(made)
    mark = next(iter(workspace.page(page.article.id).marks.values()))
    edit, actor = file_under_new(
        workspace.codebook, mark, "actor", "Someone", "person", workspace.new_id()
    )
    filed = workspace.do(edit)
    assert filed is not None
    workspace.undo()
    assert workspace.record("actor", actor.id) is None
    workspace.do(back_to(workspace, page.article.id, filed))
    assert workspace.record("actor", actor.id) == actor
    assert workspace.page(page.article.id).marks[mark.id].fields == {"actor": str(actor.id)}
    workspace.close()


def headed(workspace: Workspace, article: Id) -> Revision:
    """The article with its first sentence as a heading."""
    old = workspace.page(article).article
    done = workspace.do(divide(old, set_block(old.blocks, TEXT, 0, "heading")))
    assert done is not None
    return done


def test_the_blocks_come_back(tmp_path: Path) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    article = add_article(workspace, TEXT).id
    blocks = workspace.page(article).article.blocks
    first = deed(workspace, article, 0, 0, 0)
    assert first is not None
    headed(workspace, article)
    edit = back_to(workspace, article, first)
    assert amount(edit) == "the blocks are as they were"
    workspace.do(edit)
    assert workspace.page(article).article.blocks == blocks
    workspace.undo()
    assert workspace.page(article).article.blocks != blocks
    workspace.close()


def test_blocks_that_somebody_else_has_changed_stay(tmp_path: Path) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    article = add_article(workspace, TEXT).id
    first = deed(workspace, article, 0, 0, 0)
    assert first is not None
    with Workspace.open(workspace.path, "Bo") as bo:
        headed(bo, article)
    workspace.poll()
    assert not back_to(workspace, article, first)
    workspace.close()


def test_how_much_changes_is_said(tmp_path: Path) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    article = workspace.articles()[0].id
    first = deed(workspace, article, 0, 1, 3)
    assert first is not None
    deed(workspace, article, 0, 2, 8)
    deed(workspace, article, 5, 0, 1)
    edit = back_to(workspace, article, first)
    assert amount(edit) == "1 mark goes, 1 mark is as it was, 1 statement goes"
    workspace.close()
