"""Code points and UTF-16 agree with Python's own encoder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from annotator.ui.article.offsets import Offsets, ways_within

PIECES = st.sampled_from(
    ["a", "é", "e\u0301", "😀", "👩‍🚀", "\U00010400", "\n", "\u00a0", "ق", "\u2028"]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_every_offset_goes_there_and_back(text: str) -> None:
    offsets = Offsets(text)
    assert offsets.qt_length == units(text)
    for at in range(len(text) + 1):
        assert offsets.to_qt(at) == units(text[:at])
        assert offsets.from_qt(offsets.to_qt(at)) == at


@given(TEXTS)
def test_inside_a_pair_is_where_the_pair_starts(text: str) -> None:
    offsets = Offsets(text)
    for at, character in enumerate(text):
        if ord(character) > 0xFFFF:
            assert offsets.from_qt(units(text[:at]) + 1) == at


@given(st.integers(4000, 4200), st.sampled_from(["😀", "x😀", "😀x", "a" * 4095 + "😀"]))
def test_long_texts_are_looked_up_in_parts(times: int, piece: str) -> None:
    text = (piece * times)[:9000]
    offsets = Offsets(text)
    for at in (0, 1, 4094, 4095, 4096, 4097, 8191, 8192, 8193, len(text) - 1, len(text)):
        assert offsets.to_qt(at) == units(text[:at])
        assert offsets.from_qt(units(text[:at])) == min(at, len(text))


@given(TEXTS)
def test_qt_is_given_the_same_text(text: str) -> None:
    offsets = Offsets(text)
    assert len(offsets.qt_text) == offsets.qt_length
    assert offsets.qt_text.encode("utf-16-le", "surrogatepass") == text.encode("utf-16-le")
    document = QTextDocument()
    document.setPlainText(offsets.qt_text)
    assert document.toRawText().replace("\u2029", "\n") == text


@given(TEXTS, st.integers(0, 9))
def test_within_a_paragraph_the_ways_are_the_same(text: str, start: int) -> None:
    same = all(ord(character) < 0x10000 for character in text)
    to_block, from_block = ways_within(text, start, same)
    for at in range(len(text) + 1):
        assert to_block(start + at) == units(text[:at])
        assert from_block(units(text[:at])) == start + at
    assert ways_within(text, start, same=False)[0](start + len(text)) == units(text)


def test_a_lone_surrogate_has_no_length() -> None:
    with pytest.raises(UnicodeEncodeError):
        Offsets("a\ud800")


def test_outside_the_text_is_its_nearest_end() -> None:
    offsets = Offsets("a😀b")
    assert (offsets.to_qt(-3), offsets.to_qt(99)) == (0, 4)
    assert (offsets.from_qt(-3), offsets.from_qt(99)) == (0, 3)
    assert Offsets("").to_qt(5) == Offsets("").from_qt(5) == 0


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        Offsets("a\ud800b")
