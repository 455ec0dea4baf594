"""What an actor says in all articles, as rows below headings. Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from annotator.core.meaning import meaning
from annotator.core.model import Article, Id, Issue, Mark, Statement, several
from annotator.core.text.cleaning import counted
from annotator.store.people import Spoken
from annotator.ui.panel.options import stance_text
from annotator.workspace import Workspace

Grouping = Literal["article", "issue"]


@dataclass(frozen=True, slots=True)
class Heading:
    """An article or an issue, and how many statements stand below it."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Side:
    """An issue with the stance taken on it; ``stance`` is None while it is unset."""

    text: str
    stance: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """One statement in words."""

    where: str
    """Whose it is if not one's own, and the article."""
    claim: str
    sides: tuple[Side, ...]


Row = Heading | Spoken


def rows(workspace: Workspace, spoken: list[Spoken], grouping: Grouping) -> list[Row]:
    """Headings with the statements below each."""
    groups = (
        _by_article(workspace, spoken) if grouping == "article" else _by_issue(workspace, spoken)
    )
    found: list[Row] = []
    for heading, listed in groups:
        found += [Heading(heading, len(listed)), *listed]
    return found


def _by_article(workspace: Workspace, spoken: list[Spoken]) -> Iterator[tuple[str, list[Spoken]]]:
    groups: dict[Id, list[Spoken]] = {}
    for one in spoken:
        groups.setdefault(one.article, []).append(one)
    for article, listed in groups.items():
        yield where(workspace, article), listed


def _by_issue(workspace: Workspace, spoken: list[Spoken]) -> Iterator[tuple[str, list[Spoken]]]:
    """In the order of the issues' tree; a statement on several stands below each."""
    issues = workspace.people.issues_of(one.statement for one in spoken)
    groups: dict[Id, list[Spoken]] = {}
    for one in spoken:
        for issue in issues.get(one.statement, [0]):
            groups.setdefault(issue, []).append(one)
    for known in workspace.issues():
        if known.id in groups:
            yield known.name, groups[known.id]
    if 0 in groups:
        yield "No issue yet", groups[0]


def where(workspace: Workspace, id: Id) -> str:
    """Date, outlet and title of an article."""
    article = workspace.record("article", id)
    if not isinstance(article, Article):
        return ""
    return " · ".join(filter(None, (article.published[:10], article.outlet, article.title)))


def said(workspace: Workspace, one: Spoken, grouping: Grouping) -> Said:
    """A statement in words; where it stands only if no heading says so."""
    statement = workspace.record("statement", one.statement)
    if not isinstance(statement, Statement):
        return Said("", "", ())
    book = workspace.codebook
    roles = meaning(book)
    marks = [(m.role, _mark(workspace, m.mark)) for m in statement.members]
    claims = [m.quote for role, m in marks if m and role == roles.what]
    about = [m for role, m in marks if m and role in roles.sides]
    owner = "" if one.layer == workspace.analyst.id else _owner(workspace, one.layer)
    place = where(workspace, one.article) if grouping == "issue" else ""
    words = " ".join(" … ".join(claims).split())
    return Said(
        " · ".join(filter(None, (owner, place))),
        words or "(no words marked yet)",
        tuple(side for mark in about for side in _sides(workspace, mark)),
    )


def _mark(workspace: Workspace, id: Id) -> Mark | None:
    record = workspace.record("mark", id)
    return record if isinstance(record, Mark) else None


def _owner(workspace: Workspace, layer: Id) -> str:
    return next((a.name for a in workspace.analysts() if a.id == layer), "gold")


def _sides(workspace: Workspace, mark: Mark) -> list[Side]:
    book = workspace.codebook
    typed = {key: field.type for key, field in book.fields_on(mark.kind).items()}
    issues = [
        issue.name
        for key, value in mark.fields.items()
        if typed.get(key) == "issue"
        for one in several(value)
        if isinstance(issue := workspace.record("issue", int(str(one))), Issue)
    ]
    stances = [v for key, v in mark.fields.items() if typed.get(key) == "stance"]
    stance = stances[0] if stances and isinstance(stances[0], int) else None
    text = stance_text(book, stance) if stance is not None else "stance unset"
    return [Side(f"{issue}: {text}", stance) for issue in issues]


def heading_text(heading: Heading) -> str:
    return f"{heading.text} — {counted(heading.number, 'statement')}"
