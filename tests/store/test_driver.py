"""What a connection refuses to do with a file from a stranger: each is tried."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.errors import ProjectFault
from annotator.store.driver import connect, sqlite3
from annotator.workspace import Workspace
from tests.store.processes import ROOT
from tests.workshop import mark, small_project

SECURITY = ROOT / "SECURITY.md"
TRIES = """
import sys
if sys.argv[2] == "plain":
    sys.modules["pysqlite3"] = None
from pathlib import Path
from annotator.store.driver import connect, sqlite3
connection = connect(Path(sys.argv[1]))

def tried(*statements):
    try:
        for statement in statements:
            connection.execute(statement).fetchall()
    except sqlite3.Error as error:
        return f"refused: {error}"
    return "done"

connection.execute("BEGIN")
print(sqlite3.__name__.partition(".")[0], sys.version_info[:2] >= (3, 12))
print(tried("SELECT load_extension('/nowhere/evil.so')"))
print(tried("PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET sql = sql"))
connection.execute("ROLLBACK")
print(tried(*(f"ATTACH ':memory:' AS a{n}" for n in range(8))))
print(connection.execute("PRAGMA trusted_schema").fetchone()[0])
print(connection.execute("PRAGMA cell_size_check").fetchone()[0])
"""


def tried(path: Path, which: str) -> list[str]:
    words = [sys.executable, "-c", TRIES, str(path), which]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize("which", ["bundled", "plain"])
def test_what_each_driver_refuses(tmp_path: Path, which: str) -> None:
    """As ``SECURITY.md`` has it; where a driver has no way to set something, it is not there."""
    path = tmp_path / "p.annotator"
    small_project(path).close()
    driver, extension, schema, attached, trusted, cells = tried(path, which)
    name, new_python = driver.split()
    assert name == ("pysqlite3" if which == "bundled" else "sqlite3")
    assert extension == "refused: not authorized" or "no such function" in extension
    assert (trusted, cells) == ("0", "1")
    if name == "sqlite3":
        assert attached.startswith("refused: too many attached databases")
        assert schema.startswith("refused") == (new_python == "True")


def test_a_view_or_trigger_of_a_stranger_calls_nothing_with_effects(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    tamperer = sqlite3.connect(path)
    tamperer.execute("DROP VIEW listed_text")
    tamperer.execute(
        "CREATE VIEW listed_text AS SELECT 1 AS number, load_extension('x') AS title, '' AS body"
    )
    tamperer.execute(
        "CREATE TRIGGER sly BEFORE INSERT ON mark BEGIN SELECT fts3_tokenizer('simple', x'00'); END"
    )
    tamperer.commit()
    tamperer.close()
    with pytest.raises(sqlite3.Error, match=r"unsafe use|not authorized|no such"):
        connect(path).execute("SELECT * FROM listed_text").fetchall()
    workspace = Workspace.open(path, "Ada")
    with pytest.raises(ProjectFault, match="Not saved"):
        mark(workspace, "claim", (0, 3))
    workspace.close()


def test_the_document_says_what_holds_with_which_driver() -> None:
    text = SECURITY.read_text(encoding="utf-8")
    for word in ("pysqlite3", "trusted_schema", "defensive", "Python 3.12"):
        assert word in text
