"""Windows killed while somebody works in them, and two windows on one project for long."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from annotator.ui.places import Place
from annotator.workspace import Workspace
from tests.workshop import add_article, start

ROOT = Path(__file__).parents[2]
ARTICLES = 12
_PATIENCE_S = 120.0
"""For a window to say something; only a hung one takes so long."""
NEAR = 30.0
"""Pixels: no more than a line."""


class Seen(msgspec.Struct, frozen=True):
    """Where a window is, and whether its text ends there: no further down can it be scrolled."""

    place: Place
    at_end: bool = False
    """Another window, whose bars take more or less room, then begins its lines elsewhere."""


@dataclass(slots=True)
class Reopened:
    """What came of killing windows, and of working in two."""

    kills: int = 0
    told: set[int] = field(default_factory=set)
    """Revisions that were shown as saved."""
    lost: set[int] = field(default_factory=set)
    elsewhere: list[str] = field(default_factory=list)
    """Where a window opened, and where it should have."""
    unseen: int = 0
    """Marks of one window that the other did not show, or showed wrongly."""
    heard: int = 0
    """Revisions that one window took in from another."""
    faults: list[str] = field(default_factory=list)


class Screen:
    """One window in a program of its own; a thread of ours hears what it says."""

    def __init__(self, folder: Path, project: str, seed: int, analyst: str = "Ada") -> None:
        self.saved: list[int] = []
        self.heard: list[int] = []
        self.places: list[Seen] = []
        """The one written down last, and those that were being written since."""
        self.kept = 0
        """How many were written down; before the first, that of the window before still stands."""
        self._said: dict[str, list[str]] = {}
        self._news = threading.Condition()
        self._over = False
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "ANNOTATOR_DATA": str(folder / "data"),
            "ANNOTATOR_CONFIG": str(folder / "config"),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.window", project, analyst, str(seed)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if not line.endswith("\n"):
                break  # cut in the middle
            what, _, about = line[:-1].partition(" ")
            with self._news:
                match what:
                    case "saved":
                        self.saved.append(int(about))
                    case "heard":
                        self.heard.append(int(about))
                    case "keeping":
                        self.places.append(_seen(about))
                    case "kept":
                        self.places = [_seen(about)]
                        self.kept += 1
                    case _:
                        self._said.setdefault(what, []).append(about)
                self._news.notify_all()
        with self._news:
            self._over = True
            self._news.notify_all()

    def order(self, *words: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()

    def wait(self, what: str) -> str:
        """What the window says next under this word."""
        self.wait_until(lambda: bool(self._said.get(what)), what)
        return self._said[what].pop(0)

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        with self._news:
            self._news.wait_for(lambda: is_so() or self._over, _PATIENCE_S)
            if not is_so():
                raise AssertionError(f"the window ended or hangs before: {what}")

    def kill(self) -> None:
        self._process.kill()
        self._end()

    def close(self) -> None:
        self.order("close")
        self._end()

    def _end(self) -> None:
        self._process.wait(_PATIENCE_S)
        self._thread.join()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()


def _seen(line: str) -> Seen:
    return msgspec.json.decode(line, type=Seen)


def a_project(folder: Path) -> Path:
    path = folder / "windows.annotator"
    with Workspace.create(path, start(), "Ada") as workspace:
        for n in range(ARTICLES):
            text = f"“It was not discussed in part {n},” Lavrov said on that day. He waited. " * 150
            add_article(workspace, text, f"Article {n}")
    return path


def kill_windows(folder: Path, kills: int, gestures: int, seed: int = 1) -> Reopened:
    """Kill a window so often after about so many gestures; the next start says where it opens."""
    path, dice, done = a_project(folder), random.Random(seed), Reopened()
    screen = Screen(folder, str(path), dice.randrange(1 << 30))
    screen.wait("at")
    while True:
        screen.order("go")
        wanted, begun = dice.randint(gestures // 2, gestures * 3 // 2), time.monotonic()
        pause = dice.random()

        def enough(
            screen: Screen = screen, wanted: int = wanted, end: float = begun + pause
        ) -> bool:
            return len(screen.saved) >= wanted and time.monotonic() > end and screen.kept > 0

        screen.wait_until(enough, "gestures")
        screen.kill()
        done.kills += 1
        done.told.update(screen.saved)
        places = screen.places
        if done.kills == kills:
            break
        screen = Screen(folder, "-", dice.randrange(1 << 30))
        _compare(path, places, _seen(screen.wait("at")), done)
    _look(path, done)
    return done


def _compare(path: Path, kept: list[Seen], now: Seen, done: Reopened) -> None:
    with Workspace.open(path) as workspace:
        possible = [Seen(_as_it_can_be(workspace, one.place), one.at_end) for one in kept]
    if not any(_is_same(one, now) for one in possible):
        done.elsewhere.append(f"{now} and not {possible}")


def _as_it_can_be(workspace: Workspace, place: Place) -> Place:
    """Without what was undone between writing the place down and being killed."""
    mark, statement = place.mark, place.statement
    if mark is not None and workspace.record("mark", mark) is None:
        mark = None
    if statement is not None and workspace.record("statement", statement) is None:
        statement = None
    return msgspec.structs.replace(place, mark=mark, statement=statement)


def _is_same(kept: Seen, now: Seen) -> bool:
    """Whether all is as it was, the line at the upper edge to a few pixels; or the last one below."""
    offset, below = kept.place.top
    if msgspec.structs.replace(now.place, top=kept.place.top) != kept.place:
        return False
    at, beneath = now.place.top
    return (kept.at_end and now.at_end) or (at == offset and abs(beneath - below) <= NEAR)


def two_windows(folder: Path, seconds: float, seed: int = 1) -> Reopened:
    """Two windows of one analyst on one project, both marking; then both show all of it."""
    path, done = a_project(folder), Reopened()
    screens = [Screen(folder / str(n), str(path), seed + n) for n in range(2)]
    for screen in screens:
        screen.wait("at")
    for screen in screens:
        screen.order("go")
    time.sleep(seconds)
    for screen in screens:
        screen.order("stop")
    for screen in screens:
        screen.wait("stopped")
    with Workspace.open(path, "Ada") as workspace:
        for article in workspace.articles():
            there = set(workspace.page(article.id).marks)
            for screen in screens:
                screen.order("show", article.id)
                done.unseen += len(there ^ set(json.loads(screen.wait("seen"))))
    for screen in screens:
        screen.close()
        done.told.update(screen.saved)
        done.heard += len(screen.heard)
    _look(path, done)
    return done


def _look(path: Path, done: Reopened) -> None:
    with Workspace.open(path) as workspace:
        done.lost = done.told - {revision.id for revision in workspace.history()}
        done.faults = [str(fault) for fault in workspace.check()]
    logs = path.parent.rglob("annotator.log*")
    done.faults += [f"{log.name}: {log.read_text(encoding='utf-8')[:2000]}" for log in logs]
