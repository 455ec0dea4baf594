"""Nobody sees what is hidden from them: every way of reading is tried, and a new one must be told here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest

from annotator.core import articles
from annotator.core.errors import NotAllowed
from annotator.core.model import GOLD
from annotator.core.review import judging
from annotator.core.review.procedure import set_procedure
from annotator.core.revision import Revision
from annotator.store.driver import connect
from annotator.store.finding.listing import Wanted
from annotator.store.finding.reader import Reader
from annotator.workspace import Workspace
from annotator.workspace.people import People
from tests.workspace.blindness.scene import NOTE, VERDICT, Scene, leaks, told


def heard(scene: Scene, workspace: Workspace) -> list[Revision]:
    """What a listener hears of work that others do meanwhile."""
    found: list[Revision] = []
    workspace.subscribe(found.append)
    with scene.looking("Rita") as rita:
        docket = rita.docket(scene.article, [scene.ada])
        edit = judging.reject(
            docket,
            [docket.verdicts[0].sources[0].id],
            "outside",
            note=VERDICT,
        )
        rita.do(edit)
        rita.undo()
    workspace.poll()
    assert found
    return found


def of_others(workspace: Workspace, found: Iterable[Revision]) -> list[Revision]:
    return [revision for revision in found if revision.author != workspace.analyst.id]


KINDS = ("mark", "statement", "verdict", "comment", "status")
Ask = Callable[[Workspace, Scene], object]
READING: dict[str, Ask] = {
    "analyst": lambda w, s: w.analyst,
    "analysts": lambda w, s: w.analysts(),
    "analysts_by_name": lambda w, s: w.analysts_by_name(),
    "actors": lambda w, s: w.actors(),
    "article": lambda w, s: w.article(s.article),
    "article_ids": lambda w, s: w.article_ids(),
    "articles": lambda w, s: w.articles(),
    "arrivals": lambda w, s: w.arrivals(),
    "assignments": lambda w, s: w.assignments(),
    "bundle": lambda w, s: [w.bundle(), w.bundle(w.articles(), s.ada), w.bundle(None, GOLD)],
    "check": lambda w, s: w.check(),
    "codebook": lambda w, s: w.codebook,
    "comments": lambda w, s: w.comments(s.article),
    "count": lambda w, s: [key for key in w.count("mark") if key[1] != s.bo],
    "count_using": lambda w, s: w.count_using([]),
    "docket": lambda w, s: [w.docket(s.article), w.docket(s.article, [s.ada])],
    "former_names": lambda w, s: w.former_names(),
    "gaps": lambda w, s: w.gaps(),
    "has_gaps": lambda w, s: w.has_gaps,
    "has_passphrase": lambda w, s: w.has_passphrase(s.ada),
    "history": lambda w, s: of_others(w, w.history()),
    "history_of": lambda w, s: of_others(w, w.history_of(s.article)),
    "last_known": lambda w, s: [w.last_known(k, i) for i in s.hidden for k in KINDS],
    "agreement": lambda w, s: [w.agreement(), w.agreement([s.ada, s.bo])],
    "compared_layers": lambda w, s: [x for x in w.compared_layers() if x != w.analyst.id],
    "copies_of": lambda w, s: w.copies_of([s.article]),
    "outgoing": lambda w, s: [w.outgoing(), w.outgoing(None, s.ada)],
    "giving": lambda w, s: [w.giving(w.articles()), w.giving(w.articles(), s.ada)],
    "issues": lambda w, s: w.issues(),
    "layers": lambda w, s: [x for x in w.layers(s.article) if x != s.bo],
    "look_ahead": lambda w, s: w.look_ahead(0),
    "may": lambda w, s: w.may("judge"),
    "next_redo": lambda w, s: w.next_redo(),
    "next_undo": lambda w, s: [x for x in [w.next_undo()] if w.analyst.id != s.bo],
    "page": lambda w, s: [w.page(s.article, layer) for layer in (s.ada, GOLD)],
    "path": lambda w, s: "",
    "poll": lambda w, s: heard(s, w),
    "procedure": lambda w, s: w.procedure(),
    "progress": lambda w, s: w.progress(),
    "record": lambda w, s: [w.record(k, i) for i in s.hidden for k in KINDS],
    "these": lambda w, s: [list(w.these(k, s.hidden).values()) for k in ("mark", "statement")],
    "review": lambda w, s: w.review(s.article),
    "reworded": lambda w, s: w.reworded(w.comments(s.article)),
    "sees": lambda w, s: w.sees(s.article, s.ada),
    "signatures": lambda w, s: w.signatures([s.article]),
    "size_of": lambda w, s: [x for x in [w.size_of("undo")] if w.analyst.id != s.bo],
    "sight": lambda w, s: w.sight().whole_layers() == {w.analyst.id},
    "status": lambda w, s: w.status(s.article, s.ada),
    "statuses": lambda w, s: [x for x in w.statuses() if x.layer != s.bo],
    "text": lambda w, s: w.text(w.articles()[0]),
    "using": lambda w, s: w.using([]),
    "verdicts": lambda w, s: w.verdicts(s.article),
    "viewer": lambda w, s: w.viewer(),
}
"""Everything at the door that reads. What is not listed in WRITING must be here."""

ELSEWHERE = {"lists", "people", "comparison", "kept_old", "astray", "clock_warning"}
"""What reads has its own test: Reader and People below, the comparison in its tests."""

WRITING = {
    "appoint",
    "as_analyst",
    "asks_passphrase",
    "bring_in",
    "catch_up",
    "clear_passphrase",
    "close",
    "create",
    "do",
    "hand_off",
    "hear",
    "look_through",
    "merge",
    "new_id",
    "newcomer",
    "once_more",
    "open",
    "redo",
    "remove",
    "save_copy",
    "set_passphrase",
    "settle",
    "staffing",
    "subscribe",
    "tell_waiting",
    "take_in",
    "take_in_parts",
    "undo",
}
"""Tells of nothing but what this analyst does; of a merge see test_merging.py, of a hand-off
test_handing_off.py in tests/store."""

OF_PEOPLE: dict[str, Ask] = {
    "register": lambda w, s: w.people.register.filed.marks(s.actor.id),
    "statement_counts": lambda w, s: [
        x for of in w.people.statement_counts().values() for x in of if x == s.actor.id
    ],
    "statements": lambda w, s: w.people.statements(s.actor.id),
    "issues_of": lambda w, s: w.people.issues_of(s.hidden),
    "filed_under": lambda w, s: w.people.filed_under(s.actor.id),
    "follows": lambda w, s: w.people.follows,
}
PEOPLE_WRITING = {"extent", "how_many", "merge", "split", "split_alias", "delete", "follow"}
"""Edits of the register of people reach all layers; they are done, not shown, and ``extent`` and
``how_many`` say how many records one would change."""

OF_LISTS: dict[str, Ask] = {
    "find": lambda w, s: [
        w.lists.find(Wanted(analyst=s.ada)),
        w.lists.find(Wanted(actor=s.actor.id)).ids.tolist(),
        w.lists.find(Wanted(commented=True)).ids.tolist(),
        w.lists.find(Wanted(review="undecided")).ids.tolist(),
    ],
    "first_page": lambda w, s: w.lists.first_page(Wanted(analyst=s.ada), 9),
    "count": lambda w, s: w.lists.count(Wanted(analyst=s.ada)),
    "is_fewer": lambda w, s: w.lists.is_fewer(9),
    "outlets": lambda w, s: w.lists.outlets(),
    "entries": lambda w, s: w.lists.entries([s.article]),
    "copies_of": lambda w, s: w.lists.copies_of([s.article]),
    "begun": lambda w, s: w.lists.begun(),
    "search": lambda w, s: w.lists.search(NOTE.split("-", maxsplit=1)[0]),
    "more_texts": lambda w, s: w.lists.more_texts(NOTE, Wanted(), 0),
    "more_said": lambda w, s: w.lists.search("discussed").said,
    "unfinished": lambda w, s: w.lists.unfinished([s.article]),
    "places": lambda w, s: w.lists.places(NOTE, s.article),
}
LISTS_OTHERWISE = {"open", "close", "interrupt"}


def public(cls: type) -> set[str]:
    return {name for name in dir(cls) if not name.startswith("_")}


def test_every_way_of_reading_is_tried_here() -> None:
    assert public(Workspace) | {"analyst", "people"} == READING.keys() | ELSEWHERE | WRITING
    assert public(People) == OF_PEOPLE.keys() | PEOPLE_WRITING
    assert public(Reader) == OF_LISTS.keys() | LISTS_OTHERWISE


ALL = {
    **READING,
    **{f"people.{name}": ask for name, ask in OF_PEOPLE.items()},
    **{f"lists.{name}": ask for name, ask in OF_LISTS.items()},
}


@pytest.mark.parametrize("who", ["Bo", "Cid", None])
@pytest.mark.parametrize("name", ALL)
def test_what_is_hidden_is_not_told(scene: Scene, name: str, who: str | None) -> None:
    with scene.looking(who) as workspace:
        try:
            answer = told(ALL[name](workspace, scene))
        except NotAllowed as refused:
            answer = str(refused)
        assert leaks(scene, answer) == []


@pytest.mark.parametrize(
    "name",
    ["bundle", "comments", "history", "page", "record", "verdicts", "docket"],
)
def test_who_is_done_is_told(scene: Scene, name: str) -> None:
    """Else the test above could not fail."""
    with scene.looking("Ada") as ada:
        assert leaks(scene, told(ALL[name](ada, scene)))
    with scene.looking("Bo") as bo:
        bo.do(articles.set_progress(scene.article, scene.bo, None, "done"))
        assert leaks(scene, told(ALL[name](bo, scene)))


def test_names_are_letters_to_a_reviewer(scene: Scene) -> None:
    with scene.looking("Rita") as rita:
        rita.do(set_procedure(rita.procedure(), names_hidden=True, shuffled=True, seed=3))
        names = {a.name for a in rita.analysts()}
        assert names == {"Rita"} | {n for n in names if re.fullmatch("Analyst [A-Z]", n)}
        assert rita.record("analyst", scene.ada) in rita.analysts()
        assert not re.search(r"\b(Ada|Bo)\b", told(r.label for r in rita.history()))
        assert not re.search(r"'(Ada|Bo)'", told(rita.history()))
        assert not re.search(r"'(Ada|Bo)'", told(rita.bundle()))
        assert sorted(rita.layers(scene.article)) == sorted([scene.ada, scene.bo])


def test_no_passphrase_is_ever_told(scene: Scene) -> None:
    with scene.looking("Ada") as ada:
        ada.set_passphrase("", "open sesame")
    with Workspace.open(scene.path, "Ada", "open sesame") as ada:
        for name, ask in ALL.items():
            try:
                answer = told(ask(ada, scene))
            except NotAllowed:
                continue
            assert "scrypt" not in answer, name


def test_the_file_itself_is_readable_by_other_programs(scene: Scene) -> None:
    """As docs/review.md says: the program hides, the file does not. A hand-off does."""
    file = connect(scene.path)
    (count,) = file.execute("SELECT count(*) FROM mark WHERE layer = ?", (scene.ada,)).fetchone()
    file.close()
    assert count
