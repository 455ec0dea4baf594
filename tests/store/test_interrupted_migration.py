"""A program killed while it brings an old project up to date: the project is as it was.

Before anything in it is changed a copy of it is kept, and the message names it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.errors import ProjectFault
from annotator.formats import annotator_json
from annotator.store.driver import sqlite3
from annotator.store.file import opening
from annotator.store.keeping import backup
from annotator.store.keeping.backup import backups_of, fault_of, folder_of, keep_old
from annotator.workspace import Workspace
from tests.store.processes import ROOT

PROJECTS = ROOT / "tests" / "store" / "projects"
OLD = PROJECTS / "version-1.annotator"
KILLED = """
import os, signal, sys
from pathlib import Path
from annotator.store.file import opening
from annotator.store.driver import connect

number, kill_at = 0, int(sys.argv[2])
connected = opening.connect

def connect_and_count(path):
    connection = connected(path)
    def count(statement):
        global number
        number += 1
        print(number, statement.split("\\n")[0][:70], flush=True)
        if number == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
    connection.set_trace_callback(count)
    return connection

opening.connect = connect_and_count
opening.open_existing(Path(sys.argv[1]), lambda version: None).close()
"""


def opened(path: Path, kill_at: int) -> tuple[int, list[str]]:
    """Open in a program that is killed at a statement; how it ended, and what it had begun."""
    words = [sys.executable, "-c", KILLED, str(path), str(kill_at)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


def copy_of(old: Path, folder: Path, name: str = "p.annotator") -> Path:
    folder.mkdir(exist_ok=True)
    return Path(shutil.copyfile(old, folder / name))


def version_of(path: Path) -> tuple[int, list[str]]:
    """As another program finds it: the version, and the migrations that were done."""
    connection = sqlite3.connect(path)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        names = connection.execute("SELECT name FROM _sqlite_migrations ORDER BY name")
        return version, [name for (name,) in names]
    finally:
        connection.close()


def content(path: Path) -> object:
    """What the project says, however it is laid out."""
    with Workspace.open(path) as workspace:
        assert workspace.check() == []
        return json.loads(annotator_json.encode(workspace.bundle()))


def middles(tmp_path: Path) -> dict[str, int]:
    """For each migration a statement in its middle."""
    code, said = opened(copy_of(OLD, tmp_path / "whole"), 0)
    assert code == 0
    ends = [
        n for n, line in enumerate(said, 1) if "_sqlite_migrations" in line and "INSERT" in line
    ]
    begin = next(n for n, line in enumerate(said, 1) if "BEGIN IMMEDIATE" in line)
    found, before = {}, begin
    for number, end in enumerate(ends, 2):
        found[f"m{number:03}"] = (before + end) // 2
        before = end
    found["the end"] = len(said) - 1
    return found


def test_each_migration_killed_in_its_middle_leaves_the_project_as_it_was(tmp_path: Path) -> None:
    before, wanted = (
        version_of(copy_of(OLD, tmp_path)),
        json.loads(OLD.with_suffix(".json").read_bytes()),
    )
    cuts = middles(tmp_path)
    assert len(cuts) == opening.VERSION  # each but the first, and the end of them all
    for name, at in cuts.items():
        path = copy_of(OLD, tmp_path / name.replace(" ", "-"))
        code, said = opened(path, at)
        assert code == -signal.SIGKILL, name
        assert len(said) == at
        assert version_of(path) == before, name
        assert content(path) == wanted, name  # and the next time it is brought up to date


@pytest.mark.parametrize("old", sorted(PROJECTS.glob("*.annotator")), ids=lambda path: path.stem)
def test_an_old_project_is_kept_as_it_was_and_the_copy_is_named(tmp_path: Path, old: Path) -> None:
    path = copy_of(old, tmp_path)
    version, _ = version_of(path)
    with Workspace.open(path, "Ada") as workspace:
        kept = workspace.kept_old
    if version == opening.VERSION:
        assert kept is None
        return
    assert kept is not None
    assert kept.parent == folder_of(path)
    assert kept.name.startswith(f"p in format {version}, ")
    assert version_of(kept)[0] == version
    assert fault_of(kept) == ""
    assert backups_of(path) == []  # so that it is never thinned out with the others
    assert content(copy_of(kept, tmp_path, "again.annotator")) == content(path)
    with Workspace.open(path, "Ada") as workspace:
        assert workspace.kept_old is None


def test_a_second_try_keeps_no_second_copy(tmp_path: Path) -> None:
    path = copy_of(OLD, tmp_path)
    assert keep_old(path, 1) == keep_old(path, 1)


def test_without_a_copy_nothing_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy_of(OLD, tmp_path)
    before = hashlib.sha256(path.read_bytes()).digest()

    def no_room(*_: object) -> None:
        raise ProjectFault("No backup of p.annotator: it needs 3 MB and 0 MB are free.")

    monkeypatch.setattr(backup, "copy_to", no_room)
    with pytest.raises(ProjectFault, match=r"is as it was: before .* it needs 3 MB"):
        Workspace.open(path, "Ada")
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert version_of(path)[0] == 1


def test_a_private_copy_is_not_kept_twice(tmp_path: Path) -> None:
    path = copy_of(OLD, tmp_path / "theirs", "other.annotator")
    with Workspace.open(copy_of(OLD, tmp_path), "Ada") as workspace:
        workspace.merge(path, dry_run=True)
    assert not folder_of(path).exists()
    assert version_of(path)[0] == 1
