"""The formats ``conll``, ``token-lists`` and ``token-table``: tokens with tags."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from annotator.formats.exchange.conll import lists_in, table_in
from annotator.formats.exchange.conll.columns_in import is_comment, read
from annotator.formats.exchange.conll.columns_out import OURS, START, write
from annotator.formats.exchange.conll.schemes import SCHEMES, is_tag
from annotator.formats.exchange.format import HEAD, Format, Option

_SUFFIXES = (".conll", ".conll2003", ".conll03", ".iob", ".iob2", ".bio", ".bioes", ".bilou")
_TELLING = 4
"""How many lines with a tag at the end tell such a file, whatever its name is."""
_SCHEME = Option("how tags tell marks apart; written is iob2", ("detect", *SCHEMES))
_COLUMNS = Option("which columns of tags are read", ("detect", "last", "all"))
_BEGINNINGS = tuple(words.encode() for words in (OURS, f"{START} ", f"{START}\t"))


def _recognises(path: Path, head: bytes) -> bool:
    if head.startswith(_BEGINNINGS):
        return True
    told = head.split(b"\n")
    whole = told[:-1] if len(head) >= HEAD else told
    lines = (line.decode(errors="replace") for line in whole)
    telling = (line for line in lines if line.strip() and not is_comment(line))
    rows = 0
    for line in islice(telling, _TELLING):
        if not _is_row(line):
            return False  # as nearly every article's first line tells
        rows += 1
    # Nobody ends a few lines of an article so; of a name that says it, one line is enough.
    return rows >= (1 if path.suffix.lower() in _SUFFIXES else _TELLING)


def _is_row(line: str) -> bool:
    cells = line.split()
    if len(cells) < 2:
        return False
    return is_tag(cells[-1])


FORMAT = Format(
    name="conll",
    title="CoNLL columns",
    suffixes=_SUFFIXES,
    read=read,
    write=write,
    recognises=_recognises,
    options={
        "scheme": _SCHEME,
        "kind": Option("the only kind of mark to write; empty for all, a column each"),
        "layout": Option(
            "whether two columns of -X- stand before the tags", ("plain", "conll2003")
        ),
        "offsets": Option("whether comments keep text, places and layers", ("yes", "no")),
        "columns": _COLUMNS,
    },
)

LISTS = Format(
    name="token-lists",
    title="Lists of tokens and tags",
    suffixes=(".jsonl", ".json"),
    read=lists_in.read,
    recognises=lists_in.recognised,
    options={"scheme": _SCHEME},
    companions=(lists_in.INFO,),
)

WORDS = Format(
    name="token-table",
    title="CSV with a token a row",
    suffixes=(".csv", ".tsv"),
    read=table_in.read,
    recognises=table_in.recognised,
    options={"scheme": _SCHEME, "columns": _COLUMNS},
)
