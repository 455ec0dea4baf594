"""How far the layers agree on each article, the worst first."""

from __future__ import annotations

from typing import Any

import numpy as np

from annotator.analysis.agreement.characters import CharacterTallies, set_alpha
from annotator.analysis.agreement.coefficient import f1
from annotator.analysis.agreement.counts import Counts
from annotator.analysis.agreement.report import ArticleAgreement
from annotator.analysis.agreement.sample import Array, Floats, Sample
from annotator.analysis.agreement.spans import SpanTallies
from annotator.analysis.agreement.statement_tables import ALIGNED, ONE, OTHER, StatementTables


def worst_first(
    sample: Sample, counts: Counts, statements: StatementTables
) -> list[ArticleAgreement]:
    """The articles that at least two finished, those without any marks last.

    ``statements`` are of just these articles, in the order of the sample.
    """
    observers = sample.observers
    rows = np.flatnonzero(observers >= 2)
    ids = np.array(sample.articles, dtype=np.int64)[rows]
    spans = _f1(counts.spans, counts.spans.overlap)[rows]
    characters = _f1(counts.characters, counts.characters.both)[rows]
    alpha = set_alpha(counts.characters, counts.sets)[rows]
    said = statements.pairs.sum(axis=1)
    aligned = f1(said[:, ALIGNED], said[:, ONE], said[:, OTHER])
    order = np.lexsort((ids, _last(characters), _last(spans)))
    columns = (ids, observers[rows], spans, characters, alpha, aligned, statements.unaligned)
    told = [_numbers(column[order]) for column in columns]
    return [ArticleAgreement(*one) for one in zip(*told, strict=True)]


def _f1(tallies: SpanTallies | CharacterTallies, both: Floats) -> Floats:
    """By article, all pairs and kinds together."""
    pairs_and_kinds = (1, 2)
    return f1(
        both.sum(axis=pairs_and_kinds),
        tallies.one.sum(axis=pairs_and_kinds),
        tallies.other.sum(axis=pairs_and_kinds),
    )


def _last(column: Floats) -> Floats:
    """Undefined ones behind all others."""
    return np.where(np.isnan(column), 2.0, column)


def _numbers(column: Array) -> list[Any]:
    """None for what is undefined."""
    found: list[Any] = column.tolist()
    return [None if value != value else value for value in found]
