"""PDF documents in: lines joined into paragraphs, running heads and hyphens taken out, and said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from annotator.core.errors import BadInput
from annotator.core.text.cleaning import counted
from annotator.formats.articles.source import LONGEST, Source
from annotator.formats.articles.text_in import LIMIT, Known, TextIn, text_in

_PAGES = 5_000
_HYPHEN = "\x02"
"""What PDFium puts in the place of a hyphen at the end of a line; the next line follows at once."""

_EDGE = 2
"""How many lines at the top and at the bottom of a page can be running heads."""

_SHOWN = 5
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"^[ivxlc]+$")
_SPLIT = re.compile(rf"([^\W\d_]+)({_HYPHEN})([^\W\d_]+)")
_BEFORE_HYPHEN = frozenset(
    "all anti co cross ex far first full half hard high ill left long low mid near non north one"
    " open post pro right second self semi short so south third three two vice well".split()
)
"""What English joins to other words with a hyphen far more often than without."""

_ENDS_SENTENCE = re.compile(r"[.!?…:。！？؟।۔][”’»\"')\]」』）]*$")
_POINT = re.compile(r"[•◦▪▫●○■□►‣⁃\uf0b7][\s\w]")
"""What a line begins with that is a point of a list; the last is Word's own, of a symbol font."""

_NO_SPACES = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
_IN_NO_SPACES = re.compile(f"[{_NO_SPACES}]")
"""Chinese and Japanese, which put no spaces between words and so none at the ends of lines."""
_WIDE = 0.8
_GAP = 1.4


class Line(NamedTuple):
    """A line of a page and how far below the one above it stands, in points; 0 when unknown."""

    text: str
    below: float


Page = list[Line]


def read(source: Source) -> TextIn:
    """The text of a document; :class:`BadInput` for pictures of pages, locks and damage."""
    if source.size > min(LONGEST, 20 * LIMIT):
        raise BadInput(f"{source.where} has {source.size:,} bytes; divide it into articles.")
    pages, title, author = _opened(source)
    blank = sum(not any(line.text.strip() for line in page) for page in pages)
    if blank == len(pages):
        raise BadInput(
            f"{source.where} holds pictures of pages and no text; have its text recognised (OCR)"
            " and import the result."
        )
    pages, heads = without_running_heads(pages)
    text, hyphens = joined_words("\n".join(paragraphs(pages)))
    notes = [*heads, *hyphens, "lines joined into paragraphs, a guess"]
    if blank:
        notes.append(f"{counted(blank, 'page')} of {len(pages)} without text, perhaps pictures")
    beginning = " ".join(text.split())[: 5 * 1000]
    known = Known(
        # Programs write file names and users in here; what the page shows as well is meant.
        title=title if title in beginning else "",
        author=author if author in beginning else "",
    )
    return text_in(text, source.name, source.where, notes=tuple(notes), known=known)


def _opened(source: Source) -> tuple[list[Page], str, str]:
    """The lines of each page, and title and author as the file states them."""
    # Here, because it loads a library of 8 MB that other formats do without.
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(source.start(source.size))
    except PdfiumError as error:
        why = "locked with a password" if "assword" in str(error) else "a damaged PDF document"
        raise BadInput(
            f"{source.where} is {why}; open it in a PDF reader and save a copy that opens freely."
        ) from error
    try:
        if len(document) > _PAGES:
            raise BadInput(f"{source.where} has {len(document):,} pages; divide it into articles.")
        pages = [_lines(document[number]) for number in range(len(document))]
        stated = document.get_metadata_dict()
    except PdfiumError as error:
        raise BadInput(
            f"{source.where} is a damaged PDF document; open it in a PDF reader and print it anew."
        ) from error
    finally:
        document.close()
    if not pages:
        raise BadInput(f"{source.where} has no pages; choose another file.")
    return pages, " ".join(stated["Title"].split()), " ".join(stated["Author"].split())


def _lines(page: Any) -> Page:
    """The lines of a page in the order in which the file writes them."""
    shown = page.get_textpage()
    try:
        text = shown.get_text_bounded().replace("\r\n", "\n").replace(_HYPHEN, f"{_HYPHEN}\n")
        tops = _tops(shown)
    finally:
        shown.close()
        page.close()
    lines = [line for line in text.split("\n") if line.strip()]
    if len(tops) != len(lines):
        tops = [0.0] * len(lines)  # columns, turned text: no telling which line stands where
    gaps = [0.0, *(max(0.0, above - top) for above, top in pairwise(tops))]
    return [Line(line.strip(), gap) for line, gap in zip(lines, gaps[: len(lines)], strict=True)]


def _tops(shown: Any) -> list[float]:
    """How high above the foot of the page each line with text stands, in points."""
    heights: list[float] = []
    for number in range(shown.count_rects()):
        left, bottom, right, top = shown.get_rect(number)
        middle = (bottom + top) / 2
        same = heights and abs(heights[-1] - middle) < (top - bottom) / 2
        if right > left and not same:
            heights.append(middle)
    return heights


def without_running_heads(pages: list[Page]) -> tuple[list[Page], list[str]]:
    """Pages without the lines that stand at the edge of most of them, numbers aside.

    Of most left or of most right pages is enough: many print the title on one, the author on other.
    """
    if len(pages) < 2:
        return pages, []
    most = {key for first in (0, 1) for key in _repeated(pages[first::2])} | _repeated(pages)
    out: list[str] = []
    kept: list[Page] = []
    for page in pages:
        gone = _from_edges([_key(line.text) in most for line in page])
        out += [page[i].text for i in sorted(gone)]
        kept.append([line for i, line in enumerate(page) if i not in gone])
    if not any(kept):
        return pages, []  # every page says the same, so that is the text
    return kept, [f"running heads taken out: {_listed(out)}"] if out else []


def _repeated(pages: list[Page]) -> set[str]:
    """What stands at the edge of most pages, and of two at least."""
    seen = Counter(key for page in pages for key in {_key(line.text) for line in _edges(page)})
    return {key for key, times in seen.items() if times >= 2 and times * 2 > len(pages)}


def _from_edges(repeated: list[bool]) -> set[int]:
    """Which lines go: the repeated ones, from the top and from the bottom up to one that is not."""
    top = next((n for n, one in enumerate(repeated[:_EDGE]) if not one), _EDGE)
    bottom = next((n for n, one in enumerate(repeated[: -_EDGE - 1 : -1]) if not one), _EDGE)
    last = len(repeated)
    return {*range(min(top, last)), *range(max(0, last - bottom), last)}


def _key(line: str) -> str:
    words = _NUMBER.sub("#", line.lower())
    return "#" if _ROMAN.match(words) else words


def _edges(page: Page) -> list[Line]:
    return [page[i] for i in _edge_places(len(page))]


def _edge_places(length: int) -> set[int]:
    return {*range(min(_EDGE, length)), *range(max(0, length - _EDGE), length)}


def paragraphs(pages: list[Page]) -> Iterator[str]:
    """Lines joined as far as a paragraph seems to go, also over the end of a page."""
    lines = [(number, line) for number, page in enumerate(pages) for line in page]
    width = _typical(_width(line.text) for _, line in lines)
    gap = _typical((line.below for _, line in lines if line.below), part=0.5)
    under_way = ""
    for (number, line), (before, above) in zip(lines, [(-1, Line("", 0)), *lines], strict=False):
        apart = number == before and gap > 0 and line.below > _GAP * gap
        if under_way and (apart or _ends(above.text, line.text, width)):
            yield under_way
            under_way = ""
        under_way += _glue(under_way, line.text) + line.text
    if under_way:
        yield under_way


def _glue(before: str, line: str) -> str:
    """What belongs between the end of a line and the next."""
    if not before or before.endswith(_HYPHEN):
        return ""
    return "" if all(map(_IN_NO_SPACES.match, (before[-1], line[:1]))) else " "


def _width(line: str) -> int:
    """How wide a line is, in Latin letters: of some scripts each is as wide as two."""
    return len(line) + len(_IN_NO_SPACES.findall(line))


def _typical(values: Iterable[float], part: float = 0.9) -> float:
    ordered = sorted(values)
    return ordered[int(part * (len(ordered) - 1))] if ordered else 0.0


def _ends(line: str, following: str, width: float) -> bool:
    """Whether a paragraph ends with this line: it is short, and the next begins afresh."""
    if _POINT.match(following):
        return True
    if line.endswith((_HYPHEN, "-", ",", ";")) or following[:1].islower():
        return False
    short = _WIDE if _ENDS_SENTENCE.search(line) else 0.6
    return _width(line) < short * width


def joined_words(text: str) -> tuple[str, list[str]]:
    """The halves of words put together; a word that has its own hyphen elsewhere keeps it."""
    rest = _SPLIT.sub(" ", text)
    words = {word.lower() for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", rest)}
    together: list[str] = []
    kept: list[str] = []

    def join(match: re.Match[str]) -> str:
        whole, hyphened = match[1] + match[3], f"{match[1]}-{match[3]}"
        own = hyphened.lower() in words or match[1].lower() in _BEFORE_HYPHEN
        if (own and whole.lower() not in words) or not match[3][0].islower():
            kept.append(hyphened)
            return hyphened
        together.append(f"{match[1]}|{match[3]}")
        return whole

    joined = _SPLIT.sub(join, text).replace(_HYPHEN, "-")
    notes = []
    if together:
        taken = counted(len(together), "hyphen")
        notes.append(f"{taken} at line ends taken out: {_listed(together)}")
    if kept:
        notes.append(f"{counted(len(kept), 'hyphen')} at line ends kept: {_listed(kept)}")
    return joined, notes


def _listed(things: list[str]) -> str:
    unique = list(dict.fromkeys(things))
    more = f" and {len(unique) - _SHOWN} more" if len(unique) > _SHOWN else ""
    return ", ".join(f"“{thing[:60]}”" for thing in unique[:_SHOWN]) + more
