"""Annotator JSON Lines: the project in the first line, then one article a line.

It says the same as Annotator JSON and can be read and written with one article in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import msgspec

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import BadInput
from annotator.formats import annotator_at_once as at_once
from annotator.formats import annotator_json
from annotator.formats.annotator_layout import (
    FORMAT as JSON_FORMAT,
)
from annotator.formats.annotator_layout import (
    OFFSETS,
    VERSION,
    File,
    FileActor,
    FileAnalyst,
    FileArticle,
    FileCodebook,
    FileIssue,
    FileProcedure,
    Part,
)
from annotator.formats.exchange import json_lines
from annotator.formats.exchange.format import Asked, Format, Incoming, Losses, Outgoing, Reached
from annotator.formats.exchange.limits import check_marks
from annotator.formats.strict_json import as_we_write

NAME: Final = "annotator-lines"
Line = TypeVar("Line", bound=Part)


class FileHead(Part, frozen=True, kw_only=True):
    """The first line: an Annotator project without its articles."""

    format: Literal["annotator-lines"]
    version: Literal[1]
    offsets: Literal["code points"]
    project: str
    codebook: FileCodebook
    issues: tuple[FileIssue, ...]
    actors: tuple[FileActor, ...]
    analysts: tuple[FileAnalyst, ...]
    procedure: FileProcedure | None = None


def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    with to.open("wb") as file:
        file.write(json_lines.line(_head_out(outgoing.project)))
        for part in outgoing.articles:
            file.write(json_lines.line(annotator_json.article_out(part)))
    return Losses()


def read(path: Path, asked: Asked) -> Incoming:
    found = stream(path, asked)
    articles: list[ArticleBundle] = []
    count = 0
    for part in found.articles:
        count += len(part.marks)
        check_marks(count, path.name)
        articles.append(part)
    return Incoming(replace(found.project, articles=tuple(articles)), Losses())


def stream(path: Path, _asked: Asked) -> Outgoing:
    """The project, and its articles as they are asked for."""
    lines = json_lines.lines(path)
    where, head = next(lines, (path.name, b"{}"))
    first = json_lines.as_object(json_lines.decoded(head, where), where)
    if first.get("format") != NAME or first.get("version") != VERSION:
        raise BadInput(
            f"{where} is not the head of Annotator JSON Lines of version {VERSION}: its format is"
            f" {json_lines.kind_of(first.get('format'))}, its version"
            f" {json_lines.kind_of(first.get('version'))}."
        )
    reached = Reached()
    articles = _articles(lines, len(head), max(1, path.stat().st_size), reached)
    return Outgoing(_head_in(_as(FileHead, first, where), where), articles, reached)


def _articles(
    lines: Iterator[tuple[str, bytes]], read: int, of: int, reached: Reached
) -> Iterator[ArticleBundle]:
    """After ``read`` of a file's bytes, which are ``of`` in all."""
    for where, line in lines:
        read += len(line)
        reached.share = min(1.0, read / of)
        found: FileArticle | None = as_we_write(line, at_once.ARTICLE)
        if found is None or not at_once.is_sound(found):
            told = json_lines.as_object(json_lines.decoded(line, where), where)
            found = _as(FileArticle, told, where)
        try:
            yield annotator_json.article_in(found, where)
        except msgspec.ValidationError as error:
            raise BadInput(f"{where} is no article of Annotator JSON: {error}.") from error


def _as(type: type[Line], found: dict[str, Any], where: str) -> Line:
    try:
        return msgspec.convert(found, type)
    except msgspec.ValidationError as error:
        raise BadInput(f"{where} is not valid Annotator JSON Lines: {error}.") from error


def _head_out(project: Bundle) -> FileHead:
    file = annotator_json.head_out(project)
    return FileHead(
        format=NAME,
        version=VERSION,
        offsets=OFFSETS,
        project=file.project,
        codebook=file.codebook,
        issues=file.issues,
        actors=file.actors,
        analysts=file.analysts,
        procedure=file.procedure,
    )


def _head_in(head: FileHead, where: str) -> Bundle:
    file = File(
        format=JSON_FORMAT,
        version=VERSION,
        offsets=OFFSETS,
        project=head.project,
        codebook=head.codebook,
        issues=head.issues,
        actors=head.actors,
        analysts=head.analysts,
        articles=(),
        procedure=head.procedure,
    )
    try:
        return annotator_json.bundle_in(file, where)
    except msgspec.ValidationError as error:
        raise BadInput(f"{where} is not valid Annotator JSON Lines: {error}.") from error


def schema() -> dict[str, Any]:
    """The JSON Schema of a line (https://json-schema.org/draft/2020-12)."""
    (head, article), definitions = msgspec.json.schema_components(
        [FileHead, FileArticle], ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A line of Annotator JSON Lines, version {VERSION}: the first, or another",
        "oneOf": [head, article],
        "$defs": definitions,
    }


def _recognises(path: Path, head: bytes) -> bool:
    return NAME.encode() in head[:200] and json_lines.first_object(path, head).get("format") == NAME


FORMAT = Format(
    name="annotator-jsonl",
    title="Annotator JSON Lines",
    suffixes=(".jsonl",),
    read=read,
    write=write,
    stream=stream,
    recognises=_recognises,
    own=True,
)
