"""Verbs on the procedure, the progress of a review, and who is a reviewer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from annotator.core.errors import BadInput, NotAllowed
from annotator.core.model import Analyst, Id, Status
from annotator.core.review.records import (
    PROCEDURE,
    Procedure,
    Review,
    ReviewState,
    review_id,
)
from annotator.core.revision import Change, Edit

GOLD_NAME = "gold"
"""What the layer of decisions is called wherever layers are named."""


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


def check_name(name: str, taken: Iterable[str]) -> str:
    """The name as an analyst can have it; :class:`BadInput` says why not."""
    plain = " ".join(name.split())
    if not plain:
        raise BadInput("An analyst needs a name.")
    if plain.casefold() == GOLD_NAME:
        raise BadInput("No analyst can be called gold: so is the layer of decisions.")
    if plain in taken:
        raise BadInput(f"{plain} is in the project already.")
    return plain


def staff(
    there: Sequence[Analyst],
    *,
    added: Iterable[Analyst] = (),
    reviewers: Mapping[Id, bool] | None = None,
    cleared: Collection[Id] = (),
) -> Edit:
    """Let people join, make some reviewers or no longer, take passphrases away; all at once."""
    new = {one.id: one for one in added}
    old = {one.id: one for one in there}
    then = [_as_said(one, reviewers or {}, cleared) for one in (old | new).values()]
    if not any(one.reviewer for one in then):
        names = ", ".join(one.name for one in there if one.reviewer)
        raise NotAllowed(f"{names} is the only reviewer; make somebody else one first.")
    changed = [one for one in then if one != old.get(one.id)]
    names = ", ".join(one.name for one in changed)
    what = f"Add {names}" if all(one.id in new for one in changed) else f"People: {names}"
    if cleared and not new and not reviewers:
        what = "Take a passphrase away"
    return Edit(what, tuple(Change(old.get(one.id), one) for one in changed))


def _as_said(who: Analyst, reviewers: Mapping[Id, bool], cleared: Collection[Id]) -> Analyst:
    phrase = "" if who.id in cleared else who.passphrase
    reviews = reviewers.get(who.id, who.reviewer)
    return msgspec.structs.replace(who, reviewer=reviews, passphrase=phrase)
