"""Units where they end: blank lines, the ends of the text, datelines, a caret behind a word."""

from __future__ import annotations

import pytest

from annotator.core.text.units import Direction, expand, line_at, move, sentence_at, tokens

GAP = "First line. It is long.\n\n  \nLast line.\n"
ENDS = "First line. It is long."


@pytest.mark.parametrize(
    ("pos", "direction", "expected"),
    [
        (0, 1, ENDS),
        (len(ENDS), 1, GAP[:-1]),
        (len(GAP), -1, GAP[: GAP.index("Last")]),
        (GAP.index("Last"), -1, ""),
    ],
)
def test_moving_by_lines_passes_over_blank_ones(
    pos: int, direction: Direction, expected: str
) -> None:
    assert GAP[: move(GAP, pos, "line", direction)] == expected


def test_a_blank_line_is_an_empty_range() -> None:
    first, second = len(ENDS) + 1, len(ENDS) + 3
    assert line_at(GAP, first) == (first, first)
    assert line_at(GAP, second) == (second, second)


def test_an_empty_first_line_is_none() -> None:
    text = "\nMoscow agreed."
    assert line_at(text, 0) == sentence_at(text, 0) == (0, 0)
    assert line_at(text, 1) == (1, len(text))
    assert move(text, 0, "line", 1) == len(text)


def test_there_is_nothing_before_the_first_word() -> None:
    assert move("  Moscow agreed.\n", 2, "word", -1) == 0


def test_a_caret_behind_a_word_grows_to_the_word() -> None:
    text = "Moscow agreed."
    assert expand(text, 6, 6) == (0, 6)
    assert expand(text, 13, 13) == (7, 13)


def test_place_and_agency_are_no_part_of_the_first_sentence() -> None:
    text = "MOSCOW (Reuters) - The talks failed. Nobody came."
    assert [text[slice(*sentence_at(text, at))] for at in (0, 20, 40)] == [
        "MOSCOW (Reuters) -",
        "The talks failed.",
        "Nobody came.",
    ]
    assert text[: move(text, 0, "sentence", 1)] == "MOSCOW (Reuters) -"
    assert text[: move(text, 20, "sentence", -1)] == "MOSCOW (Reuters) - "


def test_tokens_are_all_that_can_be_seen() -> None:
    text = "“Don’t,” he said.\n e\u0301!"
    assert [text[start:end] for start, end in tokens(text)] == [
        *("“", "Don’t", ",", "”", "he", "said", ".", "e\u0301", "!")
    ]
