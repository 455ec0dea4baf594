"""What somebody means by a name on the command line: an article, a layer."""

from __future__ import annotations

from annotator.commands.entering import what_is_hidden
from annotator.core.errors import BadInput
from annotator.core.model import GOLD, Article, Id
from annotator.workspace import Workspace


def article_called(workspace: Workspace, name: str) -> Article:
    """The one article meant by an id, a file name, a title or the beginning of a title."""
    articles = workspace.articles()
    for fits in (
        [a for a in articles if name in (str(a.id), a.file, a.title)],
        [a for a in articles if a.title.casefold().startswith(name.casefold())],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            titles = ", ".join(f"{a.id} “{a.title}”" for a in fits)
            raise BadInput(f"“{name}” could be {titles}; give the id.")
    raise BadInput(f"No article is called “{name}”; “annotator info {workspace.path}” lists them.")


def layer_called(workspace: Workspace, name: str | None) -> Id | None:
    """An analyst's layer or gold; :class:`BadInput` also when nothing of it may be seen."""
    if name is None:
        return None
    layer = GOLD if name == "gold" else _analyst_called(workspace, name)
    sight, articles = workspace.sight(), workspace.article_ids()
    if articles and not any(sight.sees(article, layer) for article in articles):
        raise BadInput(f"Nothing of the layer “{name}” can be shown: {what_is_hidden(workspace)}")
    return layer


def _analyst_called(workspace: Workspace, name: str) -> Id:
    for analyst in workspace.analysts():
        if name in (analyst.name, str(analyst.id)):
            return analyst.id
    names = ", ".join(a.name for a in workspace.analysts())
    raise BadInput(f"No analyst is called {name}; there are {names}.")
