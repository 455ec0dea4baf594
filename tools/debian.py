"""Packages of Debian and Ubuntu: installed where we may, else the command for it named."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

from tools.errors import SetUpError


def is_here() -> bool:
    """Whether this system installs its packages with apt."""
    return shutil.which("apt-get") is not None


def provide(packages: Sequence[str], why: str) -> None:
    """Install ``packages``. Raises SetUpError, with ``why``, when that is not possible or not allowed."""
    if not is_here():
        raise SetUpError(
            f"{why} Install what is missing with the system's package manager, then run this again."
        )
    if os.geteuid() != 0:
        raise SetUpError(
            f"{why} Install what is missing, then run this again:\n\n    {advice(packages)}"
        )
    print(f"{why} Installing {' '.join(packages)} ...", flush=True)
    # A stale or broken third-party source must not stop us: what counts is whether the install works.
    updated = _apt_get("update")
    installed = _apt_get("install", "--yes", "--no-install-recommends", *packages)
    if installed.returncode != 0:
        raise SetUpError(f"{updated.stdout}{installed.stdout}\n{why} apt-get could not install it.")


def advice(packages: Sequence[str]) -> str:
    """The command that a person without root's rights can copy."""
    names = " ".join(packages)
    return f"sudo apt-get update && sudo apt-get install --no-install-recommends {names}"


def _apt_get(*arguments: str) -> subprocess.CompletedProcess[str]:
    # The system may be updating itself just now: wait for it rather than fail.
    command = ["apt-get", "--quiet", "--option", "DPkg::Lock::Timeout=300", *arguments]
    return subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        errors="replace",
    )
