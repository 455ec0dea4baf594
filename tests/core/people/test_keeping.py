"""Verbs on actors: nothing is lost in a merge, and only what is meant moves in a split."""

from __future__ import annotations

import pytest

from annotator.core.errors import NotAllowed
from annotator.core.model import Actor, Affiliation, Fragment, Mark, Statement
from annotator.core.people import keeping
from tests.core.pages import BOOK

STAYS = Actor(id=1, name="Volodymyr Zelensky", aliases=("Zelensky",), wikidata="Q1")
GOES = Actor(
    id=2,
    name="Zelenskyy",
    aliases=("Zelensky", "Ze"),
    type="group",
    affiliations=(Affiliation(actor=1), Affiliation(actor=9, since="2019")),
    note="Seen.",
    wikidata="Q2",
)


def mark(id: int, words: str, actor: int, article: int = 5, layer: int = 6) -> Mark:
    said = (Fragment(0, len(words), words),)
    return Mark(
        id=id, article=article, layer=layer, kind="speaker", fragments=said,
        fields={"actor": str(actor), "condition": str(actor)},
    )  # fmt: skip


def test_who_is_retired_can_be_offered_again() -> None:
    edit = keeping.retire(STAYS, "2 marks in 1 article")
    assert edit.label == "Retire Volodymyr Zelensky: named by 2 marks in 1 article"
    (change,) = edit.changes
    retired = change.after
    assert isinstance(retired, Actor)
    assert retired.retired
    with pytest.raises(NotAllowed, match="is retired already"):
        keeping.retire(retired, "0 marks")
    (back,) = keeping.retire(retired, "0 marks", retired=False).changes
    assert back.after == STAYS


def test_two_of_whom_one_is_retired_are_offered_as_one() -> None:
    (gone,) = keeping.retire(GOES, "0 marks").changes
    assert isinstance(gone.after, Actor)
    united = keeping.merge(BOOK, STAYS, gone.after, [], []).changes[0].after
    assert isinstance(united, Actor)
    assert not united.retired


def test_a_merge_moves_every_mark_and_affiliation_and_loses_nothing() -> None:
    held: list[Mark | Statement] = [mark(10, "Ze", 2), mark(11, "He", 2, article=8, layer=7)]
    member = Actor(id=3, name="Aide", affiliations=(Affiliation(actor=2), Affiliation(actor=1)))
    edit = keeping.merge(BOOK, STAYS, GOES, held, [member])
    assert edit.foreign
    assert edit.label == "Merge Zelenskyy into Volodymyr Zelensky: 2 marks in 2 articles"
    after = {change.id: change.after for change in edit.changes}
    assert after[2] is None
    for id in (10, 11):
        moved = after[id]
        assert isinstance(moved, Mark)
        assert moved.fields == {"actor": "1", "condition": "2"}  # a text is no actor
    aide, one = after[3], after[1]
    assert isinstance(aide, Actor)
    assert aide.affiliations == (Affiliation(actor=1),)
    assert isinstance(one, Actor)
    assert one.aliases == ("Zelensky", "Zelenskyy", "Ze")
    assert one.affiliations == (Affiliation(actor=9, since="2019"),)
    assert one.wikidata == "Q1"
    assert one.note == "Seen. Zelenskyy was a group. Zelenskyy was Q2."


def test_chosen_marks_are_split_off_and_the_names_stay() -> None:
    held = [mark(10, "He", 1), mark(11, "the president", 1)]
    edit, made = keeping.split(BOOK, STAYS, " The  other ", 77, held[:1])
    assert edit.label == "Split The other off Volodymyr Zelensky: 1 mark in 1 article"
    assert (made.name, made.type, made.aliases) == ("The other", "person", ())
    (new, moved) = edit.changes
    assert (new.before, new.after, moved.before) == (None, made, held[0])
    assert isinstance(moved.after, Mark)
    assert moved.after.fields == {"actor": "77", "condition": "1"}
    for name in ("  ", STAYS.name):
        with pytest.raises(NotAllowed):
            keeping.split(BOOK, STAYS, name, 77, held)


def test_nobody_is_merged_with_themselves() -> None:
    with pytest.raises(NotAllowed):
        keeping.merge(BOOK, STAYS, STAYS, [], [])


def test_a_split_moves_the_marks_whose_words_are_the_alias() -> None:
    other = Actor(id=4, name="Somebody")
    marks = [mark(10, "the ze", 2), mark(11, "Zelenskyy", 2)]
    edit = keeping.split_alias(BOOK, GOES, "Ze", other, marks, new=True)
    after = {change.id: change.after for change in edit.changes}
    assert after.keys() == {2, 4, 10}
    assert edit.changes[0].before is None
    less, more = after[2], after[4]
    assert isinstance(less, Actor)
    assert less.aliases == ("Zelensky",)
    assert isinstance(more, Actor)
    assert more.aliases == ("Ze",)
    with pytest.raises(NotAllowed):
        keeping.split_alias(BOOK, GOES, "Zelenskyy", other, marks)


def test_the_main_name_and_an_alias_change_places() -> None:
    (change,) = keeping.make_main_name(STAYS, "Zelensky").changes
    assert isinstance(change.after, Actor)
    assert change.after.names == ("Zelensky", "Volodymyr Zelensky")


@pytest.mark.parametrize("id", ["q7", "Q07", "7747", "Q", "http://x/Q7"])
def test_what_is_no_wikidata_id_is_refused(id: str) -> None:
    with pytest.raises(NotAllowed):
        keeping.set_wikidata(STAYS, id)


@pytest.mark.parametrize(("since", "until"), [("soon", ""), ("2025-02", "2025-01"), ("", "x")])
def test_what_is_no_time_is_refused(since: str, until: str) -> None:
    with pytest.raises(NotAllowed):
        keeping.date_affiliation(GOES, GOES.affiliations[1], since, until)


def test_a_time_within_a_year_is_let_be() -> None:
    (change,) = keeping.date_affiliation(GOES, GOES.affiliations[1], "2019-05", "2019").changes
    assert isinstance(change.after, Actor)
    assert change.after.affiliations[1] == Affiliation(actor=9, since="2019-05", until="2019")


def test_who_is_named_is_not_deleted_and_no_name_is_none() -> None:
    with pytest.raises(NotAllowed, match="1 place"):
        keeping.delete_actor(STAYS, 1)
    assert keeping.delete_actor(STAYS, 0)
    with pytest.raises(NotAllowed):
        keeping.rename(STAYS, "  ")
