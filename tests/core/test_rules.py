"""Each rule of the data, broken once: its sentence, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from annotator.core.errors import NotAllowed
from annotator.core.model import (
    GOLD,
    Actor,
    Affiliation,
    Analyst,
    Assignment,
    Block,
    Fragment,
    Issue,
    Mark,
    Member,
    Record,
    Statement,
    Status,
    assignment_id,
    status_id,
)
from annotator.core.review.correcting import correct
from annotator.core.revision import Change, Edit
from annotator.formats import annotator_json
from annotator.workspace import Workspace
from tests.workshop import mark, small_project


def groups(actor: Actor) -> list[int]:
    return [one.actor for one in actor.affiliations]


def several_actors(scene: Scene) -> Change:
    """A codebook in which a speaker may be several actors."""
    book = scene.workspace.codebook
    field = msgspec.structs.replace(book.fields["actor"], many=True)
    return Change(book, msgspec.structs.replace(book, fields={**book.fields, "actor": field}))


class Scene:
    """A project of Ada's and Bo's, with one statement of claim and speaker on Ada's layer."""

    def __init__(self, path: Path) -> None:
        self.workspace = small_project(path)
        with Workspace.open(path, "Bo") as bo:
            self.bo = bo.analyst
            made = mark(bo, "claim", (0, 3))
            self.of_bo = bo.page(made.article).mark(made.id)
        self.article = self.workspace.articles()[0]
        self.claim = self.now(mark(self.workspace, "claim", (0, 23)))
        (at_hand,) = self.workspace.page(self.article.id).statements
        self.speaker = self.now(mark(self.workspace, "speaker", (24, 30), hand=at_hand))
        self.statement = self.workspace.page(self.article.id).statement(at_hand)
        self.actor = self.workspace.actors()[0]
        self.issue = self.workspace.issues()[0]

    def now(self, made: Mark) -> Mark:
        return self.workspace.page(made.article).mark(made.id)

    def new(self, **values: Any) -> Edit:
        """A mark of Ada's with a statement, as the values say."""
        usual = {
            "article": self.article.id,
            "layer": self.workspace.analyst.id,
            "kind": "claim",
            "fragments": (Fragment(0, 3, "“It"),),
        }
        return made(Mark(id=self.workspace.new_id(), **{**usual, **values}))


def made(record: Record) -> Edit:
    return Edit("Test", (Change(None, record),))


def changed(record: Record, **values: Any) -> Edit:
    return Edit("Test", (Change(record, msgspec.structs.replace(record, **values)),))


def gone(record: Record) -> Edit:
    return Edit("Test", (Change(record, None),))


def fields(record: Mark | Statement, **values: Any) -> Edit:
    return changed(record, fields={**record.fields, **values})


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path / "p.annotator")
    yield scene
    assert scene.workspace.check() == []
    scene.workspace.close()


BROKEN: dict[str, tuple[Callable[[Scene], Edit], str]] = {
    "another's layer, a new mark": (
        lambda s: s.new(layer=s.bo.id),
        "A layer is written by its own analyst alone.",
    ),
    "another's layer, a change": (
        lambda s: changed(s.of_bo, kind="cue"),
        "A layer is written by its own analyst alone.",
    ),
    "another's progress": (
        lambda s: made(
            Status(
                id=status_id(s.article.id, s.bo.id),
                article=s.article.id,
                layer=s.bo.id,
                progress="done",
            )
        ),
        "A layer is written by its own analyst alone.",
    ),
    "a mark in use deleted": (lambda s: gone(s.claim), "The mark is still in use."),
    "an article in use deleted": (lambda s: gone(s.article), "The article is still in use."),
    "an analyst in use deleted": (lambda s: gone(s.bo), "The analyst is still in use."),
    "the codebook deleted": (lambda s: gone(s.workspace.codebook), "The codebook is still in use."),
    "an issue above another deleted": (
        lambda s: gone(next(i for i in s.workspace.issues() if i.parent is None)),
        "The issue is still in use.",
    ),
    "an affiliation deleted": (
        lambda s: gone(
            next(
                a
                for a in s.workspace.actors()
                if any(a.id in groups(b) for b in s.workspace.actors())
            )
        ),
        "The actor is still in use.",
    ),
    "a mark moved to another article": (
        lambda s: changed(s.claim, article=5),
        "What the mark belongs to never changes.",
    ),
    "a statement moved to gold": (
        lambda s: changed(s.statement, layer=GOLD),
        "What the statement belongs to never changes.",
    ),
    "an article given another text": (
        lambda s: changed(s.article, sha256="0" * 64),
        "What the article belongs to never changes.",
    ),
    "a mark of no article": (
        lambda s: s.new(article=5),
        "The mark belongs to an article that does not exist.",
    ),
    "a mark of a foreign kind": (
        lambda s: s.new(kind="rumour"),
        "The codebook has no kind rumour.",
    ),
    "an empty fragment": (
        lambda s: s.new(fragments=(Fragment(3, 3, ""),)),
        "The fragments of the mark “” are empty or out of order.",
    ),
    "touching fragments": (
        lambda s: s.new(fragments=(Fragment(0, 1, "“"), Fragment(1, 3, "It"))),
        "The fragments of the mark ““ … It” are empty or out of order.",
    ),
    "a quote that is not the text": (
        lambda s: s.new(fragments=(Fragment(0, 3, "“At"),)),
        "The mark ““At” does not stand at 0 to 3.",
    ),
    "a fragment beyond the text": (
        lambda s: s.new(fragments=(Fragment(900, 903, "“It"),)),
        "The mark ““It” does not stand at 900 to 903.",
    ),
    "a field that its kind has not": (
        lambda s: fields(s.claim, stance=1),
        "The codebook has no field stance on a claim.",
    ),
    "a field nobody knows": (
        lambda s: fields(s.statement, mood="sad"),
        "The codebook has no field mood on a statement.",
    ),
    "an actor nobody knows": (
        lambda s: fields(s.speaker, actor="5"),
        "Actor names an actor that does not exist.",
    ),
    "an actor that is no id": (
        lambda s: fields(s.speaker, actor="Lavrov"),
        "Actor names an actor that does not exist.",
    ),
    "an actor that is an issue": (
        lambda s: fields(s.speaker, actor=str(s.issue.id)),
        "Actor names an actor that does not exist.",
    ),
    "a stance off the scale": (
        lambda s: s.new(kind="position", fields={"stance": 3}),
        "Stance cannot be 3.",
    ),
    "a stance between two": (
        lambda s: s.new(kind="position", fields={"stance": 1.0}),
        "Stance cannot be 1.0.",
    ),
    "an issue nobody knows": (
        lambda s: s.new(kind="position", fields={"issue": "5"}),
        "Issue names an issue that does not exist.",
    ),
    "a statement without marks": (
        lambda s: changed(s.statement, members=()),
        "A statement has at least one mark.",
    ),
    "a mark twice in a statement": (
        lambda s: changed(s.statement, members=(*s.statement.members, Member("via", s.speaker.id))),
        "A mark is in a statement once.",
    ),
    "a role nobody knows": (
        lambda s: changed(s.statement, members=(Member("singer", s.claim.id),)),
        "The codebook has no role singer.",
    ),
    "a mark in a role that is not its": (
        lambda s: changed(s.statement, members=(Member("speaker", s.claim.id),)),
        "A claim cannot be the speaker of a statement.",
    ),
    "a mark that does not exist": (
        lambda s: changed(s.statement, members=(Member("claim", 5),)),
        "A statement holds a mark that does not exist.",
    ),
    "a mark of another layer": (
        lambda s: changed(s.statement, members=(Member("claim", s.of_bo.id),)),
        "A statement holds a mark of another article or layer.",
    ),
    "blocks with a gap": (
        lambda s: changed(
            s.article, blocks=(Block(0, 5, "body"), Block(6, s.article.length, "body"))
        ),
        "The blocks of An article do not cover its text.",
    ),
    "blocks that end too soon": (
        lambda s: changed(s.article, blocks=(Block(0, 5, "body"),)),
        "The blocks of An article do not cover its text.",
    ),
    "an actor of nobody": (
        lambda s: made(Actor(id=5, name="A", affiliations=(Affiliation(actor=6),))),
        "Actor A is affiliated with nobody known.",
    ),
    "an actor of its own": (
        lambda s: changed(s.actor, affiliations=(Affiliation(actor=s.actor.id),)),
        "is affiliated with itself.",
    ),
    "an actor since no date": (
        lambda s: changed(
            s.actor,
            affiliations=(Affiliation(actor=s.workspace.actors()[1].id, since="2025-02-30"),),
        ),
        "'2025-02-30' is no date; write 2025, 2025-08 or 2025-08-24.",
    ),
    "an actor of its own, by way of another": (
        lambda s: Edit(
            "",
            tuple(
                Change(one, msgspec.structs.replace(one, affiliations=(Affiliation(actor=two),)))
                for one, two in (
                    (s.workspace.actors()[0], s.workspace.actors()[1].id),
                    (s.workspace.actors()[1], s.workspace.actors()[0].id),
                )
            ),
        ),
        "is affiliated with itself.",
    ),
    "an assignment of nothing": (
        lambda s: made(Assignment(id=assignment_id(5, s.bo.id), article=5, analyst=s.bo.id)),
        "An article that does not exist is assigned.",
    ),
    "an assignment to nobody": (
        lambda s: made(
            Assignment(id=assignment_id(s.article.id, 5), article=s.article.id, analyst=5)
        ),
        "An article is assigned to an analyst who does not exist.",
    ),
    "an assignment under another name": (
        lambda s: made(Assignment(id=5, article=s.article.id, analyst=s.bo.id)),
        "The assignment has not the id of its article and analyst.",
    ),
    "a copy of nothing": (
        lambda s: changed(s.article, copy_of=5),
        "An article is a copy of an article that does not exist.",
    ),
    "several values where one belongs": (
        lambda s: changed(s.speaker, fields={"actor": [str(s.actor.id)]}),
        "Actor holds one value.",
    ),
    "one value where several belong": (
        lambda s: Edit(
            "", (several_actors(s), *changed(s.speaker, fields={"actor": str(s.actor.id)}).changes)
        ),
        "The field “Actor” still holds one value.",
    ),
    "several values of which one is nobody": (
        lambda s: Edit(
            "",
            (
                several_actors(s),
                *changed(s.speaker, fields={"actor": [str(s.actor.id), "5"]}).changes,
            ),
        ),
        "Actor names an actor that does not exist.",
    ),
    "an issue under nothing": (
        lambda s: made(Issue(id=5, key="a", name="A", parent=6)),
        "Issue A is under an issue that does not exist.",
    ),
    "a codebook that does not fit together": (
        lambda s: changed(s.workspace.codebook, roles={}, kinds={}),
        "is on speaker, which is neither a kind nor statement.",
    ),
    "a text that did not come along": (
        lambda s: made(msgspec.structs.replace(s.article, id=5, sha256="0" * 64)),
        "has not the id of its text.",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_said_and_nothing_is_written(scene: Scene, name: str) -> None:
    make, says = BROKEN[name]
    edit = make(scene)
    before = annotator_json.encode(scene.workspace.bundle())
    steps = [revision.id for revision in scene.workspace.history()]
    with pytest.raises(NotAllowed) as caught:
        scene.workspace.do(edit)
    assert str(caught.value).endswith(says)
    assert annotator_json.encode(scene.workspace.bundle()) == before
    assert [revision.id for revision in scene.workspace.history()] == steps


def test_an_actor_in_a_field_is_in_use(scene: Scene) -> None:
    scene.workspace.do(made(Actor(id=5, name="Łuk")))
    scene.workspace.do(fields(scene.now(scene.speaker), actor="5"))
    actor = scene.workspace.record("actor", 5)
    assert actor is not None
    with pytest.raises(NotAllowed, match="The actor is still in use"):
        scene.workspace.do(gone(actor))
    scene.workspace.do(changed(scene.now(scene.speaker), fields={}))
    scene.workspace.do(gone(actor))
    assert scene.workspace.record("actor", 5) is None


def test_gold_follows_from_a_verdict(scene: Scene) -> None:
    edit = scene.new(layer=GOLD)
    with pytest.raises(NotAllowed, match="Gold follows from one verdict; there is none"):
        scene.workspace.do(edit)
    docket = scene.workspace.docket(scene.article.id)
    assert scene.workspace.do(correct(docket, edit))


def test_gold_is_for_reviewers(scene: Scene) -> None:
    with Workspace.open(scene.workspace.path, "Bo") as bo:
        docket = bo.docket(scene.article.id)
        with pytest.raises(NotAllowed, match="Gold is written by reviewers"):
            bo.do(correct(docket, scene.new(layer=GOLD)))


def test_who_only_reads_changes_nothing(scene: Scene) -> None:
    edit = made(Analyst(id=5, name="Eve"))
    with (
        Workspace.open(scene.workspace.path) as reading,
        pytest.raises(NotAllowed, match="opened for reading only"),
    ):
        reading.do(edit)


def test_one_step_changes_a_record_once(scene: Scene) -> None:
    twice = made(Analyst(id=5, name="Eve")).changes * 2
    with pytest.raises(NotAllowed, match="once"):
        scene.workspace.do(Edit("Test", twice))
