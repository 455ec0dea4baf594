"""Where an Annotator JSON file has its line ends.

What is there once, such as the codebook, stands indented, a value a line; so do the fields of an
article and of its layers. What there are many of has a line each: blocks, marks, statements,
verdicts, comments. A string in JSON has no line ends, so a line is found by how it begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from annotator.formats.annotator_layout import File, FileArticle, FileLayer, Part

LIST = b'\n  "articles": ['
"""Where the articles begin."""
FIRST, BETWEEN = b"\n    ", b",\n    "
"""What is before the first of them, and before each other."""
END = b"\n  ],\n"
"""What is after the last."""
NONE = b"],\n"
"""What is after where they begin when there are none."""
_STEP = 2
_ARTICLE, _SAID = 4, 12
"""How far an article is indented, and a mark or statement of one of its layers."""


@dataclass(frozen=True, slots=True)
class Apart:
    """What is around the members of a list, and between them."""

    opening: str = "["
    between: str = ","
    closing: str = "]"

    def together(self, members: Iterable[str]) -> str:
        """A list of one or more members."""
        return f"{self.opening}{self.between.join(members)}{self.closing}"


def _on_lines(indent: int) -> Apart:
    start = f"\n{' ' * indent}"
    return Apart(f"[{start}", f",{start}", f"{start[:-_STEP]}]")


COMPACT = Apart()
ON_LINES = _on_lines(_SAID)
"""Marks and statements with a line each."""


def whole(head: File, articles: Iterable[FileArticle]) -> Iterator[bytes]:
    """A file, in pieces with no more than an article; ``head`` has none."""
    before, _, after = indented(head).rpartition(LIST + NONE)
    yield before + LIST
    given = False
    for article in articles:
        yield BETWEEN if given else FIRST
        yield laid_out(article)
        given = True
    yield (END if given else NONE) + after + b"\n"


def indented(part: Part) -> bytes:
    return msgspec.json.format(msgspec.json.encode(part), indent=_STEP)


def laid_out(article: FileArticle) -> bytes:
    """An article as it stands in the file, but for what is before its first line.

    Its marks and statements may be JSON already, with line ends as of :data:`ON_LINES`.
    """
    return _object(article, _ARTICLE)


def _object(part: FileArticle | FileLayer, indent: int) -> bytes:
    """With a field a line."""
    start = b"\n" + b" " * (indent + _STEP)
    fields = [
        b'"%b": %b' % (name.encode(), _value(value, indent + _STEP))
        for name in part.__struct_fields__
        if (value := getattr(part, name)) is not msgspec.UNSET
    ]
    return b"{%b%b%b}" % (start, (b"," + start).join(fields), start[:-_STEP])


def _value(value: object, indent: int) -> bytes:
    """A list of objects has them on lines of their own; what else there is stands on this one."""
    if not (isinstance(value, tuple) and value and isinstance(value[0], Part)):
        return msgspec.json.encode(value)
    start = b"\n" + b" " * (indent + _STEP)
    members = [
        _object(one, indent + _STEP) if isinstance(one, FileLayer) else msgspec.json.encode(one)
        for one in value
    ]
    return b"[%b%b%b]" % (start, (b"," + start).join(members), start[:-_STEP])
