"""The long form: ``make torture``. Prints what was injected, and what was lost: nothing."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.torture.kills import Kills, kill_programs
from tests.torture.locked import Waited, mark_under_a_lock
from tests.torture.power import Cuts, power_cuts
from tests.torture.refusals import Refusals, fail_the_disk
from tests.torture.windows import Reopened, kill_windows, two_windows


def main() -> int:
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--marks", type=int, default=300, help="before each kill, about")
    parser.add_argument("--least", type=int, default=50_000, help="marks told in all, at least")
    parser.add_argument("--cuts", type=int, default=300)
    parser.add_argument("--cut-marks", type=int, default=400)
    parser.add_argument("--lock", type=float, default=30, help="seconds that a lock is held")
    parser.add_argument("--failures", type=int, default=300, help="of the disk, one after another")
    parser.add_argument("--windows", type=int, default=30, help="windows killed and opened again")
    parser.add_argument("--together", type=float, default=120, help="seconds of two windows")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="annotator-") as name:
        done = _inject(Path(name), options)
    good = done.tell(options, time.monotonic() - begun)
    if not good:
        print("FAILED")
    return 0 if good else 1


@dataclass(frozen=True, slots=True)
class Done:
    """What came of everything."""

    killed: Kills
    waited: Waited
    failed: Refusals
    closed: Reopened
    both: Reopened
    cut: Cuts
    weak: Cuts

    def tell(self, options: argparse.Namespace, seconds: float) -> bool:
        """Print the summary; whether all is as it must be."""
        killed, waited, failed, closed, both = (
            self.killed, self.waited, self.failed, self.closed, self.both,
        )  # fmt: skip
        cut, weak = self.cut, self.weak
        faults = [*killed.faults, *closed.faults, *both.faults, *closed.elsewhere]
        wrong = len(faults) + cut.faults + waited.faults + failed.faults + both.unseen
        lost = sum(len(one.lost) for one in (killed, closed, both))
        lost += cut.lost + waited.lost + failed.lost
        told = sum(len(one.told) for one in (killed, closed, both)) + cut.told + failed.told
        injected = killed.kills + closed.kills + cut.cuts + failed.failures + 2
        print(f"""
programs killed        {killed.kills:>7}   marks told {len(killed.told):>7}   lost {len(killed.lost):>3}
windows killed         {closed.kills:>7}   steps told {len(closed.told):>7}   lost {len(closed.lost):>3}   reopened elsewhere {len(closed.elsewhere)}
two windows together   {options.together:>6.0f}s   steps told {len(both.told):>7}   lost {len(both.lost):>3}   not seen by the other {both.unseen}
lock held              {options.lock:>6.0f}s   refused {waited.refused:>10}   lost {waited.lost:>3}
disk failed            {failed.failures:>7}   marks told {failed.told:>7}   lost {failed.lost:>3}   refused {failed.refused}
power cut              {cut.cuts:>7}   marks told {cut.told:>7}   lost {cut.lost:>3}
  with NORMAL instead  {weak.cuts:>7}   marks told {weak.told:>7}   lost {weak.lost:>3}   (must not be 0)

faults injected: {injected}, marks acknowledged: {told}, marks lost: {lost}
anything else that is not as it should be: {wrong}; {seconds:.0f} seconds""")
        for fault in faults[:5]:
            print(fault)
        enough = len(killed.told) >= options.least and waited.refused and failed.refused
        return bool(not lost and not wrong and weak.lost and both.heard and enough)


def _inject(folder: Path, options: argparse.Namespace) -> Done:
    def say(line: str) -> None:
        print(line, flush=True)

    killed = kill_programs(_in(folder, "kills"), options.kills, options.marks, options.seed, say)
    say(f"killing {options.windows} windows")
    closed = kill_windows(_in(folder, "windows"), options.windows, 12, options.seed)
    say(f"two windows for {options.together} seconds")
    both = two_windows(_in(folder, "both"), options.together, options.seed)
    say(f"holding the lock for {options.lock} seconds")
    waited = mark_under_a_lock(_in(folder, "locked"), options.lock)
    say(f"failing the disk {options.failures} times")
    failed = fail_the_disk(_in(folder, "failing"), options.failures)
    say(f"cutting the power {options.cuts} times, with FULL and with NORMAL")
    cut = power_cuts(options.cuts, options.cut_marks, "FULL", options.seed)
    weak = power_cuts(options.cuts, options.cut_marks, "NORMAL", options.seed)
    return Done(killed, waited, failed, closed, both, cut, weak)


def _in(folder: Path, name: str) -> Path:
    inside = folder / name
    inside.mkdir()
    return inside


if __name__ == "__main__":
    sys.exit(main())
