"""What near copies are told by is kept beside the articles and follows them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotator import arrivals
from annotator.core.text import copies
from annotator.core.text.copies import SAMPLING, signature
from annotator.formats.articles.text import read_text
from annotator.store.driver import connect
from annotator.store.finding import sampled
from annotator.workspace import Workspace
from tests.workshop import SEED_000, SEED_002, seed, start

OLD = Path(__file__).parent / "projects" / "version-6.annotator"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "p.annotator"
    with Workspace.create(path, start(), "Ada") as workspace:
        workspace.bring_in([seed(SEED_000), seed(SEED_002)])
    return path


def agrees(workspace: Workspace) -> bool:
    """Whether every article, and nothing else, has the sample of its text."""
    ids = workspace.article_ids()
    found = workspace.signatures([*ids, 7])
    texts = {article.id: workspace.text(article) for article in workspace.articles()}
    return found == {id: signature(texts[id]) for id in ids} and workspace.check() == []


def tamper(path: Path, *statements: str) -> None:
    connection = connect(path)
    for statement in statements:
        assert connection.execute(statement).rowcount > 0
    connection.close()


def test_samples_come_and_go_with_articles(path: Path) -> None:
    with Workspace.open(path, "Ada") as workspace:
        assert len(workspace.article_ids()) == 2
        assert agrees(workspace)
        workspace.remove(workspace.articles()[:1])
        assert len(workspace.signatures(workspace.article_ids())) == 1
        assert agrees(workspace)
        workspace.undo()
        assert len(workspace.signatures(workspace.article_ids())) == 2
        assert agrees(workspace)


def test_a_sample_says_the_same_when_it_is_read_back() -> None:
    sample = signature(seed(SEED_000).text)
    assert len(sample) > 24
    assert sampled.unpacked(sampled.packed(sample)) == sample
    assert sampled.unpacked(b"\1\0\0\0\2") == {1}


def test_another_session_compares_without_reading_a_text(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.open(path, "Ada") as workspace:

        def unread(*_: object) -> str:
            raise AssertionError("the text was read")

        with monkeypatch.context() as blind:
            blind.setattr(Workspace, "text", unread)
            workspace.arrivals().look()
        again = "Another Headline\n" + seed(SEED_000).text.partition("\n")[2]
        near = workspace.arrivals().propose(read_text(again, "again.txt")).near
        assert near is not None
        assert near.article.file == SEED_000


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM sampled WHERE article = (SELECT min(article) FROM sampled)",
        "UPDATE sampled SET runs = x'01000000'",
        "INSERT INTO sampled (article, runs) VALUES (5, x'')",
    ],
)
def test_a_check_finds_what_is_wrong_and_makes_it_anew(path: Path, statement: str) -> None:
    tamper(path, statement)
    with Workspace.open(path, "Ada") as workspace:
        (fault,) = workspace.check()
        assert "what near copies are told by is not what the rows say" in str(fault)
        assert agrees(workspace)


def test_an_old_project_is_gone_through_bit_by_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampled, "_SLICE", 1)
    path = tmp_path / "old.annotator"
    shutil.copyfile(OLD, path)
    with Workspace.open(path, "Ada") as workspace:
        assert workspace.signatures(workspace.article_ids()) == {}
        assert workspace.check() == []
        (old,) = workspace.articles()
        workspace.bring_in([seed(SEED_000)])  # has its sample at once, and the old one is looked at
        assert old.id in workspace.arrivals()._signatures
        assert len(workspace.signatures(workspace.article_ids())) == 1
        steps = 0
        while not workspace.catch_up(0):
            steps += 1
        assert steps > 0
        assert len(workspace.signatures(workspace.article_ids())) == 2
        assert agrees(workspace)
        assert workspace.catch_up(0)


def test_samples_taken_in_another_way_are_not_compared(path: Path) -> None:
    tamper(path, f"UPDATE meta SET value = '{SAMPLING + 1}' WHERE key = 'sampled'")
    with Workspace.open(path, "Ada") as workspace:
        assert workspace.signatures(workspace.article_ids()) == {}
        copy = seed(SEED_000)
        assert workspace.bring_in([copy]).duplicates[0].done == "same"
        assert workspace.catch_up(60)
        assert len(workspace.signatures(workspace.article_ids())) == 2
        assert agrees(workspace)


def test_many_are_looked_at_a_little_at_a_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "_AT_ONCE", 1)
    with Workspace.open(path, "Ada") as workspace:
        assert list(workspace.arrivals().looking()) == [1, 0]
        assert list(workspace.arrivals().looking()) == []


def test_what_was_compared_is_not_sampled_again_to_be_stored(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "_lately", {})
    taken: list[str] = []

    def counted(text: str) -> copies.Signature:
        taken.append(text)
        return frozenset({len(text)})

    monkeypatch.setattr(copies, "signature", counted)
    with Workspace.open(path, "Ada") as workspace:
        read = seed(SEED_000)
        workspace.remove(workspace.articles())
        workspace.bring_in([read])
        assert taken == [read.text]
