"""What who is done, and sees the others' work, may still do, and what only after reopening."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.core import articles, marking
from annotator.core.book import merging
from annotator.core.book.parts import Part
from annotator.core.errors import NotAllowed
from annotator.core.people import keeping
from annotator.core.review.procedure import reopen
from tests.store.teams import claim_by
from tests.workspace.blindness.scene import Scene, leaks, told


def test_who_has_seen_goes_on_only_openly(scene: Scene) -> None:
    with scene.looking("Bo") as bo:
        bo.do(articles.set_progress(scene.article, scene.bo, None, "done"))
        with pytest.raises(NotAllowed, match="reopen it to go on"):
            claim_by(bo, 0, 23)
        with pytest.raises(NotAllowed, match="reopen it to go on"):
            bo.do(marking.set_note(scene.own, "as Ada says"))
        bo.do(reopen(bo.status(scene.article)))
        claim_by(bo, 0, 23)
        status = bo.status(scene.article)
        assert status is not None
        assert status.progress == "reopened"
        assert bo.sees(scene.article, scene.ada)


def test_who_is_done_still_merges_people(scene: Scene) -> None:
    """Making two people one changes every layer alike and says nothing of what was read."""
    with scene.looking("Ada") as ada:
        edit, other = keeping.new_actor(ada.new_id(), "S. Lavrov")
        ada.do(edit)
        named = [m for m in ada.page(scene.article).marks.values() if "actor" in m.fields]
        assert [m.fields["actor"] for m in named] == [str(scene.actor.id)]
        ada.do(ada.people.merge(other, scene.actor))
        assert ada.page(scene.article).mark(named[0].id).fields["actor"] == str(other.id)
        ada.undo()
        assert ada.page(scene.article).mark(named[0].id).fields["actor"] == str(scene.actor.id)
        ada.redo()
        assert ada.page(scene.article).mark(named[0].id).fields["actor"] == str(other.id)


def test_who_is_done_still_changes_the_codebook(scene: Scene) -> None:
    with scene.looking("Rita") as rita:
        own = claim_by(rita, 24, 30)
        rita.do(articles.set_progress(scene.article, rita.analyst.id, None, "done"))
        plan = merging.merge(rita, Part("kind", "claim"), Part("kind", "position"))
        rita.do(plan.make())
        (mark,) = (rita.page(scene.article).mark(m.mark) for m in own.members)
        assert mark.kind == "position"
        rita.undo()
        assert rita.page(scene.article).mark(mark.id).kind == "claim"


def test_a_reviewer_who_is_done_still_removes_the_article(scene: Scene) -> None:
    with scene.looking("Rita") as rita:
        claim_by(rita, 24, 30)
        rita.do(articles.set_progress(scene.article, rita.analyst.id, None, "done"))
        before = told(rita.page(scene.article))
        rita.remove(rita.articles())
        assert rita.article(scene.article) is None
        rita.undo()
        assert told(rita.page(scene.article)) == before


def test_who_is_done_brings_in_nothing_more_of_their_own(scene: Scene) -> None:
    with scene.looking("Bo") as bo:
        page = bo.page(scene.article)
        edit, _, _ = marking.mark(page, bo.codebook, "speaker", [(24, 30)], bo.new_id)
        bo.do(articles.set_progress(scene.article, scene.bo, None, "done"))
        for foreign in (False, True):
            with pytest.raises(NotAllowed, match="reopen it to go on"):
                bo.do(replace(edit, foreign=foreign))


def test_a_reviewer_who_marks_the_article_is_blind_as_well(scene: Scene) -> None:
    with scene.looking("Rita") as rita:
        assert rita.sees(scene.article, scene.ada)
        claim_by(rita, 0, 4)
        assert not rita.sees(scene.article, scene.ada)
        assert not leaks(scene, rita.bundle())
