"""What ``annotator import`` is told: which column is which, what holds for all, and duplicates."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace

from annotator import paths
from annotator.core.errors import BadInput
from annotator.formats.articles.tables.preset import (
    COLUMNS,
    DEFAULTS,
    Preset,
    preset_path,
    read_preset,
    write_preset,
)


def add_options(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--columns",
        type=lambda words: words.split(","),
        action="extend",
        default=[],
        metavar="NAME=COLUMN,…",
        help=f"which column of a table is which: {', '.join(COLUMNS)} (default: guessed)",
    )
    to.add_argument(
        "--default",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=f"what holds for articles that do not say it: {', '.join(DEFAULTS)}",
    )
    to.add_argument(
        "--title-begins-text",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="put the title of each row of a table before its text (default: as the preset says)",
    )
    to.add_argument("--preset", metavar="NAME", help="columns and defaults saved before")
    to.add_argument("--save-preset", metavar="NAME", help="save them for the next import")
    to.add_argument(
        "--on-duplicate",
        choices=["skip", "keep", "link"],
        default="keep",
        help="what to do with near copies: leave out, bring in (default), or bring in and link",
    )


def preset(options: argparse.Namespace) -> Preset:
    """A saved preset with what the command line says otherwise."""
    folder = paths.config_folder()
    saved = read_preset(preset_path(folder, options.preset)) if options.preset else Preset()
    mapping = replace(saved.mapping, **_settings(options.columns, COLUMNS, "--columns"))
    defaults = _settings(options.default, DEFAULTS, "--default")
    if options.title_begins_text is not None:
        saved = replace(saved, title_begins_text=options.title_begins_text)
    found = Preset(**{**asdict(saved), "mapping": mapping, **defaults})
    if options.save_preset:
        write_preset(preset_path(folder, options.save_preset), found)
    return found


def _settings(words: list[str], known: tuple[str, ...], option: str) -> dict[str, str]:
    settings = dict(word.partition("=")[::2] for word in words)
    for name, word in zip(settings, words, strict=False):
        if name not in known or "=" not in word:
            raise BadInput(f"{option} knows {', '.join(known)}, as in {known[0]}=…, not “{word}”.")
    return settings
