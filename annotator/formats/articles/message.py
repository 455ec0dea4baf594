"""Mail, and web pages saved with their pictures in one file (MHTML), which is laid out as mail."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.errors import BadInput
from annotator.core.text.cleaning import counted
from annotator.formats.articles.decoding import decoded
from annotator.formats.articles.source import Source
from annotator.formats.articles.text_in import Known, TextIn, text_in
from annotator.formats.articles.web import html

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

_HEAD = re.compile(rb"(?:From [^\n]*\n)?(?:[!-9;-~]{1,70}:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MIME = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_LONGEST = 100_000_000
"""In bytes: pictures are in it, which are left out."""

_FLOWS_ON = re.compile(r"(?<=[^\n]) \r?\n(?!\r?\n)")


def is_message(start: bytes) -> bool:
    """Whether a file begins as mail does; a text with a name and a colon is none."""
    head = _HEAD.match(start)
    return head is not None and _MIME.search(head[0]) is not None


def read(source: Source) -> TextIn:
    """The article of a message; :class:`BadInput` when it has none."""
    # Here, because most days no mail is imported and every day the program is started.
    from email import message_from_bytes
    from email.policy import default

    if source.size > _LONGEST:
        raise BadInput(
            f"{source.where} has {source.size:,} bytes; the limit is {_LONGEST:,}, so save the page"
            " without its pictures."
        )
    try:
        message = message_from_bytes(source.start(source.size), policy=default)
        body = message.get_body(("plain", "html"))
        payload = body.get_payload(decode=True) if body is not None else None
        if body is None or not isinstance(payload, bytes):
            raise BadInput(
                f"{source.where} is a message without a text; open it in its own program and copy"
                " the article."
            )
        charset = body.get_content_charset() or ""
        if body.get_content_type() == "text/html":
            return _page(source, message, body, _as_utf8(payload, charset))
        return _mail(source, message, body, _text(payload, charset, source.where))
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        # What the library meets in a broken header is not foreseeable.
        raise BadInput(
            f"{source.where} is a message that is damaged; open it in its own program and copy the"
            " article."
        ) from error


def _page(source: Source, message: EmailMessage, body: MIMEPart, data: bytes) -> TextIn:
    """A web page, with the address that it was saved from."""
    page = html.read(Source(source.name, source.where, io.BytesIO(data), len(data)))
    stated = (message["Snapshot-Content-Location"], body["Content-Location"])
    url = next((str(one) for one in stated if one and str(one).startswith("http")), "")
    return replace(page, url=page.url or url)


def _mail(source: Source, message: EmailMessage, body: MIMEPart, text: str) -> TextIn:
    if body["Content-Type"].params.get("format", "").lower() == "flowed":
        text = _FLOWS_ON.sub(" ", text)
    pieces = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    senders = message["From"].addresses if message["From"] else ()
    sent = message["Date"].datetime if message["Date"] else None
    known = Known(
        title=str(message["Subject"] or ""),
        author="; ".join(one.display_name for one in senders if one.display_name),
        published=sent.isoformat(timespec="seconds") if sent else "",
    )
    notes = (f"{counted(pieces, 'attachment')} left out",) if pieces else ()
    return text_in(text, source.name, source.where, notes=notes, known=known)


def _text(payload: bytes, charset: str, where: str) -> str:
    try:
        return payload.decode(charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return decoded(payload, where).text


def _as_utf8(payload: bytes, charset: str) -> bytes:
    """A page in the encoding that the message says it has, marked as UTF-8; else as it is."""
    try:
        return b"\xef\xbb\xbf" + payload.decode(charset).encode()
    except (UnicodeError, LookupError):
        return payload
