"""The project whose codebook is changed; whatever a test does, the file must be sound after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workspace.codebook.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path / "book.annotator")
    yield made
    assert made.ada.check() == []
    made.ada.close()
