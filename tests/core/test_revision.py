"""What the journal keeps of a change, and what takes it back."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.model import Actor, Mark, Record
from annotator.core.revision import (
    RECORDS,
    Change,
    apply_flat,
    build,
    entry,
    flatten,
    inverse,
    kind_of,
    same,
    stamp,
    tick,
)
from tests.core.records import BY_KIND, codebooks, marks, with_id
from tests.workshop import start

KINDS = sorted(RECORDS)


def test_every_kind_of_record_is_tried() -> None:
    assert sorted(BY_KIND) == KINDS


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_building_is_the_inverse_of_flattening(kind: str, data: st.DataObject) -> None:
    record = data.draw(BY_KIND[kind])
    assert kind_of(record) == kind
    flat = flatten(record)
    assert msgspec.json.decode(msgspec.json.encode(flat)) == flat
    assert same(build(kind, record.id, flat), record)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_what_the_journal_keeps_makes_one_record_of_the_other(
    kind: str, data: st.DataObject
) -> None:
    before = data.draw(BY_KIND[kind])
    after = with_id(data.draw(BY_KIND[kind]), before.id)
    kept = entry(Change(before, after), {})
    assert kept.before is not None
    assert kept.after is not None
    assert kept.before.keys() == kept.after.keys()
    assert same(apply_flat(before, kept.after), after)
    assert same(apply_flat(after, kept.before), before)
    change = inverse(kept, after)
    assert change is not None
    assert (change.before, change.after) == (after, before)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"codebook", "verdict"}))
@given(data=st.data())
def test_the_journal_keeps_what_differs_and_no_more(kind: str, data: st.DataObject) -> None:
    before = data.draw(BY_KIND[kind])
    after = with_id(data.draw(st.just(before) | BY_KIND[kind]), before.id)
    one, other = flatten(before), flatten(after)
    names = {n for n in (*one, *other) if one.get(n) != other.get(n)}
    kept = entry(Change(before, after), {})
    assert kept.before == {n: one.get(n) for n in names}
    assert kept.after == {n: other.get(n) for n in names}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_making_and_deleting_are_taken_back(kind: str, data: st.DataObject) -> None:
    record = data.draw(BY_KIND[kind])
    made, deleted = entry(Change(None, record), {}), entry(Change(record, None), {7: 3})
    assert (made.before, made.seen, deleted.after) == (None, None, None)
    assert deleted.seen == {"7": 3}
    assert inverse(made, record) == Change(record, None)
    assert inverse(deleted, None) == Change(None, record)
    assert inverse(made, None) is None
    assert inverse(deleted, record) is None


def test_only_what_changed_is_kept_and_what_else_changed_since_stays() -> None:
    before = Actor(id=1, name="A", note="old")
    after = msgspec.structs.replace(before, note="new")
    kept = entry(Change(before, after), {})
    assert (kept.before, kept.after) == ({"note": "old"}, {"note": "new"})
    renamed = msgspec.structs.replace(after, name="B")
    change = inverse(kept, renamed)
    assert change is not None
    assert change.after == msgspec.structs.replace(before, name="B")


def test_what_is_no_longer_as_it_was_left_is_not_taken_back() -> None:
    before = Actor(id=1, name="A", note="old")
    kept = entry(Change(before, msgspec.structs.replace(before, note="new")), {})
    assert inverse(kept, msgspec.structs.replace(before, note="newer")) is None
    assert inverse(kept, None) is None


def test_the_order_of_choices_alone_is_a_change() -> None:
    before = start().codebook
    told = before.fields["told"]
    turned = msgspec.structs.replace(told, choices=dict(reversed(told.choices.items())))
    after = msgspec.structs.replace(before, fields={**before.fields, "told": turned})
    assert before == after
    assert not same(before, after)
    kept = entry(Change(before, after), {})
    assert list(kept.after or {}) == ["fields.told"]


@given(book=codebooks, data=st.data())
def test_the_order_of_a_codebook_is_kept(book: Record, data: st.DataObject) -> None:
    kinds = getattr(book, "kinds")  # noqa: B009 - a Record to the strategy
    order = data.draw(st.permutations(sorted(kinds)))
    turned = msgspec.structs.replace(book, kinds={name: kinds[name] for name in order})
    kept = entry(Change(book, turned), {})
    assert list(getattr(apply_flat(book, kept.after or {}), "kinds")) == list(order)  # noqa: B009


@given(marks)
def test_a_step_is_stamped_with_its_author_and_time(mark: Record) -> None:
    assert isinstance(mark, Mark)
    fresh = msgspec.structs.replace(mark, made_at=0, made_by=0, changed_at=0, changed_by=0)
    made = stamp(Change(None, fresh), 9, 1000).after
    assert isinstance(made, Mark)
    assert (made.made_at, made.made_by, made.changed_at, made.changed_by) == (1000, 9, 1000, 9)
    later = stamp(Change(made, msgspec.structs.replace(made, kind="x")), 8, 2000).after
    assert isinstance(later, Mark)
    assert (later.made_at, later.made_by, later.changed_at, later.changed_by) == (1000, 9, 2000, 8)


@given(st.lists(st.integers(0, 1 << 41), min_size=1))
def test_the_clock_never_goes_back(wall: list[int]) -> None:
    clock = 0
    for now in wall:
        later = tick(clock, now)
        assert later > clock
        assert later >= now << 15
        clock = later
    assert clock >> 15 <= max(wall) + 1
