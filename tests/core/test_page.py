"""The view that verbs work on: kept up to date record by record, it equals a fresh one."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import linking, marking
from annotator.core.errors import NotAllowed
from annotator.core.page import Page
from tests.core.pages import BOOK, TEXT, Desk

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["mark", "delete", "move", "unlink", "split", "retype"]),
        st.integers(0, 20),
        st.integers(0, len(TEXT) - 5),
    ),
    max_size=25,
)


@given(STEPS)
def test_a_page_that_was_kept_up_to_date_equals_a_fresh_one(
    steps: list[tuple[str, int, int]],
) -> None:
    desk = Desk()
    for what, pick, at in steps:
        marks, statements = sorted(desk.page.marks), sorted(desk.page.statements)
        if what == "mark" or not marks or not statements:
            hand = desk.page.statements[statements[pick % len(statements)]] if statements else None
            desk.mark_places(sorted(BOOK.kinds)[pick % len(BOOK.kinds)], (at, at + 5), hand=hand)
            continue
        mark, statement = marks[pick % len(marks)], statements[at % len(statements)]
        match what:
            case "delete":
                desk.do(marking.delete(desk.page, [mark]))
            case "move":
                end = desk.page.mark(mark).fragments[0].end
                desk.do(marking.move_boundary(desk.page, mark, 0, "start", at % end))
            case "unlink":
                desk.do(linking.unlink(desk.page, statement, mark))
            case "split":
                desk.do(linking.new_statement(desk.page, BOOK, mark, desk.new_id())[0])
            case "retype":
                desk.do(marking.retype(desk.page, BOOK, mark, sorted(BOOK.kinds)[at % 6]))
    page = desk.page
    fresh = Page(
        page.article, TEXT, page.layer, page.marks.values(), page.statements.values(), page.what
    )
    assert page.marks == fresh.marks
    assert page.statements == fresh.statements
    assert page.in_order() == fresh.in_order()
    assert page.marks_in_order() == fresh.marks_in_order()
    for mark in [*page.marks, 1]:
        assert page.holders(mark) == fresh.holders(mark)


def test_statements_stand_in_the_order_of_their_claims() -> None:
    desk = Desk()
    moscow = desk.mark("claim", "Moscow agreed")
    desk.mark("speaker", "Trump", hand=desk.holder(moscow))
    possible = desk.mark("claim", "It’s possible")
    alone = desk.mark("cue", "said")
    implied = desk.mark("claim")
    expected = [desk.holder(m).id for m in (alone, possible, moscow, implied)]
    assert [s.id for s in desk.page.in_order()] == expected


def test_a_claim_that_is_moved_takes_its_statement_along() -> None:
    desk = Desk()
    first, second = desk.mark("claim", "find out"), desk.mark("claim", "possible")
    desk.do(marking.move_boundary(desk.page, second.id, 0, "start", 0))
    assert desk.page.in_order() == [desk.holder(second), desk.holder(first)]


def test_marks_stand_by_their_start_and_the_longer_first() -> None:
    desk = Desk()
    implied = desk.mark("claim")
    short, long = desk.mark("claim", "It’s"), desk.mark("claim", "It’s possible")
    first = desk.mark("speaker", "Trump")
    assert desk.page.marks_in_order() == [first, long, short, implied]


def test_members_stand_in_the_order_of_the_text() -> None:
    desk = Desk()
    late = desk.mark("position", "Moscow")
    desk.mark("position", "Trump", hand=desk.holder(late))
    desk.mark("position", hand=desk.holder(late))
    members = desk.page.members(desk.holder(late), "position")
    assert [m.quote for m in members] == ["Trump", "Moscow", ""]


def test_what_belongs_elsewhere_is_none_of_its_concern() -> None:
    desk = Desk()
    made = desk.mark("claim", "possible")
    statement = desk.holder(made)
    for name in ("article", "layer"):
        elsewhere = msgspec.structs.replace(made, id=900, **{name: 77})
        assert not desk.page.refresh("mark", 900, elsewhere)
        other = msgspec.structs.replace(statement, id=901, **{name: 77})
        assert not desk.page.refresh("statement", 901, other)
    assert not desk.page.refresh("actor", 5, None)
    assert not desk.page.refresh("mark", 902, None)
    assert set(desk.page.marks) == {made.id}


def test_an_article_that_is_described_anew_is_taken_over() -> None:
    desk = Desk()
    described = msgspec.structs.replace(desk.page.article, outlet="The Example")
    assert desk.page.refresh("article", described.id, described)
    assert desk.page.article.outlet == "The Example"


def test_what_is_gone_is_said() -> None:
    desk = Desk()
    with pytest.raises(NotAllowed, match="mark is not in this layer any more"):
        desk.page.mark(5)
    with pytest.raises(NotAllowed, match="statement is not in this layer any more"):
        desk.page.statement(5)
