"""JSON lines, or JSON with a list or a single object: an article in each object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from annotator.core.errors import BadInput
from annotator.formats.articles import text_in
from annotator.formats.articles.decoding import decoded
from annotator.formats.articles.source import Source
from annotator.formats.articles.tables.columns import is_text
from annotator.formats.articles.tables.preset import Preset
from annotator.formats.articles.tables.table import (
    MOST_COLUMNS,
    Choose,
    Row,
    failure,
    guessed,
    read_rows,
)
from annotator.formats.articles.text_in import Failure, TextIn
from annotator.formats.exchange.json_lines import plain

_START = 4096


def read(source: Source, preset: Preset, choose: Choose = guessed) -> Iterator[TextIn | Failure]:
    """The lines one by one, so that only the one at hand is in memory; a list as a whole."""
    is_list = plain(source.start(_START)).lstrip().startswith(b"[")
    named = source.name.lower().endswith(".json")
    rows = _items(source) if is_list or (named and _is_one(source)) else _rows(source)
    yield from read_rows(rows, (), source, preset, choose=choose)


def _items(source: Source) -> Iterator[Row | Failure]:
    try:
        found = json.loads(decoded(source.whole(), source.where).text, object_pairs_hook=_once)
    except RecursionError as error:
        raise BadInput(f"{source.where} is nested too deeply; write it anew.") from error
    except ValueError as error:
        raise BadInput(f"{source.where} is not valid JSON ({error}); write it anew.") from error
    for number, one in enumerate(_list_in(found), 1):
        place = f"item {number}"
        try:
            yield Row(place, _cells(one))
        except ValueError as error:
            yield failure(source, place, f"is not a JSON object ({error}); correct it.")


def _is_one(source: Source) -> bool:
    """Whether a file is one object, not one in each line."""
    line = source.start(_START).partition(b"\n")[0]
    try:
        json.loads(_text(line))
    except (ValueError, RecursionError, BadInput):
        return True
    source.stream.readline()
    more = source.stream.read(_START).strip()
    source.stream.seek(0)
    return not more


def _list_in(found: object) -> list[Any]:
    """The articles of a list, of what a service answered, or the one that an object is."""
    if isinstance(found, list):
        return found
    if not isinstance(found, dict) or any(map(is_text, found)):
        return [found]
    inside = (one.get("results") if isinstance(one, dict) else one for one in found.values())
    lists = (one for one in inside if isinstance(one, list))
    return next((one for one in lists if one and isinstance(one[0], dict)), [found])


def _rows(source: Source) -> Iterator[Row | Failure]:
    number = 0
    while line := source.stream.readline(text_in.LIMIT + 1):
        number += 1
        place = f"line {number}"
        if len(line) > text_in.LIMIT:
            raise BadInput(
                f"{source.where}, {place}, has more than {text_in.LIMIT:,} bytes; divide it."
            )
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            try:
                yield Row(place, _cells(json.loads(_text(line), object_pairs_hook=_once)))
            except RecursionError:
                yield failure(source, place, "is nested too deeply; take the line out.")
            except (ValueError, BadInput) as error:
                yield failure(source, place, f"is not a JSON object ({error}); correct it.")


def _text(line: bytes) -> str:
    return decoded(line, "the line").text


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("it has a key twice")
    return found


def _cells(found: object) -> dict[str, str]:
    """Values as text; those of an object within it by ``outer.inner``, deeper ones as JSON."""
    if not isinstance(found, dict):
        raise ValueError("it is something else")  # noqa: TRY004  (of the line, not of an argument)
    cells: dict[str, str] = {}
    for key, value in found.items():
        if isinstance(value, dict):
            cells |= {f"{key}.{inner}": _cell(v) for inner, v in value.items()}
        else:
            cells[key] = _cell(value)
    if len(cells) > MOST_COLUMNS:
        raise ValueError(f"it has {len(cells):,} keys")
    return cells


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(names := [_name(one) for one in value]):
        return ", ".join(names)
    return json.dumps(value, ensure_ascii=False)


def _name(value: object) -> str:
    """A text, or the name of a thing that has one, as authors are often given."""
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""
