"""Backups: made while work goes on, sound, thinned out, brought back without losing the present."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotator.core.errors import ProjectFault
from annotator.store.driver import connect
from annotator.store.keeping import backup
from annotator.store.keeping.backup import Backup, back_up, backups_of, folder_of, to_remove
from annotator.store.keeping.restoring import restore
from annotator.workspace import Workspace
from tests.workshop import mark, small_project

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def marks(path: Path) -> int:
    with Workspace.open(path) as workspace:
        assert workspace.check() == []
        return sum(workspace.count("mark").values())


def made(project: Path, now: datetime = NOW) -> Path:
    found = back_up(project, now)
    assert found is not None
    return found.path


def test_a_backup_of_an_open_project_has_everything_and_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    mark(workspace, "claim", (0, 3))
    copy = made(path)
    assert copy == tmp_path / "p backups" / "p 2026-03-02 12-00-00.annotator"
    assert list(copy.parent.iterdir()) == [copy]
    mark(workspace, "claim", (3, 6))
    assert backup.revisions_since(path, copy) == 1
    assert marks(copy) == 1
    workspace.close()


def test_marking_goes_on_and_each_step_is_in_or_out_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between every two pages somebody marks: SQLite's own way would begin anew for ever."""
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    for n in range(30):
        mark(workspace, "claim", (n, n + 3))
    steps = 0

    def mark_meanwhile(_seconds: float) -> None:
        nonlocal steps
        steps += 1
        mark(workspace, "claim", (steps % 50, steps % 50 + 1))

    monkeypatch.setattr("annotator.store.keeping.backup.time.sleep", mark_meanwhile)
    monkeypatch.setattr(backup, "_STEP_BYTES", 4096)
    copy = made(path)
    assert steps > 20
    assert marks(copy) == 30
    assert backup.revisions_since(path, copy) == steps
    workspace.close()


def test_nothing_new_needs_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    made(path)
    assert back_up(path, NOW + timedelta(hours=2)) is None
    assert len(backups_of(path)) == 1


@pytest.mark.parametrize(("ago", "is_due"), [(None, True), (59, False), (61, True), (-90, True)])
def test_a_backup_is_due_after_an_hour_and_whenever_the_clock_was_wrong(
    tmp_path: Path, ago: int | None, is_due: bool
) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    if ago is not None:
        made(path, NOW - timedelta(minutes=ago))
    assert backup.due(path, NOW) is is_due


def test_hours_days_and_weeks_are_kept() -> None:
    times = [NOW - timedelta(minutes=20 * n) for n in range(3 * 24 * 90)]
    there = [Backup(Path(str(n)), at, 1) for n, at in enumerate(times)]
    gone = set(to_remove(there))
    kept = [one.made_at for one in there if one not in gone]
    assert kept[0] == NOW
    assert len(kept) <= backup.HOURS + backup.DAYS + backup.WEEKS
    assert [NOW - at for at in kept[:3]] == [
        timedelta(), timedelta(minutes=20), timedelta(minutes=80),
    ]  # fmt: skip
    days = {at.date() for at in kept}
    assert {(NOW - timedelta(days=n)).date() for n in range(backup.DAYS)} <= days
    assert NOW - kept[-1] > timedelta(weeks=backup.WEEKS - 2)


def test_thinning_out_leaves_other_files_alone(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    folder = folder_of(path)
    folder.mkdir()
    other = folder / "p of my own.annotator"
    other.write_text("x")
    for n in range(backup.HOURS + 4):
        mark(workspace, "claim", (n, n + 1))
        made(path, NOW + timedelta(hours=n))
    assert len(backups_of(path)) == backup.HOURS
    assert other.exists()
    workspace.close()


def test_an_unsound_copy_is_no_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    monkeypatch.setattr(backup, "fault_of", lambda *_: "row 1 missing from index")
    with pytest.raises(ProjectFault, match="is not sound: row 1 missing"):
        back_up(path, NOW)
    assert list(folder_of(path).iterdir()) == []


def test_a_damaged_project_makes_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    (page,) = workspace._file.connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'change_id'"
    ).fetchone()
    workspace.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(ProjectFault, match="not sound"):
        back_up(path, NOW)
    assert backups_of(path) == []


def test_a_disk_too_full_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    usage = type(shutil.disk_usage(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 1000))
    with pytest.raises(ProjectFault, match=r"it needs .* MB and 0 MB are free"):
        back_up(path, NOW)


def test_a_backup_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    stop = threading.Event()
    stop.set()
    with pytest.raises(backup.Stopped):
        back_up(path, NOW, stop)
    assert list(folder_of(path).iterdir()) == []


def test_restoring_keeps_the_present_file_aside(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    mark(workspace, "claim", (0, 3))
    copy = made(path)
    mark(workspace, "claim", (3, 6))
    replicas = {revision.replica for revision in workspace.history()}
    workspace.close()
    aside = restore(path, copy, NOW)
    assert aside is not None
    assert (marks(path), marks(aside), marks(copy)) == (1, 2, 1)
    with Workspace.open(path, "Ada") as restored:
        mark(restored, "claim", (6, 9))
        now = {revision.replica for revision in restored.history()}
    assert len(now) == len(replicas) + 1  # it would give out the same numbers again
    assert sorted(tmp_path.iterdir()) == sorted([path, aside, folder_of(path)])


def test_a_restored_file_takes_a_new_replica_also_on_the_same_inode(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    copy = made(path)
    connection = connect(copy)
    found = dict(connection.execute("SELECT key, value FROM meta"))
    connection.close()
    assert "home" not in found


def test_nothing_is_restored_while_the_project_is_open(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    copy = made(path)
    with pytest.raises(ProjectFault, match="is open in another window or program"):
        restore(path, copy, NOW)
    mark(workspace, "claim", (0, 3))
    workspace.close()
    assert marks(path) == 1


def test_a_damaged_project_is_replaced_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    copy = made(path)
    path.write_bytes(b"\xff" * 9000)
    aside = restore(path, copy, NOW)
    assert aside is not None
    assert aside.read_bytes() == b"\xff" * 9000
    assert marks(path) == 0


def test_what_is_not_sound_is_not_restored(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    before = path.read_bytes()
    copy = made(path)
    copy.write_bytes(copy.read_bytes()[:20_000])
    with pytest.raises(ProjectFault, match="cannot be restored"):
        restore(path, copy, NOW)
    with pytest.raises(ProjectFault, match="is the backup itself"):
        restore(path, path, NOW)
    assert path.read_bytes() == before
