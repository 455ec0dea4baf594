"""The verbs on marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import marking
from annotator.core.errors import NotAllowed
from annotator.core.linking import new_statement, unlink
from annotator.core.marking import brief, fragments
from annotator.core.model import Mark, Member
from tests.core.pages import BOOK, LAYER, TEXT, WITHOUT_CUES, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def roles(desk: Desk, mark: Mark) -> list[str]:
    return [m.role for m in desk.holder(mark).members]


# Making


def test_a_mark_begins_a_statement_in_the_usual_role_of_its_kind(desk: Desk) -> None:
    made = desk.mark("claim", "It’s possible 😀")
    assert made.quote == "It’s possible 😀"
    assert (made.article, made.layer) == (desk.page.article.id, LAYER)
    assert desk.holder(made).members == (Member("claim", made.id),)


def test_both_ends_of_a_fragment_move_in_one_step(desk: Desk) -> None:
    made = desk.mark("claim", "possible")
    start, end = desk.place("It’s possible 😀")
    edit = marking.set_fragment(desk.page, made.id, 0, (start, end))
    desk.do(edit)
    assert desk.page.marks[made.id].quote == "It’s possible 😀"
    assert len(edit.changes) == 1
    with pytest.raises(NotAllowed):
        marking.set_fragment(desk.page, made.id, 1, (start, end))
    with pytest.raises(NotAllowed):
        marking.set_fragment(desk.page, made.id, 0, (end, start))


def test_the_next_mark_joins_the_statement_at_hand(desk: Desk) -> None:
    claim = desk.mark("claim", "It’s possible")
    speaker = desk.mark("speaker", "Trump", hand=desk.holder(claim))
    assert roles(desk, claim) == ["claim", "speaker"]
    assert desk.holder(speaker) == desk.holder(claim)


def test_without_a_statement_at_hand_it_begins_its_own(desk: Desk) -> None:
    claim, speaker = desk.mark("claim", "possible"), desk.mark("speaker", "Trump")
    assert desk.holder(claim) != desk.holder(speaker)


@pytest.mark.parametrize("kind", ["speaker", "claim", "cue"])
def test_a_role_that_is_full_begins_a_new_statement(desk: Desk, kind: str) -> None:
    first = desk.mark(kind, "Trump")
    second = desk.mark(kind, "Moscow", hand=desk.holder(first))
    assert desk.holder(second).members == (Member(kind, second.id),)


@pytest.mark.parametrize("kind", ["position", "via", "addressee"])
def test_a_role_for_many_is_never_full(desk: Desk, kind: str) -> None:
    first = desk.mark(kind, "Trump")
    desk.mark(kind, "Moscow", hand=desk.holder(first))
    assert roles(desk, first) == [kind, kind]


def test_a_statement_at_hand_that_is_gone_is_no_hindrance(desk: Desk) -> None:
    first = desk.mark("claim", "possible")
    gone = desk.holder(first)
    desk.do(marking.delete(desk.page, [first.id]))
    second = desk.mark("speaker", "Trump", hand=gone)
    assert roles(desk, second) == ["speaker"]


def test_a_mark_without_words_is_implied(desk: Desk) -> None:
    edit, made, _ = marking.mark(desk.page, BOOK, "speaker", [], desk.new_id)
    assert (made.fragments, made.start, made.quote) == ((), None, "")
    assert edit.label == "Implied speaker"


def test_a_label_says_what_was_marked(desk: Desk) -> None:
    edit, _, _ = marking.mark(desk.page, BOOK, "speaker", [desk.place("Trump")], desk.new_id)
    assert edit.label == "Speaker “Trump”"


def test_a_kind_that_the_codebook_does_not_know(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="no kind rumour"):
        desk.mark("rumour", "Trump")


def test_a_kind_without_a_role_is_not_marked(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match=r"no role for a cue\."):
        marking.mark(desk.page, WITHOUT_CUES, "cue", [desk.place("said")], desk.new_id)


# Fragments


def test_fragments_are_in_the_order_of_the_text_and_joined_where_they_touch() -> None:
    text = "0123456789"
    made = fragments(text, [(7, 9), (0, 2), (2, 3), (1, 2)])
    assert [(f.start, f.end, f.quote) for f in made] == [(0, 3, "012"), (7, 9, "78")]
    assert [(f.start, f.end) for f in fragments(text, [(0, len(text))])] == [(0, len(text))]


@pytest.mark.parametrize("place", [(-1, 2), (3, 3), (4, 3), (0, len(TEXT) + 1), (-5, -2)])
def test_what_is_no_piece_of_the_text_is_no_fragment(place: tuple[int, int]) -> None:
    with pytest.raises(NotAllowed, match="not a piece of this text"):
        fragments(TEXT, [place])


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_fragments_cover_what_the_places_cover(text: str, places: list[tuple[int, int]]) -> None:
    places = [(a, b) for a, b in places if a < b <= len(text)]
    made = fragments(text, places)
    covered = {i for a, b in places for i in range(a, b)}
    assert covered == {i for f in made for i in range(f.start, f.end)}
    assert all(text[f.start : f.end] == f.quote for f in made)
    assert all(a.end < b.start for a, b in pairwise(made))


def test_the_second_half_of_a_split_quote(desk: Desk) -> None:
    made = desk.mark("claim", "“It’s possible 😀.”")
    desk.do(marking.add_fragment(desk.page, made.id, desk.place("“We’re going to find out,”")))
    assert desk.now(made).quote == "“We’re going to find out,” … “It’s possible 😀.”"


def test_a_fragment_that_is_there_already_changes_nothing(desk: Desk) -> None:
    made = desk.mark("claim", "It’s possible")
    assert not marking.add_fragment(desk.page, made.id, desk.place("possible"))


def test_a_fragment_can_be_taken_away_but_not_the_only_one(desk: Desk) -> None:
    made = desk.mark("claim", "find out", "possible")
    desk.do(marking.remove_fragment(desk.page, made.id, 0))
    assert desk.now(made).quote == "possible"
    with pytest.raises(NotAllowed, match="only fragment; delete the mark"):
        marking.remove_fragment(desk.page, made.id, 0)


@pytest.mark.parametrize("index", [-1, 2])
def test_a_fragment_that_is_not_there(desk: Desk, index: int) -> None:
    made = desk.mark("claim", "find out", "possible")
    with pytest.raises(NotAllowed, match="no such fragment"):
        marking.remove_fragment(desk.page, made.id, index)
    with pytest.raises(NotAllowed, match="no such fragment"):
        marking.move_boundary(desk.page, made.id, index, "end", 5)


# Boundaries


def test_a_boundary_moves_over_whole_characters(desk: Desk) -> None:
    made = desk.mark("claim", "It’s possible ")
    desk.do(marking.move_boundary(desk.page, made.id, 0, "end", desk.place("😀")[1]))
    assert desk.now(made).quote == "It’s possible 😀"
    desk.do(marking.move_boundary(desk.page, made.id, 0, "start", desk.place("possible")[0]))
    assert desk.now(made).quote == "possible 😀"


def test_a_boundary_stops_where_nothing_would_be_left(desk: Desk) -> None:
    made = desk.mark("claim", "possible")
    start, end = desk.place("possible")
    for edge, to in (("start", end), ("end", start), ("start", end + 1), ("end", start - 1)):
        with pytest.raises(NotAllowed, match="at least one character"):
            marking.move_boundary(desk.page, made.id, 0, edge, to)  # type: ignore[arg-type]


@pytest.mark.parametrize(("edge", "to"), [("start", -1), ("end", len(TEXT) + 1)])
def test_a_boundary_stays_in_the_text(desk: Desk, edge: marking.Edge, to: int) -> None:
    made = desk.mark("claim", "possible")
    with pytest.raises(NotAllowed, match="not a piece"):
        marking.move_boundary(desk.page, made.id, 0, edge, to)


def test_a_boundary_that_reaches_the_next_fragment_joins_them(desk: Desk) -> None:
    made = desk.mark("claim", "Trump", "said")
    desk.do(marking.move_boundary(desk.page, made.id, 0, "end", desk.place("said")[0]))
    assert [f.quote for f in desk.now(made).fragments] == ["Trump said"]


def test_a_boundary_that_stays_changes_nothing(desk: Desk) -> None:
    made = desk.mark("claim", "possible")
    assert not marking.move_boundary(desk.page, made.id, 0, "end", desk.place("possible")[1])


# Another kind


def test_another_kind_keeps_the_fields_it_has_and_changes_role(desk: Desk) -> None:
    made = desk.mark("speaker", "Moscow")
    desk.do(marking.set_field(desk.now(made), BOOK, "actor", "5"))
    desk.do(marking.retype(desk.page, BOOK, made.id, "addressee"))
    assert desk.now(made).fields == {"actor": "5"}
    assert roles(desk, made) == ["addressee"]
    desk.do(marking.retype(desk.page, BOOK, made.id, "claim"))
    assert "actor" not in desk.now(made).fields
    assert roles(desk, made) == ["claim"]


def test_another_kind_keeps_a_role_that_it_can_play(desk: Desk) -> None:
    made = desk.mark("via", "Moscow")
    edit = marking.retype(desk.page, BOOK, made.id, "speaker")
    assert [(c.kind, c.id) for c in edit.changes] == [("mark", made.id)]
    desk.do(edit)
    assert roles(desk, made) == ["via"]


def test_the_same_kind_changes_nothing(desk: Desk) -> None:
    made = desk.mark("claim", "possible")
    assert not marking.retype(desk.page, BOOK, made.id, "claim")


def test_a_kind_without_a_role_cannot_be_what_a_statement_holds(desk: Desk) -> None:
    made = desk.mark("claim", "possible")
    with pytest.raises(NotAllowed, match="no role for a cue"):
        marking.retype(desk.page, WITHOUT_CUES, made.id, "cue")
    with pytest.raises(NotAllowed, match="no kind rumour"):
        marking.retype(desk.page, WITHOUT_CUES, made.id, "rumour")


def test_a_mark_that_no_statement_holds_needs_no_role(desk: Desk) -> None:
    made = desk.mark("claim", "possible")
    desk.do(unlink(desk.page, desk.holder(made).id, made.id))
    desk.do(marking.retype(desk.page, WITHOUT_CUES, made.id, "cue"))
    assert desk.now(made).kind == "cue"


# Deleting


def test_deleting_the_last_mark_of_a_statement_deletes_it(desk: Desk) -> None:
    made = desk.mark("claim", "possible")
    statement = desk.holder(made)
    edit = marking.delete(desk.page, [made.id])
    assert {(c.kind, c.id) for c in edit.changes} == {
        ("mark", made.id),
        ("statement", statement.id),
    }
    desk.do(edit)
    assert (desk.page.marks, desk.page.statements) == ({}, {})


def test_deleting_one_of_several_leaves_the_rest(desk: Desk) -> None:
    claim = desk.mark("claim", "possible")
    speaker = desk.mark("speaker", "Trump", hand=desk.holder(claim))
    desk.do(marking.delete(desk.page, [speaker.id]))
    assert desk.holder(claim).members == (Member("claim", claim.id),)


def test_deleting_all_marks_of_a_statement_at_once(desk: Desk) -> None:
    claim = desk.mark("claim", "possible")
    speaker = desk.mark("speaker", "Trump", hand=desk.holder(claim))
    desk.do(marking.delete(desk.page, [claim.id, speaker.id, claim.id]))
    assert (desk.page.marks, desk.page.statements) == ({}, {})


def test_a_mark_of_several_statements_leaves_all_of_them(desk: Desk) -> None:
    made, other = desk.mark("speaker", "Trump"), desk.mark("claim", "possible")
    desk.do(new_statement(desk.page, BOOK, made.id, desk.new_id())[0])
    assert len(desk.page.holders(made.id)) == 2
    desk.do(marking.delete(desk.page, [made.id]))
    assert list(desk.page.statements.values()) == [desk.holder(other)]


def test_a_mark_that_is_gone_cannot_be_deleted(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="not in this layer any more"):
        marking.delete(desk.page, [99])


def test_a_label_names_the_few_that_are_deleted(desk: Desk) -> None:
    made = [desk.mark("speaker", words) for words in ("Trump", "Moscow", "He")]
    edit = marking.delete(desk.page, [m.id for m in made])
    assert edit.label == "Delete “Trump”, “Moscow”, “He”"
    made.append(desk.mark("claim", "possible"))
    assert marking.delete(desk.page, [m.id for m in made]).label == "Delete 4 marks"


def test_a_label_stays_short_however_much_is_deleted(desk: Desk) -> None:
    made = [desk.mark_places("claim", (n, n + 30)) for n in range(40)]
    assert len(marking.delete(desk.page, [m.id for m in made]).label) < 200
    assert "40 marks" in marking.delete(desk.page, [m.id for m in made]).label


# Fields


def test_a_field_is_filled_in_and_unset(desk: Desk) -> None:
    made = desk.mark("position", "possible")
    for value, fields in ((-2, {"stance": -2}), (0, {"stance": 0}), (None, {})):
        edit = marking.set_field(desk.now(made), BOOK, "stance", value)
        desk.do(edit)
        assert desk.now(made).fields == fields
        assert edit.label == ("Unset Stance" if value is None else "Stance")


def test_an_empty_text_unsets_and_the_same_value_changes_nothing(desk: Desk) -> None:
    made = desk.mark("position", "possible")
    desk.do(marking.set_field(desk.now(made), BOOK, "condition", "look"))
    assert not marking.set_field(desk.now(made), BOOK, "condition", "look")
    desk.do(marking.set_field(desk.now(made), BOOK, "condition", ""))
    assert desk.now(made).fields == {}


def test_a_note_and_a_flag_are_set_and_taken_back(desk: Desk) -> None:
    made = desk.mark("position", "possible")
    desk.do(marking.set_note(desk.now(made), " see the headline\n"))
    asked = marking.set_flagged(desk.now(made), True)
    assert asked.label == "Ask the reviewer"
    desk.do(asked)
    assert (desk.now(made).note, desk.now(made).flagged) == ("see the headline", True)
    assert not marking.set_note(desk.now(made), "see the headline")
    assert not marking.set_flagged(desk.now(made), True)
    desk.do(marking.set_note(desk.now(made), ""))
    asked = marking.set_flagged(desk.now(made), False)
    assert asked.label == "Ask the reviewer no longer"
    desk.do(asked)
    assert (desk.now(made).note, desk.now(made).flagged) == ("", False)


def test_a_field_that_the_codebook_does_not_know(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="no field mood"):
        marking.set_field(desk.mark("claim", "possible"), BOOK, "mood", "sad")


def test_brief_is_one_line_of_at_most_forty_characters() -> None:
    assert brief("two\n  lines") == "two lines"
    assert brief("x" * 40) == "x" * 40
    assert brief("x" * 41) == "x" * 39 + "…"
    assert len(brief("word " * 50)) <= 40
    assert brief("word " * 50).endswith("…")
