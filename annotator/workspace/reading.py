"""Reading at the door. What belongs to a layer is shown only to who may see that layer now.

Whether a method asks is written down in ``tests/workspace/blindness``, which fails for
one that is new and not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from annotator.core.book import formerly
from annotator.core.book.parts import Part
from annotator.core.book.uses import Count, Use
from annotator.core.codebook import Codebook
from annotator.core.errors import BadInput, NotAllowed, ProjectFault
from annotator.core.meaning import meaning
from annotator.core.model import (
    CODEBOOK,
    GOLD,
    Actor,
    Analyst,
    Article,
    Assignment,
    Id,
    Issue,
    Mark,
    Record,
    Statement,
    Status,
    status_id,
)
from annotator.core.page import Page
from annotator.core.review.commenting import is_reworded
from annotator.core.review.docket import Docket
from annotator.core.review.permissions import Deed, may, refusal, standings
from annotator.core.review.records import Comment, Procedure, Review, Verdict, review_id
from annotator.core.revision import Revision
from annotator.core.text.copies import Signature
from annotator.store.finding.listing import Viewer
from annotator.store.finding.reader import Reader
from annotator.store.keeping.check import DERIVED, Fault, check
from annotator.store.project import ProjectFile
from annotator.workspace.people import People
from annotator.workspace.sight import Sight

if TYPE_CHECKING:
    from annotator.analysis.agreement.report import Report as Agreement
    from annotator.workspace.comparing import Comparison

Kind = TypeVar("Kind", bound=Record)

NOBODY = Analyst(id=0, name="")
"""Who reads without taking part."""


class Reading:
    """An open project as the analyst may see it."""

    def __init__(self, file: ProjectFile, analyst: Analyst) -> None:
        self._file = file
        self.analyst = analyst
        """Who works here, without what is stored of their passphrase."""
        self._analyst = analyst.id
        self.people = People(file, self.sight)

    @property
    def path(self) -> Path:
        return self._file.path

    def sight(self) -> Sight:
        """What may be seen, as things are now."""
        return Sight(self._file, self.analyst)

    def may(self, deed: Deed, owner: Id | None = None) -> bool:
        """Whether this analyst may do something to a thing of this owner."""
        who = self.analyst
        return may(deed, standings(None if who == NOBODY else who, owner))

    # Of the project

    @property
    def codebook(self) -> Codebook:
        return codebook_of(self._file)

    def record(self, kind: str, id: Id) -> Record | None:
        """Any record as it is now, None when it is gone or hidden."""
        sight = self.sight()
        return sight.record(self._file.record(kind, id)) if sight.shows(kind, id) else None

    def these(self, kind: str, ids: Iterable[Id]) -> dict[Id, Record]:
        """Marks or statements as they are now, by id; without those that are gone or hidden."""
        sight = self.sight()
        return self._file.these(kind, [id for id in ids if sight.shows(kind, id)])

    def article(self, id: Id) -> Article | None:
        record = self._file.record("article", id)
        return record if isinstance(record, Article) else None

    def articles(self) -> list[Article]:
        """In the order of their titles."""
        return sorted(self._all(Article, "article"), key=lambda a: (a.title.casefold(), a.id))

    def article_ids(self) -> list[Id]:
        return self._file.article_ids()

    def signatures(self, articles: Sequence[Id]) -> dict[Id, Signature]:
        """What near copies are told by; not of articles whose texts were not sampled yet."""
        return self._file.signatures(articles)

    def actors(self) -> list[Actor]:
        return sorted(self._all(Actor, "actor"), key=lambda a: (a.name.casefold(), a.id))

    def issues(self) -> list[Issue]:
        """In the order of the tree: below each issue those it is the parent of."""
        return _tree(self._all(Issue, "issue"))

    def analysts(self) -> list[Analyst]:
        """Under their names or, for a reviewer from whom these are hidden, as letters."""
        return self.sight().analysts(self._all(Analyst, "analyst"))

    def analysts_by_name(self) -> list[Analyst]:
        """In the order in which people look for them."""
        return sorted(self.analysts(), key=lambda analyst: (analyst.name.casefold(), analyst.id))

    def has_passphrase(self, analyst: Id) -> bool:
        found = self._file.record("analyst", analyst)
        return isinstance(found, Analyst) and bool(found.passphrase)

    def procedure(self) -> Procedure | None:
        """How the project is worked on; None when nobody has set anything."""
        return next(iter(self._all(Procedure, "procedure")), None)

    def text(self, article: Article) -> str:
        text = self._file.text(article.sha256)
        if text is None:
            raise ProjectFault(f"The text of {article.title} is missing from {self.path.name}.")
        return text

    # Of lists

    @property
    def lists(self) -> Reader:
        """Lists of articles and searches, of what may be seen now."""
        return Reader(self.path, self._file.connection, self.viewer())

    def viewer(self) -> Viewer:
        """Who asks; for :meth:`Reader.open`, which answers long questions on another thread."""
        sight = self.sight()
        layers = sight.whole_layers()
        whole = None if layers is None else frozenset(layers)
        return Viewer(self._analyst, whole, self.may("judge") and sight.reviews)

    def copies_of(self, articles: Iterable[Id]) -> list[Article]:
        """The articles that are said to repeat one of these."""
        found = map(self.article, self.lists.copies_of(articles))
        return [article for article in found if article is not None]

    def catch_up(self, seconds: float) -> bool:
        """Go on for about so long with an index of words that is behind; True when it is not."""
        return self._file.catch_up(seconds)

    # Of layers

    def sees(self, article: Id, layer: Id) -> bool:
        """Whether this analyst may see a layer of an article now."""
        return self.sight().sees(article, layer)

    def layers(self, article: Id) -> list[Id]:
        """The layers with work on an article that may be seen, without gold; shuffled if so set."""
        sight = self.sight()
        there = (one for one in self._file.layers_of(article) if sight.sees(article, one))
        return sight.order(article, list(there))

    def page(self, article: Id, layer: Id | None = None) -> Page:
        """An article with one layer, the analyst's own unless told otherwise.

        :class:`NotAllowed` for a layer that is hidden.
        """
        found = self.article(article)
        if found is None:
            raise BadInput("This article is not in the project any more.")
        layer = self._analyst if layer is None else layer
        if layer != self._analyst and not self.sees(article, layer):
            raise NotAllowed(refusal("see a layer"))
        marks = self._file.of_article("mark", article, layer)
        statements = self._file.of_article("statement", article, layer)
        return Page(
            found,
            self.text(found),
            layer,
            (m for m in marks if isinstance(m, Mark)),
            (s for s in statements if isinstance(s, Statement)),
            meaning(self.codebook).what,
        )

    def docket(self, article: Id, layers: Iterable[Id] | None = None) -> Docket:
        """Layers of an article beside each other, with gold and verdicts; all that have work.

        :class:`NotAllowed` when one of them is hidden.
        """
        chosen = self.layers(article) if layers is None else layers
        pages = {layer: self.page(article, layer) for layer in chosen}
        verdicts = tuple(self.verdicts(article))
        return Docket(pages, self.page(article, GOLD), verdicts, book=self.codebook)

    def count(self, kind: Literal["mark", "statement"]) -> dict[tuple[Id, Id], int]:
        """How many there are, by article and layer."""
        sight = self.sight()
        return {key: number for key, number in self._file.count(kind).items() if sight.sees(*key)}

    def using(self, uses: Iterable[Use]) -> list[Mark | Statement]:
        """Marks and statements of every layer that use something of the codebook, each once.

        For changing them with the codebook: :class:`NotAllowed` where some are hidden from
        somebody who may not change it.
        """
        if not self.sight().whole and not self.may("change the codebook"):
            raise NotAllowed(refusal("change the codebook"))
        return self._file.using(uses)

    def count_using(self, uses: Iterable[Use]) -> Count:
        """How many there are in all layers together, hidden or not."""
        return self._file.count_using(uses)

    def former_names(self) -> dict[Part, str]:
        """The last name of every kind, role, field, choice and stance that the codebook ever had."""
        return formerly.names(self._file.changes_of("codebook", CODEBOOK))

    def status(self, article: Id, layer: Id | None = None) -> Status | None:
        """How far a layer is on an article, the analyst's own unless told otherwise.

        None when it has not been begun, and when it is hidden.
        """
        layer = self._analyst if layer is None else layer
        found = self.record("status", status_id(article, layer))
        return found if isinstance(found, Status) else None

    def statuses(self) -> list[Status]:
        """How far layers are: those that may be seen."""
        sight = self.sight()
        return [s for s in self._all(Status, "status") if sight.sees(s.article, s.layer)]

    def progress(self) -> list[Status]:
        """How far every layer is, for who may assign articles; it shows nothing of what they say."""
        if not self.sight().whole and not self.may("assign"):
            raise NotAllowed(refusal("assign"))
        return self._all(Status, "status")

    def assignments(self, article: Id | None = None) -> list[Assignment]:
        """Who is to mark what, on one article or on all."""
        if article is None:
            return self._all(Assignment, "assignment")
        return self._of(Assignment, "assignment", article)

    # Of the review

    def verdicts(self, article: Id) -> list[Verdict]:
        """The decisions on an article; none while it is hidden."""
        return self._of(Verdict, "verdict", article) if self.sees(article, GOLD) else []

    def review(self, article: Id) -> Review | None:
        """How far the review of an article is; None when unreviewed or hidden."""
        found = self.record("review", review_id(article))
        return found if isinstance(found, Review) else None

    def comments(self, article: Id) -> list[Comment]:
        """Those on layers of an article that may be seen, the oldest first."""
        sight = self.sight()
        found = (c for c in self._of(Comment, "comment", article) if sight.sees(article, c.layer))
        return sorted(found, key=lambda c: (c.made_at, c.answer_to is not None, c.id))

    def reworded(self, comments: Iterable[Comment]) -> frozenset[Id]:
        """Those that say something else than when they were written."""
        changed = (c for c in comments if c.changed_at > c.made_at)
        return frozenset(
            c.id for c in changed if is_reworded(c, self._file.changes_of("comment", c.id))
        )

    def gaps(self) -> list[Verdict]:
        """The verdicts flagged as guideline gaps, of the articles on which they may be seen."""
        sight = self.sight()
        return [v for v in self._all(Verdict, "verdict") if v.gap and sight.sees(v.article, GOLD)]

    # Of agreement

    def comparison(
        self,
        layers: Iterable[Id] | None = None,
        articles: Iterable[Id] | None = None,
        priority: Sequence[str] = (),
    ) -> Comparison:
        """Layers compared on articles, to be counted step by step; usually all, without gold.

        A layer that is hidden on an article counts as not done there. ``priority`` are kinds, the
        one first that counts where marks overlap and one must; those left out follow in the order
        of the codebook. Without any, the shorter mark counts.
        """
        # numpy and scipy take half a second to import, and nothing else needs them.
        from annotator.store.agreement_rows import AgreementRows  # noqa: PLC0415
        from annotator.workspace.comparing import Comparison, Wanted  # noqa: PLC0415

        chosen = self.compared_layers() if layers is None else tuple(dict.fromkeys(layers))
        only = None if articles is None else tuple(sorted(set(articles)))
        rows = AgreementRows(self.path, self._file.connection, self._file.turns)
        ranked = tuple(dict.fromkeys((*priority, *self.codebook.kinds))) if priority else ()
        wanted = Wanted(chosen, only, ranked)
        return Comparison(rows, self.codebook, wanted, lambda: self.sight().sees)

    def agreement(
        self,
        layers: Iterable[Id] | None = None,
        articles: Iterable[Id] | None = None,
        intervals: bool = True,
    ) -> Agreement:
        """How far layers agree, computed at once; see :meth:`comparison`."""
        comparison = self.comparison(layers, articles)
        for _ in comparison.steps():
            pass
        return comparison.report() if intervals else comparison.report(resamples=0)

    def compared_layers(self) -> tuple[Id, ...]:
        """The analysts who have called an article done that may be seen, by name."""
        done = {status.layer for status in self.statuses() if status.progress == "done"}
        named = self.analysts_by_name()
        return tuple(analyst.id for analyst in named if analyst.id in done)

    # Of the journal

    def history(self, limit: int | None = None) -> Iterator[Revision]:
        """Revisions, the newest first; of what is hidden it shows that something was done."""
        sight = self.sight()
        return (sight.revision(revision) for revision in self._file.history(limit))

    def history_of(
        self, article: Id, before: Revision | None = None, limit: int = 100
    ) -> list[Revision]:
        """Revisions that concern an article, before another one, the newest first.

        Those of which nothing may be seen are left out; fewer than ``limit`` does not mean that
        these were the last, only an empty list does.
        """
        sight = self.sight()
        order = before.order if before else None
        while found := self._file.history_of(article, order, limit):
            shown = (sight.revision(revision) for revision in found)
            seen = [r for r in shown if r.entries]
            if seen:
                return seen
            order = found[-1].order
        return []

    def last_known(self, kind: str, id: Id) -> Record | None:
        """A record as it is, or as it was when it was deleted; None when it is hidden."""
        sight = self.sight()
        if not sight.shows(kind, id):
            return None
        return sight.record(self._file.record(kind, id) or self._file.last_known(kind, id))

    def check(self) -> list[Fault]:
        """All that is wrong with the project file; empty when nothing is.

        What only follows from the rows is told and made anew.
        """
        found = check(self._file)
        if any(fault.where == DERIVED for fault in found):
            self._file.rebuild_derived()
        return self.sight().faults(found)

    def _all(self, type: type[Kind], kind: str) -> list[Kind]:
        return [record for record in self._file.records(kind) if isinstance(record, type)]

    def _of(self, type: type[Kind], kind: str, article: Id) -> list[Kind]:
        found = self._file.of_article(kind, article)
        return [record for record in found if isinstance(record, type)]


def codebook_of(file: ProjectFile) -> Codebook:
    book = file.record("codebook", CODEBOOK)
    if not isinstance(book, Codebook):
        raise ProjectFault(f"{file.path} was not made completely; delete it and make it anew.")
    return book


def _tree(issues: list[Issue]) -> list[Issue]:
    below: dict[Id | None, list[Issue]] = {}
    for issue in sorted(issues, key=lambda i: (i.name.casefold(), i.id)):
        below.setdefault(issue.parent, []).append(issue)

    def branch(parent: Id | None) -> Iterator[Issue]:
        for issue in below.get(parent, []):
            yield issue
            yield from branch(issue.id)

    return list(branch(None))
