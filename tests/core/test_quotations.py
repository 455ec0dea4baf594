"""Quotation marks in or out of a piece of text."""

from __future__ import annotations

import pytest

from annotator.core.text.quotations import toggle_quotes


def toggled(text: str, piece: str) -> str:
    start = text.index(piece)
    return text[slice(*toggle_quotes(text, start, start + len(piece)))]


@pytest.mark.parametrize(
    ("text", "bare", "quoted"),
    [
        ("He said “not at all,” twice.", "not at all,", "“not at all,”"),
        ('She said: "Yes." Then left.', "Yes.", '"Yes."'),
        ("Il a dit « pas du tout » hier.", "pas du tout", "« pas du tout »"),
        ("Il a dit «\u00a0non\u00a0» hier.", "non", "«\u00a0non\u00a0»"),
        ("Er sagte „nein“ dazu.", "nein", "„nein“"),
        ("a “b ‘c’ d” e", "c", "‘c’"),
        ("a “b ‘c’ d” e", "b ‘c’ d", "“b ‘c’ d”"),
        ("One.\n“Two.”\nThree.", "Two.", "“Two.”"),
    ],
)
def test_quotation_marks_go_in_and_out(text: str, bare: str, quoted: str) -> None:
    assert toggled(text, bare) == quoted
    assert toggled(text, quoted) == bare


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("no marks here", "marks"),
        ("He said “not at all,” twice.", "“not at all,"),
        ("He said “not at all,” twice.", "at all"),
        ('"A" and "B"', '"A" and "B"'),
        ('"A" and "B"', "and"),
        ("an empty “” one", "“”"),
        ("one “ two", "two"),
        ("Russia’s and Ukraine’s", "s and Ukraine"),
    ],
)
def test_a_piece_without_a_pair_of_marks_stays(text: str, piece: str) -> None:
    assert toggled(text, piece) == piece


def test_at_the_ends_of_the_text() -> None:
    assert toggle_quotes("“a”", 0, 3) == (1, 2)
    assert toggle_quotes("“a”", 1, 2) == (0, 3)
    assert toggle_quotes("", 0, 0) == (0, 0)
