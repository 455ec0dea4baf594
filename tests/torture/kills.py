"""Programs killed at random moments, one and two at a time on one project."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from annotator.workspace import Workspace
from tests.workshop import add_article, small_project

ROOT = Path(__file__).parents[2]
ARTICLES = 60


@dataclass(slots=True)
class Kills:
    """What came of killing."""

    kills: int = 0
    told: set[int] = field(default_factory=set)
    """Revisions that were said to be saved."""
    lost: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


class _Marker:
    """One program under way; a thread of ours hears what it says is saved."""

    def __init__(self, project: Path, analyst: str, seed: int) -> None:
        self.told: list[int] = []
        self.heard = threading.Semaphore(0)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.marker", str(project), analyst, str(seed)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"
        self._thread = threading.Thread(target=self._listen)

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.endswith("\n"):  # the last may be cut in the middle
                self.told.append(int(line))
                self.heard.release()
        for _ in range(1 << 16):  # it ended by itself: nobody is to wait for more
            self.heard.release()

    def kill(self) -> None:
        self._process.kill()
        self._thread.join()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()


def kill_programs(
    folder: Path, kills: int, marks: int, seed: int = 1, tell: Callable[[str], object] = str
) -> Kills:
    """Kill so many programs on a new project after about so many marks each."""
    path = folder / "killed.annotator"
    with small_project(path) as workspace:
        for n in range(ARTICLES):
            text = f"“It was not discussed in part {n},” Lavrov said on that day. He waited. " * 9
            add_article(workspace, text, f"Article {n}")
    dice = random.Random(seed)
    done = Kills()
    while done.kills < kills:
        together = 1 if done.kills % 3 == 0 or kills - done.kills < 2 else 2
        markers = [_Marker(path, f"Marker {n}", dice.randrange(1 << 30)) for n in range(together)]
        for marker in markers:
            marker.go()
        for marker in markers:
            for _ in range(dice.randint(marks // 2, marks * 3 // 2)):
                marker.heard.acquire()
            marker.kill()  # the other goes on, beside what this one left
            done.kills += 1
            done.told.update(marker.told)
        if done.kills % 20 < together:
            _look(path, done, whole=False)
            tell(f"{done.kills} kills, {len(done.told)} marks told, {len(done.lost)} lost")
    _look(path, done, whole=True)
    return done


def _look(path: Path, done: Kills, whole: bool) -> None:
    with Workspace.open(path) as workspace:
        known = workspace._file.known()
        there = {
            replica << 32 | sequence
            for replica, last in known.items()
            for sequence in range(1, last + 1)
        }
        if whole:
            there = {revision.id for revision in workspace.history()}
            done.faults = [str(fault) for fault in workspace.check()]
    done.lost |= done.told - there
