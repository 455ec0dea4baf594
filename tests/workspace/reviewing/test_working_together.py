"""Who may do what, comments, assignments, passphrases."""

from __future__ import annotations

import msgspec
import pytest

from annotator.core import articles, marking
from annotator.core.errors import BadInput, NotAllowed
from annotator.core.review import judging
from annotator.core.review.assigning import give, give_at_random, load, take_back
from annotator.core.review.commenting import answer, comment, delete, resolve, reword
from annotator.core.review.procedure import reopen, set_procedure, set_review
from annotator.core.revision import Change, Edit
from annotator.workspace import Workspace
from tests.workshop import add_article
from tests.workspace.reviewing.scene import Scene

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


def test_an_answer_stands_below_its_question_whatever_their_ids(scene: Scene) -> None:
    """Two people can write within a millisecond, and whose ids are lower is chance."""
    low, high = sorted(scene.rita.new_id() for _ in range(2))
    question, asked = comment(scene.of_ada, "Is this one claim?", high)
    reply, _ = answer(asked, "It is.", low)
    scene.rita.do(Edit("Comments", (*question.changes, *reply.changes)))
    first, second = scene.rita.comments(scene.article)
    assert first.made_at == second.made_at
    assert (first.id, second.id) == (high, low)


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
    assert len(give_at_random(ids, who, 1, 7, []).changes) == 10
    assert len(give_at_random(ids, who, 3, 7, []).changes) == 30
    for each in (0, 4):
        with pytest.raises(NotAllowed, match="1 to 3 of them"):
            give_at_random(ids, who, each, 1, [])


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
