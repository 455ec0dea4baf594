"""The demo clears away what it left there before, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.ui.demo import run_demo
from annotator.workspace import Workspace
from tests.workshop import small_project, start


def test_a_project_called_demo_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config"))
    path = tmp_path / "demo.annotator"
    small_project(path, "Ada").close()
    with pytest.raises(BadInput, match="is a project of somebody's; choose another folder"):
        run_demo(tmp_path, start())
    with Workspace.open(path) as there:
        assert len(there.articles()) == 1
