"""The short form of what ``make torture`` does for minutes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.torture.disk import SECTOR, Event, after_a_cut
from tests.torture.kills import kill_programs
from tests.torture.locked import mark_under_a_lock
from tests.torture.power import power_cuts
from tests.torture.refusals import fail_the_disk
from tests.torture.windows import kill_windows, two_windows


def test_programs_that_are_killed_lose_nothing_they_told(tmp_path: Path) -> None:
    done = kill_programs(tmp_path, kills=5, marks=60)
    assert done.kills == 5
    assert len(done.told) >= 200
    assert (done.lost, done.faults) == (set(), [])


def test_a_lock_held_for_long_is_waited_for_said_and_outlived(tmp_path: Path) -> None:
    done = mark_under_a_lock(tmp_path, seconds=1, patience_ms=50)
    assert done.refused > 0
    assert (done.lost, done.faults) == (0, 0)


def test_a_window_that_is_killed_reopens_where_it_was(tmp_path: Path) -> None:
    done = kill_windows(tmp_path, kills=3, gestures=8)
    assert done.kills == 3
    assert len(done.told) >= 12
    assert (done.lost, done.elsewhere, done.faults) == (set(), [], [])


def test_two_windows_on_one_project_show_each_others_work(tmp_path: Path) -> None:
    done = two_windows(tmp_path, seconds=2)
    assert len(done.told) >= 4
    assert done.heard > 0
    assert (done.lost, done.unseen, done.faults) == (set(), 0, [])


def test_a_disk_that_fails_anywhere_loses_nothing_that_was_told(tmp_path: Path) -> None:
    done = fail_the_disk(tmp_path, 25)
    assert done.refused >= 25
    assert done.told >= 100
    assert (done.lost, done.faults) == (0, 0)


def test_a_power_cut_loses_nothing_that_was_told() -> None:
    done = power_cuts(cuts=30, marks=60)
    assert done.told == 60
    assert (done.lost, done.faults) == (0, 0)


def test_the_same_test_shows_what_is_lost_without_syncing() -> None:
    """Else it has no teeth."""
    done = power_cuts(cuts=30, marks=60, level="NORMAL")
    assert done.lost > 0


@pytest.mark.parametrize("seed", range(5))
def test_a_disk_keeps_what_was_synced_and_perhaps_the_rest(seed: int) -> None:
    old, new = b"o" * SECTOR * 3, b"n" * SECTOR * 3
    tape = [
        Event("write", "a", 0, old),
        Event("sync", "a"),
        Event("write", "a", 0, new),
        Event("truncate", "b", 0),
        Event("write", "a", len(new), b"end"),
    ]
    begun = {"b": b"before"}
    assert after_a_cut(begun, tape, 2, random.Random(seed)) == {"a": old, "b": b"before"}
    cut = after_a_cut(begun, tape, len(tape), random.Random(seed))
    sectors = [cut["a"][n : n + SECTOR] for n in range(0, len(new), SECTOR)]
    assert set(sectors) <= {old[:SECTOR], new[:SECTOR]}
    assert cut["b"] in (b"before", b"")
