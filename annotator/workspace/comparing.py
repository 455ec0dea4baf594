"""Comparing layers on articles: counted in steps, kept, and counted anew where something changed.

A layer that may not be seen is missing here, as if it were not done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from annotator.analysis.agreement import counts as mark_counts
from annotator.analysis.agreement import statement_counts
from annotator.analysis.agreement.bootstrap import RESAMPLES, SEED, Resamples
from annotator.analysis.agreement.counts import Counts, count, keep, read_kept
from annotator.analysis.agreement.coverage import coverage_of
from annotator.analysis.agreement.figure import Excluded
from annotator.analysis.agreement.mark_figures import compared, figures_over
from annotator.analysis.agreement.report import Report
from annotator.analysis.agreement.sample import Bools, Ints, Sample, sample_of
from annotator.analysis.agreement.statement_counts import StatementCounts, count_statements
from annotator.analysis.agreement.statement_figures import figures_of
from annotator.analysis.agreement.statement_tables import StatementTables, statement_tables
from annotator.analysis.agreement.worst import worst_first
from annotator.analysis.sheet import Scheme, Sheet, scheme, sheet_of
from annotator.core.codebook import Codebook
from annotator.core.model import Id
from annotator.core.review.blindness import Sees
from annotator.store.agreement_rows import AgreementRows, Kept, digest_of

CHUNK = 25
"""Articles counted at once: fewer take longer in all, more make the steps longer."""
_SORT = 1
"""Of what is kept; raised whenever it means something else."""


class _Row(msgspec.Struct, array_like=True):
    """What is kept of an article."""

    marks: bytes
    statements: bytes
    """Empty when fewer than two are done."""
    numbers: list[list[int]]
    """By layer, marks by kind, and last those that are implied."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be compared; without articles, all there are."""

    layers: tuple[Id, ...]
    articles: tuple[Id, ...] | None = None
    priority: tuple[str, ...] = ()
    """Kinds, all of them: where marks overlap and one must count, the one that comes first."""


class Comparison:
    """The layers of a project compared. :meth:`steps` first, all of them; then :meth:`report`.

    Made by :meth:`annotator.workspace.Workspace.comparison`. It belongs to one thread, but what
    :meth:`reporter` gives may be called on any.
    """

    def __init__(
        self,
        rows: AgreementRows,
        book: Codebook,
        wanted: Wanted,
        sight: Callable[[], Sees],
    ) -> None:
        self._rows, self._sight = rows, sight
        self.wanted = wanted
        self.book = book
        self.scheme: Scheme = scheme(book)
        self._digest = digest_of(
            _SORT,
            mark_counts.VERSION,
            statement_counts.VERSION,
            wanted.layers,
            wanted.priority,
            msgspec.json.encode(msgspec.structs.replace(book, name="", guidelines="")).decode(),
        )
        self._lengths = rows.lengths(wanted.articles)
        self.sample = self._sampled(self._lengths)
        self._visible = self._seen(self.sample.articles)
        self._hide()
        self._found: dict[Id, _Row] = {}
        self._stamps: dict[Id, str] = {}
        self._counts: Counts | None = None
        self._statements: dict[Id, StatementCounts] = {}
        self._tables = statement_tables(wanted.layers, ())
        self._numbers = np.zeros((0, len(wanted.layers), len(book.kinds) + 1), dtype=np.int64)
        self._drawn: dict[tuple[int, int], Resamples] = {}

    def _sampled(self, lengths: dict[Id, int]) -> Sample:
        wanted = self.wanted
        done = self._rows.done(lengths if wanted.articles is not None else None)
        return sample_of(lengths, wanted.layers, tuple(self.book.kinds), done, wanted.priority)

    def _seen(self, articles: Iterable[Id]) -> Bools:
        sees, layers = self._sight(), self.wanted.layers
        cells = [[sees(article, layer) for layer in layers] for article in articles]
        return np.array(cells, dtype=np.bool_).reshape(len(cells), len(layers))

    def _hide(self) -> None:
        self.sample = replace(self.sample, finished=self.sample.finished & self._visible)

    # Counting

    def steps(self, chunk: int = CHUNK) -> Iterator[float]:
        """Count what was not kept; after each step the share that is done, last 1."""
        articles = self.sample.articles
        self._stamps = self._stamped(None if self.wanted.articles is None else articles)
        kept = self._rows.kept(self._digest)
        fresh = {id: kept[id].data for id in articles if self._is_fresh(id, kept.get(id))}
        self._take_over(fresh)
        todo = [row for row, article in enumerate(articles) if article not in self._found]
        new = [articles[row] for row in todo]
        for at in range(0, len(todo), chunk):
            yield at / len(todo)
            self._count(todo[at : at + chunk])
        self._put_all()
        if new:
            self._keep(new)
        yield 1.0

    def _is_fresh(self, article: Id, kept: Kept | None) -> bool:
        return kept is not None and kept.stamp == self._stamps[article]

    def _take_over(self, kept: Mapping[Id, bytes]) -> None:
        """What was kept of articles; all are counted anew if anything there is damaged."""
        decode = msgspec.msgpack.Decoder(_Row).decode
        shape = (len(self.wanted.layers), len(self.sample.kinds) + 1)
        try:
            rows = {article: decode(data) for article, data in kept.items()}
            said = {
                article: statement_counts.read_kept(row.statements)
                for article, row in rows.items()
                if row.statements
            }
            read_kept([row.marks for row in rows.values()], shape[0], shape[1] - 1)
        except (msgspec.MsgspecError, ValueError):
            return
        if all(np.shape(row.numbers) == shape for row in rows.values()):
            self._found, self._statements = rows, said

    def _stamped(self, articles: Sequence[Id] | None) -> dict[Id, str]:
        """What an article's counts depend on: its revisions, and which layers are compared."""
        stamps = self._rows.stamps(articles)
        rows = {article: row for row, article in enumerate(self.sample.articles)}
        found = {}
        for article in self.sample.articles if articles is None else articles:
            row = rows[article]
            state = "".join(
                str(int(done) + 2 * int(seen))
                for done, seen in zip(
                    self.sample.finished[row].tolist(), self._visible[row].tolist(), strict=True
                )
            )
            found[article] = f"{stamps.get(article, '')}/{self._lengths[article]}/{state}"
        return found

    def _count(self, some: Sequence[int]) -> Counts:
        """Count these rows of the sample."""
        sample, visible = self.sample.only(some), self._visible[list(some)]
        marked = self._rows.marked(sample.articles, sample.layers, sample.kinds, visible)
        counts = count(sample, marked.pieces)
        sheets = [sheet for row in range(len(some)) if (sheet := self._sheet(sample, row))]
        statements = {one.article: one for one in count_statements(sheets, self.scheme)}
        for row, (article, data) in enumerate(zip(sample.articles, keep(counts), strict=True)):
            said = statements.get(article)
            self._statements.pop(article, None)
            if said is not None:
                self._statements[article] = said
            kept = b"" if said is None else statement_counts.keep(said)
            self._found[article] = _Row(data, kept, marked.numbers[row].tolist())
        return counts

    def sheet(self, article: Id) -> Sheet | None:
        """The layers that are done on an article, if there are at least two."""
        if article not in self.sample.articles:
            return None
        return self._sheet(self.sample, self.sample.articles.index(article))

    def _sheet(self, sample: Sample, row: int) -> Sheet | None:
        done = [
            layer
            for layer, is_done in zip(sample.layers, sample.finished[row].tolist(), strict=True)
            if is_done
        ]
        if len(done) < 2:
            return None
        article = sample.articles[row]
        return sheet_of(article, done, *self._rows.said(article, done))

    def _read(self, articles: Sequence[Id]) -> Counts:
        rows = [self._found[article].marks for article in articles]
        return read_kept(rows, len(self.wanted.layers), len(self.sample.kinds))

    def _keep(self, articles: Iterable[Id]) -> None:
        found = {
            article: Kept(self._stamps[article], msgspec.msgpack.encode(self._found[article]))
            for article in articles
        }
        self._rows.keep(self._digest, found, time.time_ns() // 1_000_000)

    # Counting anew

    def refresh(self, articles: Iterable[Id]) -> bool:
        """Count some articles anew; False when it takes a new comparison, as there are others now."""
        changed = sorted(set(articles))
        lengths = self._rows.lengths(changed)
        there = {id for id in changed if id in self._lengths}
        if self.wanted.articles is None:
            if lengths.keys() != there:
                return False
        elif not there <= lengths.keys():
            return False
        rows = [row for row, id in enumerate(self.sample.articles) if id in there]
        if rows:
            self._look_again(rows)
            articles = [self.sample.articles[row] for row in rows]
            self._stamps.update(self._stamped(articles))
            self._put(rows, self._count(rows))
            self._keep(articles)
        return True

    def _look_again(self, rows: Sequence[int]) -> None:
        """Who is done with these, and what may be seen."""
        lengths = {self.sample.articles[row]: int(self.sample.lengths[row]) for row in rows}
        done = sample_of(
            lengths, self.wanted.layers, self.sample.kinds, self._rows.done(lengths)
        ).finished
        finished, visible = self.sample.finished.copy(), self._visible.copy()
        visible[list(rows)] = self._seen(lengths)
        finished[list(rows)] = done & visible[list(rows)]
        self.sample = replace(self.sample, finished=finished)
        self._visible = visible

    def _put_all(self) -> None:
        articles = self.sample.articles
        self._counts = self._read(articles)
        self._tables = self._put_together()
        shape = len(articles), len(self.sample.layers), len(self.sample.kinds) + 1
        told = [self._found[article].numbers for article in articles]
        self._numbers = np.array(told, dtype=np.int64).reshape(shape)

    def _put(self, rows: Sequence[int], new: Counts) -> None:
        if len(rows) > 1 or self._counts is None:
            self._put_all()
            return
        (row,) = rows
        article = self.sample.articles[row]
        self._counts = self._counts.replaced(row, new)
        self._numbers = self._numbers.copy()
        self._numbers[row] = self._found[article].numbers
        said = self._statements.get(article)
        if said is not None and said.article in self._tables.articles:
            self._tables = self._tables.replaced(said)
        else:
            self._tables = self._put_together()

    def _put_together(self) -> StatementTables:
        found = (self._statements.get(article) for article in self.sample.articles)
        return statement_tables(self.wanted.layers, [one for one in found if one is not None])

    # Reporting

    def report(self, resamples: int = RESAMPLES, seed: int = SEED) -> Report:
        """All figures; without resamples no intervals, which are most of the work."""
        return self.reporter(resamples, seed)()

    def reporter(self, resamples: int = RESAMPLES, seed: int = SEED) -> Callable[[], Report]:
        """What makes the report of things as they are now, on any thread."""
        counts = self._counts
        if counts is None:
            raise ValueError("Nothing has been counted yet.")
        state = _State(
            self.sample,
            counts,
            self._tables,
            self.scheme,
            self._numbers,
            self._excluded(),
            self._resamples(resamples, seed),
            resamples,
            seed,
        )
        return state.report

    def _resamples(self, resamples: int, seed: int) -> Resamples:
        """Those drawn the last time, unless other articles are compared by now."""
        articles = tuple(compared(self.sample))
        drawn = self._drawn.get((resamples, seed))
        if drawn is None or drawn.articles != articles:
            drawn = Resamples(articles, resamples, seed)
            self._drawn[resamples, seed] = drawn
        return drawn

    def _excluded(self) -> tuple[Excluded, ...]:
        hidden = int((~self._visible).any(axis=1).sum())
        why = "a layer is hidden from you there"
        return (Excluded(hidden, "articles", why),) if hidden else ()


@dataclass(frozen=True, slots=True)
class _State:
    """All that a report is made from; nothing in it ever changes."""

    sample: Sample
    counts: Counts
    statements: StatementTables
    scheme: Scheme
    numbers: Ints
    excluded: tuple[Excluded, ...]
    drawn: Resamples
    resamples: int
    seed: int

    def report(self) -> Report:
        sample = self.sample
        figures = (
            *figures_over(sample, self.counts, self.drawn),
            *figures_of(self.statements, self.scheme, self.drawn),
        )
        return Report(
            sample.layers,
            sample.articles,
            sample.kinds,
            coverage_of(sample, self.numbers[:, :, :-1], int(self.numbers[:, :, -1].sum())),
            figures,
            tuple(worst_first(sample, self.counts, self.statements)),
            self.excluded,
            self.resamples,
            self.seed,
            sample.priority,
        )
