"""Statements as relations between two marks, for formats that have nothing else.

A statement hangs on one of its marks, and a relation goes from that to each other mark, named by
the role that this plays. The mark it hangs on plays the role that is called like its kind, and no
other statement hangs on it; so the relations say which they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.core.model import Id, Mark, Statement
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.gathering import ArticleGathering, Gathering

CONTINUES = "continues"
"""A relation from one piece of a mark to the next, where spans are contiguous."""


@dataclass(frozen=True, slots=True)
class Relation:
    """From the mark that a statement hangs on to another, which plays a role in it."""

    head: Id
    role: str
    child: Id


def relations(
    statements: Iterable[Statement], marks: Mapping[Id, Mark], losses: Losses, where: str
) -> list[Relation]:
    """The relations of one layer; ``marks`` are those the file has. The rest is listed."""
    found: list[Relation] = []
    heads: set[Id] = set()
    for statement in sorted(statements, key=lambda s: s.id):
        members = [m for m in statement.members if m.mark in marks]
        if len(members) < len(statement.members):
            losses.add("a mark that is left out is missing in its statement", where)
        if statement.fields or statement.note or statement.flagged:
            losses.add("what is said of a statement as a whole is left out", where)
        free = (m for m in members if m.mark not in heads and m.role == marks[m.mark].kind)
        head = next(free, None)
        if head is None or len(members) < 2:
            losses.add("a statement that no relation can stand for is left out", where)
            continue
        heads.add(head.mark)
        others = (m for m in members if m is not head)
        found += (Relation(head.mark, m.role, m.mark) for m in others)
        if members[0] is not head:
            losses.add("the order of the marks in a statement is left out", where)
    return found


Said = tuple[str, str, str]
"""Head, label and child of a relation, by what the file calls the marks."""


def wholes(given: Iterable[Said], kinds: Mapping[str, str]) -> tuple[dict[str, str], list[Said]]:
    """For each piece of a mark the first of its pieces, and the relations between marks.

    Only pieces of one kind continue one another; ``kinds`` are the labels of the spans.
    """
    after: dict[str, str] = {}
    rest: list[Said] = []
    for head, label, child in given:
        same = head in kinds and kinds.get(child) == kinds[head] and head != child
        if label == CONTINUES and same and child not in after and _first(after, head) != child:
            after[child] = head
        else:
            rest.append((head, label, child))
    firsts = {piece: _first(after, piece) for piece in kinds}
    return firsts, [(firsts.get(h, h), label, firsts.get(c, c)) for h, label, c in rest]


def _first(after: Mapping[str, str], piece: str) -> str:
    while piece in after:
        piece = after[piece]
    return piece


def gather(
    given: Iterable[Said],
    marks: Mapping[str, Mark],
    gathering: Gathering,
    article: ArticleGathering,
    layer: Id,
    labels: Mapping[str, str],
) -> None:
    """Statements from relations: head, label and child, by what the file calls the marks.

    ``labels`` are what the file calls the kinds, by their keys.
    """
    for head, others in _stars(given):
        if head not in marks:
            gathering.losses.add("a relation of no mark is left out", head, len(others))
            continue
        first = marks[head]
        members = [(gathering.role(labels[first.kind], [first.kind]), first)]
        for child, label in others.items():
            if child not in marks:
                gathering.losses.add("a relation to no mark is left out", child)
                continue
            members.append((gathering.role(label, [marks[child].kind]), marks[child]))
        if len(members) > 1:
            article.statement(f"from {head}", layer, members)


def _stars(given: Iterable[Said]) -> list[tuple[str, dict[str, str]]]:
    """The relations from each mark: the labels by child.

    A mark plays one role in a statement, so a second relation to the same one begins another.
    """
    stars: dict[str, list[dict[str, str]]] = defaultdict(list)
    for head, label, child in given:
        star = next((star for star in stars[head] if child not in star), None)
        if star is None:
            star = {}
            stars[head].append(star)
        star[child] = label
    return [(head, star) for head, found in stars.items() for star in found]
