"""The commands with the user's own keys, from ``keys.toml`` in the configuration folder."""

from __future__ import annotations

from pathlib import Path

from annotator import paths
from annotator.core.codebook import Codebook
from annotator.core.errors import BadInput
from annotator.ui.commands import Command, commands, read_keys, with_keys

_EXAMPLE = """\
# Your own keys. Each line gives a command other keys; F1 lists the commands' names.
# "mark.claim" = "X"
# "edit.redo" = ["Ctrl+Y", "Ctrl+Shift+Z"]
"""


def keys_path() -> Path:
    return paths.config_folder() / "keys.toml"


def load_commands(book: Codebook) -> tuple[list[Command], str]:
    """All commands, and what is wrong with the keys file; then the usual keys hold."""
    ours = commands(book)
    try:
        return with_keys(ours, read_keys(keys_path(), ours)), ""
    except BadInput as error:
        return ours, str(error)


def make_keys_file() -> Path:
    """The keys file, with an example in it if it is new."""
    path = keys_path()
    if not path.exists():
        path.write_text(_EXAMPLE, encoding="utf-8")
    return path
