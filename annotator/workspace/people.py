"""The people of a project: who they are, which words were filed under them, what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Set
from itertools import groupby

from annotator.core.book.uses import Count, Use
from annotator.core.codebook import Codebook
from annotator.core.meaning import meaning
from annotator.core.model import CODEBOOK, Actor, Id, Mark, Statement
from annotator.core.people import keeping
from annotator.core.people.register import Register, actor_fields
from annotator.core.revision import Edit, Revision, kind_of
from annotator.core.touched import ManyEntries
from annotator.store import people
from annotator.store.people import FiledMarks, Spoken
from annotator.store.project import ProjectFile
from annotator.workspace.sight import Sight

_ANEW = ("codebook", "procedure")
"""Kinds of record after whose change the register is read anew."""


class People:
    """Reads of all layers that may be seen; what it knows by heart it keeps up with every revision."""

    def __init__(self, file: ProjectFile, sight: Callable[[], Sight]) -> None:
        self._file = file
        self._sight = sight
        self._register: Register[FiledMarks] | None = None

    @property
    def register(self) -> Register[FiledMarks]:
        """Names, read once when first asked for; what was filed under them is looked up."""
        if self._register is None:
            actors = (a for a in self._file.records("actor") if isinstance(a, Actor))
            fields = actor_fields(self._book())
            filed = FiledMarks(self._file.connection, fields, self._sees)
            self._register = Register(actors, filed)
        return self._register

    def _sees(self) -> people.Sees | None:
        sight = self._sight()
        return None if sight.whole else sight.sees

    @property
    def follows(self) -> bool:
        """Whether anything was read that a revision could make untrue."""
        return self._register is not None

    def follow(self, revision: Revision) -> None:
        """Take in what a revision changed; another codebook is read anew when next asked."""
        if self._register is None:
            return
        if isinstance(revision.entries, ManyEntries) or not revision.kinds.isdisjoint(_ANEW):
            self._register = None
            return
        for entry in revision.entries:
            self._register.filed.follow(entry)
            if entry.kind == "actor":
                self._register.refresh(entry.id, self._file.record("actor", entry.id))

    def _marks_of_actor(self, actor: Id) -> list[Mark | Statement]:
        """The marks of every layer that a field files under an actor, and such statements."""
        fields = actor_fields(self._book())
        return self._file.using([Use(field=name, value=str(actor)) for name in fields])

    def extent(self, actor: Id) -> str:
        """How many marks and statements of all layers name an actor, in words."""
        used = self._used(actor)
        return str(used) if used else "0 marks"

    def statement_counts(self) -> dict[Id, Counter[Id]]:
        """How many statements each actor makes, by layer; layers without any are not there."""
        counts: dict[Id, Counter[Id]] = {}
        fields, sees = actor_fields(self._book()), self._sight().sees
        found = people.speakers(self._file.connection, self._speaking(), fields)
        for _, marks in groupby(found, lambda row: row[0]):
            speaking: set[Id] = set()
            for _, article, layer, who in marks:
                if sees(article, layer):
                    speaking |= who
                    owner = layer
            if speaking:
                counts.setdefault(owner, Counter()).update(speaking)
        return counts

    def statements(self, actor: Id) -> list[Spoken]:
        """What an actor says in all articles and layers, the newest article first."""
        marks = self.register.filed.marks(actor)
        return people.spoken(self._file.connection, marks, self._speaking())

    def issues_of(self, statements: Iterable[Id]) -> dict[Id, list[Id]]:
        """The issues that statements take a side on, by statement."""
        fields = [key for key, field in self._book().fields.items() if field.type == "issue"]
        found: dict[Id, list[Id]] = {}
        sight = self._sight()
        seen = [one for one in statements if sight.shows("statement", one)]
        for statement, issue in people.filled_in(self._file.connection, seen, fields):
            found.setdefault(statement, []).append(int(issue))
        return found

    def merge(self, stays: Actor, goes: Actor) -> Edit:
        """Make two actors one, in every layer and every affiliation."""
        members = self.register.index.members(goes.id)
        return keeping.merge(self._book(), stays, goes, self._marks_of_actor(goes.id), members)

    def split_alias(self, actor: Actor, alias: str, other: Actor, new: bool = False) -> Edit:
        """Give an alias, and the marks whose words it is, to somebody else."""
        marks = (m for m in self._marks_of_actor(actor.id) if isinstance(m, Mark))
        return keeping.split_alias(self._book(), actor, alias, other, marks, new)

    def filed_under(self, actor: Id) -> list[Mark | Statement]:
        """The marks and statements that name an actor, as far as they may be seen."""
        sight = self._sight()
        named = self._marks_of_actor(actor)
        return [one for one in named if sight.shows(kind_of(one), one.id)]

    def split(self, actor: Actor, name: str, new_id: Id, chosen: Set[Id]) -> tuple[Edit, Actor]:
        """Make two actors of one: the chosen marks and statements name the other, who is new."""
        things = [one for one in self._marks_of_actor(actor.id) if one.id in chosen]
        return keeping.split(self._book(), actor, name, new_id, things)

    def how_many(self, actor: Id) -> int:
        """How many marks and statements of all layers name an actor."""
        found = self._used(actor)
        return found.marks + found.statements

    def _used(self, actor: Id) -> Count:
        fields = actor_fields(self._book())
        return self._file.count_using([Use(field=name, value=str(actor)) for name in fields])

    def delete(self, actor: Actor) -> Edit:
        """Delete an actor to whom nothing refers."""
        uses = len(self._marks_of_actor(actor.id)) + len(self.register.index.members(actor.id))
        return keeping.delete_actor(actor, uses)

    def _speaking(self) -> str:
        """The role of those who say a statement; empty where the codebook has none."""
        return meaning(self._book()).who or ""

    def _book(self) -> Codebook:
        book = self._file.record("codebook", CODEBOOK)
        assert isinstance(book, Codebook)
        return book
