"""doccano's files in layouts of its older versions; each made here after the like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from tests.formats.exchange.test_peculiar import lines, quotes, read

TEXT = "Vogel told Oslo."


def span(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"label": 2, "start_offset": start, "end_offset": end, **more}


def test_users_by_number_are_analysts_where_there_are_several(tmp_path: Path) -> None:
    """Exports before 1.3 have the work of all in one list."""
    found = [span(0, 5, user=1), span(0, 5, user=2), span(11, 15, user=2)]
    path = lines(tmp_path / "x.jsonl", {"text": TEXT, "annotations": found})
    assert sorted(quotes(read(path)[1].bundle)) == [
        ("user 1", "label_2", "Vogel"),
        ("user 2", "label_2", "Oslo"),
        ("user 2", "label_2", "Vogel"),
    ]


def test_one_user_by_number_in_all_of_a_file_is_nobody_in_particular(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "x.jsonl",
        {"text": TEXT, "annotations": [span(0, 5, user=4)]},
        {"text": "Oslo.", "annotations": [span(0, 4, user=4)]},
    )
    names = [name for name, _, _ in quotes(read(path)[1].bundle)]
    assert names == ["x", "x"]  # as the file is called


def test_an_answer_that_has_no_end_says_so(tmp_path: Path) -> None:
    """Projects of questions and answers of a branch of doccano."""
    answer = {"response": "Vogel", "start_offset": 0, "user": 1}
    path = lines(tmp_path / "x.jsonl", {"text": TEXT, "annotations": [answer]})
    with pytest.raises(BadInput, match="“annotations” 1 has no end_offset"):
        read(path)
