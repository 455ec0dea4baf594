"""Writing brat standoff."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from annotator.core.bundle import ArticleBundle
from annotator.core.codebook import STATEMENT, Codebook, Field
from annotator.core.model import Fragment, Id, Mark, Statement
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.folders import Names
from annotator.formats.exchange.format import Asked, Losses, Outgoing
from annotator.formats.exchange.words import Words, by_layer, in_order

EVENT = "Statement"
"""The type of our events."""
IMPLIED = "Implied"
"""The attribute of a mark that the article does not say; its place is the start of the text."""
NOTE = "AnnotatorNotes"
FOLDERS = "# Each folder is one analyst's work."
"""In annotation.conf, so that folders of analysts and other folders are told apart."""

_PLAIN = re.compile(r"[^\s|]+")
_LABEL = re.compile(r"[\w-]+", re.ASCII)
_NUMBERED = re.compile(r"\d$")


def write(outgoing: Outgoing, to: Path, asked: Asked) -> Losses:
    to.mkdir()
    losses, words, names, folders = Losses(), Words(outgoing.project), Names(), Names()
    left_behind.of_project(outgoing.project, losses)
    places: dict[Id, str] = {}
    for part in outgoing.articles:
        left_behind.of_article(part, losses, ("note",))
        stem = names.stem(part.article.file, part.article.title)
        for layer in by_layer(part.said):
            if layer not in places:
                places[layer] = folders.stem("", words.layer(layer))
                if places[layer] != words.layer(layer):
                    losses.add("names of analysts are written as folders allow", places[layer])
            folder = to / places[layer]
            folder.mkdir(exist_ok=True)
            lines = _Lines(part, layer, words, losses).all()
            _write_pair(folder / stem, part.text, lines)
        if not part.said:
            _write_pair(to / stem, part.text, [])
    flat = len(places) <= 1 and asked.value("layers") == "flat"
    for layer, name in places.items() if flat else ():
        _move_up(to / name, to)
        losses.add("whose work it is is left out (layers=folders keeps it)", words.layer(layer))
    conf = "\n".join(_conf(words.book, [] if flat else [FOLDERS]))
    (to / "annotation.conf").write_text(conf, encoding="utf-8", newline="\n")
    visual = "\n".join(_visual(words.book))
    (to / "visual.conf").write_text(visual, encoding="utf-8", newline="\n")
    return losses


def _write_pair(path: Path, text: str, lines: list[str]) -> None:
    path.with_name(path.name + ".txt").write_bytes(text.encode())
    ann = "".join(f"{line}\n" for line in lines)
    path.with_name(path.name + ".ann").write_bytes(ann.encode())


def _move_up(folder: Path, to: Path) -> None:
    """Out of a folder that may be named like one of the files in it."""
    aside = folder.rename(to.with_name(f"{to.name}.aside"))
    for path in aside.iterdir():
        path.rename(to / path.name)
    shutil.rmtree(aside)


class _Lines:
    """The lines of one ``.ann`` file."""

    def __init__(self, part: ArticleBundle, layer: Id, words: Words, losses: Losses) -> None:
        self._marks = in_order(tuple(m for m in part.marks if m.layer == layer))
        found = (s for s in part.statements if s.layer == layer)
        self._statements = sorted(found, key=lambda s: s.id)
        self._text = part.text
        self._where = left_behind.name_of(part.article)
        self._words = words
        self._losses = losses
        self._places: dict[Id, str] = {}
        self._ids: dict[Id, str] = {}
        self._counts = dict.fromkeys("TEAN#", 0)

    def all(self) -> list[str]:
        lines = [line for mark in self._marks for line in self._mark(mark)]
        return lines + [line for s in self._statements for line in self._statement(s)]

    def _next(self, letter: str) -> str:
        self._counts[letter] += 1
        return f"{letter}{self._counts[letter]}"

    def _mark(self, mark: Mark) -> Iterator[str]:
        pieces = [piece for f in mark.fragments for piece in _lines_of(f)]
        self._look_at(mark, pieces)
        if mark.fragments and not pieces:
            return
        spans = ";".join(f"{start} {end}" for start, end in pieces) or "0 0"
        quote = " ".join(self._text[start:end] for start, end in pieces)
        self._places[mark.id] = f"{spans}\t{quote}"
        id = self._ids[mark.id] = self._next("T")
        yield f"{id}\t{mark.kind} {self._places[mark.id]}"
        if not mark.fragments:
            yield f"{self._next('A')}\t{IMPLIED} {id}"
        yield from self._fields(id, mark)

    def _look_at(self, mark: Mark, pieces: list[tuple[int, int]]) -> None:
        """List what line ends do to a mark: none can be inside or at the edge of a piece."""
        if mark.fragments and not pieces:
            self._losses.add("a mark of line ends alone is left out", self._where)
            return
        at_edges = any(f.quote != f.quote.strip("\n") for f in mark.fragments)
        if at_edges:
            self._losses.add("line ends at the edge of a mark are left out", self._where)
        gaps = zip(mark.fragments, mark.fragments[1:], strict=False)
        if any(not self._text[a.end : b.start].strip("\n") for a, b in gaps) or at_edges:
            self._losses.add("fragments with only line ends between become one", self._where)

    def _statement(self, statement: Statement) -> Iterator[str]:
        members = [m for m in statement.members if m.mark in self._ids]
        if len(members) < len(statement.members):
            self._losses.add("a mark that is left out is missing in its statement", self._where)
        if not members:
            return
        trigger = self._next("T")
        yield f"{trigger}\t{EVENT} {self._places[members[0].mark]}"
        id = self._next("E")
        counts: dict[str, int] = {}
        arguments = []
        for member in members:
            number = counts[member.role] = counts.get(member.role, 0) + 1
            if _NUMBERED.search(member.role):
                self._losses.add(
                    "a role whose name ends in a number is a repeated one", member.role
                )
            role = member.role if number == 1 else f"{member.role}{number}"
            arguments.append(f"{role}:{self._ids[member.mark]}")
        yield f"{id}\t{EVENT}:{trigger} {' '.join(arguments)}"
        yield from self._fields(id, statement)

    def _fields(self, id: str, said: Mark | Statement) -> Iterator[str]:
        for key, values in self._words.fields(said).items():
            type = self._words.book.fields[key].type
            if not values:
                self._losses.add("an empty list is as no value", self._where)
            for value in values:
                if type in ("actor", "issue"):
                    number = said.fields[key] if isinstance(said.fields[key], str) else ""
                    yield f"{self._next('N')}\tReference {id} {key}:{number or 0}\t{self._line(value)}"
                elif type == "flag" and value == "true":
                    yield f"{self._next('A')}\t{key} {id}"
                elif _PLAIN.fullmatch(value) and type != "text":
                    yield f"{self._next('A')}\t{key} {id} {value}"
                elif value.strip():
                    yield f"{self._next('#')}\t{key} {id}\t{self._line(value)}"
                else:
                    self._losses.add("an empty text is as no value", self._where)
        if said.note.strip():
            yield f"{self._next('#')}\t{NOTE} {id}\t{self._line(said.note)}"

    def _line(self, value: str) -> str:
        """A value in one line."""
        line = " ".join(value.split())
        if line != value:
            self._losses.add("line ends and runs of spaces in notes become a space", self._where)
        return line


def _lines_of(fragment: Fragment) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"[^\n]+", fragment.quote):
        yield fragment.start + found.start(), fragment.start + found.end()


def _conf(book: Codebook, head: list[str]) -> Iterator[str]:
    """annotation.conf."""
    yield from (*head, "[entities]", *book.kinds, "", "[relations]", "", "[events]")
    roles = (
        f"{key}{'*' if role.many else '?'}:{'|'.join(role.kinds)}"
        for key, role in book.roles.items()
    )
    yield f"{EVENT}\t{', '.join(roles)}"
    yield from ("", "[attributes]", f"{IMPLIED}\tArg:<ENTITY>")
    for key, field in book.fields.items():
        yield from _attribute(key, field, book)
    yield ""


def _attribute(key: str, field: Field, book: Codebook) -> Iterator[str]:
    on = "|".join(EVENT if thing == STATEMENT else thing for thing in field.on)
    values: list[str] = []
    if field.type == "choice":
        values = list(field.choices)
    elif field.type == "stance":
        values = list(book.stances)
    plain = [value for value in values if _PLAIN.fullmatch(value)]
    if plain:
        yield f"{key}\tArg:{on}, Value:{'|'.join(plain)}"
    elif field.type == "flag":
        yield f"{key}\tArg:{on}"


def _visual(book: Codebook) -> Iterator[str]:
    """visual.conf: the names of kinds, roles and fields for the screen."""
    yield "[labels]"
    tables = (book.kinds, book.roles, book.fields)
    named = {key: thing.name for table in tables for key, thing in table.items()}
    for key, name in named.items():
        if _LABEL.fullmatch(key):
            yield f"{key} | {' '.join(name.replace('|', '/').split())}"
    yield from ("", "[drawing]", "")
