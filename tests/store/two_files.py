"""Two files of one project, as whoever opens them has them and as their rows are."""

from __future__ import annotations

from pathlib import Path

import msgspec

from annotator.core.revision import RECORDS
from annotator.store.project import ProjectFile
from annotator.workspace import Workspace


def rows(path: Path) -> dict[str, list[bytes]]:
    """Every record of a file; times that a merge itself writes are none."""
    file = ProjectFile.open(path)
    found = {kind: [msgspec.json.encode(r) for r in file.records(kind)] for kind in RECORDS}
    file.close()
    return found


def as_(path: Path, name: str) -> Workspace:
    return Workspace.open(path, name)
