"""What the computer must bring, asked with answers made up, and once of this computer itself."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import system

PACKAGING = Path(__file__).parent.parent / "packaging"
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can lack a part")


def nothing(name):
    return False


def names(parts):
    return {part.name for part in parts}


@pytest.fixture
def prepare():
    spec = importlib.util.spec_from_file_location("prepare", PACKAGING / "prepare.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, system.ALWAYS),
        ({"DISPLAY": ":0"}, system.ALWAYS + system.X11),
        ({"WAYLAND_DISPLAY": "wayland-0"}, system.ALWAYS + system.WAYLAND),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, system.ALWAYS),
    ],
)
def test_what_is_needed_depends_on_the_display(environment, expected):
    assert system.missing_libraries(environment, has=nothing) == list(expected)


def test_of_two_displays_one_that_works_is_enough():
    both = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    no_wayland = system.missing_libraries(both, has=lambda name: "wayland" not in name)
    assert no_wayland == []


def test_only_what_is_missing_is_named():
    assert names(system.missing_libraries({}, has=lambda name: name != "libEGL.so.1")) == {"libEGL.so.1"}


def test_a_library_that_is_not_there_is_not_found():
    assert system.has_library("libc.so.6")
    assert not system.has_library("libdukkan-has-no-such.so.1")


def test_every_library_of_qt_is_known():
    """The lists name every system library of Qt's own files that could be absent, read from the files themselves."""
    import PySide6

    qt = Path(PySide6.__file__).parent / "Qt"
    common = ("libc.", "libm.", "libdl.", "libpthread.", "librt.", "libgcc_s.", "libstdc++.", "ld-linux", "linux-vdso")
    # Libraries that come with one of the listed packages, or with every Debian.
    carried = ("libz.", "libzstd.", "libfreetype.", "libgthread-2.0.", "libxcb.so", "libxcb-render.", "libxcb-shm.")
    carried += ("libxcb-util.",)
    listed = names(system.ALWAYS + system.X11 + system.WAYLAND)
    files = ["lib/libQt6Core.so.6", "lib/libQt6DBus.so.6", "lib/libQt6Gui.so.6", "lib/libQt6Widgets.so.6"]
    files += ["lib/libQt6Svg.so.6", "plugins/platforms/libqoffscreen.so", "plugins/platforms/libqxcb.so"]
    files += ["plugins/platforms/libqwayland.so", "lib/libQt6XcbQpa.so.6", "lib/libQt6WaylandClient.so.6"]
    for file in files:
        for name in needed(qt / file):
            if not name.startswith((*common, *carried, "libQt6", "libicu")):
                assert name in listed, f"{file} needs {name}"


def needed(file):
    """The libraries a file is linked with, from its .dynstr: every name that ends like a library's."""
    return {name.decode() for name in re.findall(rb"\0(lib[!-~]*\.so\.[!-~]*)(?=\0)", file.read_bytes())}


@pytest.mark.parametrize(
    ("environment", "seen"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "offscreen:size=800x600"}, False),
        ({"QT_QPA_PLATFORM": "vnc"}, True),
    ],
)
def test_whether_a_window_would_be_seen(environment, seen):
    assert system.has_display(environment) is seen


def test_other_systems_bring_everything(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert system.missing_libraries({}, has=nothing) == []
    assert system.has_display({})


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("apt-get", "sudo apt-get install libegl1 libgl1"),
        ("dnf", "sudo dnf install libglvnd-egl libglvnd-glx"),
        ("pacman", "sudo pacman -S libglvnd"),
        ("zypper", "sudo zypper install libglvnd"),
    ],
)
def test_the_advice_is_the_command_of_this_system(program, command):
    sentence = system.advice(system.ALWAYS[:2], which=lambda name: name if name == program else None)
    assert sentence.endswith(f": {command}")


def test_without_a_known_installer_the_advice_names_the_libraries():
    assert system.advice(system.ALWAYS[:2], which=nothing).endswith(": libEGL.so.1, libGL.so.1")


def test_where_qt_can_draw_nothing_is_in_the_way():
    assert system.obstacle({"QT_QPA_PLATFORM": "offscreen"}) == ""


def test_without_a_display_one_sentence_offers_the_tour():
    assert "dukkan tour" in system.obstacle({})


def test_this_computer_has_a_font_with_arabic():
    assert system.has_arabic_font()


def test_it_is_asked_before_qt_is_loaded():
    script = "import sys; from desktop import system; system.obstacle(); sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=PACKAGING.parent, check=False).returncode == 0


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A computer that lacks EGL and an Arabic font until its apt-get, which notes what it is asked, brings them."""
    log, bin_folder = tmp_path / "log", tmp_path / "bin"
    bin_folder.mkdir()
    apt = bin_folder / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> {log}\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_folder}:/usr/bin:/bin")
    monkeypatch.setattr(system, "missing_libraries", lambda: [] if log.exists() else [system.ALWAYS[0]])
    monkeypatch.setattr(system, "has_arabic_font", lambda: False)
    return log


def test_root_gets_it_installed_without_a_question(bare, prepare, monkeypatch, capfd):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert prepare.main() == 0
    update, install = bare.read_text().splitlines()
    assert update.startswith("noninteractive")
    assert update.endswith("--yes update")
    assert install.endswith("install --no-install-recommends libegl1 fonts-noto-core")
    out, err = capfd.readouterr()
    assert out.count("\n") == 1
    assert err == ""


def test_anyone_else_gets_the_command_and_exit_69(bare, prepare, monkeypatch, capfd):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert prepare.main() == 69
    assert not bare.exists()
    out, err = capfd.readouterr()
    assert out == ""
    assert err.endswith("sudo apt-get install libegl1 fonts-noto-core\n")


def test_a_missing_font_is_told_but_stops_nothing(bare, prepare, monkeypatch, capfd):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(system, "missing_libraries", list)
    assert prepare.main() == 0
    assert capfd.readouterr().err.endswith("sudo apt-get install fonts-noto-core\n")


def test_what_apt_said_is_shown_when_it_fails(bare, prepare, monkeypatch, capfd, tmp_path):
    (tmp_path / "bin" / "apt-get").write_text("#!/bin/sh\necho no network; exit 100\n")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert prepare.main() == 69
    assert "no network" in capfd.readouterr().err
