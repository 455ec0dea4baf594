"""The codes of a REFI-QDA codebook: kinds, issues, and the values of fields."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from annotator.core.bundle import Bundle
from annotator.core.codebook import Codebook, Field
from annotator.core.model import FieldValue, Id, Issue, several
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.refi.guids import ISSUES, KINDS, field_group, guid
from annotator.formats.exchange.safe_xml import legal

_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9")
"""By the place of a kind; which colour a role of a theme is, only a theme says."""


class Codes:
    """The element ``Codes`` of a project; kinds come first, then issues, then other values."""

    def __init__(self, project: Bundle, losses: Losses) -> None:
        self._project = project
        self._losses = losses

    def element(self) -> Element:
        book = self._project.codebook
        codes = Element("Codes")
        kinds = self._group(codes, KINDS, "Kinds of marks")
        for place, (key, kind) in enumerate(book.kinds.items()):
            made = self._code(kinds, kind_guid(key), key, kind.definition)
            made.set("color", _COLOURS[place % len(_COLOURS)])
        if self._project.issues:
            self._issues(self._group(codes, ISSUES, "Issues"))
        for key, field in book.fields.items():
            values = _values(field, book)
            if values:
                group = self._group(codes, field_group(key), f"{field.name} ({key})")
                for value, name, definition in values:
                    self._code(group, value_guid(key, value), name, definition)
        return codes

    def _issues(self, group: Element) -> None:
        """In the order of the project, each under the one above it."""
        made: dict[Id, Element] = {}
        waiting = list(self._project.issues)
        while waiting:
            rest: list[Issue] = []
            for issue in waiting:
                above = group if issue.parent is None else made.get(issue.parent)
                if above is None:
                    rest.append(issue)
                    continue
                told = [issue.proposition, issue.definition]
                text = "\n".join(one for one in told if one and one != issue.name)
                made[issue.id] = self._code(above, issue_guid(issue.id), issue.name, text)
            if len(rest) == len(waiting):  # their parents are not in the project
                for issue in rest:
                    self._code(group, issue_guid(issue.id), issue.name, issue.proposition)
                return
            waiting = rest

    def _group(self, above: Element, id: str, name: str) -> Element:
        return SubElement(
            above, "Code", guid=id, name=legal(name, self._losses, name), isCodable="false"
        )

    def _code(self, above: Element, id: str, name: str, definition: str) -> Element:
        made = SubElement(
            above, "Code", guid=id, name=legal(name, self._losses, name), isCodable="true"
        )
        if definition:
            SubElement(made, "Description").text = legal(definition, self._losses, name)
        return made


def _values(field: Field, book: Codebook) -> list[tuple[str, str, str]]:
    """The values that are codes: key, name and definition of each."""
    if field.type == "choice":
        return [(key, choice.name, choice.definition) for key, choice in field.choices.items()]
    if field.type == "stance":
        named = book.stances.items()
        return [(value, f"{value} {stance.name}", stance.definition) for value, stance in named]
    return []


def codes_of(book: Codebook, fields: dict[str, FieldValue], issues: Iterable[Id]) -> list[str]:
    """The GUIDs of the codes that a mark's field values are, beside its kind."""
    known = set(issues)
    found: list[str] = []
    for key, value in fields.items():
        field = book.fields[key]
        for one in several(value):
            if field.type == "issue" and int(str(one)) in known:
                found.append(issue_guid(int(str(one))))
            elif any(str(one) == name for name, _, _ in _values(field, book)):
                found.append(value_guid(key, str(one)))
    return list(dict.fromkeys(found))


def kind_guid(key: str) -> str:
    return guid("kind", key)


def issue_guid(id: Id) -> str:
    return guid("issue", id)


def value_guid(field: str, value: str) -> str:
    return guid("value", field, value)
