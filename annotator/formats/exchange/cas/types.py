"""The type system of a codebook: a span layer for each kind, and one for statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from annotator.core.codebook import SEVERAL, STATEMENT, Codebook, Field
from annotator.formats.exchange.cas import names

if TYPE_CHECKING:
    from cassis import TypeSystem

_RANGES = {
    "flag": "uima.cas.Boolean",
    "number": "uima.cas.Double",
    "stance": "uima.cas.Integer",
}


class Types:
    """Types by kind and features by field; :data:`STATEMENT` has both as well."""

    def __init__(self, book: Codebook) -> None:
        from cassis import TypeSystem

        self.system: TypeSystem = TypeSystem()
        self.of: dict[str, Any] = {}
        self.features: dict[tuple[str, str], str] = {}
        taken = {"Statement", "StatementMembersLink", "Article"}
        for kind in book.kinds:
            name = names.identifier(kind[:1].upper() + kind[1:], taken)
            taken.add(name)
            self.of[kind] = self._layer(f"{names.PACKAGE}{name}", names.kind_said(kind))
            self._feature(self.of[kind], names.MARK, "uima.cas.String")
            self._feature(self.of[kind], names.IMPLIED, "uima.cas.Boolean")
            self._fields(kind, book)
        self.of[STATEMENT] = self._layer(names.STATEMENT_TYPE, "A statement and its marks.")
        self._feature(self.of[STATEMENT], names.STATED, "uima.cas.String")
        self._links()
        self._fields(STATEMENT, book)
        self.article = self.system.create_type(names.ARTICLE_TYPE, "uima.cas.AnnotationBase")
        for name in (*names.KNOWN, names.ANALYST):
            self._feature(self.article, name, "uima.cas.String")

    def array(self, values: list[str]) -> Any:
        return self.system.get_type("uima.cas.StringArray")(elements=values)

    def references(self, values: list[Any]) -> Any:
        return self.system.get_type("uima.cas.FSArray")(elements=values)

    def link(self, role: str, target: Any) -> Any:
        return self._link(role=role, target=target)

    def _layer(self, name: str, description: str) -> Any:
        made = self.system.create_type(name, "uima.tcas.Annotation", description)
        self._feature(made, names.NOTE, "uima.cas.String")
        return made

    def _links(self) -> None:
        self._link = self.system.create_type(names.LINK_TYPE, "uima.cas.TOP")
        self._feature(self._link, "role", "uima.cas.String")
        self._feature(self._link, "target", "uima.tcas.Annotation")
        self.system.create_feature(
            self.of[STATEMENT],
            names.MEMBERS,
            "uima.cas.FSArray",
            elementType=names.LINK_TYPE,
            multipleReferencesAllowed=False,
        )

    def _fields(self, thing: str, book: Codebook) -> None:
        taken: set[str] = set()
        for key, field, range, several in _declared(thing, book):
            name = names.identifier(key, taken)
            taken.add(name)
            self.features[thing, key] = name
            self.system.create_feature(
                self.of[thing],
                name,
                range,
                description=names.field_said(key, field.type, several),
                elementType="uima.cas.String" if several else None,
                multipleReferencesAllowed=False if several else None,
            )

    def _feature(self, type: Any, name: str, range: str) -> None:
        self.system.create_feature(type, name, range)


def _declared(thing: str, book: Codebook) -> Iterator[tuple[str, Field, str, bool]]:
    """The fields on a thing with their range in UIMA."""
    for key, field in book.fields_on(thing).items():
        several = field.many and field.type in SEVERAL
        range = "uima.cas.StringArray" if several else _RANGES.get(field.type, "uima.cas.String")
        yield key, field, range, several
