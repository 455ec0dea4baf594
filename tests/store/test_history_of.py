"""The history of one article: found by an index that old projects get when they are opened."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotator.core import marking
from annotator.core.revision import Revision
from annotator.store.keeping.repairing import repair
from annotator.workspace import Workspace
from tests.workshop import add_article, mark, small_project

PROJECTS = sorted(Path(__file__).with_name("projects").glob("*.annotator"))


def looked_through(workspace: Workspace, article: int) -> list[Revision]:
    """The revisions that concern an article, found by reading the whole journal."""
    revisions = list(workspace.history())
    ids = {article}
    for revision in revisions:
        for entry in revision.entries:
            flat = entry.after if entry.before is None else entry.before
            if (flat or {}).get("article") == article:
                ids.add(entry.id)
    return [r for r in revisions if any(e.id in ids for e in r.entries)]


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.stem)
def test_an_old_project_knows_the_history_of_its_articles(tmp_path: Path, project: Path) -> None:
    path = tmp_path / project.name
    shutil.copyfile(project, path)
    workspace = Workspace.open(path, "Ada")
    for article in workspace.articles():
        found = workspace.history_of(article.id, limit=10_000)
        assert found
        assert found == looked_through(workspace, article.id)
    workspace.close()


def test_it_is_read_in_pieces_and_holds_what_is_gone(tmp_path: Path) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    made = mark(workspace, "claim", (0, 5))
    other = add_article(workspace, "Another text, of another article.\n", "Other")
    page = workspace.page(made.article)
    workspace.do(marking.set_note(page.marks[made.id], "look"))
    workspace.do(marking.delete(workspace.page(made.article), [made.id]))
    workspace.undo()
    whole = looked_through(workspace, made.article)
    assert [r.action for r in whole] == ["undo", "do", "do", "do", "do"]
    pieces: list[Revision] = []
    while more := workspace.history_of(made.article, pieces[-1] if pieces else None, limit=2):
        pieces += more
    assert pieces == whole
    assert len(workspace.history_of(other.id)) == 1
    workspace.redo()
    last = workspace.last_known("mark", made.id)
    assert workspace.record("mark", made.id) is None
    assert last is not None
    assert getattr(last, "note", None) == "look"
    workspace.close()


def test_what_came_in_by_a_merge_or_a_repair_is_in_the_history(tmp_path: Path) -> None:
    mine, theirs = tmp_path / "p.annotator", tmp_path / "theirs.annotator"
    small_project(mine).close()
    shutil.copyfile(mine, theirs)
    with Workspace.open(theirs, "Ada") as other:
        mark(other, "claim", (0, 3))
        other.undo()
    with Workspace.open(mine, "Ada") as workspace:
        workspace.merge(theirs)
        article = workspace.articles()[0].id
        found = workspace.history_of(article, limit=100)
        assert found == looked_through(workspace, article)
        assert len(found) == 3
    new = tmp_path / "new.annotator"
    repair(mine, new)
    with Workspace.open(new) as repaired:
        assert repaired.history_of(article, limit=100) == found
