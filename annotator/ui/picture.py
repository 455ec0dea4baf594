"""An article with its marks as a picture, for papers and for looking at what was done."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.core.model import Article, Id
from annotator.ui.article.view import ArticleView
from annotator.ui.article_pane import drawn, styles
from annotator.ui.panel.options import Known
from annotator.ui.start import application
from annotator.ui.theme import load_theme
from annotator.workspace import Workspace


def write_picture(
    workspace: Workspace,
    article: Article,
    layer: Id | None,
    path: Path,
    theme_name: str,
    width: int,
) -> None:
    """Draw the whole article into a PNG file; without a layer, the analyst's with most marks."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()
    analysts = [a.id for a in workspace.analysts()]
    pages = [workspace.page(article.id, one) for one in ([layer] if layer else analysts)]
    page = max(pages, key=lambda p: len(p.marks))
    known = Known(workspace.codebook, tuple(workspace.actors()), tuple(workspace.issues()), page)
    view = ArticleView(load_theme(theme_name))
    view.set_styles(styles(workspace.codebook))
    view.show_article(page.text, article.blocks, [drawn(known, m) for m in page.marks.values()])
    path.parent.mkdir(parents=True, exist_ok=True)
    if not view.picture(width).save(str(path)):
        raise BadInput(f"{path} cannot be written as a picture; use a name that ends in .png.")
