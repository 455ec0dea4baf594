"""Importing again adds nothing: our own export into its project, and any file into another twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.codebook import Start
from annotator.core.errors import BadInput
from annotator.core.foreign.labels import NO_MAPPING
from annotator.core.intake import Came
from annotator.core.review.procedure import reopen
from annotator.formats import annotator_json
from annotator.formats.exchange.catalogue import OURS
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format
from annotator.workspace import Workspace
from tests.formats.bundles import small_bundle

BOTH = [
    format for format in OURS if format.read and format.write and format.name != "refi-codebook"
]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Workspace]:
    """Where the small project is at home."""
    whole = small_bundle()
    start = Start(whole.codebook, whole.actors, whole.issues)
    with Workspace.create(tmp_path / "home.annotator", start, "Reviewer") as workspace:
        workspace.take_in(whole, "Import")
        yield workspace


@pytest.fixture(params=BOTH, ids=lambda format: format.name)
def format(request: pytest.FixtureRequest) -> Format:
    found: Format = request.param
    return found


def export(workspace: Workspace, format: Format, to: Path) -> Path:
    options = {"unit": "utf-16"} if format.name == "doccano" else {}
    path = to / f"out{format.suffixes[0] if format.suffixes else ''}"
    try:
        with written(format, workspace.outgoing(), path, options) as waiting:
            waiting.keep()
    except BadInput as error:
        if "pip install" not in str(error):
            raise
        pytest.skip(str(error))
    return path


def bring(workspace: Workspace, format: Format, path: Path) -> Came:
    options = {"unit": "utf-16"} if format.name == "doccano" else {}
    assert format.read is not None
    found = format.read(path, format.asked(options))
    return workspace.take_in(
        found.bundle, f"Import {path.name}", None if format.own else NO_MAPPING
    )


def whole(workspace: Workspace) -> bytes:
    return annotator_json.encode(workspace.bundle())


def test_our_own_export_changes_nothing_where_it_comes_from(
    project: Workspace, format: Format, tmp_path: Path
) -> None:
    if format.name == "conll":
        pytest.skip("columns have no ids, and the pieces of a mark are marks there")
    before, steps = whole(project), len(list(project.history()))
    intake = bring(project, format, export(project, format, tmp_path))
    assert not intake.anything
    assert whole(project) == before
    assert len(list(project.history())) == steps
    assert not [told for told in intake.kept if "differ" in told]


def test_another_project_has_it_once(project: Workspace, format: Format, tmp_path: Path) -> None:
    path = export(project, format, tmp_path)
    start = Start(small_bundle().codebook, (), ())
    with Workspace.create(tmp_path / "other.annotator", start, "Reviewer") as other:
        assert bring(other, format, path).anything
        once = whole(other)
        assert not bring(other, format, path).anything
        assert whole(other) == once
        assert other.check() == []
        assert any(part.marks for part in other.bundle().articles)


def changed(workspace: Workspace, format: Format, to: Path, old: str, new: str) -> Path:
    """An export in which another program has changed something."""
    path = export(workspace, format, to)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("label-studio", '"choices":["-1"]', '"choices":["1"]'),
        ("web-annotation", '"value":"-1"', '"value":"1"'),
    ],
)
def test_what_was_changed_elsewhere_is_told_and_not_added_beside(
    project: Workspace, tmp_path: Path, name: str, old: str, new: str
) -> None:
    format = next(one for one in OURS if one.name == name)
    before = whole(project)
    intake = bring(project, format, changed(project, format, tmp_path, old, new))
    assert whole(project) == before
    assert [told for told in intake.kept if "differing in the file" in told] == [
        "1 mark differing in the file: the project’s own is kept, first ““Not now,” … “Maybe later.””"
    ]


def test_work_of_one_given_to_another_is_new(project: Workspace, tmp_path: Path) -> None:
    """The ids in the file are those of Ada's marks; Cy's must be others."""
    format = next(one for one in OURS if one.name == "web-annotation")
    path = changed(project, format, tmp_path, '"Ada"', '"Cy"')
    before = whole(project).count(b'"kind"')
    assert bring(project, format, path).anything
    once = whole(project)
    assert once.count(b'"kind"') > before
    assert project.check() == []
    assert not bring(project, format, path).anything
    assert whole(project) == once


def test_a_mark_that_says_more_is_new(project: Workspace, tmp_path: Path) -> None:
    """Where nothing carries an id: on the same words, but of another issue, it is another mark."""
    format = next(one for one in OURS if one.name == "brat")
    for status in project.statuses():
        if status.progress == "done":  # else nothing is added
            project.do(reopen(status, "there is more"))
    path = export(project, format, tmp_path)
    ann = path / "Ada" / "talks.ann"
    text = ann.read_text(encoding="utf-8")
    assert "For" not in text
    ann.write_text(text.replace("stance T1 -1", "stance T1 1"), encoding="utf-8")
    assert text != ann.read_text(encoding="utf-8")
    came = bring(project, format, path)
    assert (came.marks, came.changed["mark"], came.deleted["mark"]) == (1, 0, 0)
