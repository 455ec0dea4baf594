"""Two analysts who mark seed 000 differently, made with the verbs that keys end in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from annotator.core import articles, marking
from annotator.core.model import FieldValue, Id, Statement
from annotator.workspace import Workspace
from tests.workshop import SEED_000, seeds_project

ANCHORAGE = "“It was not discussed in Anchorage. It was raised later."
READY = (
    '"Putin is ready to meet with Zelensky when the agenda is ready for a summit,'
    ' and this agenda is not ready at all."'
)
AGENDA = "the Russian leader will only agree to talks when there is a concrete agenda"
URGE = "urge him to meet with Zelensky"
GUARANTEE = "Ukraine’s security should be guaranteed by a wider international group"


@dataclass(frozen=True)
class Told:
    """A statement: the words of its marks, and who, about what, on which side."""

    speaker: str
    claim: str
    actor: str = ""
    issue: str = ""
    stance: int | None = None
    near: str = ""
    """Where in the text the speaker stands, when its words are there more than once."""


SAME = (
    Told("Trump", URGE, "Donald Trump", "summit", 2, "Trump announced"),
    Told("Lavrov", AGENDA, "Sergei Lavrov", "summit", 1, "Lavrov, the Russian leader"),
)
ADA = (
    *SAME,
    Told("Lavrov", ANCHORAGE, "Sergei Lavrov", "", None, "Lavrov told"),
    Told("He", READY, "Sergei Lavrov", "summit", -1, 'He said: "Putin'),
    Told("He", GUARANTEE, "Sergei Lavrov", "guarantees", 1, "He argued"),
)
BEN = (
    *SAME,
    Told("Lavrov", ANCHORAGE[1:-1], "Sergei Lavrov", "", None, "Lavrov told"),
    Told("He", READY, "Vladimir Putin", "summit", 1, 'He said: "Putin'),
)


def article_of(workspace: Workspace, file: str = SEED_000) -> Id:
    return next(a.id for a in workspace.articles() if a.file == file)


def say(workspace: Workspace, told: Told, article: Id | None = None) -> Statement:
    """Mark a statement in the layer of whoever works here."""
    id = article_of(workspace) if article is None else article
    page, book = workspace.page(id), workspace.codebook
    at = page.text.index(told.claim)
    span = (at, at + len(told.claim))
    edit, _, made = marking.mark(page, book, "claim", [span], workspace.new_id)
    workspace.do(edit)
    start = page.text.index(told.near or told.speaker)
    names = {a.name: str(a.id) for a in workspace.actors()}
    issues = {i.key: str(i.id) for i in workspace.issues()}
    speaker = (start, start + len(told.speaker))
    _add(workspace, id, made.id, "speaker", speaker, {"actor": names.get(told.actor)})
    if told.issue:
        fields = {"issue": issues.get(told.issue), "stance": told.stance}
        _add(workspace, id, made.id, "position", span, fields)
    return workspace.page(id).statement(made.id)


def _add(
    workspace: Workspace,
    article: Id,
    statement: Id,
    kind: str,
    span: tuple[int, int],
    fields: Mapping[str, FieldValue | None],
) -> None:
    book = workspace.codebook
    page = workspace.page(article)
    edit, mark, _ = marking.mark(page, book, kind, [span], workspace.new_id, statement)
    workspace.do(edit)
    for name, value in fields.items():
        if value is not None:
            now = workspace.page(article).mark(mark.id)
            workspace.do(marking.set_field(now, book, name, value))


def done(workspace: Workspace, article: Id | None = None) -> None:
    """Call the article done, as who works here."""
    id = article_of(workspace) if article is None else article
    old = workspace.status(id)
    workspace.do(articles.set_progress(id, workspace.analyst.id, old, "done"))


def team(folder: Path, finished: bool = True) -> Workspace:
    """The seeds with Ada's and Ben's work; Rita, who reviews, works here."""
    rita = seeds_project(folder, "Rita")
    for name, work in (("Ada", ADA), ("Ben", BEN)):
        with rita.as_analyst(name) as analyst:
            for told in work:
                say(analyst, told)
            if finished:
                done(analyst)
    rita.poll()
    return rita
