"""Each change of a codebook under way: what it says, what it rewrites, what it refuses."""

from __future__ import annotations

import msgspec
import pytest

from annotator.core import marking
from annotator.core.book import changing, merging, splitting, tree
from annotator.core.book.parts import Part, count, issue_part
from annotator.core.errors import Conflict, NotAllowed
from annotator.core.model import Issue, Statement
from annotator.core.revision import Change, Edit
from annotator.formats import annotator_json
from annotator.workspace import Workspace
from tests.workshop import mark
from tests.workspace.codebook.scene import MEETINGS, NATO, SUMMIT, Scene


def test_counts_say_what_uses_a_part(scene: Scene) -> None:
    assert str(count(scene.ada, Part("kind", "claim"))) == "2 marks in 1 article"
    assert str(count(scene.ada, Part("role", "claim"))) == "2 statements in 1 article"
    assert str(count(scene.ada, Part("kind", "cue"))) == "nothing"
    scene.fill_in(scene.position, "stance", -2)
    assert str(count(scene.ada, Part("stance", "-2"))) == "1 mark in 1 article"
    assert not count(scene.ada, Part("stance", "2"))


def test_renaming_touches_no_mark(scene: Scene) -> None:
    before = annotator_json.encode(scene.ada.bundle())
    plan = changing.change(scene.ada, Part("kind", "claim"), name=" What  is said ")
    assert plan.says == "Rename “Claim” to “What is said”: used by 2 marks in 1 article."
    done = scene.ada.do(plan.make())
    assert done is not None
    assert [entry.kind for entry in done.entries] == ["codebook"]
    assert scene.ada.codebook.kinds["claim"].name == "What is said"
    scene.ada.undo()
    assert annotator_json.encode(scene.ada.bundle()) == before


def test_two_kinds_become_one_with_their_roles_and_fields(scene: Scene) -> None:
    lavrov = str(scene.ada.actors()[0].id)
    scene.fill_in(scene.speaker, "actor", lavrov)
    usual = scene.ada.codebook.usual_role("claim")
    plan = merging.merge(scene.ada, Part("kind", "speaker"), Part("kind", "claim"))
    assert plan.says == "Merge “Speaker” into “Claim”: 1 mark in 1 article becomes “Claim”."
    done = scene.ada.do(plan.make())
    book = scene.ada.codebook
    assert scene.now(scene.speaker).kind == "claim"
    assert scene.now(scene.speaker).fields == {"actor": lavrov}
    assert "claim" in book.fields["actor"].on
    assert book.usual_role("claim") == usual
    assert scene.roles(scene.speaker) == ["claim"]
    assert "speaker" not in book.roles  # nothing could play it any more
    assert book.roles["via"].kinds == ("via", "claim", "addressee")
    assert done is not None
    assert scene.now(scene.speaker).changed_by == scene.speaker.layer


def test_a_merge_is_one_step_over_all_layers(scene: Scene) -> None:
    before = annotator_json.encode(scene.ada.bundle())
    stamp = scene.now(scene.via).changed_at
    done = scene.ada.do(
        merging.merge(scene.ada, Part("kind", "via"), Part("kind", "addressee")).make()
    )
    assert done is not None
    after = scene.now(scene.via)
    assert (after.kind, after.layer, after.changed_at) == ("addressee", scene.bo_layer, stamp)
    scene.ada.undo()
    assert annotator_json.encode(scene.ada.bundle()) == before
    scene.ada.redo()
    assert scene.now(scene.via).kind == "addressee"


def test_choices_stances_and_issues_become_one(scene: Scene) -> None:
    scene.fill_in(scene.statement, "told", "partial")
    scene.fill_in(scene.position, "stance", 1)
    scene.fill_in(scene.position, "issue", SUMMIT)
    for part, into in (
        (Part("choice", "partial", "told"), Part("choice", "direct", "told")),
        (Part("stance", "1"), Part("stance", "2")),
        (Part("issue", SUMMIT), Part("issue", NATO)),
    ):
        scene.ada.do(merging.merge(scene.ada, part, into).make())
    assert scene.now(scene.position).fields == {"stance": 2, "issue": NATO}
    told = scene.ada.record("statement", scene.statement.id)
    assert isinstance(told, Statement)
    assert told.fields == {"told": "direct"}
    assert scene.ada.record("issue", int(SUMMIT)) is None


def test_what_was_under_a_merged_issue_comes_under_the_other(scene: Scene) -> None:
    scene.ada.do(merging.merge(scene.ada, Part("issue", MEETINGS), Part("issue", SUMMIT)).make())
    issues = {issue.key: issue for issue in scene.ada.issues()}
    assert issues["summit"].parent is None  # it was under the one that went
    assert issues["trilateral"].parent == int(SUMMIT)


def test_only_like_is_merged_with_like(scene: Scene) -> None:
    for part, into in (
        (Part("kind", "cue"), Part("kind", "cue")),
        (Part("kind", "cue"), Part("role", "cue")),
        (Part("choice", "low", "certainty"), Part("choice", "direct", "told")),
    ):
        with pytest.raises(NotAllowed):
            merging.merge(scene.ada, part, into)


def test_a_used_entry_is_not_deleted(scene: Scene) -> None:
    with pytest.raises(NotAllowed) as no:
        merging.delete(scene.ada, Part("kind", "claim"))
    assert str(no.value) == (
        "2 marks in 1 article use “Claim”; merge it into another kind or retire it."
    )
    plan = merging.delete(scene.ada, Part("kind", "cue"))
    assert plan.says == "Delete “Cue”: nothing uses it."
    scene.ada.do(plan.make())
    assert "cue" not in scene.ada.codebook.roles


def test_an_entry_used_in_the_meantime_is_not_deleted(scene: Scene) -> None:
    edit = merging.delete(scene.ada, Part("kind", "cue")).make()
    mark(scene.ada, "cue", (0, 3))
    with pytest.raises(NotAllowed, match="is still in use"):
        scene.ada.do(edit)
    assert "cue" in scene.ada.codebook.kinds


def test_what_others_use_by_now_is_not_undone_away(scene: Scene) -> None:
    edit, part = changing.add_kind(scene.ada, "Evidence")
    scene.ada.do(edit)
    with Workspace.open(scene.ada.path, "Bo") as bo:
        mark(bo, part.key, (4, 6))
    passed = scene.ada.undo()
    assert passed is not None
    assert not passed.entries
    assert "the kind “Evidence” is still in use" in passed.label
    assert part.key in scene.ada.codebook.kinds


def test_a_mark_changed_in_the_meantime_stops_a_merge(scene: Scene) -> None:
    edit = merging.merge(scene.ada, Part("kind", "via"), Part("kind", "speaker")).make()
    with Workspace.open(scene.ada.path, "Bo") as bo:
        bo.do(marking.set_note(scene.now(scene.via), "hm"))
    with pytest.raises(Conflict):
        scene.ada.do(edit)
    assert "via" in scene.ada.codebook.kinds


def test_a_retired_entry_keeps_what_it_has(scene: Scene) -> None:
    plan = changing.retire(scene.ada, Part("kind", "claim"))
    assert plan.says == "Retire “Claim”: 2 marks in 1 article keep it."
    scene.ada.do(plan.make())
    assert scene.now(scene.claim).kind == "claim"
    assert "claim" not in scene.ada.codebook.kinds_offered()
    with pytest.raises(NotAllowed, match="retired already"):
        changing.retire(scene.ada, Part("kind", "claim"))
    scene.ada.do(changing.retire(scene.ada, Part("kind", "claim"), False).make())
    assert "claim" in scene.ada.codebook.kinds_offered()


def test_the_key_of_a_retired_kind_is_free(scene: Scene) -> None:
    scene.ada.do(changing.retire(scene.ada, Part("kind", "cue")).make())
    scene.ada.do(changing.change(scene.ada, Part("kind", "via"), key="Q").make())
    with pytest.raises(NotAllowed, match="share the key Q"):
        changing.retire(scene.ada, Part("kind", "cue"), False)


def test_chosen_marks_are_split_off(scene: Scene) -> None:
    plan, new = splitting.split(
        scene.ada, Part("kind", "claim"), "Demand", frozenset({scene.claim.id}), 0, avoid="D"
    )
    assert plan.says == (
        "Split “Demand” off “Claim”: 1 of 2 marks in 1 article goes over, the rest stays."
    )
    scene.ada.do(plan.make())
    book = scene.ada.codebook
    assert (scene.now(scene.claim).kind, book.kinds[new.key].key) == ("demand", "E")
    assert str(count(scene.ada, Part("kind", "claim"))) == "1 mark in 1 article"
    assert book.usual_role(new.key) == "claim"
    assert list(book.kinds)[1:3] == ["claim", "demand"]


def test_an_issue_is_split(scene: Scene) -> None:
    scene.fill_in(scene.position, "issue", SUMMIT)
    id = scene.ada.new_id()
    plan, new = splitting.split(
        scene.ada, Part("issue", SUMMIT), "Summit in Geneva", frozenset({scene.position.id}), id
    )
    scene.ada.do(plan.make())
    made = scene.ada.record("issue", id)
    assert isinstance(made, Issue)
    assert (made.parent, new) == (int(MEETINGS), issue_part(made))
    assert scene.now(scene.position).fields == {"issue": str(id)}


def test_no_issue_comes_under_itself(scene: Scene) -> None:
    with pytest.raises(NotAllowed) as no:
        tree.move_under(scene.ada, Part("issue", MEETINGS), Part("issue", SUMMIT))
    assert str(no.value).endswith("an issue cannot be under itself.")
    assert Part("issue", SUMMIT) not in tree.places(scene.ada, Part("issue", MEETINGS))
    scene.ada.do(tree.move_under(scene.ada, Part("issue", SUMMIT), None).make())
    moved = scene.ada.record("issue", int(SUMMIT))
    assert isinstance(moved, Issue)
    assert moved.parent is None


def test_a_field_holds_several_values_and_one_again(scene: Scene) -> None:
    scene.fill_in(scene.position, "issue", SUMMIT)
    part = Part("field", "issue")
    scene.ada.do(changing.change(scene.ada, part, many=True).make())
    assert scene.now(scene.position).fields == {"issue": [SUMMIT]}
    scene.fill_in(scene.position, "issue", [SUMMIT, NATO])
    with pytest.raises(NotAllowed, match="1 mark or statement holds several values of “Issue”"):
        changing.change(scene.ada, part, many=False).make()
    scene.fill_in(scene.position, "issue", [NATO])
    scene.ada.do(changing.change(scene.ada, part, many=False).make())
    assert scene.now(scene.position).fields == {"issue": NATO}


def test_what_marks_need_is_not_taken_away(scene: Scene) -> None:
    scene.fill_in(scene.position, "issue", SUMMIT)
    for part, values in (
        (Part("field", "issue"), {"on": ("claim",)}),
        (Part("field", "issue"), {"type": "text"}),
        (Part("role", "claim"), {"kinds": ("cue",)}),
    ):
        with pytest.raises(NotAllowed, match=r"in 1 article needs? it|in 1 article need it"):
            changing.change(scene.ada, part, **values)


def test_another_key_is_followed(scene: Scene) -> None:
    scene.fill_in(scene.position, "stance", 1)
    for part, key in (
        (Part("kind", "claim"), "content"),
        (Part("role", "claim"), "content"),
        (Part("field", "stance"), "side"),
        (Part("stance", "1"), "3"),
    ):
        scene.ada.do(merging.rekey(scene.ada, part, key).make())
    assert scene.now(scene.claim).kind == "content"
    assert scene.roles(scene.claim) == ["content"]
    assert scene.now(scene.position).fields == {"side": 3}
    with pytest.raises(NotAllowed, match="has the key cue already"):
        merging.rekey(scene.ada, Part("kind", "content"), "cue")
    with pytest.raises(NotAllowed, match="needs a name of letters"):
        merging.rekey(scene.ada, Part("kind", "content"), "a.b")


def test_names_that_are_taken_or_empty_are_refused(scene: Scene) -> None:
    for name in ("cue", "  ", "CUE "):
        with pytest.raises(NotAllowed):
            changing.change(scene.ada, Part("kind", "claim"), name=name)
    with pytest.raises(NotAllowed, match="not in the codebook any more"):
        changing.change(scene.ada, Part("kind", "nothing"), name="x")


def test_a_codebook_written_past_the_verbs_is_refused_too(scene: Scene) -> None:
    old = scene.ada.codebook
    kinds = {key: kind for key, kind in old.kinds.items() if key != "claim"}
    roles = {key: role for key, role in old.roles.items() if key != "claim"}
    with pytest.raises(NotAllowed, match="is still in use"):
        scene.ada.do(
            Edit("x", (Change(old, msgspec.structs.replace(old, kinds=kinds, roles=roles)),))
        )
