"""What belongs to a chosen layer and stays behind with the others, counted as articles go past."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from annotator.core.bundle import ArticleBundle
from annotator.core.model import Id
from annotator.core.review.records import Comment
from annotator.core.text.cleaning import counted


class Beside:
    """The articles; afterwards, as text, what is in the project and not in the file."""

    def __init__(
        self,
        given: Iterable[ArticleBundle],
        comments: Callable[[Id], Iterable[Comment]],
        layer: Id,
        *,
        judged: bool,
    ) -> None:
        """``comments`` are all on an article; ``judged`` is whether the file names what was judged."""
        self._given = given
        self._all_comments = comments
        self._layer = layer
        self._tells_judged = judged
        self._comments = self._sources = 0

    def __iter__(self) -> Iterator[ArticleBundle]:
        for part in self._given:
            comments = self._all_comments(part.article.id)
            self._comments += sum(one.layer != self._layer for one in comments)
            judged = (source for verdict in part.verdicts for source in verdict.sources)
            self._sources += sum(one.layer != self._layer for one in judged)
            yield part

    def __str__(self) -> str:
        """A sentence; empty when nothing stays behind."""
        told = []
        if self._comments:
            told.append(f"{counted(self._comments, 'comment')} on other layers")
        if self._sources and self._tells_judged:
            names = "which the verdicts name as sources"
            told.append(f"{counted(self._sources, 'thing')} of other layers, {names}")
        return f"not in the file, as one layer was asked for: {'; '.join(told)}" if told else ""
