"""A file that is taken in while it is read: one step, all of it or nothing, with little in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from annotator.core.foreign.labels import LabelMapping
from annotator.core.revision import Entry
from annotator.formats.exchange.format import Format
from annotator.formats.exchange.own.file import FORMAT as JSON
from annotator.workspace import Workspace
from tests.formats.bundles import small_bundle
from tests.formats.numbered import ARTICLES, article, given, some
from tests.workspace.intake.files import file, said, streamed


def test_it_says_what_the_file_says_and_is_one_step(
    project: Workspace, format: Format, tmp_path: Path
) -> None:
    before = said(project)
    heard: list[list[Entry]] = []
    project.subscribe(lambda revision: heard.append(list(revision.entries)))
    path = file(format, tmp_path, some())
    came = project.take_in_parts(streamed(format, path), "Import it")
    assert (len(came.articles), came.marks, came.anything, came.kept) == (7, 14, True, ())
    (revision,) = project.history(1)
    assert revision.label == "Import it"
    assert heard == [list(revision.entries)]
    assert [project.article(part.article.id) for part in some()] == [p.article for p in some()]
    assert {part.article.id: part.marks for part in project.bundle().articles} == {
        part.article.id: part.marks for part in some()
    }
    assert project.check() == []
    project.undo()
    assert said(project) == before
    assert project.check() == []
    project.redo()
    assert len(project.articles()) == ARTICLES
    assert project.check() == []


def test_again_it_brings_nothing_and_writes_nothing(
    project: Workspace, format: Format, tmp_path: Path
) -> None:
    path = file(format, tmp_path, some())
    project.take_in_parts(streamed(format, path), "Import")
    last = project.history(1)
    came = project.take_in_parts(streamed(format, path), "Import")
    assert not came.anything
    assert came.kept == ()
    assert list(project.history(1)) == list(last)


def test_looking_through_it_tells_what_taking_it_in_brings(
    project: Workspace, format: Format, tmp_path: Path
) -> None:
    before, last = said(project), list(project.history(1))
    path = file(format, tmp_path, some())
    would = project.look_through(streamed(format, path), "Import")
    assert (said(project), list(project.history(1))) == (before, last)
    came = project.take_in_parts(streamed(format, path), "Import")
    assert would == came
    assert came.new["statement"] == ARTICLES
    again = project.look_through(streamed(format, path), "Import")
    assert (again.anything, again.new) == (False, {})


def test_how_far_the_reading_is(format: Format, tmp_path: Path) -> None:
    found = streamed(format, file(format, tmp_path, some()))
    shares = [found.reached.share for _ in found.articles]
    assert shares == sorted(set(shares))
    assert 0 < shares[0] < 0.5
    assert 0.9 < shares[-1] <= 1


def test_what_another_program_brings_while_it_waits_is_not_brought_again(
    project: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = project._file.turns
    begin = turns._begin

    def late(wait: bool) -> None:
        monkeypatch.setattr(turns, "_begin", begin)
        with Workspace.open(project.path, "Cy") as other:
            other.take_in_parts(given(some()[:4]), "Import")
        begin(wait)

    monkeypatch.setattr(turns, "_begin", late)
    came = project.take_in_parts(given(some()), "Import")
    assert (len(came.articles), came.marks, came.kept) == (3, 6, ())
    assert project.check() == []


def test_a_half_that_is_there_is_not_brought_again(project: Workspace) -> None:
    project.take_in_parts(given(some()[:4]), "Import")
    came = project.take_in_parts(given(some()), "Import")
    assert (len(came.articles), came.marks) == (3, 6)
    assert project.check() == []


def test_a_foreign_file_is_one_step_of_several_portions(project: Workspace) -> None:
    whole = replace(small_bundle(), articles=tuple(some()))
    before = said(project)
    heard: list[int] = []
    project.subscribe(lambda revision: heard.append(len(revision.entries)))
    came = project.take_in(whole, "Import", LabelMapping(add=True))
    assert (len(came.articles), came.marks) == (7, 14)
    assert heard == [sum(came.new.values()) + sum(came.changed.values())]
    assert project.check() == []
    again = project.take_in(whole, "Import", LabelMapping(add=True))
    assert not again.anything
    project.undo()
    assert said(project) == before


def test_a_copy_may_come_before_what_it_is_a_copy_of(project: Workspace) -> None:
    plain = some()
    copies = [article(n, copy_of=plain[n + 1].article.id) for n in range(3)]
    unknown = article(5, copy_of=article(99).article.id)
    came = project.take_in_parts(given([*copies, *plain[3:5], unknown]), "Import")
    assert [kept for kept in came.kept if "comes without" in kept] == [
        "The article “Day 5” comes without the article that it is a copy of"
    ]
    there = {a.title: a.copy_of for a in project.articles()}
    assert there["Day 0"] == plain[1].article.id
    assert there["Day 2"] == plain[3].article.id
    assert there["Day 5"] is None
    assert project.check() == []


def test_json_that_others_have_laid_out_is_read_as_well(project: Workspace, tmp_path: Path) -> None:
    """From the article on that differs, and all of it where the beginning does."""
    path = file(JSON, tmp_path, some())
    ours = path.read_bytes()
    for other in (
        ours.replace(b'"Day 4"', b'"Day\\u00204"'),
        ours.replace(b'      "title": "Day 4"', b'  "title": "Day 4"'),
        msgspec.json.format(ours, indent=0),
        b"\xef\xbb\xbf" + ours,
        ours.replace(b"\n", b"\r\n"),
        ours + b"\n\n",
    ):
        path.write_bytes(other)
        assert list(streamed(JSON, path).articles) == some()
