"""REFI-QDA projects: ours with all that we wrote, others' codings as marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from annotator.core.errors import BadInput
from annotator.formats.articles.published import iso
from annotator.formats.exchange.format import Asked, Incoming, Losses
from annotator.formats.exchange.gathering import ArticleGathering, Gathering
from annotator.formats.exchange.refi.codebook import explained
from annotator.formats.exchange.refi.coded import Coded, Selected
from annotator.formats.exchange.refi.guids import plain
from annotator.formats.exchange.refi.ours import Ours
from annotator.formats.exchange.refi.placing import Position, counting
from annotator.formats.exchange.refi.project_xml import ProjectXml, named
from annotator.formats.exchange.refi.sources import VARIABLES
from annotator.formats.exchange.refi.texts import Files, Texts, files_of, project_in
from annotator.formats.exchange.safe_xml import parsed


def read_project(path: Path, _asked: Asked) -> Incoming:
    """:class:`BadInput` names the entry that is missing, damaged or made to do harm."""
    gathering = Gathering("refi-qda", path.name)
    with files_of(path) as files:
        name = _project_in(files, path.name)
        where = name if name == path.name else f"{name} in {path.name}"
        project = ProjectXml(parsed(files.data(name), where), where, gathering.losses)
        texts = Texts(files, name)
        project.read_notes(texts.of)
        reader = (Ours if project.ours else Coded)(gathering, project)
        for source in project.sources:
            held = _article(source, texts, gathering, project)
            if held is not None:
                reader.source(source, *held)
    reader.finish()
    told = reader.definitions if isinstance(reader, Coded) else {}
    return Incoming(explained(gathering.bundle(), told), gathering.losses)


def _project_in(files: Files, where: str) -> str:
    found = project_in(files.names)
    if len(found) != 1:
        raise BadInput(
            f"{where} is no REFI-QDA project: it has {len(found)} files *.qde, not one; export it"
            " again."
        )
    return found[0]


def _article(
    source: Element, texts: Texts, gathering: Gathering, project: ProjectXml
) -> tuple[ArticleGathering, list[Selected]] | None:
    """The article of a source with its selections; None when it has no text."""
    name = source.get("name", "")
    raw = texts.of(source)
    if raw is None or not raw.strip():
        missing = "a source whose plain text is not in the file is left out"
        what = missing if raw is None else "a source without text is left out"
        gathering.losses.add(what, name)
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
    place_of: object,
    losses: Losses,
    where: str,
) -> Iterator[Selected]:
    assert callable(place_of)
    for element, position in zip(elements, positions, strict=True):
        span = None if position is None else place_of(position[0], position[1])
        if span is None or span[0] == span[1]:
            losses.add("a selection of no words of its text is left out", where)
            continue
        yield Selected(plain(element.get("guid", "")), element, span)
