"""A file for one analyst: what it holds, and how it comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core import articles
from annotator.core.review.assigning import give
from annotator.workspace import Workspace
from tests.store.teams import claim_by, team_project, the_article
from tests.store.two_files import as_, rows
from tests.workshop import add_article


@pytest.fixture
def handed(tmp_path: Path) -> tuple[Path, Path]:
    """A project, and what Bo got of it: one of its two articles, which Ada has marked too."""
    one, other = tmp_path / "one.annotator", tmp_path / "bo.annotator"
    rita = team_project(one, "Ada", "Bo")
    first = rita.articles()[0]
    add_article(rita, "A secret text.\n", "Secret")
    with rita.as_analyst("Ada") as ada:
        claim_by(ada, 0, 23, stance=-1)
        ada.set_passphrase("", "of Ada")
    with rita.as_analyst("Bo") as bo:
        claim_by(bo, 37, 46)
    rita.do(give([first.id], [a.id for a in rita.analysts()], []))
    rita.hand_off(bo.analyst.id, [first], other)
    rita.close()
    return one, other


def test_what_is_handed_on_holds_only_what_its_analyst_may_see(handed: tuple[Path, Path]) -> None:
    _, other = handed
    data = other.read_bytes()
    assert b"secret" not in data.lower()
    assert b"scrypt" not in data
    assert "not discussed,” Lavrov".encode() in data
    with as_(other, "Bo") as bo:
        assert bo.check() == []
        assert len(bo.articles()) == 1
        assert bo.layers(the_article(bo)) == [bo.analyst.id]
        assert not any("“It was" in r.label for r in bo.history())
        assert bo.next_undo() is not None


def test_what_was_done_there_comes_back_and_nothing_else(handed: tuple[Path, Path]) -> None:
    one, other = handed
    with as_(other, "Bo") as bo:
        claim_by(bo, 0, 22)
        bo.do(articles.set_progress(the_article(bo), bo.analyst.id, None, "done"))
    with as_(one, "Rita") as rita:
        merged = rita.merge(other)
        assert merged.new == {"mark": 1, "statement": 1, "status": 1}
        assert merged.changed == merged.deleted == {}
        assert rita.check() == []
        assert not rita.merge(other).anything
        assert rita.has_passphrase(next(a.id for a in rita.analysts() if a.name == "Ada"))


def test_the_whole_project_fills_in_what_was_left_out(handed: tuple[Path, Path]) -> None:
    one, other = handed
    with as_(other, "Bo") as bo:
        claim_by(bo, 0, 22)
        bo.merge(one)
        assert bo.check() == []
        assert not bo.merge(one).anything
    with as_(one, "Rita") as rita:
        rita.merge(other)
    assert rows(one) == rows(other)


def test_what_is_not_in_the_file_as_a_whole_is_not_undone(handed: tuple[Path, Path]) -> None:
    _, other = handed
    with Workspace.open(other, "Ada") as ada:
        before = rows(other)
        done = ada.undo()
        assert done is not None
        assert done.entries == ()
        assert rows(other) == before
        assert ada.check() == []
