"""The codebook out of its table."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase
from typing import Any

from annotator.formats.exchange.tables.line import Line

_COLOURS, _WIDTH = 8, 2


def codebook(lines: Iterable[Line]) -> dict[str, Any]:
    """What the rows say, as Annotator JSON has it; :class:`BadInput` names the row."""
    book: dict[str, Any] = {"name": "", "guidelines": ""}
    book |= {"kinds": {}, "roles": {}, "fields": {}, "stances": {}}
    for line in lines:
        _take(line, book)
    return book


def _take(line: Line, book: dict[str, Any]) -> None:
    part, key = line["part"], line["key"]
    entry = line.some("name", "definition")
    if part == "codebook":
        book |= {"name": entry["name"], "guidelines": entry["definition"]}
        return
    entry["retired"] = line.flag("retired")
    if part != "role":
        entry["examples"] = line.several("examples")
    if part in ("role", "field"):
        entry |= {name: line.flag(name) for name in ("many", "expected")}
    if part == "kind":
        entry |= line.some("rule") | {"tint": line.flag("tint")} | _look(line, book["kinds"])
    elif part == "role":
        entry["kinds"] = line.several("on")
    elif part == "field":
        entry |= line.some("type") | {"on": line.several("on"), "choices": {}}
    into = _table(line, part, book)
    if key in into or not key:
        raise line.wrong(f"the {part} “{key:.40}” is there twice, or has no key")
    into[key] = entry


def _table(line: Line, part: str, book: dict[str, Any]) -> dict[str, Any]:
    """Where an entry of the codebook belongs."""
    if part == "choice":
        field = book["fields"].get(line.get("of"))
        if field is None:
            raise line.wrong(f"there is no field “{line.get('of'):.40}” above this choice")
        choices: dict[str, Any] = field["choices"]
        return choices
    if part not in ("kind", "role", "field", "stance"):
        raise line.wrong(f"“{part:.40}” is no part of a codebook")
    table: dict[str, Any] = book[f"{part}s"]
    return table


def _look(line: Line, kinds: dict[str, Any]) -> dict[str, Any]:
    """How a kind is made and drawn; where that is not said it gets a key and a colour of its own."""
    found = line.some("letter", "colour", "pattern")
    taken = {str(kind["key"]).upper() for kind in kinds.values()}
    letters = (sign for sign in f"{line['name']}{ascii_uppercase}".upper() if sign.isalpha())
    free = next((sign for sign in letters if sign not in taken), "")
    return {
        "key": found["letter"] or free,
        "colour": found["colour"] or f"kind.{len(kinds) % _COLOURS + 1}",
        "pattern": found["pattern"] or "solid",
        "width": line.whole("width") if line.get("width") else _WIDTH,
    }
