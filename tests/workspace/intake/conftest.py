"""A project that files are taken into, and the formats that can be read an article at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.codebook import Start
from annotator.formats.exchange.format import Format
from annotator.formats.exchange.own.file import FORMAT as JSON
from annotator.formats.exchange.own.lines import FORMAT as LINES
from annotator.workspace import Workspace, taking
from tests.formats.bundles import small_bundle


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few articles are several."""
    monkeypatch.setattr(taking, "_PORTION", 8)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Workspace]:
    whole = small_bundle()
    start = Start(whole.codebook, whole.actors, whole.issues)
    with Workspace.create(tmp_path / "p.annotator", start, "Cy") as workspace:
        yield workspace


@pytest.fixture(params=[JSON, LINES], ids=lambda format: format.name)
def format(request: pytest.FixtureRequest) -> Format:
    found: Format = request.param
    return found
