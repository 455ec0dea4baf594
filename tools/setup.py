"""Make this checkout ready: ``sh tools/python.sh tools.setup (venv | run | test)``.

``venv`` makes ``.venv``; ``run`` also puts in the packages the program runs with, ``test`` those for
developing it, and both see to Qt's system libraries. Done already, it changes nothing and asks no one.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import debian, qt_libraries
from tools.errors import SetUpError

ROOT = Path(__file__).resolve().parent.parent
GOALS = ("venv", "run", "test")


def main(arguments: list[str]) -> int:
    """Do what ``arguments`` asks for; an error is said in a sentence and gives exit code 1."""
    if len(arguments) != 1 or arguments[0] not in GOALS:
        print(f"usage: tools.setup ({' | '.join(GOALS)})", file=sys.stderr)
        return 2
    goal = arguments[0]
    try:
        with _alone():
            make_ready(Environment(ROOT), goal)
    except SetUpError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. The next make starts the set-up again.", file=sys.stderr)
        return 130
    return 0


class Environment:
    """The ``.venv`` of a checkout, and what it knows about its own state.

    ``unfinished`` lies in it from before the first file is written until the last one is, so that
    an environment left half-made is seen for what it is and made again.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self.unfinished = self.folder / "unfinished"

    def is_whole(self) -> bool:
        """Whether it can be used: finished, with pip, on a Python that is there and new enough."""
        if self.unfinished.exists() or not self.python.exists():
            return False
        question = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
        asked = subprocess.run([self.python, "-c", question], capture_output=True, check=False)
        return asked.returncode == 0

    def remove(self) -> None:
        """Delete it, its Python first: broken off half-way, what is left is not taken for a whole one."""
        shutil.rmtree(self.folder / "bin", ignore_errors=True)
        shutil.rmtree(self.folder)

    def lock(self, goal: str) -> Path:
        """The list of pinned packages for ``run`` or ``test``."""
        return self.root / "requirements" / f"{goal}.txt"

    def has_packages(self, goal: str) -> bool:
        """Whether exactly the pins that ``lock(goal)`` has now were put in."""
        stamp = self._stamp(goal)
        return stamp.exists() and stamp.read_text("ascii") == self._fingerprint(goal)

    def note_packages(self, goal: str) -> None:
        """Remember that the packages of ``goal`` are in."""
        self._stamp(goal).write_text(self._fingerprint(goal), "ascii")

    def _stamp(self, goal: str) -> Path:
        return self.folder / f"installed-{goal}"

    def _fingerprint(self, goal: str) -> str:
        return hashlib.sha256(self.lock(goal).read_bytes()).hexdigest()


def make_ready(environment: Environment, goal: str) -> None:
    """Bring ``environment`` to ``goal``. Raises SetUpError when a person has to do something first."""
    if goal != "venv":
        qt_libraries.require(with_screen=goal == "run")
    if not environment.is_whole():
        _make_environment(environment)
    if goal != "venv" and not environment.has_packages(goal):
        _install_packages(environment, goal)


def _make_environment(environment: Environment) -> None:
    if Path(sys.prefix).resolve() == environment.folder:
        # tools/python.sh chose the .venv while it was whole, and another set-up has broken off since.
        raise SetUpError("The .venv has just changed. Run the same command again.")
    if environment.folder.exists():
        print("The .venv is incomplete or its Python has gone: making it anew.", flush=True)
        environment.remove()
    _require_ensurepip()
    environment.folder.mkdir()
    environment.unfinished.touch()
    made = subprocess.run(
        [sys.executable, "-m", "venv", environment.folder],
        capture_output=True,
        check=False,
        text=True,
        errors="replace",
    )
    if made.returncode != 0:
        raise SetUpError(f"{made.stdout}{made.stderr}\n{sys.executable} could not make a .venv.")
    environment.unfinished.unlink()


def _require_ensurepip() -> None:
    """Debian and Ubuntu leave pip's first installer out of python3 and put it into a package."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    debian.provide([package], why=f"{sys.executable} cannot make a .venv without ensurepip.")
    importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        raise SetUpError(f"{sys.executable} has no ensurepip, and {package} did not bring it.")


def _install_packages(environment: Environment, goal: str) -> None:
    lock = environment.lock(goal).relative_to(environment.root)
    print(f"Installing the packages of {lock} (about 100 MB the first time) ...", flush=True)
    environment.unfinished.touch()
    # The lock is complete, so pip has nothing to resolve; `pip check` says if that stops being true.
    _pip(environment, "install", "--quiet", "--no-input", "--no-deps", "--requirement", str(lock))
    _pip(environment, "check")
    for reached in ("run", "test") if goal == "test" else (goal,):
        environment.note_packages(reached)
    environment.unfinished.unlink()


def _pip(environment: Environment, *arguments: str) -> None:
    command = [str(environment.python), "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(
        command,
        cwd=environment.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        raise SetUpError(
            f"{done.stdout}\nThe packages could not be installed; pip's reason is above."
        )


@contextmanager
def _alone() -> Iterator[None]:
    """Let two makes that start at once set up one after the other."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another make that is setting up ...", flush=True)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
