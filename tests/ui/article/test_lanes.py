"""Lanes, brackets and the index of marks, against the plainest way to work them out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.article.geometry.drawn import Drawn
from annotator.ui.article.geometry.heights import Heights
from annotator.ui.article.geometry.lanes import Line, in_lane, pieces_of, stack
from annotator.ui.article.geometry.margin import LongColumns, brackets
from annotator.ui.article.geometry.mark_index import MarkIndex
from annotator.ui.article.page import paragraph_starts

WIDTH = 10  # pixels and characters are told apart by 7 pixels a character
PARAGRAPHS = "ab cd ef gh ij\nkl\n\nmn op qr st uv wx yz ab\nend"


def fragments_in(length: int) -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    """One to three fragments, apart and in order."""

    def pairs(cuts: set[int]) -> tuple[tuple[int, int], ...]:
        ordered = sorted(cuts)[: len(cuts) // 2 * 2]
        return tuple(zip(ordered[::2], ordered[1::2], strict=True))

    return st.sets(st.integers(0, length), min_size=2, max_size=6).map(pairs)


def marks_in(length: int) -> st.SearchStrategy[list[Drawn]]:
    return st.lists(fragments_in(length), max_size=12).map(
        lambda many: [Drawn(n, "claim", fragments, "") for n, fragments in enumerate(many)]
    )


def lines_of(length: int) -> list[Line]:
    """Lines of ten characters, seven pixels a character."""
    lines = []
    for start in range(0, length, WIDTH):
        end = min(start + WIDTH, length)
        lines.append(Line(start, end, end, 0, (end - start) * 7.0, 20.0))
    return lines


def fill(line: Line, marks: Sequence[Drawn]) -> None:
    def extent(start: int, end: int) -> list[tuple[float, float]]:
        return [((start - line.start) * 7.0, (end - line.start) * 7.0)]

    line.pieces = pieces_of(line, marks, extent)
    line.lanes = stack(line.pieces)


def on_line(mark: Drawn, line: Line) -> bool:
    return any(a < line.end and b > line.start for a, b in mark.fragments)


@given(marks_in(45))
def test_every_mark_is_on_every_line_it_touches_and_on_no_other(marks: list[Drawn]) -> None:
    for line in lines_of(45):
        fill(line, marks)
        assert sorted(p.mark.id for p in line.pieces) == [m.id for m in marks if on_line(m, line)]


@given(marks_in(45))
def test_no_two_marks_lie_on_each_other(marks: list[Drawn]) -> None:
    for line in lines_of(45):
        fill(line, marks)
        for (a, lane_a), (b, lane_b) in combinations(zip(line.pieces, line.lanes, strict=True), 2):
            assert lane_a != lane_b or a.right <= b.left or b.right <= a.left


@given(marks_in(45))
def test_what_contains_a_shorter_mark_lies_further_from_the_text(marks: list[Drawn]) -> None:
    for line in lines_of(45):
        fill(line, marks)
        pairs = list(zip(line.pieces, line.lanes, strict=True))
        for outer, far in pairs:
            for inner, near in pairs:
                contained = outer.left <= inner.left and inner.right <= outer.right
                if contained and inner.mark.rank < outer.mark.rank:
                    assert near < far


@given(marks_in(45))
def test_no_lane_is_left_empty(marks: list[Drawn]) -> None:
    for line in lines_of(45):
        fill(line, marks)
        assert set(line.lanes) == set(range(line.depth))


@given(marks_in(45))
def test_ticks_stand_where_fragments_start_and_end(marks: list[Drawn]) -> None:
    starts, ends = [], []
    for line in lines_of(45):
        fill(line, marks)
        for piece in line.pieces:
            for bar in piece.bars:
                starts += [line.start + bar.left / 7] * bar.tick_left
                ends += [line.start + bar.right / 7] * bar.tick_right
    every = [fragment for mark in marks for fragment in mark.fragments]
    assert sorted(starts) == sorted(start for start, _ in every)
    assert sorted(ends) == sorted(end for _, end in every)


def test_text_from_right_to_left_has_its_start_tick_on_the_right() -> None:
    line = Line(0, 10, 10, 0, 100, 20)
    mark = Drawn(1, "claim", ((2, 5),), "")
    (piece,) = pieces_of(line, [mark], lambda _a, _b: [(80.0, 50.0)])
    assert piece.bars == ((50.0, 80.0, True, True),)
    (piece,) = pieces_of(line, [Drawn(1, "claim", ((2, 15),), "")], lambda _a, _b: [(80.0, 50.0)])
    assert piece.bars == ((50.0, 80.0, False, True),)


def test_a_blank_end_of_a_line_is_drawn_only_if_it_is_all_that_was_marked() -> None:
    line = Line(0, 10, 10, 0, 100, 20)

    def nowhere(_start: int, _end: int) -> list[tuple[float, float]]:
        return [(100.0, 100.0)]

    assert pieces_of(line, [Drawn(1, "claim", ((9, 15),), "")], nowhere) == []
    (piece,) = pieces_of(line, [Drawn(1, "claim", ((9, 10),), "")], nowhere)
    assert piece.right > piece.left


@given(marks_in(45), st.floats(0, 70), st.integers(0, 8))
def test_a_point_in_a_lane_finds_what_is_drawn_there(
    marks: list[Drawn], x: float, lane: int
) -> None:
    for line in lines_of(45):
        fill(line, marks)
        found = in_lane(line, lane, x, slack=0)
        assert [m.id for m in found] == [
            piece.mark.id
            for piece, its_lane in sorted(
                zip(line.pieces, line.lanes, strict=True), key=lambda pair: pair[0].mark.rank
            )
            if its_lane == lane and piece.left <= x <= piece.right
        ]


# -- the index


def index_of(marks: Sequence[Drawn], text: str = PARAGRAPHS) -> MarkIndex:
    return MarkIndex(paragraph_starts(text), len(text), marks)


def state(index: MarkIndex) -> list[list[int]]:
    return [sorted(mark.id for mark in index.in_paragraph(n)) for n in range(len(index.starts))]


@given(marks_in(len(PARAGRAPHS)), st.integers(0, len(PARAGRAPHS)))
def test_marks_at_an_offset_are_all_that_cover_it_shortest_first(
    marks: list[Drawn], offset: int
) -> None:
    covering = [m for m in marks if any(a <= offset < b for a, b in m.fragments)]
    expected = sorted(covering, key=lambda m: (m.end - m.start, m.start, m.id))
    assert index_of(marks).at(offset) == expected


@given(marks_in(len(PARAGRAPHS)), st.integers(0, 4), st.integers(0, 4))
def test_looking_at_a_part_first_changes_nothing(marks: list[Drawn], a: int, b: int) -> None:
    whole, scouted = index_of(marks), index_of(marks)
    while whole.advance(2):
        pass
    first, last = min(a, b), max(a, b)
    scouted.scout(first, last)
    assert state(scouted)[first : last + 1] == state(whole)[first : last + 1]
    scouted = index_of(marks)
    scouted.scout(first, last)
    while scouted.advance(2):
        pass
    assert state(scouted) == state(whole)


@given(marks_in(len(PARAGRAPHS)), fragments_in(len(PARAGRAPHS)))
def test_adding_and_removing_restores(
    marks: list[Drawn], fragments: tuple[tuple[int, int], ...]
) -> None:
    index = index_of(marks)
    before = state(index)
    index.put(Drawn(99, "cue", fragments, ""))
    assert index.get(99) is not None
    assert index.drop(99) is not None
    assert (state(index), index.get(99)) == (before, None)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(0, 12), fragments_in(len(PARAGRAPHS))),
        st.tuples(st.just("drop"), st.integers(0, 12), st.just(())),
        st.tuples(st.just("file"), st.integers(1, 4), st.just(())),
        st.tuples(st.just("look"), st.integers(0, 4), st.just(())),
    ),
    max_size=12,
)


@given(marks_in(len(PARAGRAPHS)), STEPS)
def test_what_is_not_filed_yet_can_be_changed_too(
    marks: list[Drawn], steps: list[tuple[str, int, tuple[tuple[int, int], ...]]]
) -> None:
    index, expected = index_of(marks), {mark.id: mark for mark in marks}
    for what, number, fragments in steps:
        if what == "put":
            expected[number] = Drawn(number, "cue", fragments, "")
            index.put(expected[number])
        elif what == "drop":
            index.drop(number)
            expected.pop(number, None)
        elif what == "file":
            index.advance(number)
        else:
            index.in_paragraph(number)
        assert all(index.get(id) == expected.get(id) for id in range(13))
    assert state(index) == state(index_of(list(expected.values())))


def test_a_new_mark_does_not_have_the_others_filed() -> None:
    many = [Drawn(n, "cue", ((n % 40, n % 40 + 3),), "") for n in range(5000)]
    index = index_of(many)
    index.put(Drawn(9000, "cue", ((0, 4),), ""))
    assert index.drop(9000) is not None
    assert index.advance(1000)


def test_putting_a_mark_again_moves_it() -> None:
    index = index_of([Drawn(1, "cue", ((0, 2),), "")])
    index.put(Drawn(1, "cue", ((20, 24),), ""))
    assert [m.id for m in index.at(0)] == []
    assert [m.id for m in index.at(20)] == [1]


def test_an_implied_mark_is_known_and_nowhere() -> None:
    index = index_of([Drawn(1, "cue", (), "")])
    assert index.get(1) is not None
    assert state(index) == [[]] * len(index.starts)


# -- brackets


@given(marks_in(len(PARAGRAPHS)))
def test_a_mark_has_one_column_in_all_its_paragraphs(marks: list[Drawn]) -> None:
    index = index_of(marks)
    columns = LongColumns(index)
    place: dict[int, set[int]] = {}
    for number, start in enumerate(index.starts):
        lines = [Line(start, index.end_of(number), index.end_of(number) + 1, 0, 70, 20)]
        fill(lines[0], marks)
        found = brackets(number, lines, columns, room=99)
        for a, b in combinations(found, 2):
            assert a.column != b.column or a.last < b.first or b.last < a.first
        for bracket in found:
            place.setdefault(bracket.mark.id, set()).add(bracket.column)
    long = [mark.id for mark in marks if len(index.paragraphs(mark)) > 1]
    assert sorted(place) == long
    assert all(len(column) == 1 for column in place.values())


def columns_of(marks: Sequence[Drawn], order: Sequence[int]) -> dict[int, int]:
    """The columns of long marks, asked for in an order of the marks' places in the list."""
    index = index_of(marks)
    columns = LongColumns(index)
    long = [marks[n] for n in order if len(index.paragraphs(marks[n])) > 1]
    return {mark.id: columns.of(mark) for mark in long}


@given(marks_in(len(PARAGRAPHS)), st.randoms(use_true_random=False))
def test_columns_do_not_depend_on_what_was_seen_first(marks: list[Drawn], chance: Random) -> None:
    order = list(range(len(marks)))
    expected = columns_of(marks, order)
    chance.shuffle(order)
    assert columns_of(marks, order) == expected


@given(marks_in(len(PARAGRAPHS)), fragments_in(len(PARAGRAPHS)), st.integers(0, 12))
def test_after_a_change_columns_are_as_if_it_had_always_been_so(
    marks: list[Drawn], fragments: tuple[tuple[int, int], ...], number: int
) -> None:
    index = index_of(marks)
    columns = LongColumns(index)
    long = [mark for mark in marks if len(index.paragraphs(mark)) > 1]
    before = {mark.id: columns.of(mark) for mark in long}
    new = Drawn(number, "cue", fragments, "")
    old = index.get(number)
    index.put(new)
    moved = columns.change(old, new)
    after = [*(mark for mark in marks if mark.id != number), new]
    expected = columns_of(after, range(len(after)))
    assert {m.id: columns.of(m) for m in after if m.id in expected} == expected
    others = (id for id in expected if id != number)
    assert {m.id for m in moved} == {id for id in others if expected[id] != before[id]}


@given(marks_in(45))
def test_brackets_beside_one_line_are_never_in_one_column(marks: list[Drawn]) -> None:
    index = MarkIndex([0], 45, marks)
    lines = lines_of(45)
    for line in lines:
        fill(line, marks)
    found = brackets(0, lines, LongColumns(index), room=99)
    for a, b in combinations(found, 2):
        assert a.column != b.column or a.last < b.first or b.last < a.first
    several = [m.id for m in marks if m.start // WIDTH != (m.end - 1) // WIDTH]
    assert sorted(bracket.mark.id for bracket in found) == several
    assert all(b.column < 2 for b in brackets(0, lines, LongColumns(index), room=2))


# -- heights


@given(st.lists(st.integers(1, 50), min_size=1, max_size=400), st.data())
def test_heights_add_up(heights: list[int], data: st.DataObject) -> None:
    kept = Heights(heights)
    for _ in range(3):
        at, new = data.draw(st.integers(0, len(heights) - 1)), data.draw(st.integers(1, 50))
        assert kept.set(at, new) == new - heights[at]
        heights[at] = new
    assert kept.total == sum(heights)
    at = data.draw(st.integers(0, len(heights) - 1))
    assert kept.top(at) == sum(heights[:at])
    assert kept.find(kept.top(at)) == at
    assert kept.find(kept.top(at) + heights[at] - 0.5) == at
    assert (kept.find(-5), kept.find(kept.total + 5)) == (0, len(heights) - 1)
