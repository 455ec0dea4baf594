"""Cells of tables: text that is text again, and never a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.exchange.tables import cells
from tests.formats.exchange.tabled import ANY


@given(ANY)
def test_a_cell_gives_back_the_text_and_is_no_formula(text: str) -> None:
    assert cells.as_written(cells.harmless(text)) == text
    assert cells.from_workbook(str(cells.in_workbook(text) or "")) == text
    written = cells.harmless(text)
    if written[:1] in ("=", "+", "-", "@", "\t", "\r"):
        assert float(written) is not None


CELLS = st.none() | ANY | st.text(st.sampled_from('",\r\n;x')) | st.integers() | st.floats()


@given(st.lists(CELLS, min_size=1), st.none() | st.integers())
def test_a_line_is_as_the_csv_module_has_it(found: list[cells.Cell], number: int | None) -> None:
    expected = io.StringIO()
    plain = [cells.harmless(cell) if isinstance(cell, str) else cell for cell in found]
    csv.writer(expected).writerow(["7-9", *plain, number])
    row: cells.Row = [cells.Plain("7-9"), cells.Together(*found), cells.Together(number)]
    assert cells.csv_line(row) == expected.getvalue()
    assert cells.flat(row)[1:-1] == found


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1"])
def test_formulas_are_neutralised(text: str) -> None:
    assert cells.harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-1", "+1.5", "-2e-3", "a=b", "'tis", "’"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert cells.harmless(text) == text
    assert cells.as_written(text) == text


@given(st.lists(ANY | st.text(st.sampled_from("\\;[e]"))))
def test_lists_have_one_way_to_stand_in_a_cell(texts: list[str]) -> None:
    assert cells.apart(cells.joined(texts)) == texts
