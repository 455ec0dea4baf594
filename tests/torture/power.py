"""Power cuts: a program marks on a disk that keeps a tape; then the tape is cut, again and again.

    python -m tests.torture.power PROJECT MARKS LEVEL TAPE

marks in a project with ``PRAGMA synchronous = LEVEL`` and leaves the tape, for :func:`power_cuts`.
"""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = "p.annotator"


@dataclass(frozen=True, slots=True)
class Cuts:
    """What came of a number of power cuts."""

    cuts: int
    told: int
    """Marks that were said to be saved on the whole tape."""
    lost: int
    """Of all cuts together, marks that were said to be saved before and were not there."""
    faults: int
    """Cuts after which ``check`` found something wrong."""


def power_cuts(cuts: int, marks: int, level: str = "FULL", seed: int = 1) -> Cuts:
    """Mark once, then cut the power at so many places."""
    from annotator.core.errors import ProjectFault  # noqa: PLC0415  not in the program with the tape
    from annotator.workspace import Workspace  # noqa: PLC0415
    from tests.torture.disk import after_a_cut  # noqa: PLC0415
    from tests.workshop import small_project  # noqa: PLC0415

    dice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="annotator-") as name:
        folder = Path(name)
        path = folder / PROJECT
        small_project(path, "Bo").close()
        begun = {PROJECT: path.read_bytes()}
        tape_file = folder / "tape"
        words = [str(path), str(marks), level, str(tape_file)]
        subprocess.run([sys.executable, "-m", __name__, *words], cwd=ROOT, check=True)
        tape = pickle.loads(tape_file.read_bytes())
        told_at = [(n, event.at) for n, event in enumerate(tape) if event.what == "told"]
        lost = faults = 0
        for number in range(cuts):
            cut = dice.randrange(1, len(tape))
            place = folder / str(number)
            place.mkdir()
            for file, data in after_a_cut(begun, tape, cut, dice).items():
                (place / file).write_bytes(data)
            try:
                with Workspace.open(place / PROJECT) as workspace:
                    there = {revision.id for revision in workspace.history()}
                    faults += bool(workspace.check())
            except ProjectFault:
                there, faults = set(), faults + 1
            lost += sum(1 for n, revision in told_at if n < cut and revision not in there)
    return Cuts(cuts, len(told_at), lost, faults)


def main(path: str, marks: str, level: str, tape_file: str) -> None:
    from tests.torture import disk, shim  # noqa: PLC0415

    tape: list[disk.Event] = []
    _recorder = disk.Recorder("tape", tape)  # there for as long as this name is
    shim.wear("tape")
    from annotator.core import marking  # noqa: PLC0415  only now: it takes the driver it finds
    from annotator.workspace import Workspace  # noqa: PLC0415

    workspace = Workspace.open(Path(path), "Bo")
    workspace._file.connection.execute(f"PRAGMA synchronous = {level}")
    # Small, so that the log is brought into the file again and again.
    workspace._file.connection.execute("PRAGMA wal_autocheckpoint = 40")
    page = workspace.page(workspace.articles()[0].id)
    for n in range(int(marks)):
        span = (n % 50, n % 50 + 3)
        edit, _, _ = marking.mark(page, workspace.codebook, "claim", [span], workspace.new_id)
        revision = workspace.do(edit)
        assert revision is not None
        tape.append(disk.Event("told", at=revision.id))
    Path(tape_file).write_bytes(pickle.dumps(tape))
    workspace.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
