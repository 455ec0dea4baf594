"""Looking the pinned packages up among known weaknesses: ``python -m tools.audit PIP-AUDIT``.

Ends with 0 when none is known to be weak, 1 when one is, and 2 when nothing could be looked up:
that is neither. pip-audit itself ends with 1 and a page of calls where it has no network.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LISTS = ("run", "test")
_ROOT = Path(__file__).resolve().parent.parent
_UNREACHED = ("ConnectionError", "ConnectTimeout", "ServiceError", "NameResolutionError")
"""What pip-audit says last when nobody answered."""


def main(program: str, *options: str) -> int:
    """Look up both lists; prints what was found, or why nothing could be."""
    codes = [_look_up(program, name, options) for name in LISTS]
    return 2 if 2 in codes else max(codes)


def _look_up(program: str, name: str, options: tuple[str, ...]) -> int:
    pins = f"requirements/{name}.txt"
    done = subprocess.run(
        [
            *(program, "--strict", "--disable-pip", "--no-deps", "--vulnerability-service", "osv"),
            *("--requirement", pins, *options),
        ],
        cwd=_ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    lines = done.stderr.strip().splitlines()
    if done.returncode and lines and any(word in lines[-1] for word in _UNREACHED):
        print(f"{pins}: not looked up, as the list of weaknesses cannot be reached from here.")
        return 2
    print(f"{pins}:", (done.stdout + done.stderr).strip())
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
