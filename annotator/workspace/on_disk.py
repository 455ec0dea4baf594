"""The project as a file: where it is, whether it is still there, and copies of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from annotator.store.file import astray, clock
from annotator.store.keeping.backup import backups_of
from annotator.store.keeping.repairing import from_log
from annotator.store.project import ProjectFile


class OnDisk:
    """What a workspace knows of its file."""

    _file: ProjectFile

    @property
    def kept_old(self) -> Path | None:
        """The project as an older program left it, when opening brought it up to date."""
        return self._file.kept_old

    @property
    def astray(self) -> str:
        """That the file was moved, replaced, deleted or written over: nothing is saved any more.

        A sentence; empty while it is where it was, and what it was.
        """
        fate = self._file.turns.watch.fate()
        return astray.sentence(self._file.path, fate) if fate else ""

    def settle(self) -> None:
        """Have what was saved in the file alone, when there is nothing else to do."""
        self._file.turns.settle()

    def save_copy(self, path: Path) -> list[str]:
        """A sound copy of the whole project as this window has it, also when its file is gone.

        Where the file was written over, of its newest backup and its log: what is in neither is
        returned, a sentence each. :class:`ProjectFault` when it cannot be made.
        """
        watch = self._file.turns.watch
        if watch.fate() != astray.OVER:
            self._file.save_copy(path)
            return []
        newest = next((there.path for there in backups_of(self._file.path)), None)
        return from_log(watch.kept_log, watch.project, path, newest).missing

    def tell_waiting(self, tell: Callable[[], object]) -> None:
        """Have ``tell`` called again and again while a gesture waits long for another program."""
        self._file.turns.on_wait = tell

    def clock_warning(self) -> str:
        """A sentence when this computer's clock is far behind the last step; else empty."""
        return clock.warning_of(self._file.last_clock() >> 15, time.time_ns() // 1_000_000)
