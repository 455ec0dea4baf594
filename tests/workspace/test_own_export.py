"""An analyst brings their own export back into a project: marks first, then that they are done."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core import articles
from annotator.core.model import Progress
from annotator.core.review.procedure import set_procedure
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Outgoing
from annotator.workspace import Workspace
from tests.store.teams import claim_by, copied, team_project, the_article

STATUS = "The progress in “An article” differs in the file (“done” there); the project's is kept"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A blind project of Rita's in which Ben has done nothing yet."""
    with team_project(tmp_path / "p.annotator", "Ben", "Cleo") as rita:
        rita.do(set_procedure(rita.procedure(), blind=True))
    return rita.path


def progresses(ben: Workspace, to: Progress) -> None:
    article = the_article(ben)
    ben.do(articles.set_progress(article, ben.analyst.id, ben.status(article), to))


def finished(bare: Path) -> Path:
    """What Ben exports from a copy of it, in which he has called the article done."""
    with Workspace.open(copied_from(bare, "work.annotator"), "Ben") as ben:
        claim_by(ben, 0, 23, stance=-1)
        progresses(ben, "done")
        to = bare.with_name("ben.json")
        with written(catalogue().named("annotator-json"), ben.outgoing(), to, {}) as waiting:
            waiting.keep()
    return to


def copied_from(bare: Path, name: str) -> Path:
    with Workspace.open(bare) as workspace:
        return copied(workspace, bare.with_name(name))


def told(into: Workspace, file: Path, *, in_parts: bool) -> tuple[str, ...]:
    format = catalogue().named("annotator-json")
    assert format.stream is not None
    given: Outgoing = format.stream(file, format.asked())
    if in_parts:
        return into.take_in_parts(given, "Import").kept
    return into.take_in(given.whole(), "Import").kept


def state(ben: Workspace) -> tuple[int, Progress | None]:
    (part,) = ben.bundle().articles
    status = ben.status(the_article(ben))
    return len(part.statements), None if status is None else status.progress


@pytest.mark.parametrize("in_parts", [True, False])
def test_finished_work_comes_in_with_that_it_is_finished(bare: Path, in_parts: bool) -> None:
    file = finished(bare)
    with Workspace.open(bare, "Ben") as ben:
        assert told(ben, file, in_parts=in_parts) == ()
        assert state(ben) == (1, "done")
        assert told(ben, file, in_parts=in_parts) == ()
        assert ben.check() == []
        ben.undo()
        assert state(ben) == (0, None)
        ben.redo()
        assert state(ben) == (1, "done")


def test_work_that_was_begun_here_and_is_finished_there_is_finished(bare: Path) -> None:
    """What is called done in the file is then what is here."""
    file = finished(bare)
    with Workspace.open(bare, "Ben") as ben:
        progresses(ben, "in progress")
        assert told(ben, file, in_parts=True) == ()
        assert state(ben) == (1, "done")


def test_who_has_more_here_than_there_calls_it_done_themselves(bare: Path) -> None:
    file = finished(bare)
    with Workspace.open(bare, "Ben") as ben:
        claim_by(ben, 24, 36)
        progresses(ben, "in progress")
        (line,) = told(ben, file, in_parts=True)
        assert line.startswith(STATUS)
        assert line.endswith("; this layer is not as it is there, so call it done yourself")
        assert state(ben) == (2, "in progress")


def test_what_a_reviewer_reopened_stays_open(bare: Path) -> None:
    file = finished(bare)
    with Workspace.open(bare, "Ben") as ben:
        told(ben, file, in_parts=True)
        progresses(ben, "reopened")
        assert told(ben, file, in_parts=True)[0].startswith(STATUS)
        assert state(ben) == (1, "reopened")


def test_nobody_calls_the_work_of_another_done(bare: Path) -> None:
    file = finished(bare)
    with Workspace.open(bare, "Ben") as ben:
        progresses(ben, "in progress")
    with Workspace.open(bare, "Rita") as rita:
        assert told(rita, file, in_parts=True) == (STATUS,)
    with Workspace.open(bare, "Ben") as ben:
        assert state(ben) == (1, "in progress")
