"""Which way lines are read."""

from __future__ import annotations

import pytest

from annotator.core.text.direction import is_right_to_left


@pytest.mark.parametrize(
    ("line", "leftward"),
    [
        ("قال الرئيس", True),
        ("“שלום” said he", True),
        ("2025: قال", True),
        ("Putin said قال", False),
        ("12 % …", False),
        ("", False),
    ],
)
def test_the_first_letter_with_a_direction_decides(line: str, leftward: bool) -> None:
    assert is_right_to_left(line) is leftward
