"""Merging project files, and handing one on: which way a file comes in, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput, ProjectFault
from annotator.core.intake import Came
from annotator.core.model import GOLD, Actor, Analyst, Article, Id, Issue
from annotator.core.review.merged import Merged
from annotator.core.review.records import PROCEDURE, Procedure
from annotator.formats.exchange.format import Outgoing
from annotator.store.project import ProjectFile
from annotator.store.uniting import handing_off, merging
from annotator.store.uniting.snapshot import snapshot
from annotator.workspace.giving import Giver
from annotator.workspace.reading import codebook_of
from annotator.workspace.sight import Sight


def merge(
    project: ProjectFile,
    take_in: Callable[[Outgoing, str], Came],
    other: Path,
    author: Id,
    dry_run: bool,
) -> Merged:
    """Take in another file: of this project by its journal, of another by its records."""
    with snapshot(other) as copy:
        theirs = ProjectFile.open(copy, is_copy=True)
        try:
            if theirs.id != project.id:
                given = _everything(theirs)
                return _taken(other.name, take_in(given, f"Merge {other.name}"))
        finally:
            theirs.close()
        return merging.merge(project, copy, other.name, author, dry_run)


def _everything(file: ProjectFile) -> Outgoing:
    def text(article: Article) -> str:
        found = file.text(article.sha256)
        if found is None:
            raise ProjectFault(f"The text of {article.title} is missing from the file.")
        return found

    giver = Giver(file, text, _everyone)
    articles = [r for r in file.records("article") if isinstance(r, Article)]
    analysts = [r for r in file.records("analyst") if isinstance(r, Analyst)]
    procedure = file.record("procedure", PROCEDURE)
    head = Bundle(
        file.id,
        codebook_of(file),
        tuple(r for r in file.records("issue") if isinstance(r, Issue)),
        tuple(r for r in file.records("actor") if isinstance(r, Actor)),
        tuple(Analyst(id=a.id, name=a.name) for a in analysts),
        (),
        procedure if isinstance(procedure, Procedure) else None,
    )
    return Outgoing(head, giver.parts(articles))


def _everyone(_article: Id, _layer: Id) -> bool:
    return True


def _taken(name: str, came: Came) -> Merged:
    return Merged(
        name,
        same_project=False,
        revisions=1 if came.anything else 0,
        analysts=[analyst.name for analyst in came.analysts],
        articles=[article.title for article in came.articles],
        new=dict(came.new),
        changed=dict(came.changed),
        deleted=dict(came.deleted),
        kept=list(came.kept),
        remarks=["It is another project: its records come in by their ids, without its history."],
    )


def as_seen(merged: Merged, sight: Sight) -> Merged:
    """What may be told of a merge: not the values of what is hidden."""
    clashes = [c for c in merged.clashes if sight.shows(c.kind, c.id) and c.field != "passphrase"]
    left = len(merged.clashes) - len(clashes)
    more = [f"{left} of the clashes are in work that is hidden."] if left else []
    came = [one for one in merged.came if sight.sees(one.article, GOLD)]
    return replace(merged, came=came, clashes=clashes, remarks=[*merged.remarks, *more])


def hand_off(project: ProjectFile, analyst: Id, wanted: list[Article], path: Path) -> None:
    """A file with some articles and what an analyst may see of them if the project is blind."""
    who = project.record("analyst", analyst)
    if not isinstance(who, Analyst):
        raise BadInput("This analyst is not in the project.")
    sight = Sight(project, Analyst(id=who.id, name=who.name), blind=True)
    given = {article.id for article in wanted}
    given |= {article.copy_of for article in wanted if article.copy_of is not None}

    def shows(kind: str, id: Id) -> bool:
        if kind == "article":
            return id in given
        place = project.belongs(kind, id) if kind in _ON_ARTICLE else None
        if kind in _ON_ARTICLE and (place is None or place[0] not in given):
            return False
        return sight.shows(kind, id)

    texts = set()
    for id in given:
        article = project.record("article", id)
        if isinstance(article, Article):
            texts.add(article.sha256)
    handing_off.hand_off(project, path, analyst, shows, texts)


_ON_ARTICLE = ("mark", "statement", "status", "assignment", "verdict", "comment", "review")
