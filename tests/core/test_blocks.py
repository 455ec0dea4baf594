from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.core.model import BLOCK_TYPES, Block, BlockType
from annotator.core.text.block_rules import (
    Place,
    byline,
    is_date,
    is_photo_credit,
    is_title_case,
    type_in_body,
    type_of,
)
from annotator.core.text.blocks import propose_blocks, set_block

SENTENCE = "Officials said on Tuesday that no meeting between the two leaders was planned."
LONG = " ".join([SENTENCE] * 3)

LINES = ["", "", " ", "Peace Talks", "what next", "By Jane Doe", "Aug. 24 2025", "Photo: Jane Doe"]
LINES += [SENTENCE, LONG, "Russia Rejects Meeting", "Short line.", "\u00a0"]
texts = st.one_of(st.text(), st.lists(st.sampled_from(LINES), max_size=12).map("\n".join))
block_types = st.sampled_from(BLOCK_TYPES)


def seed(start: str) -> str:
    return next(paths.seeds().glob(f"{start}_*.txt")).read_text(encoding="utf-8")


def by_line(text: str, blocks: tuple[Block, ...]) -> list[tuple[str, int, int]]:
    """Each block's type with its first and last line, counted from one."""
    return [
        (block.type, text.count("\n", 0, block.start) + 1, text.count("\n", 0, block.end - 1) + 1)
        for block in blocks
    ]


def types(*lines: str) -> list[BlockType]:
    """The type proposed for each line that is not blank."""
    text = "\n".join(lines)
    blocks = propose_blocks(text)
    found: list[BlockType] = []
    start = 0
    for line in lines:
        if line.strip():
            found.append(next(b.type for b in blocks if b.start <= start < b.end))
        start += len(line) + 1
    return found


# The seeds


def test_seed_000_has_headline_dateline_tags_and_captions() -> None:
    text = seed("000")
    assert by_line(text, propose_blocks(text)) == [
        ("headline", 1, 2),
        ("caption", 3, 3),
        ("dateline", 4, 4),
        ("body", 5, 6),
        ("heading", 7, 8),
        ("caption", 9, 9),
        ("body", 10, 11),
        ("heading", 12, 13),
        ("caption", 14, 14),
        ("body", 15, 18),
        ("heading", 19, 20),
        ("caption", 21, 21),
        ("body", 22, 23),
        ("heading", 24, 26),
        ("caption", 27, 27),
        ("body", 28, 29),
    ]


def test_seed_002_has_only_headings_and_body() -> None:
    text = seed("002")
    assert by_line(text, propose_blocks(text)) == [
        ("body", 1, 4),
        ("heading", 5, 5),
        ("body", 6, 8),
        ("heading", 9, 9),
        ("body", 10, 12),
        ("heading", 13, 13),
        ("body", 14, 17),
    ]


# The rules


def test_paragraphs_set_off_by_blank_lines_are_body() -> None:
    assert types(LONG, "", "Short line.", "", SENTENCE, "", LONG) == ["body"] * 4


def test_a_headline_over_plain_paragraphs() -> None:
    assert types("Russia rejects meeting", "", SENTENCE, "", LONG) == ["headline", "body", "body"]
    assert types("Russia rejects meeting", "", SENTENCE, LONG) == ["headline", "body", "body"]
    assert types("Russia rejects meeting", SENTENCE, LONG) == ["headline", "body", "body"]
    assert types("Russia rejects the meeting", "", "Short line.", "", LONG)[0] == "headline"
    assert types("Will Russia Meet?", SENTENCE, LONG) == ["headline", "body", "body"]
    assert types("Russia rejects meeting", "Aug. 24 2025", LONG)[0] == "headline"
    assert types("Russia rejects meeting", "By Jane Doe", LONG)[0] == "headline"


def test_the_first_line_is_body_when_it_is_a_statement_or_all_there_is() -> None:
    assert types(SENTENCE, "", LONG) == ["body", "body"]
    assert types("“It is over.”", "", LONG) == ["body", "body"]
    assert types("Trump said:", "", LONG) == ["body", "body"]
    assert types("Russia Rejects Meeting") == ["body"]
    assert types("x" * 201, "", LONG) == ["body", "body"]


def test_paragraphs_with_hard_line_ends_are_body() -> None:
    wrapped = [
        "Russian Foreign Minister Sergei Lavrov",
        "has said there is no meeting planned by",
        "Russian President Vladimir Putin",
        "and Ukrainian leader Volodymyr Zelensky",
        "in the weeks ahead.",
    ]
    assert types(*wrapped, "", *wrapped) == ["body"] * 10
    capitals = [
        "Hopes for a direct summit between Russian",
        "President Vladimir Putin and Ukraine’s",
    ]
    assert types(*capitals, SENTENCE[:40]) == ["body"] * 3


def test_headings() -> None:
    assert types(LONG, "Peace Talks", LONG)[1] == "heading"
    assert types(LONG, "What Happens Next?", LONG)[1] == "heading"
    assert types(LONG, "Peace Talks", "The Summit", LONG)[1:3] == ["heading", "heading"]
    assert types(LONG, "", "What happens next", "", LONG)[1] == "heading"
    assert types("Russia Rejects", "", "Peace Talks", "", SENTENCE, "", LONG) == [
        "headline",
        "heading",
        "body",
        "body",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "What happens next",
        "peace Talks",
        "Peace Talks.",
        "Trump Said:",
        "- Peace Talks",
        "A B " * 21,
    ],
)
def test_no_heading_between_paragraphs(line: str) -> None:
    assert types(LONG, line, LONG)[1] == "body"


def test_no_heading_inside_a_sentence_or_at_the_end() -> None:
    assert types(LONG, "which was held in", "Washington", "It ended.")[2] == "body"
    assert types(LONG, "", "Sergei Lavrov", "has said so.")[1] == "body"
    assert types(LONG, "Jane Doe")[1] == "body"


def test_an_image_caption_needs_a_tag_above_and_text_at_once() -> None:
    assert types(LONG, "Peace Talks", "", SENTENCE, LONG)[1:3] == ["heading", "caption"]
    assert types(LONG, "Peace Talks", "", SENTENCE, "", LONG)[2] == "body"
    assert types(LONG, "Peace Talks", SENTENCE, LONG)[2] == "body"
    assert types(LONG, "Peace Talks", "", LONG, LONG)[2] == "body"
    assert types(LONG, "", SENTENCE, LONG)[1] == "body"
    assert types(LONG, "Peace Talks", "", SENTENCE, "Short line.")[2] == "body"


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Photo: Jane Doe", True),
        ("File photo by Jane Doe/Reuters", False),
        ("Image credit: AP", True),
        ("Putin and Trump in Alaska. Getty Images", True),
        ("Putin and Trump in Alaska (Photo by Jane Doe)", True),
        ("Sergei Lavrov speaks in Moscow, Aug. 20. Jane Doe/Pool via REUTERS", True),
        ("Putin and Trump in Alaska; Kremlin/via AP.)", True),
        ("Putin and Trump in Alaska. (AP Photo)", True),
        ("Putin and Trump in Alaska shutterstoc\u212a.", True),
        ("Putin and Trump in Alaska: GETTY \u0130MAGE\u017f)].", True),
        ("\u0130mage: Putin and Trump in Alaska", True),
        ("Putin and Trump in Alaska [Image]", True),
        ("Putin and Trump in Alaska, says the map", False),
        ("The photo shows Putin and Trump in Alaska.", False),
        ("Getty Images sued the firm on Tuesday.", False),
    ],
)
def test_photo_credits(line: str, is_one: bool) -> None:
    assert is_photo_credit(line) is is_one
    assert types(LONG, line, LONG)[1] == ("caption" if is_one else "body")


PIECES = ["Photo:", "(Image of a tree)", "[photo]", "Getty Images", "via REUTERS", "Updated"]
PIECES += ["Aug. 24 2025", "AP Photo", ")", ".", "shutterstoc\u212a", "word", "By Jane Doe", LONG]
lines = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join)


@given(lines, st.sampled_from(LINES), st.sampled_from(LINES), st.booleans(), st.booleans())
def test_a_long_line_in_the_body_is_told_by_itself(
    line: str, above: str, below: str, blank_above: bool, blank_below: bool
) -> None:
    place = Place(line, above or "x", "body", below, blank_above, blank_below, in_body=True)
    assert type_in_body(line) in (None, type_of(place))
    assert (type_in_body(line) is None) == (len(line) <= 140)


@pytest.mark.parametrize(
    "line",
    [
        "Aug. 24 2025, Published 5:40 p.m. ET",
        "August 18, 2025 at 5:40 pm",
        "Monday, 18 August 2025",
        "London, 24 August 2025",
        "2025-08-24 17:40 UTC",
        "24.08.2025",
        "By Jane Doe | Aug 24, 2025 | 5 min read",
        "By Jane Doe and John Q. Roe",
        "BY JANE DOE, Chief Correspondent",
    ],
)
def test_datelines_stand_above_the_body(line: str) -> None:
    assert types("Russia Rejects Meeting", "", line, LONG)[1] == "dateline"
    assert types("Russia Rejects Meeting", "", LONG, line, LONG)[2] != "dateline"


def test_an_update_may_stand_anywhere() -> None:
    assert types(LONG, LONG, "Updated August 25, 2025")[2] == "dateline"
    assert types(LONG, "Published: August 18, 2025 at 5:40 pm", LONG)[1] == "dateline"
    assert types(LONG, "Published in August by the ministry", LONG)[1] == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Putin spoke on 24 August 2025.",
        "The meeting of Putin and Trump on 24 August 2025",
        "August 2025",
        "By land and by sea",
        "By Friday it was over",
        "The Meeting",
    ],
)
def test_no_dateline(line: str) -> None:
    assert types("Russia Rejects Meeting", "", line, LONG)[1] != "dateline"


def test_a_date_in_the_headline_leaves_it_a_headline() -> None:
    assert types("Ukraine war briefing, 24 August 2025", "", LONG)[0] == "headline"
    assert types("Published 24 August 2025", "", LONG)[0] == "dateline"
    assert types("By Jane Doe, 24 August 2025", "", LONG)[0] == "dateline"


def test_what_the_rules_look_at() -> None:
    assert is_title_case("Trump Pushes for Talks, Acknowledges Putin’s Potential Resistance")
    assert not is_title_case("Trump pushes for talks")
    assert not is_title_case("1, 2, 3")
    assert is_date("Aug. 24 2025")
    assert not is_date("Peace Talks")
    assert byline("By Jane Doe, John Roe and Ann Poe") == "Jane Doe, John Roe and Ann Poe"
    assert byline("He stood By Jane Doe") == ""


# Covering the text


@given(texts)
def test_blocks_are_runs_of_whole_lines_that_cover_the_text(text: str) -> None:
    check_cover(text, propose_blocks(text))


@given(texts, st.data())
def test_setting_a_type_keeps_the_rest(text: str, data: st.DataObject) -> None:
    blocks = propose_blocks(text)
    position = data.draw(st.integers(0, len(text)))
    wanted = data.draw(block_types)
    changed = set_block(blocks, text, position, wanted)
    check_cover(text, changed)
    before, after = per_line(text, blocks), per_line(text, changed)
    assert len(before) == len(after)
    differing = [n for n, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    assert len(differing) <= 1
    if text:
        held = next((b for b in changed if b.start <= position < b.end), changed[-1])
        assert held.type == wanted


@given(texts, st.data())
def test_setting_a_type_back_restores_the_blocks(text: str, data: st.DataObject) -> None:
    blocks = propose_blocks(text)
    position = data.draw(st.integers(0, len(text)))
    held = [b for b in blocks if b.start <= position][-1:] or list(blocks)
    if held and text.strip():
        changed = set_block(blocks, text, position, data.draw(block_types))
        assert set_block(changed, text, position, held[0].type) == blocks


def test_setting_a_type_splits_and_merges() -> None:
    text = "one\ntwo\n\nthree\n"
    blocks: tuple[Block, ...] = (Block(0, 15, "body"),)
    blocks = set_block(blocks, text, 4, "caption")
    assert by_line(text, blocks) == [("body", 1, 1), ("caption", 2, 3), ("body", 4, 4)]
    blocks = set_block(blocks, text, len(text), "caption")
    assert by_line(text, blocks) == [("body", 1, 1), ("caption", 2, 4)]
    assert by_line(text, set_block(blocks, text, 0, "caption")) == [("caption", 1, 4)]


def test_a_blank_line_stands_for_the_line_above_it_or_below_at_the_top() -> None:
    text = "\none\n\ntwo\n"
    blocks = (Block(0, len(text), "body"),)
    assert by_line(text, set_block(blocks, text, 5, "caption")) == [
        ("caption", 1, 3),
        ("body", 4, 4),
    ]
    assert by_line(text, set_block(blocks, text, 0, "caption")) == [
        ("caption", 1, 3),
        ("body", 4, 4),
    ]
    assert set_block((Block(0, 2, "body"),), "\n\n", 1, "heading") == (Block(0, 2, "heading"),)


def check_cover(text: str, blocks: tuple[Block, ...]) -> None:
    assert "".join(text[block.start : block.end] for block in blocks) == text
    for block, following in pairwise(blocks):
        assert block.start < block.end == following.start
        assert text[block.end - 1] == "\n"
        assert text[following.start :].partition("\n")[0].strip()
        assert block.type != following.type


def per_line(text: str, blocks: tuple[Block, ...]) -> list[BlockType]:
    """The type of each line that is not blank."""
    found: list[BlockType] = []
    for block in blocks:
        lines = text[block.start : block.end].split("\n")
        found += [block.type for line in lines if line.strip()]
    return found
