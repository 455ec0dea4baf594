"""What the reviewer changed: what became of each thing that an analyst marked on an article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from annotator.core.codebook import STATEMENT, Codebook
from annotator.core.marking import brief
from annotator.core.model import FieldValue, Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.review.docket import Docket, Said, digest, roots, sort_of
from annotator.core.review.records import REASONS, Verdict
from annotator.core.review.records import Said as Sort
from annotator.core.review.uniting import content

Fate = Literal["accepted", "corrected", "rejected", "not judged", "added", "found"]
"""``found`` is what others had and this analyst had not, ``added`` what nobody had."""
Shown = Callable[[str, FieldValue], str]
"""A field's value in words, by the field's key: actors and issues by name, stances as worded."""
ABSENT: tuple[Fate, ...] = ("added", "found")
"""The fates of what is in gold alone for this analyst."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One way in which gold differs from what the analyst had."""

    what: Literal["boundary", "kind", "field", "missing", "extra"]
    role: str
    """Of the mark in the statement; empty for the statement itself and a mark alone."""
    field: str
    mine: str
    gold: str
    words: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one statement or mark."""

    kind: Sort
    id: Id
    """Of the analyst's thing; of the thing in gold when they had none."""
    fate: Fate
    words: str
    corrections: tuple[Correction, ...] = ()
    verdict: Verdict | None = None
    gold: Id | None = None
    """What in gold it became."""
    changed_since: bool = False
    """Whether the analyst has changed it after it was judged."""
    finders: tuple[Id, ...] = ()
    """The layers that had what this analyst had not, in the order of the verdict."""


def what_changed(docket: Docket, layer: Id, book: Codebook, shown: Shown) -> list[Outcome]:
    """For each statement and loose mark of a layer, in reading order; then what else is in gold."""
    page = docket.pages[layer]
    found = [_outcome(docket, page, said, book, shown) for said in roots(page)]
    mine = {one.gold for one in found}
    for verdict in docket.verdicts:
        if all(source.layer != layer for source in verdict.sources):
            others = (said for said in roots(docket.gold, verdict.gold) if said.id not in mine)
            found += (_absent(said, verdict) for said in others)
    return found


def _absent(said: Said, verdict: Verdict) -> Outcome:
    """What gold has and the analyst has not."""
    finders = tuple(dict.fromkeys(source.layer for source in verdict.sources))
    plain = "Another analyst found this" if finders else "The reviewer added this"
    words = _with_note(plain, verdict)
    fate: Fate = "found" if finders else "added"
    return Outcome(sort_of(said), said.id, fate, words, (), verdict, said.id, finders=finders)


def _outcome(docket: Docket, page: Page, said: Said, book: Codebook, shown: Shown) -> Outcome:
    sort = sort_of(said)
    verdict = next(iter(docket.on([said.id])), None)
    if verdict is None:
        return Outcome(sort, said.id, "not judged", "Not judged yet")
    judged = next(s.digest for s in verdict.sources if s.id == said.id)
    since = judged != digest(said, page)
    became = _nearest(said, page, docket, verdict)
    if became is None:
        words = _with_note(f"Rejected: {REASONS.get(verdict.reason, verdict.reason)}", verdict)
        return Outcome(sort, said.id, "rejected", words, (), verdict, None, since)
    differs = corrections(said, page, became, docket.gold, book, shown)
    if not differs:
        words = _with_note("Accepted as it is", verdict)
        return Outcome(sort, said.id, "accepted", words, (), verdict, became.id, since)
    told = "; ".join(one.words for one in differs)
    if verdict.decision == "accepted" and _is_part(said, page, became, docket, verdict):
        words = _with_note(f"Accepted, with what others found: {told}", verdict)
        return Outcome(sort, said.id, "accepted", words, differs, verdict, became.id, since)
    words = _with_note(f"Corrected: {told}", verdict)
    return Outcome(sort, said.id, "corrected", words, differs, verdict, became.id, since)


def _is_part(said: Said, page: Page, became: Said, docket: Docket, verdict: Verdict) -> bool:
    """Whether gold says all of this with what others said, and nobody said just that alone."""
    if not isinstance(said, Statement) or not isinstance(became, Statement):
        return False
    gold = docket.gold
    alone = digest(became, gold) in {source.digest for source in verdict.sources}
    return not alone and content(said, page).within(content(became, gold))


def _with_note(words: str, verdict: Verdict) -> str:
    reason = REASONS.get(verdict.reason, "") if verdict.decision != "rejected" else ""
    more = ", ".join(filter(None, (reason, verdict.note)))
    return f"{words} ({more})" if more else words


def _nearest(said: Said, page: Page, docket: Docket, verdict: Verdict) -> Said | None:
    """What of the verdict's gold says the same or, else, lies over most of the same text."""
    taken = [one for one in roots(docket.gold, verdict.gold) if type(one) is type(said)]
    mine = digest(said, page)

    def likeness(one: Said) -> tuple[bool, float]:
        ours, theirs = _characters(said, page), _characters(one, docket.gold)
        shared = len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0
        return digest(one, docket.gold) == mine, shared

    return max(taken, key=likeness, default=None)


def _characters(said: Said, page: Page) -> set[int]:
    marks = [said] if isinstance(said, Mark) else [page.marks[m] for m in said.marks()]
    return {at for mark in marks for f in mark.fragments for at in range(f.start, f.end)}


def corrections(
    mine: Said, page: Page, gold: Said, there: Page, book: Codebook, shown: Shown
) -> tuple[Correction, ...]:
    """How gold differs from what the analyst had, in the codebook's order."""
    if isinstance(mine, Mark) and isinstance(gold, Mark):
        return tuple(_of_marks("", mine, gold, book, shown))
    assert isinstance(mine, Statement)
    assert isinstance(gold, Statement)
    found: list[Correction] = []
    roles = dict.fromkeys([*book.roles, *(m.role for m in (*mine.members, *gold.members))])
    for role in roles:
        found += _of_role(role, page.members(mine, role), there.members(gold, role), book, shown)
    found += _of_fields("", STATEMENT, mine.fields, gold.fields, book, shown)
    return tuple(found)


def _of_role(
    role: str, mine: list[Mark], gold: list[Mark], book: Codebook, shown: Shown
) -> list[Correction]:
    """Marks of a role beside each other: those that share text first, then in order."""
    left = list(gold)
    found: list[Correction] = []
    alone: list[Mark] = []
    for mark in _unequal(mine, left):
        fits = [one for one in left if _shares(mark, one)]
        if fits:
            left.remove(fits[0])
            found += _of_marks(role, mark, fits[0], book, shown)
        else:
            alone.append(mark)
    name = book.roles[role].name.lower() if role in book.roles else role
    for mark, other in zip(alone, left, strict=False):
        found += _of_marks(role, mark, other, book, shown)
    for mark in alone[len(left) :]:
        words = f"{name} {_quoted(mark)} taken out"
        found.append(Correction("extra", role, "", mark.quote, "", words))
    for mark in left[len(alone) :]:
        words = f"{name} {_quoted(mark)} added"
        found.append(Correction("missing", role, "", "", mark.quote, words))
    return found


def _unequal(mine: list[Mark], left: list[Mark]) -> list[Mark]:
    """Those that gold has not as they are; what is equal to one is taken out of ``left``."""
    rest = []
    for mark in mine:
        same = next((one for one in left if _says_as(mark, one)), None)
        if same is None:
            rest.append(mark)
        else:
            left.remove(same)
    return rest


def _says_as(one: Mark, other: Mark) -> bool:
    return (one.kind, one.fragments, one.fields) == (other.kind, other.fragments, other.fields)


def _shares(one: Mark, other: Mark) -> bool:
    if not one.fragments or not other.fragments:
        return not one.fragments and not other.fragments
    return any(a.start < b.end and b.start < a.end for a in one.fragments for b in other.fragments)


def _quoted(mark: Mark) -> str:
    return f"“{brief(mark.quote)}”" if mark.fragments else "(implied)"


def _of_marks(role: str, mine: Mark, gold: Mark, book: Codebook, shown: Shown) -> list[Correction]:
    found = []
    name = book.roles[role].name.lower() if role in book.roles else "mark"
    if mine.kind != gold.kind:
        old, new = _kind(book, mine.kind), _kind(book, gold.kind)
        words = f"{_quoted(mine)} is a {new.lower()}, not a {old.lower()}"
        found.append(Correction("kind", role, "", old, new, words))
    edges = [[(f.start, f.end) for f in mark.fragments] for mark in (mine, gold)]
    if edges[0] != edges[1]:
        words = f"{name} {_quoted(mine)} became {_quoted(gold)}"
        found.append(Correction("boundary", role, "", mine.quote, gold.quote, words))
    return found + _of_fields(role, gold.kind, mine.fields, gold.fields, book, shown)


def _kind(book: Codebook, kind: str) -> str:
    return book.kinds[kind].name if kind in book.kinds else kind


def _of_fields(
    role: str,
    thing: str,
    mine: dict[str, FieldValue],
    gold: dict[str, FieldValue],
    book: Codebook,
    shown: Shown,
) -> list[Correction]:
    order = dict.fromkeys([*book.fields_on(thing), *mine, *gold])
    found = []
    for key in order:
        if mine.get(key) != gold.get(key):
            old, new = (shown(key, side[key]) if key in side else "unset" for side in (mine, gold))
            name = book.fields[key].name.lower() if key in book.fields else key
            found.append(Correction("field", role, key, old, new, f"{name} {old} became {new}"))
    return found
