"""More than a reader takes in: refused in a sentence that says the limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.formats.exchange import json_lines, limits
from tests.formats.bundles import small_bundle
from tests.formats.exchange.bent import (
    BY_NAME,
    TEXT,
    lines_of,
    refused,
)
from tests.formats.exchange.meaning import written_to

HOLDING = (
    "annotator-jsonl",
    "doccano",
    "tables",
    "xlsx",
    "brat",
    "label-studio",
    "refi-qda",
    "xmi",
    "conll",
)


@pytest.mark.parametrize("name", HOLDING)
def test_more_marks_than_fit(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    format = BY_NAME[name]
    path = tmp_path / f"x{'' if format.folder else format.suffixes[0]}"
    written_to(format, small_bundle(), path)
    monkeypatch.setattr(limits, "MOST_MARKS", 1)
    assert "more than 1 marks; divide it" in refused(format, path)


@pytest.mark.parametrize("name", ["annotator-json", "label-studio", "web-annotation"])
def test_a_file_too_long_to_be_read_as_a_whole(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"x{BY_NAME[name].suffixes[0]}"
    written_to(BY_NAME[name], small_bundle(), path)
    monkeypatch.setattr(limits, "LONGEST", 100)
    assert "the limit is 100, so divide it" in refused(BY_NAME[name], path)


def test_a_line_too_long_is_not_read_to_see_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "_LONGEST_LINE", 1000)
    path = tmp_path / "x.jsonl"
    path.write_text(lines_of({"text": TEXT * 1000, "label": []}))
    assert json_lines.first_object(path, path.read_bytes()[:8192]) == {}
    assert "more than 1,000 bytes" in refused(BY_NAME["doccano"], path)
