"""A project of every published schema opens, is sound, says what it said, and can be worked on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from annotator.formats import annotator_json
from annotator.workspace import Workspace
from tests.store.projects.make import make
from tests.workshop import mark

PROJECTS = sorted((Path(__file__).parent / "projects").glob("*.annotator"))


def test_there_is_one() -> None:
    assert [project.stem for project in PROJECTS] == [
        "version-1",
        "version-6",
        "version-7",
        "version-8",
    ]


def _said(data: bytes) -> Any:
    """What is in a file, with the order of its keys; where its lines end is of its version."""
    return json.loads(data, object_pairs_hook=list)


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.stem)
def test_it_opens_and_is_what_it_was(tmp_path: Path, project: Path) -> None:
    path = tmp_path / project.name
    shutil.copyfile(project, path)
    workspace = Workspace.open(path, "Ada")
    assert workspace.check() == []
    assert _said(annotator_json.encode(workspace.bundle())) == _said(
        project.with_suffix(".json").read_bytes()
    )
    steps = len(list(workspace.history()))
    mark(workspace, "claim", (0, 3))
    while workspace.next_undo() != "Import An article":
        workspace.undo()
    assert workspace.page(workspace.articles()[0].id).marks == {}
    assert workspace.check() == []
    assert len(list(workspace.history())) > steps
    workspace.close()


def test_the_script_that_made_it_still_makes_one(tmp_path: Path) -> None:
    workspace = make(tmp_path / "p.annotator")
    assert workspace.check() == []
    workspace.close()
