"""What many people's changes to one record amount to, in whatever order they arrive."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.model import Actor, Mark, Record
from annotator.core.revision import Change, Entry, Revision, entry, flatten, fold

ADA, BO = 1, 2
"""Replicas."""

Step = tuple[Revision, Entry]
BASE = Actor(id=5, name="A", aliases=("a",), note="n")


def step(
    replica: int,
    sequence: int,
    clock: int,
    before: Record | None,
    after: Record | None,
    **seen: int,
) -> Step:
    vector = {int(name[1:]): last for name, last in seen.items()}
    kept = entry(Change(before, after), vector)
    return Revision(replica << 32 | sequence, clock, 0, "", "do", None, (kept,)), kept


def but(record: Record, **values: Any) -> Record:
    return msgspec.structs.replace(record, **values)


MADE = step(ADA, 1, 10, None, BASE)


def test_nothing_amounts_to_nothing() -> None:
    assert fold([]) is None


def test_fields_go_by_the_last_writer() -> None:
    early = step(BO, 1, 20, BASE, but(BASE, name="early", note="of Bo"))
    late = step(ADA, 2, 30, BASE, but(BASE, name="late"))
    assert fold([MADE, early, late]) == but(BASE, name="late", note="of Bo")


def test_a_frozen_clock_is_decided_by_replica_and_then_sequence() -> None:
    one = step(ADA, 2, 20, BASE, but(BASE, name="Ada's"))
    two = step(BO, 1, 20, BASE, but(BASE, name="Bo's"))
    three = step(ADA, 3, 20, BASE, but(BASE, name="Ada's second"))
    assert fold([MADE, two, one]) == but(BASE, name="Bo's")
    assert fold([MADE, three, one]) == but(BASE, name="Ada's second")


def test_a_deletion_that_knew_all_deletes() -> None:
    edited = step(BO, 1, 20, BASE, but(BASE, name="B"))
    deleted = step(ADA, 2, 30, but(BASE, name="B"), None, _1=1, _2=1)
    assert fold([MADE, edited, deleted]) is None


def test_an_edit_that_the_deletion_had_not_seen_survives() -> None:
    deleted = step(ADA, 2, 30, BASE, None, _1=1)
    for clock in (20, 40):
        unseen = step(BO, 1, clock, BASE, but(BASE, name="B"))
        assert fold([MADE, deleted, unseen]) == but(BASE, name="B")


def test_two_deletions_delete_what_each_of_them_knew() -> None:
    edits = step(ADA, 2, 20, BASE, but(BASE, name="1")), step(BO, 1, 21, BASE, but(BASE, name="2"))
    first = step(ADA, 3, 30, BASE, None, _1=2)
    second = step(BO, 2, 31, BASE, None, _1=1, _2=1)
    assert fold([MADE, *edits, first]) is not None
    assert fold([MADE, *edits, first, second]) is None


def test_what_is_made_again_is_there_as_it_was_made() -> None:
    """Nothing of its life before the deletion comes back with it."""
    mark = Mark(id=5, article=1, layer=1, kind="claim")
    steps = [
        step(ADA, 1, 10, None, mark),
        step(ADA, 2, 20, mark, but(mark, fields={"note": "x"})),
        step(ADA, 3, 30, but(mark, fields={"note": "x"}), None, _1=2),
        step(ADA, 4, 40, None, mark),
    ]
    assert fold(steps) == mark


def test_an_edit_whose_record_has_not_arrived_waits() -> None:
    assert fold([step(BO, 1, 20, BASE, but(BASE, name="B"))]) is None


def test_two_who_made_the_same_thing_mean_one() -> None:
    other = step(BO, 1, 15, None, but(BASE, note="of Bo"))
    edited = step(ADA, 2, 20, BASE, but(BASE, name="B"))
    assert fold([MADE, other, edited]) == but(BASE, name="B", note="of Bo")


def test_a_field_that_was_unset_is_unset() -> None:
    mark = Mark(id=5, article=1, layer=1, kind="claim", fields={"note": "x", "told": "y"})
    made = step(ADA, 1, 10, None, mark)
    unset = step(ADA, 2, 20, mark, but(mark, fields={"told": "y"}))
    assert fold([made, unset]) == but(mark, fields={"told": "y"})


@st.composite
def lives(draw: st.DrawFn) -> list[Step]:
    """A record's life on two replicas that do not know of each other all the time."""
    steps = [MADE]
    sequences = {ADA: 1, BO: 0}
    clock = 10
    for _ in range(draw(st.integers(0, 8))):
        replica = draw(st.sampled_from([ADA, BO]))
        sequences[replica] += 1
        clock += draw(st.integers(0, 2))
        seen = {
            f"_{r}": draw(st.integers(0, last)) if r != replica else last - 1
            for r, last in sequences.items()
        }
        after = draw(st.none() | st.sampled_from("xyz").map(lambda name: but(BASE, name=name)))
        before = None if after is not None and draw(st.booleans()) else but(BASE, name="?")
        steps.append(step(replica, sequences[replica], clock, before, after, **seen))
    return steps


@given(lives(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(steps: list[Step], random: Any) -> None:
    shuffled = list(steps)
    random.shuffle(shuffled)
    assert fold(shuffled) == fold(steps)


@given(st.lists(st.sampled_from(["name", "note", "aliases", "delete", "make"]), max_size=10))
def test_one_persons_journal_folds_to_what_they_have(actions: list[str]) -> None:
    now: Record | None = BASE
    steps = [MADE]
    for n, action in enumerate(actions, 2):
        before = now
        match action:
            case "delete":
                now = None
            case "make":
                now = but(BASE, name=f"made {n}") if now is None else now
            case "aliases":
                now = now and but(now, aliases=(f"alias {n}",))
            case _:
                now = now and but(now, **{action: f"{n}"})
        if before != now:
            steps.append(step(ADA, n, 10, before, now, _1=n - 1))
    assert fold(steps) == now
    assert now is None or flatten(now)
