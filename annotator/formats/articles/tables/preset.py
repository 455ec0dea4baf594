"""Which column of a table is which, and what holds for all its articles: remembered as TOML."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.formats.atomic import write_whole


@dataclass(frozen=True, slots=True)
class Mapping:
    """The name of the column for each; None is to be guessed, and empty is none of them."""

    text: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Preset:
    """How files of one origin are read."""

    mapping: Mapping = Mapping()
    outlet: str = ""
    """What is said of articles that do not say it themselves, as the next three."""
    author: str = ""
    published: str = ""
    url: str = ""
    day_first: bool | None = None
    """How 08/09/2025 is meant: 8 September when True; None as the other dates of a column tell."""
    title_begins_text: bool = False
    """Whether the title of a row, which stands in a column of its own, also begins its text."""


COLUMNS = tuple(field.name for field in fields(Mapping))
DEFAULTS = ("outlet", "author", "published", "url")
_FLAGS = ("day_first", "title_begins_text")


def with_defaults(preset: Preset, said: dict[str, str]) -> Preset:
    """Tables read as a preset says, and these values alone where an article says none."""
    return replace(
        preset,
        outlet=said.get("outlet", ""),
        author=said.get("author", ""),
        published=said.get("published", ""),
        url=said.get("url", ""),
    )


_NAME = re.compile(r"[\w][\w .-]{0,60}")


def preset_path(folder: Path, name: str) -> Path:
    """Where a preset of this name is kept below the folder of the settings."""
    if not _NAME.fullmatch(name):
        raise BadInput(f"A preset cannot be called “{name}”; use letters, digits and spaces.")
    return folder / "presets" / f"{name}.toml"


def preset_names(folder: Path) -> list[str]:
    """The presets there are."""
    return sorted(path.stem for path in (folder / "presets").glob("*.toml"))


def read_preset(path: Path) -> Preset:
    """A preset from its file; :class:`BadInput` says what is wrong with it."""
    try:
        with path.open("rb") as file:
            found = tomllib.load(file)
    except FileNotFoundError as error:
        raise BadInput(f"There is no preset {path}; save one while importing.") from error
    except OSError as error:
        raise BadInput(f"The preset {path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"The preset {path} is not valid TOML: {error}.") from error
    columns = _words(found.pop("columns", {}), COLUMNS, f"{path}, [columns]")
    defaults = _words(found.pop("defaults", {}), DEFAULTS, f"{path}, [defaults]")
    day_first, begins = (
        found.pop(name) if isinstance(found.get(name), bool) else None for name in _FLAGS
    )
    if found:
        wrong = next(iter(found))
        raise BadInput(f"The preset {path} has “{wrong}”, which is not understood; take it out.")
    return Preset(
        Mapping(**columns), day_first=day_first, title_begins_text=bool(begins), **defaults
    )


def write_preset(path: Path, preset: Preset) -> None:
    """Write a preset whole or not at all; what is to be guessed is not written."""
    flags = {name: getattr(preset, name) for name in _FLAGS}
    usual = Preset()
    lines = [
        f"{name} = {str(value).lower()}"
        for name, value in flags.items()
        if value != getattr(usual, name)
    ]
    columns = asdict(preset.mapping)
    lines += ["[columns]", *(f"{k} = {_toml(v)}" for k, v in columns.items() if v is not None)]
    defaults = {name: getattr(preset, name) for name in DEFAULTS}
    lines += ["[defaults]", *(f"{k} = {_toml(v)}" for k, v in defaults.items() if v)]
    write_whole(
        path, "".join(f"{line}\n" for line in lines).encode(errors="replace"), makes_folders=True
    )


def _words(found: object, known: tuple[str, ...], where: str) -> dict[str, str]:
    if not isinstance(found, dict):
        raise BadInput(f'The preset {where} is not a table of names; write it as name = "value".')
    for key, value in found.items():
        if key not in known or not isinstance(value, str):
            raise BadInput(
                f"The preset {where} has “{key}”, which is not understood; it knows"
                f" {', '.join(known)}, each a text in quotes."
            )
    return {str(key): str(value) for key, value in found.items()}


def _toml(value: str) -> str:
    """A TOML string: as in JSON, which lets DEL stand as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
