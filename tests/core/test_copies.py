from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.core.text.copies import (
    SAMPLING,
    Likeness,
    Signatures,
    likeness,
    signature,
)

SEEDS = [path.read_text(encoding="utf-8") for path in sorted(paths.seeds().glob("*.txt"))]


SAMPLED = [
    832535403,
    1097364790,
    1097364791,
    1496523795,
    1740501418,
    1740501419,
    1755269085,
    2049059736,
    2049059737,
    2153734685,
    2768497011,
    2842412964,
    2842412965,
    3250026143,
    3442633547,
    3754790561,
    3871228091,
    4040163464,
    4040163465,
]
SAMPLED_SIGNS = [
    368701954,
    368701955,
    1159962875,
    1520835966,
    1520835967,
    2419063020,
    2419063021,
    4113055242,
    4113055243,
]


def another_headline(text: str) -> str:
    return "Kremlin: No Summit in Sight\nBy Jane Doe, Washington\n" + text.partition("\n")[2]


def trimmed(text: str) -> str:
    """Without the last third, as a paper short of room has it."""
    lines = text.splitlines()
    return "\n".join(lines[: len(lines) * 2 // 3])


def edited(text: str) -> str:
    """Every fortieth word another, as a sub-editor leaves it."""
    words = text.split(" ")
    return " ".join("reportedly" if n % 40 == 20 else word for n, word in enumerate(words))


def restyled(text: str) -> str:
    """Other quotation marks, dashes, spaces and line ends."""
    table = str.maketrans({"“": '"', "”": '"', "’": "'", "—": "-", "\n": "\n\n"})
    return text.translate(table).upper()


def framed(text: str) -> str:
    """With a paper's own beginning and end."""
    return (
        f"{'Read more in our daily letter. ' * 8}\n{text}\n{'All rights are reserved here. ' * 8}"
    )


def suspected(text: str, other: str) -> bool:
    index = Signatures()
    index.add(7, signature(other))
    return index.suspects(signature(text)) == [7]


@pytest.mark.parametrize("original", SEEDS, ids=["000", "002"])
@pytest.mark.parametrize(
    "change",
    [
        str,
        another_headline,
        trimmed,
        edited,
        restyled,
        framed,
        lambda text: edited(another_headline(trimmed(text))),
    ],
)
def test_a_copy_is_found_both_ways(original: str, change: object) -> None:
    copy = change(original)  # type: ignore[operator]
    assert likeness(copy, original).near
    assert likeness(original, copy).near
    assert suspected(copy, original)
    assert suspected(original, copy)


def test_two_articles_on_one_event_are_no_copies() -> None:
    one, other = SEEDS
    found = likeness(one, other)
    assert 0 < found.share < 0.15
    assert not found.near
    assert not suspected(one, other)


def test_shared_quotes_make_no_copy() -> None:
    quotes = "“We are not going to discuss this with anybody until it is ready,” he said. " * 2
    chance = random.Random(1)
    words = sorted(set(" ".join(SEEDS).split()))
    one, other = (quotes + " ".join(chance.choices(words, k=300)) for _ in range(2))
    assert not likeness(one, other).near


def test_a_share_is_of_the_shorter_text_and_explained() -> None:
    text = SEEDS[0]
    cut = trimmed(text)
    assert likeness(cut, text).share == 1.0
    assert (
        likeness(cut, text).explained("“X”") == "100 % of its words run as in “X”, which is longer"
    )
    assert "of the words of “X”, which is shorter, run as in it" in likeness(text, cut).explained(
        "“X”"
    )
    assert Likeness(0.926, 100, 105).explained("“X”") == "93 % of its words run as in “X”"


def test_short_texts_are_not_compared() -> None:
    notice = "All rights are reserved by the publisher of this paper."
    assert likeness(notice, notice).share == 1.0
    assert not likeness(notice, notice).near


def test_short_copies_are_found_too() -> None:
    chance = random.Random(2)
    words = sorted(set(" ".join(SEEDS).split()))
    for _ in range(50):
        brief = " ".join(chance.choices(words, k=60))
        assert suspected(brief + " And one more sentence at the end.", brief)


def test_texts_without_spaces_are_compared_by_character() -> None:
    text = (
        "俄罗斯外长拉夫罗夫周日表示,目前没有计划举行普京与泽连斯基的会晤,尽管美国总统推动和平谈判。"
    )
    assert likeness(text + "据报道。", text).near
    assert suspected(text + "据报道。", text)


def in_cyrillic(text: str) -> str:
    letters = {ord(c): ord("а") + n for n, c in enumerate("abcdefghijklmnopqrstuvwxyz")}
    return text.lower().translate(letters)


def in_signs(text: str) -> str:
    """Each word as one Chinese character."""
    numbers = {word: n for n, word in enumerate(sorted(set(" ".join(SEEDS).split())))}
    return "".join(chr(0x4E00 + numbers[word]) for word in text.split())


@pytest.mark.parametrize("script", [str, in_cyrillic, in_signs])
@pytest.mark.parametrize("words", [60, 300, 1500])
@pytest.mark.parametrize("changed", [0.1, 0.25])
def test_a_copy_is_found_with_a_quarter_of_it_changed(
    script: Callable[[str], str], words: int, changed: float
) -> None:
    """In stretches, as when a paper cuts and adds; as long as it counts as a copy at all."""
    chance = random.Random(words)
    known = " ".join(SEEDS).split()
    near = 0
    for _ in range(20):
        original = chance.choices(known, k=words)
        copy = list(original)
        for _ in range(int(words * changed / 15)):
            at = chance.randrange(words - 15)
            copy[at : at + 15] = chance.choices(known, k=15)
        one, other = script(" ".join(copy)), script(" ".join(original))
        if likeness(one, other).near:
            near += 1
            assert suspected(one, other)
    assert near > 5


def test_a_signature_is_the_same_everywhere_and_always() -> None:
    """It is stored, and compared with what another program took: change SAMPLING if it changes."""
    assert SAMPLING == 1
    text = "The Kremlin’s spokesman will say nothing until Moscow’s final meeting is over. " * 3
    assert sorted(signature(text)) == SAMPLED
    signs = "".join(map(chr, (0x4E05, 0x4E0B, 0x4E13, 0x4E27)))  # end in 85, 8B, 93, A7
    assert sorted(signature(f"Москва: {signs * 20}")) == SAMPLED_SIGNS


def test_case_accents_and_what_stands_between_words_make_no_difference() -> None:
    text = "Élysée officials, Müller among them, will tell everything: “all of it”. " * 4
    apart = unicodedata.normalize("NFD", text)
    assert signature(apart) == signature(text.upper()) == signature(text)
    assert signature(text.replace(", ", " — ").replace("“", "\n\n")) == signature(text)


def test_one_copy_among_many_is_found() -> None:
    chance = random.Random(3)
    words = sorted(set(" ".join(SEEDS).split()))
    index = Signatures()
    for id in range(500):
        index.add(id, signature(" ".join(chance.choices(words, k=400))))
    index.add(1000, signature(SEEDS[1]))
    assert index.suspects(signature(trimmed(another_headline(SEEDS[1])))) == [1000]
    assert 1000 in index
    assert 1001 not in index


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    found = likeness(one, other)
    assert 0 <= found.share <= 1
    assert found.share == likeness(other, one).share or found.words == found.other_words
    assert signature(one) == signature(one)
