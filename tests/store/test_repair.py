"""A damaged project: said on opening, left as it is, and made anew of what can be read."""

from __future__ import annotations

import random
import re
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotator.core.errors import ProjectFault
from annotator.store.driver import connect, sqlite3
from annotator.store.file import migrations
from annotator.store.keeping import pages
from annotator.store.keeping.backup import back_up
from annotator.store.keeping.repairing import Repaired, from_log, repair
from annotator.workspace import Workspace
from tests.workshop import mark, seeds_project, small_project

PAGE = 4096
MARKS = 120
OLD = Path(__file__).parent / "projects"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Two articles, marks on the first, some undone."""
    workspace = seeds_project(tmp_path)
    for n in range(MARKS):
        mark(workspace, ("claim", "speaker", "cue")[n % 3], (n, n + 7))
        if n % 10 == 9:
            workspace.undo()
    workspace.close()
    return tmp_path / "seeds.annotator"


def damage(path: Path, *numbers: int) -> None:
    """Overwrite these pages, counted from 1."""
    with path.open("r+b") as file:
        for number in numbers:
            file.seek((number - 1) * PAGE)
            file.write(b"\xff" * PAGE)


def roots(path: Path) -> dict[str, int]:
    connection = sqlite3.connect(path)
    found = dict(connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0"))
    connection.close()
    return found


def content(path: Path) -> object:
    with Workspace.open(path) as workspace:
        assert workspace.check() == []
        return workspace.bundle(), [revision.id for revision in workspace.history()]


def repaired(path: Path, backup: Path | None = None) -> Repaired:
    """The repair of a file, which must stay as it is to the last byte."""
    before = {p.name: p.read_bytes() for p in path.parent.iterdir() if p.is_file()}
    report = repair(path, path.with_name("new.annotator"), backup)
    for name, data in before.items():
        assert path.with_name(name).read_bytes() == data
    assert report.faults == []
    return report


def test_a_sound_project_comes_out_as_it_went_in(sound: Path) -> None:
    report = repaired(sound)
    assert report.missing == []
    assert content(report.path) == content(sound)


def test_without_its_first_page_everything_is_there_still(sound: Path, tmp_path: Path) -> None:
    before = content(sound)
    damage(sound, 1)
    with pytest.raises(
        ProjectFault, match=r"is not an Annotator project\. If it was one, “annotator repair"
    ):
        Workspace.open(sound)
    report = repaired(sound)
    assert report.missing == []
    assert content(report.path) == before


@pytest.mark.parametrize("name", ["mark", "statement", "change_id", "member", "listed", "tally"])
def test_rows_and_indexes_come_back_from_the_journal(sound: Path, name: str) -> None:
    before = content(sound)
    damage(sound, roots(sound)[name])
    report = repaired(sound)
    assert report.missing == []
    assert content(report.path) == before


@pytest.mark.parametrize("name", ["revision", "change", "text"])
def test_the_top_of_a_table_hides_nothing_below_it(sound: Path, name: str) -> None:
    """SQLite finds its way no further; the pages below are looked at one by one."""
    damage(sound, roots(sound)[name])
    report = repaired(sound)
    assert report.records["article"] == 2
    assert report.records["issue"] > 0
    content(report.path)


def test_a_text_that_is_lost_takes_its_marks_with_it_and_that_is_said(sound: Path) -> None:
    with Workspace.open(sound) as workspace:
        first, second = workspace.articles()
        piece = workspace.text(first)[500:540].encode()
    damage(sound, sound.read_bytes().index(piece) // PAGE + 1)
    report = repaired(sound)
    assert [line for line in report.missing if first.title in line]
    assert [line for line in report.missing if line.startswith("claim “")]
    with Workspace.open(report.path) as workspace:
        assert workspace.articles() == [second]
        assert workspace.count("mark") == {}
        assert workspace.check() == []


def test_a_truncated_file_is_said_and_what_is_left_is_saved(sound: Path) -> None:
    data = sound.read_bytes()
    sound.write_bytes(data[: len(data) * 3 // 4])
    with pytest.raises(ProjectFault, match=r"is damaged .*“annotator repair .* -o NEW\.annotator”"):
        Workspace.open(sound)
    report = repaired(sound)
    assert any("step" in line for line in report.missing)
    content(report.path)
    with Workspace.open(report.path, "Ada") as workspace:  # and it can be worked on
        mark(workspace, "claim", (0, 5))
        assert workspace.undo() is not None
        assert workspace.check() == []


def test_what_the_log_has_is_saved_too(tmp_path: Path) -> None:
    path, copy = tmp_path / "p.annotator", tmp_path / "killed" / "p.annotator"
    copy.parent.mkdir()
    workspace = small_project(path)
    mark(workspace, "claim", (0, 3))
    for suffix in ("", "-wal"):  # as a program that was killed leaves them
        shutil.copy(f"{path}{suffix}", f"{copy}{suffix}")
    workspace.close()
    before = content(path)
    damage(copy, 1)
    assert content(repaired(copy).path) == before


def pieces_of_the_codebook(path: Path) -> list[bytes]:
    """Short pieces of what the journal and the rows say of it: it is longer than a page."""
    with closing(connect(path)) as connection:
        ((said,),) = connection.execute("SELECT after FROM change WHERE kind = 'codebook'")
        (row,) = connection.execute("SELECT * FROM codebook")
    texts = [text.encode() for text in (said, *row) if isinstance(text, str)]
    return [text[n : n + 40] for text in texts for n in range(0, len(text) - 39, 20)]


def pages_with(whole: bytes, piece: bytes) -> list[int]:
    """The pages in which a piece begins, from 1."""
    return [found.start() // PAGE + 1 for found in re.finditer(re.escape(piece), whole)]


def test_pages_at_random(sound: Path) -> None:
    whole = sound.read_bytes()
    dice = random.Random(5)
    # Both places that the codebook stands in, without which there is nothing to save.
    codebook = {
        page for piece in pieces_of_the_codebook(sound) for page in pages_with(whole, piece)
    }
    for _ in range(6):
        count = len(whole) // PAGE
        damage(sound, *dice.sample(sorted({*range(1, count + 1)} - codebook), count // 10))
        report = repaired(sound)
        content(report.path)
        report.path.unlink()
        sound.write_bytes(whole)


def test_a_backup_fills_in_what_is_gone(sound: Path) -> None:
    before = content(sound)
    copy = back_up(sound, datetime(2026, 3, 2, tzinfo=UTC))
    assert copy is not None
    data = sound.read_bytes()
    sound.write_bytes(data[: len(data) // 2])
    report = repaired(sound, copy.path)
    assert report.missing == []
    assert report.from_backup > 0
    assert content(report.path) == before


def test_a_backup_of_another_project_is_left_out(sound: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.annotator"
    small_project(other).close()
    report = repaired(sound, other)
    assert report.missing == ["The backup is of another project; it was left out."]


def test_an_old_project_is_repaired_in_its_own_layout(tmp_path: Path) -> None:
    for old in sorted(OLD.glob("*.annotator")):
        path = tmp_path / old.stem / "p.annotator"
        path.parent.mkdir()
        shutil.copy(old, path)
        report = repaired(path)
        assert report.missing == []
        assert content(report.path) == content(path)  # which brings it up to date


def test_what_was_never_a_project_is_no_project_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    path.write_text("Lavrov said no.\n" * 1000, encoding="utf-8")
    with pytest.raises(ProjectFault, match="Nothing of a project can be read"):
        repair(path, tmp_path / "new.annotator")
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_overwritten(sound: Path) -> None:
    with pytest.raises(ProjectFault, match="exists already"):
        repair(sound, sound)


def test_neither_log_nor_backup_is_said_to_be_there(tmp_path: Path) -> None:
    new = tmp_path / "new.annotator"
    with pytest.raises(ProjectFault, match="nothing in its log, and there is no backup"):
        from_log(None, "p", new, None)
    assert not new.exists()


def test_a_migration_that_is_cut_off_leaves_the_project_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.annotator"
    shutil.copy(OLD / "version-1.annotator", path)

    def cut_off(_db: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_affiliations_in_the_journal", cut_off)
        with pytest.raises(ProjectFault, match="cannot be opened: disk I/O error"):
            Workspace.open(path)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()
    content(path)


def test_rows_that_a_migration_cannot_understand_are_said(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    shutil.copy(OLD / "version-1.annotator", path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DROP TRIGGER change_update")
    connection.execute("UPDATE change SET after = 'no JSON' WHERE kind = 'actor'")
    connection.execute("CREATE TRIGGER change_update BEFORE UPDATE ON change BEGIN SELECT 1; END")
    connection.close()
    with pytest.raises(ProjectFault, match=r"is damaged .*annotator repair"):
        Workspace.open(path)


def test_pages_are_read_as_sqlite_reads_them(tmp_path: Path) -> None:
    """Long records, large numbers, each size of page."""
    for size in (512, 4096, 65536):
        path = tmp_path / f"{size}.db"
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute(f"PRAGMA page_size = {size}")
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b)")
        connection.execute("CREATE TABLE w (a PRIMARY KEY, b) WITHOUT ROWID")
        dice = random.Random(size)
        rows = [
            (
                dice.randrange(-(1 << 62), 1 << 62),
                dice.choice([None, 0, 1, -1, 1 << 40, 0.5]),
                "ü" * dice.choice([0, 5, 300, 9000]),
            )
            for _ in range(200)
        ]
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
        connection.executemany("INSERT INTO w VALUES (?, ?)", [(a, c) for a, _, c in rows])
        connection.close()
        cells = list(pages.cells(path))
        assert {(c.rowid, *c.values[1:]) for c in cells if len(c.values) == 3} == set(rows)
        there = {c.values for c in cells if c.rowid is None and len(c.values) == 2}
        assert there == {(a, c) for a, _, c in rows}


def test_a_loss_at_the_end_of_a_long_step_is_reported(tmp_path: Path) -> None:
    """A step of many changes whose last ones are lost leaves no gap in its numbers."""
    workspace = seeds_project(tmp_path)
    path = workspace.path
    workspace.close()
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER change_delete")
    connection.execute("DELETE FROM change WHERE kind = 'article'")
    connection.commit()
    connection.close()
    done = repair(path, tmp_path / "new.annotator")
    assert any("2 × article" in line for line in done.missing)
    assert any("The article whose text begins" in line for line in done.missing)
