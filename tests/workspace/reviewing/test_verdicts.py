"""Verdicts and the gold that follows from them."""

from __future__ import annotations

import msgspec
import pytest

from annotator.core import linking, marking
from annotator.core.errors import NotAllowed
from annotator.core.model import GOLD
from annotator.core.review import judging
from annotator.core.review.correcting import correct
from annotator.core.review.docket import changed_since, remaining
from annotator.core.revision import Change, Edit
from tests.store.teams import TEXT, claim_by
from tests.workspace.reviewing.scene import Scene


def test_what_is_taken_is_a_copy_with_proven_quotes(scene: Scene) -> None:
    scene.take(scene.of_ada.id)
    assert scene.verdict.decision == "accepted"
    assert set(scene.verdict.gold) == {scene.gold.id, *scene.gold.marks()}
    assert not set(scene.verdict.gold) & {scene.of_ada.id, *scene.of_ada.marks()}
    for mark in scene.docket.gold.marks.values():
        assert mark.layer == GOLD
        assert [TEXT[f.start : f.end] for f in mark.fragments] == [f.quote for f in mark.fragments]
    assert remaining([scene.both], [scene.verdict]) == []
    assert remaining([(*scene.both, 5)], [scene.verdict]) == [(*scene.both, 5)]


def test_gold_is_no_analyst_in_the_list(scene: Scene) -> None:
    before = scene.rita.lists.entries([scene.article])[scene.article].others
    scene.take(scene.of_ada.id)
    assert scene.rita.lists.entries([scene.article])[scene.article].others == before == 2


def test_both_are_taken_by_one_verdict(scene: Scene) -> None:
    scene.take(*scene.both)
    assert len(scene.docket.gold.statements) == 2
    assert scene.verdict.decision == "accepted"
    for who in (scene.ada, scene.bo):
        assert [one.fate for one in scene.read_by(who)] == ["accepted"]


def test_the_analysts_read_what_became_of_their_work(scene: Scene) -> None:
    alone = claim_by(scene.bo, 37, 46)
    scene.take(scene.of_ada.id)
    (mine,) = scene.read_by(scene.ada)
    assert (mine.fate, mine.words) == ("accepted", "Accepted as it is")
    his, other = scene.read_by(scene.bo)
    assert (his.fate, other.fate) == ("corrected", "not judged")
    assert [(c.what, c.role, c.mine, c.gold) for c in his.corrections] == [
        ("boundary", "claim", "“It was not discussed,", "“It was not discussed,”"),
        ("boundary", "position", "“It was not discussed,", "“It was not discussed,”"),
        ("field", "position", "1", "-1"),
    ]
    scene.rita.do(judging.reject(scene.docket, [alone.id], "outside", "see 3.1", gap=True))
    _, other = scene.read_by(scene.bo)
    assert (other.fate, other.words) == ("rejected", "Rejected: outside the guidelines (see 3.1)")
    assert len(scene.read_by(scene.ada)) == 1
    assert [v.sources[0].id for v in scene.rita.gaps()] == [alone.id]


def test_what_only_others_had_is_read_as_found_by_them(scene: Scene) -> None:
    alone = claim_by(scene.bo, 37, 46)
    scene.rita.do(judging.take(scene.docket, [alone.id], [alone.id], scene.rita.new_id))
    _, absent = scene.read_by(scene.ada)
    assert (absent.fate, absent.words) == ("found", "Another analyst found this")
    assert absent.finders == (scene.bo.analyst.id,)


def test_a_change_after_the_verdict_shows(scene: Scene) -> None:
    scene.take(scene.of_ada.id)
    position = next(m for m in scene.ada.page(scene.article).marks.values() if m.kind == "position")
    scene.ada.do(marking.set_field(position, scene.ada.codebook, "stance", 2))
    assert [s.id for s in changed_since(scene.docket, scene.verdict)] == [scene.of_ada.id]
    assert scene.read_by(scene.ada)[0].changed_since
    scene.ada.do(linking.delete_statement(scene.ada.page(scene.article), scene.of_ada.id))
    assert [s.id for s in changed_since(scene.docket, scene.verdict)] == [scene.of_ada.id]


def test_editing_before_taking_is_a_correction(scene: Scene) -> None:
    draft = judging.Draft(scene.docket, scene.both, [scene.of_ada.id], scene.rita.new_id)
    claim = next(m for m in draft.page.marks.values() if m.kind == "claim")
    draft.apply(marking.move_boundary(draft.page, claim.id, 0, "end", 22))
    scene.rita.do(draft.taken(reason="boundary", note="without the comma"))
    assert last_step(scene) == "Correct ““It was not discussed,”"
    assert (scene.verdict.decision, scene.verdict.reason) == ("corrected", "boundary")
    assert scene.docket.gold.marks[claim.id].quote == TEXT[:22]
    assert {one.fate for w in (scene.ada, scene.bo) for one in scene.read_by(w)} == {"corrected"}


def last_step(scene: Scene) -> str:
    return next(iter(scene.rita.history(1))).label


def test_a_step_is_named_by_what_is_said(scene: Scene) -> None:
    ada, article = scene.ada, scene.article
    edit, _, said = marking.mark(ada.page(article), ada.codebook, "speaker", [(24, 30)], ada.new_id)
    ada.do(edit)
    page = ada.page(article)
    ada.do(marking.mark(page, ada.codebook, "claim", [(37, 46)], ada.new_id, said.id)[0])
    scene.rita.do(judging.take(scene.docket, [said.id], [said.id], scene.rita.new_id))
    assert last_step(scene) == "Take “He waited”"
    edit, _, implied = marking.mark(ada.page(article), ada.codebook, "claim", [], ada.new_id)
    ada.do(edit)
    scene.rita.do(judging.take(scene.docket, [implied.id], [implied.id], scene.rita.new_id))
    assert last_step(scene) == "Take an implied claim"


def test_a_rejection_is_for_a_reason_of_the_list(scene: Scene) -> None:
    with pytest.raises(NotAllowed, match="A rejection has a reason from the list"):
        judging.reject(scene.docket, scene.both, "because")


def test_what_is_rejected_leaves_other_decisions_alone(scene: Scene) -> None:
    other = claim_by(scene.bo, 37, 46)
    scene.rita.do(judging.take(scene.docket, [other.id], [other.id], scene.rita.new_id))
    before = (scene.verdict, scene.docket.gold.marks)
    scene.take(scene.of_ada.id)
    scene.rita.do(judging.reject(scene.docket, scene.both, "outside"))
    (kept,) = (v for v in scene.rita.verdicts(scene.article) if v.decision != "rejected")
    assert (kept, scene.docket.gold.marks) == before


def test_nothing_left_of_a_draft_is_no_decision(scene: Scene) -> None:
    draft = judging.Draft(scene.docket, scene.both, [scene.of_ada.id], scene.rita.new_id)
    draft.apply(linking.delete_statement(draft.page, next(iter(draft.page.statements))))
    with pytest.raises(NotAllowed, match="reject it instead"):
        draft.taken()


def test_judging_again_replaces_the_verdict_and_its_gold(scene: Scene) -> None:
    scene.take(scene.of_ada.id)
    before = scene.verdict
    scene.take(scene.of_bo.id)
    assert scene.verdict.id == before.id
    assert not set(scene.verdict.gold) & set(before.gold)
    scene.rita.do(judging.reject(scene.docket, scene.both, "other", "neither"))
    assert not scene.docket.gold.marks
    scene.rita.undo()
    scene.rita.undo()
    assert scene.verdict == before
    assert set(scene.docket.gold.marks) <= set(before.gold)


def test_a_source_judged_alone_leaves_the_wider_verdict(scene: Scene) -> None:
    scene.take(scene.of_ada.id)
    scene.rita.do(judging.reject(scene.docket, [scene.of_bo.id], "duplicate"))
    assert [v.decision for v in scene.rita.verdicts(scene.article)] == ["rejected"]
    assert remaining([[scene.of_ada.id]], scene.rita.verdicts(scene.article))


def test_a_verdict_is_taken_back(scene: Scene) -> None:
    scene.take(scene.of_ada.id)
    scene.rita.do(judging.withdraw(scene.docket, scene.verdict))
    assert scene.rita.verdicts(scene.article) == []
    assert not scene.docket.gold.marks


def test_gold_edited_directly_keeps_where_it_is_from(scene: Scene) -> None:
    scene.take(scene.of_ada.id)
    gold = scene.docket.gold
    (position,) = gold.members(scene.gold, "position")
    edit = marking.set_field(position, scene.rita.codebook, "stance", 0)
    scene.rita.do(correct(scene.docket, edit, reason="stance"))
    assert (scene.verdict.decision, scene.verdict.reason) == ("corrected", "stance")
    back = marking.set_field(
        scene.docket.gold.marks[position.id], scene.rita.codebook, "stance", -1
    )
    scene.rita.do(correct(scene.docket, back))
    assert scene.verdict.decision == "accepted"
    more, speaker, _ = marking.mark(
        scene.docket.gold,
        scene.rita.codebook,
        "speaker",
        [(24, 30)],
        scene.rita.new_id,
        scene.gold.id,
    )
    scene.rita.do(correct(scene.docket, more))
    assert speaker.id in scene.verdict.gold
    gone = linking.delete_statement(scene.docket.gold, scene.gold.id)
    scene.rita.do(correct(scene.docket, gone))
    assert (scene.verdict.decision, scene.verdict.gold) == ("rejected", ())


def test_what_a_reviewer_adds_has_a_verdict_of_its_own(scene: Scene) -> None:
    edit, _, _ = marking.mark(
        scene.docket.gold, scene.rita.codebook, "claim", [(48, 63)], scene.rita.new_id
    )
    with pytest.raises(NotAllowed, match="Gold follows from one verdict"):
        scene.rita.do(edit)
    scene.rita.do(correct(scene.docket, edit))
    assert (scene.verdict.sources, len(scene.verdict.gold)) == ((), 2)
    assert scene.read_by(scene.ada)[-1].fate == "added"
    scene.rita.do(correct(scene.docket, linking.delete_statement(scene.docket.gold, scene.gold.id)))
    assert scene.rita.verdicts(scene.article) == []


def test_gold_that_another_verdict_needs_is_handed_to_it(scene: Scene) -> None:
    scene.take(scene.of_ada.id)
    first = scene.gold
    other = claim_by(scene.bo, 37, 46)
    scene.rita.do(judging.take(scene.docket, [other.id], [other.id], scene.rita.new_id))
    gold = scene.docket.gold
    second = next(s for s in gold.in_order() if s.id != first.id)
    (position,) = gold.members(first, "position")
    link = linking.link(gold, scene.rita.codebook, second.id, position.id)
    scene.rita.do(correct(scene.docket, link))
    scene.rita.do(judging.reject(scene.docket, scene.both, "outside"))
    assert position.id in scene.docket.gold.marks
    owner = next(v for v in scene.rita.verdicts(scene.article) if position.id in v.gold)
    assert owner.sources[0].id == other.id


BROKEN = {
    "gold without its verdict": lambda s: Edit("", tuple(Change(m, None) for m in [s.gold])),
    "a verdict without its gold": lambda s: Edit("", (Change(s.verdict, None),)),
    "gold that a verdict forgets": lambda s: Edit(
        "", (Change(s.verdict, msgspec.structs.replace(s.verdict, gold=s.verdict.gold[:-1])),)
    ),
    "a rejection that keeps gold": lambda s: Edit(
        "", (Change(s.verdict, msgspec.structs.replace(s.verdict, decision="rejected")),)
    ),
    "a second verdict on one source": lambda s: Edit(
        "", (Change(None, msgspec.structs.replace(s.verdict, id=77)),)
    ),
    "an unknown reason": lambda s: judging.explain(s.verdict, "because", ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_gold_and_verdicts_go_together(scene: Scene, name: str) -> None:
    scene.take(scene.of_ada.id)
    before = scene.verdict
    with pytest.raises(NotAllowed):
        scene.rita.do(BROKEN[name](scene))
    assert scene.verdict == before
