"""Reading columns: ours, and those of any program that writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from annotator.core.errors import BadInput
from annotator.core.text.cleaning import clean
from annotator.core.text.offsets import Offsets
from annotator.formats.exchange.conll.columns_out import OURS, START
from annotator.formats.exchange.conll.schemes import (
    OUTSIDE,
    SCHEMES,
    TAG,
    TAG_AFTER,
    decoded,
    in_scheme,
    scheme_of,
    usual,
)
from annotator.formats.exchange.format import Asked, Incoming
from annotator.formats.exchange.gathering import Gathering

_LARGEST = 1_000_000_000
_NUMBER = re.compile(r"\d{1,6}([-.]\d{1,6})?", re.ASCII)
_FEWEST_NUMBERED = 2
"""Columns: with a number and a token there is room for tags only in a third."""
_MOST_COLUMNS = 200
_SEEN = re.compile(r"\S")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]+)*:(?=.)")


@dataclass(slots=True)
class Sentence:
    """Tokens, each with what its columns say of it."""

    where: str
    rows: list[list[str]] = field(default_factory=list)
    start: int | None = None
    goes_on: frozenset[str] = frozenset()


@dataclass(slots=True)
class Part:
    """One article, or one layer of it."""

    where: str
    file: str = ""
    layer: str = ""
    text: str | None = None
    sentences: list[Sentence] = field(default_factory=list)


def read(path: Path, asked: Asked) -> Incoming:
    text = decoded_file(path)
    ours = text.startswith(OURS)
    parts = [part for part in _parts(text, path.name, ours) if part.sentences or part.text]
    if not parts:
        raise BadInput(f"{path.name} has no tokens.")
    gathering = Gathering("conll", path.name)
    if not ours:
        _drop_numbers(parts)
        _drop_language(parts, gathering)
    return taken_in(parts, path, asked, gathering, ours=ours)


def decoded_file(path: Path) -> str:
    """All of a file; :class:`BadInput` when it is too long or not UTF-8."""
    try:
        if path.stat().st_size > _LARGEST:
            raise BadInput(f"{path.name} has more than {_LARGEST:,} bytes; divide it.")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is not UTF-8; save it as UTF-8.") from error


def taken_in(
    parts: list[Part], path: Path, asked: Asked, gathering: Gathering, *, ours: bool = False
) -> Incoming:
    """The marks that the tags of all sentences say; each part is an article, or a layer of one."""
    columns = _tag_columns(parts, path.name, asked, ours, gathering)
    _look_at_scheme(parts, columns, asked)
    if not ours and any(not tags(s, c) for p in parts for s in p.sentences for c in columns):
        raise BadInput(f"{path.name} has lines without tags.")
    for number, part in enumerate(parts, 1):
        usual = f"{path.stem}.txt" if len(parts) == 1 else f"{path.stem}-{number}.txt"
        _gather(part, columns, gathering, part.file or usual)
    _tell_mix(parts, columns, path.name, gathering)
    return Incoming(gathering.bundle(), gathering.losses)


def tags(sentence: Sentence, column: int) -> list[str]:
    return [row[column] for row in sentence.rows]


def is_comment(line: str) -> bool:
    """Whether a line that begins with ``#`` is none about a token of that name."""
    if not line.startswith("#\t") and (not line.startswith("# ") or "\t" in line):
        return False
    last = line.rsplit(maxsplit=1)[-1]
    return last != OUTSIDE and not TAG.fullmatch(last)


def _parts(text: str, name: str, ours: bool) -> Iterator[Part]:
    part = Part(name)
    sentence = Sentence(name)
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.removesuffix("\r")
        where = f"{name}, line {number},"
        if line.startswith(START):
            yield part
            part, sentence = Part(where), Sentence(where)
        elif ours and line.startswith("# ") and not sentence.rows:
            _take_comment(line, where, part, sentence)
        elif is_comment(line):
            continue
        elif line.strip():
            if not sentence.rows:
                sentence.where = where
                part.sentences.append(sentence)
            sentence.rows.append(_row(line, sentence, where))
        else:
            sentence = Sentence(where)
    yield part


def _row(line: str, sentence: Sentence, where: str) -> list[str]:
    row = [cell.strip() for cell in line.split("\t")] if "\t" in line else line.split()
    if len(row) < 2 or len(row) > _MOST_COLUMNS or not row[0]:
        raise BadInput(f"{where} has no token with its tags: “{line:.60}”.")
    if sentence.rows and len(row) != len(sentence.rows[0]):
        raise BadInput(
            f"{where} has {len(row)} columns where the line above has {len(sentence.rows[0])}."
        )
    return row


def _drop_numbers(parts: list[Part]) -> None:
    """Take away a first column that numbers tokens, as CoNLL-U and GermEval have it.

    A line for several tokens, such as 3-4, and one for a token that is not written, such as 2.1,
    stand for no word of the text.
    """
    sentences = [sentence for part in parts for sentence in part.sentences]
    if not sentences or not all(_is_numbered(sentence) for sentence in sentences):
        return
    for sentence in sentences:
        sentence.rows = [row[1:] for row in sentence.rows if row[0].isdecimal()]


def _is_numbered(sentence: Sentence) -> bool:
    numbers = [row[0] for row in sentence.rows]
    plain = [number for number in numbers if number.isdecimal()]
    return (
        len(sentence.rows[0]) > _FEWEST_NUMBERED
        and all(_NUMBER.fullmatch(number) for number in numbers)
        and [int(number) for number in plain] == list(range(1, len(plain) + 1))
    )


def _drop_language(parts: list[Part], gathering: Gathering) -> None:
    """Take away the language that WikiANN has before each token, such as ``en:``."""
    rows = [row for part in parts for sentence in part.sentences for row in sentence.rows]
    before = _LANGUAGE.match(rows[0][0]) if rows else None
    if before is None or not all(row[0].startswith(before[0]) for row in rows):
        return
    for row in rows:
        row[0] = row[0].removeprefix(before[0])
    gathering.losses.add(f"“{before[0]}” before each token is left out", gathering.source)


def _take_comment(line: str, where: str, part: Part, sentence: Sentence) -> None:
    """What we say of an article or a sentence."""
    name, _, rest = line[2:].partition(" ")
    if line == OURS:
        return
    if name in ("file", "layer", "text"):
        try:
            setattr(part, name, msgspec.json.decode(rest, type=str))
        except msgspec.DecodeError as error:
            raise BadInput(f"{where} says no {name}: {error}.") from error
    elif name == "goes":
        sentence.goes_on = frozenset(rest.split()[1:])
    elif name.isascii() and name.isdigit() and len(name) < 18:
        sentence.start = int(name)
    else:
        raise BadInput(f"{where} is no comment that Annotator writes: “{line:.60}”.")


def _tag_columns(
    parts: list[Part], name: str, asked: Asked, ours: bool, gathering: Gathering
) -> list[int]:
    """Which columns hold tags: all of ours; of others' the last, as parts of speech come first."""
    rows = [row for part in parts for sentence in part.sentences for row in sentence.rows]
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        raise BadInput(f"{name} has lines of {min(widths)} and of {max(widths)} columns.")
    width = widths.pop() if widths else 1
    found = [at for at in range(1, width) if _made_usual(rows, at)]
    if rows and not found:
        wrong = next(r[-1] for r in rows if r[-1] != OUTSIDE and not TAG.fullmatch(r[-1]))
        raise BadInput(f"{name} has no column of tags such as O and B-PER; one is “{wrong:.40}”.")
    wanted = asked.value("columns") if "columns" in asked.known else "detect"
    if wanted == "all" or (wanted == "detect" and ours):
        return found
    if len(found) > 1:
        what = "columns of tags before the last are left out (columns=all takes them)"
        gathering.losses.add(what, f"{name}, column {found[0] + 1}", len(found) - 1)
    return found[-1:]


def _made_usual(rows: list[list[str]], at: int) -> bool:
    """Whether a column is one of tags, which are as we write them then."""
    for shape in (TAG, TAG_AFTER):
        if all(row[at] == OUTSIDE or shape.fullmatch(row[at]) for row in rows):
            for row in rows:
                row[at] = usual(row[at])
            return True
    return False


def _look_at_scheme(parts: list[Part], columns: list[int], asked: Asked) -> None:
    wanted = next((scheme for scheme in SCHEMES if scheme == asked.value("scheme")), None)
    if wanted is None:
        return
    for part in parts:
        for sentence in part.sentences:
            for column in columns:
                wrong = [tag for tag in tags(sentence, column) if not in_scheme(tag, wanted)]
                if wrong:
                    raise BadInput(f"{sentence.where} has the tag {wrong[0]:.40}, not of {wanted}.")


def _tell_mix(parts: list[Part], columns: list[int], name: str, gathering: Gathering) -> None:
    for column in columns:
        told = (tags(s, column) for p in parts for s in p.sentences)
        if scheme_of(told) is None:
            gathering.losses.add(
                "tags of several schemes are mixed; a mark is what any of them would say",
                f"{name}, column {column + 1}",
            )


def _gather(part: Part, columns: list[int], gathering: Gathering, file: str) -> None:
    if part.text is None:
        text, places = _joined(part, gathering, file)
    else:
        text, places = clean(part.text).text, _found(part)
        if text != part.text:
            raise BadInput(f"{part.where} has a text with characters that no article can have.")
    article = gathering.article(text, file)
    for column in columns:
        for number, (start, end, label) in enumerate(_spans(part, column, places), 1):
            layer = gathering.layer(part.layer)
            kind = gathering.kind(label)
            key = f"{column}/{number}"
            article.mark(key, layer, kind, [(start, end)])


def _spans(part: Part, column: int, places: list[list[Offsets]]) -> Iterator[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for sentence, where in zip(part.sentences, places, strict=True):
        for first, last, label in decoded(tags(sentence, column)):
            start, end = where[first][0], where[last - 1][1]
            if first == 0 and label in sentence.goes_on and found and found[-1][2] == label:
                start = found.pop()[0]
            found.append((start, end, label))
    yield from found


def _joined(part: Part, gathering: Gathering, file: str) -> tuple[str, list[list[Offsets]]]:
    """A text of the tokens: the file does not say what stood between them."""
    gathering.losses.add(
        "what stood between tokens is not in the file; it becomes a space, between sentences a line end",
        file,
    )
    lines: list[str] = []
    places: list[list[Offsets]] = []
    at = 0
    for sentence in part.sentences:
        words, found = [], []
        for row in sentence.rows:
            word = clean(row[0]).text.replace("\n", " ")
            if word != row[0]:
                gathering.losses.add(
                    "characters that no article can have are left out", sentence.where
                )
            found.append((at, at + len(word)))
            words.append(word)
            at += len(word) + 1
        lines.append(" ".join(words))
        places.append(found)
    return "".join(f"{line}\n" for line in lines), places


def _found(part: Part) -> list[list[Offsets]]:
    """Where the tokens stand in the text that the file brings along."""
    assert part.text is not None
    places, at = [], 0
    for sentence in part.sentences:
        if sentence.start is not None and sentence.start < at:
            raise BadInput(f"{sentence.where} begins before the sentence above it ends.")
        at = at if sentence.start is None else sentence.start
        found = []
        for row in sentence.rows:
            seen = _SEEN.search(part.text, at)
            start = seen.start() if seen else len(part.text)
            end = start + len(row[0])
            if part.text[start:end] != row[0]:
                raise BadInput(
                    f"{sentence.where} has “{row[0]:.40}”, which the text has not there."
                )
            found.append((start, end))
            at = end
        places.append(found)
    return places
