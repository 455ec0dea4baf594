"""What a text says about itself: title, outlet, author, date. Proposals, for the analyst to check.

Only wording that names the thing outright counts; who is quoted says nothing about who printed it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from annotator.core.model import Block, BlockType
from annotator.core.text.block_rules import byline
from annotator.core.text.blocks import filled_lines
from annotator.core.text.dates import find_dates

TITLE_LENGTH = 80
"""How much of a first line that is no headline goes into the title, in code points."""

_SEARCHED = 20_000
"""How far from either end the outlet is looked for, in code points."""

_AGENCY = (
    r"(?:Reuters|AP|Associated Press|AFP|dpa|UPI|TASS|Xinhua|Bloomberg|ANI|PTI|EFE|ANSA|Kyodo)"
)
# Each with what it cannot do without, of which one is enough: words, and a pattern that begins with
# one character. They are found in a fraction of the time, and seldom there.
_OUTLET = (
    # RadarOnline.com can report
    (
        ((" can ", re.compile(r"\.(?:com|org|net|news|[a-z]{2}) can ")),),
        re.compile(
            r"\b([A-Z][\w-]{0,40}(?:\.[\w-]{1,40}){0,3}\.(?:com|org|net|news|[a-z]{2})) can"
            r" (?:\w+ly )?(?:report|reveal|confirm|disclose)\b"
        ),
    ),
    # LONDON, Aug 24 (Reuters) - and (Reuters) -, at the beginning of a line
    (
        (("(", re.compile(rf"\({_AGENCY}\)")),),
        re.compile(
            rf"^(?:[A-Z][A-Z.'’ /-]+(?:, [\w. ]+?)*,? )?\(({_AGENCY})\) ?[-–—]", re.MULTILINE
        ),
    ),
    # — AP, as the end of a line or as a line
    (
        tuple((dash, re.compile(rf"{dash} ?{_AGENCY}$", re.MULTILINE)) for dash in "—–"),
        re.compile(rf"(?:^|\s)[—–] ?({_AGENCY})$", re.MULTILINE),
    ),
)


class Metadata(NamedTuple):
    """What could be found; empty where nothing was."""

    title: str
    published: str
    """An ISO 8601 date."""
    outlet: str
    author: str


def propose_metadata(text: str, blocks: tuple[Block, ...], file_name: str) -> Metadata:
    """Read title, date, outlet and author off the text; ``file_name`` helps where all is blank."""
    datelines = _lines_of(text, blocks, "dateline")
    return Metadata(
        title=_title(text, blocks) or file_name.rpartition(".")[0] or file_name,
        published=_published(datelines),
        outlet=_outlet(text),
        author=next((names for line in datelines if (names := byline(line))), ""),
    )


def _title(text: str, blocks: tuple[Block, ...]) -> str:
    """The headline, or the first line cut short at a word."""
    headline = " ".join(_lines_of(text, blocks, "headline"))
    if headline:
        return " ".join(headline.split())
    first = next(iter(filled_lines(text.lstrip()[: 10 * TITLE_LENGTH])), None)
    return _shortened(" ".join(first.text.split())) if first else ""


def _shortened(line: str) -> str:
    if len(line) <= TITLE_LENGTH:
        return line
    kept = line[:TITLE_LENGTH]
    at_word = kept.rpartition(" ")[0] or kept[:-1]
    return at_word.rstrip(" ,;:–—-") + "…"


def _published(datelines: list[str]) -> str:
    """The earliest date: what was updated was published before."""
    dates = [dated.date for line in datelines for dated in find_dates(line)]
    return min(dates).isoformat() if dates else ""


def _outlet(text: str) -> str:
    """Found only near the beginning or the end, where outlets name themselves."""
    ends = (text[:_SEARCHED], text[-_SEARCHED:]) if len(text) > _SEARCHED else (text,)
    found = (
        pattern.search(part)
        for hints, pattern in _OUTLET
        for part in ends
        if any(words in part and hint.search(part) for words, hint in hints)
    )
    return next((match[1] for match in found if match), "")


def _lines_of(text: str, blocks: tuple[Block, ...], block_type: BlockType) -> list[str]:
    return [
        kept
        for block in blocks
        if block.type == block_type
        for line in text[block.start : block.end].split("\n")
        if (kept := line.strip())
    ]
