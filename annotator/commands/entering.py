"""Opening a project from the command line: to work on it as somebody, or to look."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from annotator.workspace import Workspace

PASSPHRASE = "ANNOTATOR_PASSPHRASE"
"""The environment variable that holds a passphrase for commands without a terminal."""


def add_looker(parser: argparse.ArgumentParser) -> None:
    """Whose eyes a command that only reads has."""
    parser.add_argument(
        "--analyst",
        metavar="NAME",
        help="who is looking: in a blind project nobody sees layers, and analysts see their own"
        " until they are done",
    )


def looking(options: argparse.Namespace) -> Workspace:
    """The project as the analyst named may see it; without a name, as nobody in particular."""
    return entered(options.project, options.analyst, join=False)


def entered(path: Path, name: str | None, *, join: bool = True) -> Workspace:
    """The project as an analyst, with their passphrase if they have one."""
    if name is None:
        return Workspace.open(path)
    return Workspace.open(path, name, _passphrase(path, name), join=join)


def _passphrase(path: Path, name: str) -> str:
    given = os.environ.get(PASSPHRASE)
    if given is not None or not sys.stdin.isatty():
        return given or ""
    if not Workspace.asks_passphrase(path, name):
        return ""
    return getpass.getpass(f"Passphrase of {name}: ")
