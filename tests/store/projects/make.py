"""Makes a project file to keep: ``python -m tests.store.projects.make version-N``.

Run once when a schema is published. From then on the file is never made again: that it still
opens is the promise (``test_published_versions.py``).
"""

from __future__ import annotations

import sys
from pathlib import Path

from annotator.core import articles, linking, marking, people
from annotator.core.marking import set_field, set_note
from annotator.core.model import Id, Mark
from annotator.core.people.keeping import retire
from annotator.core.review import judging
from annotator.core.review.assigning import give
from annotator.core.review.commenting import answer, comment
from annotator.core.review.correcting import correct
from annotator.core.review.procedure import set_procedure, set_review
from annotator.formats import annotator_json
from annotator.workspace import Workspace
from tests.workshop import mark, small_project

HERE = Path(__file__).parent


def make(path: Path) -> Workspace:
    """Two analysts, every kind of record, undone and deleted things."""
    ada = small_project(path, "Ada")
    article = ada.articles()[0]
    book = ada.codebook
    mark(ada, "claim", (0, 23))
    (statement,) = ada.page(article.id).statements
    speaker = mark(ada, "speaker", (24, 30), hand=statement)
    lavrov = next(a for a in ada.actors() if "Lavrov" in a.name)
    ada.do(people.file_under(book, _now(ada, speaker), "actor", lavrov))
    position = mark(ada, "position", (1, 21), hand=statement)
    ada.do(set_field(_now(ada, position), book, "issue", str(ada.issues()[0].id)))
    ada.do(set_field(_now(ada, position), book, "stance", -1))
    mark(ada, "cue", (31, 35), hand=statement)
    mark(ada, "speaker", (37, 39))
    ada.undo()
    ada.do(articles.describe(article, outlet="The Example", published="2025-08-26"))
    ada.do(articles.set_progress(article.id, ada.analyst.id, None, "done"))
    bo = Workspace.open(path, "Bo")
    split = mark(bo, "claim", (0, 4), (8, 23))
    bo.do(linking.new_statement(bo.page(article.id), book, split.id, bo.new_id())[0])
    bo.do(set_note(bo.page(article.id).in_order()[0], "twice, on purpose"))
    bo.do(articles.set_progress(article.id, bo.analyst.id, None, "done"))
    bo.close()
    ada.do(retire(next(a for a in ada.actors() if a.id == lavrov.id), "1 mark"))
    _reviewed(ada)
    return ada


def _reviewed(ada: Workspace) -> None:
    """A verdict, a rejection, a correction, a comment with its answer, an assignment."""
    article = ada.articles()[0].id
    (mine,), (split, *_) = (
        list(ada.page(article, layer).in_order()) for layer in _layers(ada, article)
    )
    ada.do(judging.take(ada.docket(article), [mine.id], [mine.id], ada.new_id, gap=True))
    ada.do(judging.reject(ada.docket(article), [split.id], "boundary", "not two pieces"))
    docket = ada.docket(article)
    edit = marking.mark(docket.gold, ada.codebook, "claim", [(37, 46)], ada.new_id)[0]
    ada.do(correct(docket, edit))
    edit, _ = comment(split, "One claim?", ada.new_id())
    ada.do(edit)
    ada.do(answer(ada.comments(article)[0], "One.", ada.new_id())[0])
    ada.do(give([article], [ada.analyst.id], []))
    ada.do(set_review(article, None, "in review"))
    ada.do(set_procedure(None, shuffled=True, seed=7))


def _layers(ada: Workspace, article: Id) -> list[Id]:
    return sorted(ada.layers(article), key=lambda layer: layer != ada.analyst.id)


def _now(workspace: Workspace, made: Mark) -> Mark:
    return workspace.page(made.article).mark(made.id)


def main(name: str) -> None:
    workspace = make(HERE / f"{name}.annotator")
    (HERE / f"{name}.json").write_bytes(annotator_json.encode(workspace.bundle()))
    workspace.close()


if __name__ == "__main__":
    main(sys.argv[1])
