"""Another program that holds a project's lock: says ``held``, and lets go after so many seconds.

Without a number of seconds it holds the lock until it is told a line.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from annotator.store.driver import connect


def main(path: str, *seconds: str) -> None:
    connection = connect(Path(path))
    connection.execute("BEGIN IMMEDIATE")
    sys.stdout.write("held\n")
    sys.stdout.flush()
    if seconds:
        time.sleep(float(seconds[0]))
    else:
        sys.stdin.readline()
    connection.execute("COMMIT")


if __name__ == "__main__":
    main(*sys.argv[1:])
