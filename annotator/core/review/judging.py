"""Verbs of a reviewer: take, take with edits, reject, take what all agree on, correct gold.

Gold is a layer of copies. Each verb returns one edit that holds the verdict, what it puts into
gold, and what an earlier verdict on the same sources had put there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from annotator.core.codebook import Codebook
from annotator.core.errors import NotAllowed
from annotator.core.marking import brief, fragments
from annotator.core.model import GOLD, Id, Mark, Member, Statement
from annotator.core.page import Page
from annotator.core.review.docket import Docket, Said, digest, roots
from annotator.core.review.records import REASONS, Decision, Verdict, verdict_id
from annotator.core.review.uniting import (
    Contradiction,
    Same,
    content,
    contradictions,
    is_as_said,
    told_apart,
    united,
)
from annotator.core.revision import Change, Edit
from annotator.core.text.cleaning import counted

NewId = Callable[[], Id]


class Draft:
    """Copies for gold, to be edited with the verbs on marks and statements before they are taken.

    ``page`` is a page of gold that holds the copies alone; nothing is in the project yet. What
    is equal in several is copied once, and statements that agree are one, see
    :mod:`annotator.core.review.uniting`.
    """

    def __init__(
        self, docket: Docket, sources: Sequence[Id], chosen: Iterable[Id], new_id: NewId
    ) -> None:
        self._docket = docket
        self._sources = tuple(docket.source(id) for id in dict.fromkeys(sources))
        gold = docket.gold
        self.page = Page(gold.article, gold.text, GOLD, what=gold.what)
        self._copies: dict[Same, Mark] = {}
        self.contradictions: tuple[Contradiction, ...] = ()
        """Issues on which a statement takes sides that no source takes alone."""
        found = [docket.find(id) for id in dict.fromkeys(chosen)]
        for page, said in found:
            self._copy(page, said, new_id)
        if docket.book is not None:
            self.contradictions = self._contradictions(docket.book, found)

    def _copy(self, page: Page, said: Said, new_id: NewId) -> None:
        if isinstance(said, Mark):
            self._copy_mark((digest(said, page), 0), said, new_id)
            return
        told = list(told_apart(said, page))
        held = [Member(role, self._copy_mark(same, mark, new_id).id) for role, mark, same in told]
        made = Statement(
            id=new_id(), article=said.article, layer=GOLD, members=tuple(held), fields=said.fields
        )
        one = self._joined(made)
        self.page.refresh("statement", one.id, one)

    def _joined(self, made: Statement) -> Statement:
        """A copy as part of the first that agrees with it, if one does."""
        book = self._docket.book
        for before in self.page.in_order() if book is not None else ():
            both = book and united(content(before, self.page), content(made, self.page), book)
            if both:
                more = tuple(m for m in made.members if m not in before.members)
                members = (*before.members, *more)
                return msgspec.structs.replace(before, members=members, fields=both.fields)
        return made

    def _contradictions(
        self, book: Codebook, found: Iterable[tuple[Page, Said]]
    ) -> tuple[Contradiction, ...]:
        alone = [
            one
            for page, said in found
            if isinstance(said, Statement)
            for one in contradictions(said, page, book)
        ]
        made = [c for s in self.page.in_order() for c in contradictions(s, self.page, book)]
        return tuple(one for one in made if one not in alone)

    def _copy_mark(self, same: Same, mark: Mark, new_id: NewId) -> Mark:
        """The copy of a mark; one that says the very same is copied already."""
        if same in self._copies:
            return self._copies[same]
        made = self._copies[same] = Mark(
            id=new_id(),
            article=mark.article,
            layer=GOLD,
            kind=mark.kind,
            fragments=fragments(self.page.text, ((f.start, f.end) for f in mark.fragments)),
            fields=mark.fields,
        )
        self.page.refresh("mark", made.id, made)
        return made

    @property
    def beside(self) -> list[Mark]:
        """The marks that gold has of other things than these sources."""
        judged = self._docket.on(source.id for source in self._sources)
        own = {id for verdict in judged for id in verdict.gold}
        return [mark for mark in self._docket.gold.marks.values() if mark.id not in own]

    def apply(self, edit: Edit) -> None:
        """Change the copies: an edit made on :attr:`page`."""
        for change in edit.changes:
            if change.kind not in ("mark", "statement"):
                raise NotAllowed("Only marks and statements can be edited before they are taken.")
            self.page.refresh(change.kind, change.id, change.after)

    def taken(self, reason: str = "", note: str = "", gap: bool = False) -> Edit:
        """Decide for the copies as they are now."""
        said = roots(self.page)
        if not said:
            raise NotAllowed("Nothing is left to take; reject it instead.")
        made: tuple[Said, ...] = (*self.page.marks.values(), *self.page.statements.values())
        article = self.page.article.id
        named = [s.id for s in self._sources] or [record.id for record in made]
        verdict = Verdict(
            id=verdict_id(article, named),
            article=article,
            sources=self._sources,
            decision=self._decision(said),
            reason=reason,
            note=note.strip(),
            gap=gap,
            gold=tuple(record.id for record in made),
        )
        label = "Take" if verdict.decision == "accepted" else "Correct"
        return _edit(f"{label} {_named(said[0], self.page)}", self._docket, verdict, made)

    def _decision(self, said: Iterable[Said]) -> Decision:
        def as_it_was(one: Said) -> bool:
            return is_as_said(one, self.page, self._docket, self._sources)

        return "accepted" if all(map(as_it_was, said)) else "corrected"


def take(
    docket: Docket,
    sources: Sequence[Id],
    chosen: Iterable[Id],
    new_id: NewId,
    note: str = "",
    gap: bool = False,
) -> Edit:
    """Judge the sources by taking some of them as they are: one, both, several.

    The sources that are not chosen are decided by this as well.
    """
    return Draft(docket, sources, chosen, new_id).taken(note=note, gap=gap)


def reject(
    docket: Docket, sources: Sequence[Id], reason: str, note: str = "", gap: bool = False
) -> Edit:
    """Neither of them: nothing is right here, for one of :data:`REASONS`."""
    if reason not in REASONS:
        raise NotAllowed("A rejection has a reason from the list.")
    judged = tuple(docket.source(id) for id in dict.fromkeys(sources))
    if not judged:
        raise NotAllowed("There is nothing to reject.")
    verdict = Verdict(
        id=verdict_id(docket.gold.article.id, (s.id for s in judged)),
        article=docket.gold.article.id,
        sources=judged,
        decision="rejected",
        reason=reason,
        note=note.strip(),
        gap=gap,
    )
    page, said = docket.find(judged[0].id)
    return _edit(f"Reject {_named(said, page)}", docket, verdict, ())


def withdraw(docket: Docket, verdict: Verdict) -> Edit:
    """Take a verdict back: its sources are open again, and what it put into gold goes."""
    changes = _replaced(docket, [verdict], keep=None)
    return Edit("Take a decision back", tuple(changes))


def flag(verdict: Verdict, gap: bool) -> Edit:
    """Say that the guidelines do not say what is right here, or no longer."""
    new = msgspec.structs.replace(verdict, gap=gap)
    label = "Guideline gap" if gap else "No guideline gap"
    return Edit(label, (Change(verdict, new),) if new != verdict else ())


def explain(verdict: Verdict, reason: str, note: str) -> Edit:
    """Give a verdict another reason or note."""
    new = msgspec.structs.replace(verdict, reason=reason, note=note.strip())
    return Edit("Explain a decision", (Change(verdict, new),) if new != verdict else ())


def _edit(label: str, docket: Docket, verdict: Verdict, made: Iterable[Said]) -> Edit:
    earlier = docket.on(source.id for source in verdict.sources)
    changes = [Change(None, record) for record in made]
    changes += _replaced(docket, earlier, keep=verdict)
    return Edit(label, tuple(changes))


def _replaced(docket: Docket, earlier: list[Verdict], keep: Verdict | None) -> list[Change]:
    """Verdicts that give way to ``keep``, and their gold; what others need is handed to them."""
    gone = {id for verdict in earlier for id in verdict.gold}
    passed_on = _passed_on(docket, earlier, gone)
    changes = [
        Change(said, None) for said in _gold(docket.gold, gone - set().union(*passed_on.values()))
    ]
    for verdict in docket.verdicts:
        if verdict.id in passed_on:
            more = (*verdict.gold, *sorted(passed_on[verdict.id]))
            changes.append(Change(verdict, msgspec.structs.replace(verdict, gold=more)))
    old = {verdict.id: verdict for verdict in earlier}
    if keep is not None:
        before = old.pop(keep.id, None)
        if before is not None:
            kept = {"made_at": before.made_at, "made_by": before.made_by}
            keep = msgspec.structs.replace(keep, **kept)
        changes.append(Change(before, keep))
    return changes + [Change(verdict, None) for verdict in old.values()]


def _passed_on(docket: Docket, earlier: list[Verdict], gone: set[Id]) -> dict[Id, set[Id]]:
    """Marks of gold that statements of other verdicts hold, by the verdict that gets them."""
    going = {verdict.id for verdict in earlier}
    found: dict[Id, set[Id]] = {}
    for id in sorted(gone & docket.gold.marks.keys()):
        holders = {holder.id for holder in docket.gold.holders(id)} - gone
        owners = [
            v.id for v in docket.verdicts if v.id not in going and not holders.isdisjoint(v.gold)
        ]
        if owners:
            found.setdefault(min(owners), set()).add(id)
    return found


def _gold(page: Page, ids: set[Id]) -> list[Said]:
    """Things of gold by their ids, statements first."""
    statements: list[Said] = [page.statements[id] for id in sorted(ids & page.statements.keys())]
    return statements + [page.marks[id] for id in sorted(ids & page.marks.keys())]


def _named(said: Said, page: Page) -> str:
    mark = said
    if isinstance(said, Statement):
        words = page.members(said, page.what) if page.what else []
        mark = words[0] if words else page.marks[said.members[0].mark]
    assert isinstance(mark, Mark)
    return f"“{brief(mark.quote)}”" if mark.fragments else f"an implied {mark.kind}"


def together(edits: Iterable[Edit], what: str) -> Edit:
    """Several decisions as one step."""
    done = [edit for edit in edits if edit]
    changes = tuple(change for edit in done for change in edit.changes)
    return Edit(f"Take {counted(len(done), what)}", changes)
