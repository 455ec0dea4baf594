"""A program that marks as fast as it can and says what is saved, until it is killed.

    python -m tests.torture.marker PROJECT ANALYST SEED

Opens an article by chance, marks in it for a while, undoes now and then, goes to the next.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from annotator.core import marking
from annotator.workspace import Workspace

_ON_ONE = 150
"""Marks on an article before the next; a page grows slower with each."""


def main(path: str, analyst: str, seed: str) -> None:
    dice = random.Random(int(seed))
    workspace = Workspace.open(Path(path), analyst)
    articles = workspace.articles()
    book = workspace.codebook
    say("ready")
    sys.stdin.readline()
    while True:
        page = workspace.page(dice.choice(articles).id)
        for n in range(_ON_ONE):
            at = dice.randrange(50)
            kind = ("claim", "speaker", "cue")[n % 3]
            edit, _, _ = marking.mark(page, book, kind, [(at, at + 3)], workspace.new_id)
            revision = workspace.do(edit)
            assert revision is not None
            say(revision.id)
            if dice.random() < 0.02 and (undone := workspace.undo()) is not None:
                say(undone.id)
            if dice.random() < 0.05:
                workspace.poll()


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
