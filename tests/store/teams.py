"""Several analysts on one article, for tests of reviewing and merging."""

from __future__ import annotations

import shutil
from pathlib import Path

from annotator.core import marking
from annotator.core.model import Id, Mark, Statement
from annotator.core.review.docket import Group, roots
from annotator.workspace import Workspace
from tests.workshop import add_article, start

TEXT = "“It was not discussed,” Lavrov said. He waited. Zelensky agreed.\n"


def team_project(path: Path, *names: str) -> Workspace:
    """A project of Rita's, who reviews, with one article; the others have joined."""
    rita = Workspace.create(path, start(), "Rita")
    add_article(rita, TEXT)
    for name in names:
        Workspace.open(path, name).close()
    return rita


def the_article(workspace: Workspace) -> Id:
    return workspace.articles()[0].id


def claim_by(workspace: Workspace, start: int, end: int, **fields: str | int) -> Statement:
    """A statement of one claim and, with fields, one position over the same words."""
    page = workspace.page(the_article(workspace))
    edit, _, made = marking.mark(
        page, workspace.codebook, "claim", [(start, end)], workspace.new_id
    )
    workspace.do(edit)
    page = workspace.page(the_article(workspace))
    if fields:
        edit, position, made = marking.mark(
            page, workspace.codebook, "position", [(start, end)], workspace.new_id, made.id
        )
        workspace.do(edit)
        for name, value in fields.items():
            now = workspace.page(position.article).mark(position.id)
            workspace.do(marking.set_field(now, workspace.codebook, name, value))
    return workspace.page(made.article).statement(made.id)


def copied(workspace: Workspace, path: Path) -> Path:
    """The file as it is, under another name; the workspace must be closed or only have read."""
    shutil.copyfile(workspace.path, path)
    return path


def groups_by_place(workspace: Workspace) -> list[Group]:
    """A plain alignment for tests: things of different layers that begin at the same place."""
    docket = workspace.docket(the_article(workspace))
    found: dict[tuple[str, int | None], list[Id]] = {}
    for page in docket.pages.values():
        for said in roots(page):
            if isinstance(said, Mark):
                mark = said
            else:
                mark = next(page.marks[m] for m in said.marks())
            found.setdefault((type(said).__name__, mark.start), []).append(said.id)
    return [tuple(group) for group in found.values()]
