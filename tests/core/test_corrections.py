"""How gold differs from what an analyst had, each difference in words."""

from __future__ import annotations

from annotator.core import marking
from annotator.core.model import FieldValue, Mark, Statement
from annotator.core.review.readback import Correction, corrections
from tests.core.pages import BOOK, Desk


class Account:
    """A statement of one claim and some positions, with a stance each if one is given."""

    def __init__(self, *positions: tuple[str, int | None]) -> None:
        self.desk = Desk()
        self.claim = self.desk.mark("claim", "possible")
        hand = self.desk.holder(self.claim)
        for words, stance in positions:
            made = self.desk.mark("position", words, hand=hand)
            if stance is not None:
                self.desk.do(marking.set_field(made, BOOK, "stance", stance))

    @property
    def statement(self) -> Statement:
        return self.desk.holder(self.claim)


def shown(_field: str, value: FieldValue) -> str:
    return str(value)


def between(mine: Account, gold: Account) -> tuple[Correction, ...]:
    return corrections(mine.statement, mine.desk.page, gold.statement, gold.desk.page, BOOK, shown)


def words(mine: Account, gold: Account) -> list[str]:
    return [one.words for one in between(mine, gold)]


def test_the_same_needs_no_words() -> None:
    assert between(Account(("find out", 1)), Account(("find out", 1))) == ()


def test_what_gold_has_more_was_added_and_what_it_has_less_taken_out() -> None:
    one, two = Account(("find out", None)), Account(("find out", None), ("waited", None))
    assert words(one, two) == ["position “waited” added"]
    assert words(two, one) == ["position “waited” taken out"]
    assert [c.what for c in (*between(one, two), *between(two, one))] == ["missing", "extra"]


def test_marks_are_beside_those_with_which_they_share_text() -> None:
    mine = Account(("find", 1), ("waited", 2))
    gold = Account(("waited", 2), ("find out", 1))
    assert words(mine, gold) == ["position “find” became “find out”"]


def test_marks_that_only_touch_share_nothing() -> None:
    """So what comes first in gold is not beside it."""
    mine = Account((" out", 2))
    gold = Account(("find", 1), (" out", 2))
    assert words(mine, gold) == ["position “find” added"]


def test_marks_without_text_in_common_are_beside_each_other_in_order() -> None:
    assert words(Account(("find", 1)), Account(("waited", 1))) == [
        "position “find” became “waited”"
    ]


def test_a_field_that_was_not_filled_in_is_unset() -> None:
    assert words(Account(("find", None)), Account(("find", 1))) == ["stance unset became 1"]
    assert words(Account(("find", 1)), Account(("find", None))) == ["stance 1 became unset"]


def test_another_kind_is_named() -> None:
    desk = Desk()
    mine: Mark = desk.mark("speaker", "Moscow")
    desk.do(marking.retype(desk.page, BOOK, mine.id, "via"))
    (found,) = corrections(mine, desk.page, desk.now(mine), desk.page, BOOK, shown)
    assert (found.what, found.mine, found.gold) == ("kind", "Speaker", "Via")
    assert found.words == "“Moscow” is a via, not a speaker"
