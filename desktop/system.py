"""What the computer itself must bring before Qt can start: system libraries, a display, a font with Arabic.

Without them Qt ends the whole program in words no shop owner understands, so this is asked before Qt is imported.
Only Linux can lack any of it: elsewhere Qt brings everything along.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from desktop.i18n import _


class Part(NamedTuple):
    """A part of the system: the file name of a library, and the packages that bring it."""

    name: str
    apt: str
    dnf: str
    pacman: str
    zypper: str


# What the libraries inside the PySide6 wheel are linked with (`readelf -d`), as far as a bare system lacks it.
ALWAYS = (
    Part("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd", "libglvnd"),
    Part("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd", "libglvnd"),
    Part("libX11.so.6", "libx11-6", "libX11", "libx11", "libX11-6"),
    Part("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus", "libdbus-1-3"),
    Part("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig", "libfontconfig1"),
    Part("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2", "libglib-2_0-0"),
    Part("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon", "libxkbcommon0"),
)
X11 = (
    Part("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11", "libX11-xcb1"),
    Part("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor", "libxcb-cursor0"),
    Part("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm", "libxcb-icccm4"),
    Part("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image", "libxcb-image0"),
    Part("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms", "libxcb-keysyms1"),
    Part("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb", "libxcb-randr0"),
    Part(
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
        "libxcb-render-util0",
    ),
    Part("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb", "libxcb-shape0"),
    Part("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb", "libxcb-sync1"),
    Part("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb", "libxcb-xfixes0"),
    Part("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb", "libxcb-xkb1"),
    Part("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11", "libxkbcommon-x11-0"),
)
WAYLAND = (
    Part("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland", "libwayland-client0"),
    Part("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland", "libwayland-cursor0"),
)
ARABIC_FONT = Part(
    "Arabic font",
    "fonts-noto-core",
    "google-noto-sans-arabic-vf-fonts",
    "noto-fonts",
    "google-noto-sans-arabic-fonts",
)

# The program that installs packages, and how it is asked to; the first one found is the system's own.
INSTALLERS = {
    "apt-get": ("apt", "apt-get install"),
    "dnf": ("dnf", "dnf install"),
    "pacman": ("pacman", "pacman -S"),
    "zypper": ("zypper", "zypper install"),
}


def has_library(name: str) -> bool:
    """Whether the system can load the library `name`, such as libEGL.so.1."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_arabic_font() -> bool:
    """Whether fontconfig knows a font that covers Arabic; False where fontconfig itself is missing."""
    try:
        fontconfig = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return False
    fontconfig.FcInitReinitialize()  # and not FcInit: a font may have been installed since the last look
    fontconfig.FcNameParse.restype = ctypes.c_void_p
    fontconfig.FcObjectSetCreate.restype = ctypes.c_void_p
    fontconfig.FcFontList.restype = ctypes.POINTER(ctypes.c_int)  # an FcFontSet begins with its count
    fontconfig.FcFontList.argtypes = [ctypes.c_void_p] * 3
    found = fontconfig.FcFontList(None, fontconfig.FcNameParse(b":lang=ar"), fontconfig.FcObjectSetCreate())
    return bool(found and found[0])


def missing_libraries(
    environment: Mapping[str, str] = os.environ, has: Callable[[str], bool] = has_library
) -> list[Part]:
    """Return the libraries that Qt needs here and `has` does not find.

    Those of X11 or Wayland count only where there is such a display. Where there are both, Qt takes the one that
    works, so the one that lacks less counts.
    """
    if not sys.platform.startswith("linux"):
        return []
    displays = []
    if not environment.get("QT_QPA_PLATFORM"):
        displays = [
            [part for part in parts if not has(part.name)]
            for variable, parts in (("DISPLAY", X11), ("WAYLAND_DISPLAY", WAYLAND))
            if environment.get(variable)
        ]
    return [part for part in ALWAYS if not has(part.name)] + min(displays, key=len, default=[])


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a window would be seen by someone: not so on a server, nor where Qt is told to draw offscreen."""
    if platform := environment.get("QT_QPA_PLATFORM"):
        return platform.partition(":")[0] not in ("offscreen", "minimal")
    if not sys.platform.startswith("linux"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def install_command(parts: Iterable[Part], which: Callable[[str], str | None] = shutil.which) -> str:
    """Return the command that installs `parts` on this system, or "" where none of the known installers is there."""
    for program, (field, command) in INSTALLERS.items():
        if which(program):
            return " ".join([f"sudo {command}", *dict.fromkeys(getattr(part, field) for part in parts)])
    return ""


def advice(parts: Iterable[Part], which: Callable[[str], str | None] = shutil.which) -> str:
    """Return one sentence that says how to bring `parts` to this computer."""
    parts = list(parts)
    if command := install_command(parts, which):
        sentence = _("Dukkan needs parts of the system that are not here yet; this command adds them: {command}")
        return sentence.format(command=command)
    sentence = _("Dukkan needs parts of the system that are not here yet: {parts}")
    return sentence.format(parts=", ".join(part.name for part in parts))


def obstacle(environment: Mapping[str, str] = os.environ) -> str:
    """Return the sentence that says why no window can open here and what to do, or "" if one can.

    For the `dukkan` command to print before it imports Qt, ending with exit code 69 (EX_UNAVAILABLE of sysexits.h).
    """
    if parts := missing_libraries(environment):
        return advice(parts)
    if not environment.get("QT_QPA_PLATFORM") and not has_display(environment):
        return _("There is no screen here to open a window on; “dukkan tour --out tour” shows Dukkan in pictures.")
    return ""
