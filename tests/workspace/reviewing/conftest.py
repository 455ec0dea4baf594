"""The two layers to be reviewed; whatever a test does, the file must be sound after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workspace.reviewing.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path / "p.annotator")
    yield scene
    assert scene.rita.check() == []
    for one in (scene.rita, scene.ada, scene.bo):
        one.close()
