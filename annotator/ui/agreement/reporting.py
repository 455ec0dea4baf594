"""The report of a round of review, saved from the window of agreement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotator.core.errors import BadInput
from annotator.formats.atomic import write_whole
from annotator.formats.review_round.sorts import SORTS, TABLES
from annotator.formats.review_round.written import encode
from annotator.ui.agreement.printing import pdf
from annotator.ui.dialogs import ask_where_to
from annotator.ui.settings import Settings
from annotator.workspace import Workspace
from annotator.workspace.comparing import Comparison
from annotator.workspace.rounds import round_of

_PAGES = {
    "A page to be printed (*.html)": ".html",
    "PDF (*.pdf)": ".pdf",
    "JSON, everything (*.json)": ".json",
}
_TABLES = {f"{table.capitalize()} as a table (*.csv)": table for table in TABLES}
_SORTS = {**_PAGES, **dict.fromkeys(_TABLES, ".csv")}
"""Endings by sort."""


def ask_where(parent: QWidget, settings: Settings, project: Path) -> tuple[Path, str] | None:
    """The file to be written, and what it holds if it is a table; None when nobody wants one."""
    usual = settings.export_folder(project) / f"{project.stem}-agreement.html"
    found = ask_where_to(parent, "Save a report of this round", usual, _SORTS)
    if found is None:
        return None
    path, sort = found
    settings.keep_export_folder(project, path.parent)
    return path, _TABLES.get(sort, TABLES[0])


def write_report(
    path: Path,
    table: str,
    workspace: Workspace,
    comparison: Comparison,
    progress: Callable[[float], None],
) -> None:
    """Write what was compared, as the name of the file ends; ``progress`` is told shares of 1."""
    sort = path.suffix.lower()
    if sort not in SORTS:
        raise BadInput(f"{path.name} says no sort of report; its name ends in {', '.join(SORTS)}.")
    write_whole(path, encode(round_of(workspace, comparison, progress), sort, table, pdf))
