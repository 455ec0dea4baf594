"""REFI-QDA projects: ours with all that we wrote, others' codings as marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from annotator.core.errors import BadInput
from annotator.formats.articles.published import iso
from annotator.formats.exchange.format import Asked, Incoming, Losses
from annotator.formats.exchange.gathering import ArticleGathering, Gathering
from annotator.formats.exchange.packed import Packed, opened
from annotator.formats.exchange.refi.coded import Coded, Selected
from annotator.formats.exchange.refi.guids import plain
from annotator.formats.exchange.refi.ours import Ours
from annotator.formats.exchange.refi.placing import Position, counting
from annotator.formats.exchange.refi.project_xml import ProjectXml, named, text
from annotator.formats.exchange.refi.sources import VARIABLES
from annotator.formats.exchange.safe_xml import parsed

_INTERNAL = "internal://"
_BOM = "\ufeff"


def read_project(path: Path, _asked: Asked) -> Incoming:
    """:class:`BadInput` names the entry that is missing, damaged or made to do harm."""
    gathering = Gathering("refi-qda", path.name)
    with opened(path) as packed:
        name = _project_in(packed, path.name)
        where = f"{name} in {path.name}"
        project = ProjectXml(parsed(packed.data(name), where), where, gathering.losses)
        reader = (Ours if project.ours else Coded)(gathering, project)
        for source in project.sources:
            held = _article(source, packed, gathering, project)
            if held is not None:
                reader.source(source, *held)
    reader.finish()
    return Incoming(gathering.bundle(), gathering.losses)


def _project_in(packed: Packed, where: str) -> str:
    found = [name for name in packed.names if name.casefold().endswith(".qde") and "/" not in name]
    if len(found) != 1:
        raise BadInput(f"{where} is no REFI-QDA project: it has {len(found)} files *.qde, not one.")
    return found[0]


def _article(
    source: Element, packed: Packed, gathering: Gathering, project: ProjectXml
) -> tuple[ArticleGathering, list[Selected]] | None:
    """The article of a source with its selections; None when it has no text."""
    name = source.get("name", "")
    raw = _text(source, packed, gathering.losses)
    if raw is None or not raw.strip():
        if raw is not None:
            gathering.losses.add("a source without text is left out", name)
        return None
    values = project.values(source)
    known = {key: values.get(key, "") for key in ("outlet", "author", "url")}
    published = values.get("published", "")
    known["published"] = published if project.ours else iso(published)
    others = [key for key in values if key not in VARIABLES]
    if others:
        gathering.losses.add(
            "variables of sources are left out", f"{name} {others[0]}", len(others)
        )
    elements = named(source, "PlainTextSelection")
    positions = [_position(one) for one in elements]
    sound = [one for one in positions if one is not None]
    count = counting(raw, sound, name, gathering.losses)
    article = gathering.article(
        count.places.text, values.get("file", "") if project.ours else name, title=name, **known
    )
    selected = list(_selected(elements, positions, count.span, gathering.losses, name))
    return article, selected


def _text(source: Element, packed: Packed, losses: Losses) -> str | None:
    name, path = source.get("name", ""), source.get("plainTextPath", "")
    if named(source, "PlainTextContent"):
        return text(source, "PlainTextContent")
    if not path.startswith(_INTERNAL):
        losses.add("a source whose plain text is not in the file is left out", name)
        return None
    inner = path.removeprefix(_INTERNAL)
    wanted = f"sources/{inner}"
    # Some write the folder too, which the specification leaves out.
    there = {one.casefold(): one for one in packed.names}
    entry = there.get(wanted.casefold()) or there.get(inner.casefold()) or wanted
    try:
        return packed.data(entry).decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        raise BadInput(f"{entry} of “{name}” is not UTF-8, as REFI-QDA texts are.") from error


def _position(selection: Element) -> Position | None:
    try:
        start, end = (
            int(selection.get(name, "")[:19]) for name in ("startPosition", "endPosition")
        )
    except ValueError:
        return None
    return start, end, selection.get("name", "")


def _selected(
    elements: Sequence[Element],
    positions: Sequence[Position | None],
    span_of: object,
    losses: Losses,
    where: str,
) -> Iterator[Selected]:
    assert callable(span_of)
    for element, position in zip(elements, positions, strict=True):
        span = None if position is None else span_of(position[0], position[1])
        if span is None or span[0] == span[1]:
            losses.add("a selection of no words of its text is left out", where)
            continue
        yield Selected(plain(element.get("guid", "")), element, span)
