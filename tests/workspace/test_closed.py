"""An import adds nothing to what is called done or decided, and says what it left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core import articles
from annotator.core.model import Id
from annotator.core.review import judging
from annotator.core.review.procedure import reopen, set_procedure, set_review
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.labelled import Labelled, LabelledIn
from annotator.workspace import Workspace
from tests.store.teams import claim_by, team_project, the_article

COMES_BACK: dict[str, str] = {
    "annotator-json": ".json",
    "tables": "",
    "xlsx": ".xlsx",
    "web-annotation": ".jsonld",
}
"""Formats with our ids."""
FOREIGN: dict[str, str] = {"brat": "", "xmi": ".zip"}
ANY = pytest.mark.parametrize("name", [*COMES_BACK, *FOREIGN])
Bring = Callable[[Workspace, Path], list[str]]


@pytest.fixture
def rita(tmp_path: Path) -> Workspace:
    """Ada is done with one statement."""
    return team_project(tmp_path / "p.annotator", "Ada", "Bo")


def says(rita: Workspace, name: str, start: int, end: int) -> Id:
    with rita.as_analyst(name) as analyst:
        return claim_by(analyst, start, end, stance=-1).id


def is_done(rita: Workspace, name: str) -> None:
    with rita.as_analyst(name) as analyst:
        now = analyst.status(the_article(rita))
        edit = articles.set_progress(the_article(rita), analyst.analyst.id, now, "done")
        analyst.do(edit)


def accepts(rita: Workspace, said: Id) -> None:
    docket = rita.docket(the_article(rita))
    rita.do(judging.take(docket, [said], [said], rita.new_id))


def decides(rita: Workspace) -> None:
    article = the_article(rita)
    rita.do(set_review(article, rita.review(article), "decided"))


def exported(rita: Workspace, name: str) -> Path:
    ending = {**COMES_BACK, **FOREIGN}[name]
    to = rita.path.with_name(f"out-{name}{ending}")
    options = {"layers": "folders"} if name == "brat" else {}  # else it says of nobody whose it is
    with written(catalogue().named(name), rita.outgoing(), to, options) as waiting:
        waiting.keep()
    return to


def imported(into: Workspace, path: Path) -> list[str]:
    """What is told of an import."""
    labelled = Labelled()
    format = labelled.format_of(path)
    assert format is not None
    found = labelled.read(format, path)
    assert isinstance(found, LabelledIn)
    return list(into.take_in(found.bundle, "Import", found.mapping).kept)


def state(workspace: Workspace) -> tuple[int, int, int]:
    """How many marks, statements and verdicts there are."""
    (part,) = workspace.bundle().articles
    return len(part.marks), len(part.statements), len(part.verdicts)


def steps(workspace: Workspace) -> int:
    return len(list(workspace.history()))


@ANY
def test_a_reviewed_project_comes_back_and_changes_nothing(rita: Workspace, name: str) -> None:
    for who, place in (("Ada", (0, 23)), ("Bo", (24, 36))):
        said = says(rita, who, *place)
        is_done(rita, who)
        accepts(rita, said)
    decides(rita)
    file, before, done = exported(rita, name), state(rita), steps(rita)
    told = imported(rita, file)
    assert (state(rita), steps(rita)) == (before, done)
    assert not any("left out" in line or "gold" in line for line in told)


@ANY
def test_it_comes_into_an_empty_project_once(rita: Workspace, tmp_path: Path, name: str) -> None:
    said = says(rita, "Ada", 0, 23)
    accepts(rita, said)
    file = exported(rita, name)
    with team_project(tmp_path / "other.annotator") as other:
        told = imported(other, file)
        assert any("gold without decisions came in on 1 article" in line for line in told) == (
            name != "annotator-json"
        )
        assert state(other) == state(rita)
        done = steps(other)
        assert not any("gold" in line for line in imported(other, file))
        assert steps(other) == done
        assert other.check() == []


@ANY
@pytest.mark.parametrize("blind", [True, False])
def test_a_layer_that_is_called_done_stays(rita: Workspace, name: str, blind: bool) -> None:
    says(rita, "Ada", 0, 23)
    file_of_more = exported_with_more(rita, name)
    is_done(rita, "Ada")
    rita.do(set_procedure(rita.procedure(), blind=blind))
    before, done = state(rita), steps(rita)
    told = imported(rita, file_of_more)
    assert (state(rita), steps(rita)) == (before, done)
    (line,) = [line for line in told if "left out" in line]
    assert line == (
        "“An article”: 2 marks, 1 statement left out, as its analyst has called it done; reopen the"
        " article, then import again"
    )
    with rita.as_analyst("Ada") as ada:
        ada.do(reopen(ada.status(the_article(rita))))
    imported(rita, file_of_more)
    assert state(rita) == (before[0] + 2, before[1] + 1, 0)
    assert rita.check() == []


def exported_with_more(rita: Workspace, name: str) -> Path:
    """A file with another statement of Ada's, which she takes back afterwards."""
    with rita.as_analyst("Ada") as ada:
        more = claim_by(ada, 24, 36, stance=1)
        file = exported(rita, name)
        while any(s.id == more.id for s in ada.page(the_article(rita)).statements.values()):
            ada.undo()
    return file


@ANY
def test_gold_of_a_decided_article_stays(rita: Workspace, name: str) -> None:
    first, second = says(rita, "Ada", 0, 23), says(rita, "Bo", 24, 36)
    accepts(rita, first)
    accepts(rita, second)
    file = exported(rita, name)
    rita.undo()
    decides(rita)
    before, done = state(rita), steps(rita)
    told = imported(rita, file)
    assert (state(rita), steps(rita)) == (before, done)
    (line,) = [line for line in told if "left out" in line]
    assert line.startswith("“An article”: 2 marks, 1 statement")
    assert line.endswith("left out, as it is decided; reopen the article, then import again")


def test_what_follows_from_what_is_left_out_goes_with_it(rita: Workspace) -> None:
    """A verdict on a mark that does not come in, the gold of that verdict, and no more."""
    says(rita, "Bo", 0, 23)
    with rita.as_analyst("Ada") as ada:
        more = claim_by(ada, 24, 36, stance=1)
    accepts(rita, more.id)
    file = exported(rita, "annotator-json")
    rita.undo()
    with rita.as_analyst("Ada") as ada:
        while ada.page(the_article(rita)).statements:
            ada.undo()
    is_done(rita, "Ada")
    before = state(rita)
    (line,) = imported(rita, file)
    assert line == (
        "“An article”: 4 marks, 2 statements, 1 decision left out, as its analyst has called it"
        " done; reopen the article, then import again"
    )
    assert state(rita) == before
    assert rita.check() == []
