"""What the table of a case shows of words that differ."""

from __future__ import annotations

import pytest

from annotator.core.model import Fragment, Mark
from annotator.core.review.records import Comment
from annotator.ui.review.comments import addressed
from annotator.ui.review.quoting import bare, differing, quoted
from annotator.ui.review.underlining import pieces


def said(words: str) -> Mark:
    return Mark(id=1, article=2, layer=3, kind="claim", fragments=(Fragment(0, len(words), words),))


def test_a_quotation_mark_that_is_seen_is_one_that_was_marked() -> None:
    assert bare(said("“Never.”")) == "“Never.”"
    assert bare(said("Never.")) == "Never."
    assert quoted(said("Never.")) == "“Never.”"


@pytest.mark.parametrize(
    ("words", "others", "found"),
    [
        ("“Never.”", ["Never."], ["“", "”"]),
        ("Never.", ["“Never.”"], []),
        ("is ready to meet", ["ready to meet"], ["is "]),
        ("a 🇺🇦 flag", ["a flag"], ["🇺🇦 "]),
        ("same", ["same", "same"], []),
        ("ready to meet us", ["ready to meet", "to meet us"], ["ready ", " us"]),
        ("is ready to meet him", ["this agenda is not ready at all"], []),
        ("met them", ["meets them"], ["met"]),
    ],
)
def test_the_characters_that_differ(words: str, others: list[str], found: list[str]) -> None:
    apart = differing(words, others)
    assert [words[start:end] for start, end in apart] == found
    assert "".join(piece for piece, _ in pieces(words, apart)) == words
    assert [piece for piece, is_apart in pieces(words, apart) if is_apart] == found


def comment(id: int, layer: int, text: str = "Why?", answer_to: int | None = None) -> Comment:
    return Comment(
        id=id, article=1, layer=layer, kind="mark", about=id, text=text, answer_to=answer_to,
        made_at=5, made_by=9,
    )  # fmt: skip


def test_what_was_said_to_two_layers_at_once_stands_once() -> None:
    badges = {1: "A", 2: "B"}
    both = [comment(10, 1), comment(11, 2), comment(12, 2, "And?"), comment(13, 2, "So.", 12)]
    told = addressed(both, badges, lambda _: "You")
    assert [(c.id, who) for c, who in told] == [
        (10, "You to A and B"),
        (12, "You to B"),
        (13, "You to B"),
    ]
