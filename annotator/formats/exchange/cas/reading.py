"""A CAS as marks and statements: ours, INCEpTION's, or any other's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.core.codebook import STATEMENT, FieldType
from annotator.core.model import Id, Mark
from annotator.formats.exchange.carried import PREFIX
from annotator.formats.exchange.cas import names
from annotator.formats.exchange.gathering import ArticleGathering, Gathering
from annotator.formats.exchange.places import Places
from annotator.formats.exchange.typed import Typed

if TYPE_CHECKING:
    from cassis import Cas

_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
_LAYOUT = (f"{_DKPRO}segmentation.type.", f"{_DKPRO}metadata.type.", "uima.", f"{_DKPRO}structure.")
"""What the machine made of the text, or says of the file: nobody's work."""
_SOURCE, _TARGET = "Governor", "Dependent"
_FIRST, _NEXT, _LINK = "first", "next", "link"
"""Features of a chain of annotations, such as those that mean the same, and the role in it."""
_RANGES: dict[str, FieldType] = {
    "uima.cas.String": "text",
    "uima.cas.Boolean": "flag",
    **{
        f"uima.cas.{name}": "number"
        for name in ("Integer", "Long", "Short", "Byte", "Float", "Double")
    },
}
Told = tuple[str, FieldType, bool, list[str]]


@dataclass(slots=True)
class _Group:
    """The annotations that are one mark."""

    annotations: list[Any] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


class Reading:
    """Takes CASes into a gathering, each a layer of an article."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._typed = Typed(gathering)

    def cas(self, cas: Cas, file: str, analyst: str) -> None:
        """``analyst`` is whose it is by its place, unless it says so itself."""
        raw = cas.sofa_string or ""
        places = Places(raw)
        if not places.text.strip():
            self._lose("a document without text is left out", file)
            return
        if len(cas.views) > 1:
            self._lose("views beside the first are left out", file)
        everything = sorted(cas.select_all_fs(), key=_place)
        about = next((fs for fs in everything if _is_article(fs)), None)
        said = {} if about is None else _texts(about, (*names.KNOWN, names.ANALYST))
        known = {name: said[name] for name in names.KNOWN if name in said and name != "file"}
        article = self._gathering.article(places.text, said.get("file", file), **known)
        layer = self._gathering.layer(said.get(names.ANALYST, analyst))
        rest = [fs for fs in everything if fs is not about]
        _One(self._gathering, self._typed, article, layer, places, file).take(rest)

    def _lose(self, what: str, where: str) -> None:
        self._gathering.losses.add(what, where)


class _One:
    """One CAS."""

    def __init__(
        self,
        gathering: Gathering,
        typed: Typed,
        article: ArticleGathering,
        layer: Id,
        places: Places,
        where: str,
    ) -> None:
        self._gathering = gathering
        self._typed = typed
        self._article = article
        self._layer = layer
        self._places = places
        self._where = where
        self._marks: dict[int, Mark] = {}

    def take(self, everything: list[Any]) -> None:
        work = [fs for fs in everything if not fs.type.name.startswith(_LAYOUT)]
        layout = sum(
            fs.type.name
            not in ("uima.tcas.DocumentAnnotation", f"{_DKPRO}metadata.type.DocumentMetaData")
            for fs in everything
            if fs.type.name.startswith(_LAYOUT)
        )
        if layout:
            self._lose("tokens, sentences and what else a machine found are left out", layout)
        relations = [fs for fs in work if _is_relation(fs)]
        statements = [fs for fs in work if _is_statement(fs) and _links(fs)]
        chains = [fs for fs in work if _begin(fs) is None and _chained(fs)]
        # WebAnno indexed the links of slots; they are read with what has them.
        links = [link for fs in work for _, link in _links_of(fs)]
        joined = {id(fs) for fs in (*relations, *statements, *chains, *links)}
        marks = [fs for fs in work if id(fs) not in joined]
        for key, group in self._grouped(marks).items():
            self._mark(key, group)
        for fs in relations:
            self._relation(fs)
        for fs in chains:
            label: Told = ("relation", "choice", False, [_label(fs.type)])
            self._statement(str(fs.xmiID), fs, _chained(fs), [label])
        for fs in statements:
            own = getattr(fs, names.STATED, None)
            called = f"{PREFIX}{own}" if isinstance(own, str) else str(fs.xmiID)
            self._statement(called, fs, _links(fs), self._told(fs))
        for fs in marks:
            links = _links(fs)
            if links:
                own = [(_label(fs.type), fs)] if fs.xmiID in self._marks else []
                self._statement(f"{fs.xmiID} links", fs, [*own, *links], [])

    def _grouped(self, marks: list[Any]) -> dict[str, _Group]:
        """By mark: the fragments of one share a feature, as nothing in UIMA says it."""
        groups: dict[str, _Group] = {}
        for fs in marks:
            own = getattr(fs, names.MARK, None)
            called = f"{PREFIX}{own}" if isinstance(own, str) else f"#{fs.xmiID}"
            group = groups.setdefault(called, _Group())
            if group.annotations and group.annotations[0].type.name != fs.type.name:
                group = groups.setdefault(f"#{fs.xmiID}", _Group())
            if hasattr(fs, "begin") and not getattr(fs, names.IMPLIED, None):
                at = _begin(fs)
                span = None if at is None else self._places.span(at, fs.end, "code points")
                if span is None:
                    self._lose("an annotation that is no place of its text is left out")
                    continue
                group.spans.append(span)
            group.annotations.append(fs)
        return {key: group for key, group in groups.items() if group.annotations}

    def _mark(self, key: str, group: _Group) -> None:
        first = group.annotations[0]
        kind = self._gathering.kind(_label(first.type))
        told = self._told(first)
        fields = self._typed.fields(kind, told, self._where)
        note = getattr(first, names.NOTE, None) or ""
        made = self._article.mark(key, self._layer, kind, group.spans, fields, note)
        if made is not None:
            self._marks.update({fs.xmiID: made for fs in group.annotations})

    def _relation(self, fs: Any) -> None:
        """A relation layer: a statement of its two ends, with its features."""
        ends = [(name.casefold(), getattr(fs, name)) for name in (_SOURCE, _TARGET)]
        label: Told = ("relation", "choice", False, [_label(fs.type)])
        self._statement(str(fs.xmiID), fs, ends, [label, *self._told(fs)])

    def _statement(
        self, key: str, fs: Any, members: list[tuple[str, Any]], told: list[Told]
    ) -> None:
        held = [
            (self._gathering.role(role), self._marks[target.xmiID])
            for role, target in members
            if target is not None and target.xmiID in self._marks
        ]
        if len(held) < len(members):
            self._lose("a link to what is no mark is left out")
        fields = self._typed.fields(STATEMENT, told, self._where)
        note = getattr(fs, names.NOTE, None) or "" if _is_statement(fs) else ""
        self._article.statement(key, self._layer, held, fields, note)

    def _told(self, fs: Any) -> list[Told]:
        """The features that are values; references that are no links are listed as lost."""
        found: list[Told] = []
        for feature in fs.type.all_features:
            name, value = feature.name, getattr(fs, feature.name)
            if value is None or name in _OWN or _goes_on(fs, name, value):
                continue
            said = names.field_of(feature.description)
            range = feature.rangeType.name
            label = name.removesuffix("_") if name in ("self_", "type_") else name
            if range == "uima.cas.StringArray":
                texts = [text for text in value.elements or [] if isinstance(text, str)]
                found.append((*(said or (label, "choice", True)), texts))
            elif said is not None:
                found.append((*said, [_text(value, said.type)]))
            elif range in _RANGES or isinstance(value, str):
                type = _RANGES.get(range, "text")
                found.append((label, type, False, [_text(value, type)]))
            elif not any(True for _ in _links_in(value)) and not (
                _is_relation(fs) and name in (_SOURCE, _TARGET)
            ):
                self._lose("references between annotations that are no links are left out")
        return found

    def _lose(self, what: str, count: int = 1) -> None:
        self._gathering.losses.add(what, self._where, count)


_OWN = {"begin", "end", "sofa", names.MARK, names.NOTE, names.IMPLIED, names.STATED, "xmiID"}


def _place(fs: Any) -> tuple[int, int, int]:
    return _begin(fs) or 0, getattr(fs, "end", None) or 0, fs.xmiID or 0


def _begin(fs: Any) -> int | None:
    """None for what stands nowhere in the text, as document metadata does."""
    begin = getattr(fs, "begin", None)
    return begin if isinstance(begin, int) and isinstance(getattr(fs, "end", None), int) else None


def _is_statement(fs: Any) -> bool:
    """Ours; others may have a layer of this name too."""
    return fs.type.name == names.STATEMENT_TYPE and fs.type.get_feature(names.NOTE) is not None


def _is_article(fs: Any) -> bool:
    return fs.type.name == names.ARTICLE_TYPE and fs.type.get_feature(names.ANALYST) is not None


def _is_relation(fs: Any) -> bool:
    ends = (getattr(fs, _SOURCE, None), getattr(fs, _TARGET, None))
    return all(hasattr(end, "xmiID") for end in ends)


def _links(fs: Any) -> list[tuple[str, Any]]:
    """The links of slot features: role and target; without a role, the feature's name."""
    return [(link.role or name, link.target) for name, link in _links_of(fs)]


def _links_of(fs: Any) -> Iterator[tuple[str, Any]]:
    """The same with the feature that has each."""
    for feature in fs.type.all_features:
        value = getattr(fs, feature.name)
        if value is not None and not isinstance(value, str | int | float):
            for link in _links_in(value):
                yield feature.name, link


def _links_in(value: Any) -> Iterator[Any]:
    elements = getattr(value, "elements", None)
    for one in elements if isinstance(elements, list) else ():
        if hasattr(one, "role") and hasattr(one, "target"):
            yield one


def _chained(fs: Any) -> list[tuple[str, Any]]:
    """The annotations of a chain, in its order; empty for what is none."""
    found: list[tuple[str, Any]] = []
    seen: set[int] = set()
    at = getattr(fs, _FIRST, None)
    while hasattr(at, "xmiID") and id(at) not in seen:
        seen.add(id(at))
        found.append((_LINK, at))
        at = getattr(at, _NEXT, None)
    return found


def _goes_on(fs: Any, name: str, value: Any) -> bool:
    """Whether a feature leads to the next annotation of a chain."""
    return name == _NEXT and getattr(value, "type", None) is fs.type


def _label(type: Any) -> str:
    """The kind that a type of ours is for, else the last step of its name."""
    return names.kind_of(type.description) or str(type.name).rpartition(".")[2]


def _text(value: Any, type: FieldType) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if type == "number" and isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _texts(fs: Any, wanted: tuple[str, ...]) -> dict[str, str]:
    found = {name: getattr(fs, name, None) for name in wanted}
    return {name: value for name, value in found.items() if isinstance(value, str)}
