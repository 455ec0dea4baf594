"""What a file says on its way into a project: what is left out, what is told, and the edits.

The articles of a file that is still being read come a portion at a time, and are forgotten once
they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import NotAllowed
from annotator.core.intake import Now, Taking, looked_up, with_verdicts, without_decisions
from annotator.core.model import Id, Record
from annotator.core.review.closed import invented, told_of_invented, without_closed
from annotator.core.review.permissions import refusal
from annotator.core.revision import Edit
from annotator.formats.exchange.format import Outgoing
from annotator.store.project import ProjectFile

_PORTION = 5_000
"""Marks and statements that are turned into changes and written at once."""
_LONG = 1_000
"""Characters of a text that count as one."""


class Entrance:
    """For one file. ``may_decide`` is whether gold, verdicts and assignments may come in."""

    def __init__(
        self,
        file: ProjectFile,
        may_decide: bool,
        replaceable: Iterable[Record] | None,
        *,
        widens: bool = False,
    ) -> None:
        """For ``replaceable`` and ``widens`` see :class:`~annotator.core.intake.Taking`."""
        self._file = file
        self._may_decide = may_decide
        self._taking = Taking(replaceable, widens=widens)
        self._theirs: set[Id] = set()
        self._closed: list[str] = []
        self._invented = 0
        self._left_decisions = False

    @property
    def told(self) -> tuple[str, ...]:
        """What was left as it is or left out, a sentence each; whole once all edits were asked for."""
        hidden = (refusal("bring in decisions"),) if self._left_decisions else ()
        told = (*self._closed, *told_of_invented(self._invented))
        return (*self._taking.kept, *told, *hidden)

    def edits(self, given: Outgoing, label: str) -> Iterator[Edit]:
        """First what is said once, then the articles, each edit good once those before are done."""
        head = replace(given.project, articles=())
        wanted = self.allowed(head)
        now = looked_up(wanted, self._file.these, self._file.record)
        yield Edit(label, tuple(self._taking.head(wanted, now)), foreign=True)
        bare = replace(head, issues=(), actors=(), analysts=(), procedure=None)  # said above
        for parts in self._portions(given.articles):
            yield self._edit(replace(bare, articles=parts), label)

    def _edit(self, given: Bundle, label: str) -> Edit:
        allowed = self.allowed(given)
        now = self._once(looked_up(allowed, self._file.these, self._file.record))
        still_open, closed = without_closed(allowed, now)
        wanted = with_verdicts(still_open, now) if self._may_decide else still_open
        self._closed += closed
        self._invented += invented(still_open, wanted)
        changes = self._taking.articles(wanted.articles, now, self._theirs)
        texts = tuple(part.text for part in wanted.articles)
        return Edit(label, tuple(changes), texts, foreign=True)

    def _once(self, now: Now) -> Now:
        """The same; what the file itself has brought before is no record of the project."""

        def record(kind: str, id: Id) -> Record | None:
            found = now(kind, id)
            if found is not None and self._file.is_written(kind, id):
                raise NotAllowed(f"{kind} {id} is in the file twice.")
            return found

        return record

    def allowed(self, given: Bundle) -> Bundle:
        """The bundle without what only a reviewer may bring in."""
        if self._may_decide:
            return given
        allowed = without_decisions(given)
        self._left_decisions |= allowed != given
        return allowed

    def _portions(self, articles: Iterable[ArticleBundle]) -> Iterator[tuple[ArticleBundle, ...]]:
        """As many at a time as are written at once.

        Copies come after what they are copies of: those of articles still to come all at the end.
        """
        portion: list[ArticleBundle] = []
        waiting: list[ArticleBundle] = []
        size = 0
        for part in articles:
            if not self._has(part.article.copy_of):
                waiting.append(part)
                continue
            self._theirs.add(part.article.id)
            portion.append(part)
            size += 1 + len(part.marks) + len(part.statements) + len(part.text) // _LONG
            if size >= _PORTION:
                yield tuple(portion)
                portion, size = [], 0
        self._theirs |= {part.article.id for part in waiting}
        yield (*portion, *waiting)

    def _has(self, article: Id | None) -> bool:
        return (
            article is None
            or article in self._theirs
            or self._file.record("article", article) is not None
        )


def together(edits: Iterable[Edit], label: str) -> Edit:
    """All of them as one."""
    all = list(edits)
    changes = tuple(change for edit in all for change in edit.changes)
    texts = tuple(text for edit in all for text in edit.texts)
    return Edit(label, changes, texts, foreign=True)
