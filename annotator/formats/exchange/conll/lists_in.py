"""Reading lists of tokens and of their tags in JSON, as data sets of Hugging Face have them.

A sentence is an object with both lists, one in each line, in a list, or as rows of an answer; a
whole data set can also be one object whose lists hold those of all sentences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.formats.exchange import json_lines
from annotator.formats.exchange.conll.columns_in import Part, Sentence, taken_in
from annotator.formats.exchange.conll.schemes import is_tag
from annotator.formats.exchange.format import Asked, Incoming
from annotator.formats.exchange.gathering import Gathering
from annotator.formats.exchange.json_lines import Object, as_list, as_object, as_text

INFO = "dataset_info.json"
"""What ``datasets`` puts beside a data set: its types, and the names that numbers stand for."""
_TOKENS = ("tokens", "words")
_TAGS = ("ner_tags", "tags", "labels", "ner_labels", "ner", "bio_tags", "iob_tags")
"""What the tags are called, the likeliest first."""
_DOCUMENT = ("document_id", "doc_id", "document")
"""What says of which document a sentence is."""
_NUMBER = ("id", "idx", "index")
_ROWS = ("data", "rows")
"""What holds the sentences, where an object has them all."""
_NAMES = ("label_names", "features")
_LOOKED_AT = 1_000_000
_LIST = rb'"\s*:\s*\[\s*(?:\[\s*)?'
_HAS_TOKENS = re.compile(rb'"(?:' + "|".join(_TOKENS).encode() + rb")" + _LIST + rb'"')
_HAS_TAGS = re.compile(rb'"(?:' + "|".join(_TAGS).encode() + rb")" + _LIST + rb'(?:"|-?[0-9])')


def recognised(path: Path, head: bytes) -> bool:
    """Whether a file's first sentence has a list of tokens and one as long of tags."""
    if not head.lstrip().startswith((b"{", b"[")):
        return False
    line = json_lines.first_object(path, head)
    if line:
        return any(_is_sentence(one) for one in _first(line))
    start = _beginning(path)
    if not (_HAS_TOKENS.search(start) and _HAS_TAGS.search(start)):
        return False
    opened = start.find(b"{")
    with suppress(ValueError, RecursionError):
        found, _ = json.JSONDecoder().raw_decode(start[opened:].decode(errors="replace"))
        return any(_is_sentence(one) for one in _first(found))
    return True  # too long to be looked at as a whole


def _beginning(path: Path) -> bytes:
    try:
        return json_lines.beginning(path, _LOOKED_AT)
    except BadInput:
        return b""  # reading it says what is wrong


def _first(found: Object) -> Iterator[Any]:
    """What may be the first sentence of a file that begins with this object."""
    for rows in (found.get(name) for name in _ROWS):
        if isinstance(rows, list) and rows:
            first = rows[0]
            yield first["row"] if isinstance(first, dict) and "row" in first else first
    yield {k: v[0] if _is_of_lists(v) else v for k, v in found.items()}


def _is_of_lists(found: Any) -> bool:
    return isinstance(found, list) and bool(found) and isinstance(found[0], list)


def _is_sentence(found: Any) -> bool:
    if not isinstance(found, dict):
        return False
    tokens = next((found[name] for name in _TOKENS if _is_list(found.get(name), str)), None)
    if not tokens:
        return False
    lists = [found[name] for name in _TAGS if _is_list(found.get(name), str | int)]
    return any(len(tags) == len(tokens) for tags in lists)


def _is_list(found: Any, of: Any) -> bool:
    return isinstance(found, list) and all(isinstance(one, of) for one in found)


def read(path: Path, asked: Asked) -> Incoming:
    gathering = Gathering("token-lists", path.name)
    sentences, known = _sentences(path)
    reader = _Reader(path, gathering, {**_beside(path), **known})
    parts = reader.parts(sentences)
    if not any(part.sentences for part in parts):
        raise BadInput(f"{path.name} has no tokens.")
    return taken_in([part for part in parts if part.sentences], path, asked, gathering)


def _sentences(path: Path) -> tuple[Iterator[tuple[str, Object]], Object]:
    """Each sentence with its place, and what else the file says."""
    first = json_lines.first_object(path, _beginning(path))
    if first and not _holds_all(first):
        return json_lines.read_lines(path), {}
    found = json_lines.read_json(path)
    if isinstance(found, list):
        return _objects(found, path.name), {}
    whole = as_object(found, path.name)
    rows = next((whole[name] for name in _ROWS if isinstance(whole.get(name), list)), None)
    if rows is not None:
        return _objects(rows, path.name), whole
    if any(_is_of_lists(whole.get(name)) for name in _TOKENS):
        return _transposed(whole, path.name), whole
    return _objects([whole], path.name), whole


def _holds_all(found: Object) -> bool:
    """Whether an object has all sentences, and is none itself."""
    held = [found.get(name) for name in _ROWS] + [found.get(name) for name in _TOKENS]
    return any(isinstance(one, list) and one and not isinstance(one[0], str) for one in held)


def _objects(found: list[Any], name: str) -> Iterator[tuple[str, Object]]:
    for number, one in enumerate(found, 1):
        where = f"{name}, item {number},"
        row = as_object(one, where)
        yield where, as_object(row["row"], where) if "row" in row else row


def _transposed(found: Object, name: str) -> Iterator[tuple[str, Object]]:
    """The sentences of an object that has a list of each of their columns."""
    columns = {k: v for k, v in found.items() if isinstance(v, list) and k not in _NAMES}
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        raise BadInput(f"{name} has columns of {min(lengths)} and of {max(lengths)} sentences.")
    for number, row in enumerate(zip(*columns.values(), strict=True), 1):
        yield f"{name}, item {number},", dict(zip(columns, row, strict=True))


def _beside(path: Path) -> Object:
    """What files beside it say of the types; the later ones count more."""
    found: Object = {}
    for name in (INFO, f"{path.stem}-features.json"):
        beside = path.with_name(name)
        if beside.is_file():
            told = as_object(json_lines.read_json(beside), name)
            found |= told if "features" in told else {"features": told}
    return found


class _Reader:
    """What is said in the same way of all sentences of a file."""

    def __init__(self, path: Path, gathering: Gathering, known: Object) -> None:
        self._name = path.name
        self._gathering = gathering
        self._known = known

    def parts(self, found: Iterator[tuple[str, Object]]) -> list[Part]:
        """The sentences by their documents, where these are named; else all are one."""
        parts: dict[str, Part] = {}
        for where, row in found:
            document = next((str(row[name]) for name in _DOCUMENT if row.get(name)), "")
            part = parts.setdefault(document, Part(where, document))
            sentence = self._sentence(where, row)
            if sentence.rows:
                part.sentences.append(sentence)
        return list(parts.values())

    def _sentence(self, where: str, row: Object) -> Sentence:
        held = next((name for name in _TOKENS if isinstance(row.get(name), list)), None)
        if held is None:
            raise BadInput(f"{where} has no list of tokens, such as “{_TOKENS[0]}”.")
        tokens = [as_text(one, f"{where} “{held}”") for one in row[held]]
        called, tags = self._tags(where, row, len(tokens))
        for other, said in row.items():
            if other not in (held, called, *_DOCUMENT, *_NUMBER) and said not in (None, "", []):
                self._gathering.losses.add(f"what “{other}” says is left out", where.rstrip(","))
        sentence = Sentence(where)
        for token, tag in zip(tokens, tags, strict=True):
            if token.strip():
                sentence.rows.append([token, tag])
            else:
                self._gathering.losses.add("tokens without a letter are left out", where)
        return sentence

    def _tags(self, where: str, row: Object, count: int) -> tuple[str, list[str]]:
        """The tags as words, and what they are called; those that are words before numbers."""
        lists = [name for name in _TAGS if isinstance(row.get(name), list)]
        if not lists:
            raise BadInput(f"{where} has no list of tags, such as “{_TAGS[0]}”.")
        worded = (name for name in lists if any(isinstance(one, str) for one in row[name]))
        name = next(worded, lists[0])
        found = as_list(row[name], where)
        if len(found) != count:
            raise BadInput(f"{where} has {count} tokens and {len(found)} in “{name}”.")
        tags = [self._tag(one, name, where) for one in found]
        wrong = next((tag for tag in tags if not is_tag(tag)), None)
        if wrong is not None:
            raise BadInput(
                f"{where} has “{wrong:.40}” in “{name}”, which is no tag such as O, B-PER and I-PER;"
                " write the tags so."
            )
        return name, tags

    def _tag(self, found: Any, name: str, where: str) -> str:
        if isinstance(found, str):
            return found
        if not isinstance(found, int) or isinstance(found, bool):
            raise BadInput(f"{where} has {json_lines.kind_of(found)} in “{name}” for a tag.")
        names = _names(self._known, name)
        if names is None:
            raise BadInput(
                f"{self._name} has numbers in “{name}” and does not say which tag each is; write"
                f" the names in place of the numbers, or put the {INFO} of the data set beside it."
            )
        if not 0 <= found < len(names):
            raise BadInput(f"{where} has the number {found} in “{name}”, which has no name.")
        return names[found]


def _names(known: Object, name: str) -> list[str] | None:
    """The names that numbers of this list stand for, where they are told."""
    features = known.get("features")
    if isinstance(features, list):  # as the server of data sets answers
        features = {one.get("name"): one.get("type") for one in features if isinstance(one, dict)}
    told = features.get(name) if isinstance(features, dict) else None
    while isinstance(told, dict) and "names" not in told:
        told = told.get("feature")
    found = told["names"] if isinstance(told, dict) else known.get("label_names")
    return found if _is_list(found, str) else None
