"""A disk that fails: every single write or sync of some gestures in turn, full or broken.

    python -m tests.torture.failing PROJECT FIRST LAST

For each number from FIRST to LAST: marks on a copy of the project until so many things have been
asked of the disk, which then refuses one (or, for every second number, all that follow) and is
well again afterwards. What was told to be saved must be there, and nothing else half.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from tests.torture import shim

_MARKS = 6


@dataclass(slots=True)
class Trouble:
    """What is asked of the disk, counted, and when it refuses."""

    asked: int = 0
    at: int = 0
    lasts: bool = False
    is_full: bool = True
    after_the_commit: bool = False
    """Whether only what was saved already could not be brought from the log into the file."""

    def ask(self, for_the_commit: bool) -> None:
        self.asked += 1
        wrong = self.asked >= self.at if self.lasts else self.asked == self.at
        if self.at and wrong:
            self.after_the_commit = not for_the_commit
            raise apsw.FullError("the disk is full") if self.is_full else apsw.IOError("broken")


class Disk(apsw.VFS):
    """The usual file system, with trouble."""

    def __init__(self, name: str, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        return _File(name, flags, self.trouble)


class _File(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], trouble: Trouble) -> None:
        self._trouble = trouble
        self._is_synced = False
        self._is_log = bool(flags[0] & apsw.SQLITE_OPEN_WAL)
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._trouble.ask(self._is_log)
        self._is_synced = False
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        # A log that is synced twice is about to be brought into the file.
        self._trouble.ask(self._is_log and not self._is_synced)
        super().xSync(flags)
        self._is_synced = True


class Connection(shim.Connection):
    """SQLite says nothing of a log that could not be emptied after a commit; apsw raises it."""

    trouble: Trouble

    def execute(self, sql: str, values: Any = ()) -> Any:
        self.trouble.after_the_commit = False
        try:
            return super().execute(sql, values)
        except apsw.Error:
            if sql == "COMMIT" and self.trouble.after_the_commit and not self.in_transaction:
                return ()
            raise


def main(path: str, first: str, last: str) -> None:
    trouble = Connection.trouble = Trouble()
    disk = Disk("failing", trouble)
    shim.wear("failing", Connection)
    from annotator.core.errors import ProjectFault  # noqa: PLC0415  only now: the driver is ours
    from annotator.workspace import Workspace  # noqa: PLC0415
    from tests.workshop import mark  # noqa: PLC0415

    refused = lost = faults = told_in_all = 0
    for number in range(int(first), int(last) + 1):
        copy = Path(path).with_name(f"failing-{number}.annotator")
        shutil.copyfile(path, copy)
        workspace = Workspace.open(copy, "Bo")
        workspace._file.connection.execute("PRAGMA wal_autocheckpoint = 10")
        told = [mark(workspace, "claim", (0, 3)).id]
        trouble.asked, trouble.at = 0, number
        trouble.lasts, trouble.is_full = number % 2 == 0, number % 3 != 0
        for n in range(_MARKS):
            try:
                told.append(mark(workspace, "claim", (n, n + 4)).id)
            except ProjectFault as fault:
                if not str(fault).startswith("Not saved: "):
                    raise
                refused += 1
        trouble.at = 0
        told.append(mark(workspace, "claim", (9, 12)).id)  # and work goes on
        workspace.close()
        with Workspace.open(copy) as again:
            layer = next(a.id for a in again.analysts() if a.name == "Bo")
            page = again.page(again.articles()[0].id, layer)
            lost += len(set(told) - page.marks.keys())
            # What was refused may not be there either: it was said not to be saved.
            faults += len(again.check()) + len(page.marks.keys() - set(told))
        told_in_all += len(told)
        for left in copy.parent.glob(f"{copy.name}*"):
            left.unlink()
    sys.stdout.write(f"{refused} {told_in_all} {lost} {faults}\n")
    del disk


if __name__ == "__main__":
    main(*sys.argv[1:])
