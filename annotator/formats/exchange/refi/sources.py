"""One article as REFI-QDA has it: a source with selections, and notes and links beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import SEVERAL
from annotator.core.model import Id, Mark, Statement, several
from annotator.formats.annotator_values import time_text
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.left_behind import name_of
from annotator.formats.exchange.refi.codes import codes_of, kind_guid
from annotator.formats.exchange.refi.guids import guid, record_guid
from annotator.formats.exchange.refi.lines import joined
from annotator.formats.exchange.safe_xml import legal
from annotator.formats.exchange.words import Words, in_order

CONTINUED = "continued"
"""The name of the link from a fragment of a mark to its next one."""
VARIABLES = ("outlet", "author", "published", "url", "file")
_SNIPPET = 120


@dataclass(slots=True)
class Pieces:
    """The elements of one article, in the places where a project has them."""

    source: Element
    notes: list[Element] = field(default_factory=list)
    links: list[Element] = field(default_factory=list)


class Sources:
    """Makes the pieces of articles; ``cases`` are the selections of each actor so far."""

    def __init__(self, project: Bundle, words: Words, losses: Losses) -> None:
        self._words = words
        self._losses = losses
        self._issues = [issue.id for issue in project.issues]
        self.cases: dict[str, list[str]] = defaultdict(list)
        self.layers: dict[Id, None] = {}

    def pieces(self, part: ArticleBundle) -> Pieces:
        where = name_of(part.article)
        id = article_guid(part.article.sha256)
        source = Element(
            "TextSource",
            guid=id,
            name=self._legal(part.article.title, where),
            plainTextPath=f"internal://{id}.txt",
        )
        made = Pieces(source)
        marks = in_order(part.marks)
        kinds = {mark.id: mark for mark in marks}
        for mark in marks:
            if mark.fragments:
                self._selections(mark, made, where)
            else:
                made.notes.append(self._implied(mark, where))
        for statement in sorted(part.statements, key=lambda s: s.id):
            self._statement(statement, kinds, made, where)
        for note in made.notes:
            SubElement(source, "NoteRef", targetGUID=note.attrib["guid"])
        for name in VARIABLES:
            value = getattr(part.article, name)
            if value:
                source.append(variable_value(name, self._legal(value, where)))
        return made

    def _selections(self, mark: Mark, made: Pieces, where: str) -> None:
        user = self._user(mark.layer)
        codes = [kind_guid(mark.kind), *codes_of(self._words.book, mark.fields, self._issues)]
        description = self._described(mark, where)
        for place, fragment in enumerate(mark.fragments):
            id = mark_guid(mark.id, place)
            told = {
                "guid": id,
                "name": _snippet(fragment.quote),
                "startPosition": str(fragment.start),
                "endPosition": str(fragment.end),
                "creatingUser": user,
                **_created(mark),
            }
            selection = SubElement(made.source, "PlainTextSelection", told)
            if description and place == 0:
                SubElement(selection, "Description").text = description
            for code in codes:
                selection.append(_coding(guid("coding", id, code), user, code))
            if place:
                before = mark_guid(mark.id, place - 1)
                made.links.append(_link(guid("link", before, id), CONTINUED, before, id))
            for actor in self._actors(mark):
                self.cases[actor].append(id)

    def _implied(self, mark: Mark, where: str) -> Element:
        """A mark without a place: a note that is coded."""
        user = self._user(mark.layer)
        id = mark_guid(mark.id, 0)
        note = _note(id, f"{mark.kind} (implied)", user, self._described(mark, where), mark)
        code = kind_guid(mark.kind)
        note.append(_coding(guid("coding", id, code), user, code))
        return note

    def _statement(
        self, statement: Statement, marks: dict[Id, Mark], made: Pieces, where: str
    ) -> None:
        """A note with a link to each member, named by its role."""
        id = record_guid("statement", statement.id)
        said = "; ".join(
            f"{member.role} “{_snippet(marks[member.mark].quote)}”" for member in statement.members
        )
        user = self._user(statement.layer)
        name = f"Statement: {said}"
        made.notes.append(_note(id, name, user, self._described(statement, where), statement))
        for place, member in enumerate(statement.members):
            target = mark_guid(member.mark, 0)
            made.links.append(_link(guid("member", id, place), member.role, id, target))
        self._losses.add(
            "a statement becomes a note with links to its marks, which other programs may not show"
            " together",
            where,
        )

    def _described(self, said: Mark | Statement, where: str) -> str:
        fields = self._words.book.fields
        told = [
            (key, fields[key].type, fields[key].many and fields[key].type in SEVERAL, values)
            for key, values in self._words.fields(said).items()
        ]
        if any(not values for _, _, _, values in told):
            self._losses.add("an empty list is as no value", where)
        for key, _, _, values in told:
            for value in values:
                if legal(value, Losses(), "") != value:
                    self._legal(value, f"{where} {key}")
        return legal(joined(told, said.note), self._losses if said.note else Losses(), where)

    def _actors(self, mark: Mark) -> Iterator[str]:
        for key, value in mark.fields.items():
            if self._words.book.fields[key].type == "actor":
                yield from (str(one) for one in several(value))

    def _user(self, layer: Id) -> str:
        self.layers[layer] = None
        return user_guid(layer)

    def _legal(self, text: str, where: str) -> str:
        return legal(text, self._losses, where)


def article_guid(sha256: str) -> str:
    return guid("article", sha256)


def user_guid(layer: Id) -> str:
    return guid("user", layer)


def mark_guid(id: Id, fragment: int) -> str:
    """The first fragment speaks for the mark."""
    return guid("mark", id, fragment) if fragment else record_guid("mark", id)


def variable_guid(name: str) -> str:
    return guid("variable", name)


def variable_value(name: str, value: str) -> Element:
    """A text value of a variable."""
    made = Element("VariableValue")
    SubElement(made, "VariableRef", targetGUID=variable_guid(name))
    SubElement(made, "TextValue").text = value
    return made


def _note(id: str, name: str, user: str, text: str, said: Mark | Statement) -> Element:
    told = {"guid": id, "name": name, "creatingUser": user, **_created(said)}
    made = Element("Note", told)
    SubElement(made, "PlainTextContent").text = text
    return made


def _coding(id: str, user: str, code: str) -> Element:
    made = Element("Coding", guid=id, creatingUser=user)
    SubElement(made, "CodeRef", targetGUID=code)
    return made


def _link(id: str, name: str, origin: str, target: str) -> Element:
    return Element(
        "Link", guid=id, name=name, direction="OneWay", originGUID=origin, targetGUID=target
    )


def _created(said: Mark | Statement) -> dict[str, str]:
    if not said.made_at:
        return {}
    times = {"creationDateTime": time_text(said.made_at)}
    if said.changed_at:
        times["modifiedDateTime"] = time_text(said.changed_at)
    return times


def _snippet(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _SNIPPET else f"{words[: _SNIPPET - 1]}…"
