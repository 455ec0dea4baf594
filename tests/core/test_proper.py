"""The name that a word stands in, and sentences without the place and agency before them."""

from __future__ import annotations

import pytest

from annotator.core.text.proper import name_around
from annotator.core.text.sentences import after_dateline
from annotator.core.text.units import sentence_at, word_at


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Berlin’s Mayor Kai Wegner said so.", "Wegner", "Berlin’s Mayor Kai Wegner"),
        ("Then Mayor Kai Wegner’s office called.", "Kai", "Mayor Kai Wegner"),
        ("He met Gen. Keith Kellogg in Kyiv.", "Kellogg", "Gen. Keith Kellogg"),
        ("“We agree,” J. D. Vance said.", "Vance", "J. D. Vance"),
        ("the Ministry of Defence in Kyiv", "Defence", "Ministry of Defence"),
        ("told Ursula von der Leyen that", "Leyen", "Ursula von der Leyen"),
        ("But Trump said no.", "Trump", "Trump"),
        ("It ended. The White House agreed.", "House", "White House"),
        ("Putin, Zelensky and Trump met.", "Zelensky", "Zelensky"),
        ("the “Mad Vlad” of old", "Vlad", "Mad Vlad"),
        ("He left. Putin stayed.", "Putin", "Putin"),
        ("in Moscow. Sergei Lavrov spoke", "Lavrov", "Sergei Lavrov"),
        ("the EU High Representative’s view", "EU", "EU High Representative"),
        ("of Jean-Noël Barrot,", "Barrot", "Jean-Noël Barrot"),
        ("🇺🇦 Wolodymyr Selenskyj 🇺🇦", "Selenskyj", "Wolodymyr Selenskyj"),
    ],
)
def test_the_name_around_a_word(text: str, word: str, name: str) -> None:
    at = word_at(text, text.index(word))
    found = name_around(text, *at)
    assert found is not None
    assert text[slice(*found)] == name


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("he said nothing", "said"),
        ("قال الرئيس", "الرئيس"),
        ("总统表示", "总统表示"),
        ("of it", "of"),
    ],
)
def test_where_nothing_is_capitalised_there_is_no_name(text: str, word: str) -> None:
    assert name_around(text, *word_at(text, text.index(word))) is None


def test_a_name_does_not_leave_its_line() -> None:
    text = "Kai Wegner\nBerlin Mayor"
    assert name_around(text, 4, 10) == (0, 10)
    assert name_around(text, 11, 17) == (11, 23)


@pytest.mark.parametrize(
    "dateline",
    [
        "BERLIN (AP) — ",
        "BERLIN, Aug. 24 (Reuters) - ",
        "Berlin (dpa) – ",
        "KYIV, Ukraine — ",
        "WASHINGTON -- ",
        "NEW YORK/LONDON (Reuters) — ",
    ],
)
def test_a_sentence_leaves_the_dateline_out(dateline: str) -> None:
    text = f"Headline\n{dateline}The mayor said so. He left."
    at = text.index("mayor")
    assert text[slice(*sentence_at(text, at))] == "The mayor said so."
    assert text[slice(*sentence_at(text, text.index(dateline) + 1))] == dateline.strip()


@pytest.mark.parametrize(
    "text",
    [
        "NATO — the alliance — said no.",
        "US-led forces – which left – came back.",
        "Putin (pictured) said so.",
        "Trump — who had said no — agreed.",
    ],
)
def test_other_dashes_are_no_dateline(text: str) -> None:
    assert after_dateline(text, 0, len(text)) == 0
