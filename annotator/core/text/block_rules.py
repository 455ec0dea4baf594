"""The rules that tell a line's type by its look and its neighbours; each is one predicate.

A plain text has no markup, so they can only propose. Where a rule could be wider it is narrow: a
line left as body is easier for the analyst to notice than a paragraph taken for a caption.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from annotator.core.model import BlockType
from annotator.core.text.dates import find_dates

HEADLINE_LENGTH = 200
HEADING_LENGTH = 80
CAPTION_LENGTH = 140
DATELINE_LENGTH = 140
CREDIT_LENGTH = 300
"""The longest of each, in code points. A longer line is body."""
_SHORT = max(HEADING_LENGTH, CAPTION_LENGTH, DATELINE_LENGTH)

_ENDS_SENTENCE = re.compile(r"[.!?…:;,][”’»\"')\]]*$")
_ENDS_STATEMENT = re.compile(r"[.…:;,][”’»\"')\]]*$")
_STARTS_LABEL = re.compile(r"[“‘«\"'(]?[^\W_]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")

_NAME = r"[^\W\d_a-z][\w’'.-]*(?:\s+[^\W\d_a-z][\w’'.-]*){1,3}"  # Jane Q. Doe
# After a comma stands a name only if "and" and another follow; else it is what the person does.
_NAMES = rf"{_NAME}(?:(?:,\s+{_NAME})*,?\s+and\s+{_NAME})?"
_BYLINE = re.compile(rf"[Bb][Yy]\s+({_NAMES})(?=\s*$|\s*[,|•·(–—-]|\s\d)")

_STAMP = re.compile(r"(?:first |last )?(?:published|updated|posted|modified)\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\b\.?|\b\d{1,2}:\d\d(?::\d\d)?", re.IGNORECASE
)
_DATELINE_WORDS = frozenset(
    "published updated posted modified first last date on at by et est edt pt pst pdt gmt utc bst"
    " cet cest t z monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu"
    " thur thurs fri sat sun min minute minutes read".split()
)

_PICTURE = re.compile(
    r"(?:file photo|photo|picture|image|caption)\s*(?:by|credit)?\s*[:/]", re.IGNORECASE
)
PICTURE_BEGINS = frozenset("FPICfpic\u0130\u0131")
"""What such a line begins with, in all the forms that the case is not regarded in."""
_IN_BRACKETS = re.compile(
    r".*[(\[](?:file photo|photo|picture|image)\b[^)\]]*[)\]]$", re.IGNORECASE
)
_AGENCY = re.compile(
    r".*\b(?:getty images|via reuters|via ap|ap photo|shutterstock)[)\].]*$", re.IGNORECASE
)
_AGENCY_ENDS = ("mages", " reuters", " ap", "ap photo", "shutterstock")
"""How agencies end, without the i: it has more forms than folding knows. Told in no time."""
AGENCY_LETTERS = frozenset("SPOKspok\u017f\u212a")
"""The letters they end with, likewise in all forms."""
_LONGEST_AGENCY = 12


class Place(NamedTuple):
    """A line that is not blank and what stands around it, without surrounding white space."""

    text: str
    above: str
    """The nearest line above that is not blank; empty at the top."""
    above_type: BlockType | None
    below: str
    blank_above: bool
    blank_below: bool
    in_body: bool
    """Whether a body line came before."""


def type_of(place: Place) -> BlockType:
    """The type the rules propose; body is what no rule wants."""
    if len(place.text) > CREDIT_LENGTH:
        return "body"
    if is_dateline(place):
        return "dateline"
    if is_headline(place):
        return "headline"
    if is_photo_credit(place.text) or is_image_caption(place):
        return "caption"
    if is_heading(place):
        return "heading"
    return "body"


def type_in_body(line: str) -> BlockType | None:
    """The same of a line below the first of the body, if it is too long for neighbours to count."""
    if len(line) <= _SHORT:
        return None
    return "caption" if is_photo_credit(line) else "body"


def is_dateline(place: Place) -> bool:
    """When it was published, or by whom: above the body, or "Updated …" anywhere."""
    if place.in_body:
        return _STAMP.match(place.text) is not None and is_date(place.text)
    if not place.above:
        return is_date(place.text, other_words=1)
    return is_date(place.text) or bool(byline(place.text))


def is_headline(place: Place) -> bool:
    """The first line, if it is no statement and stands out from what follows."""
    return (
        not place.above
        and bool(place.below)
        and len(place.text) <= HEADLINE_LENGTH
        and not _ENDS_STATEMENT.search(place.text)
        and not place.below[0].islower()
        and stands_out(place)
    )


def is_heading(place: Place) -> bool:
    """A short line between finished ones, in title case or alone between blank lines."""
    return (
        bool(place.above and place.below)
        and looks_like_label(place.text)
        and not place.below[0].islower()
        and starts_afresh(place)
        and (is_title_case(place.text) or stands_alone(place))
    )


def is_image_caption(place: Place) -> bool:
    """What a copied web page leaves of a picture: a blank line, one short sentence, text at once.

    Above it stands the picture's tag, which looks like a heading, or else the headline. Paragraphs
    set off by blank lines have one below as well, and so are not taken for captions.
    """
    if not place.blank_above or place.blank_below or not is_short_statement(place.text):
        return False
    if place.above_type == "headline":
        return is_date(place.below) or bool(byline(place.below))
    return place.above_type == "heading" and len(place.below) > len(place.text)


def is_photo_credit(line: str) -> bool:
    """Whether the line says itself that it belongs to a picture."""
    if len(line) > CREDIT_LENGTH:
        return False
    if line[:1] in PICTURE_BEGINS and _PICTURE.match(line):
        return True
    if line.endswith((")", "]")) and _IN_BRACKETS.match(line):
        return True
    end = line.rstrip(")].")
    if end[-1:] not in AGENCY_LETTERS:
        return False
    return end[-_LONGEST_AGENCY:].casefold().endswith(_AGENCY_ENDS) and bool(_AGENCY.match(line))


def is_short_statement(line: str) -> bool:
    return len(line) <= CAPTION_LENGTH and line.endswith(".")


def is_title_case(line: str) -> bool:
    """Whether every word of four letters or more begins with a capital, and at least one does."""
    words = _WORD.findall(line)
    return any(word[0].isupper() for word in words) and not any(
        word[0].islower() for word in words if len(word) >= 4
    )


def is_date(line: str, other_words: int = 3) -> bool:
    """Whether the line states a date and hardly anything else: at most so many other words."""
    if len(line) > DATELINE_LENGTH:
        return False
    dates = find_dates(line)
    if not dates:
        return False
    rest = line
    for dated in reversed(dates):
        rest = f"{rest[: dated.start]} {rest[dated.end :]}"
    rest = _TIME.sub(" ", _BYLINE.sub(" ", rest, count=1))
    others = [word for word in _WORD.findall(rest) if word.lower() not in _DATELINE_WORDS]
    return len(others) <= other_words and not rest.rstrip().endswith(".")


def byline(line: str) -> str:
    """The names in "By Jane Doe and John Roe"; empty if the line does not begin so."""
    match = _BYLINE.match(line)
    return match[1] if match else ""


def looks_like_label(line: str) -> bool:
    """Short, begins like a title, and is not a statement; a question may be a heading."""
    return (
        len(line) <= HEADING_LENGTH
        and _STARTS_LABEL.match(line) is not None
        and not line[0].islower()
        and not _ENDS_STATEMENT.search(line)
    )


def starts_afresh(place: Place) -> bool:
    """Whether no sentence is under way, as one is inside a paragraph with hard line ends."""
    return (
        place.blank_above
        or place.above_type != "body"
        or _ENDS_SENTENCE.search(place.above) is not None
    )


def stands_alone(place: Place) -> bool:
    return place.blank_above and place.blank_below and not _ENDS_SENTENCE.search(place.text)


def stands_out(place: Place) -> bool:
    """Whether a first line is more than the first of a paragraph with hard line ends."""
    return (
        place.blank_below
        or is_title_case(place.text)
        or is_date(place.below)
        or bool(byline(place.below))
        or len(place.below) > 1.5 * len(place.text)
    )
