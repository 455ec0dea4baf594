"""The format ``conll``."""

from __future__ import annotations

from pathlib import Path

from annotator.formats.exchange.conll.columns_in import is_comment, read
from annotator.formats.exchange.conll.columns_out import OURS, START, write
from annotator.formats.exchange.conll.schemes import OUTSIDE, SCHEMES, TAG
from annotator.formats.exchange.format import Format, Option

_SUFFIXES = (".conll", ".conll2003", ".conll03", ".iob", ".iob2", ".bio", ".bioes", ".bilou")
_BEGINNINGS = tuple(words.encode() for words in (OURS, f"{START} ", f"{START}\t"))


def _recognises(path: Path, head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf")
    if start.startswith(_BEGINNINGS):
        return True
    if path.suffix.lower() not in _SUFFIXES:
        return False
    told = start.decode(errors="ignore").split("\n")
    lines = (line for line in told if line.strip() and not is_comment(line))
    cells = next(lines, "").split()
    return len(cells) > 1 and (cells[-1] == OUTSIDE or bool(TAG.fullmatch(cells[-1])))


FORMAT = Format(
    name="conll",
    title="CoNLL columns",
    suffixes=_SUFFIXES,
    read=read,
    write=write,
    recognises=_recognises,
    options={
        "scheme": Option("how tags tell marks apart; written is iob2", ("detect", *SCHEMES)),
        "kind": Option("the only kind of mark to write; empty for all, a column each"),
        "layout": Option(
            "whether two columns of -X- stand before the tags", ("plain", "conll2003")
        ),
        "offsets": Option("whether comments keep text, places and layers", ("yes", "no")),
        "columns": Option("which columns of tags are read", ("detect", "last", "all")),
    },
)
