"""A file that cannot be taken in leaves nothing behind, whatever is wrong with it and wherever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import msgspec
import pytest

from annotator.core.bundle import ArticleBundle
from annotator.core.errors import BadInput
from annotator.core.foreign.labels import LabelMapping
from annotator.formats.exchange.own.file import FORMAT as JSON
from annotator.formats.exchange.own.lines import FORMAT as LINES
from annotator.workspace import Workspace, taking
from tests.formats.bundles import small_bundle
from tests.formats.numbered import ARTICLES, given, some
from tests.workspace.intake.files import file, said, streamed


@pytest.mark.parametrize("broken_at", [0, 3, ARTICLES - 1])
def test_an_error_in_any_line_leaves_nothing_behind(
    project: Workspace, tmp_path: Path, broken_at: int
) -> None:
    before, steps = said(project), len(list(project.history()))
    path = file(LINES, tmp_path, some())
    lines = path.read_bytes().splitlines(keepends=True)
    lines[broken_at + 1] = lines[broken_at + 1][:-20] + b"\n"
    path.write_bytes(b"".join(lines))
    with pytest.raises(BadInput, match=f"line {broken_at + 2}"):
        project.take_in_parts(streamed(LINES, path), "Import")
    assert said(project) == before
    assert len(list(project.history())) == steps
    assert project.check() == []
    came = project.take_in_parts(given(some()), "Import")
    assert len(came.articles) == ARTICLES


def test_a_rule_that_the_last_article_breaks_keeps_all_out(project: Workspace) -> None:
    *good, last = some()
    wrong = msgspec.structs.replace(last.marks[0], kind="nothing")
    bad = replace(last, marks=(wrong, *last.marks[1:]), statements=())
    with pytest.raises(
        BadInput, match="Import: mark 70 in “Day 6”: The codebook has no kind nothing"
    ):
        project.take_in_parts(given([*good, bad]), "Import")
    assert project.articles() == []
    assert project.check() == []


def test_who_stops_it_leaves_nothing_behind(project: Workspace) -> None:
    def stopped() -> Iterator[ArticleBundle]:
        yield from islice(some(), 5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        project.take_in_parts(given(stopped()), "Import")
    assert project.articles() == []
    assert project.check() == []
    assert project.take_in_parts(given(some()), "Import").marks == 2 * ARTICLES


@pytest.mark.parametrize("portion", [1, 8, 10_000])
def test_a_foreign_file_with_one_number_twice_is_refused_whatever_the_portions(
    project: Workspace, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    """What the file has brought before is nothing of the project that it would stand beside."""
    monkeypatch.setattr(taking, "_PORTION", portion)
    first, second, *others = some()
    again = msgspec.structs.replace(second.marks[0], id=first.marks[0].id)
    twice = replace(second, marks=(again, second.marks[1]), statements=())
    whole = replace(small_bundle(), articles=(first, twice, *others))
    before, steps = said(project), len(list(project.history()))
    with pytest.raises(BadInput, match=r"Import: .*(in the file twice|changes a record once)"):
        project.take_in(whole, "Import", LabelMapping(add=True))
    assert said(project) == before
    assert len(list(project.history())) == steps


def test_a_thing_that_is_in_the_file_twice_is_refused(project: Workspace) -> None:
    first, *others = some()
    again = replace(others[-1], marks=first.marks, statements=())
    for articles in ([first, again], [*some(), first], [first, *others[:-1], again]):
        with pytest.raises(BadInput, match=r"^Import: "):
            project.take_in_parts(given(articles), "Import")
        assert project.articles() == []


def test_a_reader_of_a_project_takes_nothing_in(project: Workspace, tmp_path: Path) -> None:
    with Workspace.open(project.path) as nobody, pytest.raises(Exception, match="reading only"):
        nobody.take_in_parts(given(some()), "Import")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"    },\n    {", b"    }\n    {", "not valid JSON"),
        (b'"articles": [\n    {', b'"articles": [\n    ,\n    {', "not valid JSON"),
        (b'      "title": "Day 6"', b'      "title": "x",\n      "title": "Day 6"', "twice"),
        (b'"title": "Day 6"', b'"title": 6', "Expected `str`"),
        (b'"seed": 7', b'"seed": ', "not valid JSON"),
    ],
)
def test_json_that_is_wrong_is_refused_while_it_is_read(
    project: Workspace, tmp_path: Path, old: bytes, new: bytes, said: str
) -> None:
    path = file(JSON, tmp_path, some())
    wrong = path.read_bytes()
    assert old in wrong
    path.write_bytes(new.join(wrong.rsplit(old, 1)))
    with pytest.raises(BadInput, match=said):
        project.take_in_parts(streamed(JSON, path), "Import")
    assert project.articles() == []
