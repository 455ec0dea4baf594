"""Walking through files, folders and zip files: every article, and every reason why not.

A generator: who has seen enough stops asking, and one article at a time is in memory.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.formats import annotator_json
from annotator.formats.articles import archive, delimited, docx, html, jsonl, pdf, text, xlsx
from annotator.formats.articles.preset import Preset
from annotator.formats.articles.recognise import Kind, kind_of
from annotator.formats.articles.source import Source, name_of, opened, where_is
from annotator.formats.articles.text_in import BundleIn, Failure, Found, TextIn

ONE = {"text": text.read, "html": html.read, "docx": docx.read, "pdf": pdf.read}
"""Readers of files that are one article."""

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


def read_articles(given: Iterable[Path], preset: Preset = Preset()) -> Iterator[Step]:  # noqa: B008
    """What the files, folders and zip files hold, in a stable order.

    Never raises for what is in them: a :class:`Failure` says what could not be read and the rest
    comes.
    """
    files = list(_files(given))
    share = 0.0
    for number, path in enumerate(files, 1):
        name = path.file if isinstance(path, Failure) else name_of(path)
        for found, within in _read_path(path, preset):
            share = max(share, (number - 1 + within) / len(files))
            yield Step(found, name, number, len(files), share)


def _files(given: Iterable[Path]) -> Iterator[Path | Failure]:
    for path in given:
        if path.is_dir():
            yield from _folder(path)
        else:
            yield path


def _folder(folder: Path) -> Iterator[Path | Failure]:
    """The files in a folder and the folders in it, by name; hidden ones are left alone."""
    faults: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            link = Path(where, name)
            if link.is_symlink():
                yield Failure(
                    name_of(link),
                    "",
                    f"{where_is(link)} is a link to another folder; import that folder itself.",
                )
        yield from (Path(where, name) for name in sorted(names) if not name.startswith("."))
    for fault in faults:
        path = Path(fault.filename)
        yield Failure(
            name_of(path),
            "",
            f"{where_is(path)} cannot be read ({fault.strerror}); check that you may open it.",
        )


def _read_path(path: Path | Failure, preset: Preset) -> Iterator[tuple[Found, float]]:
    if isinstance(path, Failure):
        yield path, 1.0
        return
    try:
        with opened(path) as source:
            yield from _read(source, preset, "")
    except BadInput as error:
        yield Failure(name_of(path), "", str(error)), 1.0


def _read(source: Source, preset: Preset, entry: str) -> Iterator[tuple[Found, float]]:
    """What is in a source; ``entry`` is its name in the zip file that it is in."""
    kind = kind_of(source)
    if kind == "zip":
        if entry:
            raise BadInput(f"{source.where} is a zip file in a zip file; unpack the outer one.")
        yield from _zip(source, preset)
    elif kind == "annotator":
        data = source.start(source.size)
        yield BundleIn(source.name, annotator_json.decode(data, source.name)), 1.0
    else:
        for found in _articles(kind, source, preset):
            yield found, 1.0 if kind in ONE else source.share()


def _articles(kind: Kind, source: Source, preset: Preset) -> Iterator[TextIn | Failure]:
    if kind in ONE:
        yield _with_defaults(ONE[kind](source), preset)
        return
    for found in MANY[kind](source, preset):
        yield found if isinstance(found, Failure) else _with_defaults(found, preset)


def _with_defaults(read: TextIn, preset: Preset) -> TextIn:
    """What the preset says of all articles, where this one does not say it."""
    return replace(
        read,
        outlet=read.outlet or preset.outlet,
        author=read.author or preset.author,
        published=read.published or preset.published,
        url=read.url or preset.url,
    )


def _zip(source: Source, preset: Preset) -> Iterator[tuple[Found, float]]:
    try:
        with zipfile.ZipFile(source.stream) as packed:
            entries = archive.entries(packed, source.where)
            if not entries:
                raise BadInput(f"{source.where} is empty; choose another zip file.")
            for number, entry in enumerate(entries):
                for found, within in _entry(packed, entry, source, preset):
                    yield found, (number + within) / len(entries)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise BadInput(f"{source.where} is a zip file that is damaged; pack it anew.") from error


def _entry(
    packed: zipfile.ZipFile, entry: zipfile.ZipInfo, source: Source, preset: Preset
) -> Iterator[tuple[Found, float]]:
    name = archive.name_in(entry)
    where = f"{name} in {source.name}"
    try:
        if why := archive.why_not(entry):
            raise BadInput(f"{where} {why}.")
        with archive.taken_out(packed, entry, where) as taken:
            yield from _read(taken, preset, name)
    except BadInput as error:
        yield Failure(source.name, name, str(error)), 1.0
