"""One layer of one article as a CAS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from annotator.core.bundle import ArticleBundle
from annotator.core.codebook import SEVERAL, STATEMENT
from annotator.core.model import Fragment, Id, Mark, Statement
from annotator.formats.exchange.cas import names
from annotator.formats.exchange.cas.types import Types
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.left_behind import name_of
from annotator.formats.exchange.safe_xml import legal
from annotator.formats.exchange.words import Words, in_order

if TYPE_CHECKING:
    from cassis import Cas

_LARGEST_INTEGER = 2**31


class Layers:
    """Makes the CAS of each layer; the type system is made once."""

    def __init__(self, words: Words, losses: Losses) -> None:
        self.types = Types(words.book)
        self._words = words
        self._losses = losses

    def cas(self, part: ArticleBundle, layer: Id | None) -> Cas:
        """Without a layer: the text alone, as a document is before anyone has worked on it."""
        from cassis import Cas

        made = Cas(typesystem=self.types.system)
        made.sofa_string = part.text
        made.sofa_mime = "text/plain"
        made.add(self._article(part, layer))
        marks: dict[Id, tuple[Mark, Any]] = {}
        for mark in in_order(tuple(m for m in part.marks if m.layer == layer)):
            spans = self._spans(mark.fragments, name_of(part.article)) or [(0, 0)]
            features = self._features(mark.kind, mark, name_of(part.article))
            annotations = [
                self.types.of[mark.kind](begin=start, end=end, **features) for start, end in spans
            ]
            for annotation in annotations:
                setattr(annotation, names.MARK, str(mark.id))
                if not mark.fragments:
                    setattr(annotation, names.IMPLIED, True)
                made.add(annotation)
            marks[mark.id] = mark, annotations[0]
        for statement in sorted(part.statements, key=lambda s: s.id):
            if statement.layer == layer:
                made.add(self._statement(statement, marks, name_of(part.article)))
        return made

    def _article(self, part: ArticleBundle, layer: Id | None) -> Any:
        where = name_of(part.article)
        told = {
            name: legal(value, self._losses, where)
            for name in names.KNOWN
            if (value := getattr(part.article, name))
        }
        if layer is not None:
            told[names.ANALYST] = legal(self._words.layer(layer), self._losses, where)
        return self.types.article(**told)

    def _statement(
        self, statement: Statement, marks: dict[Id, tuple[Mark, Any]], where: str
    ) -> Any:
        """An annotation from the first of its marks to the last."""
        held = [marks[member.mark] for member in statement.members]
        said = [annotation for mark, annotation in held if mark.fragments]
        begin = min((annotation.begin for annotation in said), default=0)
        end = max((annotation.end for annotation in said), default=0)
        members = [
            self.types.link(member.role, marks[member.mark][1]) for member in statement.members
        ]
        made = self.types.of[STATEMENT](
            begin=begin, end=end, **self._features(STATEMENT, statement, where)
        )
        setattr(made, names.STATED, str(statement.id))
        setattr(made, names.MEMBERS, self.types.references(members))
        return made

    def _spans(self, fragments: Sequence[Fragment], where: str) -> list[tuple[int, int]]:
        """Without white space at the ends, which INCEpTION finds fault with."""
        spans: list[tuple[int, int]] = []
        for one in fragments:
            words = one.quote.strip()
            if not words or words == one.quote:
                spans.append((one.start, one.end))
                continue
            start = one.start + one.quote.index(words)
            spans.append((start, start + len(words)))
            self._losses.add("white space at the ends of a mark is left out", where)
        return spans

    def _features(self, thing: str, said: Mark | Statement, where: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, texts in self._words.fields(said).items():
            field = self._words.book.fields[key]
            feature = self.types.features.get((thing, key))
            if feature is None or not texts:
                what = "an empty list is as no value" if feature else "a stray field is left out"
                self._losses.add(what, where)
                continue
            plain = [legal(text, self._losses, where) for text in texts]
            if field.many and field.type in SEVERAL:
                found[feature] = self.types.array(plain)
            elif field.type == "flag":
                found[feature] = plain[0] == "true"
            elif field.type in ("stance", "number"):
                value = self._number(said.fields[key], field.type == "stance", where)
                if value is not None:
                    found[feature] = value
            else:
                found[feature] = plain[0]
        if said.note:
            found[names.NOTE] = legal(said.note, self._losses, where)
        return found

    def _number(self, value: Any, whole: bool, where: str) -> int | float | None:
        """As Java holds it: 32 bits for a step of the scale, else a double."""
        if whole:
            return int(value) if abs(int(value)) < _LARGEST_INTEGER else None
        try:
            found = float(value)
        except OverflowError:
            self._losses.add("a number too large for a double is left out", where)
            return None
        if found != value:
            self._losses.add("a number too exact for a double is rounded", where)
        return found
