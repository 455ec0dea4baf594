"""A codebook as a TOML file: what :func:`annotator.core.codebook.parse` reads, written to be read.

The same codebook always becomes the same text. What has its usual value is left out, long words
get lines of their own, and tables stand in the order of the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from annotator.core.book.parts import new_key
from annotator.core.codebook import Choice, Field, Kind, Role, Stance, Start, actor_id, issue_id
from annotator.core.model import Actor, Affiliation, Id, Issue

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", "\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r"}
_CONTROL = re.compile(r"[\\\x00-\x09\x0b-\x1f\x7f]")
_QUOTES = re.compile(r'"{3,}|"+\Z')
"""Quotation marks that would end a long text."""
_WIDE = 100
"""A list that would make a longer line than this has a line for each of its values."""

_HEADS = {
    "kinds": "Kinds: what a mark can be. key: what marks the selection. colour and pattern: its line.",
    "roles": "Roles: the part a mark plays in a statement. The first kind plays it unless told otherwise.",
    "fields": "Fields: what is recorded about a mark of a kind, or about the statement.",
    "stances": "Stances: the scale of positions.",
    "issues": "Issues: what positions are about, worded as propositions.",
    "actors": "Actors: who can speak, with the names the articles use.",
}


def encode(start: Start) -> str:
    """The text of the file; ``parse`` makes the same records of it.

    Keys of actors follow from their names, so an actor whose id does not follow from that key
    has it stated. Two issues of one key are told apart by a number behind the key.
    """
    book = start.codebook
    lines = [f"name = {_string(book.name)}"]
    if book.guidelines:
        lines.append(f"guidelines = {_long(book.guidelines)}")
    for table in ("kinds", "roles", "fields", "stances"):
        entries: Mapping[str, Kind | Role | Field | Stance] = getattr(book, table)
        lines += _head(table, bool(entries))
        for key, entry in entries.items():
            lines += _table((table, key), entry)
        if not entries:
            lines += ["", f"[{table}]"]
    lines += _issues(start.issues)
    lines += _actors(start.actors)
    return "\n".join(lines) + "\n"


def _head(table: str, there: bool) -> list[str]:
    return ["", "", f"# {_HEADS[table]}"] if there else []


def _table(path: tuple[str, ...], entry: msgspec.Struct) -> Iterator[str]:
    """An entry with all that is not as usual; the choices of a field are tables of their own."""
    yield ""
    yield f"[{'.'.join(map(_key, path))}]"
    for field in msgspec.structs.fields(entry):
        value = getattr(entry, field.name)
        if field.required or value != field.default:
            if isinstance(value, dict):
                continue
            yield f"{field.name} = {_value(value)}"
    for key, choice in getattr(entry, "choices", {}).items():
        assert isinstance(choice, Choice)
        yield from _table((*path, "choices", key), choice)


def _issues(issues: Iterable[Issue]) -> Iterator[str]:
    keys: dict[Id, str] = {}
    for issue in issues:
        keys[issue.id] = new_key_like(issue.key, keys.values())
    yield from _head("issues", bool(keys))
    for issue in issues:
        key = keys[issue.id]
        yield ""
        yield f"[issues.{_key(key)}]"
        yield f"name = {_string(issue.name)}"
        if issue_id(key) != issue.id:
            yield f'id = "{issue.id}"'
        if issue.proposition:
            yield f"proposition = {_string(issue.proposition)}"
        if issue.parent is not None:
            yield f"parent = {_string(keys[issue.parent])}"
        yield from _rest(issue, ("definition", "examples", "retired"))


def new_key_like(key: str, taken: Iterable[str]) -> str:
    """The key itself, or with a number behind it when it is taken or empty."""
    known = set(taken)
    made, number = key or "issue", 1
    while made in known:
        number += 1
        made = f"{key}-{number}"
    return made


def _actors(actors: Iterable[Actor]) -> Iterator[str]:
    keys: dict[Id, str] = {}
    for actor in actors:
        keys[actor.id] = new_key(actor.name, keys.values())
    yield from _head("actors", bool(keys))
    for actor in actors:
        yield ""
        yield f"[actors.{_key(keys[actor.id])}]"
        yield f"name = {_string(actor.name)}"
        if actor_id(keys[actor.id]) != actor.id:
            yield f'id = "{actor.id}"'
        if actor.type != "person":
            yield f'type = "{actor.type}"'
        yield from _rest(actor, ("aliases",))
        if actor.affiliations:
            yield f"affiliations = [{', '.join(_belonging(a, keys) for a in actor.affiliations)}]"
        yield from _rest(actor, ("note", "wikidata", "retired"))


def _belonging(one: Affiliation, keys: Mapping[Id, str]) -> str:
    said = {"actor": keys[one.actor], "since": one.since, "until": one.until}
    return "{ " + ", ".join(f"{k} = {_string(v)}" for k, v in said.items() if v) + " }"


def _rest(entry: msgspec.Struct, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if value := getattr(entry, name):
            yield f"{name} = {_value(value)}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _string(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return _list([_string(str(one)) for one in value])
    return _long(str(value)) if "\n" in str(value) else _string(str(value))


def _list(values: list[str]) -> str:
    line = f"[{', '.join(values)}]"
    if len(line) <= _WIDE:
        return line
    return "\n".join(["[", *(f"    {value}," for value in values), "]"])


def _string(text: str) -> str:
    """On one line."""
    return '"' + _escaped(text).replace("\n", "\\n").replace('"', '\\"') + '"'


def _long(text: str) -> str:
    """On as many lines as the text has; TOML drops the line end right after the quotes."""
    held = _QUOTES.sub(lambda found: '\\"' * len(found.group()), _escaped(text))
    return f'"""\n{held}"""'


def _escaped(text: str) -> str:
    return _CONTROL.sub(lambda found: _escape(found.group()), text)


def _escape(character: str) -> str:
    return _ESCAPES.get(character, f"\\u{ord(character):04X}")
