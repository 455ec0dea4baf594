"""What all layers agree on, taken by a rule."""

from __future__ import annotations

import pytest

from annotator.core import marking
from annotator.core.model import Id, Statement
from annotator.core.review import judging
from annotator.core.review.agreeing import Rule, agreed, in_words, sorted_out, take_agreed
from tests.store.teams import claim_by, groups_by_place
from tests.workspace.reviewing.scene import Scene


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        (Rule(), 1),
        (Rule(boundary=1), 1),
        (Rule(fields=()), 1),
        (Rule(boundary=1, fields=()), 2),
        (Rule(boundary=None, fields=()), 2),
        (Rule(kinds=("claim",)), 1),
        (Rule(kinds=("claim",), boundary=1), 2),
        (Rule(kinds=("speaker",)), 0),
        (Rule(at_least=1), 2),
        (Rule(boundary=1, fields=(), at_least=3), 0),
    ],
)
def test_what_all_agree_on_is_taken_by_a_rule_in_one_step(
    scene: Scene, rule: Rule, count: int
) -> None:
    for one in (scene.ada, scene.bo):
        claim_by(one, 37, 46)
    claim_by(scene.ada, 48, 63)
    groups = groups_by_place(scene.rita)
    assert len(agreed(scene.docket, groups, rule)) == count
    steps = len(list(scene.rita.history()))
    edit = take_agreed(scene.docket, groups, rule, scene.rita.new_id)
    scene.rita.do(edit)
    assert len(scene.rita.verdicts(scene.article)) == count
    assert len(list(scene.rita.history())) == steps + (count > 0)
    assert not take_agreed(scene.docket, groups, rule, scene.rita.new_id)
    if count:
        scene.rita.undo()
        assert scene.rita.verdicts(scene.article) == []
        assert not scene.docket.gold.marks


def test_what_a_rule_leaves_is_told_with_the_reason(scene: Scene) -> None:
    for one in (scene.ada, scene.bo):
        claim_by(one, 37, 46)
    alone = claim_by(scene.ada, 48, 63)
    groups = groups_by_place(scene.rita)
    assert sorted_out(scene.docket, groups, Rule()).left == {"boundaries": 1, "few": 1}
    assert sorted_out(scene.docket, groups, Rule(boundary=1)).left == {"fields": 1, "few": 1}
    assert sorted_out(scene.docket, groups, Rule(kinds=("cue",))).left == {"kinds": 2, "few": 1}
    scene.rita.do(judging.reject(scene.docket, [alone.id], "outside"))
    assert sorted_out(scene.docket, groups, Rule()).left == {"boundaries": 1, "judged": 1}


def left(scene: Scene, rule: Rule, *group: Id) -> list[str]:
    """Why one group is not taken; nothing if it is."""
    return list(sorted_out(scene.docket, [group], rule).left)


def test_who_says_a_thing_twice_is_asked_first(scene: Scene) -> None:
    twice = [claim_by(scene.ada, 37, 46).id for _ in range(2)]
    once = claim_by(scene.bo, 37, 46).id
    assert left(scene, Rule(), twice[0], once) == []
    assert left(scene, Rule(), *twice, once) == ["few"]


def test_a_mark_and_a_statement_are_not_the_same(scene: Scene) -> None:
    assert left(scene, Rule(), scene.of_ada.id, scene.of_bo.marks()[0]) == ["marks"]


def test_two_marks_in_a_role_and_one_are_a_difference(scene: Scene) -> None:
    ada = scene.ada
    page, hand = ada.page(scene.article), scene.of_ada.id
    ada.do(marking.mark(page, ada.codebook, "position", [(37, 46)], ada.new_id, hand)[0])
    assert left(scene, Rule(boundary=1), *scene.both) == ["marks"]


def test_a_kind_that_only_one_has_marked_is_a_difference(scene: Scene) -> None:
    without = claim_by(scene.bo, 0, 23).id
    for kind in ("position", "claim"):
        expected = ["marks"] if kind == "position" else []
        assert left(scene, Rule(kinds=(kind,)), scene.of_ada.id, without) == expected


def test_of_boundaries_within_the_rule_those_most_have_are_taken(scene: Scene) -> None:
    with scene.rita.as_analyst("Cid") as cid:
        group = [claim_by(cid, 37, 47).id]
    group += [claim_by(one, 37, 46).id for one in (scene.ada, scene.bo)]
    rule = Rule(boundary=1)
    scene.rita.do(take_agreed(scene.docket, [group], rule, scene.rita.new_id))
    assert [mark.quote for mark in scene.docket.gold.marks.values()] == ["He waited"]


def test_of_overlapping_marks_the_longest_is_taken(scene: Scene) -> None:
    rule = Rule(boundary=None, fields=())
    groups = groups_by_place(scene.rita)
    scene.rita.do(take_agreed(scene.docket, groups, rule, scene.rita.new_id))
    said = [scene.docket.find(id) for id in scene.both]
    longest = max(
        mark.fragments[0].end
        for page, one in said
        if isinstance(one, Statement)
        for mark in page.members(one, "claim")
    )
    taken = scene.docket.gold
    assert [m.fragments[0].end for m in taken.marks.values() if m.kind == "claim"] == [longest]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule(), "said by all 3 layers, and by nobody otherwise; the same boundaries; all fields"),
        (Rule(boundary=1, at_least=2), "at least 2 of 3 layers"),
        (Rule(boundary=1), "at most 1 character apart"),
        (Rule(boundary=None), "overlap the longest, which is taken"),
        (Rule(fields=("actor", "stance")), "actor, stance must be equal"),
        (Rule(kinds=("claim",)), "claim marks have the same boundaries"),
    ],
)
def test_a_rule_reads_as_a_sentence(rule: Rule, words: str) -> None:
    assert words in in_words(rule, 3)
