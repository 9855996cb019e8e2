"""Starting, in processes of their own, where nothing is loaded yet."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop import config
from desktop.data.database import Database
from desktop.data.lock import lock_path
from desktop.services.catalog import add_product

HEAVY = ("sqlalchemy", "alembic", "babel", "phonenumbers", "desktop.data", "desktop.services.catalog")

LATER = (  # what a catalog is shown without
    *("alembic", "babel", "sqlalchemy.dialects.postgresql", "desktop.services.hours", "desktop.ui.pages.replies"),
    *("desktop.ui.pages.item_pictures", "desktop.ui.dialogs.crop"),
)

HEAD = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop import app
from desktop.app import Desk, MainWindow
from desktop.ui.widgets.labels import Label

def tell(**found):
    print(json.dumps(found), flush=True)

def words(window):
    return [label.text() for label in window.stack.currentWidget().findChildren(Label) if label.isVisible()]

def when(test, then):
    def look():
        if test():
            timer.stop()
            then()
    timer = QTimer(interval=10)
    timer.timeout.connect(look)
    timer.start()
    return timer
"""
FIRST_PAINT = f"""
def begin(self):
    tell(heavy=[name for name in {HEAVY!r} if name in sys.modules], rtl=self.window.isRightToLeft(),
         word=self.window.sidebar.buttons["catalog"].text(), language=app.i18n.language())
    self.application.quit()

Desk.begin = begin
"""
OPENED = f"""
later = {LATER!r}
real = MainWindow.set_database

def opened(self, database):
    self.furnish()
    before = type(self.stack.currentWidget()).__name__
    real(self, database)
    tell(before=before, page=type(self.stack.currentWidget()).__name__,
         later=[name for name in later if name in sys.modules], read_only=database.read_only,
         banner=self.banner.words.text() if self.banner.isVisible() else "", shop=self.sidebar.shop.text())
    QTimer.singleShot(0, self.close)

MainWindow.set_database = opened
"""
WELCOME = """
real_welcome = MainWindow.show_welcome

def welcome(self, trouble="", shop=None):
    real_welcome(self, trouble, shop)
    tell(trouble=trouble, page=type(self.stack.currentWidget()).__name__, shown=words(self))
    QTimer.singleShot(0, self.close)

MainWindow.show_welcome = welcome

real_recovery = MainWindow.show_recovery

def recovery(self, trouble):
    real_recovery(self, trouble)
    tell(trouble=trouble.sentence, page=type(self.stack.currentWidget()).__name__, shown=words(self))
    QTimer.singleShot(0, self.close)

MainWindow.show_recovery = recovery
"""


@pytest.fixture
def home(monkeypatch, tmp_path):
    """A home in which the catalog was looked at last."""
    monkeypatch.setenv(config.HOME, str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    place = config.paths().config
    place.mkdir(parents=True)
    (place / "window.ini").write_text("[General]\npage=catalog\n")
    return tmp_path / "home"


@pytest.fixture
def start(home):
    """A function that runs the program with some of it replaced, and returns what it told, line by line."""

    def start(shop, *parts, language="en"):
        where = f"Path({os.fspath(shop)!r})" if isinstance(shop, Path) else repr(shop)
        run = f"from pathlib import Path\nsys.exit(app.run({where}, {language!r}))"
        code = "\n".join((HEAD, *parts, run))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return [json.loads(line) for line in done.stdout.splitlines()]

    return start


def compile_arabic():
    """Have the Arabic catalogue in the cache, as after the first start."""
    code = "from desktop import i18n; i18n.set_language('ar')"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_first_paint_loads_nothing_heavy(start, shop, language):
    if language == "ar":
        compile_arabic()
    (told,) = start(shop, FIRST_PAINT, language=language)
    assert told["heavy"] == []
    assert (told["language"], told["rtl"]) == (language, language == "ar")
    assert told["word"]


def test_the_shop_opens_behind_the_window(start, shop):
    database = Database(shop)
    database.run("Add item", add_product, "Bag")
    database.close()
    (told,) = start(shop, OPENED, WELCOME)
    assert (told["before"], told["page"], told["shop"]) == ("Label", "CatalogPage", "Dukkan")
    assert (told["later"], told["banner"]) == ([], "")
    assert config.load().last_shop == str(shop)
    assert not shop.with_name(shop.name + "-wal").exists()  # it was closed in peace
    assert start(None, OPENED, WELCOME) == [told]  # the last one, with no name given


def test_without_any_shop_there_is_a_welcome(start):
    (told,) = start(None, WELCOME)
    assert (told["trouble"], told["page"]) == ("", "WelcomePage")


def test_shops_that_do_not_open_are_named_with_the_reason(start, shop, tmp_path):
    contents = {"empty": b"", "not a Dukkan shop": b"not a shop at all" * 100, "no shop at": None}
    contents["damaged"] = shop.read_bytes()[:20_000]
    paths = [tmp_path / f"حلويات {number}.dukkan" for number in range(4)]
    for path, content in zip(paths, contents.values(), strict=True):
        if content is not None:
            path.write_bytes(content)
    code = f"""
others = {[str(path) for path in paths[1:]]!r}
real_recovery = MainWindow.show_recovery
def recovery(self, trouble):
    real_recovery(self, trouble)
    tell(trouble=trouble.sentence, page=type(self.stack.currentWidget()).__name__, shown=words(self))
    QTimer.singleShot(0, (lambda: self.shop_action.emit("open", others.pop(0))) if others else self.close)
MainWindow.show_recovery = recovery
"""
    told = start(paths[0], OPENED, code)
    for found, path, (word, content) in zip(told, paths, contents.items(), strict=True):
        assert word in found["trouble"]
        assert path.name in found["trouble"]
        assert found["trouble"] in found["shown"]
        assert found["page"] == "RecoveryPage"
        if content is not None:
            assert path.read_bytes() == content
    assert config.load().last_shop == ""


def test_a_shop_whose_damage_shows_only_when_it_is_read(start, shop):
    content = bytearray(shop.read_bytes())
    with closing(sqlite3.connect(shop)) as raw:
        roots = raw.execute("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'product' AND rootpage > 0").fetchall()
    size = int.from_bytes(content[16:18])
    for (root,) in roots:
        content[(root - 1) * size : root * size] = b"\xff" * size
    shop.write_bytes(content)
    (told,) = start(shop, WELCOME)
    assert "damaged" in told["trouble"]
    assert told["page"] == "RecoveryPage"


def test_a_server_that_does_not_answer(start):
    (told,) = start("postgresql://me:secret@127.0.0.1:1/shop?connect_timeout=2", WELCOME, OPENED)
    assert "server" in told["trouble"]
    assert not any("secret" in word for word in told["shown"])


def test_a_shop_in_use_can_be_opened_to_read_only(start, shop):
    database = Database(shop, "till")  # this process has it
    database.run("Add item", add_product, "Bag")
    read = """
real_recovery = MainWindow.show_recovery

def recovery(self, trouble):
    real_recovery(self, trouble)
    tell(trouble=trouble.sentence)
    QTimer.singleShot(0, self._welcome.read.click)

MainWindow.show_recovery = recovery
"""
    refused, opened = start(shop, OPENED, read)
    assert "already open" in refused["trouble"]
    assert (opened["read_only"], opened["page"]) == (True, "CatalogPage")
    assert "read only" in opened["banner"]
    database.run("Add item", add_product, "Belt")
    database.close()


def test_closed_before_the_shop_is_open(start, shop):
    """The window goes at once; what is still being opened is closed again, and the lock is free."""
    slow = """
import time
from desktop.ui.opener import Opener
real_run = Opener.run
def run(self):
    QTimer.singleShot(0, self.parent().window, self.parent().window.close)
    time.sleep(0.3)
    real_run(self)
Opener.run = run
"""
    assert start(shop, slow, OPENED, WELCOME) == []
    assert not shop.with_name(shop.name + "-wal").exists()
    Database(shop).close()
    assert lock_path(shop).exists()


def test_closed_while_a_sample_is_drawn(start, home):
    code = """
def welcome(self, trouble="", shop=None):
    self.shop_action.emit("sample", "bakery")
    QTimer.singleShot(20, self.close)
MainWindow.show_welcome = welcome
"""
    assert start(None, code, OPENED) == []


def test_a_sample_is_not_the_last_shop(start, home):
    code = """
def welcome(self, trouble="", shop=None):
    self.shop_action.emit("sample", "bakery")
MainWindow.show_welcome = welcome
"""
    (told,) = start(None, code, OPENED)
    assert told["page"] == "CatalogPage"
    assert told["shop"] not in ("", "Dukkan")
    assert config.load().last_shop == ""


def test_one_shop_after_the_other(start, shop, new_shop, tmp_path):
    other = tmp_path / "other.dukkan"
    other.write_bytes(new_shop.read_bytes())
    code = f"""
shops = [{str(other)!r}, {str(tmp_path / "gone.dukkan")!r}]
real = MainWindow.set_database
def opened(self, database):
    real(self, database)
    tell(shop=str(database.where), page=type(self.stack.currentWidget()).__name__)
    self.shop_action.emit("open", shops.pop(0))
MainWindow.set_database = opened
"""
    first, second, third = start(shop, code, WELCOME)
    assert (first["shop"], second["shop"]) == (str(shop), str(other))
    assert "no shop at" in third["trouble"]
    assert config.load().recent_shops == (str(other), str(shop))


def test_two_at_once_the_later_one_counts(start, shop, new_shop, tmp_path):
    other = tmp_path / "other.dukkan"
    other.write_bytes(new_shop.read_bytes())
    code = f"""
import time
from pathlib import Path
from desktop.ui.opener import Opener
real_begin, real_open = Desk.begin, Opener._open
def slow(self):
    database = real_open(self)
    time.sleep(0.3 if database.where.name == "shop.dukkan" else 0)
    return database
Opener._open = slow
def begin(self):
    real_begin(self)
    self.open(Path({str(other)!r}))
Desk.begin = begin
real = MainWindow.set_database
def opened(self, database):
    real(self, database)
    tell(shop=database.where.name)
    QTimer.singleShot(600, self.close)
MainWindow.set_database = opened
"""
    assert start(shop, code, WELCOME) == [{"shop": "other.dukkan"}]
    Database(shop).close()
    assert not shop.with_name(shop.name + "-wal").exists()


def test_a_slip_is_written_down_and_the_program_goes_on(start, shop, home):
    code = """
real = MainWindow.set_database
def opened(self, database):
    real(self, database)
    QTimer.singleShot(0, fail)
    when(lambda: self.toast.isVisible(), lambda: (tell(said=self.toast.words.text()), self.close()))
def fail():
    raise LookupError("call +971 50 123 4567")
MainWindow.set_database = opened
"""
    (told,) = start(shop, code)
    assert "nothing you saved is lost" in told["said"]
    (log,) = (home / "log").glob("*.log")
    written = log.read_text("utf-8")
    assert "LookupError: call (number)" in written


def test_qts_own_words_follow_the_language(qapp):
    from PySide6.QtCore import QCoreApplication, QTranslator

    from desktop import app, i18n

    for left in qapp.findChildren(QTranslator):  # by a window of another test
        qapp.removeTranslator(left)

    def word():
        return QCoreApplication.translate("QPlatformTheme", "Cancel")

    words = None
    try:
        i18n.set_language("ar")
        words = app.speak_qt(qapp)
        assert word() != "Cancel"
        i18n.set_language("en")
        words = app.speak_qt(qapp, words)
        assert word() == "Cancel"
    finally:
        i18n.set_language("en")
        app.speak_qt(qapp, words)
