"""RTF documents in: what they say, without headers, notes and pictures."""

from __future__ import annotations

from annotator.core.errors import BadInput
from annotator.core.text.cleaning import counted
from annotator.formats.articles.rtf.text import Rtf
from annotator.formats.articles.source import Source
from annotator.formats.articles.text_in import Known, TextIn, text_of_parts

BEGINS = b"{\\rtf"
_LONGEST = 100_000_000
"""In bytes: pictures are in it, which are left out."""


def read(source: Source) -> TextIn:
    """The text of a document; :class:`BadInput` says why it cannot be read."""
    if source.size > _LONGEST:
        raise BadInput(
            f"{source.where} has {source.size:,} bytes; the limit is {_LONGEST:,}, so save it"
            " without its pictures."
        )
    document = Rtf(source.where)
    document.go_through(source.start(source.size))
    said = " ".join(part.text for part in document.parts)
    author = document.author.strip()
    notes = tuple(f"{counted(n, thing)} left out" for thing, n in document.left_out.items())
    # As in Word, this is whoever sat at the computer, unless the article says so too.
    known = Known(title=document.title, author=author if author and author in said else "")
    return text_of_parts(document.parts, source.name, source.where, notes=notes, known=known)
