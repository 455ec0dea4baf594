"""Opening a project from the command line: to work on it as somebody, or to look."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.core.model import GOLD
from annotator.workspace import Workspace
from annotator.workspace.reading import NOBODY

PASSPHRASE = "ANNOTATOR_PASSPHRASE"
"""The environment variable that holds a passphrase for commands without a terminal."""


def add_looker(parser: argparse.ArgumentParser) -> None:
    """Whose eyes a command that only reads has."""
    parser.add_argument(
        "--analyst",
        metavar="NAME",
        help="who is looking (in a blind project, where analysts see their own layers alone until"
        f" they are done, default: {me()}, your user name, if an analyst is called so)",
    )


def add_worker(parser: argparse.ArgumentParser) -> None:
    """In whose name a command works that is a reviewer's, or that may turn out to look only."""
    parser.add_argument(
        "--analyst",
        metavar="NAME",
        help=f"who does it (default: {me()}, your user name, if an analyst is called so; else the"
        " only reviewer)",
    )


def me() -> str:
    """The user of this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "analyst"


def looking(options: argparse.Namespace) -> Workspace:
    """The project as the analyst named may see it; without a name, as nobody in particular.

    Of a blind project it says on standard error what is hidden, and who would see more.
    """
    workspace = looking_on(options)
    if words := what_is_hidden(workspace):
        sys.stderr.write(f"annotator: {words}\n")
    return workspace


def taking_along(options: argparse.Namespace) -> Workspace:
    """The same for who writes down what they see: nobody takes a blind project for an empty one.

    :class:`BadInput` where nobody says who is looking, with who could be.
    """
    workspace = looking_on(options)
    words = what_is_hidden(workspace)
    if words and workspace.analyst == NOBODY:
        names = [one.name for one in workspace.analysts_by_name()]
        workspace.close()
        raise BadInput(f"{words} There are {', '.join(names)}. Nothing was written.")
    if words:
        sys.stderr.write(f"annotator: {words}\n")
    return workspace


def looking_on(options: argparse.Namespace) -> Workspace:
    """The same without a word, for who shows nothing that would be hidden."""
    path: Path = options.project
    workspace = entered(path, options.analyst, join=False)
    if options.analyst is None and not workspace.sight().whole and _is_known(workspace):
        workspace.close()
        workspace = entered(path, me(), join=False)
    return workspace


def _is_known(workspace: Workspace) -> bool:
    """Whether the user of this computer is an analyst, and can say so."""
    named = [analyst for analyst in workspace.analysts() if analyst.name == me()]
    can_say = PASSPHRASE in os.environ or sys.stdin.isatty()
    return any(can_say or not workspace.has_passphrase(analyst.id) for analyst in named)


def what_is_hidden(workspace: Workspace) -> str:
    """What of a blind project is not shown to whoever looks, in a sentence; else empty."""
    sight = workspace.sight()
    if sight.whole:
        return ""
    who, project = workspace.analyst, f"{workspace.path.name} is blind"
    if who == NOBODY:
        return (
            f"{project}: marks, statements, progress, comments, gold and decisions are hidden"
            " until you say who is looking with --analyst NAME."
        )
    if all(sight.sees(article, GOLD) for article in workspace.article_ids()):
        return ""
    return (
        f"{project}: on articles that {who.name} has not called done, what others did, gold and"
        " decisions are hidden."
    )


def working(options: argparse.Namespace) -> Workspace:
    """The project in the name of whoever is named, or of the one who must be meant; nobody joins."""
    path: Path = options.project
    return entered(path, options.analyst or _meant(path), join=False)


def _meant(path: Path) -> str:
    with _opened(path) as workspace:
        people = workspace.analysts()
    names = [analyst.name for analyst in people]
    reviewers = [analyst.name for analyst in people if analyst.reviewer]
    if me() in names:
        return me()
    if len(reviewers) == 1:
        return reviewers[0]
    raise BadInput(
        f"Nobody in {path.name} is called {me()}, your user name; say with --analyst who you are:"
        f" {', '.join(sorted(names, key=str.casefold))}."
    )


def entered(path: Path, name: str | None, *, join: bool = True) -> Workspace:
    """The project as an analyst, with their passphrase if they have one.

    Who joins by this is told so, as a name is soon mistyped.
    """
    if name is None:
        return _opened(path)
    joins = join and not _has(path, name)
    workspace = _opened(path, name, _passphrase(path, name), join=join)
    if joins:
        sys.stderr.write(f"annotator: {name} is a new analyst of {path.name}.\n")
    return workspace


def _has(path: Path, name: str) -> bool:
    with _opened(path) as workspace:
        return name in (analyst.name for analyst in workspace.analysts())


def _passphrase(path: Path, name: str) -> str:
    given = os.environ.get(PASSPHRASE)
    if given is not None or not sys.stdin.isatty():
        return given or ""
    if not Workspace.asks_passphrase(path, name):
        return ""
    return getpass.getpass(f"Passphrase of {name}: ")


def _opened(
    path: Path, name: str | None = None, passphrase: str = "", *, join: bool = True
) -> Workspace:
    """Told on standard error when an older program made it, with where it is kept as it was."""
    workspace = Workspace.open(path, name, passphrase, join=join)
    if workspace.kept_old is not None:
        sys.stderr.write(
            f"annotator: {path.name} was made by an older version and has been brought up to date;"
            f" as it was it is kept as {workspace.kept_old}.\n"
        )
    return workspace
