"""What somebody may see of others' work, and a journal without what they may not."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from annotator.core.model import Analyst, Id, Progress
from annotator.core.review.permissions import Standing, may, standings
from annotator.core.review.records import Procedure
from annotator.core.revision import Entry, Flat, Revision
from annotator.core.touched import ManyEntries

LAID_ON = ("mark", "statement", "status", "comment")
"""Kinds of record that belong to a layer of an article."""

OF_REVIEW = ("verdict", "review")
"""Kinds of record that belong to the gold of an article."""

HIDDEN = "Hidden until the article is done"
"""The label of a step of which something is left out."""

Belongs = Callable[[str, Id], tuple[Id, Id] | None]
"""Article and layer of a record of those kinds, also of one that is gone."""

Sees = Callable[[Id, Id], bool]
"""Whether a layer of an article may be seen."""


def sees(
    procedure: Procedure, who: Analyst | None, layer: Id, progress: Progress | None, involved: bool
) -> bool:
    """Whether somebody may see a layer of an article.

    ``progress`` is how far they are on the article themselves. They are ``involved`` when they
    have marked something there or are to do so: then a reviewer, too, is blind until done.
    """
    found: set[Standing] = set(standings(who, layer))
    if not procedure.blind or (
        who is not None and (progress in ("done", "reopened") or (who.reviewer and not involved))
    ):
        found.add("open")
    return may("see a layer", frozenset(found))


def is_seen(entry: Entry, belongs: Belongs, visible: Sees) -> bool:
    """Whether a change in the journal may be seen; what belongs nowhere any more may not."""
    if entry.kind not in (*LAID_ON, *OF_REVIEW):
        return True
    place = belongs(entry.kind, entry.id)
    return place is not None and visible(*place)


def without_hidden(revision: Revision, me: Id, seen: Callable[[Entry], bool]) -> Revision:
    """A revision with the entries that may be seen; the label of another's is left out if any is not."""
    if isinstance(revision.entries, ManyEntries):
        some = revision.entries.shown(lambda entry: entry if seen(entry) else None)
        return replace(revision, entries=some, label=own_label(revision, me))
    entries = tuple(entry for entry in revision.entries if seen(entry))
    complete = len(entries) == len(revision.entries)
    label = revision.label if complete else own_label(revision, me)
    return replace(revision, entries=entries, label=label)


def without_passphrases(revision: Revision) -> Revision:
    """A revision that does not show what is stored of a passphrase."""
    if "analyst" not in revision.kinds:
        return revision
    if isinstance(revision.entries, ManyEntries):
        return replace(revision, entries=revision.entries.shown(_without_passphrase))
    return replace(revision, entries=tuple(map(_without_passphrase, revision.entries)))


def own_label(revision: Revision, me: Id) -> str:
    """What a step is called of which not all may be seen."""
    return revision.label if revision.author == me else HIDDEN


def _without_passphrase(entry: Entry) -> Entry:
    if entry.kind != "analyst":
        return entry

    def stripped(flat: Flat | None) -> Flat | None:
        return None if flat is None else {k: v for k, v in flat.items() if k != "passphrase"}

    before, after = stripped(entry.before), stripped(entry.after)
    return Entry(entry.kind, entry.id, before, after, entry.seen)


def letters(analysts: Iterable[Id], seed: int) -> dict[Id, str]:
    """A name for each analyst that does not tell who they are: Analyst A, B … in a shuffled order."""
    order = shuffled(sorted(analysts), seed, 0)
    return {id: f"Analyst {_letter(number)}" for number, id in enumerate(order)}


def _letter(number: int) -> str:
    rounds, place = divmod(number, len(string.ascii_uppercase))
    return string.ascii_uppercase[place] + (str(rounds + 1) if rounds else "")


def shuffled(layers: Sequence[Id], seed: int, article: Id) -> list[Id]:
    """Layers in an order that differs from article to article and is the same each time."""
    order = list(layers)
    random.Random(f"{seed}/{article}").shuffle(order)
    return order
