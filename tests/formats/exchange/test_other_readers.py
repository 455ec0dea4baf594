"""Readers that others have written take what we write; skipped where they are not installed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.formats.exchange.datasets import jsonl as hf_jsonl
from annotator.formats.exchange.datasets import parquet
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Outgoing
from annotator.formats.exchange.spacy import docbin
from tests.formats.bundles import TEXT, small_bundle

GOLDEN = Path(__file__).parent / "golden" / "parquet"


def make(format: Format, to: Path) -> Path:
    with written(format, Outgoing.of(small_bundle()), to) as waiting:
        waiting.keep()
    return to


def test_lines_and_parquet_say_the_same(tmp_path: Path) -> None:
    pq: Any = pytest.importorskip("pyarrow.parquet")
    lines = make(hf_jsonl.FORMAT, tmp_path / "x.jsonl").read_bytes().splitlines()
    rows = pq.read_table(make(parquet.FORMAT, tmp_path / "x.parquet")).to_pylist()
    # In lines a date looks otherwise, for it would be taken for a moment there.
    assert [{**row, "published": "20250826"} for row in rows] == [json.loads(x) for x in lines]
    assert {row["published"] for row in rows} == {"2025-08-26"}
    assert [row["analyst"] for row in rows] == ["Ada", "Bo", "gold"]
    for row in rows:
        for span in row["spans"]:
            pieces = [TEXT[f["start"] : f["end"]] for f in span["fragments"]]
            assert " … ".join(pieces) == span["text"]


def test_pyarrow_reads_the_lines_with_the_columns_of_parquet(tmp_path: Path) -> None:
    pa_json: Any = pytest.importorskip("pyarrow.json")
    pa: Any = pytest.importorskip("pyarrow")
    read = pa_json.read_json(make(hf_jsonl.FORMAT, tmp_path / "x.jsonl"))
    assert read.column_names == parquet._schema(pa).names


def test_the_columns_of_parquet_are_as_they_were(tmp_path: Path) -> None:
    """Their names and types are an agreement; the bytes are the library's. The rows are the lines'."""
    pq: Any = pytest.importorskip("pyarrow.parquet")
    schema = pq.read_schema(make(parquet.FORMAT, tmp_path / "x.parquet"))
    found = "".join(f"{column.name}: {column.type}\n" for column in schema)
    assert found == (GOLDEN / "columns.txt").read_text(encoding="utf-8")


def test_without_the_package_it_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for format, package, extra in (
        (docbin.FORMAT, "spacy", "spacy"),
        (parquet.FORMAT, "pyarrow", "parquet"),
    ):
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(BadInput, match=rf"annotator\[{extra}\]"):
            make(format, tmp_path / "x")
