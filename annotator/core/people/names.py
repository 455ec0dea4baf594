"""Names as they are compared: folded, without titles, by their spelling, by their initials."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

PRONOUNS = frozenset(
    "he she they it we i you him her them us me his hers their theirs its my our who".split()
)
"""Words that stand for whoever was named before; never remembered as somebody's alias."""

TITLES = frozenset(
    """
    a an and of for the to at in on from
    mr mrs ms miss dr prof professor sir dame lord lady
    president vice prime premier chancellor minister ministry secretary king queen prince princess
    pope emperor sheikh ayatollah emir sultan monarch
    leader head chief chair chairman chairwoman chairperson director boss ceo
    ambassador envoy diplomat negotiator commissioner spokesman spokeswoman spokesperson adviser
    advisor aide official officials senator congressman congresswoman representative deputy
    governor mayor general colonel major captain admiral marshal commander judge justice
    foreign defence defense interior finance state national government administration security
    former then acting incoming outgoing senior top late new old special permanent assistant
    """.split()
)
"""Words beside a name that are no part of it; alone they are nobody's name."""

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s|(?<=s)['’])(?!\w)")
_INITIALS = re.compile(r"\b(?:\w\.){2,}")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`](?=\w)")
_WORD = re.compile(r"\w+")


@lru_cache(50_000)
def fold(words: str) -> str:
    """Without case, diacritics, possessive and punctuation: “U.S.” is ``us``, “Łuk’s” ``luk``."""
    plain = _POSSESSIVE.sub("", words.casefold())
    plain = _INITIALS.sub(lambda found: found.group().replace(".", ""), plain)
    plain = _APOSTROPHE.sub("", plain).translate(_LETTERS)
    split = unicodedata.normalize("NFKD", plain)
    bare = (
        "".join(c for c in split if not unicodedata.combining(c)) if not split.isascii() else split
    )
    return " ".join(_WORD.findall(bare))


def tokens(words: str) -> tuple[str, ...]:
    """The folded words, without a leading article."""
    parts = fold(words).split()
    return tuple(parts[1:] if len(parts) > 1 and parts[0] == "the" else parts)


def key(words: str) -> str:
    """What two names share that are the same but for case, diacritics and article."""
    return " ".join(tokens(words))


def begins(typed: str, name: str) -> bool:
    """Whether every word typed begins a word of the name; nothing typed begins any."""
    words = tokens(name)
    return all(any(word.startswith(t) for word in words) for t in tokens(typed))


def is_pronoun(words: str) -> bool:
    """Whether these words stand for somebody named before; “US” is a state."""
    plain = " ".join(words.split())
    return plain.casefold() in PRONOUNS and plain != "US"


def core_tokens(words: str) -> tuple[str, ...]:
    """The words that are neither titles nor articles; empty when there are no others."""
    return tuple(t for t in tokens(words) if t not in TITLES)


_SOUNDS = (
    (re.compile("schtsch|shch|tsch|tch|ch|cz"), "c"),
    (re.compile("sch|sh|sz"), "s"),
    (re.compile("zh|z"), "s"),
    (re.compile("kh|gh"), "h"),
    (re.compile("ph"), "f"),
    (re.compile("w"), "v"),
    (re.compile("ks"), "x"),
    (re.compile("ck|q"), "k"),
    (re.compile("ou|oo"), "u"),
    (re.compile("yu|iu|ju"), "u"),
    (re.compile("ya|ia|ja"), "a"),
    (re.compile("ye|ie|je"), "e"),
    (re.compile("yo|io|jo"), "o"),
    (re.compile("[yij]+"), "i"),
    (re.compile("ff$"), "v"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_SHORTEST_SOUND = 4


@lru_cache(50_000)
def spelling(token: str) -> str:
    """What the ways share in which newspapers spell a foreign name: Zelenskyy, Selenskyj.

    Empty for words too short to tell.
    """
    if len(token) < _SHORTEST_SOUND or not token.isalpha():
        return ""
    for sound, sign in _SOUNDS:
        token = sound.sub(sign, token)
    return token


_LEAST_INITIALS = 2


def initials(words: str) -> str:
    """The first letters of a name of several words, without ``of`` and ``the``; else empty."""
    parts = [t for t in tokens(words) if t not in ("of", "the", "and", "for")]
    return "".join(p[0] for p in parts) if len(parts) >= _LEAST_INITIALS else ""
