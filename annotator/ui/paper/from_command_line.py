"""An article with its marks as a picture, from the command line: no window, no display."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.core.model import Article, Id
from annotator.ui.application import application
from annotator.ui.look.theme import load_theme
from annotator.ui.panel.options import Known
from annotator.ui.paper.published import save_picture
from annotator.workspace import Workspace


def write_picture(
    workspace: Workspace,
    article: Article,
    layer: Id | None,
    path: Path,
    theme_name: str,
    width: int,
    legend: bool = False,
) -> None:
    """Draw the whole article into a file; without a layer, the analyst's with most marks.

    See :func:`~annotator.ui.paper.published.save_picture`.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()
    layers = [layer] if layer else workspace.layers(article.id) or [workspace.analyst.id]
    pages = [workspace.page(article.id, one) for one in layers]
    page = max(pages, key=lambda p: len(p.marks))
    book = workspace.codebook
    known = Known(book, tuple(workspace.actors()), tuple(workspace.issues()), page)
    save_picture(known, book, path, load_theme(theme_name), width, legend)
