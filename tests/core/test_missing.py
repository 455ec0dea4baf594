"""What a statement still needs."""

from __future__ import annotations

from annotator.core import marking
from annotator.core.missing import Missing, missing
from tests.core.pages import BOOK, Desk


def test_roles_and_fields_in_the_order_of_the_codebook() -> None:
    desk = Desk()
    position = desk.mark("position", "possible")
    found = missing(desk.page, BOOK, desk.holder(position))
    assert [m.text for m in found] == [
        "no speaker yet",
        "no claim yet",
        "no issue yet",
        "no stance yet",
    ]
    assert found[0] == Missing("no speaker yet", role="speaker")
    assert found[2] == Missing("no issue yet", field="issue", mark=position.id)


def test_nothing_is_missing_when_all_is_filled_in() -> None:
    desk = Desk()
    claim = desk.mark("claim", "possible")
    speaker = desk.mark("speaker", "Trump", hand=desk.holder(claim))
    assert [m.text for m in missing(desk.page, BOOK, desk.holder(claim))] == ["no actor yet"]
    desk.do(marking.set_field(desk.now(speaker), BOOK, "actor", "5"))
    assert missing(desk.page, BOOK, desk.holder(claim)) == []


def test_a_balanced_stance_is_not_a_missing_one() -> None:
    desk = Desk()
    position = desk.mark("position", "possible")
    desk.do(marking.set_field(desk.now(position), BOOK, "stance", 0))
    assert "no stance yet" not in [m.text for m in missing(desk.page, BOOK, desk.holder(position))]


def test_an_implied_mark_fills_its_role() -> None:
    desk = Desk()
    speaker = desk.mark("speaker")
    assert "no speaker yet" not in [m.text for m in missing(desk.page, BOOK, desk.holder(speaker))]
