"""A lock held for long by another program, while somebody goes on marking."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import ProjectFault
from tests.store.processes import start_holder
from tests.workshop import mark, small_project


@dataclass(frozen=True, slots=True)
class Waited:
    """What came of marking under a lock."""

    refused: int
    """Gestures that were said not to be saved."""
    lost: int
    faults: int


def mark_under_a_lock(folder: Path, seconds: float, patience_ms: int | None = None) -> Waited:
    """Mark until it works again; the lock is held for so long, a gesture waits as it always does."""
    path = folder / "locked.annotator"
    with small_project(path) as workspace:
        if patience_ms is not None:
            workspace._file.turns.patience_ms = patience_ms
        told = {mark(workspace, "claim", (0, 3)).id}
        holder = start_holder(path, seconds)
        refused = 0
        while len(told) == 1:
            try:
                told.add(mark(workspace, "claim", (3, 6)).id)
            except ProjectFault as fault:
                if "Not saved: another program" not in str(fault):
                    raise
                refused += 1
        holder.communicate()
        there = workspace.page(workspace.articles()[0].id).marks
        return Waited(refused, len(told - there.keys()), len(workspace.check()))
