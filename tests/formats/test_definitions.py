"""What each figure is: told of every measure there is, and the same in the documents."""

from __future__ import annotations

from pathlib import Path

from annotator.formats.agreement_text import USUAL
from annotator.formats.definitions import as_table, definitions
from annotator.workspace import Workspace
from tests.agreed import agreed_project

DOCUMENT = Path(__file__).parents[2] / "docs" / "agreement.md"


def test_the_document_has_the_definitions() -> None:
    assert as_table() in DOCUMENT.read_text(encoding="utf-8")


def test_every_measure_is_defined_and_every_definition_is_measured(tmp_path: Path) -> None:
    path = tmp_path / "agreed.annotator"
    agreed_project(path)
    with Workspace.open(path, "Ada") as workspace:
        report = workspace.agreement(intervals=False)
    assert {figure.measure for figure in report.figures} == set(definitions())
    assert set(USUAL) <= set(definitions())
