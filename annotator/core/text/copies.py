"""Near copies: texts that run as others do, such as one agency report in several papers.

Texts are compared by their runs of four words. A *signature* is a sample of these that any two
texts take alike, so that what two signatures share estimates what the texts share; only what
looks like a copy by its signature is compared word by word. Signatures are kept in the project
file: who changes how they are taken counts :data:`SAMPLING` up.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain
from typing import TypeVar
from zlib import crc32

from annotator.core.model import Id

SAMPLING = 1
"""Which way of sampling this is; signatures taken in different ways cannot be compared."""

RUN = 4
"""How many words make a run. Two reports of one event share names and quotes, but few of these."""

NEAR = 0.7
"""How much of the shorter text runs as in the longer when they count as copies."""

FEWEST_WORDS = 30
"""Shorter texts are not compared: captions and notices are alike by nature."""

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

# Latin-1 in small letters, and spaces for all that is no letter and no digit.
_LETTERS = bytes(
    ord(small) if (small := chr(byte).lower()).isalnum() else 0x20 for byte in range(256)
)
_SAMPLED = {
    last: re.compile(re.escape(bytes([last])) + rb" (?= *([^ ]+ +[^ ]+ +[^ ]+ +[^ ]+))")
    for last in b"gl\x85\x8b\x93\xa7"
}
"""The runs that are sampled: those after a word with one of these last bytes, of which a run before
and after it knows nothing. About one in twelve, in Latin letters by g and l, in others by the
last bytes that UTF-8 gives them. A pattern for each: what begins with one byte is found sooner."""

_W = TypeVar("_W", str, bytes)

Signature = frozenset[int]
"""The CRC-32 of runs: even of those that texts of any length share, odd of those that only a short
text is filled up with."""


_lately: dict[str, Signature] = {}
_REMEMBERED = 1_000


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
    """A sample of the text's runs."""
    spelled = _spelled(text)
    sample = {crc32(run.replace(b" ", b"")) & ~1 for run in _sampled(spelled)}
    if len(sample) < _AT_LEAST:
        words = spelled.split()
        runs = {crc32(b"".join(run)) | 1 for run in _runs(words)}
        sample.update(nsmallest(_AT_LEAST, runs))
    return frozenset(sample)


def _sampled(spelled: bytes) -> Iterable[bytes]:
    found = [runs.findall(spelled) for last, runs in _SAMPLED.items() if last in spelled]
    return chain.from_iterable(found)


def signature_of(sha256: str, read: Callable[[], str]) -> Signature:
    """The same, remembered for a while: what an import compares is stored right after.

    ``read`` gives the text that has this SHA-256, when it is needed.
    """
    found = _lately.get(sha256)
    if found is None:
        if len(_lately) >= _REMEMBERED:
            _lately.clear()
        found = _lately[sha256] = signature(read())
    return found


def _spelled(text: str) -> bytes:
    """The words with spaces between them, without regard to case and to how accents are written.

    Letters beyond Latin-1 part words, unless they are what the text is written in.
    """
    plain = unicodedata.normalize("NFC", text)
    latin = plain.encode("latin-1", "replace")
    if latin.count(b"?") * 3 <= len(latin):
        return latin.translate(_LETTERS)
    return " ".join(_words(plain)).encode(errors="replace")


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
        if id in self._sizes:
            return
        self._sizes[id] = _size(signature)
        shared = self._shared(signature)
        self._having.update(dict.fromkeys(signature - shared if shared else signature, id))
        for run in shared:
            having = self._having[run]
            if isinstance(having, list):
                having.append(id)
            else:
                self._having[run] = [having, id]

    def _shared(self, signature: Signature) -> set[int]:
        """The runs that some text here has: few, so they are not looked for one by one."""
        return self._having.keys() & signature

    def suspects(self, signature: Signature) -> list[Id]:
        """Texts that may be copies, the likeliest first; a few of them are none."""
        shared: Counter[Id] = Counter()
        for run in self._shared(signature):
            having = self._having[run]
            if isinstance(having, int):
                shared[having] += 1
            elif len(having) <= _COMMON:
                shared.update(having)
        size = _size(signature)
        rated = [(n / min(size, self._sizes[id]), id) for id, n in shared.items() if n > 1]
        rated.sort(key=lambda one: (-one[0], one[1]))
        return [id for part, id in rated if part >= _SUSPECTED]


def _size(signature: Signature) -> int:
    """How many runs texts of any length share; those a short text is filled up with it may not."""
    return max(1, len([run for run in signature if not run & 1]))


def _words(text: str) -> list[str]:
    """The words, without regard to case and to how accents are written."""
    plain = unicodedata.normalize("NFC", text).lower()
    return (_WORD_OR_SIGN if _ANY_UNSPACED.search(plain) else _WORD).findall(plain)


def _runs(words: list[_W]) -> Iterable[tuple[_W, _W, _W, _W]]:
    return zip(words, words[1:], words[2:], words[3:], strict=False)
