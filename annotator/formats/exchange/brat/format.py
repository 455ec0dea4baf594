"""brat standoff: a folder of ``.txt`` and ``.ann`` files with an ``annotation.conf``.

Statements are events, whose trigger stands on the words of the first member. Actors and issues
are references, other fields attributes, texts notes. Offsets are code points; files that count
UTF-16 are told by their quotes.
"""

from __future__ import annotations

from pathlib import Path

from annotator.formats.exchange.brat.ann import PARTIAL
from annotator.formats.exchange.brat.reading import read
from annotator.formats.exchange.brat.texts import text_of
from annotator.formats.exchange.brat.writing import write
from annotator.formats.exchange.format import Format, Option
from annotator.formats.exchange.places import UNITS

_ENDINGS = (".ann", *PARTIAL)


def _recognises(path: Path, head: bytes) -> bool:
    if path.suffix in _ENDINGS:
        return path.is_file() and text_of(path)[0].is_file()
    if head or not path.is_dir():
        return False
    has_conf = (path / "annotation.conf").is_file()
    if any(path.glob("*.ann")) or (has_conf and any(path.glob("**/*.ann"))):
        return True
    return any(text_of(one)[0].is_file() for ending in PARTIAL for one in path.glob(f"*{ending}"))


FORMAT = Format(
    name="brat",
    title="brat standoff",
    suffixes=(".ann",),
    read=read,
    write=write,
    recognises=_recognises,
    folder=True,
    inside=_ENDINGS,
    options={
        "unit": Option("what offsets count", ("detect", *UNITS)),
        "folders": Option("whether folders are analysts", ("detect", "analysts", "parts")),
        "layers": Option("whether one analyst has a folder too", ("flat", "folders")),
    },
)
