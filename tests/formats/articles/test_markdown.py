from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.errors import BadInput
from annotator.formats.articles import markdown
from annotator.formats.articles.source import opened
from tests.formats.articles.documents import read, refusal, typed, written

SAID = "The summit of the two presidents failed on Sunday, officials said"
ARTICLE = """---
title: "Summit fails"
author: Lois Lane
date: 2025-08-24
source: The Daily Planet
url: https://planet.example/summit
---

# Summit *fails*

![Two men shake hands](https://planet.example/x.jpg)

The **summit** of the two presidents failed on Sunday,
officials said; see [the report](https://planet.example/r).

> “It was a bad day,” said the minister,
> who left the room.

What now?
---------

- First point_of_the plan
- Second \\* point

Nobody knows 2 * 3 * 4 yet.\\
He left.
"""


def test_paragraphs_and_headings_are_read_without_their_signs(tmp_path: Path) -> None:
    one = read(written(tmp_path, "a.md", ARTICLE))
    assert typed(one) == [
        ("headline", "Summit fails"),
        ("caption", "Two men shake hands"),
        (
            "body",
            f"{SAID}; see the report.\n“It was a bad day,” said the minister, who left the room.",
        ),
        ("heading", "What now?"),
        (
            "body",
            "- First point_of_the plan\n- Second * point\nNobody knows 2 * 3 * 4 yet.\nHe left.",
        ),
    ]
    assert (one.title, one.outlet, one.author, one.published, one.url) == (
        "Summit fails",
        "The Daily Planet",
        "Lois Lane",
        "2025-08-24",
        "https://planet.example/summit",
    )
    assert one.notes == ("Markdown signs left out", "1 address of links left out")


def test_the_first_heading_is_the_title(tmp_path: Path) -> None:
    one = read(written(tmp_path, "a.md", "News of mark\n===\n\nWords.\n\n## More ##\n\nLast.\n"))
    assert one.title == "News of mark"
    assert [type for type, _ in typed(one)] == ["headline", "body", "heading", "body"]


def test_plain_words_stay_as_they_are(tmp_path: Path) -> None:
    one = read(written(tmp_path, "a.markdown", "Words of snake_case_names and 5 * 3.\n"))
    assert one.text == "Words of snake_case_names and 5 * 3.\n"
    assert one.notes == ()
    lines = read(written(tmp_path, "b.md", "Words that run\non in a line.\n\nAnd more\nof them.\n"))
    assert lines.text == "Words that run on in a line.\nAnd more of them.\n"
    assert lines.notes == ()


def test_what_only_looks_like_front_matter_stays(tmp_path: Path) -> None:
    one = read(written(tmp_path, "a.md", "---\nNot a field, he said.\n---\n\nWords.\n"))
    assert "Not a field, he said." in one.text
    open_end = read(written(tmp_path, "b.md", "---\ntitle: A\n\nWords without an end.\n"))
    assert "title: A" in open_end.text


def test_a_line_that_never_ends_is_gone_through_once(tmp_path: Path) -> None:
    for unit in ("# ", "[", "![", "*", "**a ", "`", "> ", "- ", "[a](", "<http://"):
        one = read(written(tmp_path, "a.md", f"Words.\n{unit * 200_000}x\n"))
        assert one.text.startswith("Words.")


def test_signs_alone_are_no_article(tmp_path: Path) -> None:
    assert "has no text in it" in refusal(written(tmp_path, "a.md", "#\n\n---\n"))


@given(st.text(alphabet="ab #*_-=`[]()!<>\\\n>: .1", max_size=200))
@settings(max_examples=200)
def test_anything_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = written(tmp_path_factory.getbasetemp(), "any.md", text)
    try:
        with opened(path) as source:
            one = markdown.read(source)
    except BadInput:
        return
    letters = [c for c in one.text if c in "ab1"]
    rest = iter(text)
    assert all(letter in rest for letter in letters), "letters stay in their order, none is added"


def test_a_sign_within_a_line_quotes_nothing(tmp_path: Path) -> None:
    text = "Since 5 > 4 the minister stays.\n\n> He said > she said.\n"
    one = read(written(tmp_path, "a.md", text))
    assert one.text == "Since 5 > 4 the minister stays.\nHe said > she said.\n"
