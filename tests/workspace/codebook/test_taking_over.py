"""A codebook file taken over by a project in use."""

from __future__ import annotations

import msgspec
import pytest

from annotator.core.book import applying
from annotator.core.book.toml_out import encode
from annotator.core.codebook import Start, parse
from annotator.core.errors import NotAllowed
from tests.workspace.codebook.scene import Scene


def taken_over(scene: Scene, toml: str) -> tuple[str, ...]:
    applied = applying.apply(scene.ada, parse(toml, "it"), "it.toml")
    scene.ada.do(applied.edit)
    return applied.lines


def own(scene: Scene) -> str:
    return encode(Start(scene.ada.codebook, (), tuple(scene.ada.issues())))


def test_a_file_is_taken_over_in_one_step(scene: Scene) -> None:
    toml = own(scene).replace('name = "Claim"\nkey', 'name = "Content"\nkey')
    toml = toml.replace('name = "Ukraine in NATO"', 'name = "NATO"')
    toml += '\n[issues.bases]\nname = "Bases"\nparent = "nato"\n'
    before = len(list(scene.ada.history()))
    assert taken_over(scene, toml) == (
        "kind “Claim” (claim): renamed “Content”, used by 2 marks in 1 article",
        "issue “Ukraine in NATO” (nato): renamed “NATO”",
        "new issue “Bases” (bases)",
    )
    assert len(list(scene.ada.history())) == before + 1
    assert taken_over(scene, own(scene)) == ()


def test_what_vanishes_from_a_file_is_retired(scene: Scene) -> None:
    book = scene.ada.codebook
    kinds = {key: kind for key, kind in book.kinds.items() if key != "via"}
    roles = {
        key: msgspec.structs.replace(r, kinds=tuple(k for k in r.kinds if k != "via"))
        for key, r in book.roles.items()
        if key != "via"
    }
    fields = {
        key: msgspec.structs.replace(f, on=tuple(k for k in f.on if k != "via"))
        for key, f in book.fields.items()
    }
    smaller = msgspec.structs.replace(book, kinds=kinds, roles=roles, fields=fields)
    issues = tuple(issue for issue in scene.ada.issues() if issue.key != "nato")
    lines = taken_over(scene, encode(Start(smaller, (), issues)))
    assert lines == (
        "kind “Via” (via): retired, 1 mark in 1 article keeps it",
        "role “Via” (via): retired, 1 statement in 1 article keeps it",
        "issue “Ukraine in NATO” (nato): retired, nothing uses it",
    )
    after = scene.ada.codebook
    assert after.kinds["via"].retired
    assert "via" in after.fields["actor"].on


def test_a_file_that_marks_stand_against_is_refused(scene: Scene) -> None:
    toml = own(scene).replace(
        '[roles.claim]\nname = "Claim"\nkinds = ["claim"]',
        '[roles.claim]\nname = "Claim"\nkinds = ["cue"]',
    )
    with pytest.raises(NotAllowed, match="hold a claim as their claim: 2 statements"):
        applying.apply(scene.ada, parse(toml, "it"), "it.toml")


def test_actors_of_a_file_come_in_and_none_is_changed(scene: Scene) -> None:
    toml = own(scene) + '\n[actors.un]\nname = "United Nations"\ntype = "organisation"\n'
    assert taken_over(scene, toml) == ("new actor “United Nations”",)
    assert "United Nations" in {actor.name for actor in scene.ada.actors()}
    assert "Sergei Lavrov" in {actor.name for actor in scene.ada.actors()}
