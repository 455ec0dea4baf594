"""Where a project lies: on drives shared over a network SQLite cannot keep its promises."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from pathlib import Path

_NETWORK = {
    "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "drvfs", "glusterfs", "lustre", "ncpfs", "nfs",
    "nfs4", "smb3", "smbfs", "vboxsf", "webdav",
}  # fmt: skip
_FUSE = {"davfs2", "gocryptfs-smb", "gvfsd-fuse", "rclone", "s3fs", "sshfs", "vmhgfs-fuse"}
_SYNCED = re.compile(r"dropbox|onedrive|google ?drive|icloud|nextcloud|owncloud", re.IGNORECASE)
_REMOTE = 4
"""What Windows calls a network drive."""


def warning_of(path: Path) -> str:
    """A sentence to be said before anybody works there; empty where all is well."""
    place = path.resolve()
    if _is_network(place):
        return (
            f"{path.name} lies on a network drive: with two programs on it work can get lost."
            " Copy it to this computer, and bring work together with “annotator merge”."
        )
    synced = next((part for part in place.parts[:-1] if _SYNCED.search(part)), None)
    if synced is not None:
        return (
            f"{path.name} lies in the folder “{synced}”, which another program copies while you"
            " work; a half copied project is a damaged one. Better keep it elsewhere."
        )
    return ""


def _is_network(place: Path) -> bool:
    if sys.platform == "win32":
        root = place.anchor
        return root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOTE
    kind = file_system(place, _mounts())
    return kind in _NETWORK or kind.removeprefix("fuse.") in _FUSE


def file_system(place: Path, mounts: dict[Path, str]) -> str:
    """The kind of file system that a place is on; empty when nobody says."""
    return next((mounts[p] for p in (place, *place.parents) if p in mounts), "")


def _mounts() -> dict[Path, str]:
    """What is mounted where, as the system tells it."""
    try:
        if sys.platform == "darwin":
            listed = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, check=True, timeout=2
            ).stdout
            return {Path(m[1]): m[2] for m in re.finditer(r" on (.+?) \((\w+)", listed)}
        return linux_mounts(Path("/proc/mounts").read_text(encoding="utf-8"))
    except (OSError, subprocess.SubprocessError):
        return {}


def linux_mounts(listed: str) -> dict[Path, str]:
    """The lines of ``/proc/mounts``, in which a space is written ``\\040``."""
    found = {}
    for line in listed.splitlines():
        words = line.split(" ")
        if len(words) > 2:
            where = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), words[1])
            found[Path(where)] = words[2]
    return found
