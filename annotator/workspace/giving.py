"""What leaves a project: records of the articles that are wanted, as far as they may be seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from annotator.core.bundle import ArticleBundle
from annotator.core.model import GOLD, Article, Assignment, Id, Mark, Record, Statement, Status
from annotator.core.review.blindness import Sees
from annotator.core.review.records import Comment, Review, Verdict
from annotator.store.project import ProjectFile

Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True, slots=True)
class Giver:
    """Puts together what goes out of a project; ``layer`` is the only one wanted, None for all."""

    file: ProjectFile
    text: Callable[[Article], str]
    sees: Sees
    layer: Id | None = None

    def part(self, article: Article) -> ArticleBundle:
        """An article with what may be seen of it and is wanted."""
        gold = self._wants(article.id, GOLD)
        reviews = self._all(Review, "review", article.id) if gold else ()
        return ArticleBundle(
            article,
            self.text(article),
            tuple(r for r in self._all(Mark, "mark", article.id) if self._goes(r)),
            tuple(r for r in self._all(Statement, "statement", article.id) if self._goes(r)),
            tuple(r for r in self._all(Status, "status", article.id) if self._goes(r)),
            self._all(Assignment, "assignment", article.id),
            self._all(Verdict, "verdict", article.id) if gold else (),
            tuple(r for r in self._all(Comment, "comment", article.id) if self._goes(r)),
            next(iter(reviews), None),
        )

    def _goes(self, record: Mark | Statement | Status | Comment) -> bool:
        return self._wants(record.article, record.layer)

    def _wants(self, article: Id, layer: Id) -> bool:
        return self.layer in (None, layer) and self.sees(article, layer)

    def _all(self, type: type[Kind], kind: str, article: Id) -> tuple[Kind, ...]:
        found = self.file.of_article(kind, article, self._only(kind))
        return tuple(r for r in found if isinstance(r, type))

    def _only(self, kind: str) -> Id | None:
        return self.layer if kind in ("mark", "statement", "status", "comment") else None
