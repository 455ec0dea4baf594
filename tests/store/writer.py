"""Another program on the same project: marks as fast as it can and says what is saved.

Prints ``ready``, waits for a line, prints the revision's id after each mark and ``done``; after
another line it listens once more and prints the ids of all it was told of as one JSON list.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from annotator.core import marking
from annotator.workspace import Workspace


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(path: str, analyst: str, number: int) -> None:
    workspace = Workspace.open(Path(path), analyst)
    heard: list[int] = []
    workspace.subscribe(lambda revision: heard.append(revision.id))
    page = workspace.page(workspace.articles()[0].id)
    book = workspace.codebook
    say("ready")
    sys.stdin.readline()
    for n in range(number):
        span = (n % 50, n % 50 + 3)
        edit, _, _ = marking.mark(page, book, "claim", [span], workspace.new_id)
        revision = workspace.do(edit)
        assert revision is not None
        say(revision.id)
        workspace.poll()
    say("done")
    sys.stdin.readline()
    workspace.poll()
    workspace.close()
    say(json.dumps(heard))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
