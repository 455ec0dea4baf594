"""Markdown in: paragraphs and headings as they are read, without the signs that make them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from annotator.core.model import BlockType
from annotator.formats.articles.decoding import decoded
from annotator.formats.articles.published import iso
from annotator.formats.articles.source import Source
from annotator.formats.articles.text_in import Known, Part, TextIn, text_of_parts

_HEADING = re.compile(r" {0,3}#{1,6}(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_QUOTED = re.compile(r"^ {0,3}(?:> ?)+")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
# What brackets hold has no brackets in it, so that no line is gone through again and again.
_PICTURE = re.compile(r"!\[([^\[\]\n]{0,2000})\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,2000})\]\([^()\n]{0,2000}\)")
_ADDRESS = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_INLINE = tuple(
    re.compile(
        rf"(?<![\w{sign}\\]){end}(?=[^\s{sign}])([^{sign}\n]{{1,2000}}?)(?<=\S){end}(?![\w{sign}])"
    )
    for sign, end in (("*", r"\*\*"), ("_", "__"), ("*", r"\*"), ("_", "_"), ("`", "`"))
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)")
_MOST_FIELDS, _LONGEST = 60, 500
_NAMES = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publication", "publisher", "site", "site_name"),
    "author": ("author", "authors", "byline"),
    "published": ("published", "date", "published_at"),
    "url": ("url", "link", "canonical", "source_url"),
}


def read(source: Source) -> TextIn:
    """An article as Markdown; signs and the addresses of links are left out, and that is noted."""
    raw, encoding, notes, _ = decoded(source.whole(), source.where)
    fields, lines = _front_matter(re.split(r"\r\n|[\r\n]", raw.removeprefix("\ufeff")))
    parts = list(_parts(lines))
    if " ".join(part.text for part in parts).split() != " ".join(lines).split():
        notes = (*notes, "Markdown signs left out")
    links = sum(len(_LINK.findall(_PICTURE.sub("", line))) for line in lines)
    if links:
        notes = (*notes, f"{links} address{'es' if links > 1 else ''} of links left out")
    return text_of_parts(
        parts,
        source.name,
        source.where,
        encoding=encoding,
        notes=notes,
        known=_known(fields, parts),
    )


def _front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """What stands between two lines of dashes at the top, if all of it names something."""
    if not lines or lines[0].rstrip() != "---":
        return {}, lines
    inside = list(
        takewhile(lambda line: line.rstrip() not in ("---", "..."), lines[1:_MOST_FIELDS])
    )
    named = [match for line in inside if line.strip() and (match := _FIELD.fullmatch(line))]
    if len(inside) + 1 == len(lines[:_MOST_FIELDS]) or len(named) < sum(
        map(bool, map(str.strip, inside))
    ):
        return {}, lines
    fields = {name[1].strip().lower(): name[2][:_LONGEST].strip().strip("\"'") for name in named}
    return fields, lines[len(inside) + 2 :]


def _known(fields: dict[str, str], parts: list[Part]) -> Known:
    said = {
        field: next((fields[name] for name in names if fields.get(name)), "")
        for field, names in _NAMES.items()
    }
    headline = next((part.text for part in parts if part.type == "headline"), "")
    return Known(
        title=said["title"] or headline,
        outlet=said["outlet"],
        author=said["author"].strip("[]"),
        published=iso(said["published"]),
        url=said["url"],
    )


def _parts(lines: list[str]) -> Iterator[Part]:
    """Paragraphs, whose lines run on, and headings, of which the first of all is the headline."""
    run: list[str] = []
    begun = False

    def paragraph() -> Iterator[Part]:
        nonlocal begun
        if run:
            begun = True
            yield Part(_plain(" ".join(run)), "caption" if _is_picture(run) else None)
            run.clear()

    for line in lines:
        bare = _QUOTED.sub("", line, count=1)
        heading = _HEADING.match(bare)
        if run and _UNDERLINE.fullmatch(bare) and len(run) == 1:
            yield Part(_plain(run.pop()), _type(begun))
            begun = True
        elif heading:
            yield from paragraph()
            yield Part(_plain(_heading(bare[heading.end() :].strip())), _type(begun))
            begun = True
        elif not bare.strip() or _RULE.fullmatch(bare):
            yield from paragraph()
        else:
            if _ITEM.match(bare):
                yield from paragraph()
            run.append(bare.strip().removesuffix("\\"))
            if bare.endswith(("  ", "\\")):
                yield from paragraph()
    yield from paragraph()


def _heading(line: str) -> str:
    """A heading without the signs that some also put at its end."""
    bare = line.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else line


def _type(begun: bool) -> BlockType:
    return "heading" if begun else "headline"


def _is_picture(run: list[str]) -> bool:
    return _PICTURE.fullmatch(" ".join(run).strip()) is not None


def _plain(text: str) -> str:
    """A line without the signs of emphasis, code, links and pictures."""
    text = _ADDRESS.sub(r"\1", _LINK.sub(r"\1", _PICTURE.sub(r"\1", text)))
    for sign in _INLINE:
        text = sign.sub(r"\1", text)
    return _ESCAPED.sub(r"\1", text)
