"""Writing in turn with other programs: each write one transaction, begun ``IMMEDIATE``.

Also where the file is: what is written to one that was moved, replaced or deleted is lost, and one
that was written over is another's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.core.errors import Busy, NotAllowed, ProjectFault
from annotator.store.driver import BUSY_MS, FAULTS, Connection
from annotator.store.file import astray
from annotator.store.file.unsaved import is_busy, not_saved

_NOTICED_MS = 300
"""After which somebody who waits wonders why."""
_BREATH_MS = 50
"""How long it is waited from then on, until the window can be painted again."""


class Turns:
    """The writes of one connection."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self._path = path
        self._connection = connection
        self.watch = astray.Watch(path, connection)
        """Which file it is, and whether it still is."""
        self.patience_ms = BUSY_MS
        """How long a write waits for another program's, which take milliseconds."""
        self.on_wait: Callable[[], object] | None = None
        """Called again and again while a write has to wait for so long that somebody notices."""
        self._is_settled = False

    def settle(self) -> None:
        """Bring what was saved last into the file itself, for whoever copies or moves the file.

        At once when there is nothing to do. It is safe in the log as well, so nothing is raised.
        """
        fate = self.watch.fate()
        if fate:
            if fate != astray.OVER:
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
            if self.watch.fate():
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
        """Hold off other writers; somebody who has to wait for long hears of it meanwhile."""
        patience = self.patience_ms if wait else 0
        heard = self.on_wait is not None and patience > _NOTICED_MS
        until = time.monotonic() + patience / 1000
        at_once = _NOTICED_MS if heard else patience
        while True:
            self._connection.execute(f"PRAGMA busy_timeout = {at_once}")
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except FAULTS as error:
                is_told = at_once == _BREATH_MS
                if not is_busy(error) or not heard or (is_told and time.monotonic() >= until):
                    raise
            else:
                return
            finally:
                self._connection.execute(f"PRAGMA busy_timeout = {self.patience_ms}")
            at_once = _BREATH_MS
            if self.on_wait is not None:
                self.on_wait()

    def _fault(self, error: Exception | None) -> ProjectFault:
        fate = self.watch.fate()
        if fate or error is None:
            return ProjectFault(f"Not saved: {astray.sentence(self._path, fate)}")
        return (Busy if is_busy(error) else ProjectFault)(not_saved(self._path, error))
