from __future__ import annotations

import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core.text.cleaning import Cleaned, clean, sha256

# Everything cleaning treats in a way of its own, mixed with what it must leave alone.
SPECIAL = "\ufeff\r\n\v\f\u2028\u2029\0\x07\x1f\x7f\ud83d\ude00\udc00\ufdd0\ufdef\ufffe\U0001ffff"
PLAIN = "aé \t\u00a0\u00ad\u0085\u200b😀\ufffc\ufffd"
raw_texts = st.text(
    st.one_of(st.sampled_from(SPECIAL + PLAIN), st.characters(exclude_categories=()))
)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\ufeffHello", "Hello"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("a\vb\fc", "a\nb\nc"),
        ("a\r\n\r\nb", "a\n\nb"),
        ("keep\t this\u00a0\u00ad\ufeff\u0085", "keep\t this\u00a0\u00ad\ufeff\u0085"),
        ("\ud83d\ude00", "😀"),
    ],
)
def test_line_ends_marks_and_split_characters_are_put_right_without_a_note(
    raw: str, text: str
) -> None:
    assert clean(raw) == Cleaned(text, ())


def test_what_is_dropped_is_said() -> None:
    assert clean("a\0b\x07c\x7f \ud800 \ufdd0\ufffe") == Cleaned(
        "abc  ",
        (
            "3 control characters dropped",
            "1 broken character dropped",
            "2 invalid characters dropped",
        ),
    )


@given(raw_texts)
@example("\r\0\n")
@example("\0\ufeffa")
@example("\ufffe\ufeff\ufeffa")
@example("\ud83d\0\ude00")
@example("\ud83f\udffe")
def test_cleaning_a_clean_text_changes_nothing(raw: str) -> None:
    text = clean(raw).text
    assert clean(text) == Cleaned(text, ())


@given(raw_texts)
def test_a_clean_text_can_be_stored_and_has_one_kind_of_line_end(raw: str) -> None:
    text = clean(raw).text
    assert text.encode().decode() == text
    assert not text.startswith("\ufeff")
    assert not set(text) & set("\r\v\f\u2028\u2029\0\x1f\x7f\ufdd0\ufdd1\ufffe\uffff\U0010ffff")


@given(st.text("ab\n\0\x07\x7f\udc00\ufdd0\ufffe\U0001ffff"))
def test_nothing_is_dropped_in_silence(raw: str) -> None:
    text, notes = clean(raw)
    assert len(raw) - len(text) == sum(int(note.split()[0]) for note in notes)


@given(st.text(st.characters(exclude_characters=SPECIAL, exclude_categories=("Cs", "Cc", "Cn"))))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert clean(text).text == text


@given(raw_texts)
def test_what_is_told_to_be_clean_at_a_glance_is(raw: str) -> None:
    looked_through = clean("\0" + raw)
    assert clean(raw).text == looked_through.text
    assert clean(raw).notes == clean("\u2028" + raw).notes


def test_sha256_is_that_of_the_utf8() -> None:
    assert sha256("é“x”") == hashlib.sha256(b"\xc3\xa9\xe2\x80\x9cx\xe2\x80\x9d").hexdigest()
