"""The wheel as a stranger gets it: built, installed where the checkout is out of reach, every file and word read."""

import hashlib
import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
CATALOGUES = sorted(ROOT.glob("translations/*/LC_MESSAGES/dukkan.po"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(build, check=True)
    (built,) = folder.glob("dukkan-*.whl")
    return built


@pytest.fixture(scope="module")
def run(wheel, tmp_path_factory):
    """A function that runs a script in a new environment that holds the wheel, and returns the JSON it prints.

    The environment sees the libraries of this one by a plain path, whose own .pth files, which may lead to the
    checkout, Python then does not read. -I keeps out the working folder, PYTHONPATH and the user's packages.
    """
    place = tmp_path_factory.mktemp("installed")  # not compiled: of most modules nothing is run here
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place / "venv"], check=True)
    python = place / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([*PIP, "--python", python, "install", "--no-compile", "--no-deps", "--no-index", wheel], check=True)
    ask = [python, "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip())
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    home = {name: str(place) for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "USERPROFILE")}

    def run(script, *arguments, given=""):
        command = [python, "-I", "-c", script, *arguments]
        environment = {**os.environ, **home, "PYTHONUTF8": "1"}
        done = subprocess.run(
            command, cwd=place, env=environment, check=True, stdout=subprocess.PIPE, input=given.encode()
        )
        return json.loads(done.stdout)

    return run


def test_it_runs_without_the_checkout(run):
    where = run("import desktop, json, sys; print(json.dumps([desktop.__file__, *sys.path]))")
    assert Path(where[0]).parts[-3:] == ("site-packages", "desktop", "__init__.py")
    assert str(ROOT) not in where
    assert not Path(where[0]).is_relative_to(ROOT)


def test_it_has_every_module_and_nothing_else(wheel):
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    modules = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("desktop/**/*.py")}
    resources = {f"desktop/{path.relative_to(ROOT).as_posix()}" for path in kept("resources")}
    words = {f"desktop/{path.relative_to(ROOT).with_suffix('.mo').as_posix()}" for path in CATALOGUES}
    assert modules | resources | words <= inside
    assert {Path(name).suffix for name in inside - modules - resources - words} <= {".md", ".mako"}


def kept(folder):
    """Every file of a top-level folder, but what Python and the desktop leave behind."""
    return [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_every_resource_is_found_and_the_same(run):
    script = """
import hashlib, json, sys
from desktop.resources import resource
print(json.dumps({name: hashlib.sha256(resource(name).read_bytes()).hexdigest() for name in json.loads(sys.argv[1])}))
"""
    expected = {
        path.relative_to(ROOT / "resources").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in kept("resources")
    }
    assert expected
    assert run(script, json.dumps(list(expected))) == expected


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_word_of_every_language_is_there(run, path):
    script = """
import json, sys
from desktop import i18n
i18n.set_language(sys.argv[1])
print(json.dumps([i18n.pgettext(c, m) if c else i18n._(m) for c, m in json.load(sys.stdin)]))
"""
    with path.open("rb") as file:
        messages = [m for m in read_po(file) if isinstance(m.id, str) and m.id and m.string and not m.fuzzy]
    assert messages
    said = run(script, path.parts[-3], given=json.dumps([(m.context, m.id) for m in messages]))
    assert said == [m.string for m in messages]


def test_every_language_that_can_be_chosen_has_its_words(run):
    choices = run("import json; from desktop.i18n import LANGUAGES; print(json.dumps(list(LANGUAGES)))")
    assert set(choices) - {"en"} == {path.parts[-3] for path in CATALOGUES} - {"en"}


def test_the_command_is_installed_with_it(run, wheel):
    script = """
import json
from importlib.metadata import distribution
(command,) = distribution("dukkan").entry_points
print(json.dumps([command.group, command.name, callable(command.load())]))
"""
    assert run(script) == ["console_scripts", "dukkan", True]
