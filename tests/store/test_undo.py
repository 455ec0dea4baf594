"""Undo and redo: without limit, over restarts, for each analyst alone, never over another's work."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from annotator.core import marking, people
from annotator.core.errors import Conflict
from annotator.core.model import Actor, Mark
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


def a_new_actor(workspace: Workspace, mark: Mark) -> Actor:
    """File a mark under an actor nobody knew; returns the actor."""
    now = workspace.record("mark", mark.id)
    assert isinstance(now, Mark)
    edit, actor = people.file_under_new(
        workspace.codebook, now, "actor", "Someone", "person", workspace.new_id()
    )
    workspace.do(edit)
    return actor


def test_what_someone_else_changed_since_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    ada = small_project(path)
    bo = Workspace.open(path, "Bo")
    cue = mark(ada, "cue", (31, 35))
    actor = a_new_actor(ada, mark(ada, "speaker", (24, 30)))
    bo.do(people.learn_alias(actor, "a stranger"))
    before = snapshot(ada)
    passed = ada.undo()
    assert passed is not None
    assert passed.entries == ()
    assert passed.label == "“New actor Someone” was changed since by Bo; left as it is"
    assert snapshot(ada) == before
    assert ada.next_redo() is None
    taken_back = [revision.label for _ in range(2) if (revision := ada.undo())]
    assert taken_back == [
        "“Speaker “Lavrov”” was changed since by Ada; left as it is",
        "Cue “said”",
    ]
    assert ada.record("mark", cue.id) is None
    assert ada.redo()
    assert ada.record("mark", cue.id) is not None
    assert ada.redo() is None
    assert snapshot(ada) == before
    assert ada.check() == []
    ada.close()
    bo.close()


def test_what_someone_else_took_back_can_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    ada = small_project(path)
    bo = Workspace.open(path, "Bo")
    actor = a_new_actor(ada, mark(ada, "speaker", (24, 30)))
    bo.do(people.learn_alias(actor, "a stranger"))
    bo.undo()
    assert ada.undo()
    assert ada.record("actor", actor.id) is None
    assert ada.check() == []
    ada.close()
    bo.close()


def test_what_a_rule_keeps_is_passed_over_whole(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    ada = small_project(path)
    bo = Workspace.open(path, "Bo")
    mark(ada, "cue", (31, 35))
    actor = a_new_actor(ada, mark(ada, "speaker", (24, 30)))
    bos = bo.record("mark", mark(bo, "speaker", (24, 30)).id)
    assert isinstance(bos, Mark)
    bo.do(people.file_under(bo.codebook, bos, "actor", actor))
    before = snapshot(ada)
    passed = ada.undo()
    assert passed is not None
    assert passed.label == "“New actor Someone” is left as it is: the actor is still in use"
    assert snapshot(ada) == before
    assert ada.check() == []
    ada.close()
    bo.close()


def test_what_cannot_be_done_again_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    ada = small_project(path)
    bo = Workspace.open(path, "Bo")
    actor = a_new_actor(ada, mark(ada, "speaker", (24, 30)))
    ada.do(people.learn_alias(actor, "the man"))
    assert ada.undo()
    assert ada.undo()
    assert ada.redo()
    now = ada.record("actor", actor.id)
    assert isinstance(now, Actor)
    bo.do(people.learn_alias(now, "a stranger"))
    before = snapshot(ada)
    passed = ada.redo()
    assert passed is not None
    assert passed.label == "“Alias “the man” of Someone” was changed since by Bo; left as it is"
    assert snapshot(ada) == before
    assert ada.next_redo() is None
    assert ada.next_undo() == "New actor Someone"
    assert ada.check() == []
    ada.close()
    bo.close()


def test_two_who_work_on_one_thing_never_get_stuck(tmp_path: Path) -> None:
    """Whatever two do by turns, each can take back down to the beginning, and the rows hold."""
    path = tmp_path / "p.annotator"
    ada = small_project(path)
    both = [ada, Workspace.open(path, "Bo")]
    actor = a_new_actor(ada, mark(ada, "speaker", (24, 30)))
    draw = random.Random(5)
    for step in range(60):
        workspace = draw.choice(both)
        now = workspace.record("actor", actor.id)
        if isinstance(now, Actor) and draw.random() < 0.6:
            workspace.do(people.learn_alias(now, f"name {step}"))
        else:
            draw.choice([workspace.undo, workspace.redo])()
    for workspace in both:
        for _ in range(200):
            if workspace.undo() is None:
                break
        assert workspace.next_undo() is None
        assert workspace.check() == []
        workspace.close()


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
