"""Agreement as JSON; ``python -m`` this to print its JSON Schema.

Ids are texts, offsets code points. A figure is a number or null, and where it is null ``undefined``
says why. Numbers are rounded to six digits after the point.
"""

from __future__ import annotations

import sys
from typing import Any, Final, Literal

import msgspec

from annotator import __version__
from annotator.analysis.agreement.figure import Excluded, Figure
from annotator.analysis.agreement.report import Report
from annotator.formats.agreement_text import advice
from annotator.formats.review_round.content import Names

FORMAT: Final = "annotator agreement"
VERSION: Final = 1
_DIGITS = 6


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An object of the file."""


class FileLayer(Part, frozen=True, kw_only=True):
    """A layer that was compared, with what there is of it."""

    id: str
    name: str
    articles: int
    """It has finished."""
    shared: int
    """Of these, finished by another layer too."""
    marks: dict[str, int]
    """By kind, with words, on the shared articles."""


class FilePair(Part, frozen=True, kw_only=True):
    """How many articles two layers both finished."""

    layers: tuple[str, str]
    articles: int


class FileExcluded(Part, frozen=True, kw_only=True):
    """What was left out, and why."""

    count: int
    what: str
    why: str


class FileCoverage(Part, frozen=True, kw_only=True):
    """What there was to compare."""

    articles: int
    finished_by: dict[str, int]
    """How many articles were finished by how many layers."""
    layers: tuple[FileLayer, ...]
    pairs: tuple[FilePair, ...]
    excluded: tuple[FileExcluded, ...]


class FileInterval(Part, frozen=True, kw_only=True):
    """The middle 95 % over resamples of articles; ``resamples`` are those with a value."""

    low: float
    high: float
    resamples: int


class FileFigure(Part, frozen=True, kw_only=True):
    """A figure. Of a directed measure (``found.…``), what the first layer has the second found."""

    measure: str
    of: str
    """The kind, or role and field; empty for all together."""
    layers: tuple[str, ...]
    value: float | None
    undefined: str
    units: int
    unit: str
    articles: int
    excluded: tuple[FileExcluded, ...]
    interval: FileInterval | None


class FileArticle(Part, frozen=True, kw_only=True):
    """An article that two or more finished; the worst comes first."""

    id: str
    title: str
    layers: int
    f1_overlap: float | None
    f1_characters: float | None
    alpha_sets: float | None
    f1_aligned: float | None
    unaligned: int


class FileAgreement(Part, frozen=True, kw_only=True):
    """Agreement between the layers of a project."""

    format: Literal["annotator agreement"]
    version: Literal[1]
    program: str
    project: str
    codebook: str
    offsets: Literal["code points"]
    resamples: int
    seed: int
    overlaps: tuple[str, ...]
    """Where marks overlap and one kind must count, the kind that comes first; if there is none
    here, the shorter mark counted."""
    note: str
    """What to do where nothing could be compared; usually empty."""
    coverage: FileCoverage
    figures: tuple[FileFigure, ...]
    articles: tuple[FileArticle, ...]


def layout(report: Report, names: Names) -> FileAgreement:
    """A report as the file has it."""
    return FileAgreement(
        format="annotator agreement",
        version=1,
        program=f"annotator {__version__}",
        project=names.project,
        codebook=names.book.name,
        offsets="code points",
        resamples=report.resamples,
        seed=report.seed,
        overlaps=report.priority,
        note=" ".join(advice(report, names)),
        coverage=_coverage(report, names),
        figures=tuple(map(_figure, report.figures)),
        articles=tuple(
            FileArticle(
                id=str(one.article),
                title=names.article(one.article),
                layers=one.layers,
                f1_overlap=_rounded(one.f1),
                f1_characters=_rounded(one.characters),
                alpha_sets=_rounded(one.alpha),
                f1_aligned=_rounded(one.aligned),
                unaligned=one.unaligned,
            )
            for one in report.worst
        ),
    )


def encode(report: Report, names: Names) -> bytes:
    """The file."""
    return msgspec.json.format(msgspec.json.encode(layout(report, names)), indent=2) + b"\n"


def schema() -> dict[str, Any]:
    """What ``resources/schema`` holds (https://json-schema.org/draft/2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Annotator agreement, version {VERSION}",
        **msgspec.json.schema(FileAgreement),
    }


def _coverage(report: Report, names: Names) -> FileCoverage:
    found = report.coverage
    return FileCoverage(
        articles=found.articles,
        finished_by={str(by): number for by, number in found.by_observers.items()},
        layers=tuple(
            FileLayer(
                id=str(one.layer),
                name=names.layer(one.layer),
                articles=one.articles,
                shared=one.shared,
                marks=one.marks,
            )
            for one in found.layers
        ),
        pairs=tuple(
            FilePair(layers=(str(a), str(b)), articles=number)
            for (a, b), number in found.pairs.items()
        ),
        excluded=_excluded((*found.excluded, *report.excluded)),
    )


def _figure(figure: Figure) -> FileFigure:
    spread = figure.interval
    return FileFigure(
        measure=figure.measure,
        of=figure.of,
        layers=tuple(map(str, figure.layers)),
        value=_rounded(figure.value),
        undefined=figure.undefined,
        units=figure.units,
        unit=figure.unit,
        articles=figure.articles,
        excluded=_excluded(figure.excluded),
        interval=None
        if spread is None
        else FileInterval(
            low=round(spread.low, _DIGITS),
            high=round(spread.high, _DIGITS),
            resamples=spread.resamples,
        ),
    )


def _excluded(found: tuple[Excluded, ...]) -> tuple[FileExcluded, ...]:
    return tuple(FileExcluded(count=one.count, what=one.what, why=one.why) for one in found)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def as_file() -> bytes:
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2) + b"\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(as_file())
