"""Walking through files, folders and zip files: every article, and every reason why not.

A generator: who has seen enough stops asking, and one article at a time is in memory.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from annotator.core.errors import BadInput
from annotator.formats import annotator_json
from annotator.formats.articles import archive, markdown, message, pdf, text
from annotator.formats.articles.office import docx, epub, odt
from annotator.formats.articles.press import splitting
from annotator.formats.articles.recognise import Kind, kind_of
from annotator.formats.articles.rtf import document as rtf
from annotator.formats.articles.source import Source, held, is_hidden, name_of, opened, where_is
from annotator.formats.articles.tables import delimited, jsonl, xlsx
from annotator.formats.articles.tables.preset import Preset
from annotator.formats.articles.tables.table import Choose, guessed
from annotator.formats.articles.text_in import BundleIn, Failure, Found, PartsIn, TextIn
from annotator.formats.articles.web import html
from annotator.formats.exchange.format import HEAD, Format
from annotator.formats.exchange.labelled import Labelled

ONE = {
    "text": text.read,
    "markdown": markdown.read,
    "html": html.read,
    "message": message.read,
    "docx": docx.read,
    "odt": odt.read,
    "rtf": rtf.read,
    "epub": epub.read,
    "pdf": pdf.read,
}
"""Readers of files that are one article, or an export of many by a press database."""

MANY = {"delimited": delimited.read, "jsonl": jsonl.read, "xlsx": xlsx.read}
"""Readers of tables, which take a preset."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing found, and how far the reading is."""

    found: Found
    file: str
    number: int
    """Of the file among all those given and those in the folders given, from 1."""
    of: int
    share: float
    """How much of all has been read, from 0 to 1; never less than in the step before."""


def read_articles(
    given: Iterable[Path],
    preset: Preset = Preset(),  # noqa: B008  (immutable)
    choose: Choose = guessed,
    labelled: Labelled | None = None,
) -> Generator[Step, None, None]:
    """What the files, folders and zip files hold, in a stable order.

    ``choose`` is asked once for each table which of its columns is which. ``labelled`` says how
    files are read that bring their labels along; None is as usual.
    Never raises for what is in them: a :class:`Failure` says what could not be read and the rest
    comes.
    """
    ways = Ways(preset, choose, labelled or Labelled())
    files = list(files_in(given, ways.labelled))
    share = 0.0
    for number, path in enumerate(files, 1):
        name = path.file if isinstance(path, Failure) else name_of(path)
        for found, within in _read_path(path, ways):
            share = max(share, (number - 1 + within) / len(files))
            yield Step(found, name, number, len(files), share)


@dataclass(frozen=True, slots=True)
class Ways:
    """How files are read: tables, and those that bring labels along."""

    preset: Preset
    choose: Choose
    labelled: Labelled


def files_in(given: Iterable[Path], labelled: Labelled | None = None) -> Iterator[Path | Failure]:
    """The files given and those in the folders given, in a stable order.

    A folder that is one labelled work as a whole comes as such.
    """
    known = labelled or Labelled()
    for path in given:
        if path.is_dir() and known.format_of(path) is None:
            yield from _folder(path, known)
        else:
            yield path


def _folder(folder: Path, labelled: Labelled) -> Iterator[Path | Failure]:
    """The files in a folder and the folders in it, by name.

    Hidden ones are left alone, and so is what is read with the file beside it.
    """
    formats = labelled.formats.formats.values()
    companions = tuple(ending for format in formats for ending in format.companions)
    faults: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        whole = [name for name in folders if labelled.format_of(Path(where, name)) is not None]
        here = Path(where)
        yield from (here / name for name in whole)
        folders[:] = [name for name in folders if name not in whole]
        for name in folders:
            link = Path(where, name)
            if link.is_symlink():
                yield Failure(
                    name_of(link),
                    "",
                    f"{where_is(link)} is a link to another folder; import that folder itself.",
                )
        shown = (name for name in sorted(names) if not is_hidden(name))
        yield from (here / name for name in shown if not name.endswith(companions))
    for fault in faults:
        path = Path(fault.filename)
        yield Failure(
            name_of(path),
            "",
            f"{where_is(path)} cannot be read ({fault.strerror}); check that you may open it.",
        )


def _read_path(path: Path | Failure, ways: Ways, entry: str = "") -> Iterator[tuple[Found, float]]:
    if isinstance(path, Failure):
        yield path, 1.0
        return
    try:
        small = held(path)
        format = ways.labelled.format_of(path, small.start(HEAD) if small else None)
        if format is not None:
            yield _labelled(name_of(path), format, path, ways, stays=not entry), 1.0
            return
        with nullcontext(small) if small else opened(path) as source:
            yield from _read(source, ways, entry)
    except BadInput as error:
        yield Failure(name_of(path), "", str(error)), 1.0


def _labelled(
    name: str, format: Format, path: Path, ways: Ways, *, stays: bool
) -> BundleIn | PartsIn:
    """``stays`` says that the file will be there for longer than it takes to read it once."""
    begin = ways.labelled.begins(format, path)
    if begin is not None:
        return PartsIn(name, begin, stays)
    found = ways.labelled.read(format, path)
    return BundleIn(name, found.bundle, found.mapping, found.losses)


def _read(source: Source, ways: Ways, entry: str) -> Iterator[tuple[Found, float]]:
    """What is in a source; ``entry`` is its name in the zip file that it is in."""
    kind = kind_of(source)
    if kind == "zip":
        if entry:
            raise BadInput(f"{source.where} is a zip file in a zip file; unpack the outer one.")
        yield from _zip(source, ways)
    elif kind == "annotator":
        data = source.start(source.size)
        yield BundleIn(source.name, annotator_json.decode(data, source.name)), 1.0
    else:
        for found in _articles(kind, source, ways.preset, ways.choose):
            yield found, 1.0 if kind in ONE else source.share()


def _articles(
    kind: Kind, source: Source, preset: Preset, choose: Choose
) -> Iterator[TextIn | Failure]:
    for found in _found(kind, source, preset, choose):
        yield found if isinstance(found, Failure) else _with_defaults(found, preset)


def _found(
    kind: Kind, source: Source, preset: Preset, choose: Choose
) -> Iterable[TextIn | Failure]:
    if kind in MANY:
        return MANY[kind](source, preset, choose)
    if kind == "html":
        return splitting.of_page(source, html.read)
    whole = ONE[kind](source)
    return splitting.of_text(whole, source) if kind in splitting.LOOKED_INTO else (whole,)


def _with_defaults(read: TextIn, preset: Preset) -> TextIn:
    """What the preset says of all articles, where this one does not say it."""
    if not (preset.outlet or preset.author or preset.published or preset.url):
        return read
    return replace(
        read,
        outlet=read.outlet or preset.outlet,
        author=read.author or preset.author,
        published=read.published or preset.published,
        url=read.url or preset.url,
    )


def _zip(source: Source, ways: Ways) -> Iterator[tuple[Found, float]]:
    try:
        with zipfile.ZipFile(source.stream) as packed:
            entries = archive.entries(packed, source.where)
            if not entries:
                raise BadInput(f"{source.where} is empty; choose another zip file.")
            if _holds_folder(entries, ways.labelled):
                yield from _unpacked(packed, entries, source, ways)
                return
            for number, entry in enumerate(entries):
                for found, within in _entry(packed, entry, source, ways):
                    yield found, (number + within) / len(entries)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise BadInput(f"{source.where} is a zip file that is damaged; pack it anew.") from error


def _holds_folder(entries: list[zipfile.ZipInfo], labelled: Labelled) -> bool:
    """Whether there may be the folder of a format in it, whose files belong together."""
    folders = [format for format in labelled.formats.read.values() if format.folder]
    suffixes = tuple(suffix for format in folders for suffix in format.inside)
    return any(archive.name_in(entry).endswith(suffixes) for entry in entries)


def _unpacked(
    packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo], source: Source, ways: Ways
) -> Iterator[tuple[Found, float]]:
    """What is in a zip file as if it were a folder."""
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room, _step(PurePath(source.name).stem))
        for entry in entries:
            name = archive.name_in(entry)
            where = f"{name} in {source.name}"
            if why := archive.why_not(entry):
                raise BadInput(f"{where} {why}.")
            with archive.taken_out(packed, entry, where) as taken:
                _copy(taken, folder.joinpath(*map(_step, name.split("/"))))
        files = list(files_in([folder], ways.labelled))
        for number, path in enumerate(files, 1):
            for found, _ in _read_path(path, ways, source.name):
                yield found, number / len(files)


def _step(name: str) -> str:
    """A step of a path that means the same on every system."""
    return _SAFE.sub("_", name)


def _entry(
    packed: zipfile.ZipFile, entry: zipfile.ZipInfo, source: Source, ways: Ways
) -> Iterator[tuple[Found, float]]:
    name = archive.name_in(entry)
    where = f"{name} in {source.name}"
    try:
        if why := archive.why_not(entry):
            raise BadInput(f"{where} {why}.")
        with archive.taken_out(packed, entry, where) as taken, _own_file(taken) as path:
            format = ways.labelled.format_of(path)
            if format is not None:
                yield _labelled(taken.name, format, path, ways, stays=False), 1.0
            else:
                yield from _read(taken, ways, name)
    except BadInput as error:
        yield Failure(source.name, name, str(error)), 1.0


@contextmanager
def _own_file(source: Source) -> Iterator[Path]:
    """A temporary file of the same name and content, for readers that open files themselves."""
    with tempfile.TemporaryDirectory() as room:
        yield _copy(source, Path(room, _step(source.name)))


_SAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


def _copy(source: Source, to: Path) -> Path:
    to.parent.mkdir(parents=True, exist_ok=True)
    source.stream.seek(0)
    with to.open("wb") as file:
        shutil.copyfileobj(source.stream, file)
    source.stream.seek(0)
    return to
