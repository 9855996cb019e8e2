"""What all commands have in common: how they are found, and how they end."""

import errno
import importlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import desktop
from desktop import cli, i18n
from desktop.cli import failures, find, parsing
from desktop.services.errors import NotFound

README = Path(desktop.__file__).parents[1] / "README.md"


def test_importing_it_loads_nothing_heavy():
    code = (
        "import sys, desktop.__main__, desktop.cli\n"
        "for name in desktop.cli.COMMANDS:\n"
        "    desktop.cli.module(name)\n"
        "print(*{'PySide6', 'sqlalchemy', 'babel', 'phonenumbers', 'desktop.data', 'desktop.ui'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


def test_reading_a_link_needs_no_shop_and_loads_none():
    code = (
        "import sys; from desktop import cli; cli.main(['parse-link', 'wa.me/971501234567'])\n"
        "print(*{'PySide6', 'sqlalchemy', 'babel'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "\n"


def test_what_the_readme_shows_can_be_done(dukkan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = re.findall(r"^dukkan (new|bulk|find|link|simulate|backup) (.*)$", README.read_text("utf-8"), re.MULTILINE)
    assert len(shown) == 6
    for command, words in shown:
        assert dukkan(command, *shlex.split(words, comments=True)).code == failures.DONE, words


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("command", [(), *[(name,) for name in cli.COMMANDS]])
def test_every_command_has_help(dukkan, command, language):
    result = dukkan("--lang", language, *command, "--help")
    assert result.code == failures.DONE
    assert result.out.startswith((i18n._("usage: "), "usage: "))
    assert not result.err
    if not command:
        assert all(f"  {name} " in result.out for name in cli.COMMANDS)
        assert all(re.search(rf"^  {code} +\w", result.out, re.MULTILINE) for code in (0, 1, 2, 65, 66, 73, 75))


def test_every_command_has_its_two_functions():
    for name in cli.COMMANDS:
        module = cli.module(name)
        assert callable(module.add)
        assert callable(module.run)


def test_every_failure_that_has_a_code_exists():
    for name in failures.CODES:
        module, _, kind = name.rpartition(".")
        assert issubclass(getattr(importlib.import_module(module), kind), Exception), name
    assert failures.code_of(NotFound("", "")) == failures.NOT_FOUND, "the nearest name counts, not that of its parent"


def test_version(dukkan):
    assert dukkan("--version").out == f"dukkan {desktop.__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["find"],
        ["find", "shop", "visitors", "x"],
        ["find", "shop", "catalog", "x", "--limit", "0"],
        ["find", "shop", "catalog", "x", "--limit", "many"],
        ["find", "shop", "catalog", "x", "--lim", "3"],
        ["link", "--phone"],
        ["--lang", "fr"],
        ["--nothing"],
        ["fnid", "shop"],
    ],
)
def test_a_slip_is_one_sentence(dukkan, words):
    result = dukkan(*words)
    assert result.code == failures.USAGE
    assert result.err.count("\n") == 1
    assert "--help" in result.err
    assert not result.out


def test_usage_in_arabic_is_whole(dukkan):
    for name in cli.COMMANDS:
        assert dukkan(name, "--help", "--lang", "ar").out.startswith(f"الاستخدام: dukkan {name} "), name


@pytest.fixture
def window(monkeypatch):
    """What a window was asked to open, in place of one that waits to be closed."""
    opened = []
    app = SimpleNamespace(run=lambda shop, language, palette: opened.append(shop) or 0)
    monkeypatch.setitem(sys.modules, "desktop.app", app)
    monkeypatch.setattr(desktop, "app", app, raising=False)
    monkeypatch.setattr("desktop.system.obstacle", lambda: "")
    return opened


def test_what_is_no_command_is_a_shop(dukkan, window, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("link", "My shop.dukkan", "-odd"):
        (tmp_path / name).touch()
    for words in (["My shop.dukkan"], ["./link"], ["--", "link"], ["--", "-odd"], ["--lang", "ar", "./link"], []):
        assert dukkan(*words).code == 0
    assert [shop and str(shop) for shop in window] == ["My shop.dukkan", "link", "link", "-odd", "link", None]


def test_a_shop_may_be_on_a_server(dukkan, window):
    dukkan("postgresql://me@server/shop")
    assert window == ["postgresql://me@server/shop"]


def test_a_shop_that_is_not_there_opens_no_window(dukkan, window):
    result = dukkan("fnid")
    assert result.code == failures.NOT_FOUND
    assert "no command called fnid" in result.err
    assert not window


@pytest.mark.parametrize(("name", "code"), [("", 2), ("a" * 300, 66), (".", 65)])
def test_a_name_that_can_be_none_is_told_as_such(dukkan, name, code):
    for words in (("check", name), ("find", name, "catalog", "x"), *([(name,)] if code != 65 else [])):
        result = dukkan(*words)
        assert (result.code, result.err.count("\n")) == (code, 1)


def test_where_no_window_can_open_it_says_what_to_do(dukkan, monkeypatch):
    monkeypatch.setattr("desktop.system.obstacle", lambda: "There is no screen here.")
    result = dukkan()
    assert (result.code, result.err) == (failures.UNAVAILABLE, "There is no screen here.\n")


def test_the_language_is_asked_for_or_set_or_the_systems(dukkan, monkeypatch):
    dukkan("--version")
    assert i18n.language() == "en"
    monkeypatch.setenv("LC_ALL", "ar_AE.UTF-8")
    dukkan("--version")
    assert i18n.language() == "ar"
    desktop.config.change(language="en")
    dukkan("--version")
    assert i18n.language() == "en"
    dukkan("parse-link", "https://wa.me/971501234567", "--lang", "ar")
    assert i18n.language() == "ar"


def test_settings_and_log_are_where_one_wants_them(dukkan, tmp_path, monkeypatch):
    monkeypatch.setattr(find, "run", lambda options: 1 / 0)
    result = dukkan("find", "shop", "catalog", "x", "--data-dir", tmp_path / "stick")
    assert result.code == failures.UNEXPECTED
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err
    assert "ZeroDivisionError" in (tmp_path / "stick/log/dukkan.log").read_text("utf-8")


def test_a_full_disk_is_said(dukkan, monkeypatch):
    def write(options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(find, "run", write)
    result = dukkan("find", "shop", "catalog", "x")
    assert (result.code, result.err) == (
        failures.CANNOT_WRITE,
        "There is no room left on the disk. Make room and try again.\n",
    )


def test_stopped_by_hand(dukkan, monkeypatch):
    def stop(options):
        raise KeyboardInterrupt

    monkeypatch.setattr(find, "run", stop)
    result = dukkan("find", "shop", "catalog", "x")
    assert (result.code, result.out, result.err) == (failures.INTERRUPTED, "", "")


def test_without_a_terminal_there_is_nobody_to_tell(dukkan, monkeypatch):
    """As for an icon on Windows."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.main(["parse-link", "wa.me/971501234567"]) == failures.DONE
    assert cli.main(["parse-link", "nothing"]) == failures.BAD_DATA
    monkeypatch.undo()


def test_a_reader_that_goes_away_is_told_nothing():
    """As in `dukkan history SHOP | head -1`."""
    read, write = os.pipe()
    os.close(read)
    arguments = [sys.executable, "-m", "desktop", "parse-link", "wa.me/971501234567"]
    done = subprocess.run(arguments, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (failures.BROKEN_PIPE, b"")


def test_the_words_of_argparse_are_still_these():
    """They are looked up in our catalogue by their English text, which a new Python may change."""
    known = set(parsing.WORDS)
    asked = []
    parser = parsing.Parser("dukkan", "")
    parser.add_argument("--page", choices=("a", "b"))
    parser.add_argument("--size", type=int)
    parser.add_argument("shop")
    original = parsing.argparse._
    parsing.argparse._ = lambda message: asked.append(message) or message
    try:
        for words in (["--page"], ["--page", "c"], ["--size", "c"], ["x", "y"], []):
            with pytest.raises(SystemExit):
                parser.parse_args(words)
        parser.format_help()
    finally:
        parsing.argparse._ = original
    assert set(asked) <= known | {"%(prog)s: error: %(message)s\n", "%(heading)s:"}
    assert len(set(asked)) > 5


def test_data_is_utf8_whatever_the_system_writes():
    system = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    url = "https://wa.me/971501234567?text=%D8%B3%D9%84%D8%A7%D9%85"
    done = subprocess.run([sys.executable, "-m", "desktop", "parse-link", url], capture_output=True, env=system)
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["text"] == "سلام"
    assert "سلام".encode() in done.stdout
    assert not done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes names of files that are no text")
def test_a_name_of_a_file_that_is_no_text_is_read_written_and_spelled(dukkan, gifts, tmp_path):
    table, feed, shop = (tmp_path / os.fsdecode(b"caf\xe9" + end) for end in (b".csv", b".xml", b".dukkan"))
    table.write_text("id,title\nA,Tea\n")
    gifts.rename(shop)
    assert json.loads(dukkan("import", shop, table, table, "--json").out)["problems"][0]["file"] == str(table)
    result = dukkan("export", shop, "feed", "--out", feed, "--json")
    assert (result.code, json.loads(result.out)["path"]) == (0, str(feed))
    assert "caf\\udce9.xml" in result.err
    assert feed.is_file()
    for words in (
        ("check",),
        ("link", "--item"),
        ("find", "catalog"),
        ("export", "feed", "--out", "-", "--collection"),
    ):
        assert dukkan(words[0], shop, *words[1:], *[table.name] * (len(words) > 1)).code in (0, 65, 66)
    assert "caf\\udce9.csv" in dukkan("import", shop, tmp_path / "none" / table.name).err


def test_what_a_terminal_would_obey_is_spelled(dukkan, gifts):
    result = dukkan("link", gifts, "--item", "\x1b]0;x\x07A\r")
    assert (result.code, result.err) == (66, "No item has the code \\x1b]0;x\\x07A\\x0d.\n")
