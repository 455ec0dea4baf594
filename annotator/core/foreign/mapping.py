"""How a foreign bundle's labels meet a project's codebook.

A bundle from elsewhere has a codebook of its own, made of the file's labels. A mapping says which
of ours each label means. What it does not mention is matched by key, then by name; what matches
nothing is told, and added only when that was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import STATEMENT, Codebook, Field
from annotator.core.foreign.labels import LEAVE_OUT, LabelMapping
from annotator.core.foreign.meeting import Meeting, used
from annotator.core.foreign.people import Directory
from annotator.core.foreign.values import Single, converted
from annotator.core.model import (
    Actor,
    Analyst,
    FieldValue,
    Id,
    Issue,
    Mark,
    Member,
    Statement,
    Status,
    several,
    status_id,
)

Said = TypeVar("Said", Mark, Statement)


@dataclass(frozen=True, slots=True)
class Project:
    """What of a project a foreign bundle meets."""

    codebook: Codebook
    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    analysts: tuple[Analyst, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A bundle in the project's words, and what did not come along, one phrase each."""

    bundle: Bundle
    left_out: tuple[str, ...]


def map_labels(bundle: Bundle, mapping: LabelMapping, project: Project) -> Mapped:
    """The bundle with the project's codebook, actors, issues and analysts.

    :class:`BadInput` lists the labels that match nothing when they are not to be added.
    """
    book = Meeting(bundle.codebook, used(bundle.articles), mapping, project.codebook)
    book.meet()
    people = Directory(project.actors, project.issues, project.analysts)
    people.bring(bundle.actors, bundle.issues, bundle.analysts, mapping.analysts)
    ours = _Records(book, people)
    parts = tuple(ours.article(part) for part in bundle.articles)
    mapped = replace(
        bundle,
        codebook=book.after,
        actors=tuple(people.named_actors.values()),
        issues=tuple(people.named_issues.values()),
        analysts=tuple(people.named_analysts.values()),
        articles=parts,
    )
    return Mapped(mapped, tuple(ours.left_out))


class _Records:
    """Marks and statements in our words."""

    def __init__(self, book: Meeting, people: Directory) -> None:
        self._book = book
        self._people = people
        self.left_out: dict[str, None] = {}

    def article(self, part: ArticleBundle) -> ArticleBundle:
        kept = {m.id: m for m in map(self._mark, part.marks) if m is not None}
        statements = (self._statement(s, kept) for s in part.statements)
        return replace(
            part,
            marks=tuple(kept.values()),
            statements=tuple(s for s in statements if s is not None),
            statuses=tuple(self._status(s) for s in part.statuses),
        )

    def _mark(self, mark: Mark) -> Mark | None:
        kind = self._book.kinds[mark.kind]
        if kind == LEAVE_OUT:
            self._leave(f"marks of the kind {self._book.theirs.kinds[mark.kind].name}")
            return None
        fields = self._fields(kind, mark)
        return msgspec.structs.replace(self._owned(mark), kind=kind, fields=fields)

    def _statement(self, statement: Statement, marks: Mapping[Id, Mark]) -> Statement | None:
        members: list[Member] = []
        for member in statement.members:
            role = self._book.roles.get(member.role, LEAVE_OUT)
            mark = marks.get(member.mark)
            if mark is None or role == LEAVE_OUT:
                continue
            if mark.kind not in self._book.after.roles[role].kinds:
                self._leave(f"a {mark.kind} as the {role} of a statement, which it cannot be")
                continue
            members.append(Member(role, member.mark))
        if not members:
            self._leave("statements of which no mark is left")
            return None
        fields = self._fields(STATEMENT, statement)
        return msgspec.structs.replace(
            self._owned(statement), members=tuple(members), fields=fields
        )

    def _status(self, status: Status) -> Status:
        layer = self._people.layers[status.layer]
        return msgspec.structs.replace(status, layer=layer, id=status_id(status.article, layer))

    def _owned(self, said: Said) -> Said:
        layers = self._people.layers
        return msgspec.structs.replace(
            said,
            layer=layers[said.layer],
            made_by=layers.get(said.made_by, said.made_by),
            changed_by=layers.get(said.changed_by, said.changed_by),
        )

    def _fields(self, thing: str, said: Mark | Statement) -> dict[str, FieldValue]:
        found: dict[str, FieldValue] = {}
        for key, value in said.fields.items():
            ours = self._book.fields[key]
            if ours == LEAVE_OUT:
                self._leave(f"values of the field {self._book.theirs.fields[key].name}")
                continue
            field = self._book.after.fields[ours]
            if thing not in field.on:
                self._leave(f"the field {field.name} on a {thing}, which has none")
                continue
            values = [self._value(key, ours, field, one) for one in several(value)]
            kept = [one for one in values if one is not None]
            if field.many and kept:
                found[ours] = [str(one) for one in kept]
            elif kept:
                if len(kept) > 1:
                    self._leave(f"all values of {field.name} but the first")
                found[ours] = kept[0]
        return found

    def _value(self, key: str, ours: str, field: Field, value: Single) -> Single | None:
        """One value as our field has it; None, and told, when it has none such."""
        theirs = self._book.theirs.fields[key]
        label = label_of(theirs, value, self._book.theirs)
        told = {
            name.casefold(): meant
            for name, meant in self._book.mapping.values.get(ours, {}).items()
        }
        if label.casefold() in told:
            meant = told[label.casefold()]
            return meant if not isinstance(meant, list) else None
        made = converted(value, label, theirs, field, self._people, self._book.after)
        if made is None:
            self._leave(f"the value {label} of {field.name}, which has none such")
        return made

    def _leave(self, what: str) -> None:
        self.left_out[what] = None


def label_of(field: Field, value: Single, book: Codebook) -> str:
    """How a file says a value of one of its fields; ``book`` is made of the file's labels."""
    if field.type == "choice" and str(value) in field.choices:
        return field.choices[str(value)].name
    if field.type == "stance" and str(value) in book.stances:
        return book.stances[str(value)].name
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
