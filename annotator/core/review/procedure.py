"""Verbs on the procedure, the progress of a review, and who is a reviewer."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from annotator.core.errors import NotAllowed
from annotator.core.model import Analyst, Id, Status
from annotator.core.review.records import (
    PROCEDURE,
    Procedure,
    Review,
    ReviewState,
    review_id,
)
from annotator.core.revision import Change, Edit


def set_procedure(
    old: Procedure | None,
    *,
    blind: bool | None = None,
    names_hidden: bool | None = None,
    shuffled: bool | None = None,
    seed: int | None = None,
) -> Edit:
    """Set what is given; the rest stays as it is."""
    given = {"blind": blind, "names_hidden": names_hidden, "shuffled": shuffled, "seed": seed}
    new = msgspec.structs.replace(
        old or Procedure(id=PROCEDURE), **{k: v for k, v in given.items() if v is not None}
    )
    return Edit("Procedure", (Change(old, new),) if new != old else ())


def set_review(article: Id, old: Review | None, state: ReviewState | None) -> Edit:
    """Say how far the review of an article is; None is unreviewed."""
    if state is None:
        return Edit("Unreviewed", (Change(old, None),) if old else ())
    new = msgspec.structs.replace(
        old or Review(id=review_id(article), article=article, state=state), state=state
    )
    return Edit(state.capitalize(), (Change(old, new),) if new != old else ())


def reopen(old: Status | None, reason: str = "") -> Edit:
    """Let an analyst go on with an article they had called done; a reviewer says why."""
    if old is None or old.progress != "done":
        raise NotAllowed("Only an article that was called done can be reopened.")
    new = msgspec.structs.replace(old, progress="reopened", reason=reason.strip())
    return Edit("Reopen the article", (Change(old, new),))


def appoint(who: Analyst, reviewer: bool, analysts: Iterable[Analyst]) -> Edit:
    """Make somebody a reviewer, or no longer; one there must be."""
    if not reviewer and not any(a.reviewer for a in analysts if a.id != who.id):
        raise NotAllowed(f"{who.name} is the only reviewer; make somebody else one first.")
    new = msgspec.structs.replace(who, reviewer=reviewer)
    label = f"{who.name} reviews" if reviewer else f"{who.name} reviews no longer"
    return Edit(label, (Change(who, new),) if new != who else ())
