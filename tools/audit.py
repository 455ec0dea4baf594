"""Looking the pinned packages up among known weaknesses: ``python -m tools.audit PIP-AUDIT``.

Ends with 0 when none is known to be weak, 1 when one is, and 2 when some could not be looked up:
that is neither. pip-audit itself ends with 1 and a page of calls where nobody answers it; then the
packages' own pages in the index are asked, which know of each package's newest release.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.advisories import look_up

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
        return _ask_pages(pins)
    print(f"{pins}:", (done.stdout + done.stderr).strip())
    return 1 if done.returncode else 0


def _ask_pages(pins: str) -> int:
    try:
        done = look_up(_ROOT / pins)
    except (OSError, ValueError, LookupError):
        print(f"{pins}: not looked up, as neither a list of weaknesses nor the index answers.")
        return 2
    print(f"{pins}: no list of weaknesses answers, so the packages' pages in the index were asked.")
    print(f"  newest releases, no weakness known: {len(done.sound)}")
    for one in done.weak:
        print(f"  weak: {one}")
    for one in done.older:
        print(f"  not looked up, not the newest release: {one}")
    return 1 if done.weak else 2 if done.older else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
