"""Which format is meant: by its name or what people call it, or by how a file's name ends."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.formats.exchange.catalogue import Catalogue
from annotator.formats.exchange.format import Format

USUAL = "annotator-json"
_CALLED = {
    "json": USUAL,
    "jsonl": "annotator-jsonl",
    "annotator": USUAL,
    "csv": "tables",
    "tsv": "tables",
    "table": "tables",
    "excel": "xlsx",
    "xls": "xlsx",
    "uima": "xmi",
    "cas": "xmi",
    "inception": "xmi",
    "webanno": "xmi",
    "refi": "refi-qda",
    "qdpx": "refi-qda",
    "qdc": "refi-codebook",
    "labelstudio": "label-studio",
    "spacy": "spacy-jsonl",
    "prodigy": "spacy-jsonl",
    "huggingface": "hf-jsonl",
    "hf": "hf-jsonl",
    "datasets": "hf-jsonl",
    "jsonld": "web-annotation",
    "conll2003": "conll",
    "gephi": "gexf",
    "network": "graphml",
    "web": "html",
    "page": "html",
}
"""What people call formats that have another name here; none of it is the name of one."""
_OF_ENDING = {".json": USUAL, ".jsonl": "annotator-jsonl"}
"""Endings that several formats have, and the one that a project goes out as."""
_IN_FOLDERS = {".csv": "tables", ".tsv": "tables", ".ann": "brat"}
"""Endings of files that are written as a folder of them."""


def format_called(formats: Catalogue, word: str) -> Format:
    """The format of a name, or of what people call it; :class:`BadInput` names the likeliest."""
    name = _CALLED.get(word.casefold().lstrip("."), word)
    if name not in formats.formats:
        near = get_close_matches(word.casefold(), [*formats.formats, *_CALLED], 1)
        likely = f" Did you mean {_CALLED.get(near[0], near[0])}?" if near else ""
        raise BadInput(
            f"There is no format {word}; there are {', '.join(formats.formats)}.{likely}"
        )
    return formats.formats[name]


def format_of_name(formats: Catalogue, to: str, flag: str) -> Format:
    """The format that a file's name leaves no doubt about; ``flag`` is how it is told otherwise."""
    found = _ending_in(formats, to)
    if len(found) == 1:
        return found[0]
    raise _unclear(to, found or formats.written.values(), flag)


def format_of_project(formats: Catalogue, to: str) -> Format:
    """The same for a project on its way out: of several formats it takes ours."""
    suffix = Path(to).suffix.lower()
    if suffix in _OF_ENDING:
        return formats.named(_OF_ENDING[suffix])
    return format_of_name(formats, to, "--format")


def _ending_in(formats: Catalogue, to: str) -> list[Format]:
    suffix = Path(to).suffix.lower()
    if suffix in _IN_FOLDERS:
        folder = formats.named(_IN_FOLDERS[suffix])
        raise BadInput(
            f"{to} would be one file, and {folder.title} are a folder of files: name a folder, and"
            f" the format as {folder.name}."
        )
    return [f for f in formats.written.values() if suffix in f.suffixes and not f.folder]


def _unclear(to: str, could_be: Iterable[Format], flag: str) -> BadInput:
    suffix = Path(to).suffix
    if any(suffix.lower() in format.suffixes for format in could_be):
        names = ", ".join(f.name for f in could_be)
        return BadInput(f"Several formats have files that end in {suffix}; give {flag}: {names}.")
    endings = dict.fromkeys(s for f in could_be if not f.folder for s in f.suffixes)
    what = f"No format has files that end in {suffix}" if suffix else f"{to} has no ending"
    folders = ", ".join(f.name for f in could_be if f.folder)
    return BadInput(
        f"{what}; endings are {', '.join(endings)}. {flag} names the format, for folders too:"
        f" {folders}."
    )
