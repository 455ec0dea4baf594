"""What happens to a program at work: locks, clocks, folders it may not write to, hostile files."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotator.core.errors import Busy, ProjectFault
from annotator.store.driver import connect, sqlite3
from annotator.store.file import clock, opening
from annotator.store.file.drive import file_system, linux_mounts, warning_of
from annotator.store.file.unsaved import not_saved
from annotator.store.keeping.backup import back_up
from annotator.workspace import Workspace
from tests.workshop import mark, small_project

DAY_MS = 86_400_000


def test_a_lock_held_for_long_is_said_and_the_next_gesture_works(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    workspace._file.turns.patience_ms = 50
    other = connect(path)
    other.execute("BEGIN IMMEDIATE")
    before = len(list(workspace.history()))
    for _ in range(2):
        with pytest.raises(ProjectFault, match=r"Not saved: another program .* try again\."):
            mark(workspace, "claim", (0, 3))
    assert len(list(workspace.history())) == before  # reading goes on
    other.execute("COMMIT")
    other.close()
    mark(workspace, "claim", (0, 3))
    assert workspace.check() == []
    workspace.close()


def test_a_clock_set_back_a_day_changes_no_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    mark(workspace, "claim", (0, 3))
    earlier = time.time_ns() - DAY_MS * 1_000_000
    monkeypatch.setattr(time, "time_ns", lambda: earlier)
    made = [mark(workspace, "claim", (n, n + 3)).id for n in range(3, 6)]
    assert workspace.undo() is not None
    assert [m for m in made if workspace.page(workspace.articles()[0].id).marks.get(m)] == made[:2]
    orders = [revision.order for revision in workspace.history()]
    assert orders == sorted(orders, reverse=True)
    assert len(set(orders)) == len(orders)
    assert workspace.check() == []
    workspace.close()


@pytest.mark.parametrize(
    ("sqlite_says", "we_say"),
    [
        ("attempt to write a readonly database", "cannot be opened for writing"),
        ("unable to open database file", "copy it to a folder of your own"),
        ("database is locked", "is held by another program"),
        ("database disk image is malformed", "is damaged"),
        ("disk I/O error", "cannot be opened: disk I/O error."),
    ],
)
def test_why_a_project_cannot_be_opened_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_says: str, we_say: str
) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()

    def fail(_path: Path) -> None:
        raise sqlite3.OperationalError(sqlite_says)

    monkeypatch.setattr(opening, "connect", fail)
    with pytest.raises(ProjectFault, match=we_say) as caught:
        Workspace.open(path)
    assert str(caught.value).endswith(".")


@contextmanager
def somebody_else() -> Iterator[Path]:
    """A folder of ours, and for as long as this lasts the rights of somebody without any."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    try:
        small_project(folder / "p.annotator").close()
        folder.chmod(0o555)
        (folder / "p.annotator").chmod(0o444)
        if is_root:  # nothing is forbidden to root
            os.seteuid(65534)
        try:
            yield folder
        finally:
            if is_root:
                os.seteuid(0)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="its folders are forbidden in another way")
def test_a_project_in_a_folder_that_is_read_only() -> None:
    with somebody_else() as folder:
        with pytest.raises(ProjectFault, match="cannot be opened for writing"):
            Workspace.open(folder / "p.annotator", "Bo")
        with pytest.raises(ProjectFault, match="cannot be created: Permission denied"):
            small_project(folder / "new.annotator")
        with pytest.raises(ProjectFault, match="backups cannot be made: Permission denied"):
            back_up(folder / "p.annotator", datetime.now(UTC))


@pytest.mark.skipif(sys.platform == "win32", reason="its folders are forbidden in another way")
def test_a_folder_that_becomes_read_only_holds_up_nobody_who_is_at_work(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    mark(workspace, "claim", (0, 3))
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        mark(workspace, "claim", (3, 6))
        workspace.close()
    finally:
        tmp_path.chmod(0o755)
        path.chmod(0o644)
    with Workspace.open(path) as again:
        assert sum(again.count("mark").values()) == 2
        assert again.check() == []


@pytest.mark.parametrize(
    ("sqlite_says", "we_say"),
    [
        ("database or disk is full", "is full; make room there, then do it again."),
        ("attempt to write a readonly database", "may not be written to any more"),
        ("disk I/O error", "the disk did not take what was to be written"),
        ("database is locked", "another program has been writing"),
        ("database disk image is malformed", "is damaged; close this window"),
        ("something new", "could not be written (something new)."),
    ],
)
def test_why_something_was_not_saved_is_said(sqlite_says: str, we_say: str) -> None:
    said = not_saved(Path("folder/p.annotator"), sqlite3.OperationalError(sqlite_says))
    assert said.startswith("Not saved: ")
    assert we_say in said
    assert said.endswith(".")
    assert said.count("p.annotator") == 1


def test_a_clock_that_is_behind_is_warned_of() -> None:
    assert clock.warning_of(10 * DAY_MS, 10 * DAY_MS - 60_000) == ""
    assert "set the clock right" in clock.warning_of(10 * DAY_MS, 9 * DAY_MS)


def test_who_waits_for_another_program_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    told: list[int] = []
    workspace.tell_waiting(lambda: told.append(1))
    workspace._file.turns.patience_ms = 350
    other = connect(path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        mark(workspace, "claim", (0, 3))
    assert told == [1]
    other.execute("ROLLBACK")
    mark(workspace, "claim", (0, 3))
    assert told == [1]
    other.close()
    workspace.close()


MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/home /home/ada nfs4 rw 0 0
//server/share /mnt/the\\040share cifs rw 0 0
sshfs /mnt/far fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/tmp/p.annotator", "ext4"),
        ("/home/ada/deep/p.annotator", "nfs4"),
        ("/home/adam/p.annotator", "ext4"),
        ("/mnt/the share/p.annotator", "cifs"),
        ("/mnt/far/p.annotator", "fuse.sshfs"),
    ],
)
def test_the_file_system_of_a_place(place: str, kind: str) -> None:
    assert file_system(Path(place), linux_mounts(MOUNTS)) == kind


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked in its own way")
def test_a_network_drive_and_a_synced_folder_are_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert warning_of(tmp_path / "p.annotator") == ""
    assert "“Dropbox”, which another program copies" in warning_of(
        tmp_path / "Dropbox" / "p.annotator"
    )
    monkeypatch.setattr("annotator.store.file.drive._mounts", lambda: {Path("/"): "nfs4"})
    assert "lies on a network drive" in warning_of(tmp_path / "p.annotator")


def test_a_project_file_cannot_run_anything(tmp_path: Path) -> None:
    """A file from a stranger: its schema is trusted with no function that does things."""
    path = tmp_path / "p.annotator"
    small_project(path).close()
    tamperer = sqlite3.connect(path)
    tamperer.execute(
        "CREATE TRIGGER sly AFTER INSERT ON revision BEGIN"
        " SELECT load_extension('/nowhere/evil.so'); END"
    )
    tamperer.commit()
    tamperer.close()
    workspace = Workspace.open(path)
    with pytest.raises(ProjectFault, match=r"load_extension|not authorized"):
        workspace.as_analyst("Bo")
    workspace.close()
    connection = connect(path)
    assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
    with pytest.raises(sqlite3.Error, match="not authorized"):
        connection.execute("SELECT load_extension('x')")
    connection.close()
