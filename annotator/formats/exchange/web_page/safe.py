"""Anybody's text in a page: shown, and never anything else."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

_NO_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)


def text(found: str) -> str:
    """The text as it stands between tags and in attributes with quotation marks."""
    return html.escape(_NO_CHARACTERS.sub("\ufffd", found), quote=True)


def link(address: str, words: str) -> str:
    """A link, or only the words when the address is not one of the web."""
    if not _ADDRESS.fullmatch(address):
        return text(words)
    return f'<a href="{text(address)}" rel="noopener noreferrer nofollow">{text(words)}</a>'


def in_address(file: str) -> str:
    """The name of a file beside the page as a link has it."""
    return quote(file)
