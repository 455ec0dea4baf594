"""What a file is: by what is in it, and by its name only where that leaves it open."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from pathlib import PurePath
from typing import Literal

from annotator.core.errors import BadInput
from annotator.formats import annotator_json
from annotator.formats.articles.message import is_message
from annotator.formats.articles.office.looked_through import is_old, refuse_old
from annotator.formats.articles.rtf.document import BEGINS
from annotator.formats.articles.source import Source
from annotator.formats.articles.tables.columns import is_header
from annotator.formats.articles.tables.delimited import DELIMITERS, split_header
from annotator.formats.exchange.json_lines import plain

Kind = Literal[
    "annotator",
    "text",
    "markdown",
    "html",
    "message",
    "docx",
    "odt",
    "rtf",
    "epub",
    "pdf",
    "delimited",
    "jsonl",
    "xlsx",
    "zip",
]

SUFFIXES = (
    ".txt .md .html .htm .mhtml .mht .eml .docx .odt .rtf .epub .pdf .csv .tsv .jsonl .xlsx .zip"
    " .json".split()
)
"""What a dialog offers; anything else is looked into as well."""

_START = 4096
_HTML = re.compile(
    rb"(?:<!--.*?-->|<\?xml.*?\?>|\s)*<(?:!doctype\s+html|html|head|body)\b", re.S | re.I
)
_TAGS = re.compile(rb"<(?:p|div|article|h1|meta|title|span|a)[\s>]", re.IGNORECASE)
_TABLES = (".csv", ".tsv", ".tab")
_LINES = (".jsonl", ".ndjson")
_WEB = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown")
_MARKUP = (
    (
        re.compile(rb"#FORMAT=WebAnno TSV"),
        "WebAnno TSV",
        "export it from its program as XMI or CAS JSON",
    ),
    (
        re.compile(rb"(?:#[^\n]*\n)*1(?:-\d+)?(?:\t[^\t\n]+){9}\r?\n"),
        "CoNLL-U, whose columns mark no words",
        "take the plain text that it was made from",
    ),
    (
        re.compile(rb"#begin document "),
        "CoNLL 2012 columns",
        "make columns of token and tag of it, such as “Lavrov B-PER”",
    ),
    (
        re.compile(rb"\s*<\?xml\b"),
        "XML of a kind that is not known here",
        "save the article as a web page, Word or plain text",
    ),
)
"""How it begins, what it is, and what to do."""
_OUR_JSON = re.compile(rb'"(?:annotator|format|articles|codebook|schema_version)"\s*:')
_ARTICLES_JSON = re.compile(
    rb'"(?:text|body|content|maintext|fulltext|articleBody|articles)"\s*:\s*["\[{]', re.IGNORECASE
)
_NO_ARTICLES_JSON = re.compile(rb'"(?:annotator|format|codebook|schema_version)"\s*:')
_BINARY = {
    ".docx": "Word document",
    ".odt": "OpenDocument text",
    ".epub": "e-book",
    ".xlsx": "Excel workbook",
    ".pdf": "PDF file",
    ".zip": "zip file",
}
_BY_MEDIA_TYPE: dict[bytes, Kind] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/epub+zip": "epub",
}
"""What packages say they are in a part of their own."""
_LONGEST_MEDIA_TYPE = 200
_OTHERS = (
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("mimetype", "an OpenDocument file other than a text"),
    ("xl/workbook.bin", "a binary Excel workbook"),
)


def kind_of(source: Source) -> Kind:
    """Which reader a file is for; :class:`BadInput` when there is none for what it is."""
    start = source.start(_START)
    suffix = PurePath(source.name).suffix.lower()
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(source)
    _refuse_misnamed(source, start, suffix)
    start = plain(start)
    if _is_html(start, suffix):
        return "html"
    if is_message(start):
        return "message"
    if start.lstrip().startswith(BEGINS):
        return "rtf"
    if suffix in _LINES or (suffix != annotator_json.SUFFIX and _is_json_line(start)):
        return "jsonl"
    if annotator_json.is_annotator(source.name, start):
        return _json(source, start)
    _refuse_markup(source, start)
    if suffix in _TABLES or _has_header(start):
        return "delimited"
    return "markdown" if suffix in _MARKDOWN else "text"


def _refuse_markup(source: Source, start: bytes) -> None:
    """Raise :class:`BadInput` for what would pass for a text and is none."""
    for begins, what, remedy in _MARKUP:
        if begins.match(start):
            raise BadInput(f"{source.where} is {what}; {remedy}.")


def _refuse_misnamed(source: Source, start: bytes, suffix: str) -> None:
    """Raise :class:`BadInput` for an Office file that is old or locked, or a name that is wrong."""
    if is_old(start):
        refuse_old(source)
    if suffix in _BINARY and not source.size:
        raise BadInput(f"{source.where} is empty, without a single byte; get or save it anew.")
    if suffix in _BINARY:
        raise BadInput(
            f"{source.where} is no {_BINARY[suffix]}, whatever its name says; get or save it anew, or"
            " give it the name of what it is, such as .txt."
        )


def _json(source: Source, start: bytes) -> Kind:
    """Ours, or articles of another; :class:`BadInput` for what is something else."""
    if re.match(rb"\s*\[\s*\{", start):
        return "jsonl"
    if _ARTICLES_JSON.search(start) and not _NO_ARTICLES_JSON.search(start):
        return "jsonl"
    if re.match(rb'\s*(?:\[|\{\s*")', start) and not _OUR_JSON.search(start):
        raise BadInput(
            f"{source.where} is JSON that is not known here; export it as JSON of Label Studio,"
            " CAS JSON, Web Annotation, Annotator JSON, or a list of objects with a text each."
        )
    return "annotator"


def _is_html(start: bytes, suffix: str) -> bool:
    return bool(_HTML.match(start)) or (suffix in _WEB and bool(_TAGS.search(start)))


def _is_json_line(start: bytes) -> bool:
    """Whether the first line is an object by itself, as no Annotator JSON of ours begins."""
    line, end, _ = start.partition(b"\n")
    if not line.lstrip().startswith(b"{") or b'"annotator"' in line:
        return False
    if not end and len(start) == _START:
        return bool(re.match(rb'\s*\{\s*"[^"\n]{1,80}"\s*:', line))
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _has_header(start: bytes) -> bool:
    line = start.partition(b"\n")[0]
    if len(line) >= 1000 or len(line.translate(None, DELIMITERS.encode())) == len(line):
        return False
    return is_header(split_header(line.decode(errors="replace")))


def _package(source: Source) -> Kind:
    """Word and Excel files are zip files; so are others, which are no articles."""
    try:
        with zipfile.ZipFile(source.stream) as package:
            names = set(package.namelist())
            media_type = _media_type(package)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise BadInput(
            f"{source.where} is a Word, Excel or zip file that is damaged; get or save it anew."
        ) from error
    finally:
        source.stream.seek(0)
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if media_type in _BY_MEDIA_TYPE:
        return _BY_MEDIA_TYPE[media_type]
    for name, what in _OTHERS:
        if name in names:
            raise BadInput(
                f"{source.where} is {what}; open it in its own program and copy the article, or"
                " save it as Word, Excel or plain text."
            )
    return "zip"


def _media_type(package: zipfile.ZipFile) -> bytes:
    """What a package says it is; empty when it says nothing."""
    try:
        with package.open("mimetype") as part:
            return part.read(_LONGEST_MEDIA_TYPE).strip()
    except (KeyError, RuntimeError, zlib.error, EOFError):
        return b""  # what is damaged or locked is said by who reads all of it
