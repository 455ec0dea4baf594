"""What a gesture waits for while a large project is backed up, beside the plain ways to do it.

    python -m benchmarks.backup [--project FILE] [--articles 40000] [--marks 800000]

Makes a project of about 1 GB (minutes) unless one is given, which is then marked in. One thread
marks at a steady pace, as the window does; another backs up. Each way in turn, in one run.
"""

from __future__ import annotations

import argparse
import sqlite3 as plain  # only the name of a type
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from annotator.core import marking
from annotator.store.driver import connect, sqlite3
from annotator.store.keeping import backup
from annotator.workspace import Workspace
from benchmarks import projects

PAUSE = 0.02
"""Between two gestures, in seconds: faster than any hand."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--articles", type=int, default=40_000)
    parser.add_argument("--marks", type=int, default=800_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        path = options.project or Path(folder) / "large.annotator"
        if options.project is None:
            projects.make(path, options.articles, options.marks)
        print(f"{path.stat().st_size / 1e9:.2f} GB\n")
        print(f"{'':32}{'seconds':>8}{'gestures':>9}{'p50 ms':>8}{'p99 ms':>8}{'worst':>8}")
        with Workspace.open(path, "bench") as workspace:
            tell("no backup", workspace, lambda: time.sleep(10))
            tell("ours, with looking through", workspace, lambda: ours(path))
            tell("one step of SQLite's backup", workspace, lambda: one_step(path, Path(folder)))
            tell("VACUUM INTO", workspace, lambda: vacuum(path, Path(folder)))


def ours(path: Path) -> None:
    made = backup.back_up(path, datetime.now(UTC))
    assert made is not None
    made.path.unlink()
    backup.folder_of(path).rmdir()


def one_step(path: Path, folder: Path) -> None:
    source = connect(path)
    target = sqlite3.connect(folder / "plain.annotator")
    source.backup(target)
    target.close()
    source.close()
    (folder / "plain.annotator").unlink()


def vacuum(path: Path, folder: Path) -> None:
    source: plain.Connection = connect(path)
    source.execute("VACUUM INTO ?", (str(folder / "vacuum.annotator"),))
    source.close()
    (folder / "vacuum.annotator").unlink()


def tell(name: str, workspace: Workspace, work: Callable[[], None]) -> None:
    """Mark until the work of another thread is done, and say how long gestures took."""
    article = workspace.articles()[0].id
    thread = threading.Thread(target=work)
    begun = time.perf_counter()
    thread.start()
    took: list[float] = []
    while thread.is_alive():
        page = workspace.page(article)
        at = len(took) % 1000
        edit, _, _ = marking.mark(
            page, workspace.codebook, "claim", [(at, at + 5)], workspace.new_id
        )
        start = time.perf_counter()
        workspace.do(edit)
        took.append((time.perf_counter() - start) * 1000)
        workspace.undo()
        time.sleep(PAUSE)
    seconds = time.perf_counter() - begun
    thread.join()
    p99 = statistics.quantiles(took, n=100)[98]
    middle = statistics.median(took)
    print(
        f"{name:32}{seconds:8.1f}{len(took):9}{middle:8.1f}{p99:8.1f}{max(took):8.1f}", flush=True
    )


if __name__ == "__main__":
    main()
