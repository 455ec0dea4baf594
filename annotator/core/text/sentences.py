"""Where sentences end in English news text.

A full stop ends a sentence unless it belongs to an abbreviation and what follows goes on. Where
both readings are possible ("the U.S. …"), the next word decides. The analyst sees the result as a
selection and can change it, so the rules are few and favour the cases that are common in news.
"""

from __future__ import annotations

import regex

from annotator.core.text.offsets import Offsets

_END = regex.compile(
    r"""
    [.!?…؟۔।]+ (?:(?=["”’»“'‘›)\]])\X)* (?=\s|$)
    | (?:(?=[。！？｡])\X)+ (?:(?=[」』”’）])\X)*
    """,
    regex.VERBOSE,
)
_LAST_WORD = regex.compile(r"[\p{L}\p{M}.]*\Z")
_OPENING_MARK = regex.compile(r"[“„‘«\"(\[]")
_FIRST_WORD = regex.compile(r"[\p{L}’']+")
_INITIALS = regex.compile(r"\p{L}(?:\.\p{L})*")
_SAYS_WHO = regex.compile(
    r"(?:\p{Lu}[\p{L}’'.-]*\s+){1,4}(?:said|says|asked|asks|told|added|wrote|replied|answered)\b"
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BEFORE_NAME = _set(
    "mr mrs ms mx dr prof gen sen rep gov lt col capt cmdr sgt maj adm rev hon pres amb st mt ft vs"
    " messrs mme mlle"
)
_BEFORE_NUMBER = _set(
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos art sec fig pp vol ch para"
)
_MAY_END = _set("inc corp ltd co jr sr bros plc etc ph.d dept est approx")
STARTERS = _set(
    "a according after all although an and another as asked at because before both but by despite"
    " during each earlier even few for from given he her here his how however i if in instead it"
    " its last later many meanwhile more moreover most my no nor not now of on once one only or"
    " other others our she since so some still such that the their then there these they this"
    " those though thus to today under until we what when where whether which while who why with"
    " without yet you"
)


_DATELINE = regex.compile(
    r"""
    (?: \p{Lu}[\p{Lu}\p{M}.’'\ /-]{2,40} (?:,[^()—–\n]{1,40})? (?:\s*\([^()\n]{2,40}\))?  # BERLIN
      | \p{Lu}[\p{L}\p{M}.’'\ -]{1,40} (?:,[^()—–\n]{1,40})? \s*\([^()\n]{2,40}\)        # Berlin (AP)
    ) \s*(?:[—–]|--?)\s+ (?=["“‘«„(]?[\p{Lu}\p{N}])
    """,
    regex.VERBOSE,
)


def after_dateline(text: str, start: int, end: int) -> int:
    """Where the words of a line begin: behind “BERLIN (AP) — ”, if it opens with such."""
    match = _DATELINE.match(text, start, end)
    return match.end() if match else start


def sentences(text: str, start: int, end: int) -> list[Offsets]:
    """The sentences of one line, ``text[start:end]``, without the white space between them."""
    found = []
    begin = start
    for stop in _END.finditer(text, start, end):
        after = _skip_space(text, stop.end(), end)
        if after == end or _ends(text, stop, after, end):
            found.append((begin, stop.end()))
            begin = after
    if begin < end:
        found.append((begin, end))
    return [trimmed for one in found if (trimmed := _trimmed(text, *one))]


def _ends(text: str, stop: regex.Match[str], after: int, end: int) -> bool:
    """Whether a sentence ends at this stop, with more text of the line at ``after``."""
    if text[after].islower():
        return False
    marks = stop.group()
    if marks == ".":
        before = _LAST_WORD.search(text, max(0, stop.start() - 24), stop.start())
        return before is None or not _goes_on(before.group().lower(), text, after, end)
    if marks[0] in "?!" and len(marks) > 1:
        return _SAYS_WHO.match(text, after, end) is None
    return True


def _goes_on(word: str, text: str, after: int, end: int) -> bool:
    """Whether the full stop after this word (in lower case) is only that of an abbreviation."""
    if word in _BEFORE_NAME:
        return True
    if word in _BEFORE_NUMBER:
        return text[after].isdigit()
    if word in _MAY_END or _INITIALS.fullmatch(word):
        return not _starts_sentence(text, after, end)
    return False


def _starts_sentence(text: str, at: int, end: int) -> bool:
    if _OPENING_MARK.match(text, at, end):
        return True
    first = _FIRST_WORD.match(text, at, end)
    return first is not None and first.group().lower() in STARTERS


def _skip_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _trimmed(text: str, start: int, end: int) -> Offsets | None:
    start = _skip_space(text, start, end)
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
