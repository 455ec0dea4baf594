"""``annotator team``: who reviews, who marks what and how far they are, and the procedure."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

from annotator.commands.entering import entered, me, working
from annotator.core.errors import BadInput
from annotator.core.model import Analyst, Id
from annotator.core.review.assigning import Load, give, give_at_random, load
from annotator.core.review.procedure import set_procedure
from annotator.core.revision import Edit
from annotator.workspace import Workspace
from annotator.workspace.entering import nobody_called

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
        "--add", nargs="+", metavar="NAME", help="let these people join as analysts"
    )
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
    """Change what is given, then say how things are; who only looks need not say who they are."""
    if options.each is not None and not options.assign:
        raise BadInput("--each says to how many of those named with --assign each article goes.")
    with working(options) if _changes(options) else _watching(options) as workspace:
        for edit in _wanted(options, workspace):
            workspace.do(edit)
        for line in _state(workspace):
            say(line)
    return 0


def _wanted(options: argparse.Namespace, workspace: Workspace) -> list[Edit]:
    """All that is asked for as one step, so that nothing is done when a part cannot be.

    A passphrase is taken away in a step of its own: only its analyst can give it back, so that
    an undo leaves such a step as it is.
    """
    added = _added(options, workspace)
    there = [*workspace.analysts(), *added]

    def called(name: str) -> Id:
        return _named(workspace, there, name).id

    reviewers = {
        called(name): reviewer
        for name, reviewer in ((options.reviewer, True), (options.no_reviewer, False))
        if name
    }
    cleared = [called(options.clear_passphrase)] if options.clear_passphrase else []
    forget = [workspace.staffing(cleared=cleared)] if cleared else []
    assigned = [called(name) for name in options.assign or ()]
    edits = [
        *([workspace.staffing(added, reviewers)] if added or reviewers else []),
        *_procedure(options, workspace),
        *([_assigned(options, workspace, assigned)] if assigned else []),
    ]
    made = [edit for edit in edits if edit]
    changes = tuple(change for edit in made for change in edit.changes)
    return [Edit("; ".join(edit.label for edit in made), changes), *forget]


def _changes(options: argparse.Namespace) -> bool:
    """Whether there is anything to do."""
    given = (options.blind, options.names, options.order, options.seed, options.assign)
    people = (options.add, options.reviewer, options.no_reviewer, options.clear_passphrase)
    return any(one is not None for one in (*given, *people))


def _watching(options: argparse.Namespace) -> Workspace:
    """As the analyst named, or who has the user's name; else as nobody."""
    path, name = options.project, options.analyst
    if name is None:
        with Workspace.open(path) as workspace:
            name = me() if me() in (a.name for a in workspace.analysts()) else None
    return entered(path, name, join=False)


def _added(options: argparse.Namespace, workspace: Workspace) -> list[Analyst]:
    names: list[str] = options.add or []
    found = [workspace.newcomer(name) for name in names]
    for number, one in enumerate(found):
        if one.name in [other.name for other in found[:number]]:
            raise BadInput(f"{one.name} is named twice.")
    return found


def _procedure(options: argparse.Namespace, workspace: Workspace) -> list[Edit]:
    def chosen(word: str | None, yes: str) -> bool | None:
        return None if word is None else word == yes

    given = (options.blind, options.names, options.order, options.seed)
    if all(one is None for one in given):
        return []
    return [
        set_procedure(
            workspace.procedure(),
            blind=chosen(options.blind, "on"),
            names_hidden=chosen(options.names, "hidden"),
            shuffled=chosen(options.order, "shuffled"),
            seed=options.seed,
        )
    ]


def _assigned(options: argparse.Namespace, workspace: Workspace, who: list[Id]) -> Edit:
    articles = [article.id for article in workspace.articles()]
    now = workspace.assignments()
    if options.each is None:
        return give(articles, who, now)
    return give_at_random(articles, who, options.each, options.seed or 0, now)


def _named(workspace: Workspace, there: Iterable[Analyst], name: str) -> Analyst:
    known = list(there)
    for analyst in known:
        if name in (analyst.name, str(analyst.id)):
            return analyst
    raise BadInput(nobody_called(name, (a.name for a in known), workspace.path))


def _state(workspace: Workspace) -> list[str]:
    analysts = workspace.analysts_by_name()
    statuses = workspace.progress() if workspace.may("assign") else workspace.statuses()
    procedure = workspace.procedure()
    blind = procedure is not None and procedure.blind
    told = [f"{workspace.path.name}: {'blind' if blind else 'not blind'}"]
    if workspace.has_gaps:
        told.append("how far others are is not in this file, which was made for one analyst")
    elif blind and not workspace.may("assign"):
        told.append("how far others are is hidden here; a reviewer sees it, with --analyst NAME")
    how_far = _progress(workspace)
    loads = load((a.id for a in analysts), workspace.assignments(), statuses)
    for analyst, one in zip(analysts, loads, strict=True):
        role = ", reviewer" if analyst.reviewer else ""
        told.append(f"{analyst.name}{role}: {one.assigned} assigned, {how_far(analyst, one)}")
    return told


def _progress(workspace: Workspace) -> Callable[[Analyst, Load], str]:
    """How to say how far an analyst is: in numbers only where all of them are known here."""
    sight, me, articles = workspace.sight(), workspace.analyst.id, workspace.article_ids()
    sees_all = sight.whole or workspace.may("assign")

    def is_known(analyst: Id) -> bool:
        if analyst == me:
            return True
        if workspace.has_gaps:
            return False
        return sees_all or all(sight.sees(article, analyst) for article in articles)

    def how_far(analyst: Analyst, one: Load) -> str:
        if not is_known(analyst.id):
            return "hidden"
        return (
            f"{one.new} new, {one.in_progress} in progress, {one.done} done,"
            f" {one.reopened} reopened"
        )

    return how_far
