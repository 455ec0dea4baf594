"""``annotator check``, ``history`` and ``info``: what a project says of itself."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from annotator.commands.entering import looking, looking_on
from annotator.core.model import GOLD, Id
from annotator.core.revision import Revision
from annotator.core.text.cleaning import counted
from annotator.formats.annotator_values import time_text

Say = Callable[[str], None]


def run_check(options: argparse.Namespace, say: Say) -> int:
    """Whether the project file is sound, and what is wrong with it."""
    with looking_on(options) as workspace:
        faults = workspace.check()
    for fault in faults:
        say(str(fault))
    say(f"{options.project}: " + (f"{len(faults)} faults" if faults else "sound"))
    return 1 if faults else 0


def run_history(options: argparse.Namespace, say: Say) -> int:
    """Who did what and when, the newest first."""
    with looking(options) as workspace:
        names = {analyst.id: analyst.name for analyst in workspace.analysts()}
        for revision in workspace.history(options.number):
            say(_line(revision, names))
    return 0


def _line(revision: Revision, names: dict[Id, str]) -> str:
    when = time_text(revision.time_ms)
    who = names.get(revision.author, str(revision.author))
    what = {"undo": "Undo: ", "redo": "Redo: "}.get(revision.action, "") + revision.label
    return f"{when}  {who}  {what}  ({counted(len(revision.entries), 'change')})"


def run_info(options: argparse.Namespace, say: Say) -> int:
    """What is in a project: articles, and how much is marked by whom."""
    with looking(options) as workspace:
        articles, analysts = workspace.articles(), workspace.analysts()
        say(f"{options.project}, codebook “{workspace.codebook.name}”")
        say(
            f"{counted(len(articles), 'article')}, {counted(len(workspace.actors()), 'actor')},"
            f" {counted(len(workspace.issues()), 'issue')}, {counted(len(analysts), 'analyst')}"
        )
        marks, statements = workspace.count("mark"), workspace.count("statement")
    layers = {**{analyst.id: analyst.name for analyst in analysts}, GOLD: "gold"}
    for article in articles:
        about = ", ".join(filter(None, (article.outlet, article.published)))
        say("")
        say(f"{article.id}  {article.title}{f' ({about})' if about else ''}")
        say(f"  {article.file or 'pasted'}, {article.length} characters")
        for layer, name in layers.items():
            if marked := marks.get((article.id, layer)):
                stated = statements.get((article.id, layer), 0)
                say(f"  {name}: {counted(stated, 'statement')}, {counted(marked, 'mark')}")
    return 0
