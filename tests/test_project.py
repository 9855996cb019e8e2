"""The project's own promises: what lies at the top, which versions are pinned, what README.md and CHANGELOG.md say."""

import re
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import desktop

ROOT = Path(__file__).parent.parent
TOP = {
    *("desktop", "resources", "translations", "tests", "packaging", ".ci"),
    *("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "Makefile"),
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PINS = [line for line in (ROOT / "packaging/constraints.txt").read_text().splitlines() if not line.startswith("#")]


@pytest.fixture(scope="module")
def files():
    """Every file that is or would be in the repository."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True)
    return [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def test_the_top_holds_only_what_the_map_names(files):
    top = {file.parts[0] for file in files}
    assert {name for name in top - TOP if not (name.startswith(".") and (ROOT / name).is_file())} == set()


def test_packaging_does_not_hide_the_library_of_that_name(files):
    assert Path("packaging/__init__.py") not in files


def test_no_module_is_called_after_nothing(files):
    nothing = re.compile(r"(^|_)(utils?|managers?|helpers?|common|misc)(_|$)")
    assert [file for file in files if nothing.search(file.stem)] == []


def test_constraints_are_plain_pins():
    """A name and a version: no index addresses, local paths or options."""
    assert [pin for pin in PINS if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []


def test_every_dependency_is_pinned_within_its_range():
    pins = {canonicalize_name(name): pinned for name, _, pinned in (pin.partition("==") for pin in PINS)}
    extras = [item for group in PROJECT["optional-dependencies"].values() for item in group]
    for requirement in map(Requirement, PROJECT["dependencies"] + extras):
        if requirement.name != "dukkan":
            assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), requirement


def test_the_pins_are_what_is_tested_here():
    for pin in PINS:
        name, _, pinned = pin.partition("==")
        try:
            assert version(name) == pinned
        except PackageNotFoundError:  # belongs to another system
            continue


def test_the_version_is_the_same_everywhere():
    newest = re.search(r"^## \[([\d.]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest
    assert newest[1] == PROJECT["version"] == desktop.__version__


def test_the_commands_of_the_readme_exist():
    commands = set(re.findall(r"\bmake ([a-z]+)", (ROOT / "README.md").read_text()))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"run", "test"} <= commands <= targets


def test_every_picture_and_page_that_a_document_names_exists(files):
    for document in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "desktop/README.md"):
        place = (ROOT / document).parent
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / document).read_text()):
            assert (place / link).resolve().relative_to(ROOT) in files, f"{document} names {link}"
