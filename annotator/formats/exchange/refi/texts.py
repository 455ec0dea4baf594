"""The files of a REFI-QDA project: packed as they should be, or unpacked into a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from xml.etree.ElementTree import Element

from annotator.core.errors import BadInput
from annotator.formats.exchange.packed import LONGEST, opened
from annotator.formats.exchange.refi.project_xml import named, text

SUFFIX = ".qde"
_FOLDER = "sources"
_SCHEME = re.compile(r"(?i)^(internal|relative|file):/+")
_INTERNAL = re.compile(r"(?i)^internal:")
_BOM = "\ufeff"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Files(Protocol):
    """What a project consists of, by names with slashes."""

    @property
    def names(self) -> Sequence[str]: ...

    def data(self, name: str) -> bytes:
        """:class:`BadInput` says why it cannot be had."""


class _Unpacked:
    """A ``project.qde`` with the folder of its sources beside it."""

    def __init__(self, path: Path) -> None:
        self._beside = path.parent
        folders = [one for one in self._beside.iterdir() if one.name.casefold() == _FOLDER]
        found = (one for folder in folders if folder.is_dir() for one in folder.iterdir())
        files = [one for one in found if one.is_file() and not one.is_symlink()]
        self._files = {one.relative_to(self._beside).as_posix(): one for one in sorted(files)}
        self._files[path.name] = path

    @property
    def names(self) -> Sequence[str]:
        return list(self._files)

    def data(self, name: str) -> bytes:
        path = self._files.get(name)
        if path is None:
            raise BadInput(f"{self._beside} has no {name}; put the folder {_FOLDER} beside it.")
        if path.stat().st_size > LONGEST:
            raise BadInput(f"{path} has more than {LONGEST:,} bytes, which is the limit.")
        return path.read_bytes()


@contextmanager
def files_of(path: Path) -> Iterator[Files]:
    """A project's files. :class:`BadInput` when they cannot be read."""
    if path.suffix.lower() != SUFFIX:
        with opened(path) as packed:
            yield packed
        return
    try:
        yield _Unpacked(path)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def project_in(names: Sequence[str]) -> list[str]:
    """The project files among these, of which there should be one; a folder may be around it."""
    return [name for name in names if name.casefold().endswith(SUFFIX) and name.count("/") < 2]


class Texts:
    """The plain texts of sources and notes. ``project`` is the name of the project file."""

    def __init__(self, files: Files, project: str) -> None:
        self._files = files
        self._folder = project.rpartition("/")[0]
        self._there = {name.casefold(): name for name in files.names}

    def of(self, element: Element) -> str | None:
        """What is said there, or in the file it names; None when that is not in the project."""
        if named(element, "PlainTextContent"):
            return text(element, "PlainTextContent")
        path = element.get("plainTextPath", "")
        entry = self._entry(_SCHEME.sub("", path))
        if entry is None:
            if not _INTERNAL.match(path):
                return None
            entry = f"{_FOLDER}/{_SCHEME.sub('', path)}"
        return _decoded(self._files.data(entry), f"{entry} of “{element.get('name', '')}”")

    def _entry(self, inner: str) -> str | None:
        """Some write the folder too, which the specification leaves out, or that of their own."""
        around = f"{self._folder}/" if self._folder else ""
        last = inner.rpartition("/")[2]
        ways = (f"{_FOLDER}/{inner}", inner, f"{_FOLDER}/{last}") if last else ()
        found = (self._there.get(f"{around}{way}".casefold()) for way in ways)
        return next((name for name in found if name is not None), None)


def _decoded(data: bytes, where: str) -> str:
    try:
        found = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{where} is not UTF-8, as REFI-QDA texts are; save it as UTF-8, or export the project"
            " again."
        ) from error
    return found.removeprefix(_BOM)
