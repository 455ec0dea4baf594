"""Dividing an article into blocks: runs of lines of one type that cover the text without gaps.

A blank line has no type of its own. It belongs to the block before it, or to the first one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from annotator.core.model import Block, BlockType
from annotator.core.text.block_rules import Place, type_in_body, type_of


class Line(NamedTuple):
    """A line that is not blank: from its first character to after its line end."""

    start: int
    end: int
    text: str
    """Without surrounding white space."""


def propose_blocks(
    text: str, known: Mapping[int, BlockType] = MappingProxyType({})
) -> tuple[Block, ...]:
    """What the rules make of a text; the analyst corrects it with :func:`set_block`.

    ``known`` are types that the source tells, by the positions at which their lines begin.
    """
    lines = filled_lines(text)
    types: list[BlockType] = []
    in_body = False
    for number, line in enumerate(lines):
        told = known.get(line.start) if known else None
        if told is None and in_body:
            told = type_in_body(line.text)
        types.append(told or type_of(_place(lines, number, types, in_body)))
        in_body = in_body or types[-1] == "body"
    return _joined(lines, types, len(text))


def set_block(
    blocks: tuple[Block, ...], text: str, position: int, block_type: BlockType
) -> tuple[Block, ...]:
    """The blocks with the line at ``position`` given a type; neighbours split and merge.

    A blank line stands for the nearest line above it that is not, or below at the top.
    """
    lines = filled_lines(text)
    types = [_type_at(blocks, line.start) for line in lines]
    if types:
        types[_index(lines, position)] = block_type
    return _joined(lines, types, len(text), blank=block_type)


def filled_lines(text: str) -> list[Line]:
    """The lines that are not blank."""
    found = []
    start = 0
    length = len(text)
    for whole in text.split("\n"):
        end = start + len(whole) + 1
        if whole and (line := whole.strip()):
            found.append(Line(start, end if end < length else length, line))
        start = end
    return found


def _place(lines: list[Line], number: int, types: list[BlockType], in_body: bool) -> Place:
    """A line with its surroundings; ``types`` are those of the lines above."""
    line = lines[number]
    above = lines[number - 1] if number else None
    below = lines[number + 1] if number + 1 < len(lines) else None
    return Place(
        text=line.text,
        above=above.text if above else "",
        above_type=types[-1] if types else None,
        below=below.text if below else "",
        blank_above=above is not None and above.end < line.start,
        blank_below=below is not None and line.end < below.start,
        in_body=in_body,
    )


def _index(ranges: list[Line] | tuple[Block, ...], position: int) -> int:
    """Which of ordered ranges a position belongs to: the last that begins at or before it."""
    return max(0, bisect_right(ranges, position, key=lambda one: one.start) - 1)


def _type_at(blocks: tuple[Block, ...], position: int) -> BlockType:
    return blocks[_index(blocks, position)].type if blocks else "body"


def _joined(
    lines: list[Line], types: list[BlockType], length: int, blank: BlockType = "body"
) -> tuple[Block, ...]:
    """Blocks out of lines and their types; ``blank`` is that of a text of blank lines only."""
    if not lines:
        return (Block(0, length, blank),) if length else ()
    firsts = [0]
    firsts += [n for n in range(1, len(lines)) if types[n] != types[n - 1]]
    starts = [0, *(lines[n].start for n in firsts[1:]), length]
    return tuple(
        Block(start, end, types[n])
        for n, (start, end) in zip(firsts, pairwise(starts), strict=True)
    )
