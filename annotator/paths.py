"""Where things are: the files shipped with the program, and the user's own folders."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_config_path, user_data_path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A folder beside the package in a checkout, inside it once installed from a wheel."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def resources() -> Path:
    """Codebooks, themes, icons, schemas."""
    return _shipped("resources")


def seeds() -> Path:
    """The two articles the program starts with."""
    return _shipped("seeds")


def data_folder() -> Path:
    """The user's projects; ``ANNOTATOR_DATA`` overrides it. Made when it is missing."""
    return _ready("ANNOTATOR_DATA", user_data_path("annotator", appauthor=False))


def config_folder() -> Path:
    """The user's settings and key overrides; ``ANNOTATOR_CONFIG`` overrides it."""
    return _ready("ANNOTATOR_CONFIG", user_config_path("annotator", appauthor=False))


def _ready(variable: str, usual: Path) -> Path:
    folder = Path(os.environ[variable]) if os.environ.get(variable) else usual
    folder.mkdir(parents=True, exist_ok=True)
    return folder
