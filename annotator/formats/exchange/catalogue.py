"""All formats there are: ours, and those of plug-ins that announce themselves.

A plug-in is a package with an entry point in the group ``annotator.formats`` that names a
:class:`~annotator.formats.exchange.format.Format`. One that cannot be loaded is named, and the
others work on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.formats.exchange import doccano
from annotator.formats.exchange.brat import format as brat
from annotator.formats.exchange.cas import format as cas
from annotator.formats.exchange.conll import formats as conll
from annotator.formats.exchange.datasets import jsonl as hf_jsonl
from annotator.formats.exchange.datasets import parquet
from annotator.formats.exchange.dna import reading as dna
from annotator.formats.exchange.format import HEAD, Format
from annotator.formats.exchange.json_lines import plain
from annotator.formats.exchange.label_studio import format as label_studio
from annotator.formats.exchange.networks import xml_out as networks
from annotator.formats.exchange.own import file as annotator_file
from annotator.formats.exchange.own import lines as annotator_lines
from annotator.formats.exchange.refi import format as refi
from annotator.formats.exchange.spacy import docbin
from annotator.formats.exchange.spacy import jsonl as spacy_jsonl
from annotator.formats.exchange.tables import formats as tables
from annotator.formats.exchange.web_annotation import format as web_annotation
from annotator.formats.exchange.web_page import formats as web_page

GROUP = "annotator.formats"
OURS: tuple[Format, ...] = (
    annotator_file.FORMAT,
    annotator_lines.FORMAT,
    cas.XMI_FORMAT,
    cas.JSON_FORMAT,
    refi.PROJECT,
    refi.CODEBOOK,
    dna.FORMAT,
    web_annotation.FORMAT,
    brat.FORMAT,
    label_studio.FORMAT,
    doccano.FORMAT,
    spacy_jsonl.FORMAT,
    docbin.FORMAT,
    hf_jsonl.FORMAT,
    parquet.FORMAT,
    tables.TABLES,
    tables.XLSX,
    conll.FORMAT,
    conll.LISTS,
    conll.WORDS,
    networks.GRAPHML,
    networks.GEXF,
    web_page.FORMAT,
)
"""In the order in which they are asked whether a file is theirs."""


_COMMON = (".json", ".jsonl", ".zip", ".xlsx", ".html", ".bio", ".csv", ".tsv")
"""Endings of files that need not be of any of these formats."""


class Catalogue:
    """Formats by name. ``faults`` has one sentence for each plug-in that could not be loaded."""

    def __init__(self, formats: Iterable[Format], plug_ins: Iterable[EntryPoint] = ()) -> None:
        self.formats: dict[str, Format] = {format.name: format for format in formats}
        self.faults: list[str] = []
        for point in plug_ins:
            self._load(point)
        self._readers = tuple(self.read.values())

    def named(self, name: str) -> Format:
        """:class:`BadInput` lists the names there are."""
        if name not in self.formats:
            raise BadInput(f"There is no format {name}; there are {', '.join(self.formats)}.")
        return self.formats[name]

    def of(self, path: Path, head: bytes | None = None) -> Format | None:
        """The format of a file or folder, recognised by looking inside; None for none of these.

        A file that looks like none is of the format whose ending it has, where no other files end
        so: reading it says what is wrong. ``head`` is how a file begins, from who has read it.
        """
        start = plain(_head(path) if head is None else head[:HEAD])
        readers = self._readers
        found = next((f for f in readers if self._is_one(f, path, start)), None)
        if found is not None:
            return found
        suffix = path.suffix.lower()
        of_ending = next((f for f in readers if suffix in f.suffixes), None)
        if of_ending is None or suffix in _COMMON or not path.is_file():
            return None
        return of_ending

    def _is_one(self, format: Format, path: Path, head: bytes) -> bool:
        try:
            return format.recognises(path, head)
        except Exception as error:  # noqa: BLE001  (a plug-in's fault is not the file's)
            fault = f"The format {format.name} cannot recognise files: {error!r}."
            if fault not in self.faults:
                self.faults.append(fault)
            return False

    @property
    def read(self) -> Mapping[str, Format]:
        return {name: f for name, f in self.formats.items() if f.read is not None}

    @property
    def written(self) -> Mapping[str, Format]:
        return {name: f for name, f in self.formats.items() if f.write is not None}

    def _load(self, point: EntryPoint) -> None:
        try:
            found = point.load()
        except Exception as error:  # noqa: BLE001  (whatever a plug-in does wrong, we go on)
            self.faults.append(f"The format {point.name} cannot be loaded: {error!r}.")
            return
        if not isinstance(found, Format):
            self.faults.append(f"The format {point.name} is no Format but {found!r:.60}.")
        elif found.name in self.formats:
            self.faults.append(f"The format {point.name} has the name of another, {found.name}.")
        else:
            self.formats[found.name] = found


def catalogue() -> Catalogue:
    """Our formats and those of the plug-ins that are installed."""
    return Catalogue(OURS, entry_points(group=GROUP))


def _head(path: Path) -> bytes:
    if not path.is_file():
        return b""
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""  # reading it says what is wrong
