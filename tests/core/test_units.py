from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.core.text.cleaning import clean
from annotator.core.text.offsets import Offsets
from annotator.core.text.units import (
    Direction,
    Unit,
    cluster_at,
    expand,
    line_at,
    move,
    quotation_at,
    sentence_at,
    snap,
    trim,
    word_at,
)

FAMILY, FLAGS, E_ACUTE = "👩\u200d👩\u200d👧", "🇬🇧🇫🇷", "e\u0301"
# What news is made of, and what joins with its neighbours in every way Unicode has.
PIECES = [
    *"ab A.?!,:-’'‘“”«»„\"\n\u00a0 1好。가",
    "U.S.",
    "Mr. ",
    "\u0301",
    "\u200d",
    FAMILY,
    FLAGS,
]
PIECES += ["🏻", "\ufe0f", "\u0600", "क", "\u094d", "\u00ad", "\u200b", "ᄀ", "ᅡ"]

texts = st.lists(st.sampled_from(PIECES), max_size=25).map(lambda parts: clean("".join(parts)).text)
units = st.sampled_from(("character", "word", "sentence", "line"))
directions = st.sampled_from((-1, 1))


@st.composite
def texts_and_ranges(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(texts)
    start = draw(st.integers(0, len(text)))
    return text, start, draw(st.integers(start, len(text)))


def borders(text: str) -> set[int]:
    """Where the regex package, reading from the start, says that characters begin and end."""
    return {0} | {match.end() for match in regex.finditer(r"\X", text)}


def cut(text: str, piece: Offsets | None) -> str | None:
    return None if piece is None else text[slice(*piece)]


def steps(text: str, unit: Unit, direction: Direction) -> list[str]:
    """What each press of a key passes, from one end of the text to the other."""
    at, goal = (0, len(text)) if direction > 0 else (len(text), 0)
    passed = []
    while at != goal:
        to = move(text, at, unit, direction)
        assert to != at
        passed.append(text[min(at, to) : max(at, to)])
        at = to
    return passed


# Characters


def test_a_character_is_what_a_reader_sees_as_one() -> None:
    assert steps(f"a{E_ACUTE}{FAMILY}{FLAGS}b", "character", 1) == [
        "a",
        E_ACUTE,
        FAMILY,
        "🇬🇧",
        "🇫🇷",
        "b",
    ]
    assert steps(f"{FLAGS}{E_ACUTE}", "character", -1) == [E_ACUTE, "🇫🇷", "🇬🇧"]


@given(texts_and_ranges())
def test_clusters_are_the_same_wherever_one_begins_to_look(case: tuple[str, int, int]) -> None:
    text, pos, _ = case
    around = [one for one in pairwise(sorted(borders(text))) if one[0] <= pos < one[1]]
    assert cluster_at(text, pos) == (around[0] if around else (len(text), len(text)))


def test_a_range_snaps_outwards() -> None:
    text = f"a{FAMILY}b"
    assert snap(text, 2, 3) == (1, len(text) - 1)
    assert snap(text, 1, 1) == (1, 1)


# Words


@pytest.mark.parametrize(
    "word",
    [
        "Zelensky",
        "don’t",
        "isn't",
        "Russia’s",
        "high-level",
        "Putin-Zelensky",
        "U.S.",
        "D.C.",
        "p.m.",
        "U.S.-led",
        "RadarOnline.com",
        "5:40",
        "1,000",
        f"caf{E_ACUTE}",
        "NATO",
        "Łódź",
    ],
)
def test_one_word(word: str) -> None:
    text = f"“{word},” {word} ({word})"
    for start in (1, len(word) + 4):
        for pos in range(start, start + len(word) + 1):
            assert cut(text, word_at(text, pos)) == word
    assert cut(text, word_at(text, len(text) - 2)) == word


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("talks—a proposal", ["talks", "a", "proposal"]),
        ("the peoples’ ‘right’", ["the", "peoples", "right"]),
        ("end. Then", ["end", "Then"]),
        ("a -- b", ["a", "b"]),
        ("5, 6: 7", ["5", "6", "7"]),
    ],
)
def test_what_divides_words(text: str, words: list[str]) -> None:
    found = {word_at(text, pos) for pos in range(len(text) + 1)}
    assert [text[a:b] for a, b in sorted(found) if a < b] == words


def test_no_word_is_an_empty_range() -> None:
    assert word_at("a  — b", 2) == (2, 2)
    assert word_at("", 0) == (0, 0)


def test_moving_by_words_stops_at_their_far_ends() -> None:
    text = "“Don’t,” said the U.S. envoy."
    assert steps(text, "word", 1) == ["“Don’t", ",” said", " the", " U.S.", " envoy", "."]
    assert steps(text, "word", -1) == ["envoy.", "U.S. ", "the ", "said ", "Don’t,” ", "“"]


# Sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["It was late.", "He left."],
        ["Despite U.S. President Trump's efforts, it failed.", "So what?", "Nothing!"],
        ["They met in Washington, D.C.", "The talks failed."],
        ["He spoke in the U.S.", "“We’re going to find out,” he said."],
        ["Mr. Smith met Gen. Jones vs. St. Pauli."],
        ["On Aug. 24 they met.", "It was Aug.", "Then it was over."],
        ["No. 10 refused.", "No.", "He did not."],
        ["It ended at 5:40 p.m. ET.", "It began at 3 p.m.", "They left."],
        ["Donald J. Trump spoke."],
        ["Apple Inc. Chief Cook came.", "He saw Apple Inc.", "They won."],
        ['He said: "It is not ready at all."', "Then he left."],
        ["He warned of “a meeting for the sake of a meeting.”", "Kyiv agreed."],
        ["“Why not?” he asked.", "Silence."],
        ["“Why not?” Trump said.", "Silence."],
        ["“Never!”", "He left."],
        ["Well... maybe.", "Or not…", "Who knows?!"],
        ["(He left.)", "She stayed."],
        ["It cost 3.5 million.", "In 2022.", "Or 2023."],
    ],
)
def test_sentences_of_a_line(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert steps(text, "sentence", 1) == [sentences[0], *(f" {one}" for one in sentences[1:])]
    start = 0
    for one in sentences:
        inside = range(start, start + len(one) + 1)
        assert {cut(text, sentence_at(text, pos)) for pos in inside} == {one}
        start += len(one) + 1


def test_a_line_end_ends_a_sentence() -> None:
    text = "Peace Talks\n\n  Trump said so \nin Washington, D.C.\nLavrov"
    found = {sentence_at(text, pos) for pos in range(len(text) + 1)}
    assert [text[a:b] for a, b in sorted(found) if a < b] == [
        "Peace Talks",
        "Trump said so",
        "in Washington, D.C.",
        "Lavrov",
    ]
    assert sentence_at(text, text.index("\n") + 1) == (12, 12)


def test_chinese_sentences_need_no_space() -> None:
    text = "他走了。“好！”她说。"
    assert cut(text, sentence_at(text, 0)) == "他走了。"
    assert cut(text, sentence_at(text, 4)) == "“好！”"


# Quotations


@pytest.mark.parametrize(
    "quotation",
    [
        "“It was not discussed. It was raised later,”",
        "“It’s possible that he doesn’t”",
        '"Putin is ready, it’s said."',
        "‘Don’t go’",
        "'isn't so'",
        "«très bien»",
        "« très bien »",
        "„Nein, danke“",
        "»Nein«",
    ],
)
def test_the_quotation_under_the_cursor_has_both_its_marks(quotation: str) -> None:
    text = f"Peoples’ rights, he said: {quotation} — Trump’s words."
    start = text.index(quotation)
    for pos in range(start, start + len(quotation) + 1):
        assert cut(text, quotation_at(text, pos)) == quotation
    assert quotation_at(text, start - 1) is None
    assert quotation_at(text, start + len(quotation) + 1) is None


def test_the_innermost_quotation_wins() -> None:
    text = "“He told me ‘never’ twice.”"
    assert cut(text, quotation_at(text, text.index("never"))) == "‘never’"
    assert cut(text, quotation_at(text, text.index("twice"))) == text
    german = "„Er sagte “nein” laut“"
    assert cut(german, quotation_at(german, 3)) == german


def test_straight_marks_pair_by_turns_within_a_line() -> None:
    text = 'He said "one" and "two" and "three\nand "four" more'
    assert cut(text, quotation_at(text, text.index("one"))) == '"one"'
    assert quotation_at(text, text.index(" and") + 2) is None
    assert quotation_at(text, text.index("three")) is None
    assert cut(text, quotation_at(text, text.index("four"))) == '"four"'


def test_a_stray_mark_does_not_unsettle_the_others() -> None:
    text = '“one "two” three "four" «five'
    assert cut(text, quotation_at(text, 2)) == '“one "two”'
    assert cut("“a “b”", quotation_at("“a “b”", 1)) is None
    assert quotation_at("“a\nb”", 1) is None
    assert quotation_at("in the '90s it was the workers' right", 20) is None


# Growing and trimming


def test_expanding_goes_word_quotation_sentence_line() -> None:
    text = "It began. Lavrov said: “It was ‘not fit’. It is late,” and left. So it ended.\nNext."
    at = text.index("fit") + 1
    seen = [(at, at)]
    while (wider := expand(text, *seen[-1])) != seen[-1]:
        seen.append(wider)
    assert [text[a:b] for a, b in seen[1:]] == [
        "fit",
        "‘not fit’",
        "“It was ‘not fit’. It is late,”",
        "Lavrov said: “It was ‘not fit’. It is late,” and left.",
        "It began. Lavrov said: “It was ‘not fit’. It is late,” and left. So it ended.",
    ]


def test_expanding_makes_cut_words_whole_and_takes_no_neighbour() -> None:
    text = "one two three four"
    assert cut(text, expand(text, 5, 10)) == "two three"
    assert cut(text, expand(text, 4, 8)) == text
    assert cut(text, expand(text, 3, 6)) == " two"
    assert cut("One. Two six. Ten.", expand("One. Two six. Ten.", 4, 13)) == "One. Two six. Ten."
    assert cut("one two\nthree", expand("one two\nthree", 4, 8)) == "one two\n"


def test_trimming_takes_white_space_off_both_ends() -> None:
    assert trim(" \n a b\u00a0\t", 0, 8) == (3, 6)
    assert trim("a   b", 1, 4) == (1, 1)
    assert trim("ab", 0, 2) == (0, 2)


def test_a_space_that_bears_an_accent_is_not_blank() -> None:
    assert trim("x \u0301a ", 1, 5) == (1, 4)


# What holds for any text


@given(texts_and_ranges())
def test_units_hold_the_cursor_and_cut_no_character(case: tuple[str, int, int]) -> None:
    text, pos, _ = case
    found = [unit_at(text, pos) for unit_at in (cluster_at, word_at, sentence_at, line_at)]
    quotation = quotation_at(text, pos)
    for start, end in [*found, *([quotation] if quotation else [])]:
        assert 0 <= start <= pos <= end <= len(text)
        assert {start, end} <= borders(text)
    assert "\n" not in text[slice(*found[2])]
    assert "\n" not in text[slice(*found[3])]


@given(texts_and_ranges())
def test_later_cursors_have_later_units(case: tuple[str, int, int]) -> None:
    text, first, second = case
    for unit_at in (cluster_at, word_at, sentence_at, line_at):
        (start, end), (later_start, later_end) = unit_at(text, first), unit_at(text, second)
        assert start <= later_start
        assert end <= later_end


@given(texts_and_ranges())
def test_units_have_no_white_space_around(case: tuple[str, int, int]) -> None:
    text, pos, _ = case
    for unit_at in (word_at, sentence_at, line_at):
        start, end = unit_at(text, pos)
        assert (
            start == end
            or (start, end) == cluster_at(text, start)
            or trim(text, start, end) == (start, end)
        )


@given(texts_and_ranges(), units, directions)
def test_moving_always_moves_and_lands_between_characters(
    case: tuple[str, int, int], unit: Unit, direction: Direction
) -> None:
    text, pos, _ = case
    to = move(text, pos, unit, direction)
    assert to in borders(text)
    if direction > 0:
        assert to > pos or pos == len(text)
    else:
        assert to < pos or pos == 0


@given(texts_and_ranges(), units, directions)
def test_moving_keeps_order(case: tuple[str, int, int], unit: Unit, direction: Direction) -> None:
    text, first, second = case
    assert move(text, first, unit, direction) <= move(text, second, unit, direction)


@given(texts, units, directions)
def test_keys_pass_every_character_once(text: str, unit: Unit, direction: Direction) -> None:
    passed = steps(text, unit, direction)
    assert "".join(passed if direction > 0 else reversed(passed)) == text


@given(texts_and_ranges())
def test_expanding_never_loses_anything_and_comes_to_an_end(case: tuple[str, int, int]) -> None:
    text, start, end = case
    for _ in range(len(text) + 2):
        wider = expand(text, start, end)
        assert 0 <= wider[0] <= start <= end <= wider[1] <= len(text)
        assert set(wider) <= borders(text)
        if wider == (start, end):
            return
        start, end = wider
    pytest.fail("it grows for ever")


@given(texts_and_ranges())
def test_trimming_stays_within_the_characters_touched(case: tuple[str, int, int]) -> None:
    text, start, end = case
    left, right = trim(text, start, end)
    low, high = snap(text, start, end)
    assert low <= left <= right <= high
    assert {left, right} <= borders(text)
    assert trim(text, left, right) == (left, right)
    assert bool(text[start:end].strip()) == (left < right)


def test_the_seeds_have_whole_sentences() -> None:
    text = next(paths.seeds().glob("000_*.txt")).read_text(encoding="utf-8")
    found = {sentence_at(text, pos) for pos in range(len(text))}
    assert len([one for one in found if one[0] < one[1]]) == 34
    assert cut(text, sentence_at(text, text.index("RadarOnline"))) == text.split("\n")[4]
