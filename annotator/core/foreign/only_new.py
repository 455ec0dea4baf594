"""What of a foreign bundle is in a project already, so that importing it again adds nothing.

A file can carry our own ids, and then these say what is the same thing. Where it has none, a mark
or statement is there already when one of the same layer says at least as much on the same words:
each in the project stands for one in the file. White space does not count, since several formats
do not keep it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import msgspec

from annotator.core.bundle import ArticleBundle
from annotator.core.model import (
    Article,
    FieldValue,
    Fragment,
    Id,
    Mark,
    Member,
    Record,
    Statement,
    named_id,
    several,
)
from annotator.core.text.cleaning import counted

Said = TypeVar("Said", Mark, Statement)

There = Callable[[Id], Iterable[Mark | Statement]]
"""All that a project says of an article, in every layer."""
These = Callable[[str, Iterable[Id]], Mapping[Id, Record]]
"""A project's records of a kind and these ids, as far as there are any."""

_NAMED = 1 << 62
_DESCRIBED = ("title", "outlet", "author", "published", "url")


class OnlyNew:
    """Leaves out what the project has, and gives an id of its own to what only has another's."""

    def __init__(self, there: There, these: These) -> None:
        self._there = there
        self._these = these
        self._telling = _Telling()

    def part(self, part: ArticleBundle) -> ArticleBundle:
        """What is new of an article."""
        return _Part(part, self._there, self._these, self._telling).new()

    @property
    def told(self) -> tuple[str, ...]:
        """What is to be told, a phrase each; whole once all articles were asked for."""
        return tuple(self._telling.lines())


class _Telling:
    """What was noticed, counted."""

    def __init__(self) -> None:
        self.alike: Counter[str] = Counter()
        self._differing: dict[str, tuple[int, str]] = {}

    def differs(self, what: str, name: str) -> None:
        count, first = self._differing.get(what, (0, name))
        self._differing[what] = count + 1, first

    def lines(self) -> Iterator[str]:
        for what, count in self.alike.items():
            verb = "is" if count == 1 else "are"
            yield f"{counted(count, what)} that the project has already {verb} not added again"
        for what, (count, first) in self._differing.items():
            yield (
                f"{counted(count, what)} differing in the file: the project’s own is kept, first"
                f" “{first}”"
            )


class _Part:
    """One article of the file, and what the project says of the same."""

    def __init__(self, part: ArticleBundle, there: There, these: These, telling: _Telling) -> None:
        self._part = part
        self._these = these
        self._telling = telling
        ours = these("article", (part.article.id,)).get(part.article.id)
        self._article = ours if isinstance(ours, Article) else None
        known = () if self._article is None else tuple(there(part.article.id))
        self._ours = {record.id: record for record in known}
        self._claimed: set[Id] = set()
        self._meant: dict[Id, Id] = {}

    def new(self) -> ArticleBundle:
        marks = self._unknown("mark", self._part.marks)
        statements = self._part.statements
        if self._meant:
            statements = [self._with_our_marks(statement) for statement in statements]
        added = self._unknown("statement", statements)
        return replace(self._part, article=self._described(), marks=marks, statements=added)

    def _with_our_marks(self, statement: Statement) -> Statement:
        members = tuple(Member(m.role, self._mark(m.mark)) for m in statement.members)
        return msgspec.structs.replace(statement, members=members)

    def _described(self) -> Article:
        """The project's article where it has it, for a file's is often only proposed."""
        theirs, ours = self._part.article, self._article
        if ours is None:
            return theirs
        if any(
            getattr(theirs, name) and getattr(theirs, name) != getattr(ours, name)
            for name in _DESCRIBED
        ):
            self._telling.differs("article", ours.title)
        return ours

    def _unknown(self, what: str, given: Sequence[Said]) -> tuple[Said, ...]:
        """Those that the project has not."""
        waiting = [one for one in given if not self._has(what, one)] if self._ours else given
        taken = self._taken(one.id for one in waiting)
        if not self._ours and not taken:
            return tuple(waiting)
        pool: dict[object, list[Said]] = defaultdict(list)
        types = {type(one) for one in waiting}
        for record in self._ours.values():
            if type(record) in types:
                for place in _places(record):
                    pool[place].append(record)  # type: ignore[arg-type]
        for fits in (_same, _says_no_more):
            waiting = [one for one in waiting if not self._stands_for(what, one, pool, fits)]
        return tuple(self._under_its_id(what, one, taken) for one in waiting)

    def _has(self, what: str, theirs: Said) -> bool:
        """Whether the project has it under its id; what differs is told."""
        ours = self._ours.get(theirs.id)
        if not isinstance(ours, type(theirs)) or ours.layer != theirs.layer:
            return False
        self._claimed.add(ours.id)
        self._meant[theirs.id] = ours.id
        if _is_elsewhere(theirs, ours) or not _says_no_more(theirs, ours):
            self._telling.differs(what, self._name(theirs))
        return True

    def _stands_for(
        self,
        what: str,
        theirs: Said,
        pool: Mapping[object, list[Said]],
        fits: Callable[[Said, Said], bool],
    ) -> bool:
        place = next(_places(theirs), None)
        free = (one for one in pool.get(place, ()) if one.id not in self._claimed)
        ours = next((one for one in free if fits(theirs, one)), None)
        if ours is None:
            return False
        self._claimed.add(ours.id)
        self._meant[theirs.id] = ours.id
        self._telling.alike[what] += 1
        return True

    def _under_its_id(self, what: str, theirs: Said, taken: Container[Id]) -> Said:
        """With another id if its own is that of something else in the project."""
        id, number = theirs.id, 1
        while id in self._ours or id in taken:
            name = f"{theirs.id}/{theirs.article}/{theirs.layer}/{number}"
            id, number = named_id(what, name), number + 1
        if id == theirs.id:
            return theirs
        self._meant[theirs.id] = id
        return msgspec.structs.replace(theirs, id=id)

    def _taken(self, ids: Iterable[Id]) -> set[Id]:
        """Those that something in the project has, on whichever article."""
        # A named id holds the name of its article; only a numbered one can be anywhere.
        numbered = [id for id in ids if not id & _NAMED]
        if not numbered:
            return set()
        return {id for kind in ("mark", "statement") for id in self._these(kind, numbered)}

    def _mark(self, id: Id) -> Id:
        return self._meant.get(id, id)

    def _name(self, theirs: Mark | Statement) -> str:
        """As the file says it, for who imports may not be meant to see the project's."""
        if isinstance(theirs, Mark):
            return theirs.quote or theirs.kind
        held = {member.mark for member in theirs.members}
        return next((m.quote for m in self._part.marks if self._mark(m.id) in held), "")


def _places(said: Mark | Statement) -> Iterator[object]:
    """By which it is found: a mark by where it is, a statement by each of its marks."""
    if isinstance(said, Mark):
        yield said.layer, said.kind, _words(said)
    else:
        yield from ((said.layer, member) for member in said.members)


def _words(mark: Mark) -> tuple[tuple[int, int], ...]:
    """Where the marked words are, whatever white space is marked with or between them."""
    return tuple(_stretches(mark.fragments))


def _stretches(fragments: Sequence[Fragment]) -> Iterator[tuple[int, int]]:
    for fragment in fragments:
        words = fragment.quote.strip()
        at = fragment.start + fragment.quote.find(words)
        for line in words.split("\n"):
            kept = line.strip()
            if kept:
                start = at + line.find(kept)
                yield start, start + len(kept)
            at += len(line) + 1


def _is_elsewhere(theirs: Mark | Statement, ours: Mark | Statement) -> bool:
    """Whether it is on other words or has another label."""
    pairs = [(one.kind, _words(one)) for one in (theirs, ours) if isinstance(one, Mark)]
    return len(set(pairs)) > 1


def _same(theirs: Mark | Statement, ours: Mark | Statement) -> bool:
    return (
        _members(theirs) == _members(ours)
        and theirs.fields == ours.fields
        and _plain(theirs.note) == _plain(ours.note)
    )


def _says_no_more(theirs: Mark | Statement, ours: Mark | Statement) -> bool:
    """Whether all that is said is said by ours as well."""
    return (
        _members(theirs) <= _members(ours)
        and all(
            key in ours.fields and _values(value) == _values(ours.fields[key])
            for key, value in theirs.fields.items()
        )
        and _plain(theirs.note) in ("", _plain(ours.note))
    )


def _members(said: Mark | Statement) -> Counter[Member]:
    return Counter(said.members if isinstance(said, Statement) else ())


def _values(value: FieldValue) -> list[object]:
    return [_plain(one) if isinstance(one, str) else one for one in several(value)]


def _plain(text: str) -> str:
    return " ".join(text.split())
