"""The blind project on which every way of reading is tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workspace.blindness.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    # Ada's speaker was marked after she was done, before the project was blind.
    return Scene(tmp_path / "p.annotator")
