"""The project as a file: where it is, whether it is still there, and copies of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from annotator.store import astray, clock
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
        """That the file was moved, replaced or deleted, so that nothing more can be saved in it.

        A sentence; empty while it is where it was.
        """
        return astray.sentence(self._file.path) if self._file.turns.is_astray else ""

    def settle(self) -> None:
        """Have what was saved in the file alone, when there is nothing else to do."""
        self._file.turns.settle()

    def save_copy(self, path: Path) -> None:
        """A sound copy of the whole project as this window has it, also when its file is gone.

        :class:`ProjectFault` when it cannot be made.
        """
        self._file.save_copy(path)

    def tell_waiting(self, tell: Callable[[], object]) -> None:
        """Have ``tell`` called when a gesture has to wait for another program for some time."""
        self._file.turns.on_wait = tell

    def clock_warning(self) -> str:
        """A sentence when this computer's clock is far behind the last step; else empty."""
        return clock.warning_of(self._file.last_clock() >> 15, time.time_ns() // 1_000_000)
