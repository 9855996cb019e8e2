"""Starting, in processes of their own, where nothing is loaded yet."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop import config, i18n
from desktop.data.database import Database
from desktop.data.lock import lock_path
from desktop.services.catalog import add_product
from desktop.services.sample import read_sample
from desktop.ui.opening import sample_folder

HEAVY = ("sqlalchemy", "alembic", "babel", "phonenumbers", "desktop.data", "desktop.services.catalog")

LATER = (  # what a catalog is shown without
    *("alembic", "babel", "sqlalchemy.dialects.postgresql", "desktop.services.hours", "desktop.ui.pages.replies"),
    *("desktop.ui.pages.item_pictures", "desktop.ui.dialogs.crop"),
)

HEAD = """
import json, sys, threading
from PySide6.QtCore import QThread, QTimer
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

real_begin, real_set_database = Desk.begin, MainWindow.set_database
real_welcome, real_recovery = MainWindow.show_welcome, MainWindow.show_recovery
"""
FIRST_PAINT = f"""
def begin(self):
    tell(heavy=[name for name in {HEAVY!r} if name in sys.modules], rtl=self.window.isRightToLeft(),
         word=self.window.sidebar.buttons["catalog"].text(), language=app.i18n.language())
    real_begin(self)

Desk.begin = begin
"""
OPENED = f"""
later = {LATER!r}

def opened(self, database):
    self.furnish()
    before = type(self.stack.currentWidget()).__name__
    real_set_database(self, database)
    tell(before=before, page=type(self.stack.currentWidget()).__name__,
         later=[name for name in later if name in sys.modules], read_only=database.read_only,
         banner=self.banner.words.text() if self.banner.isVisible() else "", shop=self.sidebar.shop.text())
    QTimer.singleShot(0, self.close)

MainWindow.set_database = opened
"""
TROUBLE = """
def then(window):
    QTimer.singleShot(0, window.close)

def welcome(self, trouble="", shop=None):
    real_welcome(self, trouble, shop)
    tell(trouble=trouble, page=type(self.stack.currentWidget()).__name__, shown=words(self))
    then(self)

def recovery(self, trouble):
    real_recovery(self, trouble)
    tell(trouble=trouble.sentence, page=type(self.stack.currentWidget()).__name__, shown=words(self))
    then(self)

MainWindow.show_welcome, MainWindow.show_recovery = welcome, recovery
"""
CLOSED = """
from desktop.ui.opener import Opener
from desktop.ui.tasks import Job

closed = threading.Event()  # the window is, and what is still at work is waited for

def wait(self, *time):
    closed.set()
    return QThread.wait(self, *time)

Opener.wait = Job.wait = wait
"""


@pytest.fixture
def home(monkeypatch, tmp_path):
    """A home in which the catalog was looked at last."""
    monkeypatch.setenv(config.HOME, str(tmp_path / "home"))
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


def test_the_first_paint_loads_nothing_heavy_and_the_shop_opens_behind_it(start, shop):
    database = Database(shop)
    database.run("Add item", add_product, "Bag")
    database.close()
    painted, opened = start(shop, FIRST_PAINT, OPENED, TROUBLE)
    assert painted == {"heavy": [], "rtl": False, "word": "Catalog", "language": "en"}
    assert (opened["before"], opened["page"], opened["shop"]) == ("Label", "CatalogPage", "Dukkan")
    assert (opened["later"], opened["banner"]) == ([], "")
    assert config.load().last_shop == str(shop)
    assert not shop.with_name(shop.name + "-wal").exists()  # it was closed in peace
    i18n.set_language("ar")  # its words are compiled, as after the first start
    painted, again = start(None, FIRST_PAINT, OPENED, TROUBLE, language="ar")  # the last shop, with no name given
    assert painted == {"heavy": [], "rtl": True, "word": "الكتالوج", "language": "ar"}
    assert again == opened | {"shop": again["shop"]}


def test_what_does_not_open_is_named_with_the_reason(start, shop, tmp_path):
    contents = {"empty": b"", "not a Dukkan shop": b"not a shop at all" * 100, "no shop at": None}
    contents["damaged"] = shop.read_bytes()[:20_000]
    contents["is damaged"] = damaged_where_items_are(shop)
    paths = [tmp_path / f"حلويات {number}.dukkan" for number in range(5)]
    for path, content in zip(paths, contents.values(), strict=True):
        if content is not None:
            path.write_bytes(content)
    server = "postgresql://me:secret@127.0.0.1:1/shop?connect_timeout=2"
    code = f"""
others = {[*map(str, paths[1:]), server]!r}

def then(window):
    QTimer.singleShot(0, (lambda: window.shop_action.emit("open", others.pop(0))) if others else window.close)
"""
    *told, of_server = start(paths[0], TROUBLE, code)
    for found, path, (word, content) in zip(told, paths, contents.items(), strict=True):
        assert word in found["trouble"]
        assert path.name in found["trouble"]
        assert found["trouble"] in found["shown"]
        assert found["page"] == "RecoveryPage"
        if content is not None and word != "is damaged":  # that one was open for a moment
            assert path.read_bytes() == content
    assert "server" in of_server["trouble"]
    assert of_server["page"] == "WelcomePage"
    assert not any("secret" in word for word in of_server["shown"])
    assert config.load().last_shop == ""


def damaged_where_items_are(shop):
    """The bytes of a shop whose damage shows only when its items are read."""
    content = bytearray(shop.read_bytes())
    with closing(sqlite3.connect(shop)) as raw:
        roots = raw.execute("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'product' AND rootpage > 0").fetchall()
    size = int.from_bytes(content[16:18])
    for (root,) in roots:
        content[(root - 1) * size : root * size] = b"\xff" * size
    return content


def test_a_shop_in_use_can_be_opened_to_read_only(start, shop):
    database = Database(shop, "till")  # this process has it
    database.run("Add item", add_product, "Bag")
    read = """
def then(window):
    QTimer.singleShot(0, window._welcome.read.click)
"""
    refused, opened = start(shop, OPENED, TROUBLE, read)
    assert "already open" in refused["trouble"]
    assert (opened["read_only"], opened["page"]) == (True, "CatalogPage")
    assert "read only" in opened["banner"]
    database.run("Add item", add_product, "Belt")
    database.close()


def test_closed_before_the_shop_is_open(start, shop):
    """The window goes at once; what is still being opened is closed again, and the lock is free."""
    slow = """
real_run = Opener.run
def run(self):
    QTimer.singleShot(0, self.parent().window, self.parent().window.close)
    assert closed.wait(30)
    real_run(self)
Opener.run = run
"""
    assert start(shop, CLOSED, slow, OPENED, TROUBLE) == []
    assert not shop.with_name(shop.name + "-wal").exists()
    Database(shop).close()
    assert lock_path(shop).exists()


def test_closed_while_a_sample_is_drawn(start):
    """The window goes at once; what is being drawn is there the next time."""
    code = """
from desktop.services import sample
def draw(path, name, language):
    assert closed.wait(30)
    path.write_text(f"{name} in {language}")
sample.create_sample = draw
def welcome(self, trouble="", shop=None):
    self.shop_action.emit("sample", "bakery")
    QTimer.singleShot(0, self.close)
MainWindow.show_welcome = welcome
"""
    assert start(None, CLOSED, code, OPENED) == []
    assert (sample_folder() / "bakery-en.dukkan").read_text() == "bakery in en"


def test_without_any_shop_there_is_a_welcome_and_a_sample_that_is_not_the_last_shop(start):
    look_around = """
def then(window):
    window.shop_action.emit("sample", "bakery")
"""
    welcome, opened = start(None, OPENED, TROUBLE, look_around)
    assert (welcome["trouble"], welcome["page"]) == ("", "WelcomePage")
    assert opened["page"] == "CatalogPage"
    assert opened["shop"] == read_sample("bakery")["profile"]["name"]["en"]
    assert config.load().last_shop == ""


def test_one_shop_after_the_other(start, shop, new_shop, tmp_path):
    other = tmp_path / "other.dukkan"
    other.write_bytes(new_shop.read_bytes())
    code = f"""
shops = [{str(other)!r}, {str(tmp_path / "gone.dukkan")!r}]
def opened(self, database):
    real_set_database(self, database)
    tell(shop=str(database.where), page=type(self.stack.currentWidget()).__name__)
    self.shop_action.emit("open", shops.pop(0))
MainWindow.set_database = opened
"""
    first, second, third = start(shop, code, TROUBLE)
    assert (first["shop"], second["shop"]) == (str(shop), str(other))
    assert "no shop at" in third["trouble"]
    assert config.load().recent_shops == (str(other), str(shop))


def test_two_at_once_the_later_one_counts(start, shop, new_shop, tmp_path):
    other = tmp_path / "other.dukkan"
    other.write_bytes(new_shop.read_bytes())
    code = f"""
from pathlib import Path
from desktop.ui.opener import Opener
real_open, shown = Opener._open, threading.Event()
def slow(self):
    database = real_open(self)
    assert database.where.name == "other.dukkan" or shown.wait(30)
    return database
Opener._open = slow
def begin(self):
    real_begin(self)
    self.open(Path({str(other)!r}))
Desk.begin = begin
def opened(self, database):
    real_set_database(self, database)
    tell(shop=database.where.name)
    shown.set()
    openers = QApplication.instance().findChildren(Opener)
    assert len(openers) == 2
    self.then = when(lambda: all(map(QThread.isFinished, openers)), lambda: QTimer.singleShot(0, self.close))
MainWindow.set_database = opened
"""
    assert start(shop, code, TROUBLE) == [{"shop": "other.dukkan"}]
    Database(shop).close()
    assert not shop.with_name(shop.name + "-wal").exists()


def test_one_that_is_asked_for_twice_is_opened_once(start, shop):
    code = """
def begin(self):
    real_begin(self)
    self.open(self._first)
Desk.begin = begin
def opened(self, database):
    real_set_database(self, database)
    tell(shop=database.where.name)
    QTimer.singleShot(0, self.close)
MainWindow.set_database = opened
"""
    assert start(shop, code, TROUBLE) == [{"shop": shop.name}]


def test_a_slip_is_written_down_and_the_program_goes_on(start, shop, home):
    code = """
def opened(self, database):
    real_set_database(self, database)
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
