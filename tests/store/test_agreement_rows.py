"""What agreement reads from the rows, and what is kept of it until a revision touches an article."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from annotator.analysis.agreement.counts import Counts, count, keep
from annotator.analysis.agreement.report import Report
from annotator.analysis.agreement.sample import pieces_of
from annotator.core.model import GOLD, Id, Mark
from annotator.core.review.records import PROCEDURE, Procedure
from annotator.core.revision import Change, Edit
from annotator.store.agreement_rows import AgreementRows, Kept
from annotator.store.driver import connect
from annotator.store.file.turns import Turns
from annotator.workspace import Workspace
from annotator.workspace.comparing import Comparison
from tests.agreed import agreed_project, finish, say


@pytest.fixture
def project(tmp_path: Path) -> Workspace:
    path = tmp_path / "agreed.annotator"
    agreed_project(path, articles=3)
    return Workspace.open(path, "Ada")


def rows(project: Workspace) -> AgreementRows:
    connection = connect(project.path)
    return AgreementRows(project.path, connection, Turns(project.path, connection))


def counted(project: Workspace, layers: list[Id] | None = None) -> Comparison:
    found = project.comparison(layers)
    assert list(found.steps())[-1] == 1
    return found


def same(one: Report, other: Report) -> bool:
    """Sums may have been added up in another order."""
    return rounded(one) == rounded(other)


def rounded(report: Report) -> str:
    return re.sub(r"-?\d+\.\d+(e-?\d+)?", lambda n: f"{float(n[0]) + 0.0:.9f}", repr(report))


def test_columns_are_what_the_records_say(project: Workspace) -> None:
    sample = project.comparison().sample
    visible = np.ones(sample.finished.shape, dtype=np.bool_)
    marked = rows(project).marked(sample.articles, sample.layers, sample.kinds, visible)
    marks = [
        mark
        for article in sample.articles
        for layer in sample.layers
        for mark in project.page(article, layer).marks.values()
    ]
    assert all(isinstance(mark, Mark) for mark in marks)
    wanted = count(sample, pieces_of(marks, sample))
    assert list(keep(count(sample, marked.pieces))) == list(keep(wanted))
    kinds = list(sample.kinds)
    assert marked.numbers[:, :, kinds.index("claim")].tolist() == [[2, 1]] * 3
    assert marked.numbers[:, :, -1].sum() == 0


def test_what_may_not_be_seen_is_not_read(project: Workspace) -> None:
    sample = project.comparison().sample
    visible = np.ones(sample.finished.shape, dtype=np.bool_)
    visible[1, 0] = False
    marked = rows(project).marked(sample.articles, sample.layers, sample.kinds, visible)
    assert not ((marked.pieces.article == 1) & (marked.pieces.layer == 0)).any()
    assert marked.numbers[1, 0].sum() == 0
    assert marked.numbers[1, 1].sum() == 3


def test_nothing_is_counted_twice_until_it_changes(
    project: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = counted(project).report(10)
    looked: list[int] = []
    original = Comparison._count

    def watched(self: Comparison, some: Sequence[int]) -> Counts:
        looked.extend(some)
        return original(self, some)

    monkeypatch.setattr(Comparison, "_count", watched)
    assert same(counted(project).report(10), first)
    assert looked == []
    article = project.articles()[1]
    project.undo()  # the last article is not done any more
    counted(project)
    assert len(looked) == 1
    say(project, article, (35, 40), (41, 47), "trump", 0)
    counted(project)
    assert len(looked) == 2


def test_counting_one_article_anew_gives_what_counting_all_does(project: Workspace) -> None:
    draw = random.Random(7)
    with project.as_analyst("Ben") as ben:
        held = counted(project)
        for _ in range(12):
            article = draw.choice(ben.articles())
            if draw.random() < 0.3:
                ben.undo()
            else:
                start = draw.randrange(0, 20)
                finish(ben, article)
                say(ben, article, (start, start + 4), (start + 5, start + 14), "trump", 1)
            touched = [article.id, *(a.id for a in ben.articles())]
            for one in touched[: draw.choice((1, 4))]:
                assert held.refresh([one])
            assert held.refresh(touched)
            assert same(held.report(10), counted(project).report(10))


def test_an_article_that_is_gone_asks_for_a_new_comparison(project: Workspace) -> None:
    held = counted(project)
    article = project.articles()[0]
    project.remove([article])
    assert not held.refresh([article.id])


def test_damaged_remains_are_counted_anew(project: Workspace) -> None:
    first = counted(project).report(10)
    connection = connect(project.path)
    connection.execute("UPDATE kept SET data = x'00ff'")
    assert same(counted(project).report(10), first)
    connection.execute("UPDATE kept SET data = substr(data, 1, length(data) / 2)")
    connection.close()
    assert same(counted(project).report(10), first)


def test_only_the_last_choices_are_kept(project: Workspace) -> None:
    store = rows(project)
    for number in range(6):
        assert store.keep(f"digest {number}", {1: Kept("stamp", b"data")}, number)
    assert [bool(store.kept(f"digest {n}")) for n in range(6)] == [False] * 2 + [True] * 4


def test_who_is_blind_compares_what_they_may_see(project: Workspace) -> None:
    blind = Procedure(id=PROCEDURE, blind=True)
    project.do(Edit("Blind", (Change(project.procedure(), blind),)))
    everyone = list(project.compared_layers())
    article = project.articles()[0].id
    with project.as_analyst("Chidi") as chidi:
        held = counted(chidi, everyone)
        assert not held.sample.finished.any()
        assert held.sheet(article) is None
        report = held.report(10)
        assert report.worst == ()
        assert all(figure.value is None for figure in report.figures)
        assert sum(sum(one.marks.values()) for one in report.coverage.layers) == 0
        assert [one.count for one in report.excluded] == [3]
        finish(chidi, chidi.articles()[0])
        held.refresh([article])
        assert np.count_nonzero(held.sample.finished.any(axis=1)) == 1
        assert held.sheet(article) is not None


def test_gold_is_done_where_its_review_is_decided(project: Workspace) -> None:
    assert GOLD not in {layer for _, layer in rows(project).done()}
    connection = connect(project.path)
    article = project.articles()[0].id
    connection.execute("INSERT INTO review VALUES (1, 0, 0, 0, 0, ?, 'decided')", (article,))
    connection.close()
    assert (article, GOLD) in rows(project).done()
