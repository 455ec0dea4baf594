"""How many cases of an article are undecided, for the list of articles to say."""

from __future__ import annotations

from annotator.analysis.cases import cases
from annotator.analysis.sheet import scheme
from annotator.core.model import GOLD, Id
from annotator.workspace.reading import Reading


def undecided(workspace: Reading, article: Id) -> int:
    """Cases of the layers that are done or were judged; 0 of what may not be seen."""
    if not workspace.sees(article, GOLD):
        return 0
    statuses = (workspace.status(article, analyst.id) for analyst in workspace.analysts())
    done = {one.layer for one in statuses if one is not None and one.progress == "done"}
    judged = {s.layer for v in workspace.verdicts(article) for s in v.sources}
    docket = workspace.docket(article, sorted(done | judged))
    found = cases(docket, scheme(workspace.codebook))
    return sum(case.state == "undecided" for case in found)
