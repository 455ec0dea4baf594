"""Editing gold directly: the verdicts follow what is done, so that gold keeps where it is from."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from annotator.core.model import GOLD, Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.review.docket import Docket, roots
from annotator.core.review.records import Verdict, verdict_id
from annotator.core.review.uniting import is_as_said
from annotator.core.revision import Change, Edit


def correct(docket: Docket, edit: Edit, reason: str = "", note: str = "") -> Edit:
    """An edit made on the page of gold, with what it means for the verdicts.

    What is new belongs to the verdict of the statement it joins, else to a verdict of its own
    without sources. A verdict whose gold is all gone is a rejection, or goes itself if it had no
    sources. ``reason`` and ``note`` are given to every verdict that changes, if not empty.
    """
    said = [c for c in edit.changes if isinstance(c.record, Mark | Statement)]
    if not any(c.record.layer == GOLD for c in said if isinstance(c.record, Mark | Statement)):
        return edit
    after = _after(docket.gold, said)
    books = _Books(docket, after)
    for change in said:
        books.enter(change)
    verdicts = [c for c in books.changes(reason, note) if c.before != c.after]
    return Edit(edit.label, (*edit.changes, *verdicts), edit.texts)


def _after(page: Page, changes: list[Change]) -> Page:
    """Gold as the edit leaves it."""
    new = Page(
        page.article, page.text, GOLD, page.marks.values(), page.statements.values(), page.what
    )
    for change in changes:
        new.refresh(change.kind, change.id, change.after)
    return new


@dataclass
class _Books:
    """Which verdict each thing in gold belongs to, while an edit is entered."""

    docket: Docket
    after: Page
    gold: dict[Id, list[Id]] = field(init=False)
    touched: set[Id] = field(init=False, default_factory=set)
    new: list[Id] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.gold = {verdict.id: list(verdict.gold) for verdict in self.docket.verdicts}

    def enter(self, change: Change) -> None:
        owner = self._owner(change.id)
        if change.after is None:
            if owner is not None:
                self.gold[owner].remove(change.id)
                self.touched.add(owner)
        elif owner is not None:
            self.touched.add(owner)
        else:
            self._enter_new(change)

    def _enter_new(self, change: Change) -> None:
        near = (self._owner(id) for id in self._beside(change.id))
        owner = next((found for found in near if found is not None), None)
        if owner is None:
            self.new.append(change.id)
        else:
            self.gold[owner].append(change.id)
            self.touched.add(owner)

    def _owner(self, id: Id) -> Id | None:
        return next((verdict for verdict, gold in self.gold.items() if id in gold), None)

    def _beside(self, id: Id) -> list[Id]:
        """What a thing is linked with."""
        statement = self.after.statements.get(id)
        if statement is not None:
            return list(statement.marks())
        return [holder.id for holder in self.after.holders(id)]

    def changes(self, reason: str, note: str) -> list[Change]:
        found = []
        for verdict in self.docket.verdicts:
            if verdict.id in self.touched:
                gold = tuple(self.gold[verdict.id])
                found.append(Change(verdict, self._renewed(verdict, gold, reason, note)))
        found += [Change(None, self._added(ids, reason, note)) for ids in self._groups()]
        return found

    def _renewed(
        self, old: Verdict, gold: tuple[Id, ...], reason: str, note: str
    ) -> Verdict | None:
        said = {"reason": reason or old.reason, "note": note or old.note}
        if not gold:
            if not old.sources:
                return None
            said["reason"] = said["reason"] or "other"
            return msgspec.structs.replace(old, gold=(), decision="rejected", **said)
        left = roots(self.after, gold)
        as_it_was = all(is_as_said(one, self.after, self.docket, old.sources) for one in left)
        decision = "accepted" if as_it_was and old.sources else "corrected"
        return msgspec.structs.replace(old, gold=gold, decision=decision, **said)

    def _groups(self) -> list[tuple[Id, ...]]:
        """What is new and belongs together: a statement with its marks, or a mark alone."""
        waiting = dict.fromkeys(self.new)
        groups = []
        for id in self.new:
            if id in self.after.statements and id in waiting:
                held = [m for m in self.after.statements[id].marks() if m in waiting]
                groups.append((*held, id))
                for one in groups[-1]:
                    del waiting[one]
        return groups + [(id,) for id in waiting]

    def _added(self, ids: tuple[Id, ...], reason: str, note: str) -> Verdict:
        article = self.docket.gold.article.id
        return Verdict(
            id=verdict_id(article, ids),
            article=article,
            decision="corrected",
            reason=reason,
            note=note,
            gold=ids,
        )
