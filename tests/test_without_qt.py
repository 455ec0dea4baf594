"""Everything but the desktop can be imported where there is no Qt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import importlib, pkgutil, sys

sys.modules["PySide6"] = sys.modules["shiboken6"] = None
import annotator

names = [
    module.name
    for module in pkgutil.walk_packages(annotator.__path__, "annotator.", onerror=print)
    if not module.name.startswith("annotator.ui.") and module.name != "annotator.__main__"
]
for name in names:
    importlib.import_module(name)
print(*names)
"""


def test_everything_but_the_desktop_is_imported_without_qt() -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    imported = run.stdout.split()
    assert {"annotator.cli", "annotator.workspace", "annotator.store.project"} <= set(imported)
    assert not [name for name in imported if name.startswith("annotator.ui.")]
