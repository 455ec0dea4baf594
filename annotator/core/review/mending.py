"""Putting right what two sides' work amounts to together when each was right alone.

Everything here follows from the records alone, so whoever merges comes to the same. Nothing that
an analyst marked is taken away; what it needs comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from annotator.core.codebook import STATEMENT, Codebook
from annotator.core.model import (
    GOLD,
    Actor,
    Article,
    Assignment,
    FieldValue,
    Id,
    Issue,
    Mark,
    Member,
    Record,
    Statement,
    Status,
    several,
)
from annotator.core.review.records import Comment, Review, Verdict
from annotator.core.revision import Change

Reference = tuple[str, Id]


def references(record: Record, book: Codebook) -> Iterator[Reference]:
    """What must be there for a record to be."""
    match record:
        case Mark() | Statement() | Status() | Comment():
            yield "article", record.article
            if record.layer != GOLD:
                yield "analyst", record.layer
        case Verdict() | Review():
            yield "article", record.article
        case Assignment():
            yield "article", record.article
            yield "analyst", record.analyst
        case _:
            yield from _above(record)
    yield from _held(record, book)


def _above(record: Record) -> Iterator[Reference]:
    match record:
        case Article(copy_of=original) if original is not None:
            yield "article", original
        case Issue(parent=parent) if parent is not None:
            yield "issue", parent
        case Actor():
            yield from (("actor", group.actor) for group in record.affiliations)


def _held(record: Record, book: Codebook) -> Iterator[Reference]:
    """What it is about or consists of."""
    if isinstance(record, Statement):
        yield from (("mark", mark) for mark in record.marks())
    if isinstance(record, Comment) and record.answer_to is not None:
        yield "comment", record.answer_to
    if isinstance(record, Mark | Statement):
        yield from _filled_in(record.fields, book)


def _filled_in(fields: Mapping[str, FieldValue], book: Codebook) -> Iterator[Reference]:
    for key, value in fields.items():
        field = book.fields.get(key)
        if field is not None and field.type in ("actor", "issue"):
            for one in several(value):
                if str(one).isdecimal():
                    yield field.type, int(str(one))


def fitted(
    record: Mark | Statement, find: Callable[[str, Id], Record | None], book: Codebook
) -> Mark | Statement:
    """A mark or statement without fields that its kind has not, its members in fitting roles; the
    very one it was given if nothing is amiss.

    One side may have made a mark another kind while the other filled it in or linked it. ``find``
    gives the marks.
    """
    if record.fields:
        known = book.fields_on(record.kind if isinstance(record, Mark) else STATEMENT)
        fields = {k: v for k, v in record.fields.items() if k in known or k not in book.fields}
        if len(fields) < len(record.fields):
            record = msgspec.structs.replace(record, fields=fields)
    if isinstance(record, Statement):
        members = tuple(_fitting(m, find("mark", m.mark), book) for m in record.members)
        if members != record.members:
            return msgspec.structs.replace(record, members=members)
    return record


def _fitting(member: Member, mark: Record | None, book: Codebook) -> Member:
    role = book.roles.get(member.role)
    if not isinstance(mark, Mark) or (role is not None and mark.kind in role.kinds):
        return member
    return Member(book.usual_role(mark.kind) or member.role, member.mark)


def settled(
    verdicts: Iterable[Verdict], gold: Iterable[Mark | Statement]
) -> tuple[list[Change], list[str]]:
    """What has to change for each thing in gold to follow from one verdict, on one article.

    Of two verdicts on one source the later counts. Gold that no verdict names goes, but for a
    mark that other gold holds: it goes to the verdict of that.
    """
    there = {verdict.id: verdict for verdict in verdicts}
    things = {thing.id: thing for thing in gold}
    told: list[str] = []
    gone = _overruled(there.values())
    kept = {id: verdict for id, verdict in there.items() if id not in gone}
    if gone:
        told.append(f"{len(gone)} decisions were overruled by later ones on the same")
    owners = _owners(kept.values(), things)
    changes: list[Change] = []
    for id, thing in sorted(things.items()):
        if id not in owners:
            changes.append(Change(thing, None))
            told.append(f"{type(thing).__name__} {id} in gold followed from no decision and went")
    for id, verdict in sorted(there.items()):
        if id in gone:
            changes.append(Change(verdict, None))
            continue
        mine = [one for one in verdict.gold if owners.get(one) == id]
        mine += sorted(one for one, owner in owners.items() if owner == id and one not in mine)
        if tuple(mine) != verdict.gold:
            changes.append(Change(verdict, _with_gold(verdict, tuple(mine))))
    return changes, told


def _overruled(verdicts: Iterable[Verdict]) -> set[Id]:
    latest = sorted(verdicts, key=lambda v: (v.changed_at, v.id))
    last_on: dict[Id, Id] = {}
    for verdict in latest:
        last_on.update((source.id, verdict.id) for source in verdict.sources)
    return {v.id for v in latest if any(last_on[s.id] != v.id for s in v.sources)}


def _owners(verdicts: Iterable[Verdict], things: Mapping[Id, Mark | Statement]) -> dict[Id, Id]:
    """The verdict of each thing in gold that has one."""
    owners: dict[Id, Id] = {}
    for verdict in sorted(verdicts, key=lambda v: (v.changed_at, v.id)):
        owners.update((id, verdict.id) for id in verdict.gold if id in things)
    for _, thing in sorted(things.items()):
        if isinstance(thing, Statement) and thing.id in owners:
            for mark in thing.marks():
                owners.setdefault(mark, owners[thing.id])
    return {id: owner for id, owner in owners.items() if id in things}


def _with_gold(verdict: Verdict, gold: tuple[Id, ...]) -> Verdict | None:
    if gold:
        return msgspec.structs.replace(verdict, gold=gold)
    if not verdict.sources:
        return None
    reason = verdict.reason or "other"
    return msgspec.structs.replace(verdict, gold=(), decision="rejected", reason=reason)
