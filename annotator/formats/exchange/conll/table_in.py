"""Reading CSV with a token a row: a sentence's number, the token, and columns of tags."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.formats.exchange.conll.columns_in import Part, Sentence, decoded_file, taken_in
from annotator.formats.exchange.conll.schemes import is_tag
from annotator.formats.exchange.format import HEAD, Asked, Incoming
from annotator.formats.exchange.gathering import Gathering

SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
_SENTENCE = ("sentence#", "sentence", "sentenceid", "sentenceidx", "sentencenumber", "sentid")
_TOKEN = ("word", "token", "words", "tokens")
_TAG = ("tag", "nertag", "ner", "tags", "nertags", "iob", "bio", "label", "labels", "entity")
"""What columns are called, the likeliest first, without what stands between words."""
_DELIMITERS = ",\t;|"
_TELLING = 4
"""Rows whose tags tell such a table, where it does not number its sentences."""


def recognised(path: Path, head: bytes) -> bool:
    """Whether a file begins with the names of a token and of a tag, and tags below."""
    if path.suffix.lower() not in SUFFIXES:
        return False  # as nearly every file that is none
    text = head.decode(errors="replace")
    if len(head) >= HEAD:
        text = text.rpartition("\n")[0]
    first = text.partition("\n")[0]
    delimiter = _delimiter(first)
    names = [_plain(cell) for cell in first.split(delimiter)]
    token, tag = _column(names, _TOKEN), _column(names, _TAG)
    if token is None or tag is None:
        return False
    if _column(names, _SENTENCE) is not None:
        return True
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:
        return False
    told = [row for row in rows[1:] if any(row)][:_TELLING]
    return bool(told) and all(len(row) == len(names) and is_tag(row[tag].strip()) for row in told)


def read(path: Path, asked: Asked) -> Incoming:
    text = decoded_file(path)
    gathering = Gathering("token-table", path.name)
    sentences = list(_sentences(text, path.name, gathering))
    if not sentences:
        raise BadInput(f"{path.name} has no tokens.")
    part = Part(path.name, sentences=sentences)
    return taken_in([part], path, asked, gathering)


def _sentences(text: str, name: str, gathering: Gathering) -> Iterator[Sentence]:
    delimiter = _delimiter(text.partition("\n")[0])
    rows = _rows(text, delimiter, name)
    header = next(rows, ("", []))[1]
    names = [_plain(cell) for cell in header]
    number, token, tag = (_column(names, known) for known in (_SENTENCE, _TOKEN, _TAG))
    if token is None or tag is None:
        raise BadInput(f"{name} names no column “word” and “tag” in its first line.")
    others = [at for at, named in enumerate(names) if named and at not in (number, token, tag)]
    last, sentence = "", Sentence(name)
    for where, row in rows:
        if not row:
            if number is None:
                yield from _whole(sentence)
                sentence = Sentence(where)
            continue
        if len(row) != len(header):
            raise BadInput(
                f"{where} has {len(row)} cells where the first line names {len(header)}; put"
                " quotation marks around cells with separators in them."
            )
        begins = row[number].strip() if number is not None else ""
        if begins and begins != last:
            yield from _whole(sentence)
            last, sentence = begins, Sentence(where)
        if not row[token].strip():
            gathering.losses.add("rows without a token are left out", where)
            continue
        if not is_tag(row[tag].strip()):
            raise BadInput(
                f"{where} has “{row[tag]:.40}” in “{header[tag]}”, which is no tag such as O, B-PER"
                " and I-PER; write the tags so."
            )
        before = [row[at].strip() for at in others]
        sentence.rows.append([row[token].strip(), *before, row[tag].strip()])
    yield from _whole(sentence)


def _whole(sentence: Sentence) -> Iterator[Sentence]:
    if sentence.rows:
        yield sentence


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[str, list[str]]]:
    """The cells of each row, and where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        where = f"{name}, line {reader.line_num + 1},"
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInput(f"{where} has quotation marks amiss ({error}); correct them.") from error
        yield where, row if any(cell.strip() for cell in row) else []


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _column(names: list[str], known: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in known if name in names), None)


def _plain(cell: str) -> str:
    return "".join(cell.strip(' "\r\ufeff').lower().replace("_", " ").replace("-", " ").split())
