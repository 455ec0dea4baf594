"""The labels of a foreign bundle one by one: what each would become here, and what it could."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from annotator.core.bundle import Bundle
from annotator.core.codebook import Codebook, Field
from annotator.core.foreign.labels import LEAVE_OUT, NOBODY, LabelMapping
from annotator.core.foreign.mapping import label_of
from annotator.core.foreign.meeting import matches
from annotator.core.foreign.people import UNSIGNED, Directory
from annotator.core.foreign.values import converted
from annotator.core.model import GOLD, Analyst, FieldValue, Id, Mark, Statement, several

Sort = Literal["kind", "role", "field", "value", "analyst"]
MOST_VALUES = 60
"""Of one field; a field with more is no choice."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the file, and what it means under a mapping."""

    sort: Sort
    name: str
    """As the file says it; of an analyst that it does not name, empty."""
    count: int
    means: FieldValue | None
    """Our key, value or analyst's name; empty when it is left out, None when it means nothing."""
    could: tuple[tuple[FieldValue, str], ...]
    """What it can mean, each with how a person says it."""
    field: str = ""
    """Of a value, our field."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each label of a bundle is used; counted once, for a bundle can be large."""

    kinds: Mapping[str, int]
    roles: Mapping[str, int]
    fields: Mapping[str, int]
    values: Mapping[tuple[str, str], int]
    """By their field and how the file says the value."""
    layers: Mapping[Id, int]


def counted_labels(bundle: Bundle) -> Counts:
    """The labels that marks and statements have."""
    kinds, roles, fields = Counter[str](), Counter[str](), Counter[str]()
    values, layers = Counter[tuple[str, str]](), Counter[Id]()
    book = bundle.codebook
    for part in bundle.articles:
        for said in part.said:
            layers[said.layer] += 1
            if isinstance(said, Mark):
                kinds[said.kind] += 1
            else:
                roles.update(member.role for member in said.members)
            for key, label in _said(said, book):
                values[key, label] += 1
            fields.update(said.fields.keys())
    return Counts(kinds, roles, fields, values, layers)


def offered(
    bundle: Bundle,
    counts: Counts,
    mapping: LabelMapping,
    book: Codebook,
    analysts: Iterable[Analyst] = (),
) -> list[Label]:
    """Every label that is used, with what it means in a project; the most frequent first."""
    theirs = bundle.codebook
    tables: tuple[tuple[Sort, Mapping[str, int], dict[str, str | None], Names, Names], ...] = (
        (
            "kind",
            counts.kinds,
            matches(theirs.kinds, mapping.kinds, book.kinds),
            {key: kind.name for key, kind in theirs.kinds.items()},
            {key: kind.name for key, kind in book.kinds.items()},
        ),
        (
            "role",
            counts.roles,
            matches(theirs.roles, mapping.roles, book.roles),
            {key: role.name for key, role in theirs.roles.items()},
            {key: role.name for key, role in book.roles.items()},
        ),
        (
            "field",
            counts.fields,
            matches(theirs.fields, mapping.fields, book.fields),
            {key: field.name for key, field in theirs.fields.items()},
            {key: field.name for key, field in book.fields.items()},
        ),
    )
    found: list[Label] = []
    for sort, used, means, names, ours in tables:
        could = tuple(ours.items())
        found += (
            Label(sort, names[key], count, _known(means[key], ours), could)
            for key, count in _frequent(used)
        )
        if sort == "field":
            found += _values(bundle, counts, mapping, book, means)
    return [*found, *_analysts(bundle, counts, mapping, analysts)]


Names = dict[str, str]


def unknown(labels: Sequence[Label]) -> list[Label]:
    """Those without which an import is refused, unless labels are to be added."""
    return [one for one in labels if one.means is None and one.sort in ("kind", "role", "field")]


def with_meaning(mapping: LabelMapping, label: Label, means: FieldValue) -> LabelMapping:
    """The mapping in which a label means something else."""
    if label.sort == "value":
        told = {k: v for k, v in mapping.values.get(label.field, {}).items() if k != label.name}
        values = {**mapping.values, label.field: {**told, label.name: means}}
        return msgspec.structs.replace(mapping, values=values)
    table = {"kind": "kinds", "role": "roles", "field": "fields", "analyst": "analysts"}[label.sort]
    before: dict[str, str] = getattr(mapping, table)
    kept = {k: v for k, v in before.items() if k.casefold() != label.name.casefold()}
    return msgspec.structs.replace(mapping, **{table: {**kept, label.name: str(means)}})


def _known(means: str | None, ours: Names) -> str | None:
    """A meaning that the codebook has; of another codebook's mapping one may not be."""
    return means if means in ours or means == LEAVE_OUT else None


def _frequent(used: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(used.items(), key=lambda one: (-one[1], one[0]))


def _said(said: Mark | Statement, book: Codebook) -> Iterator[tuple[str, str]]:
    for key, value in said.fields.items():
        field = book.fields[key]
        if field.type not in ("actor", "issue", "text", "date"):
            yield from ((key, label_of(field, one, book)) for one in several(value))


def _values(
    bundle: Bundle,
    counts: Counts,
    mapping: LabelMapping,
    book: Codebook,
    means: Mapping[str, str | None],
) -> Iterator[Label]:
    """The values of fields that are choices or stances here."""
    for key in bundle.codebook.fields:
        field = book.fields.get(means.get(key) or "")
        used = {label: n for (of, label), n in counts.values.items() if of == key}
        if field is None or field.type not in ("choice", "stance") or len(used) > MOST_VALUES:
            continue
        ours = str(means[key])
        told = {k.casefold(): v for k, v in mapping.values.get(ours, {}).items()}
        could = _could(field, book)
        for label, count in _frequent(used):
            said = told.get(label.casefold())
            theirs = msgspec.structs.replace(bundle.codebook.fields[key], type="text")
            if said is None:
                said = converted(label, label, theirs, field, Directory((), (), ()), book)
            yield Label("value", label, count, said, could, ours)


def _could(field: Field, book: Codebook) -> tuple[tuple[FieldValue, str], ...]:
    if field.type == "stance":
        return tuple((int(value), stance.name) for value, stance in book.stances.items())
    return tuple((value, choice.name) for value, choice in field.choices.items())


def _analysts(
    bundle: Bundle, counts: Counts, mapping: LabelMapping, analysts: Iterable[Analyst]
) -> Iterator[Label]:
    there = [analyst.name for analyst in analysts]
    for analyst in bundle.analysts:
        if analyst.id == GOLD or not counts.layers.get(analyst.id):
            continue
        name = NOBODY if analyst.id == UNSIGNED else analyst.name
        means = mapping.analysts.get(name, analyst.name)
        names = dict.fromkeys((*there, analyst.name, means, "gold"))
        could = tuple((one, one) for one in names)
        yield Label("analyst", name, counts.layers[analyst.id], means, could)
