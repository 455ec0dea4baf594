"""The document layout: what it lays out, where, and how little of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from annotator.core.model import Block, BlockType
from annotator.ui.article.flow import Flow
from annotator.ui.article.geometry.drawn import Drawn
from annotator.ui.article.pointing import caret_box, character_at, marks_under
from annotator.ui.article.view import ArticleView
from tests.ui.article.scene import SCRIPTS, lanes, mark, point_on, shown


def drawn_on(flow: Flow) -> set[int]:
    return {piece.mark.id for line in flow.lines for piece in line.pieces}


def test_paragraphs_and_lines_follow_each_other_without_gap(qtbot: QtBot) -> None:
    layout = lanes(shown(qtbot, SCRIPTS * 3, size=(400, 500)))
    numbers = range(layout.document().blockCount())
    layout.lay_out(0, 1e6)
    for a, b in pairwise(numbers):
        assert layout.top_of(b) == layout.top_of(a) + layout.flow(a).height
    for number in numbers:
        flow = layout.flow(number)
        assert flow.lines[0].start == layout.page.starts[number]
        assert flow.lines[-1].end == layout.page.index.end_of(number)
        for above, below in pairwise(flow.lines):
            assert above.end == below.start
            assert above.top + above.height == below.top
        assert flow.lines[-1].top + flow.lines[-1].height == flow.height


def test_lines_make_room_for_lanes_beyond_the_first(qtbot: QtBot) -> None:
    text = "one two three four five"
    view = shown(qtbot, text)
    heights = []
    for depth in range(4):
        if depth:
            view.update_marks([Drawn(depth, "claim", ((0, 3 + depth),), "")])
        heights.append(lanes(view).flow(0).lines[0].height)
    pitch = lanes(view).measures.lane
    # The leading holds the first lane, so that a first mark does not move the text.
    assert heights[0] == heights[1] < heights[2] == heights[3] - pitch


@pytest.mark.parametrize("width", [300, 500, 700, 1500])
def test_the_text_stands_in_the_middle_and_keeps_its_measure(qtbot: QtBot, width: int) -> None:
    view = shown(qtbot, "word " * 400, size=(width, 400))
    layout = lanes(view)
    layout.lay_out(0, 400)
    column = layout.column
    assert column.left + column.width <= view.viewport().width()
    assert max(line.right for line in layout.flow(0).lines) <= column.left + column.width + 0.5
    characters = [line.end - line.start for line in layout.flow(0).lines[:-1]]
    if width == 1500:
        assert 60 <= sum(characters) / len(characters) <= 75
        assert abs(column.left * 2 + column.width - view.viewport().width()) <= 1


def test_block_types_are_set_differently(qtbot: QtBot) -> None:
    text = "Headline\nDateline\nHeading\nCaption\nBody"
    names: tuple[BlockType, ...] = ("headline", "dateline", "heading", "caption", "body")
    blocks = []
    for name in names:
        start = text.lower().index(name)
        blocks.append(Block(start, min(start + len(name) + 1, len(text)), name))
    view = shown(qtbot, text, blocks=blocks)
    sizes = [lanes(view).flow(n).lines[0].text_height for n in range(5)]
    assert sizes[0] > sizes[2] > sizes[4] > sizes[3] > sizes[1]
    assert lanes(view).flow(3).lines[0].left > lanes(view).flow(4).lines[0].left
    view.update_blocks([])
    assert {lanes(view).flow(n).lines[0].text_height for n in range(5)} == {sizes[4]}


def test_only_what_is_seen_is_laid_out_and_filed(qtbot: QtBot) -> None:
    text = "\n".join(f"Paragraph number {n} of many." for n in range(5000))
    marks = [Drawn(n, "claim", ((n * 20, n * 20 + 9),), "") for n in range(5000)]
    view = shown(qtbot, text)
    view.show_article(text, [], marks)
    view.viewport().repaint()
    assert len(lanes(view).flows) < 60
    assert drawn_on(lanes(view).flow(0)) == {0, 1}
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert len(lanes(view).flows) < 120


def test_a_screen_ahead_is_laid_out_while_nothing_happens(qtbot: QtBot) -> None:
    text = "\n".join(f"Paragraph number {n} of many." for n in range(2000))
    view = shown(qtbot, text)
    height = view.viewport().height()

    def ahead() -> bool:
        last = lanes(view).paragraph_at(2 * height - 1)
        return all(number in lanes(view).flows for number in range(last + 1))

    qtbot.waitUntil(ahead)
    assert len(lanes(view).flows) < 120
    qtbot.waitUntil(lambda: not view.working)
    last = lanes(view).paragraph_at(2 * height - 1)
    assert all(lanes(view).flows[number].bands for number in range(last + 1))
    assert not any(flow.bands for number, flow in lanes(view).flows.items() if number > last + 1)


def test_changing_a_mark_touches_only_its_paragraph(qtbot: QtBot) -> None:
    text = "First one here.\nSecond one there.\nThird one."
    view = shown(qtbot, text)
    flows = [lanes(view).flow(n) for n in range(3)]
    view.viewport().repaint()
    bands = [flow.bands.get(0) for flow in flows]
    view.update_marks([mark(text, "Second")])
    view.viewport().repaint()
    assert [lanes(view).flow(n) is flows[n] for n in range(3)] == [True] * 3
    assert [flows[n].bands.get(0) is bands[n] for n in range(3)] == [True, False, True]
    assert [drawn_on(flow) for flow in flows] == [set(), {1}, set()]


def test_a_mark_taken_away_leaves_the_layout_as_it_was(qtbot: QtBot) -> None:
    text = SCRIPTS
    marks = [mark(text, "words, said", number=1), mark(text, "said the", "cue", 2)]
    view = shown(qtbot, text, marks)

    def state() -> list[object]:
        return [(f.height, f.lines, f.brackets) for f in map(lanes(view).flow, range(7))]

    before = repr(state())
    long = Drawn(9, "claim", ((3, len(text) - 3),), "")
    view.update_marks([long])
    assert repr(state()) != before
    view.update_marks([], [9])
    assert repr(state()) == before


def test_many_marks_changed_at_once_lie_as_if_one_by_one(qtbot: QtBot) -> None:
    text = "\n".join("word " * 30 for _ in range(6))
    old = [Drawn(n, "claim", ((n * 21, n * 21 + 60),), "") for n in range(40)]
    new = [Drawn(n, "cue", ((n * 21 + 5, n * 21 + 180),), "") for n in range(5, 34)]
    views = [shown(qtbot, text, old) for _ in range(2)]
    at_once, singly = views

    def state(view: ArticleView) -> str:
        flows = map(lanes(view).flow, range(6))
        return repr([(flow.height, flow.lines, flow.brackets) for flow in flows])

    before = [state(view) for view in views]
    at_once.update_marks(new, range(5))
    for id in range(5):
        singly.update_marks([], [id])
    for one in new:
        singly.update_marks([one])
    assert state(at_once) == state(singly)
    assert state(at_once) not in before


def test_a_point_on_a_character_finds_it_in_any_script(qtbot: QtBot) -> None:
    view = shown(qtbot, SCRIPTS)
    layout = lanes(view)
    simple = [n for n, c in enumerate(SCRIPTS) if c.isalpha() and ord(c) < 0x300]
    arabic = [n for n, c in enumerate(SCRIPTS) if "\u0620" <= c <= "\u064a"]
    assert len(arabic) > 30
    for offset in [*simple, *arabic, SCRIPTS.index("😀"), SCRIPTS.index("𝒎")]:
        point = point_on(view, offset)
        assert character_at(layout, point.toPointF()) in (offset, offset - 1), offset


def test_points_and_carets_agree(qtbot: QtBot) -> None:
    view = shown(qtbot, SCRIPTS, size=(500, 900))
    for offset in range(len(SCRIPTS) + 1):
        view.select(offset, offset)
        box = view.cursorRect()
        view.setTextCursor(view.cursorForPosition(box.center()))
        again = view.cursorRect()
        assert again.center().y() == box.center().y()
        number = lanes(view).page.index.paragraph_of(offset)
        if not lanes(view).flow(number).mixed:
            # Where directions meet, two carets stand in one place.
            assert abs(again.center().x() - box.center().x()) <= 2, offset


def test_marks_in_mixed_directions_lie_under_their_own_letters(qtbot: QtBot) -> None:
    arabic = mark(SCRIPTS, "المصري said “לא", number=1)
    view = shown(qtbot, SCRIPTS, [arabic])
    layout = lanes(view)
    number = layout.page.index.paragraph_of(arabic.start)
    (piece,) = layout.flow(number).lines[0].pieces
    assert len(piece.bars) >= 2
    for offset in range(arabic.start, arabic.end):
        if SCRIPTS[offset].isalpha():
            x = point_on(view, offset).x()
            assert any(bar.left - 1 <= x <= bar.right + 1 for bar in piece.bars), offset


def test_lanes_and_brackets_can_be_pointed_at(qtbot: QtBot) -> None:
    text = "word " * 100
    marks = [
        Drawn(1, "claim", ((0, 300),), "long"),
        Drawn(2, "cue", ((5, 9),), "short"),
        Drawn(3, "position", ((0, 14),), "middle"),
    ]
    view = shown(qtbot, text, marks)
    layout = lanes(view)
    assert marks_under(layout, point_on(view, 6).toPointF()) == [2, 3, 1]
    pitch = layout.measures.lane
    for lane, expected in enumerate([2, 3, 1]):
        point = point_on(view, 6, below=lane * pitch + 3).toPointF()
        assert marks_under(layout, point)[0] == expected
    first = caret_box(layout, 0)
    (bracket,) = layout.flow(0).brackets
    x = layout.column.left - layout.measures.bracket_gap - layout.measures.chip / 2
    point.setX(x)
    point.setY(first.center().y())
    assert (bracket.mark.id, marks_under(layout, point)) == (1, [1])


def test_a_paragraph_of_a_hundred_thousand_characters(qtbot: QtBot) -> None:
    text = "lorem ipsum dolor sit amet " * 3704
    marks = [Drawn(n, "claim", ((n * 50, n * 50 + 30),), "") for n in range(2000)]
    view = shown(qtbot, text, marks)
    layout = lanes(view)
    flow = layout.flow(0)
    assert drawn_on(flow) == set(range(2000))
    view.reveal(60_000, 60_010)
    shown_offset = layout.page.offsets.from_qt(
        view.cursorForPosition(view.rect().center()).position()
    )
    assert abs(shown_offset - 60_000) < 4000
    lines = list(flow.lines)
    view.update_marks([Drawn(5000, "cue", ((60_000, 60_010),), "")])
    assert all(a is b for a, b in zip(lines, flow.lines, strict=True))
    assert view.marks_at(60_005)[0] == 5000
    assert len([band for band in flow.bands if band]) < 10


def test_in_arabic_a_mark_starts_on_the_right(qtbot: QtBot) -> None:
    words = mark(SCRIPTS, "وزير الخارجية")
    view = shown(qtbot, SCRIPTS, [words])
    (piece,) = lanes(view).flow(4).lines[0].pieces
    (bar,) = piece.bars
    assert abs(caret_box(lanes(view), words.start).x() - bar.right) < 1
    assert abs(caret_box(lanes(view), words.end, at_end=True).x() - bar.left) < 1
    one_side = Drawn(2, "claim", ((words.start, len(SCRIPTS)),), "")
    view.update_marks([one_side], [1])
    (piece,) = lanes(view).flow(4).lines[0].pieces
    assert (piece.bars[0].tick_left, piece.bars[0].tick_right) == (False, True)
