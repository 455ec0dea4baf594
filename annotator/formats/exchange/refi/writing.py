"""A project as a .qdpx file, and a codebook as a .qdc file."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.sax.saxutils import quoteattr

from annotator.core.bundle import Bundle
from annotator.core.foreign.naming import distinct_names
from annotator.core.model import Id
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.format import Asked, Losses, Outgoing
from annotator.formats.exchange.packed import entry
from annotator.formats.exchange.refi import guids
from annotator.formats.exchange.refi.codes import Codes
from annotator.formats.exchange.refi.sources import (
    VARIABLES,
    Sources,
    article_guid,
    user_guid,
    variable_guid,
    variable_value,
)
from annotator.formats.exchange.safe_xml import legal
from annotator.formats.exchange.words import Words

ACTOR_TYPE = "type of actor"
_IN_MEMORY = 16_000_000
_CARRIED = ("title", *VARIABLES, "note")
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def write_project(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    """A zip file of ``project.qde`` and a text for each article, of which one is in memory."""
    losses, words = Losses(), Words(outgoing.project)
    left_behind.of_project(outgoing.project, losses)
    sources = Sources(outgoing.project, words, losses)
    with (
        tempfile.SpooledTemporaryFile(_IN_MEMORY) as articles,
        tempfile.SpooledTemporaryFile(_IN_MEMORY) as notes,
        tempfile.SpooledTemporaryFile(_IN_MEMORY) as links,
        zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for part in outgoing.articles:
            left_behind.of_article(part, losses, _CARRIED)
            pieces = sources.pieces(part)
            id = article_guid(part.article.sha256)
            packed.writestr(entry(f"sources/{id}.txt"), part.text.encode())
            articles.write(_bytes([pieces.source]))
            notes.write(_bytes(pieces.notes))
            links.write(_bytes(pieces.links))
        with packed.open(entry("project.qde"), "w", force_zip64=True) as file:
            for piece in _project(outgoing.project, words, sources, losses):
                file.write(piece)
            for name, spool in (("Sources", articles), ("Notes", notes), ("Links", links)):
                _copy(name, cast("IO[bytes]", spool), file)
            file.write(b"</Project>\n")
    return losses


def write_codebook(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    """The codes alone. What is said about articles is listed as left out."""
    losses = Losses()
    book = outgoing.project.codebook
    losses.add("roles of statements and the types of fields are left out", book.name)
    losses.add("keys, colours and rules of kinds are left out", book.name)
    for part in outgoing.articles:
        losses.add("a codebook has no articles", left_behind.name_of(part.article))
    codes = Codes(outgoing.project, losses).element()
    root = Element("CodeBook", xmlns=guids.CODEBOOK, origin=guids.ORIGIN)
    root.append(codes)
    to.write_bytes(_HEAD.encode() + tostring(root, encoding="unicode").encode() + b"\n")
    return losses


def _project(project: Bundle, words: Words, sources: Sources, losses: Losses) -> Iterator[bytes]:
    """All that comes before the sources."""
    name = legal(project.codebook.name, losses, "the codebook") or "Annotator"
    yield _HEAD.encode()
    yield (
        f"<Project xmlns={quoteattr(guids.PROJECT)} name={quoteattr(name)}"
        f" origin={quoteattr(guids.ORIGIN)}>\n"
    ).encode()
    yield _bytes(_users(project, words, sources.layers, losses))
    book = Element("CodeBook")
    book.append(Codes(project, losses).element())
    variables = Element("Variables")
    for variable in (*VARIABLES, ACTOR_TYPE):
        SubElement(
            variables,
            "Variable",
            guid=variable_guid(variable),
            name=variable,
            typeOfVariable="Text",
        )
    yield _bytes([book, variables, *_cases(project, sources.cases, losses)])


def _users(
    project: Bundle, words: Words, layers: Iterable[Id], losses: Losses
) -> Iterator[Element]:
    users = Element("Users")
    for layer in dict.fromkeys((*(analyst.id for analyst in project.analysts), *layers)):
        name = legal(words.layer(layer), losses, "the analysts")
        SubElement(users, "User", guid=user_guid(layer), name=name)
    if len(users):
        yield users


def _cases(project: Bundle, found: dict[str, list[str]], losses: Losses) -> Iterator[Element]:
    """A case for each actor, with the selections that mean it."""
    cases = Element("Cases")
    names = distinct_names(project.actors)
    for actor in project.actors:
        name = legal(names[actor.id], losses, actor.name)
        case = SubElement(cases, "Case", guid=guids.guid("actor", actor.id), name=name)
        if actor.note:
            SubElement(case, "Description").text = legal(actor.note, losses, actor.name)
        case.append(variable_value(ACTOR_TYPE, actor.type))
        for selection in found.get(str(actor.id), ()):
            SubElement(case, "SelectionRef", targetGUID=selection)
    if len(cases):
        yield cases


def _copy(name: str, spool: IO[bytes], to: IO[bytes]) -> None:
    """An element with what was put aside for it; none when that is nothing."""
    if not spool.tell():
        return
    spool.seek(0)
    to.write(f"<{name}>\n".encode())
    while piece := spool.read(1 << 20):
        to.write(piece)
    to.write(f"</{name}>\n".encode())


def _bytes(elements: Iterable[Element]) -> bytes:
    return b"".join(tostring(one, encoding="unicode").encode() + b"\n" for one in elements)
