"""JSON, columns and tables that are none: refused in a sentence, never half read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from tests.formats.bundles import small_bundle
from tests.formats.exchange.bent import (
    BY_NAME,
    cas_json,
    doccano,
    read,
    refused,
    sound,
    spacy_jsonl,
)
from tests.formats.exchange.meaning import written_to


def _ours(format: str, folder: Path) -> Path:
    path = folder / f"x{BY_NAME[format].suffixes[0]}"
    written_to(BY_NAME[format], small_bundle(), path)
    return path


def _bare_cas(folder: Path) -> Path:
    return cas_json(folder, 4, 10)


JSON: dict[str, Callable[[Path], Path]] = {
    "annotator-json": lambda folder: _ours("annotator-json", folder),
    "annotator-jsonl": lambda folder: _ours("annotator-jsonl", folder),
    "web-annotation": lambda folder: _ours("web-annotation", folder),
    "label-studio": lambda folder: _ours("label-studio", folder),
    "doccano": lambda folder: doccano(folder, 0, 2),
    "spacy-jsonl": lambda folder: spacy_jsonl(folder, 0, 2),
    "cas-json": _bare_cas,
}


def _first_value(data: bytes, value: bytes) -> bytes:
    """A new key before all others, with this value."""
    at = data.index(b"{") + 1
    return data[:at] + b'"odd": ' + value + b", " + data[at:]


BENT: dict[str, Callable[[bytes], bytes]] = {
    "NaN": lambda data: _first_value(data, b"NaN"),
    "infinity": lambda data: _first_value(data, b"-Infinity"),
    "a number without end": lambda data: _first_value(data, b"9" * 100_000),
    "a key twice": lambda data: _first_value(_first_value(data, b"1"), b"2"),
    "half a character": lambda data: _first_value(data, rb'"\ud800"'),
    "the other half": lambda data: _first_value(data, rb'"\udc00x"'),
    "deep lists": lambda data: _first_value(data, b"[" * 100_000 + b"]" * 100_000),
    "deep objects": lambda data: _first_value(data, b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "cut off": lambda data: data[: len(data) // 2],
    "not UTF-8": lambda data: _first_value(data, b'"\xff\xfe"'),
    "half a character in UTF-8": lambda data: _first_value(data, b'"\xed\xa0\x80"'),
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "nothing but zeros": lambda _data: bytes(10_000),
}


@pytest.mark.parametrize("how", BENT)
@pytest.mark.parametrize("format", JSON)
def test_json_that_is_none(format: str, how: str, tmp_path: Path) -> None:
    path = JSON[format](tmp_path)
    read(BY_NAME[format], path)
    path.write_bytes(BENT[how](path.read_bytes()))
    assert path.name in refused(BY_NAME[format], path)


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe\x00bad", b"EU\x00 B-ORG\n", b"one\n" * 3, b"EU B-ORG\nrejects O extra O\n\n\xff"],
)
def test_columns_that_are_none(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.conll"
    path.write_bytes(data)
    try:
        sound(read(BY_NAME["conll"], path))
    except BadInput:
        assert "x.conll" in refused(BY_NAME["conll"], path)


@pytest.mark.parametrize("table", ["articles", "marks", "codebook"])
@pytest.mark.parametrize(
    "data", [b"\xff\xfe\xfd", b"", b"a,b\n1,2\n", b'id\n"never closed', b"id\n" + b"9" * 200_000]
)
def test_tables_that_are_none(table: str, data: bytes, tmp_path: Path) -> None:
    written_to(BY_NAME["tables"], small_bundle(), tmp_path / "x")
    (tmp_path / "x" / f"{table}.csv").write_bytes(data)
    refused(BY_NAME["tables"], tmp_path / "x")
