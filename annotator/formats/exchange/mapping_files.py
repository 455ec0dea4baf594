"""Mappings of foreign labels as files: shipped ones, saved ones, and any others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.core.foreign.labels import LabelMapping, encode_mapping, parse_mapping
from annotator.formats.atomic import write_whole
from annotator.formats.utf8 import read_utf8

_NAME = re.compile(r"[\w][\w .-]{0,60}")
FOLDER = "mappings"
"""Below the folder of the settings, and below that of what comes with the program."""


def mapping_path(folder: Path, name: str) -> Path:
    """Where a mapping of this name is kept below a folder."""
    if not _NAME.fullmatch(name):
        raise BadInput(f"A mapping cannot be called “{name}”; use letters, digits and spaces.")
    return folder / FOLDER / f"{name}.toml"


def mapping_names(folders: Iterable[Path]) -> list[str]:
    """The mappings there are below these folders."""
    return sorted({path.stem for folder in folders for path in (folder / FOLDER).glob("*.toml")})


def find_mapping(name: str, folders: Iterable[Path]) -> LabelMapping:
    """A mapping by its name below one of the folders, the first that has it, or by its path."""
    known = list(folders)
    candidates = [Path(name)]
    if _NAME.fullmatch(name):
        candidates += (mapping_path(folder, name) for folder in known)
    for path in candidates:
        if path.is_file():
            return read_mapping(path)
    names = ", ".join(mapping_names(known)) or "none saved"
    raise BadInput(f"There is no mapping {name}, neither as a file nor by name: {names}.")


def read_mapping(path: Path) -> LabelMapping:
    """A mapping from its file; :class:`BadInput` says what is wrong with it."""
    return parse_mapping(read_utf8(path, "The mapping"), path.name)


def write_mapping(path: Path, mapping: LabelMapping) -> None:
    """Write a mapping whole or not at all."""
    write_whole(path, encode_mapping(mapping).encode(errors="replace"), makes_folders=True)
