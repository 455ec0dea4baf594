"""What the labels of a foreign file mean here, as a person says it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping

import msgspec

from annotator.core.errors import BadInput
from annotator.core.model import FieldValue

LEAVE_OUT = ""
"""What a label is mapped to that is not to come in."""

NOBODY = ""
"""How a mapping calls the analyst of work that the file does not say whose it is."""


class LabelMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which of our keys a label means; the empty key leaves out what has it."""

    kinds: dict[str, str] = {}
    roles: dict[str, str] = {}
    fields: dict[str, str] = {}
    values: dict[str, dict[str, FieldValue]] = {}
    """By our field: what each of the file's values means, such as a stance for "yes"."""
    analysts: dict[str, str] = {}
    """The names here of those in the file; the empty one is whose work nobody signed."""
    add: bool = False
    """Whether labels that match nothing are added to the codebook."""


NO_MAPPING = LabelMapping()


def parse_mapping(toml: str, source: str) -> LabelMapping:
    """A mapping file; :class:`BadInput` names ``source`` and the place."""
    try:
        return msgspec.convert(tomllib.loads(toml), LabelMapping)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise BadInput(
            f"{source} is no mapping: {error}. It has the tables kinds, roles, fields, values and"
            ' analysts, such as [kinds] with source = "speaker".'
        ) from error


def encode_mapping(mapping: LabelMapping) -> str:
    """The mapping as a TOML file."""
    return "".join(f"{line}\n" for line in _lines(mapping))


def _lines(mapping: LabelMapping) -> Iterator[str]:
    if mapping.add:
        yield "add = true"
    tables: dict[str, Mapping[str, FieldValue]] = {
        "kinds": mapping.kinds,
        "roles": mapping.roles,
        "fields": mapping.fields,
        "analysts": mapping.analysts,
        **{f"values.{_toml(field)}": told for field, told in mapping.values.items()},
    }
    for name, table in tables.items():
        if table:
            yield f"[{name}]"
            yield from (f"{_toml(key)} = {_toml(value)}" for key, value in table.items())


def _toml(value: FieldValue) -> str:
    """A TOML value: as in JSON, which lets DEL stand as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
