"""Entering a project under a name: who that is, whether it is them, and joining."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path

from annotator.core.errors import BadInput, Conflict
from annotator.core.model import Analyst, Id, analyst_id
from annotator.core.review import passphrase as phrases
from annotator.core.review.procedure import check_name
from annotator.core.revision import Change, Edit
from annotator.store.project import ProjectFile
from annotator.workspace.reading import NOBODY, codebook_of


def enter(file: ProjectFile, name: str | None, passphrase: str, join: bool) -> Analyst:
    """The analyst of this name, made if need be; :class:`BadInput` when it cannot be them."""
    codebook_of(file)
    if name is None:
        return NOBODY
    there = _called(file, name)
    if there is None:
        if not join:
            raise BadInput(nobody_called(name, (a.name for a in _analysts(file)), file.path))
        there = _joined(file, name)
    if not phrases.fits(there.passphrase, passphrase):
        what = "is not right" if passphrase else "is needed"
        raise BadInput(f"The passphrase of {name} {what}.")
    return myself(file, there.id)


def myself(file: ProjectFile, id: Id) -> Analyst:
    """An analyst as they are now, without what is stored of their passphrase."""
    found = file.record("analyst", id)
    if not isinstance(found, Analyst):
        return NOBODY
    return Analyst(id=found.id, name=found.name, reviewer=found.reviewer)


def _called(file: ProjectFile, name: str) -> Analyst | None:
    return next((a for a in _analysts(file) if a.name == name), None)


def _analysts(file: ProjectFile) -> list[Analyst]:
    return [a for a in file.records("analyst") if isinstance(a, Analyst)]


def nobody_called(name: str, there: Iterable[str], project: Path) -> str:
    """What is said of a name that nobody has, and how somebody gets it."""
    return (
        f"No analyst is called {name}; there are {', '.join(there)}."
        f" “annotator team {project} --add {shlex.quote(name)}” adds one."
    )


def newcomer(file: ProjectFile, name: str) -> Analyst:
    """Somebody who is to join; under one name the same on every copy of the project.

    :class:`BadInput` for a name that nobody can have, or that somebody has.
    """
    return _new(file, check_name(name, [a.name for a in _analysts(file)]))


def _new(file: ProjectFile, name: str) -> Analyst:
    id = analyst_id(file.id, name)
    if file.record("analyst", id) is not None:
        id = file.new_id()  # somebody who was called so has another name now
    return Analyst(id=id, name=name)


def _joined(file: ProjectFile, name: str) -> Analyst:
    """A new analyst, under the name as it was given."""
    check_name(name, ())
    joins = _new(file, name)
    try:
        file.write(Edit(f"{name} joins", (Change(None, joins),)), joins.id, "start")
    except Conflict:
        # Another program joined under this name in the same moment.
        there = _called(file, name)
        if there is None:
            raise
        return there
    return joins
