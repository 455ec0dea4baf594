"""The door: everything the window, the command line and the tests do goes through here.

:meth:`Workspace.do` is the only way anything changes. Whoever shows data subscribes, is told of
each revision, and re-reads what it touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal, TypeVar

from annotator import importing
from annotator.arrivals import Arrivals, article_of
from annotator.core import articles, bundle
from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import Codebook, Start
from annotator.core.errors import BadInput, NotAllowed, ProjectFault
from annotator.core.intake import Intake, take_in
from annotator.core.model import (
    CODEBOOK,
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
from annotator.core.revision import Change, Edit, Revision
from annotator.formats.articles.text_in import Found, TextIn
from annotator.importing import Choice, Report
from annotator.store.check import Fault, check
from annotator.store.project import ProjectFile

Listener = Callable[[Revision], None]
Kind = TypeVar("Kind", bound=Record)

NOBODY = Analyst(id=0, name="")
"""Who reads without taking part."""


class Workspace:
    """An open project and the analyst who works on it."""

    def __init__(self, file: ProjectFile, analyst: Analyst) -> None:
        self._file = file
        self.analyst = analyst
        self._listeners: list[Listener] = []
        self._arrivals: Arrivals | None = None

    @classmethod
    def create(
        cls, path: Path, start: Start, analyst_name: str, texts: Iterable[TextIn] = ()
    ) -> Workspace:
        """A new project with a codebook, one analyst, and perhaps some articles."""
        file = ProjectFile.create(path)
        try:
            analyst = Analyst(id=file.new_id(), name=analyst_name)
            file.write(_beginning(start, analyst, texts), analyst.id, "start")
        except BaseException:
            file.discard()
            raise
        return cls(file, analyst)

    @classmethod
    def open(cls, path: Path, analyst_name: str | None = None) -> Workspace:
        """An existing project, as the analyst of this name, who joins it when they are new.

        Without a name nothing can be changed but everything read.
        """
        file = ProjectFile.open(path)
        try:
            return cls(file, _joined(file, analyst_name))
        except BaseException:
            file.close()
            raise

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    @property
    def path(self) -> Path:
        return self._file.path

    # Reading

    @property
    def codebook(self) -> Codebook:
        return _codebook(self._file)

    def record(self, kind: str, id: Id) -> Record | None:
        """Any record as it is now, None when it is gone."""
        return self._file.record(kind, id)

    def article(self, id: Id) -> Article | None:
        record = self._file.record("article", id)
        return record if isinstance(record, Article) else None

    def articles(self) -> list[Article]:
        """In the order of their titles."""
        return sorted(
            _all(self._file, Article, "article"), key=lambda a: (a.title.casefold(), a.id)
        )

    def actors(self) -> list[Actor]:
        return sorted(_all(self._file, Actor, "actor"), key=lambda a: (a.name.casefold(), a.id))

    def issues(self) -> list[Issue]:
        """In the order of the tree: below each issue those it is the parent of."""
        return _tree(_all(self._file, Issue, "issue"))

    def analysts(self) -> list[Analyst]:
        return _all(self._file, Analyst, "analyst")

    def text(self, article: Article) -> str:
        text = self._file.text(article.sha256)
        if text is None:
            raise ProjectFault(f"The text of {article.title} is missing from {self.path.name}.")
        return text

    def page(self, article: Id, layer: Id | None = None) -> Page:
        """An article with one layer, the analyst's own unless told otherwise."""
        found = self.article(article)
        if found is None:
            raise BadInput("This article is not in the project any more.")
        layer = self.analyst.id if layer is None else layer
        marks = self._file.of_article("mark", article, layer)
        statements = self._file.of_article("statement", article, layer)
        return Page(
            found,
            self.text(found),
            layer,
            (m for m in marks if isinstance(m, Mark)),
            (s for s in statements if isinstance(s, Statement)),
        )

    def count(self, kind: Literal["mark", "statement"]) -> dict[tuple[Id, Id], int]:
        """How many there are, by article and layer."""
        return self._file.count(kind)

    def status(self, article: Id) -> Status | None:
        """How far this analyst is on an article; None when they have not begun."""
        record = self._file.record("status", status_id(article, self.analyst.id))
        return record if isinstance(record, Status) else None

    def history(self, limit: int | None = None) -> Iterator[Revision]:
        """Revisions, the newest first."""
        return self._file.history(limit)

    def check(self) -> list[Fault]:
        """All that is wrong with the project file; empty when nothing is."""
        return check(self._file)

    # Changing

    def new_id(self) -> Id:
        """An id for a record to be made, unique across machines."""
        return self._file.new_id()

    def do(self, edit: Edit) -> Revision | None:
        """Do an edit: on disk when this returns. None when there was nothing to do.

        Raises :class:`Conflict`, :class:`NotAllowed` or :class:`ProjectFault`; then nothing
        has changed.
        """
        if not edit:
            return None
        if self.analyst == NOBODY:
            raise NotAllowed("The project was opened for reading only.")
        revision = self._file.write(edit, self.analyst.id)
        self._tell(revision)
        return revision

    def undo(self) -> Revision | None:
        """Take back this analyst's last step, also one of an earlier day."""
        return self._invert("undo")

    def redo(self) -> Revision | None:
        """Do again what was last taken back."""
        return self._invert("redo")

    def next_undo(self) -> str | None:
        """What undo would take back."""
        return self._label("undo")

    def next_redo(self) -> str | None:
        return self._label("redo")

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of every revision; returns what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def poll(self) -> int:
        """Tell listeners what other windows and programs did; how many revisions that was."""
        found = self._file.from_others()
        for revision in found:
            self._tell(revision)
        return len(found)

    # In and out

    def arrivals(self) -> Arrivals:
        """What the project knows of texts on their way in; also asked by a preview."""
        self._arrivals = self._arrivals or Arrivals(self)
        return self._arrivals

    def bring_in(self, given: Iterable[Found], on_duplicate: Choice = "keep") -> Report:
        """Bring in what was found in files, in steps that can be undone; the report says what.

        Raises only what :meth:`do` raises for the project file itself; what was stored before
        stays.
        """
        return importing.bring_in(self, self.arrivals(), given, on_duplicate)

    def add_text(self, read: TextIn) -> Article:
        """Bring in a text; :class:`BadInput` when the project has it already."""
        report = self.bring_in([read])
        for failure in report.failures:
            raise BadInput(failure.reason)
        if not report.made:
            title = report.duplicates[0].of.title
            raise BadInput(f"{read.file} is already in the project, as “{title}”.")
        return report.made[0]

    def remove(self, gone: Iterable[Article]) -> None:
        """Take articles out with every layer's marks; undo brings all of it back."""
        out = list(gone)
        ids = {article.id for article in out}
        parts = (
            record
            for article in out
            for kind in ("statement", "mark", "status", "assignment")
            for record in self._file.of_article(kind, article.id)
        )
        copies = [a for a in self.articles() if a.copy_of in ids and a.id not in ids]
        self.do(articles.remove(out, parts, copies))

    def bundle(self, wanted: Iterable[Article] | None = None, layer: Id | None = None) -> Bundle:
        """The project to give away: all of it, or some articles with what they need."""
        chosen = self.articles() if wanted is None else wanted
        parts = tuple(self._part(article, layer) for article in chosen)
        whole = Bundle(
            self._file.id,
            self.codebook,
            tuple(self.issues()),
            tuple(_all(self._file, Actor, "actor")),
            bundle.working(self.analysts(), parts),
            parts,
        )
        return whole if wanted is None else bundle.only_used(whole)

    def take_in(self, given: Bundle, label: str) -> Intake:
        """Bring a bundle in as one step that can be undone; what differs is told, not changed.

        ``label`` names the step and the file; :class:`BadInput` begins with it.
        """
        empty = not self._file.records("article")
        replaceable = [*self.actors(), *_all(self._file, Issue, "issue")] if empty else None
        intake = take_in(given, self._file.record, replaceable, label)
        try:
            self.do(intake.edit)
        except NotAllowed as error:
            raise BadInput(f"{label}: {error}") from error
        return intake

    def _part(self, article: Article, layer: Id | None) -> ArticleBundle:
        def records(kind: str, type: type[Kind]) -> tuple[Kind, ...]:
            owned = layer if kind != "assignment" else None
            found = self._file.of_article(kind, article.id, owned)
            return tuple(r for r in found if isinstance(r, type))

        return ArticleBundle(
            article,
            self.text(article),
            records("mark", Mark),
            records("statement", Statement),
            records("status", Status),
            records("assignment", Assignment),
        )

    def _invert(self, action: Literal["undo", "redo"]) -> Revision | None:
        revision = self._file.invert(self.analyst.id, action)
        if revision is not None:
            self._tell(revision)
        return revision

    def _label(self, action: Literal["undo", "redo"]) -> str | None:
        found = self._file.to_invert(self.analyst.id, action)
        return None if found is None else found.label

    def _tell(self, revision: Revision) -> None:
        for listener in tuple(self._listeners):
            listener(revision)


def _beginning(start: Start, analyst: Analyst, texts: Iterable[TextIn]) -> Edit:
    records: tuple[Record, ...] = (start.codebook, *start.issues, *start.actors, analyst)
    imports = [article_of(read)[0] for read in texts]
    changes = (
        *(Change(None, record) for record in records),
        *(change for edit in imports for change in edit.changes),
    )
    return Edit("New project", changes, tuple(text for edit in imports for text in edit.texts))


def _joined(file: ProjectFile, name: str | None) -> Analyst:
    """The analyst of this name, made if need be."""
    _codebook(file)
    if name is None:
        return NOBODY
    for analyst in _all(file, Analyst, "analyst"):
        if analyst.name == name:
            return analyst
    joins = Analyst(id=file.new_id(), name=name)
    file.write(Edit(f"{name} joins", (Change(None, joins),)), joins.id, "start")
    return joins


def _codebook(file: ProjectFile) -> Codebook:
    book = file.record("codebook", CODEBOOK)
    if not isinstance(book, Codebook):
        raise ProjectFault(f"{file.path} was not made completely; delete it and make it anew.")
    return book


def _all(file: ProjectFile, type: type[Kind], kind: str) -> list[Kind]:
    return [record for record in file.records(kind) if isinstance(record, type)]


def _tree(issues: list[Issue]) -> list[Issue]:
    below: dict[Id | None, list[Issue]] = {}
    for issue in sorted(issues, key=lambda i: (i.name.casefold(), i.id)):
        below.setdefault(issue.parent, []).append(issue)

    def branch(parent: Id | None) -> Iterator[Issue]:
        for issue in below.get(parent, []):
            yield issue
            yield from branch(issue.id)

    return list(branch(None))
