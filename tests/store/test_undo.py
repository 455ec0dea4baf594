"""Undo and redo: without limit, over restarts, for each analyst alone, never over another's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core import marking, people
from annotator.core.errors import Conflict
from annotator.core.model import Mark
from annotator.formats import annotator_json
from annotator.workspace import Workspace
from tests.workshop import mark, small_project

STEPS = 30


def snapshot(workspace: Workspace) -> bytes:
    return annotator_json.encode(workspace.bundle())


def test_every_step_can_be_taken_back_and_done_again_over_restarts(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    states = [snapshot(workspace)]
    for n in range(STEPS):
        mark(workspace, "claim", (n, n + 3))
        states.append(snapshot(workspace))

    def reopened() -> Workspace:
        workspace.close()
        return Workspace.open(path, "Ada")

    for expected in reversed(states[:-1]):
        workspace = reopened()
        assert workspace.undo()
        assert snapshot(workspace) == expected
    for expected in states[1:]:
        workspace = reopened()
        assert workspace.redo()
        assert snapshot(workspace) == expected
    assert workspace.redo() is None
    assert workspace.check() == []
    workspace.close()


def test_a_new_step_ends_what_could_be_redone(tmp_path: Path) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    mark(workspace, "claim", (0, 3))
    workspace.undo()
    assert workspace.next_redo() == "Claim ““It”"
    mark(workspace, "cue", (0, 3))
    assert workspace.next_redo() is None
    assert workspace.redo() is None
    workspace.close()


def test_what_a_project_begins_with_cannot_be_taken_back(tmp_path: Path) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    assert workspace.undo()  # the article
    before = [r.id for r in workspace.history()]
    assert workspace.next_undo() is None
    assert workspace.undo() is None
    assert [r.id for r in workspace.history()] == before
    workspace.close()


def test_each_analyst_takes_back_their_own(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    ada = small_project(path)
    bo = Workspace.open(path, "Bo")
    of_ada, of_bo = mark(ada, "claim", (0, 3)), mark(bo, "claim", (0, 3))
    assert ada.undo()
    assert ada.record("mark", of_ada.id) is None
    assert ada.record("mark", of_bo.id) is not None
    assert bo.next_redo() is None
    assert bo.undo()
    assert bo.record("mark", of_bo.id) is None
    ada.close()
    bo.close()


def test_what_someone_else_changed_since_is_not_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    ada = small_project(path)
    bo = Workspace.open(path, "Bo")
    speaker = mark(ada, "speaker", (24, 30))
    new = ada.record("mark", speaker.id)
    assert isinstance(new, Mark)
    edit, actor = people.file_under_new(
        ada.codebook, new, "actor", "Someone", "person", ada.new_id()
    )
    ada.do(edit)
    bo.do(people.learn_alias(actor, "a stranger"))
    before = snapshot(ada), [r.id for r in ada.history()]
    with pytest.raises(Conflict, match=r"New actor Someone.*changed since"):
        ada.undo()
    assert (snapshot(ada), [r.id for r in ada.history()]) == before
    bo.undo()
    assert ada.undo()
    assert ada.record("actor", actor.id) is None
    assert ada.check() == []
    ada.close()
    bo.close()


def test_an_edit_made_on_what_is_no_longer_there_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    first, second = small_project(path), Workspace.open(path, "Ada")
    made = mark(first, "claim", (0, 3))
    page, stale = first.page(made.article), second.page(made.article)
    first.do(marking.move_boundary(page, made.id, 0, "end", 9))
    before = [r.id for r in second.history()]
    with pytest.raises(Conflict, match="changed elsewhere"):
        second.do(marking.delete(stale, [made.id]))
    assert [r.id for r in second.history()] == before
    first.close()
    second.close()


def test_an_import_is_one_step(tmp_path: Path) -> None:
    source = small_project(tmp_path / "source.annotator")
    mark(source, "claim", (0, 3))
    workspace = small_project(tmp_path / "p.annotator")
    mark(workspace, "cue", (0, 3))
    before = snapshot(workspace)
    workspace.take_in(source.bundle(), "Import")
    assert snapshot(workspace) != before
    assert workspace.undo()
    assert snapshot(workspace) == before
    assert workspace.check() == []
    source.close()
    workspace.close()
