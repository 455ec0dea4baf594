"""What one layer says about one article: the view of the project that verbs work on."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from annotator.core.errors import NotAllowed
from annotator.core.model import Article, Id, Mark, Record, Statement

Place = tuple[int, int, Id]
"""Where something stands in the reading order: start, minus end, id."""


class Page:
    """An article with its text, and the marks and statements of one layer.

    It is kept up to date record by record with :meth:`refresh`, so a gesture costs the same on
    an article with ten marks and on one with a hundred thousand.
    """

    def __init__(
        self,
        article: Article,
        text: str,
        layer: Id,
        marks: Iterable[Mark] = (),
        statements: Iterable[Statement] = (),
        what: str | None = None,
    ) -> None:
        """``what`` is the role of what is said; a statement stands where its marks in it do."""
        self.article = article
        self.text = text
        self.layer = layer
        self.what = what
        self.marks: dict[Id, Mark] = {m.id: m for m in marks}
        self.statements: dict[Id, Statement] = {}
        self._holders: dict[Id, set[Id]] = {}
        self._places: dict[Id, Place] = {}
        for statement in statements:
            self._hold(statement)
            self._places[statement.id] = self._reading_place(statement)
        self._order = sorted(self._places.values())

    def mark(self, id: Id) -> Mark:
        try:
            return self.marks[id]
        except KeyError:
            raise NotAllowed("This mark is not in this layer any more.") from None

    def statement(self, id: Id) -> Statement:
        try:
            return self.statements[id]
        except KeyError:
            raise NotAllowed("This statement is not in this layer any more.") from None

    def holders(self, mark: Id) -> list[Statement]:
        """The statements that a mark belongs to."""
        return [self.statements[s] for s in sorted(self._holders.get(mark, ()))]

    def members(self, statement: Statement, role: str) -> list[Mark]:
        """The marks in a role, in the order of the text; implied ones last."""
        marks = [self.marks[m] for m in statement.marks(role) if m in self.marks]
        return sorted(marks, key=_place) if len(marks) > 1 else marks

    def in_order(self) -> list[Statement]:
        """The statements in reading order: by what is said, else by their first mark."""
        return [self.statements[place[-1]] for place in self._order]

    def order_by(self, what: str | None) -> None:
        """Have another role say where statements stand, as after a change of the codebook."""
        if what != self.what:
            self.what = what
            self._places = {s.id: self._reading_place(s) for s in self.statements.values()}
            self._order = sorted(self._places.values())

    def marks_in_order(self) -> list[Mark]:
        """The marks by where they start, the longer first; implied ones last."""
        return sorted(self.marks.values(), key=_place)

    def refresh(self, kind: str, id: Id, record: Record | None) -> bool:
        """Take over a record as it is now, None when it is gone; whether it concerns this page."""
        if kind == "article" and id == self.article.id and isinstance(record, Article):
            self.article = record
        elif kind == "mark":
            return self._refresh_mark(id, record)
        elif kind == "statement":
            return self._refresh_statement(id, record)
        else:
            return False
        return True

    def _refresh_mark(self, id: Id, record: Record | None) -> bool:
        if isinstance(record, Mark) and self._mine(record):
            self.marks[id] = record
        elif self.marks.pop(id, None) is None:
            return False
        for holder in self.holders(id):
            self._put(holder)
        return True

    def _refresh_statement(self, id: Id, record: Record | None) -> bool:
        old = self.statements.pop(id, None)
        if old is not None:
            for member in old.members:
                self._holders[member.mark].discard(id)
        if isinstance(record, Statement) and self._mine(record):
            self._hold(record)
            self._put(record)
            return True
        self._take_out(id)
        return old is not None

    def _mine(self, record: Mark | Statement) -> bool:
        return record.article == self.article.id and record.layer == self.layer

    def _hold(self, statement: Statement) -> None:
        self.statements[statement.id] = statement
        for member in statement.members:
            self._holders.setdefault(member.mark, set()).add(statement.id)

    def _put(self, statement: Statement) -> None:
        """Have the statement where it belongs in the reading order."""
        place = self._reading_place(statement)
        if self._places.get(statement.id) != place:
            self._take_out(statement.id)
            self._places[statement.id] = place
            insort(self._order, place)

    def _take_out(self, id: Id) -> None:
        place = self._places.pop(id, None)
        if place is not None:
            del self._order[bisect_left(self._order, place)]

    def _reading_place(self, statement: Statement) -> Place:
        """The first mark of what is said, else the first of all."""
        first = said = (_NOWHERE, 0, 0)
        for member in statement.members:
            mark = self.marks.get(member.mark)
            if mark is not None:
                place = _place(mark)
                first = min(first, place)
                if member.role == self.what:
                    said = min(said, place)
        start, end, _ = said if said[2] else first
        return start, end, statement.id


_NOWHERE = 1 << 62


def _place(mark: Mark) -> Place:
    if not mark.fragments:
        return _NOWHERE, 0, mark.id
    return mark.fragments[0].start, -mark.fragments[-1].end, mark.id
