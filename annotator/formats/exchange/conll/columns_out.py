"""Writing columns."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from annotator.core.bundle import ArticleBundle
from annotator.core.codebook import Codebook
from annotator.core.errors import BadInput
from annotator.core.model import Id, Mark
from annotator.core.text.offsets import Offsets
from annotator.core.text.sentences import sentences
from annotator.core.text.units import tokens
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.conll.schemes import OUTSIDE, Chunk, Scheme, encoded
from annotator.formats.exchange.format import Asked, Losses, Outgoing
from annotator.formats.exchange.words import Words, by_layer, in_order

OURS = "# annotator conll 1"
START = "-DOCSTART-"
FILLER = "-X-"


def write(outgoing: Outgoing, to: Path, asked: Asked) -> Losses:
    losses, words = Losses(), Words(outgoing.project)
    left_behind.of_project(outgoing.project, losses)
    writing = _Writing(words.book, asked, losses)
    with to.open("w", encoding="utf-8", newline="\n") as file:
        if writing.comments:
            file.write(f"{OURS}\n")
        for part in outgoing.articles:
            left_behind.of_article(part, losses)
            layers: list[Id | None] = [*by_layer(part.said)]
            for layer in layers or [None]:
                name = "" if layer is None else words.layer(layer)
                file.writelines(f"{line}\n" for line in writing.article(part, layer, name))
    return losses


class _Writing:
    """What holds for all articles of a file."""

    def __init__(self, book: Codebook, asked: Asked, losses: Losses) -> None:
        wanted, scheme = asked.value("kind"), asked.value("scheme")
        if wanted and wanted not in book.kinds:
            raise BadInput(f"There is no kind {wanted}; there are {', '.join(book.kinds)}.")
        self._kinds = [wanted] if wanted else list(book.kinds)
        if not self._kinds:
            raise BadInput("The codebook has no kinds, so columns would have no tags.")
        self._scheme: Scheme = "iob2" if scheme == "detect" else cast("Scheme", scheme)
        self._filler = [FILLER, FILLER] if asked.value("layout") == "conll2003" else []
        self.comments = asked.value("offsets") == "yes"
        self._losses = losses

    def article(self, part: ArticleBundle, layer: Id | None, name: str) -> Iterator[str]:
        """The lines of one layer of an article."""
        yield " ".join([START, *self._filler, *(OUTSIDE for _ in self._kinds)])
        yield ""
        if self.comments:
            yield f"# file {json.dumps(part.article.file, ensure_ascii=False)}"
            if layer is not None:
                yield f"# layer {json.dumps(name, ensure_ascii=False)}"
            yield f"# text {json.dumps(part.text, ensure_ascii=False)}"
        elif layer is not None:
            self._losses.add("whose work it is is left out (offsets=yes keeps it)", name)
        found = list(tokens(part.text))
        spans = self._spans(part, layer, found)
        yield from self._sentences(part.text, found, spans)

    def _sentences(
        self, text: str, found: Sequence[Offsets], spans: dict[str, list[Chunk]]
    ) -> Iterator[str]:
        for first, last in _divided(text, found):
            goes_on = []
            columns = []
            for kind in self._kinds:
                inside = [
                    (max(start, first) - first, min(end, last) - first, kind)
                    for start, end, _ in spans[kind]
                    if start < last and end > first
                ]
                if any(start < first < end for start, end, _ in spans[kind]):
                    goes_on.append(kind)
                columns.append(encoded(inside, last - first, self._scheme))
            if self.comments:
                yield f"# {found[first][0]} {found[last - 1][1]}"
                if goes_on:
                    yield f"# goes on {' '.join(goes_on)}"
            elif goes_on:
                self._losses.add(
                    "a mark over several sentences becomes one in each (offsets=yes keeps it)",
                    text[found[first][0] :][:40],
                    len(goes_on),
                )
            for place in range(first, last):
                start, end = found[place]
                tags = (column[place - first] for column in columns)
                yield " ".join([text[start:end], *self._filler, *tags])
            yield ""

    def _spans(
        self, part: ArticleBundle, layer: Id | None, found: Sequence[Offsets]
    ) -> dict[str, list[Chunk]]:
        """The marks by kind, as tokens; those of a kind do not overlap."""
        where = left_behind.name_of(part.article)
        spans: dict[str, list[Chunk]] = {kind: [] for kind in self._kinds}
        starts, ends = {start for start, _ in found}, {end for _, end in found}
        for statement in part.statements:
            if statement.layer == layer:
                self._losses.add("statements have no place in columns", where)
        for mark in in_order(part.marks):
            if mark.layer != layer:
                continue
            if mark.kind not in spans:
                self._losses.add("marks of other kinds are left out", where)
                continue
            self._look_at(mark, where)
            for start, end in _touched(mark, found):
                kind = spans[mark.kind]
                if start == end:
                    self._losses.add("a mark of white space alone is left out", where)
                elif kind and kind[-1][1] > start:
                    self._losses.add(
                        "of marks of a kind that overlap only the first is kept", where
                    )
                else:
                    kind.append((start, end, mark.kind))
            if any(f.start not in starts or f.end not in ends for f in mark.fragments):
                self._losses.add("marks are made to begin and end with a word", where)
        return spans

    def _look_at(self, mark: Mark, where: str) -> None:
        if mark.fields:
            self._losses.add("fields of marks have no place in columns", where, len(mark.fields))
        if not mark.fragments:
            self._losses.add("implied marks have no place in columns", where)
        if len(mark.fragments) > 1:
            self._losses.add("each fragment of a mark becomes a mark of its own", where)


def _touched(mark: Mark, found: Sequence[Offsets]) -> Iterator[Offsets]:
    """The fragments as ranges of the tokens that they touch."""
    for fragment in mark.fragments:
        first = bisect_right(found, fragment.start, key=lambda token: token[1])
        last = bisect_left(found, fragment.end, key=lambda token: token[0])
        yield first, max(first, last)


def _divided(text: str, found: Sequence[Offsets]) -> Iterator[Offsets]:
    """The tokens by sentence, as ranges of them; no sentence is without one."""
    ends: list[int] = []
    at = 0
    for line in text.split("\n"):
        ends += (end for _, end in sentences(text, at, at + len(line)))
        at += len(line) + 1
        ends.append(at)
    first = 0
    for end in sorted(set(ends)):
        last = bisect_left(found, end, key=lambda token: token[0])
        if last > first:
            yield first, last
            first = last
    if first < len(found):
        yield first, len(found)
