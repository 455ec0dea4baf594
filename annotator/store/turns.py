"""Writing in turn with other programs: each write one transaction, begun ``IMMEDIATE``.

Also where the file is: what is written to one that was moved, replaced or deleted is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.core.errors import Busy, NotAllowed, ProjectFault
from annotator.store import astray
from annotator.store.driver import BUSY_MS, FAULTS, Connection
from annotator.store.unsaved import is_busy, not_saved

_NOTICED_MS = 300
"""After which somebody who waits wonders why."""


class Turns:
    """The writes of one connection."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self._path = path
        self._connection = connection
        self.home = astray.home(path)
        """Which file it is, whatever it is called."""
        self.patience_ms = BUSY_MS
        """How long a write waits for another program's, which take milliseconds."""
        self.on_wait: Callable[[], object] | None = None
        """Called once a write has to wait for so long that somebody would notice."""
        self._is_settled = False

    @property
    def is_astray(self) -> bool:
        """Whether the file is no longer where it was opened; then nothing more can be saved."""
        return astray.home(self._path) != self.home

    def settle(self) -> None:
        """Bring what was saved last into the file itself, for whoever copies or moves the file.

        At once when there is nothing to do. It is safe in the log as well, so nothing is raised.
        """
        if self.is_astray:
            astray.bring_in_the_log(self._connection)
        elif not self._is_settled:
            self._is_settled = True
            with suppress(*FAULTS):
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    @contextmanager
    def writing(self, *, wait: bool = True) -> Iterator[None]:
        """A transaction; :class:`ProjectFault` says why it was not written, and then none of it is.

        :class:`Busy` when it is another program's turn for too long, or at all unless it may wait.
        """
        try:
            self._begin(wait)
        except FAULTS as error:
            raise self._fault(error) from error
        try:
            if self.is_astray:
                raise self._fault(None)
            yield
            self._connection.execute("COMMIT")
            self._is_settled = False
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, FAULTS):
                raise self._fault(error) from error
            if isinstance(error, UnicodeEncodeError):
                raise NotAllowed("Half a character cannot be stored; type it again.") from error
            raise

    def _begin(self, wait: bool) -> None:
        """Hold off other writers; somebody who has to wait for long is told so first."""
        for patience in self._waits() if wait else [0]:
            self._connection.execute(f"PRAGMA busy_timeout = {patience}")
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except FAULTS as error:
                if not is_busy(error) or patience != _NOTICED_MS or self.on_wait is None:
                    raise
                self.on_wait()
            else:
                return
            finally:
                self._connection.execute(f"PRAGMA busy_timeout = {self.patience_ms}")

    def _waits(self) -> list[int]:
        if self.on_wait is None or self.patience_ms <= _NOTICED_MS:
            return [self.patience_ms]
        return [_NOTICED_MS, self.patience_ms - _NOTICED_MS]

    def _fault(self, error: Exception | None) -> ProjectFault:
        if self.is_astray or error is None:
            return ProjectFault(f"Not saved: {astray.sentence(self._path)}")
        return (Busy if is_busy(error) else ProjectFault)(not_saved(self._path, error))
