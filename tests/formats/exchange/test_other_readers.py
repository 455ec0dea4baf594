"""Readers that others have written take what we write; skipped where they are not installed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.formats.exchange import docbin, hf_jsonl, parquet
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Outgoing
from tests.formats.bundles import TEXT, small_bundle
from tests.formats.exchange.projects import back_in_our_words, without_ids


def make(format: Format, to: Path) -> Path:
    with written(format, Outgoing.of(small_bundle()), to) as waiting:
        waiting.keep()
    return to


def test_lines_and_parquet_say_the_same(tmp_path: Path) -> None:
    pq: Any = pytest.importorskip("pyarrow.parquet")
    lines = make(hf_jsonl.FORMAT, tmp_path / "x.jsonl").read_bytes().splitlines()
    rows = pq.read_table(make(parquet.FORMAT, tmp_path / "x.parquet")).to_pylist()
    assert rows == [json.loads(line) for line in lines]
    assert [row["annotator"] for row in rows] == ["Ada", "Bo", "gold"]
    for row in rows:
        for span in row["spans"]:
            pieces = [TEXT[f["start"] : f["end"]] for f in span["fragments"]]
            assert " … ".join(pieces) == span["text"]


def test_pyarrow_reads_the_lines_with_the_columns_of_parquet(tmp_path: Path) -> None:
    pa_json: Any = pytest.importorskip("pyarrow.json")
    pa: Any = pytest.importorskip("pyarrow")
    read = pa_json.read_json(make(hf_jsonl.FORMAT, tmp_path / "x.jsonl"))
    assert read.column_names == parquet._schema(pa).names


def test_spacy_reads_the_docs_and_we_do_again(tmp_path: Path) -> None:
    tokens: Any = pytest.importorskip("spacy.tokens")
    spacy: Any = pytest.importorskip("spacy")

    path = make(docbin.FORMAT, tmp_path / "x.spacy")
    docs = list(tokens.DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab))
    assert [doc.text for doc in docs] == [TEXT] * 3
    assert {span.label_ for doc in docs for span in doc.spans["sc"]} == {"claim", "speaker"}
    lost, _, back = back_in_our_words(docbin.FORMAT, small_bundle(), tmp_path / "y.spacy")
    came = without_ids(back, fields=False, notes=False)[TEXT]
    went = without_ids(small_bundle(), fields=False, notes=False)[TEXT]
    assert came["marks"].total() == went["marks"].total() - 1
    assert "a mark that the article only implies is left out" in lost
    assert came["statements"].total() == 1


@pytest.mark.parametrize("data", [b"\x78\x9c broken", b"", b"\x78\x9c\x03\x00\x00\x00\x00\x01"])
def test_what_is_no_docbin(tmp_path: Path, data: bytes) -> None:
    pytest.importorskip("spacy.tokens")
    path = tmp_path / "x.spacy"
    path.write_bytes(data)
    assert docbin.FORMAT.read is not None
    with pytest.raises(BadInput, match=r"x\.spacy is no DocBin"):
        docbin.FORMAT.read(path, docbin.FORMAT.asked())


def test_without_the_package_it_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for format, package, extra in (
        (docbin.FORMAT, "spacy", "spacy"),
        (parquet.FORMAT, "pyarrow", "parquet"),
    ):
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(BadInput, match=rf"annotator\[{extra}\]"):
            make(format, tmp_path / "x")
