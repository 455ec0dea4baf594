"""What people are called where names may be hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.core.model import Id
from annotator.workspace import Workspace

LETTERS = "ABCDEF"
"""By which layers are told from each other, and taken."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A layer as a reviewer sees it on one article."""

    id: Id
    badge: str
    name: str
    """Of the analyst, or ``Analyst A`` where names are hidden."""
    done: bool = True

    @property
    def heading(self) -> str:
        hidden = self.name == f"Analyst {self.badge}"
        return self.badge if hidden else f"{self.badge}  {self.name}"


def lanes(
    layers: Iterable[Id], names: Mapping[Id, str], hidden: bool, done: Iterable[Id]
) -> tuple[Lane, ...]:
    """The layers with their letters, in the order in which they are shown."""
    finished = set(done)
    return tuple(
        Lane(id, letter, f"Analyst {letter}" if hidden else names.get(id, "?"), id in finished)
        for letter, id in zip(LETTERS, layers, strict=False)
    )


def namer(workspace: Workspace, lanes: Sequence[Lane] = ()) -> Callable[[Id], str]:
    """Names of those who wrote something: on the bench by their letters there."""
    shown = {lane.id: lane.name for lane in lanes}
    people = {analyst.id: analyst.name for analyst in workspace.analysts()}
    procedure = workspace.procedure()
    hidden = bool(lanes) and procedure is not None and procedure.names_hidden

    def name(id: Id) -> str:
        if id == workspace.analyst.id:
            return "You"
        if id in shown:
            return shown[id]
        return "Somebody else" if hidden else people.get(id, "Somebody")

    return name
