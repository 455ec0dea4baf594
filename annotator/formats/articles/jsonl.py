"""JSON lines, or a list in JSON: an article in each object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from annotator.core.errors import BadInput
from annotator.formats.articles import text_in
from annotator.formats.articles.decoding import decoded
from annotator.formats.articles.preset import Preset
from annotator.formats.articles.source import Source
from annotator.formats.articles.table import MOST_COLUMNS, Choose, Row, failure, guessed, read_rows
from annotator.formats.articles.text_in import Failure, TextIn
from annotator.formats.exchange.json_lines import plain

_START = 4096


def read(source: Source, preset: Preset, choose: Choose = guessed) -> Iterator[TextIn | Failure]:
    """The lines one by one, so that only the one at hand is in memory; a list as a whole."""
    is_list = plain(source.start(_START)).lstrip().startswith(b"[")
    rows = _items(source) if is_list else _rows(source)
    yield from read_rows(rows, (), source, preset, choose=choose)


def _items(source: Source) -> Iterator[Row | Failure]:
    try:
        found = json.loads(decoded(source.whole(), source.where).text, object_pairs_hook=_once)
    except RecursionError as error:
        raise BadInput(f"{source.where} is nested too deeply; write it anew.") from error
    except ValueError as error:
        raise BadInput(f"{source.where} is not valid JSON ({error}); write it anew.") from error
    for number, one in enumerate(found, 1):
        place = f"item {number}"
        try:
            yield Row(place, _cells(one))
        except ValueError as error:
            yield failure(source, place, f"is not a JSON object ({error}); correct it.")


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
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)
