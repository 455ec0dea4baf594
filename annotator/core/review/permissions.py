"""Who may do what: one table, asked by the rules of the data and by the door."""

from __future__ import annotations

from typing import Literal

from annotator.core.codebook import Codebook
from annotator.core.model import (
    GOLD,
    Analyst,
    Assignment,
    Id,
    Mark,
    Statement,
    Status,
)
from annotator.core.review.records import Comment, Procedure, Review, Verdict
from annotator.core.revision import Change

Standing = Literal["reader", "analyst", "owner", "reviewer", "open"]
"""What somebody is to a thing. Everyone is a reader, whoever has joined an analyst; an owner
made it or it is theirs; *open* is said of a layer of an article on which they are not blind."""

Deed = Literal[
    "see a layer",
    "write a layer",
    "write a layer that is called done",
    "call an article done",
    "reopen",
    "write gold",
    "judge",
    "comment",
    "change a comment",
    "resolve a comment",
    "assign",
    "change the codebook",
    "change the procedure",
    "make a reviewer",
    "rename an analyst",
    "set a passphrase",
    "clear a passphrase",
    "merge",
    "hand off",
    "bring in decisions",
    "remove others' work",
]

MAY: dict[Deed, tuple[frozenset[Standing], str]] = {
    "see a layer": (
        frozenset({"owner", "open"}),
        "This is hidden until you have called the article done.",
    ),
    "write a layer": (
        frozenset({"owner"}),
        "A layer is written by its own analyst alone.",
    ),
    "write a layer that is called done": (
        frozenset(),
        "You have called this article done; reopen it to go on.",
    ),
    "call an article done": (
        frozenset({"owner"}),
        "A layer is written by its own analyst alone.",
    ),
    "reopen": (
        frozenset({"owner", "reviewer"}),
        "An article is reopened by whoever called it done, or by a reviewer who says why.",
    ),
    "write gold": (frozenset({"reviewer"}), "Gold is written by reviewers."),
    "judge": (frozenset({"reviewer"}), "Reviewers decide."),
    "comment": (frozenset({"analyst"}), "Only who has joined the project can comment."),
    "change a comment": (frozenset({"owner"}), "A comment is changed by whoever wrote it."),
    "resolve a comment": (
        frozenset({"analyst"}),
        "Only who has joined the project can resolve a comment.",
    ),
    "assign": (frozenset({"reviewer"}), "Reviewers assign articles."),
    "change the codebook": (frozenset({"reviewer"}), "Reviewers change the codebook."),
    "change the procedure": (frozenset({"reviewer"}), "Reviewers set the procedure."),
    "make a reviewer": (frozenset({"reviewer"}), "Reviewers say who is a reviewer."),
    "rename an analyst": (
        frozenset({"owner", "reviewer"}),
        "A name is changed by its analyst or a reviewer.",
    ),
    "set a passphrase": (frozenset({"owner"}), "A passphrase is set by its own analyst."),
    "clear a passphrase": (
        frozenset({"owner", "reviewer"}),
        "A passphrase is taken away by its analyst or a reviewer.",
    ),
    "merge": (frozenset({"analyst"}), "Only who has joined the project can merge files into it."),
    "hand off": (frozenset({"reviewer"}), "Reviewers hand off articles."),
    "bring in decisions": (
        frozenset({"reviewer"}),
        "gold, decisions and assignments were left out: only a reviewer brings them in",
    ),
    "remove others' work": (
        frozenset({"reviewer"}),
        "Others have worked on this article; a reviewer can remove it.",
    ),
}
"""For each deed whoever may do it, and the sentence for all others."""


def may(deed: Deed, standings: frozenset[Standing]) -> bool:
    return not MAY[deed][0].isdisjoint(standings)


def refusal(deed: Deed) -> str:
    """What somebody is told who may not."""
    return MAY[deed][1]


def standings(who: Analyst | None, owner: Id | None = None) -> frozenset[Standing]:
    """What an analyst, or None for a mere reader, is to a thing of this owner."""
    found: set[Standing] = {"reader"}
    if who is not None:
        found.add("analyst")
        if who.reviewer:
            found.add("reviewer")
        if who.id == owner:
            found.add("owner")
    return frozenset(found)


def deeds(change: Change) -> list[tuple[Deed, Id | None]]:
    """What a change amounts to, each with the owner of what it touches."""
    record, before, after = change.record, change.before, change.after
    match record:
        case Mark() | Statement():
            gold = record.layer == GOLD
            return [("write gold", None) if gold else ("write a layer", record.layer)]
        case Status():
            return [(_of_status(record, before, after), record.layer)]
        case Verdict() | Review():
            return [("judge", None)]
        case Assignment():
            return [("assign", None)]
        case Codebook():
            return [("change the codebook", None)]
        case Procedure():
            return [("change the procedure", None)]
        case Comment():
            return [(_of_comment(before, after), record.made_by)]
        case Analyst():
            old = before if isinstance(before, Analyst) else Analyst(id=record.id, name=record.name)
            return [(deed, record.id) for deed in _of_analyst(old, record)]
    return []


def _of_status(record: Status, before: object, after: object) -> Deed:
    if after is record and record.progress == "reopened" and isinstance(before, Status):
        return "reopen"
    return "call an article done"


def _of_comment(before: object, after: object) -> Deed:
    if not isinstance(before, Comment):
        return "comment"
    if isinstance(after, Comment) and after.text == before.text:
        return "resolve a comment"
    return "change a comment"


def _of_analyst(old: Analyst, new: Analyst) -> list[Deed]:
    found: list[Deed] = []
    if old.reviewer != new.reviewer:
        found.append("make a reviewer")
    if old.name != new.name:
        found.append("rename an analyst")
    if old.passphrase != new.passphrase:
        found.append("set a passphrase" if new.passphrase else "clear a passphrase")
    return found
