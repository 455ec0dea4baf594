"""REFI-QDA projects and codebooks as two of the formats."""

from __future__ import annotations

import zipfile
from pathlib import Path

from annotator.formats.exchange.format import Format
from annotator.formats.exchange.packed import MAGIC
from annotator.formats.exchange.refi.codebook import read_codebook
from annotator.formats.exchange.refi.reading import read_project
from annotator.formats.exchange.refi.texts import SUFFIX, project_in
from annotator.formats.exchange.refi.writing import write_codebook, write_project


def _is_project(path: Path, head: bytes) -> bool:
    if path.suffix.lower() == SUFFIX:
        return b"urn:QDA-XML:project" in head
    if not head.startswith(MAGIC):
        return False
    try:
        with zipfile.ZipFile(path) as found:
            return bool(project_in(found.namelist()))
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False


def _is_codebook(_path: Path, head: bytes) -> bool:
    return b"urn:QDA-XML:codebook" in head


PROJECT = Format(
    name="refi-qda",
    title="REFI-QDA project",
    suffixes=(".qdpx",),
    read=read_project,
    write=write_project,
    recognises=_is_project,
)
CODEBOOK = Format(
    name="refi-codebook",
    title="REFI-QDA codebook",
    suffixes=(".qdc",),
    read=read_codebook,
    write=write_codebook,
    recognises=_is_codebook,
)
