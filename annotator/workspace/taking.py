"""What a file says on its way into a project: what is left out, what is told, and the edits.

The articles of a file that is still being read come a portion at a time, and are forgotten once
they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import NotAllowed
from annotator.core.intake import (
    Now,
    Taking,
    finished,
    looked_up,
    with_verdicts,
    without_decisions,
)
from annotator.core.model import (
    Actor,
    Analyst,
    Id,
    Issue,
    Mark,
    Record,
    Statement,
    Status,
    status_id,
)
from annotator.core.review.closed import invented, told_of_invented, without_closed
from annotator.core.review.permissions import refusal
from annotator.core.review.records import PROCEDURE, Procedure
from annotator.core.revision import Edit
from annotator.core.same_things import SameThings
from annotator.formats.exchange.format import Outgoing
from annotator.store.project import ProjectFile

_PORTION = 10_000
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
        whose: Id,
        widens: bool = False,
    ) -> None:
        """For ``replaceable`` and ``widens`` see :class:`~annotator.core.intake.Taking`.

        ``whose`` is the analyst who brings it in.
        """
        self._file = file
        self._may_decide = may_decide
        self._whose = whose
        self._keeps_own = replaceable is None
        self._same: SameThings | None = None
        self._taking = Taking(replaceable, whose=whose, widens=widens)
        self._analysts = [one for one in file.records("analyst") if isinstance(one, Analyst)]
        self._reviewers = {one.id for one in self._analysts if one.reviewer}
        procedure = file.record("procedure", PROCEDURE)
        self._procedure = procedure if isinstance(procedure, Procedure) else None
        self._theirs: set[Id] = set()
        self._closed: list[str] = []
        self._invented = 0
        self._left_decisions = False

    @property
    def told(self) -> tuple[str, ...]:
        """What was left as it is or left out, a sentence each; whole once all edits were asked for."""
        hidden = (refusal("bring in decisions"),) if self._left_decisions else ()
        told = (*self._closed, *told_of_invented(self._invented))
        same = self._same.told if self._same else ()
        return (*same, *self._taking.kept, *told, *hidden)

    def edits(self, given: Outgoing, label: str) -> Iterator[Edit]:
        """First what is said once, then the articles, each edit good once those before are done."""
        self._same = same = self._same_things(replace(given.project, articles=()))
        head = same.head
        wanted = self.allowed(head)
        now = looked_up(wanted, self._file.these, self._file.record)
        yield Edit(label, tuple(self._taking.head(wanted, now)), foreign="import")
        bare = replace(head, issues=(), actors=(), analysts=(), procedure=None)  # said above
        for parts in self._portions(map(same.article, given.articles)):
            yield self._edit(replace(bare, articles=parts), label)

    def _same_things(self, head: Bundle) -> SameThings:
        """What of the head the project has under other ids, if it keeps its own."""
        file = self._file
        if not self._keeps_own:
            return SameThings(head, (), (), self._analysts)
        issues = [one for one in file.records("issue") if isinstance(one, Issue)]
        actors = [one for one in file.records("actor") if isinstance(one, Actor)]
        return SameThings(head, issues, actors, self._analysts)

    def _edit(self, given: Bundle, label: str) -> Edit:
        allowed = self.allowed(given)
        now = self._once(looked_up(allowed, self._file.these, self._file.record))
        still_open, closed = without_closed(allowed, now)
        wanted = with_verdicts(still_open, now) if self._may_decide else still_open
        self._closed += closed
        self._invented += invented(still_open, wanted)
        unfinished = filter(self._is_in_progress, wanted.articles)
        self._taking.replace(finished(unfinished, self._whose, self._own))
        changes = self._taking.articles(wanted.articles, now, self._theirs)
        texts = tuple(part.text for part in wanted.articles)
        return Edit(label, tuple(changes), texts, foreign="import")

    def _is_in_progress(self, part: ArticleBundle) -> bool:
        """Whether the file says how far whoever brings it in is, who is at work on it here."""
        if all(status.layer != self._whose for status in part.statuses):
            return False
        status = self._file.record("status", status_id(part.article.id, self._whose))
        return isinstance(status, Status) and status.progress == "in progress"

    def _own(self, article: Id) -> Iterator[Mark | Statement]:
        for kind in ("mark", "statement"):
            for one in self._file.of_article(kind, article, self._whose):
                if isinstance(one, Mark | Statement):
                    yield one

    def _once(self, now: Now) -> Now:
        """The same; what the file itself has brought before is no record of the project."""

        def record(kind: str, id: Id) -> Record | None:
            found = now(kind, id)
            if found is not None:
                self._refuse_twice(kind, id)
            return found

        return record

    def these(self, kind: str, ids: Iterable[Id]) -> Mapping[Id, Record]:
        """Records of the project; :class:`NotAllowed` where the file has brought one itself."""
        found = self._file.these(kind, ids)
        for id in found:
            self._refuse_twice(kind, id)
        return found

    def _refuse_twice(self, kind: str, id: Id) -> None:
        if self._file.is_written(kind, id):
            raise NotAllowed(f"{kind} {id} is in the file twice.")

    def allowed(self, given: Bundle) -> Bundle:
        """The bundle without what only a reviewer may bring in."""
        if self._may_decide:
            return given
        allowed = without_decisions(given, self._reviewers, self._procedure)
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
