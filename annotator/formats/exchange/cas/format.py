"""UIMA CAS as two of the formats: XMI and CAS JSON 0.4."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from annotator.formats.exchange.cas.files import JSON, SYSTEM, XMI, read, writer
from annotator.formats.exchange.format import Format
from annotator.formats.exchange.packed import MAGIC

_WORKED_ON = ("annotation", "curation")


def _entries(path: Path, head: bytes) -> list[PurePosixPath]:
    if not head.startswith(MAGIC):
        return []
    try:
        with zipfile.ZipFile(path) as found:
            return [PurePosixPath(name) for name in found.namelist()]
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return []


def _is_xmi(path: Path, head: bytes) -> bool:
    if path.suffix.casefold() == XMI:
        return b"http://www.omg.org/XMI" in head
    return any(
        one.suffix.casefold() == XMI
        or (one.suffix.casefold() == ".zip" and one.parts[0] in _WORKED_ON)
        for one in _entries(path, head)
    )


def _is_json(path: Path, head: bytes) -> bool:
    if head.lstrip().startswith(b"{"):
        return b'"%TYPES"' in head or b'"%FEATURE_STRUCTURES"' in head
    found = [one for one in _entries(path, head) if one.suffix.casefold() == JSON]
    return any(one.parts[0] in _WORKED_ON and len(one.parts) > 2 for one in found)


XMI_FORMAT = Format(
    name="xmi",
    title="UIMA XMI (INCEpTION)",
    suffixes=(".zip", XMI),
    read=read,
    write=writer(XMI),
    recognises=_is_xmi,
    companions=(SYSTEM, SYSTEM.lower()),
)
JSON_FORMAT = Format(
    name="cas-json",
    title="UIMA CAS JSON (INCEpTION)",
    suffixes=(".zip", JSON),
    read=read,
    write=writer(JSON),
    recognises=_is_json,
)
