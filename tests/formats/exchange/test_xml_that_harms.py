"""XML that is made to do harm: what it declares is not followed, however deep it goes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from tests.formats.bundles import small_bundle
from tests.formats.exchange.bent import (
    BY_NAME,
    TEXT,
    read,
    refi,
    refused,
    sound,
    xmi,
)
from tests.formats.exchange.meaning import written_to

DOCTYPES = {
    "a bomb": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    "a file of this machine": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "a document elsewhere": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    "a parameter": '<!DOCTYPE x [<!ENTITY % a "b"> %a;]>',
}


def _xmi(folder: Path, before: str, inside: str) -> Path:
    path = xmi(folder, 4, 10)
    content = path.read_text().replace("</xmi:XMI>", f"{inside}</xmi:XMI>")
    path.write_text(f"{before}{content}")
    return path


def _types(folder: Path, before: str, inside: str) -> Path:
    path = xmi(folder, 4, 10)
    types = folder / "TypeSystem.xml"
    content = types.read_text().replace("</types>", f"</types>{inside}")
    types.write_text(f"{before}{content}")
    return path


def _qdpx(folder: Path, before: str, inside: str) -> Path:
    path = refi(folder, 4, 10)
    with zipfile.ZipFile(path) as packed:
        content = packed.read("project.qde").decode().replace("</Project>", f"{inside}</Project>")
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("project.qde", f"{before}{content}")
        packed.writestr("sources/a.txt", TEXT)
    return path


def _qdc(folder: Path, before: str, inside: str) -> Path:
    path = folder / "x.qdc"
    written_to(BY_NAME["refi-codebook"], small_bundle(), path)
    _, _, content = path.read_text(encoding="utf-8").partition("?>")
    content = content.replace("</CodeBook>", f"{inside}</CodeBook>")
    path.write_text(f"{before}{content.lstrip()}", encoding="utf-8")
    return path


def _xlsx(folder: Path, before: str, inside: str) -> Path:
    path = folder / "x.xlsx"
    written_to(BY_NAME["xlsx"], small_bundle(), path)
    with zipfile.ZipFile(path) as packed:
        entries = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in entries.items():
            if name.endswith("sheet1.xml"):
                content = data.decode()
                content = content.replace("</sheetData>", f"</sheetData>{inside}")
                begins = content.index("<worksheet")
                packed.writestr(name, f"{before}{content[begins:]}")
            else:
                packed.writestr(name, data)
    return path


XML: dict[str, tuple[str, Callable[[Path, str, str], Path]]] = {
    "XMI": ("xmi", _xmi),
    "its type system": ("xmi", _types),
    "REFI-QDA": ("refi-qda", _qdpx),
    "a REFI-QDA codebook": ("refi-codebook", _qdc),
    "Excel": ("xlsx", _xlsx),
}


@pytest.mark.parametrize("how", DOCTYPES)
@pytest.mark.parametrize("where", XML)
def test_xml_that_declares(where: str, how: str, tmp_path: Path) -> None:
    name, make = XML[where]
    read(BY_NAME[name], make(tmp_path, "", ""))
    refused(BY_NAME[name], make(tmp_path, DOCTYPES[how], ""))


@pytest.mark.parametrize("where", XML)
def test_deep_xml(where: str, tmp_path: Path) -> None:
    name, make = XML[where]
    path = make(tmp_path, "", "<a>" * 100_000 + "</a>" * 100_000)
    try:
        sound(read(BY_NAME[name], path))
    except BadInput:
        refused(BY_NAME[name], path)
