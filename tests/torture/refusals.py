"""A failing disk, in a program of its own; see :mod:`tests.torture.failing`."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from annotator.workspace import Workspace
from tests.workshop import small_project

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Refusals:
    """What came of a disk that fails."""

    failures: int
    refused: int
    """Gestures that were said not to be saved."""
    told: int
    lost: int
    faults: int
    """What ``check`` finds, and marks that are there though they were said not to be."""


def fail_the_disk(folder: Path, failures: int) -> Refusals:
    """Fail each of the first so many writes and syncs in turn."""
    path = folder / "disk.annotator"
    small_project(path).close()
    Workspace.open(path, "Bo").close()
    words = [sys.executable, "-m", "tests.torture.failing", str(path), "1", str(failures)]
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    refused, told, lost, faults = map(int, done.stdout.split())
    return Refusals(failures, refused, told, lost, faults)
