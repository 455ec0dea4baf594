"""A round of review as JSON: agreement as :mod:`annotator.formats.agreement_json` has it, and the rest."""

from __future__ import annotations

import sys
from typing import Any, Literal

import msgspec

from annotator.analysis.differences import Name, Type
from annotator.formats.agreement_json import FileAgreement, Part, layout
from annotator.formats.review_round.content import Decided, Flat, Round, Told


class FileDifference(Part, frozen=True, kw_only=True):
    """One disagreement; ``readings`` are by layer, in words."""

    type: Type
    role: str | None
    field: str | None
    article: str
    start: int | None
    end: int | None
    quote: str
    readings: dict[str, str]


class FileCount(Part, frozen=True, kw_only=True):
    """How many disagreements there are of a sort."""

    type: Type
    role: str | None
    field: str | None
    count: int


class FileSource(Part, frozen=True, kw_only=True):
    """A thing that was judged, in words."""

    layer: str
    words: str


class FileDecision(Part, frozen=True, kw_only=True):
    """What a reviewer decided."""

    article: str
    decision: str
    reason: str
    note: str
    gap: bool
    by: str
    sources: tuple[FileSource, ...]
    gold: tuple[str, ...]


class FileStatement(Part, frozen=True, kw_only=True):
    """A statement of gold: words by role, fields by role and name."""

    article: str
    statement: str
    quotes: dict[str, str]
    fields: dict[str, str]


class FileRound(Part, frozen=True, kw_only=True):
    """One round of review."""

    format: Literal["annotator review round"]
    version: Literal[1]
    made_at: str
    agreement: FileAgreement
    reviewed: dict[str, int]
    counts: tuple[FileCount, ...]
    differences: tuple[FileDifference, ...]
    decisions: tuple[FileDecision, ...]
    gold: tuple[FileStatement, ...]


def counts(content: Round) -> list[tuple[Name, int]]:
    """The sorts of disagreement, the most frequent first."""
    found: dict[Name, int] = {}
    for one in content.differences:
        found[one.name] = found.get(one.name, 0) + 1
    return sorted(found.items(), key=lambda item: (-item[1], tuple(str(part) for part in item[0])))


def encode(content: Round) -> bytes:
    """The file."""
    file = FileRound(
        format="annotator review round",
        version=1,
        made_at=content.made_at,
        agreement=layout(content.agreement, content.names),
        reviewed=content.reviewed,
        counts=tuple(
            FileCount(type=type, role=role, field=field, count=number)
            for (type, role, field), number in counts(content)
        ),
        differences=tuple(map(_difference, content.differences)),
        decisions=tuple(map(_decision, content.decisions)),
        gold=tuple(map(_statement, content.gold)),
    )
    return msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n"


def _difference(one: Told) -> FileDifference:
    type, role, field = one.name
    return FileDifference(
        type=type,
        role=role,
        field=field,
        article=str(one.article),
        start=one.start,
        end=one.end,
        quote=one.quote,
        readings={str(layer): words for layer, words in one.readings.items()},
    )


def _decision(one: Decided) -> FileDecision:
    return FileDecision(
        article=str(one.article),
        decision=one.decision,
        reason=one.reason,
        note=one.note,
        gap=one.gap,
        by=one.by,
        sources=tuple(FileSource(layer=str(layer), words=words) for layer, words in one.sources),
        gold=one.gold,
    )


def _statement(one: Flat) -> FileStatement:
    return FileStatement(
        article=str(one.article),
        statement=str(one.statement),
        quotes=one.quotes,
        fields=one.fields,
    )


def schema() -> dict[str, Any]:
    """What ``resources/schema`` holds (https://json-schema.org/draft/2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Annotator review round, version 1",
        **msgspec.json.schema(FileRound),
    }


def as_file() -> bytes:
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2) + b"\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(as_file())
