"""The format ``html``."""

from __future__ import annotations

from annotator.formats.exchange.format import Format, Option
from annotator.formats.exchange.web_page.page import write

FORMAT = Format(
    name="html",
    title="Web page",
    suffixes=(".html",),
    write=write,
    options={
        "pages": Option("one page for all, or one beside it for each", ("project", "articles")),
        "layer": Option("the only layer to show; empty for all, decisions first"),
    },
)
