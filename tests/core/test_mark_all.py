"""Marking every occurrence in one step."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import marking
from annotator.core.errors import NotAllowed
from annotator.core.model import Member
from annotator.core.text.find import find
from tests.core.pages import BOOK, Desk

TEXT = "Trump spoke. Then Trump left, and Moscow said Trump would return."


def test_each_place_becomes_a_mark_in_a_statement_of_its_own() -> None:
    desk = Desk(TEXT)
    spans = find(TEXT, "Trump")
    edit, made = marking.mark_all(desk.page, BOOK, "speaker", spans, desk.new_id, {"actor": "7"})
    desk.do(edit)
    assert edit.label == "Speaker “Trump” 3 times"
    assert [(m.fragments[0].start, m.fragments[0].end) for m in made] == spans
    assert [m.quote for m in made] == ["Trump"] * 3
    assert all(desk.page.marks[m.id] == m for m in made)
    assert all(m.fields == {"actor": "7"} for m in made)
    assert len(desk.page.statements) == 3
    assert all(desk.holder(m).members == (Member("speaker", m.id),) for m in made)


def test_one_place_is_not_counted() -> None:
    desk = Desk(TEXT)
    edit, _ = marking.mark_all(desk.page, BOOK, "speaker", [(0, 5)], desk.new_id)
    assert edit.label == "Speaker “Trump”"


def test_a_kind_that_plays_no_role_stands_alone() -> None:
    desk = Desk(TEXT)
    roles = {key: role for key, role in BOOK.roles.items() if "cue" not in role.kinds}
    book = msgspec.structs.replace(BOOK, roles=roles)
    edit, made = marking.mark_all(desk.page, book, "cue", [(6, 11), (46, 51)], desk.new_id)
    desk.do(edit)
    assert edit.label == "Cue 2 times"
    assert len(desk.page.marks) == len(made) == 2
    assert desk.page.statements == {}


def test_no_place_is_no_edit() -> None:
    edit, made = marking.mark_all(Desk(TEXT).page, BOOK, "cue", [], Desk().new_id)
    assert not edit
    assert made == ()


@pytest.mark.parametrize(
    ("kind", "end", "why"),
    [
        ("cues", 5, "has no kind cues"),
        ("cue", 5, "A cue has no field actor"),
        ("speaker", len(TEXT) + 1, "0 to 66 is not a piece of this text"),
    ],
)
def test_what_cannot_be_is_refused(kind: str, end: int, why: str) -> None:
    desk = Desk(TEXT)
    with pytest.raises(NotAllowed, match=why):
        marking.mark_all(desk.page, BOOK, kind, [(0, end)], desk.new_id, {"actor": "7"})


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(st.tuples(st.sampled_from(["cue", "claim"]), SPANS), max_size=6), SPANS)
def test_a_span_is_covered_when_a_mark_of_the_kind_holds_all_of_it(
    marked: list[tuple[str, tuple[int, int]]], asked: tuple[int, int]
) -> None:
    desk = Desk(TEXT)
    for kind, span in marked:
        desk.mark_places(kind, span)
    expected = any(k == "cue" and s[0] <= asked[0] and asked[1] <= s[1] for k, s in marked)
    assert marking.covered(desk.page, "cue")(asked) is expected
