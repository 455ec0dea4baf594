"""The long form: ``make fuzz``. Each reader for a while; prints what no reader may do."""

from __future__ import annotations

import argparse
import faulthandler
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.fuzz.readers import readers, try_one

_HANGS_S = 60
_LINE = 300
"""Characters shown of a line; an error may quote all that was read."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="for each reader")
    parser.add_argument("--only", default="", help="readers whose name has this in it")
    parser.add_argument("--seed", type=int, default=0, help="to begin with")
    options = parser.parse_args()
    failed = tried = 0
    with tempfile.TemporaryDirectory(prefix="annotator-") as name:
        folder, scratch = Path(name) / "samples", Path(name) / "scratch"
        folder.mkdir()
        scratch.mkdir()
        for reader in readers(folder):
            if options.only not in reader.name:
                continue
            end, seed, read, faults = time.monotonic() + options.seconds, options.seed, 0, 0
            while time.monotonic() < end and faults < 3:
                faulthandler.dump_traceback_later(_HANGS_S, exit=True)  # says where it hangs
                try:
                    read += try_one(reader, scratch, seed) == "read"
                except Exception:  # noqa: BLE001  (that is what is looked for)
                    faults += 1
                    print(f"{reader.name}, seed {seed}:")
                    for line in traceback.format_exc(limit=-6).splitlines():
                        print(line[:_LINE])
                faulthandler.cancel_dump_traceback_later()
                seed += 1
            count = seed - options.seed
            tried, failed = tried + count, failed + faults
            print(f"{reader.name:28} {count:7} tried, {read:6} read, {faults} faults", flush=True)
    print(f"{tried} files, {failed} faults")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
