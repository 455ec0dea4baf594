"""Near copies: texts that run as others do, such as one agency report in several papers.

Texts are compared by their runs of four words. A *signature* is a sample of these that any two
texts take alike, so that what two signatures share estimates what the texts share; only what
looks like a copy by its signature is compared word by word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest

from annotator.core.model import Id

RUN = 4
"""How many words make a run. Two reports of one event share names and quotes, but few of these."""

NEAR = 0.7
"""How much of the shorter text runs as in the longer when they count as copies."""

FEWEST_WORDS = 30
"""Shorter texts are not compared: captions and notices are alike by nature."""

_ONE_IN = 16
"""Of the runs one in so many is sampled; about 40 of an article of 700 words."""

_AT_LEAST = 24
"""How many runs a short text is sampled by."""

_SUSPECTED = 0.2
"""What part of the smaller signature has to be shared for the texts to be compared: far less
than of the texts, because one changed word changes four runs and a sample is a sample."""

_COMMON = 500
"""A run that more texts have than this is a paper's standing phrase and tells nothing."""

# Where words are not set apart by spaces, each character counts as one.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff"
_ANY_UNSPACED = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(r"\w+")
_WORD_OR_SIGN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")  # half as fast

Signature = frozenset[int]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are."""

    share: float
    """How much of the shorter text runs as in the longer, by words, from 0 to 1."""
    words: int
    """Of the text that was looked at."""
    other_words: int

    @property
    def near(self) -> bool:
        return self.share >= NEAR and min(self.words, self.other_words) >= FEWEST_WORDS

    def explained(self, other: str) -> str:
        """What to tell about a text that is like the one called ``other``."""
        percent = f"{self.share:.0%}".replace("%", " %")
        if self.other_words > self.words * 1.1:
            return f"{percent} of its words run as in {other}, which is longer"
        if self.words > self.other_words * 1.1:
            return f"{percent} of the words of {other}, which is shorter, run as in it"
        return f"{percent} of its words run as in {other}"


def signature(text: str) -> Signature:
    """A sample of the text's runs; not to be stored, for Python may come to hash otherwise."""
    words = _words(text)
    sample = frozenset(run for run in _runs(words) if not run % _ONE_IN)
    if len(sample) >= _AT_LEAST:
        return sample
    return sample.union(nsmallest(_AT_LEAST, set(_runs(words))))


def likeness(text: str, other: str) -> Likeness:
    """Compare two texts word by word, whatever their signatures say."""
    words, others = _words(text), _words(other)
    shorter, longer = (words, others) if len(words) <= len(others) else (others, words)
    runs = set(_runs(longer))
    alike = bytearray(len(shorter))
    for at, run in enumerate(_runs(shorter)):
        if run in runs:
            alike[at : at + RUN] = b"\1" * RUN
    share = sum(alike) / len(shorter) if len(shorter) >= RUN else 0.0
    return Likeness(share, len(words), len(others))


class Signatures:
    """Which texts have which runs: finds those that may be copies among any number."""

    def __init__(self) -> None:
        self._sizes: dict[Id, int] = {}
        # Most runs are in one text alone, and a list for each would take most of the memory.
        self._having: dict[int, Id | list[Id]] = {}

    def __contains__(self, id: Id) -> bool:
        return id in self._sizes

    def add(self, id: Id, signature: Signature) -> None:
        """Remember a text; the same id once."""
        if id not in self._sizes:
            self._sizes[id] = _size(signature)
            for run in signature:
                having = self._having.setdefault(run, id)
                if isinstance(having, list):
                    having.append(id)
                elif having != id:
                    self._having[run] = [having, id]

    def suspects(self, signature: Signature) -> list[Id]:
        """Texts that may be copies, the likeliest first; a few of them are none."""
        shared: Counter[Id] = Counter()
        for run in signature:
            having = self._having.get(run)
            if isinstance(having, int):
                shared[having] += 1
            elif having is not None and len(having) <= _COMMON:
                shared.update(having)
        size = _size(signature)
        rated = [(n / min(size, self._sizes[id]), id) for id, n in shared.items() if n > 1]
        rated.sort(key=lambda one: (-one[0], one[1]))
        return [id for part, id in rated if part >= _SUSPECTED]


def _size(signature: Signature) -> int:
    """How many runs texts of any length share; those a short text is filled up with it may not."""
    return max(1, sum(not run % _ONE_IN for run in signature))


_known: dict[str, int] = {}
_KNOWN_WORDS = 200_000


def _words(text: str) -> list[int]:
    """Each word as a number, without regard to case and to how accents are written."""
    plain = unicodedata.normalize("NFC", text).lower()
    found = (_WORD_OR_SIGN if _ANY_UNSPACED.search(plain) else _WORD).findall(plain)
    try:
        return [_known[word] for word in found]
    except KeyError:
        _learn(found)
        return [_known[word] for word in found]


def _learn(words: Iterable[str]) -> None:
    if len(_known) > _KNOWN_WORDS:
        _known.clear()
    for word in words:
        if word not in _known:
            digest = blake2b(word.encode(errors="replace"), digest_size=4).digest()
            # Below 2**30, which Python reckons with fastest.
            _known[word] = int.from_bytes(digest, "big") >> 2


def _runs(words: list[int]) -> Iterable[int]:
    """A number for each run. Numbers hash alike everywhere, unlike the words themselves."""
    return map(hash, zip(words, words[1:], words[2:], words[3:], strict=False))
