"""What tests of tables share: both formats, any text, what tables keep, a table changed."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import strategies as st

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.formats.exchange.tables.formats import TABLES, XLSX

FORMATS = [(TABLES, "x"), (XLSX, "x.xlsx")]
ANY = st.text(
    st.sampled_from("=+-@'\t\r\n_x0041a1.e＝ ") | st.characters(exclude_categories=["Cs"])
)
both = pytest.mark.parametrize(("format", "name"), FORMATS, ids=["csv", "xlsx"])


def plain(bundle: Bundle) -> Bundle:
    """The bundle without what tables have no place for."""
    parts = tuple(
        ArticleBundle(
            part.article,
            part.text,
            tuple(sorted(part.marks, key=lambda m: m.id)),
            tuple(sorted(part.statements, key=lambda s: s.id)),
        )
        for part in bundle.articles
    )
    return replace(bundle, project="", procedure=None, articles=parts)


def change_cells(folder: Path, table: str, change: dict[str, str], row: int = 1) -> None:
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for column, value in change.items():
        rows[row][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
