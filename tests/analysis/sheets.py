"""Sheets of statements, by hand or by hypothesis."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from annotator.analysis.sheet import Scheme, Sheet, scheme, sheet_of
from annotator.core.codebook import Codebook, Field, Kind, Role, Stance
from annotator.core.model import (
    CODEBOOK,
    FieldValue,
    Fragment,
    Id,
    Mark,
    Member,
    Statement,
)

Spans = tuple[tuple[int, int], ...]
Part = tuple[str, Spans, Mapping[str, FieldValue]]
"""A mark in a statement: role (and kind, after a colon, if it has another name), place, fields."""


def _kind(key: str) -> Kind:
    return Kind(name=key, key=key[0], colour="kind.1", pattern="solid")


BOOK = Codebook(
    id=CODEBOOK,
    name="Test",
    kinds={key: _kind(key) for key in ("who", "said", "cue", "side", "teller")},
    roles={
        "who": Role(name="Who", kinds=("who", "teller"), expected=True),
        "via": Role(name="Via", kinds=("teller", "who"), many=True),
        "cue": Role(name="Cue", kinds=("cue",)),
        "what": Role(name="What", kinds=("said",), expected=True),
        "side": Role(name="Side", kinds=("side",), many=True),
    },
    fields={
        "actor": Field(name="Actor", type="actor", on=("who", "teller")),
        "issue": Field(name="Issue", type="issue", on=("side",)),
        "stance": Field(name="Stance", type="stance", on=("side",)),
        "condition": Field(name="If", type="text", on=("side",)),
        "told": Field(name="Told", type="text", on=("said",)),
        "weight": Field(name="Weight", type="number", on=("statement",)),
        "note": Field(name="Note", type="text", on=("statement",)),
    },
    stances={str(step): Stance(name=str(step)) for step in range(-2, 3)},
)
"""A codebook that shares no role with the usual one, so that nothing depends on names."""
SCHEME: Scheme = scheme(BOOK)


class Layers:
    """Marks and statements of the layers of one article, made one by one."""

    def __init__(self, *layers: Id) -> None:
        self.layers = layers
        self.marks: list[Mark] = []
        self.statements: list[Statement] = []

    def loose(self, layer: Id, part: Part) -> Mark:
        role, _, kind = part[0].partition(":")
        fragments = tuple(Fragment(start, end, "x" * (end - start)) for start, end in part[1])
        mark = Mark(
            id=1000 + len(self.marks),
            article=1,
            layer=layer,
            kind=kind or BOOK.roles[role].kinds[0],
            fragments=fragments,
            fields=dict(part[2]),
        )
        self.marks.append(mark)
        return mark

    def say(self, layer: Id, *parts: Part, **fields: FieldValue) -> Statement:
        members = tuple(
            Member(part[0].partition(":")[0], self.loose(layer, part).id) for part in parts
        )
        statement = Statement(
            id=1 + len(self.statements), article=1, layer=layer, members=members, fields=fields
        )
        self.statements.append(statement)
        return statement

    def sheet(self, layers: tuple[Id, ...] | None = None) -> Sheet:
        return sheet_of(1, layers or self.layers, self.marks, self.statements)


@st.composite
def parts(draw: st.DrawFn) -> Part:
    role = draw(st.sampled_from(["who", "who:teller", "via", "cue", "what", "what", "side"]))
    start = draw(st.integers(0, 24))
    spans: Spans = ((start, start + draw(st.integers(1, 6))),)
    if draw(st.booleans()):
        spans = (*spans, (spans[0][1] + 1, spans[0][1] + 3))
    spans = spans if draw(st.integers(0, 9)) else ()
    fields: dict[str, FieldValue] = {}
    if role.startswith(("who", "via")) and draw(st.booleans()):
        fields["actor"] = draw(st.sampled_from(["7", "8"]))
    if role == "side":
        fields["issue"] = draw(st.sampled_from(["5", "6"]))
        if draw(st.booleans()):
            fields["stance"] = draw(st.integers(-2, 2))
    return role, spans, fields


@st.composite
def layered(draw: st.DrawFn, least: int = 2, most: int = 4) -> Layers:
    """Up to four layers with up to four statements each."""
    found = Layers(*range(101, 101 + draw(st.integers(least, most))))
    for layer in found.layers:
        for _ in range(draw(st.integers(0, 4))):
            some = draw(st.lists(parts(), min_size=1, max_size=4))
            found.say(
                layer, *some, **({"weight": draw(st.integers(0, 2))} if draw(st.booleans()) else {})
            )
        if draw(st.booleans()):
            found.loose(layer, draw(parts()))
    return found
