"""The long form: ``make torture``. Prints what was injected, and what was lost: nothing."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.kills import kill_programs
from tests.torture.locked import mark_under_a_lock
from tests.torture.power import power_cuts


def main() -> int:
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--marks", type=int, default=300, help="before each kill, about")
    parser.add_argument("--least", type=int, default=50_000, help="marks told in all, at least")
    parser.add_argument("--cuts", type=int, default=300)
    parser.add_argument("--cut-marks", type=int, default=400)
    parser.add_argument("--lock", type=float, default=30, help="seconds that a lock is held")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        killed = kill_programs(
            Path(folder), options.kills, options.marks, options.seed, lambda t: print(t, flush=True)
        )
        print(f"holding the lock for {options.lock} seconds", flush=True)
        waited = mark_under_a_lock(Path(folder), options.lock)
    print(f"cutting the power {options.cuts} times, with FULL and with NORMAL", flush=True)
    cut = power_cuts(options.cuts, options.cut_marks, "FULL", options.seed)
    weak = power_cuts(options.cuts, options.cut_marks, "NORMAL", options.seed)
    faults = len(killed.faults) + cut.faults + waited.faults
    lost = len(killed.lost) + cut.lost + waited.lost
    told = len(killed.told) + cut.told
    print(f"""
programs killed        {killed.kills:>7}   marks told {len(killed.told):>7}   lost {len(killed.lost):>3}
lock held              {options.lock:>6.0f}s   refused {waited.refused:>10}   lost {waited.lost:>3}
power cut              {cut.cuts:>7}   marks told {cut.told:>7}   lost {cut.lost:>3}
  with NORMAL instead  {weak.cuts:>7}   marks told {weak.told:>7}   lost {weak.lost:>3}   (must not be 0)

faults injected: {killed.kills + cut.cuts + 1}, marks acknowledged: {told}, marks lost: {lost}
faults that check finds: {faults}; {time.monotonic() - begun:.0f} seconds""")
    for fault in killed.faults[:5]:
        print(fault)
    good = (
        not lost
        and not faults
        and weak.lost
        and waited.refused
        and len(killed.told) >= options.least
    )
    if not good:
        print("FAILED")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
