"""Reviewing one article: taking, correcting, rejecting, judging anew, and what the analyst reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from annotator.core import articles, linking, marking
from annotator.core.errors import BadInput, NotAllowed
from annotator.core.model import GOLD, Id, Statement
from annotator.core.review import judging
from annotator.core.review.agreeing import Rule, agreed, in_words, sorted_out, take_agreed
from annotator.core.review.assigning import give, give_at_random, load, take_back
from annotator.core.review.commenting import answer, comment, delete, resolve, reword
from annotator.core.review.correcting import correct
from annotator.core.review.docket import Docket, changed_since, remaining
from annotator.core.review.procedure import reopen, set_procedure, set_review
from annotator.core.review.readback import Outcome, what_changed
from annotator.core.review.records import Verdict
from annotator.core.revision import Change, Edit
from annotator.workspace import Workspace
from tests.store.teams import TEXT, claim_by, groups_by_place, team_project, the_article
from tests.workshop import add_article


class Scene:
    """Ada and Bo have each marked the claim, Bo with another boundary and stance."""

    def __init__(self, path: Path) -> None:
        self.rita = team_project(path, "Ada", "Bo")
        self.ada, self.bo = self.rita.as_analyst("Ada"), self.rita.as_analyst("Bo")
        self.article = the_article(self.rita)
        self.of_ada = claim_by(self.ada, 0, 23, stance=-1)
        self.of_bo = claim_by(self.bo, 0, 22, stance=1)

    @property
    def docket(self) -> Docket:
        return self.rita.docket(self.article)

    @property
    def verdict(self) -> Verdict:
        (verdict,) = self.rita.verdicts(self.article)
        return verdict

    @property
    def gold(self) -> Statement:
        (statement,) = self.docket.gold.statements.values()
        return statement

    @property
    def both(self) -> tuple[Id, Id]:
        return self.of_ada.id, self.of_bo.id

    def take(self, *chosen: Id) -> None:
        self.rita.do(judging.take(self.docket, self.both, chosen, self.rita.new_id))

    def read_by(self, workspace: Workspace) -> list[Outcome]:
        docket = workspace.docket(self.article)
        return what_changed(
            docket, workspace.analyst.id, workspace.codebook, lambda _, value: str(value)
        )


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path / "p.annotator")
    yield scene
    assert scene.rita.check() == []
    for one in (scene.rita, scene.ada, scene.bo):
        one.close()


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
    assert (scene.verdict.decision, scene.verdict.reason) == ("corrected", "boundary")
    assert scene.docket.gold.marks[claim.id].quote == TEXT[:22]
    assert {one.fate for w in (scene.ada, scene.bo) for one in scene.read_by(w)} == {"corrected"}


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


FORBIDDEN = {
    "judge": lambda s, w: judging.take(s.docket, s.both, s.both[:1], w.new_id),
    "assign": lambda s, w: give([s.article], [w.analyst.id], []),
    "set the procedure": lambda s, w: set_procedure(None, blind=True),
    "call an article decided": lambda s, w: set_review(s.article, None, "decided"),
    "change the codebook": lambda s, w: Edit(
        "", (Change(w.codebook, msgspec.structs.replace(w.codebook, guidelines="Mine.")),)
    ),
    "write another's layer": lambda s, w: marking.set_note(s.of_ada, "no"),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_reviewers_do_others_may_not(scene: Scene, name: str) -> None:
    with pytest.raises(NotAllowed):
        scene.bo.do(FORBIDDEN[name](scene, scene.bo))
    if name != "write another's layer":
        assert scene.rita.do(FORBIDDEN[name](scene, scene.rita))


def test_reviewers_are_made_by_reviewers_and_one_remains(scene: Scene) -> None:
    with pytest.raises(NotAllowed, match="Reviewers say who is a reviewer"):
        scene.bo.appoint(scene.bo.analyst.id, True)
    with pytest.raises(NotAllowed, match="only reviewer"):
        scene.rita.appoint(scene.rita.analyst.id, False)
    scene.rita.appoint(scene.bo.analyst.id, True)
    scene.bo.poll()
    assert scene.bo.analyst.reviewer
    scene.bo.appoint(scene.rita.analyst.id, False)
    with pytest.raises(NotAllowed):
        scene.take(scene.of_ada.id)


def test_a_reviewer_reopens_with_a_reason(scene: Scene) -> None:
    scene.ada.do(articles.set_progress(scene.article, scene.ada.analyst.id, None, "done"))
    status = scene.rita.status(scene.article, scene.ada.analyst.id)
    with pytest.raises(NotAllowed):
        scene.bo.do(reopen(status, "look again"))
    scene.rita.do(reopen(status, "look again"))
    now = scene.ada.status(scene.article)
    assert now is not None
    assert (now.progress, now.reason) == ("reopened", "look again")


def test_comments_are_answered_and_resolved(scene: Scene) -> None:
    edit, asked = comment(scene.of_ada, " Is this one claim? ", scene.rita.new_id())
    scene.rita.do(edit)
    edit, _ = answer(scene.rita.comments(scene.article)[0], "It is.", scene.ada.new_id())
    scene.ada.do(edit)
    first, second = scene.ada.comments(scene.article)
    assert (first.text, second.answer_to) == ("Is this one claim?", asked.id)
    with pytest.raises(NotAllowed, match="whoever wrote it"):
        scene.ada.do(reword(first, "Something else"))
    scene.ada.do(resolve(first))
    first, second = scene.rita.comments(scene.article)
    assert first.resolved
    with pytest.raises(NotAllowed, match="still in use"):
        scene.rita.do(delete(first))
    with pytest.raises(NotAllowed, match="says something"):
        comment(scene.of_ada, " ", 5)


def test_articles_are_assigned_evenly_and_repeatably(scene: Scene) -> None:
    for n in range(9):
        add_article(scene.rita, f"Text {n}.\n", f"T{n}")
    ids = [a.id for a in scene.rita.articles()]
    who = [a.id for a in scene.rita.analysts()]
    edit = give_at_random(ids, who, 2, 7, [])
    assert edit == give_at_random(list(reversed(ids)), who, 2, 7, [])
    assert edit != give_at_random(ids, who, 2, 8, [])
    scene.rita.do(edit)
    given = scene.rita.assignments()
    loads = load(who, given, scene.rita.progress())
    assert sum(one.assigned for one in loads) == 20
    assert max(one.assigned for one in loads) - min(one.assigned for one in loads) <= 1
    assert not give_at_random(ids, who, 2, 9, given)
    scene.rita.do(take_back(given[:3]))
    assert len(scene.rita.assignments()) == 17
    with pytest.raises(NotAllowed, match="1 to 3 of them"):
        give_at_random(ids, who, 4, 1, [])


def test_what_was_taken_up_unasked_counts_as_well(scene: Scene) -> None:
    """Nobody was assigned anything, and Ada has called an article done."""
    ada, rita = scene.ada.analyst.id, scene.rita
    scene.ada.do(articles.set_progress(scene.article, ada, None, "done"))
    assert rita.assignments() == []
    (one,) = load([ada], [], rita.progress())
    assert (one.assigned, one.new, one.done) == (0, 0, 1)
    rita.do(give([scene.article], [ada], []))
    (one,) = load([ada], rita.assignments(), rita.progress())
    assert (one.assigned, one.new, one.done) == (1, 0, 1)


def test_a_passphrase_keeps_others_out(scene: Scene) -> None:
    scene.ada.set_passphrase("", "Ca\u0301fe")
    path = scene.rita.path
    for wrong in ("", "cafe"):
        with pytest.raises(BadInput, match="passphrase of Ada"):
            Workspace.open(path, "Ada", wrong)
    Workspace.open(path, "Ada", "C\u00e1fe").close()
    with pytest.raises(BadInput, match="until now is not right"):
        scene.ada.set_passphrase("wrong", "new")
    with pytest.raises(NotAllowed):
        scene.bo.clear_passphrase(scene.ada.analyst.id)
    scene.rita.clear_passphrase(scene.ada.analyst.id)
    scene.rita.as_analyst("Ada").close()


def test_others_work_is_removed_by_reviewers(scene: Scene) -> None:
    with pytest.raises(NotAllowed, match="Others have worked"):
        scene.bo.remove(scene.bo.articles())
    scene.take(scene.of_ada.id)
    before = scene.rita.bundle()
    scene.rita.remove(scene.rita.articles())
    assert scene.rita.articles() == []
    scene.rita.undo()
    assert scene.rita.bundle() == before
