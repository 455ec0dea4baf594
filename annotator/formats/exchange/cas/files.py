"""CASes in files: one alone, or a zip file with one for each layer, laid out as INCEpTION does.

``annotation/ARTICLE/ANALYST.xmi`` and ``curation/ARTICLE/CURATION_USER.xmi``, with
``TypeSystem.xml``; in a project of INCEpTION each is in a zip file of its own.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from annotator.core.bundle import ArticleBundle
from annotator.core.errors import BadInput
from annotator.core.model import GOLD, Id
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.cas.loading import Loading
from annotator.formats.exchange.cas.names import KNOWN
from annotator.formats.exchange.cas.reading import Reading
from annotator.formats.exchange.cas.writing import Layers
from annotator.formats.exchange.folders import Names
from annotator.formats.exchange.format import Asked, Incoming, Losses, Outgoing
from annotator.formats.exchange.gathering import Gathering
from annotator.formats.exchange.packed import LONGEST, MAGIC, Packed, entry, opened
from annotator.formats.exchange.words import GOLD_NAME, Words, by_layer

if TYPE_CHECKING:
    from cassis import Cas

XMI, JSON = ".xmi", ".json"
UNTOUCHED, CURATED = "INITIAL_CAS", "CURATION_USER"
"""INCEpTION's names for a document that nobody has worked on, and for the layer of decisions."""
SYSTEM = "TypeSystem.xml"

_CARRIED = ("note", *KNOWN)
_ENCODED: dict[str, Callable[[Cas], bytes]] = {
    XMI: lambda cas: str(cas.to_xmi()).encode(),
    JSON: lambda cas: str(cas.to_json()).encode(),
}


def writer(suffix: str) -> Callable[[Outgoing, Path, Asked], Losses]:
    """Writes CASes of one encoding, ``.xmi`` or ``.json``."""

    def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
        losses = Losses()
        left_behind.of_project(outgoing.project, losses)
        layers = Layers(Words(outgoing.project), losses)
        if to.suffix.casefold() == suffix:
            _write_one(outgoing, to, layers, losses, suffix)
            return losses
        names = _Paths(Words(outgoing.project), suffix)
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
            if suffix == XMI:
                packed.writestr(entry(SYSTEM), layers.types.system.to_xml() or "")
            for part in outgoing.articles:
                left_behind.of_article(part, losses, _CARRIED)
                for name, layer in names.of(part):
                    packed.writestr(entry(name), _ENCODED[suffix](layers.cas(part, layer)))
        return losses

    return write


def _write_one(outgoing: Outgoing, to: Path, layers: Layers, losses: Losses, suffix: str) -> None:
    """The only layer of the only article, with its type system beside it if need be."""
    found: list[tuple[ArticleBundle, Id | None]] = []
    for part in outgoing.articles:
        layers_of: list[Id | None] = [*by_layer(part.said)]
        found += [(part, layer) for layer in layers_of or [None]]
    if len(found) != 1:
        raise BadInput(
            f"A {suffix} file holds one layer of one article, and there are {len(found)}; name a"
            " .zip file."
        )
    part, layer = found[0]
    left_behind.of_article(part, losses, _CARRIED)
    to.write_bytes(_ENCODED[suffix](layers.cas(part, layer)))
    if suffix == XMI:
        beside = to.with_name(f"{to.stem}.{SYSTEM}")
        beside.write_text(layers.types.system.to_xml() or "", encoding="utf-8", newline="\n")


class _Paths:
    """Names of entries: an article's folder and an analyst's file, no name twice."""

    def __init__(self, words: Words, suffix: str) -> None:
        self._words = words
        self._suffix = suffix
        self._articles = Names()
        self._analysts = Names()
        self._named: dict[Id, str] = {}

    def of(self, part: ArticleBundle) -> Iterator[tuple[str, Id | None]]:
        stem = self._articles.stem(part.article.file, part.article.title)
        for layer in by_layer(part.said):
            if layer == GOLD:
                yield f"curation/{stem}/{CURATED}{self._suffix}", layer
                continue
            if layer not in self._named:
                self._named[layer] = self._analysts.stem("", self._words.layer(layer))
            yield f"annotation/{stem}/{self._named[layer]}{self._suffix}", layer
        if not part.said:
            yield f"annotation/{stem}/{UNTOUCHED}{self._suffix}", None


def read(path: Path, _asked: Asked) -> Incoming:
    """A bare file, or all in a zip file. :class:`BadInput` names the entry that is at fault."""
    gathering = Gathering("cas", path.name)
    reading, loading = Reading(gathering), Loading()
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    if head == MAGIC:
        with opened(path) as packed:
            _Packed(packed, path.name, reading, loading).all()
    else:
        _bare(path, reading, loading)
    return Incoming(gathering.bundle(), gathering.losses)


def _bare(path: Path, reading: Reading, loading: Loading) -> None:
    if path.stat().st_size > LONGEST:
        raise BadInput(f"{path.name} is larger than {LONGEST:,} bytes, as no article is.")
    data = path.read_bytes()
    if path.suffix.casefold() != XMI:
        reading.cas(loading.json(data, path.name), path.stem, "")
        return
    there = _system_beside(path)
    if there is None:
        raise BadInput(f"{path.name} needs its type system; put {SYSTEM} beside it.")
    reading.cas(loading.xmi(data, there.read_bytes(), path.name), path.stem, "")


def _system_beside(path: Path) -> Path | None:
    """The type system of a file: its own, that of the folder, or the only one called like one."""
    names = (f"{path.stem}.{SYSTEM}", SYSTEM, SYSTEM.lower())
    beside = [one for one in map(path.with_name, names) if one.is_file()]
    if not beside:
        others = [one for one in path.parent.glob("*.xml") if one.is_file()]
        beside = [one for one in others if one.name.casefold().endswith(SYSTEM.casefold())]
        beside = beside if len(beside) == 1 else []
    return beside[0] if beside else None


class _Packed:
    """The CASes of a zip file."""

    def __init__(self, packed: Packed, where: str, reading: Reading, loading: Loading) -> None:
        self._packed = packed
        self._where = where
        self._reading = reading
        self._loading = loading

    def all(self, file: str = "", analyst: str = "") -> None:
        """``file`` and ``analyst`` are what the entry of an outer zip file told, if there is one."""
        inner = (XMI, JSON) if file else (XMI, JSON, ".zip")
        names = [name for name in self._packed.names if _is_cas(name, inner)]
        if not names:
            raise BadInput(f"{self._where} has no UIMA CAS in it; export it as XMI or CAS JSON.")
        worked = {str(PurePosixPath(n).parent) for n in names if PurePosixPath(n).stem != UNTOUCHED}
        for name in names:
            path = PurePosixPath(name)
            if path.stem == UNTOUCHED and str(path.parent) in worked and len(path.parts) > 1:
                continue
            told = (file, analyst) if file else _told(path)
            self._one(name, *told)

    def _one(self, name: str, file: str, analyst: str) -> None:
        where = f"{name} in {self._where}"
        data = self._packed.data(name)
        if name.casefold().endswith(".zip"):
            try:
                with zipfile.ZipFile(BytesIO(data)) as inner:
                    found = _Packed(Packed(inner, where), where, self._reading, self._loading)
                    found.all(file, analyst)
            except zipfile.BadZipFile as error:
                raise BadInput(f"{where} is a damaged zip file; export it again.") from error
        elif name.casefold().endswith(XMI):
            cas = self._loading.xmi(data, self._packed.data(self._system(name)), where)
            self._reading.cas(cas, file, analyst)
        else:
            self._reading.cas(self._loading.json(data, where), file, analyst)

    def _system(self, name: str) -> str:
        """The nearest type system, from the entry's folder up."""
        there = {one.casefold(): one for one in self._packed.names}
        for folder in PurePosixPath(name).parents:
            wanted = str(folder / SYSTEM).casefold()
            if wanted in there:
                return there[wanted]
        return SYSTEM


def _is_cas(name: str, suffixes: tuple[str, ...]) -> bool:
    path = PurePosixPath(name)
    if path.suffix.casefold() not in suffixes:
        return False
    # A project of INCEpTION has other JSON at its top, and other zip files.
    return (
        path.suffix.casefold() == XMI
        or path.parts[0] in ("annotation", "curation")
        or (
            path.suffix.casefold() == JSON
            and not path.name.casefold().startswith("exportedproject")
        )
    )


def _told(path: PurePosixPath) -> tuple[str, str]:
    """The names of article and analyst that a path tells."""
    if path.parts[0] not in ("annotation", "curation") or len(path.parts) < 3:
        return path.stem, ""
    analyst = {CURATED: GOLD_NAME, UNTOUCHED: ""}.get(path.stem, path.stem)
    return path.parts[-2], GOLD_NAME if path.parts[0] == "curation" else analyst
