"""The verbs on statements."""

from __future__ import annotations

import pytest

from annotator.core import linking
from annotator.core.errors import NotAllowed
from annotator.core.model import Member
from tests.core.pages import BOOK, WITHOUT_CUES, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_mark_is_linked_in_the_usual_role_of_its_kind(desk: Desk) -> None:
    claim, speaker = desk.mark("claim", "possible"), desk.mark("speaker", "Trump")
    into = desk.holder(claim)
    desk.do(linking.link(desk.page, BOOK, into.id, speaker.id))
    assert desk.page.statement(into.id).members[-1] == Member("speaker", speaker.id)
    assert len(desk.page.holders(speaker.id)) == 2


def test_a_mark_can_be_linked_in_another_role_that_fits(desk: Desk) -> None:
    claim, speaker = desk.mark("claim", "possible"), desk.mark("speaker", "Trump")
    into = desk.holder(claim).id
    desk.do(linking.link(desk.page, BOOK, into, speaker.id, "via"))
    desk.do(linking.link(desk.page, BOOK, into, speaker.id, "addressee"))
    assert desk.page.statement(into).members[1:] == (Member("addressee", speaker.id),)
    assert not linking.link(desk.page, BOOK, into, speaker.id, "addressee")


@pytest.mark.parametrize("role", ["claim", "nonsense"])
def test_a_role_that_does_not_fit_is_refused(desk: Desk, role: str) -> None:
    claim, speaker = desk.mark("claim", "possible"), desk.mark("speaker", "Trump")
    with pytest.raises(NotAllowed, match=f"A speaker cannot be the {role} of a statement"):
        linking.link(desk.page, BOOK, desk.holder(claim).id, speaker.id, role)


def test_unlinking_leaves_the_mark_and_removes_an_empty_statement(desk: Desk) -> None:
    claim = desk.mark("claim", "possible")
    speaker = desk.mark("speaker", "Trump", hand=desk.holder(claim))
    statement = desk.holder(claim).id
    desk.do(linking.unlink(desk.page, statement, speaker.id))
    assert desk.page.statement(statement).members == (Member("claim", claim.id),)
    assert desk.page.holders(speaker.id) == []
    assert not linking.unlink(desk.page, statement, speaker.id)
    desk.do(linking.unlink(desk.page, statement, claim.id))
    assert desk.page.statements == {}
    assert set(desk.page.marks) == {claim.id, speaker.id}


def test_a_mark_moves_in_the_role_it_had(desk: Desk) -> None:
    first = desk.mark("claim", "possible")
    via = desk.mark("speaker", "Moscow")
    desk.do(linking.link(desk.page, BOOK, desk.holder(first).id, via.id, "via"))
    second = desk.mark("claim", "waited")
    source, target = desk.holder(first).id, desk.holder(second).id
    desk.do(linking.move(desk.page, via.id, source, target))
    assert desk.page.statement(source).members == (Member("claim", first.id),)
    assert desk.page.statement(target).members[-1] == Member("via", via.id)


def test_a_statement_that_is_moved_empty_goes(desk: Desk) -> None:
    first, second = desk.mark("speaker", "Trump"), desk.mark("claim", "possible")
    desk.do(linking.move(desk.page, first.id, desk.holder(first).id, desk.holder(second).id))
    assert len(desk.page.statements) == 1
    assert desk.holder(first).members == (Member("claim", second.id), Member("speaker", first.id))


def test_moving_to_where_it_is_changes_nothing(desk: Desk) -> None:
    made = desk.mark("claim", "possible")
    assert not linking.move(desk.page, made.id, desk.holder(made).id, desk.holder(made).id)


def test_where_a_mark_moves_it_is_held_once(desk: Desk) -> None:
    """It was there already, in another role; the one it brings along counts."""
    made, claim = desk.mark("speaker", "Moscow"), desk.mark("claim", "waited")
    source, target = desk.holder(made).id, desk.holder(claim).id
    desk.do(linking.link(desk.page, BOOK, target, made.id, "via"))
    desk.do(linking.move(desk.page, made.id, source, target))
    assert desk.page.statement(target).members == (
        Member("claim", claim.id),
        Member("speaker", made.id),
    )


def test_a_kind_without_a_role_gets_no_statement_of_its_own(desk: Desk) -> None:
    made = desk.mark("cue", "said")
    with pytest.raises(NotAllowed, match=r"no role for a cue\."):
        linking.new_statement(desk.page, WITHOUT_CUES, made.id, desk.new_id())


def test_a_mark_that_a_statement_does_not_hold_cannot_be_moved_from_it(desk: Desk) -> None:
    first, second = desk.mark("claim", "possible"), desk.mark("claim", "waited")
    with pytest.raises(NotAllowed, match="not in this statement"):
        linking.move(desk.page, second.id, desk.holder(first).id, desk.holder(second).id)


def test_a_mark_gets_a_statement_of_its_own_and_stays_in_the_other(desk: Desk) -> None:
    made = desk.mark("speaker", "Trump")
    edit, statement = linking.new_statement(desk.page, BOOK, made.id, desk.new_id())
    desk.do(edit)
    assert statement in desk.page.holders(made.id)
    assert len(desk.page.holders(made.id)) == 2


def test_deleting_a_statement_deletes_the_marks_that_no_other_holds(desk: Desk) -> None:
    claim = desk.mark("claim", "possible")
    speaker = desk.mark("speaker", "Trump", hand=desk.holder(claim))
    gone = desk.holder(claim).id
    edit, other = linking.new_statement(desk.page, BOOK, speaker.id, desk.new_id())
    desk.do(edit)
    desk.do(linking.delete_statement(desk.page, gone))
    assert set(desk.page.marks) == {speaker.id}
    assert set(desk.page.statements) == {other.id}


def test_a_statement_that_is_gone(desk: Desk) -> None:
    made = desk.mark("claim", "possible")
    with pytest.raises(NotAllowed, match="statement is not in this layer any more"):
        linking.link(desk.page, BOOK, 99, made.id)
