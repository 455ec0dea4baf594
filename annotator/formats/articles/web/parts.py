"""What an extraction made of a page, as paragraphs: also of what it left beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.formats.articles.text_in import Part
from annotator.formats.articles.web.tree import CAPTION

_BLOCKS = frozenset("p head list item quote table row cell div".split())
_OF_WORDS = (_BLOCKS | {"code"}) - {"div", "list", "table"}
_ENDS_WORDS = re.compile(r"[ \t(\[{“‘«]$")
_GOES_ON = re.compile(r"[ \t,.;:!?)\]}”’»%]")


def parts(element: Any) -> Iterator[Part]:
    """The paragraphs in it, in order: those of its blocks, and what it says beside them."""
    text, beside = element.text or "", True
    for child in element:
        if _is_in_line(child, element):
            text, beside = text + "".join(_in_order(child)), True
        elif child.tag == "p" and not any(one.tag in _BLOCKS for one in child):
            paragraph = "".join(_in_order(child))
            if not (beside and _are_one(text, paragraph)):
                yield from _part(element.tag, text)
                text = ""
            text, beside = text + paragraph, False
        else:
            yield from _part(element.tag, text)
            yield from _block(child)
            text, beside = "", True
        tail = child.tail or ""
        if tail.strip() and not beside and not _are_one(text, tail):
            yield from _part(element.tag, text)
            text = ""
        if tail.strip():
            beside = True
        text += tail
    yield from _part(element.tag, text)


def _is_in_line(child: Any, element: Any) -> bool:
    if child.tag == "code":
        return element.tag in _OF_WORDS
    return child.tag not in _BLOCKS


def _are_one(before: str, after: str) -> bool:
    """Whether a paragraph is only the rest of a line: extractions cut lines at links."""
    if CAPTION in after or not before.strip():
        return False
    return bool(_ENDS_WORDS.search(before) or _GOES_ON.match(after))


def _block(element: Any) -> Iterator[Part]:
    if element.tag == "row":
        cells = [" ".join("".join(_in_order(cell)).split()) for cell in element]
        if any(cells):
            yield Part("\t".join(cells), "body")
    else:
        yield from parts(element)


def _part(tag: str, text: str) -> Iterator[Part]:
    text = text.strip()
    if text.startswith(CAPTION):
        yield Part(text.removeprefix(CAPTION).strip(), "caption")
    elif any(map(str.isalpha, text)) or (text and tag in _OF_WORDS):
        yield Part(text.replace(CAPTION, ""), "heading" if tag == "head" else None)


def _in_order(element: Any) -> Iterator[str]:
    """All its words; a line break within it ends a line."""
    if element.tag == "lb":
        yield "\n"
    yield element.text or ""
    for child in element:
        yield from _in_order(child)
        yield child.tail or ""
