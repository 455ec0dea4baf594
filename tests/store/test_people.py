"""What the workspace knows of people is what the project holds, after each step and at once."""

from __future__ import annotations

from pathlib import Path

from annotator.core.codebook import actor_id
from annotator.core.marking import set_field
from annotator.core.model import Actor, Id, Mark
from annotator.core.people.filing import file_under
from annotator.core.people.keeping import extent, new_actor
from annotator.workspace import Workspace
from tests.workshop import add_article, mark, small_project, start

LAVROV, PUTIN = actor_id("lavrov"), actor_id("putin")


def filed(workspace: Workspace, span: tuple[int, int], actor: Id) -> Mark:
    made = mark(workspace, "speaker", span)
    now = workspace.record("mark", made.id)
    whom = workspace.record("actor", actor)
    assert isinstance(now, Mark)
    assert isinstance(whom, Actor)
    workspace.do(file_under(workspace.codebook, now, "actor", whom))
    return now


def same_as_anew(workspace: Workspace, path: Path) -> None:
    """What is known by heart is what a second reader reads."""
    with Workspace.open(path) as other:
        mine, theirs = workspace.people.register, other.people.register
        assert list(mine.index) == list(theirs.index)
        for actor in mine.index:
            assert mine.filed.marks(actor.id) == theirs.filed.marks(actor.id)
            assert mine.filed.count(actor.id) == theirs.filed.count(actor.id)
            for name in actor.names:
                assert mine.filed.choices(name) == theirs.filed.choices(name)


def test_every_step_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "one.annotator"
    with small_project(path) as workspace:
        assert workspace.people.register.filed.count(LAVROV) == 0
        at = workspace.page(workspace.articles()[0].id).text.index("Lavrov")
        made = filed(workspace, (at, at + 6), LAVROV)
        assert [c.actor for c in workspace.people.register.filed.choices("lavrov")] == [LAVROV]
        same_as_anew(workspace, path)
        now = workspace.record("mark", made.id)
        assert isinstance(now, Mark)
        workspace.do(set_field(now, workspace.codebook, "actor", str(PUTIN)))
        assert workspace.people.register.filed.count(LAVROV) == 0
        same_as_anew(workspace, path)
        workspace.undo()
        workspace.undo()
        same_as_anew(workspace, path)
        workspace.redo()
        assert workspace.people.register.filed.count(LAVROV) == 1
        assert [s.article for s in workspace.people.statements(LAVROV)] == [made.article]
        assert workspace.people.statement_counts() == {workspace.analyst.id: {LAVROV: 1}}
        same_as_anew(workspace, path)


def test_words_are_the_same_with_another_ending_or_article_and_not_when_more_follows(
    tmp_path: Path,
) -> None:
    with Workspace.create(tmp_path / "one.annotator", start(), "Ada") as workspace:
        text = "The Kremlin said so. Kremlin’s men agreed. The Kremlin wall stood.\n"
        add_article(workspace, text, title="Walls")
        for words, actor in (
            ("The Kremlin", LAVROV),
            ("Kremlin’s", PUTIN),
            ("The Kremlin wall", PUTIN),
        ):
            at = text.rindex(words) if words.endswith("wall") else text.index(words)
            made = mark(workspace, "speaker", (at, at + len(words)))
            whom = workspace.record("actor", actor)
            now = workspace.record("mark", made.id)
            assert isinstance(now, Mark)
            assert isinstance(whom, Actor)
            workspace.do(file_under(workspace.codebook, now, "actor", whom))
        filed = workspace.people.register.filed
        for said in ("the Kremlin", "KREMLIN", "Kremlin's"):
            assert {(c.actor, c.times) for c in filed.choices(said)} == {(LAVROV, 1), (PUTIN, 1)}
        assert [(c.actor, c.times) for c in filed.choices("Kremlin wall")] == [(PUTIN, 1)]
        assert filed.choices("wall") == filed.choices('"') == filed.choices("") == []


def test_a_merge_reaches_every_layer_and_is_taken_back_at_once(tmp_path: Path) -> None:
    path = tmp_path / "one.annotator"
    with small_project(path) as workspace:
        edit, twin = new_actor(workspace.new_id(), "Lawrow")
        workspace.do(edit)
        filed(workspace, (1, 3), twin.id)
    with Workspace.open(path, "Ben") as ben:
        filed(ben, (4, 7), twin.id)
    with Workspace.open(path, "Ada") as ada:
        goes, stays = ada.record("actor", twin.id), ada.record("actor", LAVROV)
        assert isinstance(goes, Actor)
        assert isinstance(stays, Actor)
        before = ada.bundle()
        edit = ada.people.merge(stays, goes)
        assert edit.label.endswith(": 2 marks in 1 article")
        ada.do(edit)
        assert ada.record("actor", goes.id) is None
        assert ada.people.extent(LAVROV) == "2 marks in 1 article"
        assert extent([]) == "0 marks"
        assert ada.check() == []
        ada.undo()
        assert ada.bundle() == before
        assert ada.check() == []
