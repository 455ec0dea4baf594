"""A bundle by the rules of a project, for whoever takes it to where no project asks them."""

from __future__ import annotations

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.model import Id, Record
from annotator.core.revision import kind_of
from annotator.core.rules import faults_in_itself


class BundleFaults:
    """What is wrong in a bundle that comes one article at a time.

    Who owns what and what was decided is not asked: it may have been left out on the way.
    """

    def __init__(self, project: Bundle) -> None:
        """``project`` is the bundle without its articles."""
        said = (project.codebook, *project.issues, *project.actors)
        self._project: dict[tuple[str, Id], Record] = {(kind_of(r), r.id): r for r in said}
        self._said: dict[tuple[str, Id], Record] = {}
        self._texts: dict[str, str] = {}

    def of_project(self) -> str:
        """The first fault of what is said once, as a sentence; empty when there is none."""
        return self._first(self._project)

    def of_article(self, part: ArticleBundle) -> str:
        """The same of an article and of what is said in its layers."""
        self._said = {(kind_of(r), r.id): r for r in (part.article, *part.said)}
        if part.article.copy_of is not None:  # it may come later, or have stayed behind
            self._said["article", part.article.copy_of] = part.article
        self._texts = {part.article.sha256: part.text}
        return self._first(self._said)

    def _first(self, records: dict[tuple[str, Id], Record]) -> str:
        for record in records.values():
            for fault in faults_in_itself(record, self):
                return f"{kind_of(record)} {record.id}: {fault}"
        return ""

    def record(self, kind: str, id: Id) -> Record | None:
        return self._said.get((kind, id)) or self._project.get((kind, id))

    def text(self, sha256: str) -> str | None:
        return self._texts.get(sha256)
