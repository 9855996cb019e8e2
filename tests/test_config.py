"""Settings: what is written comes back, and a file that someone damaged stops nothing."""

import os
import subprocess
import sys

import pytest

from desktop import config
from desktop.config import Settings


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(config.HOME, str(tmp_path))
    return tmp_path / "config"


def written(text):
    path = config.settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_without_a_file_there_are_defaults_and_no_file_is_made(folder):
    assert config.load() == Settings()
    assert not folder.exists()


def test_what_is_saved_comes_back():
    settings = Settings(
        "ar", "dark", 1.25, "arab", "24", "word", True, "/tmp/دكان.dukkan", ("/tmp/دكان.dukkan", 'a"\n.dukkan')
    )
    config.save(settings)
    assert config.load() == settings


def test_only_what_was_chosen_is_written():
    config.save(Settings(theme="dark"))
    assert config.settings_file().read_text() == 'theme = "dark"\n'


def test_what_a_newer_version_wrote_is_kept():
    path = written('theme = "dark"\nsparkle = true\n\n[window]\nwidth = 3\n')
    config.change(language="ar")
    text = path.read_text()
    assert config.load() == Settings("ar", "dark", other={"sparkle": True, "window": {"width": 3}})
    assert "sparkle = true" in text
    assert "width = 3" in text


@pytest.mark.parametrize(
    "line",
    [
        'theme = "pink"',
        "theme = 1",
        "theme = []",
        "language = 3",
        'scale = "big"',
        "scale = true",
        "scale = nan",
        'digits = ""',
        "recent_shops = [1]",
        'recent_shops = "a"',
    ],
)
def test_a_value_that_cannot_be_is_its_default_and_the_others_stay(line):
    written(f'{line}\nlast_shop = "a"\n')
    assert config.load() == Settings(last_shop="a")


@pytest.mark.parametrize(("typed", "used"), [("9", 2.0), ("0.01", 0.75), ("1", 1.0), ("-inf", 0.75)])
def test_the_scale_stays_readable(typed, used):
    written(f"scale = {typed}\n")
    assert config.load().scale == used


@pytest.mark.parametrize("bytes_", [b"theme = ", b"\xff\xfe\x00", b"\0" * 100, b"theme = 'dark'\ntheme = 'dark'\n"])
def test_a_damaged_file_is_put_aside(bytes_, folder):
    written(bytes_)
    assert config.load() == Settings()
    assert (folder / "settings.damaged.toml").read_bytes() == bytes_
    config.save(Settings(theme="dark"))
    assert config.load() == Settings(theme="dark")


def test_a_file_that_cannot_be_read_is_no_obstacle(folder):
    (folder / "settings.toml").mkdir(parents=True)
    assert config.load() == Settings()
    with pytest.raises(OSError):  # noqa: PT011 - rather than write over what is in it
        config.change(theme="dark")


def test_saving_leaves_nothing_beside_the_file_even_when_it_cannot(folder):
    config.save(Settings(theme="dark"))
    assert [path.name for path in folder.iterdir()] == ["settings.toml"]
    config.settings_file().unlink()
    config.settings_file().mkdir()
    with pytest.raises(OSError):  # noqa: PT011 - which one, only the system knows
        config.save(Settings(theme="light"))
    assert [path.name for path in folder.iterdir()] == ["settings.toml"]


def test_only_the_user_can_read_it():
    config.save(Settings(last_shop="postgresql://user:password@host/shop"))
    assert os.name == "nt" or config.settings_file().stat().st_mode & 0o077 == 0


def test_a_change_keeps_what_another_window_wrote():
    config.change(theme="dark")
    config.change(language="ar")
    assert config.load() == Settings("ar", "dark")


def test_recent_shops_are_few_and_each_is_there_once(tmp_path):
    for name in [*"abcdefghij", "c"]:
        config.remember_shop(tmp_path / name)
    settings = config.load()
    assert settings.last_shop == str(tmp_path / "c")
    assert settings.recent_shops == tuple(str(tmp_path / name) for name in "cjihgfed")


def test_a_shop_whose_name_is_no_text_is_not_remembered(tmp_path):
    config.remember_shop(tmp_path / "a")
    assert config.remember_shop(tmp_path / os.fsdecode(b"\xff.dukkan")).last_shop == str(tmp_path / "a")


def test_everything_is_inside_of_the_home(tmp_path):
    assert {path.parent for path in config.paths()} == {tmp_path}


def test_without_a_home_the_system_says_where(monkeypatch, tmp_path):
    monkeypatch.delenv(config.HOME)
    assert all("dukkan" in str(path) and tmp_path not in path.parents for path in config.paths())


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        ({"LANG": "ar_AE.UTF-8"}, ("ar", "AE")),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ar_EG"}, ("ar", "EG")),
        ({"LANG": "de_DE@euro"}, ("de", "DE")),
        ({"LANG": "C.UTF-8"}, ("", "")),
        ({"LANG": "POSIX"}, ("", "")),
        ({"LANG": "ar"}, ("ar", "")),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "ar:en"}, ("ar", "US")),
        ({"LANG": "C.UTF-8", "LANGUAGE": "ar"}, ("", "")),
        ({}, ("", "")),
    ],
)
def test_the_system_says_its_language(monkeypatch, variables, found):
    for name in ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.setenv(name, variables.get(name, ""))
    assert config.system_locale() == found


def test_a_mac_that_tells_its_programs_nothing_is_asked(monkeypatch, tmp_path):
    for name in ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    defaults = tmp_path / "defaults"
    defaults.write_text("#!/bin/sh\necho ar_AE@numbers=latn\n")
    defaults.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert config.system_locale() == ("ar", "AE")


def test_it_is_cheap_to_import():
    code = (
        "import sys, desktop.config; print(*sorted({'PySide6', 'sqlalchemy', 'babel', 'tomli_w'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
