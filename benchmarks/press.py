"""What large projects are made of: articles in a language of their own, and marks in them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

import numpy

from annotator.core.articles import new_article
from annotator.core.model import (
    Actor,
    Article,
    Block,
    FieldValue,
    Fragment,
    Id,
    Mark,
    Member,
    Record,
    Statement,
)
from annotator.core.revision import Edit

LENGTH = 2_000
"""Of a text, about, in code points."""
SEED = 20250826
_OUTLETS = 40
_DAYS = 2_000
_WORDS = 30_000
_CASE = 1 << 20
"""Words to draw from, each as often as it is used."""
_SOUNDS = "ba be bi bo da de du fa fi ga go ka ke ki la le li lo ma me mi mo na ne ni no pa po ra re ri ro sa se si so ta te ti to va ve vi vo za zé zü ša".split()  # fmt: skip


class Press:
    """Writes articles; rare and common words are as far apart as in a language."""

    def __init__(self, seed: int = SEED) -> None:
        self.random = random.Random(seed)
        make = self.random
        self.words = ["".join(make.choices(_SOUNDS, k=make.randint(1, 5))) for _ in range(_WORDS)]
        self._draw = numpy.random.default_rng(seed)
        often = 1 / (numpy.arange(_WORDS) + 3.0)
        shares = numpy.round(often / often.sum() * _CASE).astype(int)
        self._case = [
            word for word, n in zip(self.words, shares.tolist(), strict=True) for _ in range(n)
        ]

    def some(self, count: int) -> list[str]:
        """Words, as often as they are used."""
        places = self._draw.integers(0, len(self._case), count, dtype=numpy.int32)
        return [self._case[place] for place in places.tolist()]

    def text(self, number: int) -> str:
        """Paragraphs that no other article has."""
        words = self.some(LENGTH // 8)
        lines = [" ".join(words[at : at + 40]).capitalize() for at in range(0, len(words), 40)]
        return f"“{lines[0]},” said {words[3]} on day {number}.\n\n" + ".\n\n".join(lines) + ".\n"

    def article(self, number: int) -> tuple[Edit, Article]:
        text = self.text(number)
        day = self.random.randrange(_DAYS)
        year, rest = 2020 + day // 360, day % 360
        return new_article(
            text,
            title=" ".join(self.some(9)).capitalize() + f" {number}",
            blocks=(Block(0, len(text), "body"),),
            outlet=f"The {self.words[400 + self.random.randrange(_OUTLETS)].capitalize()}",
            published=f"{year}-{rest // 30 + 1:02}-{rest % 30 + 1:02}",
            file=f"{number}.txt",
        )

    def actors(self, ids: Iterator[Id], count: int) -> list[Actor]:
        """People, no two of whom are called alike."""
        return [
            Actor(id=next(ids), name=" ".join(w.capitalize() for w in self.some(2)) + f" {number}")
            for number in range(count)
        ]


class Hand:
    """Marks articles: two marks a statement, who says it and what, or what and which side."""

    def __init__(self, press: Press, ids: Iterator[Id], actors: list[Id], issues: list[Id]) -> None:
        self.random = press.random
        self._ids = ids
        self._actors = [str(id) for id in actors]
        self._often = list(accumulate(1 / (n + 2) for n in range(len(actors))))
        self._issues = [str(id) for id in issues]

    def statement(self, text: str, kinds: Sequence[str], own: dict[str, Any]) -> list[Record]:
        """A statement and its marks, somewhere in a text; ``own`` is what all of them have."""
        draw, at = self.random.random, int(self.random.random() * (len(text) - 200))
        made: list[Record] = []
        members = []
        for kind in kinds:
            piece = _piece(text, at, 12 if kind == "speaker" else 30 + int(draw() * 30))
            at, id = piece.end, next(self._ids)
            fields = self._fields(kind)
            made.append(Mark(id=id, kind=kind, fragments=(piece,), fields=fields, **own))
            members.append(Member(kind, id))
        asks = draw() < 0.02
        made.append(Statement(id=next(self._ids), members=tuple(members), flagged=asks, **own))
        return made

    def _fields(self, kind: str) -> dict[str, FieldValue]:
        if kind == "speaker":
            return {"actor": self.random.choices(self._actors, cum_weights=self._often)[0]}
        if kind == "position":
            stance = int(self.random.random() * 5) - 2
            return {"issue": self.random.choice(self._issues), "stance": stance}
        return {}


def kinds(number: int, marks: int) -> Sequence[str]:
    """Of the marks of an article's statement, one for the last if they are odd."""
    both = ("claim", "position") if number % 5 == 4 else ("speaker", "claim")
    return both[: marks - 2 * number]


def _piece(text: str, after: int, length: int) -> Fragment:
    """Whole words from somewhere on."""
    start = text.index(" ", after) + 1
    end = text.find(" ", start + length)
    end = end if end >= 0 else len(text)
    return Fragment(start, end, text[start:end])
