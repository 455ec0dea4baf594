"""What people are called where names may be hidden."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.core.model import Id
from annotator.ui.review.words import Lane
from annotator.workspace import Workspace


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
