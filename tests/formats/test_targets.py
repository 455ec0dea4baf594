"""What an export may be called: never like a project, and never what lies beside one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.formats import targets
from annotator.formats.atomic import write_whole
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.targets import check_target
from annotator.store.project import SUFFIX
from annotator.workspace import Workspace
from tests.workshop import mark, small_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / f"p{SUFFIX}"
    with small_project(path) as workspace:
        mark(workspace, "speaker", (24, 30))
    return path


def test_it_knows_how_projects_are_called() -> None:
    assert targets.PROJECT == SUFFIX


def by_another_name(project: Path, how: str) -> Path:
    to = project.with_name("other.json")
    match how:
        case "the project":
            return project
        case "in capitals":
            return project.with_name(f"NEW{SUFFIX.upper()}")
        case "one that is not there":
            return project.with_name(f"new{SUFFIX}")
        case "its log":
            return project.with_name(f"{project.name}-wal")
        case "a link":
            to.symlink_to(project)
        case "a hard link":
            os.link(project, to)
        case "a database":
            sqlite3.connect(to).executescript("CREATE TABLE t (a); VACUUM;")
        case "in use":
            to.write_text("{}")
            to.with_name("other.json-wal").touch()
    return to


HOW = (
    *("the project", "in capitals", "one that is not there", "its log", "a link", "a hard link"),
    *("a database", "in use"),
)


@pytest.mark.parametrize("how", HOW)
def test_nothing_is_written_over_a_project(project: Path, how: str) -> None:
    to = by_another_name(project, how)
    before = to.read_bytes() if to.exists() else None
    with pytest.raises(BadInput, match="is a project, or belongs to one; choose another name"):
        write_whole(to, b"{}")
    with Workspace.open(project) as workspace:
        for name in ("annotator-json", "brat"):
            with (
                pytest.raises(BadInput, match=r"is a project|exists already"),
                written(catalogue().named(name), workspace.outgoing(), to) as waiting,
            ):
                waiting.keep()
        assert workspace.check() == []
    assert (to.read_bytes() if to.exists() else None) == before


def test_what_is_written_beside_is_looked_at_as_well(project: Path) -> None:
    beside = project.with_name("tasks-config.xml")
    sqlite3.connect(beside).executescript("CREATE TABLE t (a); VACUUM;")
    with (
        Workspace.open(project) as workspace,
        written(
            catalogue().named("label-studio"),
            workspace.outgoing(),
            project.with_name("tasks.json"),
        ) as waiting,
        pytest.raises(BadInput, match=r"tasks-config.xml is a project"),
    ):
        waiting.keep()
    assert not project.with_name("tasks.json").exists()


def test_a_file_that_is_open_here_is_not_opened_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing it would let go of the locks of the connection that has it open."""
    to = by_another_name(project, "a hard link")
    opened: list[Path] = []
    really: Callable[..., object] = Path.open

    def noting(path: Path, *words: object, **more: object) -> object:
        opened.append(path)
        return really(path, *words, **more)

    with Workspace.open(project):
        monkeypatch.setattr(Path, "open", noting)
        with pytest.raises(BadInput, match="is a project"):
            check_target(to)
    assert opened == []
    with pytest.raises(BadInput, match="is a project"):
        check_target(to)
    assert opened == [to]


def test_a_folder_that_is_missing_is_not_made(project: Path) -> None:
    to = project.parent / "nowhere" / "x.json"
    with pytest.raises(BadInput, match=r"There is no folder .*nowhere; make it first"):
        write_whole(to, b"{}")
    with (
        Workspace.open(project) as workspace,
        pytest.raises(BadInput, match="There is no folder"),
        written(catalogue().named("annotator-json"), workspace.outgoing(), to),
    ):
        pass
    assert not to.parent.exists()
    write_whole(to, b"{}", makes_folders=True)
    assert to.read_bytes() == b"{}"


def test_what_is_no_project_is_replaced(project: Path) -> None:
    to = project.with_name("x.json")
    for data in (b"one", b"two"):
        write_whole(to, data)
        assert to.read_bytes() == data
    write_whole(Path(os.devnull), b"gone")
