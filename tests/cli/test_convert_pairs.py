"""``annotator convert IN OUT`` from every format that can be read into every one that can be written."""

from __future__ import annotations

import sqlite3
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfile

import pytest

from annotator.cli import main
from annotator.formats.exchange.catalogue import OURS, catalogue
from annotator.formats.exchange.format import Format
from tests.formats.bundles import small_bundle
from tests.formats.exchange.meaning import written_to

SAMPLES = Path(__file__).parents[1] / "formats" / "exchange" / "samples"
NEEDED = {"unit": "utf-16"}
"""What no reader can know of a doccano file with emoji."""
Source = tuple[Format, Path]
HERE = [format for format in OURS if format.name != "docbin" or find_spec("spacy")]
READ = [format for format in HERE if format.read]
WRITTEN = [format for format in HERE if format.write]

LOSING = ("conll", "refi-qda")
"""Formats that cannot carry statements, or not as such, and say so."""

MARKS_ALONE = ("conll", "token-lists", "token-table")
"""Formats that have no statements, so that none are lost."""


def ending(format: Format) -> str:
    return "" if format.folder else format.suffixes[0]


@pytest.fixture(scope="module", params=READ, ids=lambda format: format.name)
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Source:
    format: Format = request.param
    path = tmp_path_factory.mktemp("in") / f"in{ending(format)}"
    sample = SAMPLES / f"{format.name}{ending(format)}"
    if sample.is_file():
        copyfile(sample, path)
        return format, path
    if format.write is None:
        with sqlite3.connect(path) as database:
            database.executescript((SAMPLES / "dna.sql").read_text(encoding="utf-8"))
        database.close()
        return format, path
    written_to(format, small_bundle(), path)
    return format, path


def converted(source: Source, writes: Format, to: Path) -> int:
    reads, path = source
    options = [f"--option=unit={NEEDED['unit']}"] if reads.name == "doccano" else []
    words = ["convert", str(path), str(to), "--from", reads.name, "--to", writes.name]
    return main([*words, *options])


@pytest.mark.parametrize("writes", WRITTEN, ids=lambda format: format.name)
def test_any_into_any(
    source: Source, writes: Format, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reads, _ = source
    to = tmp_path / f"out{ending(writes)}"
    code = converted(source, writes, to)
    out, err = capsys.readouterr()
    assert code == 0, err
    assert out.startswith(f"{to}: ")
    assert to.exists()
    assert err == "" or err.startswith("annotator: not carried: ")
    if reads.name == "refi-codebook":
        return  # a codebook alone has no articles for what is written to be known by
    if reads.name not in MARKS_ALONE and writes.name in LOSING:
        assert "statement" in err
    if writes.read:
        again = catalogue().of(to)
        assert again is not None
        assert again.name == writes.name
