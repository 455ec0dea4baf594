"""What very long steps touched, asked of the file: the same as by going through their entries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.codebook import Start
from annotator.core.model import Id
from annotator.core.revision import Revision
from annotator.core.touched import ManyEntries, Touched
from annotator.store import journal, touching
from annotator.store.journal import Entries
from annotator.workspace import Workspace
from tests.formats.bundles import small_bundle
from tests.formats.numbered import ARTICLES, given, some

_KINDS = ("article", "mark", "statement", "status", "analyst", "actor", "verdict")


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Workspace, Workspace]]:
    """A project twice: who works, and who hears of it. Every step is a very long one."""
    monkeypatch.setattr(journal, "_MANY", 1)
    whole = small_bundle()
    start = Start(whole.codebook, whole.actors, whole.issues)
    path = tmp_path / "p.annotator"
    with Workspace.create(path, start, "Cy") as one, Workspace.open(path, "Cy") as other:
        yield one, other


def heard(two: tuple[Workspace, Workspace]) -> Revision:
    """What the other hears of the last step."""
    found: list[Revision] = []
    leave = two[1].subscribe(found.append)
    two[1].poll()
    leave()
    return found[-1]


def same(revision: Revision, articles: list[Id]) -> None:
    assert isinstance(revision.entries, ManyEntries)
    gone_through = Touched(list(revision.entries))
    assert revision.kinds == {entry.kind for entry in revision.entries}
    for kind in _KINDS:
        ids = gone_through.ids(kind)
        found = revision.touched.ids(kind)
        assert set(found) == ids
        assert len(found) == len(ids)
        assert found & {*ids, -1} == ids
        assert -1 not in found
    for kind in ("mark", "statement"):
        for article in articles:
            expected = gone_through.coming_or_going(kind, article)
            assert revision.touched.coming_or_going(kind, article) == expected


def test_the_same_as_by_going_through_them(two: tuple[Workspace, Workspace]) -> None:
    one = two[0]
    articles = [part.article.id for part in some()]
    one.take_in_parts(given(some()), "Import")
    brought = heard(two)
    same(brought, articles)
    assert len(brought.touched.ids("mark")) == 2 * ARTICLES
    one.undo()
    taken_back = heard(two)
    same(taken_back, articles)
    assert len(taken_back.touched.coming_or_going("mark", articles[0])) == 2


def test_they_are_looked_through_in_portions_before_anybody_is_told(
    two: tuple[Workspace, Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(touching, "_AT_ONCE", 7)
    one, other = two
    one.take_in_parts(given(some()), "Import")
    one.set_passphrase("", "a long secret")
    told: list[str] = []
    other.subscribe(lambda revision: told.append(revision.label))
    portions = 1
    while not other.look_ahead(0):
        portions += 1
    assert portions > 2 * ARTICLES // 7
    assert told == []
    asked: list[str] = []
    other._file._connection.set_trace_callback(asked.append)
    assert other.poll() == 2
    other._file._connection.set_trace_callback(None)
    assert len(told) == 2
    assert not any("DISTINCT kind" in statement for statement in asked)
    assert other.look_ahead(0)
    assert other.poll() == 0


def test_what_came_after_looking_is_told_after_it(two: tuple[Workspace, Workspace]) -> None:
    one, other = two
    told: list[str] = []
    other.subscribe(lambda revision: told.append(revision.label))
    one.take_in_parts(given(some()), "Import")
    other.look_ahead(0)
    one.set_passphrase("", "a long secret")
    other.poll()
    assert told == ["Import", "Passphrase"]


def test_what_was_looked_through_is_heard_of_once(two: tuple[Workspace, Workspace]) -> None:
    one, other = two
    done: list[Revision] = []
    told: list[str] = []
    one.subscribe(done.append)
    other.subscribe(lambda revision: told.append(revision.label))
    one.take_in_parts(given(some()), "Import")
    other.look_ahead(0)
    other.hear(done[0])
    other.hear(done[0])
    other.poll()
    assert told == ["Import"]


def test_a_passphrase_is_not_shown(two: tuple[Workspace, Workspace]) -> None:
    one = two[0]
    one.set_passphrase("", "a long secret")
    said = [entry.after for entry in heard(two).entries if entry.kind == "analyst"]
    assert said
    assert not any((flat or {}).get("passphrase") for flat in said)


def test_some_of_them_are_asked_for_by_their_places(two: tuple[Workspace, Workspace]) -> None:
    one = two[0]
    one.take_in_parts(given(some()), "Import")
    entries = heard(two).entries
    assert isinstance(entries, Entries)
    all = list(entries)
    assert entries[0] == all[0]
    assert entries[-1] == all[-1]
    assert entries[2:5] == all[2:5]
    assert list(entries.shown(lambda e: e if e.kind == "mark" else None)) == [
        entry for entry in all if entry.kind == "mark"
    ]
