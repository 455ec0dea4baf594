"""What Qt needs from a Linux system besides its own wheel: a C library, graphics libraries, a font."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tools import debian
from tools.errors import SetUpError


@dataclass(frozen=True)
class Need:
    """A file that the loader must find, and the Debian package that brings it."""

    file: str
    package: str


# Without any of these `import PySide6.QtWidgets` fails, even when nothing is to be shown.
ALWAYS = (
    Need("libGL.so.1", "libgl1"),
    Need("libEGL.so.1", "libegl1"),
    Need("libdbus-1.so.3", "libdbus-1-3"),
    Need("libfontconfig.so.1", "libfontconfig1"),
    Need("libglib-2.0.so.0", "libglib2.0-0"),
    Need("libxkbcommon.so.0", "libxkbcommon0"),
)
FOR_X11 = (
    Need("libxcb-cursor.so.0", "libxcb-cursor0"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Need("libxcb-shape.so.0", "libxcb-shape0"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
FOR_WAYLAND = (
    Need("libwayland-cursor.so.0", "libwayland-cursor0"),
    Need("libwayland-egl.so.1", "libwayland-egl1"),
)
FONT = Need("a font, for example DejaVu", "fonts-dejavu-core")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")

# The oldest glibc for which PySide6 is published, by processor.
GLIBC = {"x86_64": (2, 34), "aarch64": (2, 39)}


def require(*, with_screen: bool) -> None:
    """See to it that Qt can load here, and show windows if ``with_screen`` and there is a display.

    Installs what is missing where that is possible; raises SetUpError with what to do where it is not.
    """
    if sys.platform != "linux":
        return
    _require_glibc()
    display = os.environ if with_screen else {}
    missing = list(absent(display))
    if not missing:
        return
    why = f"Qt needs what this system lacks: {', '.join(need.file for need in missing)}."
    debian.provide([need.package for need in missing], why)
    left = [need.file for need in absent(display)]
    if left:
        raise SetUpError(f"Qt still lacks {', '.join(left)}, although apt-get reported success.")


def absent(display: Mapping[str, str]) -> Iterator[Need]:
    """What is missing for Qt, with the display that the environment variables ``display`` tell of."""
    for need in wanted(display):
        if not _loads(need.file):
            yield need
    if not any(_holds_a_font(folder) for folder in FONT_FOLDERS):
        yield FONT


def wanted(display: Mapping[str, str]) -> tuple[Need, ...]:
    """The libraries for the display that the environment variables ``display`` tell of, or for none."""
    chosen = display.get("QT_QPA_PLATFORM", "")
    x11 = chosen.startswith("xcb") if chosen else bool(display.get("DISPLAY"))
    wayland = chosen.startswith("wayland") if chosen else bool(display.get("WAYLAND_DISPLAY"))
    return ALWAYS + (FOR_X11 if x11 else ()) + (FOR_WAYLAND if wayland else ())


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def _holds_a_font(folder: str) -> bool:
    # os.walk and expanduser, unlike pathlib's, pass over what we may not read and a missing home.
    for _, _, files in os.walk(os.path.expanduser(folder)):  # noqa: PTH111
        if any(file.lower().endswith((".ttf", ".otf", ".ttc")) for file in files):
            return True
    return False


def _require_glibc() -> None:
    machine = platform.machine()
    oldest = GLIBC.get(machine)
    if oldest is None:
        raise SetUpError(f"PySide6 is not published for Linux on {machine}.")
    name, version = platform.libc_ver()
    if name != "glibc" or tuple(int(part) for part in version.split(".")[:2]) < oldest:
        needed = ".".join(map(str, oldest))
        raise SetUpError(
            f"PySide6 is published for glibc {needed} or newer on {machine},"
            f" and this system has {name or 'another C library'} {version}".rstrip()
            + "."
        )
