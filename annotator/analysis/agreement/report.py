"""Agreement as it is reported: what was compared, the figures, and the articles, the worst first."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from annotator.analysis.agreement.bootstrap import RESAMPLES, SEED
from annotator.analysis.agreement.coverage import Coverage
from annotator.analysis.agreement.figure import Excluded, Figure
from annotator.core.model import Id


class ArticleAgreement(msgspec.Struct, frozen=True):
    """How far the layers agree on one article, all pairs and kinds together; None is undefined."""

    article: Id
    layers: int
    """How many are done on it."""
    f1: float | None
    """``f1.overlap``"""
    characters: float | None
    """``f1.characters``"""
    alpha: float | None
    """``alpha.sets``"""
    aligned: float | None
    """``f1.aligned``"""
    unaligned: int
    """Statements that no other layer has."""


@dataclass(frozen=True, slots=True)
class Report:
    """Agreement between layers."""

    layers: tuple[Id, ...]
    articles: tuple[Id, ...]
    """All that were asked for, compared or not."""
    kinds: tuple[str, ...]
    coverage: Coverage
    figures: tuple[Figure, ...]
    worst: tuple[ArticleAgreement, ...]
    """The articles that at least two finished, the worst first."""
    excluded: tuple[Excluded, ...] = ()
    """What may not be seen by who asks."""
    resamples: int = RESAMPLES
    seed: int = SEED
    priority: tuple[str, ...] = ()
    """Where marks overlap and one kind must count, the kind that comes first here; if this is
    empty, the shorter mark."""

    def figure(self, measure: str, of: str, layers: tuple[Id, ...]) -> Figure | None:
        """One figure, by what it is; the order of layers counts in a directed measure only."""
        either = {layers, layers[::-1]} if not is_directed(measure) else {layers}
        return next(
            (f for f in self.figures if (f.measure, f.of) == (measure, of) and f.layers in either),
            None,
        )


def is_directed(measure: str) -> bool:
    """Whether A with B is something else than B with A."""
    return measure.startswith("found.")
