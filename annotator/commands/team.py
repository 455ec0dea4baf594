"""``annotator team``: who reviews, who marks what and how far they are, and the procedure."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from annotator.commands.entering import entered
from annotator.core.errors import BadInput
from annotator.core.model import Analyst, Id
from annotator.core.review.assigning import give, give_at_random, load
from annotator.core.review.procedure import set_procedure
from annotator.workspace import Workspace

Say = Callable[[str], None]


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--blind",
        choices=["on", "off"],
        help="whether others' work on an article is hidden until one has called it done",
    )
    parser.add_argument(
        "--names", choices=["hidden", "shown"], help="whether reviewers see letters for names"
    )
    parser.add_argument(
        "--order", choices=["shuffled", "fixed"], help="whether layers are shown in a mixed order"
    )
    parser.add_argument("--seed", type=int, help="of the letters, the order and assigning")
    parser.add_argument(
        "--assign", nargs="+", metavar="NAME", help="give all articles to these analysts"
    )
    parser.add_argument(
        "--each", type=int, metavar="K", help="with --assign: each article to K of them, at random"
    )
    parser.add_argument("--reviewer", metavar="NAME", help="make this analyst a reviewer")
    parser.add_argument("--no-reviewer", metavar="NAME", help="make them one no longer")
    parser.add_argument(
        "--clear-passphrase", metavar="NAME", help="take away a passphrase that was forgotten"
    )


def run(options: argparse.Namespace, say: Say) -> int:
    """Change what is given, then say how things are."""
    with entered(options.project, options.analyst, join=False) as workspace:
        _set(options, workspace)
        if options.assign:
            _assign(options, workspace)
        for name, reviewer in ((options.reviewer, True), (options.no_reviewer, False)):
            if name:
                workspace.appoint(_named(workspace, name).id, reviewer)
        if options.clear_passphrase:
            workspace.clear_passphrase(_named(workspace, options.clear_passphrase).id)
        for line in _state(workspace):
            say(line)
    return 0


def _set(options: argparse.Namespace, workspace: Workspace) -> None:
    def chosen(word: str | None, yes: str) -> bool | None:
        return None if word is None else word == yes

    given = (options.blind, options.names, options.order, options.seed)
    if any(one is not None for one in given):
        workspace.do(
            set_procedure(
                workspace.procedure(),
                blind=chosen(options.blind, "on"),
                names_hidden=chosen(options.names, "hidden"),
                shuffled=chosen(options.order, "shuffled"),
                seed=options.seed,
            )
        )


def _assign(options: argparse.Namespace, workspace: Workspace) -> None:
    who = [_named(workspace, name).id for name in options.assign]
    articles: list[Id] = [article.id for article in workspace.articles()]
    now = workspace.assignments()
    if options.each is None:
        workspace.do(give(articles, who, now))
    else:
        workspace.do(give_at_random(articles, who, options.each, options.seed or 0, now))


def _named(workspace: Workspace, name: str) -> Analyst:
    for analyst in workspace.analysts():
        if name in (analyst.name, str(analyst.id)):
            return analyst
    names = ", ".join(a.name for a in workspace.analysts())
    raise BadInput(f"No analyst is called {name}; there are {names}.")


def _state(workspace: Workspace) -> list[str]:
    analysts = workspace.analysts()
    statuses = workspace.progress() if workspace.may("assign") else workspace.statuses()
    procedure = workspace.procedure()
    blind = procedure is not None and procedure.blind
    told = [f"{workspace.path.name}: {'blind' if blind else 'open'}"]
    loads = load((a.id for a in analysts), workspace.assignments(), statuses)
    for analyst, one in zip(analysts, loads, strict=True):
        role = ", reviewer" if analyst.reviewer else ""
        told.append(
            f"{analyst.name}{role}: {one.assigned} assigned, {one.new} new,"
            f" {one.in_progress} in progress, {one.done} done, {one.reopened} reopened"
        )
    return told
