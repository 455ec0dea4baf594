"""Plain text in: from a file in whatever encoding, or pasted."""

from __future__ import annotations

from pathlib import Path

from annotator.formats.articles.decoding import decoded
from annotator.formats.articles.source import Source, opened
from annotator.formats.articles.text_in import TextIn, text_in


def read_text_file(path: Path) -> TextIn:
    """Read an article from a file of plain text; :class:`BadInput` says why it cannot be one."""
    with opened(path) as source:
        return read(source)


def read_text(raw: str, name: str = "") -> TextIn:
    """Take a pasted text in; :class:`BadInput` when it is blank or too long."""
    return text_in(raw, name, name or "The pasted text")


def read(source: Source) -> TextIn:
    """An article that is all of a text."""
    text, encoding, notes, harmless = decoded(source.whole(), source.where)
    return text_in(
        text, source.name, source.where, encoding=encoding, notes=notes, harmless=harmless
    )
