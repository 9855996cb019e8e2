"""Every page as it is in Arabic: no word of the program is left in English."""

import re
from collections import defaultdict
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from desktop import config
from desktop.app import speak
from desktop.data.database import Database
from desktop.data.images import normalise
from desktop.services.sample import fill_sample, read_sample
from desktop.services.shop import create_shop
from desktop.ui import theme
from desktop.ui.dialogs.placeholders import PlaceholdersDialog
from desktop.ui.dialogs.start import StartDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.pages import PAGES
from desktop.ui.pages.links import TABS

EXPECTED = {  # what stays in Latin letters: names of products, formats and keys
    *("WhatsApp", "Business", "Meta", "Google", "Dukkan", "English", "PySide", "LGPL"),
    *("HEIC", "WebP", "JPEG", "HTML", "JSON", "XLSX"),
    *("Ctrl", "Shift", "Enter", "Esc", "Home", "PgUp", "PgDown"),
    *("Caribbean", "guilder", "Zimbabwean", "Gold"),  # currencies so new that CLDR has them in English alone
}
APART = re.compile("[\u2066\u2068][^\u2066\u2068\u2069]*\u2069")  # codes, links, keys, and what the owner has written
FILES = re.compile(r"\S+(?:://|[/\\@.])\S+|dukkan --\w+")  # links, addresses, paths, names of files and commands


def texts(widget):
    """Yield every text that `widget` and what is in it show, say on hovering, or tell a screen reader."""
    for part in [widget, *widget.findChildren(QWidget)]:
        yield from (part.toolTip(), part.accessibleName(), part.accessibleDescription(), part.windowTitle())
        if isinstance(part, (QLabel, QAbstractButton)):
            yield part.text()
        if isinstance(part, (QLineEdit, QTextEdit, QPlainTextEdit)):
            yield part.placeholderText()
        if isinstance(part, QComboBox):
            yield from (part.itemText(i) for i in range(part.count()))
        if isinstance(part, QMenu):
            yield part.title()
        if isinstance(part, QAbstractItemView) and part.model():
            yield from _rows(part.model())
    for action in widget.findChildren(QAction):
        yield from (action.text(), action.toolTip())


def _rows(model):
    """Yield what the rows of a list say; what the shop has in them may be asked for only now."""
    for row in range(model.rowCount()):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            yield str(model.index(row, 0).data(role) or "")


def left(text):
    """The English words in a text, without what stays in Latin letters anyway."""
    while APART.search(text):
        text = APART.sub("", text)
    words = re.findall("[A-Za-z]{4,}", FILES.sub("", text.replace("&", "")))
    return [word for word in words if word not in EXPECTED]


@pytest.fixture(scope="module")
def shop(tmp_path_factory, painted):
    """A sample shop, all of whose pictures are one: nothing is read in them."""
    path = tmp_path_factory.mktemp("languages") / "gifts.dukkan"
    images = defaultdict(partial(normalise, painted()))
    create_shop(path, lambda session: fill_sample(session, read_sample("gifts"), images, "ar", {}))
    return path


@pytest.fixture(scope="module")
def shown(qapp, shop):
    """What each page shows in Arabic, and the window around them."""
    speak(qapp, config.load(), "ar")
    found = dict(_walk(shop))
    speak(qapp, config.load(), "en")
    return found


def _walk(shop):
    """Yield the name of each page, and its texts."""
    window = MainWindow(config.load())
    theme.dress(window)
    window.show()
    window.show_welcome()
    yield "welcome", list(texts(window))
    window.set_database(Database(shop, "till"))
    for entry in PAGES:
        window.go(entry.name)
        for tab in TABS if entry.name == "links" else ():
            window.page().tabs.chosen.emit(tab)
        for _turn in range(20):  # what is read or drawn behind the page
            QApplication.processEvents()
        yield entry.name, list(texts(window.page()))
    window.open_palette()
    window.show_about()
    window.show_keys()
    StartDialog(parent=window)
    PlaceholdersDialog(window)
    yield "window", list(texts(window))
    window.close_shop_now()
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


PLACES = ["welcome", *(entry.name for entry in PAGES), "window"]


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_left_in_english(shown, place):
    assert len([text for text in shown[place] if re.search("[\u0600-\u06ff]{4,}", text)]) > 5  # they have been found
    assert {text: words for text in shown[place] if (words := left(text))} == {}


def test_what_is_left_would_be_noticed(qapp):
    page = QWidget(toolTip="Not saved yet")
    QPushButton("Copy the &link", page)
    QLineEdit(page).setPlaceholderText("Search for \u2066BAG-1\u2069 in Dukkan")
    assert [words for text in texts(page) if (words := left(text))] == [["saved"], ["Copy", "link"], ["Search"]]


def test_the_walk_ends_from_left_to_right(qapp, shown):
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight
