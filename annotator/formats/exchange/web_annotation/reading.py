"""Web Annotations from a file: ours, or any whose texts are in it or beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from annotator.core.codebook import STATEMENT
from annotator.core.errors import BadInput
from annotator.core.model import Id, Mark
from annotator.formats.exchange.carried import PREFIX
from annotator.formats.exchange.format import Asked, Incoming
from annotator.formats.exchange.gathering import ArticleGathering, Gathering
from annotator.formats.exchange.json_lines import as_list, as_object, read_json
from annotator.formats.exchange.places import Places
from annotator.formats.exchange.typed import Typed
from annotator.formats.exchange.web_annotation import terms
from annotator.formats.exchange.web_annotation.bodies import Bodies, one_or_many, text_of
from annotator.formats.exchange.web_annotation.found import (
    annotations_in,
    selectors_of,
    source_of,
    targets,
)
from annotator.formats.exchange.web_annotation.placing import Placing, Wanted
from annotator.formats.exchange.web_annotation.stamps import creator_of, stamped

Object = dict[str, Any]


def read(path: Path, _asked: Asked) -> Incoming:
    """:class:`BadInput` names what is no annotation, and a source whose text is nowhere."""
    gathering = Gathering("web-annotation", path.name)
    found = annotations_in(read_json(path), path.name, gathering.losses)
    reading = _Reading(gathering, path)
    for item in found:
        reading.text(item)
    reading.marks([item for item in found if not _is_text(item) and not _is_link(item)])
    for item in found:
        if _is_link(item):
            reading.link(item)
    return Incoming(gathering.bundle(), gathering.losses)


def _is_text(item: Object) -> bool:
    return item.get("motivation") == "describing" and terms.ABOUT in item


def _is_link(item: Object) -> bool:
    return "linking" in one_or_many(item.get("motivation"))


class _Reading:
    """The articles of a file by the IRI of their source, and the marks on them."""

    def __init__(self, gathering: Gathering, path: Path) -> None:
        self._gathering = gathering
        self._path = path
        self._bodies = Bodies(gathering)
        self._typed = Typed(gathering)
        self._articles: dict[str, tuple[ArticleGathering, Places]] = {}
        self._marks: dict[str, tuple[str, Mark]] = {}

    def text(self, item: Object) -> None:
        """Take in an article that the file brings along."""
        if not _is_text(item):
            return
        where = f"{self._path.name}, {text_of(item.get('id'))}"
        body = as_object(item.get("body"), f"{where}, body,")
        about = as_object(item[terms.ABOUT], f"{where}, {terms.ABOUT},")
        known = {name: text_of(about.get(name)) for name in terms.KNOWN}
        source = text_of(item.get("target"))
        file = text_of(about.get("file"))
        self._take(source, text_of(body.get("value")), Path(file).name, known)

    def marks(self, items: list[Object]) -> None:
        """All that is no link, article by article: offsets are counted alike in one text."""
        by_source: dict[str, list[Object]] = {}
        for item in items:
            aims = targets(item)
            if len(aims) > 1:
                self._lose("an annotation of several targets is taken as one on the first", item)
            by_source.setdefault(source_of(aims[0] if aims else None), []).append(item)
        for source, found in by_source.items():
            article, places = self._article(source)
            placing = Placing(places, self._gathering.losses)
            wanted = [_wanted(item, self._at(item)) for item in found]
            placing.settle(wanted)
            for item, one in zip(found, wanted, strict=True):
                self._mark(item, source, article, placing.spans(one))

    def _mark(
        self,
        item: Object,
        source: str,
        article: ArticleGathering,
        spans: list[tuple[int, int]] | None,
    ) -> None:
        if spans is None:
            return
        said = self._bodies.said(item, self._at(item))
        kind = self._gathering.kind(said.kind)
        fields = self._typed.fields(kind, said.fields, self._at(item))
        mark = article.mark(_key(item), self._layer(item), kind, spans, fields, said.note)
        if mark is None:
            return
        article.marks[mark.id] = stamped(mark, item, self._gathering)
        if item.get("id"):
            self._marks[text_of(item["id"])] = source, mark

    def link(self, item: Object) -> None:
        """An annotation whose bodies are annotations: a statement."""
        members: list[tuple[str, Mark]] = []
        sources: set[str] = set()
        for iri, role in _linked(item):
            held = self._marks.get(iri)
            if held is None:
                self._lose("a link to an annotation that is not in the file is left out", item)
                continue
            sources.add(held[0])
            members.append((self._gathering.role(role), held[1]))
        said = self._bodies.said(item, self._at(item))
        layers = {mark.layer for _, mark in members}
        if not members or len(sources) > 1 or len(layers) > 1:
            self._lose("a link that does not join marks of one article and layer is left out", item)
            return
        article, _ = self._article(next(iter(sources)))
        fields = self._typed.fields(STATEMENT, said.fields, self._at(item))
        made = article.statement(_key(item), layers.pop(), members, fields, said.note)
        if made is not None:
            article.statements[made.id] = stamped(made, item, self._gathering)

    def _article(self, source: str) -> tuple[ArticleGathering, Places]:
        if source not in self._articles:
            name = _file_name(source)
            names = (name, f"{name}.txt") if name else (f"{self._path.stem}.txt", "article.txt")
            beside = [self._path.with_name(one) for one in names]
            there = next((one for one in beside if _is_file(one) and one != self._path), None)
            if there is None:
                raise BadInput(
                    f"{self._path.name} marks {source or 'a source without name'}, whose text is"
                    f" not in the file; put it beside it as {name or self._path.stem}.txt."
                )
            try:
                text = there.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise BadInput(f"{there.name} is not UTF-8; save it as UTF-8.") from error
            url = source if urlsplit(source).scheme in ("http", "https") else ""
            self._take(source, text, there.name, {"url": url})
        return self._articles[source]

    def _take(self, source: str, raw: str, file: str, known: dict[str, str]) -> None:
        places = Places(raw)
        article = self._gathering.article(places.text, file or "article", **known)
        self._articles[source] = article, places

    def _layer(self, item: Object) -> Id:
        """Whose annotation it is; nobody's when it does not say."""
        return self._gathering.layer(text_of(item.get(terms.LAYER)) or creator_of(item))

    def _lose(self, what: str, item: Object) -> None:
        self._gathering.losses.add(what, self._at(item))

    def _at(self, item: Object) -> str:
        return f"{self._path.name}, {text_of(item.get('id')) or 'an annotation without id'}"


def _wanted(item: Object, where: str) -> Wanted:
    target = next(iter(targets(item)), None)
    told = target.get(terms.FRAGMENTS) if isinstance(target, dict) else None
    fragments = as_list(told, f"{where}, {terms.FRAGMENTS},")
    return Wanted(
        where,
        [as_object(one, f"{where}, a fragment,") for one in fragments],
        selectors_of(target),
    )


def _linked(item: Object) -> Iterator[tuple[str, str]]:
    """The annotations that a link joins, with their roles; its target can be one of them."""
    for body in one_or_many(item.get("body")):
        if isinstance(body, str):
            yield body, "body"
        elif isinstance(body, dict) and terms.FIELD not in body and "value" not in body:
            yield source_of(body), text_of(body.get(terms.ROLE)) or "body"
    for target in one_or_many(item.get("target")):
        iri = source_of(target)
        if not iri.startswith(terms.ARTICLE):
            yield iri, "target"


def _key(item: Object) -> str:
    """What the file calls it; of what we wrote, our id."""
    iri = text_of(item.get("id"))
    ours = next((begins for begins in (terms.MARK, terms.STATEMENT) if iri.startswith(begins)), "")
    return f"{PREFIX}{iri.removeprefix(ours)}" if ours else iri


def _is_file(path: Path) -> bool:
    """No file has a name that is too long for one."""
    try:
        return path.is_file()
    except OSError:
        return False


def _file_name(source: str) -> str:
    """The last step of a source, as the name of a file and nothing else."""
    last = unquote(urlsplit(source).path.rpartition("/")[2].rpartition(":")[2])
    return "" if last in ("", ".", "..") else re.sub(r'[\x00-\x1f/\\:*?"<>|]', "_", last)
