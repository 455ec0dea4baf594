"""Finding in a text, held against Python's own searching."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import BadInput
from annotator.core.text.find import PATIENCE, find

LETTERS = st.text(alphabet="aAbB éß.“\n😀_1", max_size=40)
WORDS = st.text(alphabet="aAbB .😀", min_size=1, max_size=3)
PATTERN = st.from_regex(r"(?:[abé.]|\\w|a\|b|[ab][*+?]|\(a\|b\)){1,4}", fullmatch=True)


def split_at(text: str, query: str) -> list[tuple[int, int]]:
    """What ``str.find`` says, without overlaps."""
    found, at = [], text.find(query)
    while at >= 0:
        found.append((at, at + len(query)))
        at = text.find(query, at + len(query))
    return found


@given(LETTERS, WORDS)
def test_plain_words_are_found_as_python_finds_them(text: str, query: str) -> None:
    assert find(text, query, case=True) == split_at(text, query)


@given(LETTERS, WORDS)
def test_capitals_do_not_matter_unless_asked(text: str, query: str) -> None:
    expected = [m.span() for m in re.finditer(re.escape(query), text, re.IGNORECASE)]
    assert find(text, query) == expected


@given(LETTERS, WORDS)
def test_whole_words_have_no_letter_beside_them(text: str, query: str) -> None:
    pattern = rf"(?<!\w)(?:{re.escape(query)})(?!\w)"
    assert find(text, query, whole_word=True, case=True) == [
        m.span() for m in re.finditer(pattern, text)
    ]


@given(LETTERS, PATTERN)
def test_patterns_match_as_pythons_and_never_nothing(text: str, query: str) -> None:
    expected = [m.span() for m in re.finditer(query, text) if m.group()]
    assert find(text, query, regex=True, case=True) == expected


@given(LETTERS, WORDS | PATTERN, st.booleans(), st.booleans(), st.booleans())
def test_hits_go_from_left_to_right_and_never_overlap(
    text: str, query: str, regex: bool, whole_word: bool, case: bool
) -> None:
    try:
        hits = find(text, query, regex=regex, whole_word=whole_word, case=case)
    except BadInput:
        return
    flat = [offset for hit in hits for offset in hit]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) for start, end in hits)


def test_offsets_are_code_points() -> None:
    assert find("😀😀 Putin", "putin") == [(3, 8)]


def test_no_query_finds_nothing() -> None:
    assert find("text", "") == []
    assert find("text", "", regex=True) == []
    assert find("text", "x*", regex=True) == [(2, 3)]


def test_an_alternative_that_is_a_whole_word_is_taken() -> None:
    assert find("cats", "cat|cats", regex=True, whole_word=True) == [(0, 4)]


def test_a_comment_in_a_pattern_does_not_swallow_the_word_edge() -> None:
    assert find("foo food", "(?x) foo # c", regex=True, whole_word=True) == [(0, 3)]


def test_a_line_begins_with_a_caret() -> None:
    assert find("one\none", "^one$", regex=True) == [(0, 3), (4, 7)]


@pytest.mark.parametrize("query", ["(", "[a", "*", "a)(b", "\\", "(?P<n>a", "(" * 5000])
def test_a_wrong_pattern_is_said_in_a_sentence(query: str) -> None:
    for whole_word in (False, True):
        with pytest.raises(BadInput, match=r"^This (is not a regular|pattern cannot).*\.$"):
            find("text", query, regex=True, whole_word=whole_word)


def test_a_pattern_that_takes_too_long_is_stopped() -> None:
    row = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24\n"
    before = time.process_time()
    with pytest.raises(BadInput, match="takes too long"):
        find(row * 500, "(.*?,){11}P", regex=True)
    # Not a measurement: without the limit this runs for minutes.
    assert time.process_time() - before < 20 * PATIENCE


@pytest.mark.parametrize(
    "query", ["(a{3000}){3000}", "a{1000000000}", "a{" + "9" * 300 + "}", "a" * 300_000]
)
def test_a_pattern_that_would_fill_the_memory_is_refused(query: str) -> None:
    with pytest.raises(BadInput, match="repeats too much"):
        find("a", query, regex=True)


@pytest.mark.parametrize("query", ["a(?R)?", "(a)(?1)", "(?P<n>a)(?&n)"])
def test_a_pattern_may_not_call_itself(query: str) -> None:
    with pytest.raises(BadInput, match="call itself"):
        find("a", query, regex=True)


def test_braces_of_usual_size_work() -> None:
    assert find("on 2025-08-24.", r"\d{4}-\d{2}-\d{2}", regex=True) == [(3, 13)]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("doesn't want", "He doesn’t want"),
        ('"We', "said: “We"),
        ("cease-fire", "a cease–fire now"),
        ("10 km", "of 10\u00a0km"),
    ],
)
def test_what_keyboards_have_finds_what_is_printed(typed: str, printed: str) -> None:
    (hit,) = find(printed, typed)
    assert hit[1] - hit[0] == len(typed)
    assert find(typed, typed) == [(0, len(typed))]


def test_a_sign_that_no_key_has_is_meant() -> None:
    assert find("doesn't", "doesn’t") == []
