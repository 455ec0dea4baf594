"""A CAS from bytes that come from anywhere."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

import msgspec

from annotator.core.errors import BadInput
from annotator.formats.exchange.json_lines import as_list, as_object, decoded
from annotator.formats.exchange.safe_xml import no_document_type

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

Loaded = TypeVar("Loaded")

_NAMED = re.compile(r"\[([^\]]*)\]")
_OFF = re.compile(r"offset \[([^\]]*)\]")


class Loading:
    """Loads CASes; type systems that are alike are made once."""

    def __init__(self) -> None:
        self._systems: dict[bytes, TypeSystem] = {}

    def json(self, data: bytes, where: str) -> Cas:
        """UIMA CAS JSON 0.4."""
        from cassis import load_cas_from_json

        types = _types_in(data, where)
        if types not in self._systems:
            made = _guarded(lambda: load_cas_from_json(BytesIO(data)), where)
            self._systems[types] = made.typesystem
            return made
        known = self._systems[types]
        return _guarded(lambda: load_cas_from_json(BytesIO(data), known, False, False), where)

    def xmi(self, data: bytes, system: bytes, where: str) -> Cas:
        """XMI with its type system."""
        from cassis import load_cas_from_xmi, load_typesystem

        if system not in self._systems:
            no_document_type(BytesIO(system), f"the type system of {where}")
            made = _guarded(lambda: load_typesystem(BytesIO(system)), f"the type system of {where}")
            self._systems[system] = made
        no_document_type(BytesIO(data), where)
        return _guarded(lambda: load_cas_from_xmi(BytesIO(data), self._systems[system]), where)


def _guarded(load: Callable[[], Loaded], where: str) -> Loaded:
    """What a loader gives. It trips over unsound files in many ways, and warns of wrong offsets."""
    from cassis.typesystem import TypeNotFoundError

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            found = load()
        except TypeNotFoundError as error:
            missing = _NAMED.search(str(error))
            raise BadInput(
                f"{where} needs the type {missing[1] if missing else 'of an annotation'}, which its"
                " type system does not describe; take the one that was exported with it."
            ) from error
        except Exception as error:
            if isinstance(error, KeyError) and str(error.args[0]).isdecimal():
                raise BadInput(
                    f"{where} refers to {error.args[0]}, which is not in it; export it again."
                ) from error
            said = " ".join(str(error).split())[:200].rstrip(".!")
            raise BadInput(
                f"{where} is no sound UIMA CAS: {type(error).__name__} {said}."
            ) from error
    off = next((match for one in told if (match := _OFF.search(str(one.message)))), None)
    if off is not None:
        raise BadInput(
            f"{where} has an annotation at {off[1]}, which in UTF-16 is no place between two"
            " characters of its text; export it again."
        )
    return found


def _types_in(data: bytes, where: str) -> bytes:
    """The type system as bytes, of JSON that is sound; its feature structures are a list or not."""
    root = as_object(decoded(data, where), where)
    found = root.get("%FEATURE_STRUCTURES")
    for place, one in enumerate(
        found.values() if isinstance(found, dict) else as_list(found, where)
    ):
        as_object(one, f"{where}, feature structure {place + 1},")
    return msgspec.json.encode(as_object(root.get("%TYPES"), f"{where}, %TYPES,"))
