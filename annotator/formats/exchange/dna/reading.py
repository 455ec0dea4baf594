"""A DNA project as a bundle.

A statement of DNA is one passage with a value for each variable of its type. One that has a
concept and a person or organization says who takes which side on what: it becomes a claim and a
position on the passage and an implied speaker, because DNA does not say where the speaker is
named. Statements of other types become marks of a kind named like the type, with the variables as
fields.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from annotator.core.codebook import FieldType
from annotator.core.model import FieldValue, Id, Mark
from annotator.formats.exchange.dna.people import People
from annotator.formats.exchange.dna.tables import (
    MAGIC,
    Coded,
    Document,
    Tables,
    Variable,
    tables_of,
)
from annotator.formats.exchange.format import Asked, Format, Incoming
from annotator.formats.exchange.gathering import ArticleGathering, Gathering
from annotator.formats.exchange.places import Places

PERSON, ORGANIZATION, CONCEPT, AGREEMENT = "person", "organization", "concept", "agreement"
_ROLES = ("speaker", "claim", "position")
_SIDES = {0: (-2, "against"), 1: (2, "for")}
"""DNA knows yes and no, without doubts or conditions: the ends of the usual scale."""
_FIELDS: dict[str, FieldType] = {
    "short text": "text",
    "long text": "text",
    "integer": "number",
    "boolean": "flag",
}
_LOST = {
    "section": "the sections of documents are left out",
    "notes": "the notes on documents are left out",
    "type": "the types of documents are left out",
}

Values = Mapping[str, str | int]
"""Of one statement, by the name of the variable; unset ones are not there."""


def read(path: Path, _asked: Asked) -> Incoming:
    """:class:`BadInput` when it is no such database, or a damaged one."""
    gathering = Gathering("dna", path.name)
    with tables_of(path) as tables:
        people = _Project(gathering, tables).gather()
    return Incoming(people.complete(gathering.bundle()), gathering.losses)


class _Project:
    """One file on its way in."""

    def __init__(self, gathering: Gathering, tables: Tables) -> None:
        self._gathering = gathering
        self._tables = tables
        self._people = People()
        self._coders = {coder.id: coder.name for coder in tables.coders()}
        self._labels = {type.id: type.label for type in tables.types()}
        self._variables: dict[int, dict[int, Variable]] = defaultdict(dict)
        for variable in tables.variables():
            self._variables[variable.type][variable.id] = variable
        self._articles: dict[int, tuple[ArticleGathering, Places, str]] = {}

    def gather(self) -> People:
        for document in self._tables.documents():
            self._document(document)
        said = self._said()
        statements = list(self._tables.statements())
        for one in statements:
            self._note_affiliation(one, said.get(one.id, {}))
        for one in statements:
            self._statement(one, said.get(one.id, {}))
        for name in self._people.both():
            self._lose("affiliations with who is a person as well are left out", name)
        for what, count in (
            ("search patterns and their colours are left out", self._tables.search_patterns()),
            ("which entities belong to another one is left out", self._tables.children()),
        ):
            if count:
                self._lose(what, "", count)
        return self._people

    def _document(self, document: Document) -> None:
        if not document.text.strip():
            self._lose("a document without text is left out", document.title)
            return
        # Swing, in which DNA's editor is written, counts every sort of line end as one unit.
        places = Places(document.text.replace("\r\n", "\n").replace("\r", "\n"))
        article = self._gathering.article(
            places.text,
            "",
            title=" ".join(document.title.split()),
            author=document.author,
            outlet=document.source,
            published=_published(document.date),
        )
        if any(held.article.id == article.article.id for held, _, _ in self._articles.values()):
            self._lose("documents with the same text become one article", document.title)
        self._articles[document.id] = article, places, document.title
        for name, what in _LOST.items():
            if getattr(document, name).strip():
                self._lose(what, document.title)

    def _said(self) -> dict[int, dict[str, str | int]]:
        """The values of each statement. All actors and issues are known from here on."""
        variables = {v.id: v for held in self._variables.values() for v in held.values()}
        entities: dict[int, str] = {}
        met: dict[int, str] = {}
        for entity in self._tables.entities():
            name = " ".join(entity.value.split())
            variable = variables.get(entity.variable)
            if variable is None or not name:
                continue
            entities[entity.id] = entity.value
            if self._takes_sides(variable.type) and self._meet(variable.name, name):
                met[entity.id] = name
        self._people.learn(met, self._tables.attributes())
        said: dict[int, dict[str, str | int]] = defaultdict(dict)
        for datum in self._tables.data():
            variable = variables.get(datum.variable)
            if variable is None:
                continue
            value: str | int = datum.value
            if variable.data == "short text":
                value = entities.get(value, "") if isinstance(value, int) else ""
            if value != "":
                said[datum.statement][variable.name] = value
        return said

    def _meet(self, variable: str, name: str) -> bool:
        """Make an actor or an issue of an entity; others stay texts."""
        match variable.casefold():
            case "person":
                self._gathering.actor(name, "person")
            case "organization":
                self._gathering.actor(name, "organisation")
            case "concept":
                self._gathering.issue(name)
            case _:
                return False
        return True

    def _takes_sides(self, type: int) -> bool:
        names = {variable.name.casefold() for variable in self._variables[type].values()}
        return CONCEPT in names and (PERSON in names or ORGANIZATION in names)

    def _note_affiliation(self, one: Coded, said: Values) -> None:
        person, organization = _names(said)
        if self._takes_sides(one.type) and person and organization:
            self._people.organizations[person][organization] = None

    def _statement(self, one: Coded, said: Values) -> None:
        held = self._articles.get(one.document)
        if held is None:
            self._lose("a statement on a document that is not taken over is left out", str(one.id))
            return
        article, places, title = held
        span = places.span(one.start, one.stop, "utf-16")
        if span is None or span[0] == span[1]:
            self._lose("a statement on no words of its document is left out", title)
            return
        if not places.text.isascii() and max(places.text[: span[1]], default="") > "\uffff":
            what = "a position after an emoji or the like is taken as counted in UTF-16, unproven"
            self._lose(what, title)
        layer = self._gathering.layer(self._coders.get(one.coder, ""))
        if self._takes_sides(one.type):
            self._side(article, one, layer, span, said)
        else:
            self._other(article, one, layer, span, said)

    def _side(
        self,
        article: ArticleGathering,
        one: Coded,
        layer: Id,
        span: tuple[int, int],
        said: Values,
    ) -> None:
        """A claim, a position and an implied speaker."""
        roles = {name: self._gathering.role(name) for name in _ROLES}
        kinds = {name: self._gathering.kind(name) for name in _ROLES}
        known = (PERSON, ORGANIZATION, CONCEPT, AGREEMENT)
        rest = {name: value for name, value in said.items() if name.casefold() not in known}
        fields = self._fields(one.type, kinds["claim"], rest)
        members: list[tuple[str, Mark | None]] = [
            (
                roles["speaker"],
                self._speaker(article, one, layer, said),
            ),
            (
                roles["claim"],
                article.mark(f"{one.id} claim", layer, kinds["claim"], [span], fields),
            ),
            (
                roles["position"],
                article.mark(
                    f"{one.id} position",
                    layer,
                    kinds["position"],
                    [span],
                    self._position(one, said, kinds["position"]),
                ),
            ),
        ]
        made = [(role, mark) for role, mark in members if mark is not None]
        article.statement(str(one.id), layer, made)

    def _speaker(
        self, article: ArticleGathering, one: Coded, layer: Id, said: Values
    ) -> Mark | None:
        person, organization = _names(said)
        if not person and not organization:
            return None
        kind = self._gathering.kind("speaker")
        field = self._gathering.field("actor", "actor", [kind])
        note = ""
        if person and organization and len(self._people.organizations[person]) > 1:
            note = f"organization: {organization}"
            what = "persons with several organizations have all; the note says which one it was"
            self._lose(what, person)
        value = self._gathering.actor(person or organization)
        return article.mark(f"{one.id} speaker", layer, kind, [], {field: value}, note)

    def _position(self, one: Coded, said: Values, kind: str) -> dict[str, FieldValue]:
        found: dict[str, FieldValue] = {}
        values = {name.casefold(): value for name, value in said.items()}
        concept = " ".join(str(values.get(CONCEPT, "")).split())
        if concept:
            found[self._gathering.field("issue", "issue", [kind])] = self._gathering.issue(concept)
        agreement = values.get(AGREEMENT)
        if not isinstance(agreement, int):
            return found
        step, label = agreement, str(agreement)
        if self._is_boolean(one.type, AGREEMENT):
            step, label = _SIDES.get(agreement, (agreement, str(agreement)))
            if agreement == 1:
                what = (
                    "DNA says “agrees” unless someone changes it, so some may have been forgotten"
                )
                self._lose(what, concept)
        if abs(step) > 999_999:
            self._lose("a step of agreement beyond any scale is left out", concept)
            return found
        field = self._gathering.field("stance", "stance", [kind])
        found[field] = self._gathering.stance(step, label)
        return found

    def _is_boolean(self, type: int, name: str) -> bool:
        held = self._variables[type].values()
        return any(v.data == "boolean" for v in held if v.name.casefold() == name)

    def _other(
        self,
        article: ArticleGathering,
        one: Coded,
        layer: Id,
        span: tuple[int, int],
        said: Values,
    ) -> None:
        """A mark of a kind named like the type of statement."""
        kind = self._gathering.kind(self._labels.get(one.type, "statement of DNA"))
        note = said.get("note", "")
        rest = {name: value for name, value in said.items() if name != "note" or value is not note}
        if not isinstance(note, str):
            note, rest = "", dict(said)
        article.mark(str(one.id), layer, kind, [span], self._fields(one.type, kind, rest), note)

    def _fields(self, type: int, kind: str, said: Values) -> dict[str, FieldValue]:
        types = {variable.name: variable.data for variable in self._variables[type].values()}
        found: dict[str, FieldValue] = {}
        for name, value in said.items():
            field = _FIELDS.get(types.get(name, ""), "text")
            key = self._gathering.field(name, field, [kind])
            found[key] = bool(value) if field == "flag" else value
        return found

    def _lose(self, what: str, where: str, count: int = 1) -> None:
        self._gathering.losses.add(what, where, count)


def _names(said: Values) -> tuple[str, str]:
    """The person and the organization of a statement; empty when there is none."""
    values = {name.casefold(): value for name, value in said.items()}
    person, organization = (
        " ".join(str(values.get(name, "")).split()) for name in (PERSON, ORGANIZATION)
    )
    return person, organization


def _published(seconds: int) -> str:
    """A date, and the time when it is not midnight."""
    try:
        when = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return ""
    whole_day = (when.hour, when.minute, when.second) == (0, 0, 0)
    return when.date().isoformat() if whole_day else when.isoformat(timespec="minutes")


def _recognises(path: Path, head: bytes) -> bool:
    return head.startswith(MAGIC) and path.suffix.casefold() == ".dna"


FORMAT = Format(
    name="dna",
    title="Discourse Network Analyzer",
    suffixes=(".dna",),
    read=read,
    recognises=_recognises,
)
