"""What is still to be done in an article, as a list one can walk.

The list is kept up to date from what a revision touched; the article is not looked through anew.
"""

from __future__ import annotations

import time
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from annotator.core.codebook import Codebook
from annotator.core.meaning import called, meaning
from annotator.core.missing import missing, unfilled
from annotator.core.model import Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.quality import (
    TWICE,
    outer_quotations,
    said_twice,
    stray_marks,
    touching,
    unquoted,
)

Sort = Literal["missing", "alone", "quotation", "stray", "direct", "twice"]
HINTS: frozenset[Sort] = frozenset(["quotation", "stray", "direct", "twice"])
"""What may be right as it is."""
_AT_ONCE = 16
"""Statements or marks looked at between two looks at the clock."""
_STEP = 256
"""Length of the pieces of text in which statements are looked for that say the same."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to do, and where: a field, a mark, a statement, or a piece of the text."""

    sort: Sort
    text: str
    start: int
    """In the text; its length for what stands nowhere."""
    end: int
    statement: Id | None = None
    mark: Id | None = None
    field: str | None = None
    other: Id | None = None
    """The statement that says the same."""

    @property
    def is_hint(self) -> bool:
        return self.sort in HINTS


Owner = tuple[str, int]
"""What a finding is about: a statement or mark by id, a quotation or sign by place."""
Key = tuple[int, Owner, int]
"""Where a finding stands in the list."""


class Findings:
    """The findings of one page."""

    def __init__(
        self,
        page: Page,
        book: Codebook,
        fine: Iterable[Finding] = (),
        *,
        beside: Iterable[Mark] = (),
        at_once: bool = True,
    ) -> None:
        """``fine`` are hints that were waved away before, ``beside`` marks that are not on the
        page and say what is in a quotation all the same.

        Unless the page is looked through ``at_once``, :meth:`go_on` does it bit by bit.
        """
        self._page = page
        self._book = book
        self._about = meaning(book)
        self._found: dict[Owner, list[Key]] = {}
        self._order: list[Key] = []
        self._by_key: dict[Key, Finding] = {}
        self._fine = set(fine)
        self._quotations = outer_quotations(page.text)
        self._said_beside = self._quotations_of(beside)
        self._members: dict[Id, set[Id]] = {}
        """The marks of each statement when it was last looked at."""
        self._in_quotations: dict[Id, set[int]] = {}
        """Which quotations each mark lies in."""
        self._marks_in: dict[int, set[Id]] = {}
        self._places: dict[Id, set[int]] = {}
        self._near: dict[int, set[Id]] = {}
        """The statements whose claims stand in each piece of the text."""
        self._twice: dict[Id, dict[Id, float]] = {}
        self._ahead = self._look_through()
        if at_once:
            self.go_on()

    def go_on(self, seconds: float | None = None) -> bool:
        """Look through the page for about so long, or to its end; True when that is reached."""
        end = None if seconds is None else time.perf_counter() + seconds
        while sum(1 for _ in islice(self._ahead, _AT_ONCE)) == _AT_ONCE:
            if end is not None and time.perf_counter() > end:
                return False
        return True

    def _look_through(self) -> Iterator[None]:
        """All there is; statements and marks may come, change and go on the way."""
        page = self._page
        for at in stray_marks(page.text):
            self._put(("stray", at), [_stray(page.text, at)])
        marks, statements = tuple(page.marks), tuple(page.statements)
        self._members_left(set(statements))
        for looked_at, ids in (
            (self._put_in_quotations, marks),
            (self._compare, statements),
            (self._look_at_statement, statements),
            (self._look_at_mark, marks),
        ):
            for id in ids:
                yield
                looked_at(id)
        self._look_at_quotations(range(len(self._quotations)))

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[Finding]:
        """In the order of the text."""
        return (self._by_key[key] for key in self._order)

    def __getitem__(self, place: int) -> Finding:
        return self._by_key[self._order[place]]

    def place(self, finding: Finding) -> int:
        """Where a finding is in the list, or where it would be."""
        found = bisect_left(self._order, (finding.start, ("", 0), 0))
        same = (n for n in range(found, len(self)) if self[n] == finding)
        return next(same, found)

    def next(self, at: int, step: int, now: Finding | None = None) -> Finding | None:
        """The finding after (step 1) or before (−1) another, else after a place; goes round."""
        if not self._order:
            return None
        if now is not None:
            here = self.place(now)
            is_there = here < len(self) and self[here] == now
            place = here + step if is_there or step < 0 else here
        else:
            later = bisect_left(self._order, (at, ("", 0), 0))
            place = later if step > 0 else later - 1
        return self[place % len(self)]

    def of_statement(self, id: Id) -> list[Finding]:
        """What there is to do in a statement."""
        return [self._by_key[key] for key in self._found.get(("statement", id), ())]

    def wave_away(self, hint: Finding) -> None:
        """Take a hint off the list: it is fine as it is. ValueError when it is no hint."""
        if not hint.is_hint:
            raise ValueError(f"{hint.text} cannot be waved away")
        self._fine.add(hint)
        for owner, keys in list(self._found.items()):
            if any(self._by_key[key] == hint for key in keys):
                self._put(owner, [self._by_key[key] for key in keys])

    # Keeping up

    def look_again(self, statements: Iterable[Id], marks: Iterable[Id]) -> list[Finding]:
        """Look at what a revision touched; the hints of saying a thing twice that are new.

        What has not been looked through so far is first.
        """
        self.go_on()
        touched = set(statements)
        quotations: set[int] = set()
        for id in marks:
            touched |= {holder.id for holder in self._page.holders(id)}
            quotations |= self._put_in_quotations(id)
        before = {(id, other) for id in touched for other in self._twice.get(id, ())}
        others: set[Id] = set()
        for id in touched:
            others |= self._compare(id)
        for id in touched | others:
            self._look_at_statement(id)
        for id in set(marks) | self._members_left(touched):
            self._look_at_mark(id)
        self._look_at_quotations(sorted(quotations))
        return [
            finding
            for id in sorted(touched | others)
            for finding in self.of_statement(id)
            if finding.sort == "twice" and not {(id, finding.other), (finding.other, id)} & before
        ]

    def _put(self, owner: Owner, found: Iterable[Finding]) -> None:
        """Have these findings, and no others, of one owner."""
        for key in self._found.pop(owner, ()):
            del self._order[bisect_left(self._order, key)]
            del self._by_key[key]
        kept = [finding for finding in found if finding not in self._fine]
        for number, finding in enumerate(kept):
            key = (finding.start, owner, number)
            insort(self._order, key)
            self._by_key[key] = finding
            self._found.setdefault(owner, []).append(key)

    # Statements

    def _look_at_statement(self, id: Id) -> None:
        statement = self._page.statements.get(id)
        self._put(("statement", id), self._in_statement(statement) if statement else ())

    def _in_statement(self, statement: Statement) -> Iterator[Finding]:
        page, id = self._page, statement.id
        start, end = self._where(statement)
        for lack in missing(page, self._book, statement):
            yield Finding("missing", lack.text, start, end, id, lack.mark, lack.field)
        bare = unquoted(page, self._book, self._about, statement, self._quotations)
        if bare is not None:
            said = "told as a direct quote, without quotation marks"
            yield Finding("direct", said, start, end, id, bare.id)
        for other, share in sorted(self._twice.get(id, {}).items()):
            if other > id:
                continue  # a pair is one thing to do, at the one that was made later
            who = called(self._book, self._about.who, "speaker")
            what = called(self._book, self._about.what, "claim")
            said = f"same {who}, same {what}, overlaps {share:.0%}".replace("%", " %")
            yield Finding("twice", said, start, end, id, other=other)

    def _where(self, statement: Statement) -> tuple[int, int]:
        """The place of a statement: what is said, else its first mark."""
        marks = [m for id in statement.marks() if (m := self._page.marks.get(id)) and m.fragments]
        said = [m for m in marks if m.id in statement.marks(self._about.what)]
        first = min(said or marks, key=lambda m: m.fragments[0].start, default=None)
        return _place_of(first, len(self._page.text))

    def _compare(self, id: Id) -> set[Id]:
        """Compare a statement with those near it; those whose hints change with it."""
        was = self._twice.pop(id, {})
        for other in was:
            self._twice[other].pop(id, None)
        for piece in self._places.pop(id, ()):
            self._near[piece].discard(id)
        statement = self._page.statements.get(id)
        if statement is None or self._about.what is None:
            return set(was)
        pieces = set(self._pieces(statement))
        near = set().union(*(self._near.get(piece, set()) for piece in pieces))
        for other in near & self._page.statements.keys():
            share = said_twice(self._page, self._about, statement, self._page.statements[other])
            if share >= TWICE:
                self._twice.setdefault(id, {})[other] = share
                self._twice.setdefault(other, {})[id] = share
        self._places[id] = pieces
        for piece in pieces:
            self._near.setdefault(piece, set()).add(id)
        return set(was) | set(self._twice.get(id, ()))

    def _pieces(self, statement: Statement) -> Iterator[int]:
        assert self._about.what is not None
        for mark in self._page.members(statement, self._about.what):
            for piece in mark.fragments:
                yield from range(piece.start // _STEP, (piece.end - 1) // _STEP + 1)

    # Marks

    def _members_left(self, statements: set[Id]) -> set[Id]:
        """The marks that one of these statements held or holds: they may be in none by now."""
        now = {
            mark
            for id in statements
            if id in self._page.statements
            for mark in self._page.statements[id].marks()
        }
        was = set().union(*(self._members.pop(id, set()) for id in statements))
        for id in statements & self._page.statements.keys():
            self._members[id] = set(self._page.statements[id].marks())
        return now | was

    def _look_at_mark(self, id: Id) -> None:
        mark = self._page.marks.get(id)
        alone = mark is not None and not self._page.holders(id)
        self._put(("mark", id), self._of_mark(mark) if mark and alone else ())

    def _of_mark(self, mark: Mark) -> Iterator[Finding]:
        """Of a mark that is in no statement."""
        if self._book.usual_role(mark.kind) is None:
            return
        start, end = _place_of(mark, len(self._page.text))
        yield Finding("alone", "in no statement", start, end, mark=mark.id)
        for lack in unfilled(self._book, mark):
            yield Finding("missing", lack.text, start, end, mark=mark.id, field=lack.field)

    # Quotations

    def _put_in_quotations(self, id: Id) -> set[int]:
        """Note in which quotations a mark lies; those it came to or left."""
        was, mark = self._in_quotations.pop(id, set()), self._page.marks.get(id)
        now = self._quotations_of([mark] if mark is not None else [])
        for place in was - now:
            self._marks_in[place].discard(id)
        for place in now:
            self._marks_in.setdefault(place, set()).add(id)
        if now:
            self._in_quotations[id] = now
        return was ^ now

    def _quotations_of(self, marks: Iterable[Mark]) -> set[int]:
        """The quotations of which these marks say what is said in them."""
        said = (piece for mark in marks if self._says_something(mark) for piece in mark.fragments)
        return {at for one in said for at in touching(self._quotations, one.start, one.end)}

    def _says_something(self, mark: Mark) -> bool:
        roles = (self._about.what, *self._about.sides)
        return any(mark.kind in self._book.roles[role].kinds for role in roles if role)

    def _look_at_quotations(self, places: Iterable[int]) -> None:
        for place in places:
            start, end = self._quotations[place]
            free = place not in self._said_beside and not self._marks_in.get(place)
            text = f"a quotation without a {called(self._book, self._about.what, 'claim')}"
            found = [Finding("quotation", text, start, end)] if free else []
            self._put(("quotation", place), found)


def _place_of(mark: Mark | None, nowhere: int) -> tuple[int, int]:
    if mark is None or not mark.fragments:
        return nowhere, nowhere
    return mark.fragments[0].start, mark.fragments[-1].end


def _stray(text: str, at: int) -> Finding:
    return Finding("stray", f"{text[at]} without its other half", at, at + 1)
