"""What goes out of a project an article at a time is what goes out at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.bundle import ArticleBundle, working
from annotator.core.model import Id, Mark
from annotator.workspace import Workspace, giving
from tests.store.teams import claim_by, team_project
from tests.workshop import add_article


@pytest.fixture
def project(tmp_path: Path) -> Workspace:
    """Two articles, one of them marked by Ada and Bo; Cem has done nothing."""
    rita = team_project(tmp_path / "p.annotator", "Ada", "Bo", "Cem")
    with rita.as_analyst("Ada") as ada:
        claim_by(ada, 0, 23)
    with rita.as_analyst("Bo") as bo:
        claim_by(bo, 37, 46)
    add_article(rita, "Another article, of which nobody has said anything.\n")
    return rita


@pytest.mark.parametrize("at_once", [1, 50])
def test_an_article_at_a_time_is_the_same(
    project: Workspace, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "_AT_ONCE", at_once)
    outgoing, whole = project.outgoing(), project.bundle()
    parts = tuple(outgoing.articles)
    assert [len(part.marks) for part in parts] in ([2, 0], [0, 2])
    assert replace(outgoing.project, articles=parts) == whole
    for part in parts:
        assert {mark.id: mark for mark in part.marks} == on_pages(project, part)


def on_pages(project: Workspace, part: ArticleBundle) -> dict[Id, Mark]:
    """All marks of an article as its pages have them."""
    pages = (project.page(part.article.id, analyst.id) for analyst in project.analysts())
    return {mark.id: mark for page in pages for mark in page.marks.values()}


def test_only_those_who_work_on_it_go_out(project: Workspace) -> None:
    names = {analyst.name for analyst in project.outgoing().project.analysts}
    assert {"Ada", "Bo"} <= names
    assert "Cem" not in names
    parts = tuple(project.outgoing().articles)
    assert project.outgoing().project.analysts == working(project.analysts(), parts)


def test_one_layer_goes_out_with_whoever_works_on_it(project: Workspace) -> None:
    ada = next(a.id for a in project.analysts() if a.name == "Ada")
    outgoing = project.outgoing(None, ada)
    parts = tuple(outgoing.articles)
    assert {mark.layer for part in parts for mark in part.marks} == {ada}
    assert outgoing.project.analysts == working(project.analysts(), parts)
