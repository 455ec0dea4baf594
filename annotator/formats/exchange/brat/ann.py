"""One article of brat standoff taken apart: the lines on it by what they are, and its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.formats.exchange.brat import texts as brat_texts
from annotator.formats.exchange.brat.writing import NOTE
from annotator.formats.exchange.places import UNITS, Places, Quoted

PARTIAL = (".a1", ".a2")
"""How the files of shared tasks end: what was given, and what was asked for. They go together."""
_LINE = re.compile(r"([TEAMRN#]\d+|\*)\t")
_NUMBER = re.compile(r"-?\d{1,18}")
_LONGEST = 200_000_000
_BOM = "\ufeff"
_LAYOUT = "brat has an id, a tab, the type and offsets with spaces between, a tab and the words"


@dataclass(slots=True)
class Ann:
    """What the files on one text say."""

    text_path: Path
    layer: str
    spans: dict[str, tuple[str, list[tuple[int, int]], str]] = field(default_factory=dict)
    events: dict[str, tuple[str, str, list[tuple[str, str]]]] = field(default_factory=dict)
    relations: dict[str, tuple[str, list[tuple[str, str]]]] = field(default_factory=dict)
    said: dict[str, list[tuple[str, str | None]]] = field(default_factory=lambda: defaultdict(list))
    """By what it is said of: names of fields with their values, None for a flag."""
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    equivalences: int = 0
    not_understood: int = 0
    numbers: int = 0
    places: Places = field(default_factory=lambda: Places(""))

    @property
    def name(self) -> str:
        return self.text_path.name

    @property
    def quotes(self) -> list[Quoted]:
        """The contiguous spans: where a quote in pieces is cut depends on the unit."""
        return [
            (*spans[0], words)
            for _, spans, words in self.spans.values()
            if len(spans) == 1 and words
        ]

    @property
    def said_of_nothing(self) -> list[str]:
        """What is no mark, event or relation, or none that is there, and has a field or note."""
        there = {*self.spans, *self.events, *self.relations}
        return [id for id in dict.fromkeys((*self.said, *self.notes)) if id not in there]


def together(path: Path) -> list[Path]:
    """The files that belong to one: itself, or of a shared task both that are there."""
    if path.suffix not in PARTIAL:
        return [path]
    return [one for one in map(path.with_suffix, PARTIAL) if one.is_file()]


def taken_apart(paths: Sequence[Path], layer: str = "") -> Ann:
    """The files on one text. :class:`BadInput` names the line that is none of brat's."""
    text_path, analyst = brat_texts.text_of(paths[0])
    raw = text_in(text_path)
    ann = Ann(text_path, layer or analyst)
    for path in paths:
        for number, line in _lines(text_in(path).removeprefix(_BOM), ann):
            id, _, rest = line.partition("\t")
            if id in ann.spans:
                raise BadInput(
                    f"{path.name}, line {number}, cannot be understood: “{line:.60}”; it has {id} a"
                    " second time, so give each line an id of its own."
                )
            try:
                _take(id, rest, ann)
            except (ValueError, IndexError) as error:
                raise BadInput(
                    f"{path.name}, line {number}, cannot be understood: “{line:.60}”; {_LAYOUT}."
                ) from error
    ann.places = _counted(raw, ann.quotes)
    return ann


def text_in(path: Path) -> str:
    try:
        if path.stat().st_size > _LONGEST:
            raise BadInput(f"{path} has more than {_LONGEST:,} bytes; divide it.")
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise BadInput(f"{path} is not there; put it beside the .ann file.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8; save it as UTF-8.") from error


def _counted(raw: str, quotes: Sequence[Quoted]) -> Places:
    """The text as its offsets count it: line ends and a byte-order mark may have come later."""
    plain = raw.removeprefix(_BOM)
    ways = dict.fromkeys((raw, plain, plain.replace("\r\n", "\n")))
    found = [Places(way) for way in ways]
    return max(found, key=lambda places: _most_held(places, quotes)) if found[1:] else found[0]


def _most_held(places: Places, quotes: Sequence[Quoted]) -> int:
    return max(sum(places.holds(quoted, unit) for quoted in quotes) for unit in UNITS)


def _lines(text: str, ann: Ann) -> Iterator[tuple[int, str]]:
    """The lines that begin with an id, with those that follow and do not: parts of its quote."""
    at, found, missing = 0, list[str](), 0
    for number, line in enumerate(text.split("\n"), 1):
        kept = line.removesuffix("\r")
        if _LINE.match(kept):
            if found:
                yield at, "\n".join(found)
            at, found, missing = number, [kept], _missing(kept)
        elif missing > 0:
            found.append(kept)
            missing -= len(kept) + 1
        elif kept.strip():
            ann.not_understood += 1
    if found:
        yield at, "\n".join(found)


def _missing(line: str) -> int:
    """How many letters fewer the words of a mark have than its offsets say."""
    if not line.startswith("T"):
        return 0
    _, _, rest = line.partition("\t")
    body, _, words = rest.partition("\t")
    try:
        spans = [_span(one) for one in body.partition(" ")[2].split(";")]
    except ValueError:
        return 0
    length = sum(end - start for start, end in spans) + len(spans) - 1
    return length - len(words.lstrip("\t"))


def _take(id: str, rest: str, ann: Ann) -> None:
    body, _, text = rest.partition("\t")
    text = text.lstrip("\t")
    words = body.split()
    match id[0]:
        case "T":
            spans = [_span(one) for one in body.partition(" ")[2].split(";")]
            ann.spans[id] = words[0], spans, text.rstrip("\n")
        case "E":
            type, _, trigger = words[0].partition(":")
            ann.events[id] = type, trigger, [_pair(word) for word in words[1:]]
        case "R":
            ann.relations[id] = words[0], [_pair(word) for word in words[1:]]
        case "A" | "M":
            ann.said[words[1]].append((words[0], " ".join(words[2:]) or None))
        case "N":
            _take_reference(words, text, ann)
        case "#":
            if words[0] == NOTE:
                ann.notes[words[1]].append(text)
            elif text:
                ann.said[words[1]].append((words[0], text))
        case _:
            ann.equivalences += 1


def _take_reference(words: list[str], text: str, ann: Ann) -> None:
    """As brat has it, or with both ends named, which shared tasks do: the type is the list then."""
    ends = dict(_pair(word) for word in words[1:] if word.startswith(("Annotation:", "Referent:")))
    if len(ends) == 2:
        of, name, number = ends["Annotation"], words[0], ends["Referent"]
    else:
        of = words[1]
        name, _, number = words[2].partition(":")
    ann.numbers += bool(text) and not number.isdecimal()
    ann.said[of].append((name, text or number))


def _span(text: str) -> tuple[int, int]:
    start, end = text.split()
    if not (_NUMBER.fullmatch(start) and _NUMBER.fullmatch(end)):
        raise ValueError(text)
    return int(start), int(end)


def _pair(word: str) -> tuple[str, str]:
    name, colon, id = word.partition(":")
    if not (name and colon and id):
        raise ValueError(word)
    return name, id
