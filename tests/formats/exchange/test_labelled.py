"""Labelled files as they are read: how often garbage is looked for meanwhile, and afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.formats.exchange import labelled
from annotator.formats.exchange.brat.format import FORMAT
from annotator.formats.exchange.labelled import Labelled, _seldom_collected


@pytest.fixture(autouse=True)
def usual() -> Iterator[tuple[int, int, int]]:
    """The thresholds of the process, which are so again after a test that fails."""
    found = gc.get_threshold()
    yield found
    gc.set_threshold(*found)


def test_a_file_that_cannot_be_read_leaves_it_as_it_was(
    tmp_path: Path, usual: tuple[int, int, int]
) -> None:
    (tmp_path / "a.ann").write_text("T1\tX 0 4\tword\n")
    with pytest.raises(BadInput):
        Labelled().read(FORMAT, tmp_path / "a.ann")
    assert gc.get_threshold() == usual


@pytest.mark.parametrize("first_to_end", [0, 1])
def test_files_that_are_read_at_the_same_time(
    usual: tuple[int, int, int], first_to_end: int
) -> None:
    """On two threads they end in any order."""
    both = [_seldom_collected(), _seldom_collected()]
    for one in both:
        one.__enter__()
        assert gc.get_threshold() == labelled._SELDOM
    both.pop(first_to_end).__exit__(None, None, None)
    both.pop().__exit__(None, None, None)
    assert gc.get_threshold() == usual
