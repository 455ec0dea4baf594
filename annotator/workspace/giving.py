"""What leaves a project: records of the articles that are wanted, as far as they may be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

from annotator.core.bundle import ArticleBundle
from annotator.core.columns import MARKS, STATEMENTS, Columns, Row, Stored
from annotator.core.model import GOLD, Article, Assignment, Id, Record, Status
from annotator.core.review.blindness import Sees
from annotator.core.review.records import Comment, Review, Verdict
from annotator.store.project import ProjectFile

Kind = TypeVar("Kind", bound=Record)

_AT_ONCE = 10
"""Articles whose rows are fetched together."""
_OF_LAYER = ("mark", "statement", "status", "comment")
_OF_REVIEW = ("verdict", "review")


@dataclass(frozen=True, slots=True)
class Giver:
    """Puts together what goes out of a project; ``layer`` is the only one wanted, None for all."""

    file: ProjectFile
    text: Callable[[Article], str]
    sees: Sees
    layer: Id | None = None

    def parts(self, articles: Iterable[Article]) -> Iterator[ArticleBundle]:
        """Each article with what may be seen of it and is wanted, few of them in memory."""
        waiting = iter(articles)
        while some := tuple(islice(waiting, _AT_ONCE)):
            found = _Found(self, [article.id for article in some])
            yield from (found.part(article) for article in some)

    def at_work(self) -> set[Id]:
        """The analysts who own a layer that is wanted, changed something in it, or are to."""
        given = self.file.records("assignment")
        named = {record.analyst for record in given if isinstance(record, Assignment)}
        return named | {who for *place, who in self.file.at_work() if self.wants(*place)}

    def wants(self, article: Id, layer: Id) -> bool:
        return self.layer in (None, layer) and self.sees(article, layer)


class _Found:
    """The rows of some articles, fetched with one query a table."""

    def __init__(self, giver: Giver, articles: list[Id]) -> None:
        self._giver = giver
        self._articles = articles
        self._rows: dict[str, dict[Id, list[Row]]] = {}

    def part(self, article: Article) -> ArticleBundle:
        id = article.id
        return ArticleBundle(
            article,
            self._giver.text(article),
            self._all(MARKS, "mark", id),
            self._all(STATEMENTS, "statement", id),
            self._all(_STATUS, "status", id),
            self._all(_ASSIGNMENT, "assignment", id),
            self._all(_VERDICT, "verdict", id),
            self._all(_COMMENT, "comment", id),
            next(iter(self._all(_REVIEW, "review", id)), None),
        )

    def _all(self, columns: Columns[Kind], kind: str, article: Id) -> Sequence[Kind]:
        if kind not in self._rows:
            layer = self._giver.layer if kind in _OF_LAYER else None
            self._rows[kind] = self._giver.file.rows_of(kind, self._articles, layer)
        return Stored(columns, self._seen(columns, kind, article, self._rows[kind][article]))

    def _seen(
        self, columns: Columns[Any], kind: str, article: Id, rows: list[Row]
    ) -> Sequence[Row]:
        if kind in _OF_REVIEW:
            return rows if self._giver.wants(article, GOLD) else ()
        if kind not in _OF_LAYER:
            return rows
        place = columns.names.index("layer")
        layers = set(map(itemgetter(place), rows))
        wanted = {layer for layer in layers if self._giver.wants(article, layer)}
        return rows if wanted == layers else [row for row in rows if row[place] in wanted]


_STATUS = Columns(Status)
_ASSIGNMENT = Columns(Assignment)
_VERDICT = Columns(Verdict)
_COMMENT = Columns(Comment)
_REVIEW = Columns(Review)
