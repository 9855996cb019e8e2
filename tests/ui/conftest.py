"""What is needed to use pages and windows as a person does."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import config, i18n
from desktop.app import Desk
from desktop.data.database import Database
from desktop.ui import theme
from desktop.ui.main_window import MainWindow


@pytest.fixture(scope="session", autouse=True)
def cleared_clipboard():
    """Take from the clipboard what was made here: Qt's offscreen platform would destroy it after Python has ended."""
    yield
    if isinstance(QApplication.instance(), QApplication):
        QApplication.clipboard().clear()


@pytest.fixture(scope="session")
def plain_font(qapp):
    """The font of the application before any test has given it another."""
    return qapp.font()


@pytest.fixture(autouse=True)
def bare(swept, qapp, plain_font):
    """Take the look off that a test has put on the whole application: with it, each page takes twice as long.

    While a widget is left the stylesheet stays: Qt can end the interpreter where one outlives the style that it had.
    """
    if qapp.styleSheet() and not qapp.allWidgets():
        qapp.setStyleSheet("")
    if qapp.font() != plain_font:  # that of Arabic is wider
        qapp.setFont(plain_font)


class Filled(NamedTuple):
    """The file of a shop, and what whoever filled it has to say of what is in it."""

    path: Path
    found: Any


@pytest.fixture(scope="module")
def filled_once(new_shop, tmp_path_factory):
    """A function that has `fill(run)` fill a shop, and returns its file and what `fill` returned.

    What a module calls `stocked` is what its tests begin with if they ask for it: a copy of that file each.
    """

    def make(fill):
        path = shutil.copy(new_shop, tmp_path_factory.mktemp("filled") / "shop.dukkan")
        database = Database(path, "till")
        try:
            return Filled(path, fill(database.run))
        finally:
            database.close()

    return make


@pytest.fixture
def shop(request, tmp_path, new_shop):
    """The path of a shop of the test's own: an empty one, or a copy of what its module has `stocked`."""
    full = "stocked" in request.fixturenames
    return shutil.copy(request.getfixturevalue("stocked").path if full else new_shop, tmp_path / "shop.dukkan")


class Bot(QtBot):
    """Looks every millisecond whether what is waited for is there; pytest-qt looks every ten."""

    def wait(self, ms):
        super().wait(1 if ms == 10 else ms)  # waitUntil says ten, and nobody else


@pytest.fixture
def qtbot(qapp, request):
    return Bot(request)


@pytest.fixture
def in_front(qtbot):
    """A function that shows a widget in an active window, in a size if one is given, and returns it.

    It stays to the end of the test, also when it is closed.
    """
    shown = []

    def show(widget, *size):
        shown.append(widget)
        widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(widget)
        if size:
            widget.resize(*size)
        widget.show()
        with qtbot.waitActive(widget):
            widget.activateWindow()
        return widget

    return show


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """A home of this test's own, in which nothing was ever chosen."""
    home = tmp_path / "home"
    monkeypatch.setenv(config.HOME, str(home))
    return home


@pytest.fixture
def desk(qtbot, fresh):
    """What opens and closes shops in a window."""
    window = MainWindow(config.load())
    qtbot.addWidget(window)
    desk = Desk(QApplication.instance(), window)
    yield desk
    desk.end()
    desk.deleteLater()


@pytest.fixture
def wanted(context):
    """Where one was sent, as (page, target)."""
    places = []
    context.wanted.connect(lambda page, target: places.append((page, target)))
    return places


@pytest.fixture
def styled(qapp):
    """Give every widget the look and the sizes that it has in the program."""
    theme.apply(qapp, "light")


@pytest.fixture
def dress(qapp):
    """A function that gives a window the look that it has in the program: not by way of the whole application.

    There it would be worked out anew for each part of a page as the page is built, which takes half of a test.
    """
    theme.apply(qapp, "light")
    kept = QWidget()  # a first one, which has it from now on
    theme.dress(kept)
    yield theme.dress
    kept.deleteLater()


@pytest.fixture(params=["en", "ar"])
def direction(request, qapp):
    """English from the left, then Arabic from the right."""
    rtl = request.param == "ar"
    i18n.set_language(request.param)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    yield request.param
    i18n.set_language("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def press():
    """A function that types letters into a widget, or presses their keys with modifiers: QTest knows ASCII alone."""

    def press(widget, text, modifiers=Qt.KeyboardModifier.NoModifier):
        for letter in text:
            key = ord(letter.upper()) if modifiers else 0
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, letter))

    return press
