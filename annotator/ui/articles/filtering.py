"""The filters of the list in words: what is on, what can be chosen, and taking one off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

from annotator.core.model import Id
from annotator.store.finding.listing import Group, Sort, Stage, Wanted
from annotator.store.finding.reviewed import Asked
from annotator.ui.panel.options import Option

SORTS: dict[Sort, str] = {
    "title": "Title",
    "date": "Date, the newest first",
    "outlet": "Outlet",
    "status": "Status: in progress, new, done",
    "changed": "Last changed",
    "statements": "Statements, most first",
}
GROUPS: dict[Group, str] = {
    "": "Not grouped",
    "outlet": "Outlet",
    "status": "Status",
    "month": "Month",
    "analyst": "Analyst",
}
_STAGES: tuple[Stage, ...] = get_args(Stage)
_REVIEWS: dict[Asked, str] = {
    "ready": "ready, two or more are done",
    "decided": "decided",
    "undecided": "undecided, ready or in review",
}
"""What reviewers filter by, in words."""
DATES = "dates"
"""The choice that asks for dates."""


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called."""

    analysts: Mapping[Id, str]
    me: Id
    actor: str = ""
    reviews: bool = False
    """Whether they are told how far the review of articles is."""


def on(wanted: Wanted, names: Names) -> dict[str, str]:
    """The filters that are on, by field, in words."""
    said: dict[str, str] = {}
    if wanted.stage is not None:
        said["stage"] = wanted.stage
    if wanted.outlet is not None:
        said["outlet"] = wanted.outlet or "no outlet"
    if wanted.since or wanted.until:
        said["dates"] = _dates(wanted)
    if wanted.analyst is not None:
        said["analyst"] = f"marked by {_name(names, wanted.analyst)}"
    if wanted.assigned is not None:
        said["assigned"] = f"assigned to {_name(names, wanted.assigned)}"
    if wanted.flagged:
        said["flagged"] = "asks the reviewer"
    said |= _review_on(wanted)
    if wanted.among is not None:
        said["among"] = "unfinished"
    if wanted.actor is not None:
        said["actor"] = names.actor
    return said


def _review_on(wanted: Wanted) -> dict[str, str]:
    said = {"review": f"review: {wanted.review}"} if wanted.review is not None else {}
    return said | ({"commented": "with open comments"} if wanted.commented else {})


def _dates(wanted: Wanted) -> str:
    if wanted.since == wanted.until:
        return wanted.since
    if not wanted.until:
        return f"since {wanted.since}"
    return f"until {wanted.until}" if not wanted.since else f"{wanted.since} – {wanted.until}"


def _name(names: Names, analyst: Id) -> str:
    return "me" if analyst == names.me else names.analysts.get(analyst, "somebody gone")


def without(wanted: Wanted, *fields: str) -> Wanted:
    """The filter with some of it taken off."""
    bare = Wanted()
    parts = {"dates": ("since", "until")}
    names = [name for field in fields for name in parts.get(field, (field,))]
    return replace(wanted, **{name: getattr(bare, name) for name in names})


def bare(wanted: Wanted) -> Wanted:
    """Everything, in the order there is now."""
    return Wanted(sort=wanted.sort, group=wanted.group)


def choices(names: Names, outlets: list[tuple[str, int]]) -> list[Option]:
    """All that can be chosen to filter by; :func:`chosen` reads what was."""
    listed = [Option(f"stage={stage}", f"Status: {stage}") for stage in _STAGES]
    listed += [
        Option("unfinished", "Unfinished: something is still missing"),
        Option("flagged", "Asks the reviewer"),
        Option(DATES, "Dates: from … to …"),
    ]
    if names.reviews and len(names.analysts) > 1:
        listed += [Option(f"review={key}", f"Review: {said}") for key, said in _REVIEWS.items()]
        listed.append(Option("commented", "With comments that are not resolved"))
    for id, name in names.analysts.items():
        detail = name if _name(names, id) != name else ""
        listed.append(Option(f"assigned={id}", f"Assigned to {_name(names, id)}", detail))
        listed.append(Option(f"analyst={id}", f"Marked by {_name(names, id)}", detail))
    listed += [
        Option(f"outlet={outlet}", f"Outlet: {outlet or 'none'}", f"{count:,}")
        for outlet, count in outlets
    ]
    return listed


def chosen(wanted: Wanted, value: str) -> Wanted:
    """The filter with one of :func:`choices` put on."""
    field, _, said = value.partition("=")
    if field == "flagged":
        return replace(wanted, flagged=True)
    if field == "commented":
        return replace(wanted, commented=True)
    if field == "review":
        return replace(wanted, review=next(r for r in _REVIEWS if r == said))
    if field == "stage":
        return replace(wanted, stage=next(s for s in _STAGES if s == said))
    if field == "outlet":
        return replace(wanted, outlet=said)
    if field == "assigned":
        return replace(wanted, assigned=int(said))
    return replace(wanted, analyst=int(said))


def heading(group: Group, key: str) -> str:
    """What stands above a group."""
    nothing = {"outlet": "No outlet", "month": "No date", "analyst": "Nobody yet"}
    return (key.capitalize() if group == "status" else key) or nothing.get(group, "")


def depends_on_work(wanted: Wanted) -> bool:
    """Whether marking can change which articles are listed, or in what order."""
    return (
        wanted.sort in ("status", "changed", "statements")
        or wanted.group in ("status", "analyst")
        or wanted.stage is not None
        or wanted.analyst is not None
        or wanted.assigned is not None
        or wanted.flagged
        or wanted.review is not None
        or wanted.commented
        or wanted.actor is not None
    )
