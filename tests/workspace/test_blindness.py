"""Nobody sees what is hidden from them: every way of reading is tried, and a new one must be told here."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import cli
from annotator.core import articles, marking
from annotator.core.book import merging
from annotator.core.book.parts import Part
from annotator.core.errors import NotAllowed
from annotator.core.model import GOLD
from annotator.core.page import Page
from annotator.core.people import keeping
from annotator.core.review import judging
from annotator.core.review.assigning import give
from annotator.core.review.commenting import comment
from annotator.core.review.docket import Docket
from annotator.core.review.procedure import reopen, set_procedure
from annotator.core.revision import Revision
from annotator.formats.exchange.format import Outgoing
from annotator.store.driver import connect
from annotator.store.listing import Wanted
from annotator.store.reader import Reader
from annotator.workspace import Workspace
from annotator.workspace.people import People
from tests.store.teams import claim_by, team_project, the_article

NOTE, COMMENT, VERDICT = "hush-hush", "psst-psst", "sssh-sssh"


class Scene:
    """A blind project. Ada is done; Bo, who looks, is to mark the same article; Rita has decided."""

    def __init__(self, path: Path) -> None:
        self.path = path
        rita = team_project(path, "Ada", "Bo")
        self.article = the_article(rita)
        with rita.as_analyst("Ada") as ada:
            self.ada = ada.analyst.id
            said = claim_by(ada, 0, 23, stance=-1)
            ada.do(marking.set_note(said, NOTE))
            ada.do(articles.set_progress(self.article, self.ada, None, "done"))
            page = ada.page(self.article)
            self.hidden = [*page.marks, *page.statements]
            speaker = marking.mark(page, ada.codebook, "speaker", [(24, 30)], ada.new_id)
            ada.do(speaker[0])
            self.hidden += [c.id for c in speaker[0].changes]
            now = ada.page(self.article).mark(speaker[1].id)
            self.actor = next(a for a in ada.actors() if "Lavrov" in a.name)
            ada.do(marking.set_field(now, ada.codebook, "actor", str(self.actor.id)))
        with rita.as_analyst("Bo") as bo:
            self.bo = bo.analyst.id
            self.own = claim_by(bo, 37, 46)
        docket = rita.docket(self.article)
        taken = judging.take(docket, [said.id], [said.id], rita.new_id, note=VERDICT, gap=True)
        rita.do(taken)
        self.hidden += [c.id for c in taken.changes]
        edit, made = comment(said, COMMENT, rita.new_id())
        rita.do(edit)
        self.hidden.append(made.id)
        rita.do(give([self.article], [self.ada, self.bo], []))
        rita.do(set_procedure(rita.procedure(), blind=True))
        rita.close()

    def looking(self, name: str | None) -> Workspace:
        return Workspace.open(self.path, name)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    # Ada's speaker was marked after she was done, before the project was blind.
    return Scene(tmp_path / "p.annotator")


def told(answer: object) -> str:
    """All that an answer says, in one string."""
    if isinstance(answer, Page):
        return told([*answer.marks.values(), *answer.statements.values()])
    if isinstance(answer, Docket):
        return told([answer.gold, *answer.pages.values(), *answer.verdicts])
    if isinstance(answer, Revision):  # its number may be that of a record
        return told([answer.label, *answer.entries])
    if isinstance(answer, Outgoing):
        return told([answer.project, *answer.articles])
    if isinstance(answer, dict):
        return told(list(answer.items()))
    if isinstance(answer, Iterable) and not isinstance(answer, str | bytes):
        return " ".join(told(one) for one in answer)
    return str(answer)


def leaks(scene: Scene, answer: object) -> list[str]:
    """Which secrets an answer tells."""
    words = told(answer)
    secrets = [NOTE, COMMENT, VERDICT, "Claim ““It was", "Take “", *map(str, scene.hidden)]
    return [secret for secret in secrets if secret in words]


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
    "add_text",
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
"""Tells of nothing but what this analyst does; of a merge and a hand-off see test_merging.py."""

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


# The command line

COMMANDS: dict[str, list[str]] = {
    "check": [],
    "codebook": ["-o", "-"],
    "export": ["-o", "-"],
    "history": [],
    "info": [],
    "search": ["discussed OR hush OR psst OR sssh"],
    "picture": ["0", "-o", "{folder}/picture.svg"],
    "agreement": [],
    "report": ["-o", "{folder}/report.html"],
}
"""Commands that read, with what they are given; a command that is not here must be below."""
NOT_READING = {
    *("open", "new", "import", "merge", "handoff", "team", "demo", "seeds"),
    *("backup", "restore", "repair", "convert", "formats"),
}
"""Open the window, write, tell of no layer, or work on whole files as copying them would."""


def subcommands() -> set[str]:
    parser = cli._parser()
    (found,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return set(found.choices)


def test_every_command_is_tried_here() -> None:
    assert subcommands() <= COMMANDS.keys() | NOT_READING


@pytest.mark.parametrize("who", [None, "Bo"])
@pytest.mark.parametrize("command", sorted(COMMANDS.keys() & subcommands()))
def test_no_command_tells_what_is_hidden(
    scene: Scene,
    command: str,
    who: str | None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = [word.format(folder=tmp_path) for word in COMMANDS[command]]
    if command == "picture":
        words[0] = str(scene.article)
    asking = ["--analyst", who] if who else []
    cli.main([command, str(scene.path), *words, *asking])
    out, err = capsys.readouterr()
    files = "".join(
        p.read_text("utf-8") for p in tmp_path.iterdir() if p.suffix in (".svg", ".html")
    )
    assert leaks(scene, out + err + files) == []
    assert "Ada: 1 statement" not in out


@pytest.mark.parametrize("layer", ["Ada", "gold"])
def test_a_layer_that_is_asked_for_is_refused(
    scene: Scene, layer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "x.svg")
    words = ["picture", str(scene.path), str(scene.article), "-o", file, "--layer", layer]
    assert cli.main([*words, "--analyst", "Bo"]) == 1
    assert "hidden" in capsys.readouterr().err
    assert cli.main(["export", str(scene.path), "-o", "-", "--layer", layer]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert f"Nothing of the layer “{layer}” can be shown" in said.err


def test_whose_eyes_must_be_somebody(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["info", str(scene.path), "--analyst", "Eve"]) == 1
    assert "No analyst is called Eve" in capsys.readouterr().err


def test_the_file_itself_is_readable_by_other_programs(scene: Scene) -> None:
    """As docs/review.md says: the program hides, the file does not. A hand-off does."""
    file = connect(scene.path)
    (count,) = file.execute("SELECT count(*) FROM mark WHERE layer = ?", (scene.ada,)).fetchone()
    file.close()
    assert count
