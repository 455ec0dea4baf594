"""A project that many have marked, from a generator: overlapping marks, fragments, all sorts of error."""

from __future__ import annotations

import random
from pathlib import Path

from annotator.core.articles import new_article
from annotator.core.codebook import actor_id, issue_id
from annotator.core.model import (
    Article,
    Block,
    FieldValue,
    Fragment,
    Id,
    Mark,
    Member,
    Record,
    Statement,
    Status,
    status_id,
)
from annotator.core.revision import Change, Edit
from annotator.workspace import Workspace
from tests.workshop import start

NAMES = ("Ada", "Ben", "Chidi", "Dana", "Emil", "Femi", "Gul")
_SAID = 6
"""Statements in an article."""


def many_layers(path: Path, articles: int = 24, analysts: int = 6, seed: int = 2008) -> None:
    """Every analyst has called every article done.

    Each misses some statements, moves some boundaries, leaves out or adds a mark, and now and then
    sees another actor or stance; the claim always covers its position, and sometimes the speaker.
    """
    draw = random.Random(seed)
    Workspace.create(path, start(), NAMES[0]).close()
    with Workspace.open(path, NAMES[0]) as first:
        made = [_article(number) for number in range(articles)]
        first.do(Edit("Articles", tuple(c for e, _ in made for c in e.changes), _texts(made)))
        texts = {article.id: _text(number) for number, (_, article) in enumerate(made)}
        true = {id: [_said(draw, at, text) for at in range(_SAID)] for id, text in texts.items()}
        for name in NAMES[:analysts]:
            with first.as_analyst(name) as workspace:
                changes = (
                    Change(None, record)
                    for id, text in texts.items()
                    for record in _layer(workspace, id, text, true[id], draw)
                )
                workspace.do(Edit("Work", tuple(changes)))


Truth = dict[str, tuple[int, int]]


def _text(number: int) -> str:
    return "".join(
        f"Speaker {number}.{at} said that nothing at all had been agreed upon there, so far. "
        for at in range(_SAID)
    )


def _article(number: int) -> tuple[Edit, Article]:
    text = _text(number)
    return new_article(text, title=f"Article {number:02}", blocks=(Block(0, len(text), "body"),))


def _texts(made: list[tuple[Edit, Article]]) -> tuple[str, ...]:
    return tuple(text for edit, _ in made for text in edit.texts)


def _said(draw: random.Random, at: int, text: str) -> Truth:
    start = [place for place in range(len(text)) if text.startswith("Speaker ", place)][at]
    cue = text.index("said", start)
    end = text.index(". ", cue)
    claim = (start if draw.random() < 0.2 else cue + 5, end)
    return {
        "speaker": (start, cue - 1),
        "cue": (cue, cue + 4),
        "claim": claim,
        "position": (cue + 10, end - draw.randrange(8)),
    }


def _layer(
    workspace: Workspace, article: Id, text: str, true: list[Truth], draw: random.Random
) -> list[Record]:
    layer = workspace.analyst.id
    found: list[Record] = []
    for said in true:
        if draw.random() < 0.12:
            continue
        members: list[Member] = []
        for kind, span in said.items():
            if draw.random() < 0.08 and kind != "claim":
                continue
            mark = Mark(
                id=workspace.new_id(),
                article=article,
                layer=layer,
                kind=kind,
                fragments=_fragments(text, span, draw),
                fields=_fields(kind, draw),
            )
            found.append(mark)
            members.append(Member(kind, mark.id))
        found.append(
            Statement(id=workspace.new_id(), article=article, layer=layer, members=tuple(members))
        )
    status = status_id(article, layer)
    return [*found, Status(id=status, article=article, layer=layer, progress="done")]


def _fragments(text: str, span: tuple[int, int], draw: random.Random) -> tuple[Fragment, ...]:
    start, end = span
    if draw.random() < 0.3:
        end = max(start + 2, end - draw.randrange(1, 6))
    cuts = [(start, end)]
    if end - start > 20 and draw.random() < 0.1:
        cuts = [(start, start + 8), (start + 12, end)]
    return tuple(Fragment(a, b, text[a:b]) for a, b in cuts)


def _fields(kind: str, draw: random.Random) -> dict[str, FieldValue]:
    if kind == "speaker":
        return {"actor": str(actor_id(draw.choice(["lavrov", "lavrov", "lavrov", "ukraine"])))}
    if kind == "position":
        return {"issue": str(issue_id("summit")), "stance": draw.choice([-1, -1, -1, -2, 1])}
    return {}
